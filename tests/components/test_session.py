"""The address is the truth on arrival and on back and forward; after that the viewer's hand is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from components import reports, session
from components.address import TABS, View
from tests.components.viewer import FRONT, MALIAR, index_of

if TYPE_CHECKING:
    from cartography.edition import Edition
    from tests.components.viewer import Arrive


def test_a_plain_arrival_asks_for_everything_and_keeps_the_address_bare(arrive: Arrive) -> None:
    browser = arrive()
    view, selection = browser.run()
    assert view == View()
    assert selection.to_parameters() == {}
    assert browser.address == {}


def test_every_part_of_the_address_is_read_on_arrival(arrive: Arrive, record: Edition) -> None:
    address = {
        "from": ["2023-05-11"],
        "to": ["2023-05-12"],
        "clock": ["happened"],
        "side": ["russia", "ukraine"],
        "organisation": ["Wagner Group"],
        "claimant": ["Yevgeny Prigozhin"],
        "kind": ["advance"],
        "standing": ["contested"],
        "q": ["progress"],
        "claim": [MALIAR],
        "disc": ["6/38/21 6/39/21"],
        "page": ["3"],
        "tab": ["numbers"],
        "ground": ["osm"],
        "at": ["48.5900,38.0000,11.5"],
    }
    browser = arrive(**address)
    view, selection = browser.run()
    assert view.claim == index_of(record, MALIAR)
    assert view.cells == ((6, 38, 21), (6, 39, 21))
    assert view.page == 2
    assert view.at == (48.59, 38.0, 11.5)
    assert (view.tab, view.ground, view.notices) == ("numbers", "osm", ())
    assert selection.sides == {"russia", "ukraine"}
    assert selection.clock == "happened"
    assert browser.state["from"] == date(2023, 5, 11)
    assert browser.address == address


def test_a_reload_gives_the_same_view(arrive: Arrive) -> None:
    browser = arrive(side="russia")
    browser.run()
    browser.run(browser.picks(claim=3), kind=["advance"])
    before, selection = browser.run(browser.moves("48.6,38.1,12"))
    again = arrive(**browser.address)
    after, same_selection = again.run()
    assert same_selection == selection
    assert (after.claim, after.cells, after.at) == (before.claim, before.cells, before.at)


def test_the_address_follows_the_widgets(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    _, selection = browser.run(side=["ukraine"], q="  two   words ")
    assert selection.sides == {"ukraine"}
    assert browser.address == {"side": ["ukraine"], "q": ["two words"]}
    browser.run(side=[], q="")
    assert browser.address == {}


def test_the_browser_s_back_takes_the_widgets_back(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    browser.run(side=["ukraine"])
    browser.address = {}
    view, selection = browser.run()
    assert selection.sides == frozenset()
    assert browser.state["side"] == []
    assert view.moved == 2
    browser.address = {"side": ["ukraine"]}
    view, selection = browser.run()
    assert selection.sides == {"ukraine"}
    assert view.moved == 3


def test_a_run_that_still_carries_the_old_address_does_not_undo_the_widget(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    browser.run(side=["ukraine"])
    _, selection = browser.run(side=["ukraine", "russia"], sent_with={})
    assert selection.sides == {"ukraine", "russia"}
    assert browser.address == {"side": ["russia", "ukraine"]}


def test_a_run_without_any_change_leaves_everything_as_it_is(arrive: Arrive) -> None:
    browser = arrive(side="russia", claim=FRONT)
    first = browser.run()
    assert browser.run() == first


def test_two_viewers_do_not_see_each_other_s_choices(arrive: Arrive) -> None:
    one, other = arrive(), arrive(side="russia")
    one.run()
    other.run()
    one.run(side=["ukraine"])
    assert other.run()[1].sides == {"russia"}
    assert one.run()[1].sides == {"ukraine"}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("claim", "no-such-claim", "no-such-claim"),
        ("disc", "1/2", "1/2"),
        ("disc", "3/8/0", "3/8/0"),
        ("disc", "32/0/0", "32/0/0"),
        ("disc", "1/-1/0", "1/-1/0"),
        ("at", "48.6,38.0", "48.6,38.0"),
        ("at", "nan,38,9", "nan,38,9"),
        ("at", "48,38,99", "48,38,99"),
        ("at", "91,38,9", "91,38,9"),
        ("page", "0", "0"),
        ("side", "mars", "mars"),
        ("from", "12 May", "12 May"),
        ("clock", "never", "never"),
        ("from", "1800-01-01", "1800-01-01"),
        ("to", "9999-12-31", "9999-12-31"),
    ],
)
def test_what_the_address_gets_wrong_is_told_and_left_out(
    arrive: Arrive, name: str, value: str, told: str
) -> None:
    browser = arrive(**{name: value})
    view, selection = browser.run()
    assert (view.claim, view.cells, view.at) == (None, (), None)
    assert selection.to_parameters() == {}
    assert len(view.notices) == 1
    assert told in view.notices[0]
    assert browser.address == {}


@pytest.mark.parametrize(("name", "value"), [("tab", "none"), ("ground", "none"), ("utm", "x")])
def test_an_unknown_tab_ground_or_parameter_falls_back(
    arrive: Arrive, name: str, value: str
) -> None:
    view, _ = arrive(**{name: value}).run()
    assert (view.tab, view.ground) == ("who", "")


def test_a_notice_repeats_no_more_than_40_characters(arrive: Arrive) -> None:
    view, _ = arrive(claim="x" * 500, disc="y" * 5000, at="z" * 500).run()
    assert len(view.notices) == 3
    assert all(len(notice) < 120 for notice in view.notices)


def test_a_notice_stands_until_the_viewer_goes_on(arrive: Arrive) -> None:
    browser = arrive(side="mars")
    assert browser.run()[0].notices
    assert browser.run()[0].notices
    browser.run(side=["russia"])
    assert browser.run()[0].notices == ()


def test_a_new_address_brings_its_own_notices(arrive: Arrive) -> None:
    browser = arrive(side="mars")
    browser.run()
    browser.run(side=["russia"])
    browser.address = {"side": ["venus", "ukraine"]}
    view, _ = browser.run()
    assert len(view.notices) == 1
    assert "venus" in view.notices[0]
    assert browser.address == {"side": ["ukraine"]}
    assert browser.run()[0].notices == view.notices


def test_the_browser_s_back_works_right_after_a_notice_is_gone(arrive: Arrive) -> None:
    browser = arrive(side="mars")
    browser.run()
    browser.run(side=["russia"])
    browser.address = {}
    assert browser.run()[1].sides == frozenset()


def test_a_viewer_is_told_once_that_the_record_has_changed_and_one_who_comes_later_is_not(
    arrive: Arrive, record: Edition
) -> None:
    browser = arrive(claim=FRONT)
    before, _ = browser.run()
    assert not session.has_changed()
    rows = record.claims.iloc[1:].reset_index(drop=True)
    browser.record = replace(record, record=replace(record.record, claims=rows, digest="1" * 64))
    after, _ = browser.run()
    assert session.has_changed()
    assert before.claim is not None
    assert after.claim == before.claim - 1
    assert browser.record.claim_id(after.claim) == FRONT
    browser.run()
    assert session.has_changed()
    browser.run(session.on_change_read)
    assert not session.has_changed()
    later = arrive()
    later.record = browser.record
    later.run()
    assert not session.has_changed()


def test_clearing_takes_every_filter_away_and_keeps_the_claim(arrive: Arrive) -> None:
    browser = arrive(side="russia", q="x", clock="happened", to="2023-05-12", claim=FRONT)
    browser.run()
    view, selection = browser.run(reports.on_clear)
    assert selection.to_parameters() == {}
    assert view.claim is not None
    assert browser.address == {"claim": [FRONT]}


def test_the_open_tab_is_part_of_the_address(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    view, _ = browser.run(session.on_tab, tab=TABS["sources"])
    assert view.tab == "sources"
    assert browser.address == {"tab": ["sources"]}
    view, _ = browser.run(browser.sends(reports.on_map_tab, tab="unplaced"))
    assert view.tab == "unplaced"
    view, _ = browser.run(browser.sends(reports.on_map_tab, tab="elsewhere"))
    assert view.tab == "unplaced"


def test_every_filter_of_the_selection_has_its_widget(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    for key in session.WIDGETS:
        assert key in browser.state
    assert set(session.WIDGETS) == {"from", "to", "clock", "q", *session.LISTS}
