"""The address is the truth on arrival and on back and forward; after that the viewer's hand is."""

from __future__ import annotations

import shutil
import time
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from cartography.edition import Edition, open_edition
from claims.errors import UnreadableFileError
from components import record_path, session
from components.address import TABS, View
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.selection import Selection

    Address = dict[str, list[str]]
    Arrive = Callable[..., "Browser"]

DATA = Path(__file__).parents[2] / "data"
MALIAR = "ua-mod-maliar-advance-2km-2023-05-12"
FRONT = "ru-mod-26-attacks-repelled-soledar-2023-05-12"
MAY_12 = 19_489
WHOLE_RECORD = {"from": ["2023-05-11"], "to": ["2023-05-12"]}


class Query(dict[str, list[str]]):
    """What `st.query_params` offers, as far as the session uses it."""

    def get_all(self, key: str) -> list[str]:
        """Give every value of a parameter."""
        return self.get(key, [])

    def from_dict(self, address: Address) -> None:
        """Replace the whole address."""
        self.clear()
        self.update(address)


class Browser:
    """A viewer's browser: keeps the address, and sends one run after another to the page."""

    def __init__(self, record: Edition, fake: SimpleNamespace, address: Address) -> None:
        self.record = record
        self.fake = fake
        self.address = address
        self.state: dict[str, Any] = {}

    def run(
        self,
        hand: Callable[[], None] | None = None,
        *,
        sent_with: Address | None = None,
        **widgets: object,
    ) -> tuple[View, Selection]:
        """Run the page once.

        A change of widgets and a callback arrive with the run, and so does the address: the
        browser's own, or an older one where the run was sent before the browser learnt it.
        """
        self.fake.session_state = self.state
        self.fake.query_params = Query(deepcopy(self.address if sent_with is None else sent_with))
        self.state.update(widgets)
        if hand:
            hand()
        view = session.arrive(self.record)
        selection = session.chosen(self.record)
        session.leave(selection, self.record)
        self.address = dict(self.fake.query_params)
        return view, selection

    def picks(self, **pick: object) -> Callable[[], None]:
        """Give what a click on the map does; the browser names the record it shows."""
        digest = self.record.record.digest
        return self.sends(session.on_pick("map"), pick={"record": digest, **pick})

    def moves(self, at: str) -> Callable[[], None]:
        """Give what a pan of the map does."""
        return self.sends(session.on_map_moved, at=at)

    def sends(self, callback: Callable[[], None], **values: object) -> Callable[[], None]:
        """Give what the map's own value does through a callback."""

        def hand() -> None:
            self.state["map"] = values
            callback()

        return hand


@pytest.fixture(scope="module")
def record() -> Edition:
    return open_edition(report_path(), geo=DATA / "geo")


@pytest.fixture
def arrive(record: Edition, monkeypatch: pytest.MonkeyPatch) -> Arrive:
    """Give a maker of browsers that have just opened the page at an address."""
    return browsers_of(record, monkeypatch)


@pytest.fixture
def arrive_on_opening_day(record: Edition, monkeypatch: pytest.MonkeyPatch) -> Arrive:
    """Give the same of a record that opens on 12 May."""
    return browsers_of(replace(record, opening=(MAY_12, MAY_12)), monkeypatch)


def browsers_of(record: Edition, monkeypatch: pytest.MonkeyPatch) -> Arrive:
    fake = SimpleNamespace()
    monkeypatch.setattr(session, "st", fake)
    monkeypatch.setattr(session, "edition", lambda: record)
    monkeypatch.setattr(session, "edition_named", {record.record.digest: record}.get)

    def at(**address: str | list[str]) -> Browser:
        lists = {
            key: value if isinstance(value, list) else [value] for key, value in address.items()
        }
        return Browser(record, fake, lists)

    return at


def index_of(record: Edition, claim_id: str) -> int:
    return int(record.claims.index[record.claims["claim_id"] == claim_id][0])


def test_a_plain_arrival_asks_for_everything_and_keeps_the_address_bare(arrive: Arrive) -> None:
    browser = arrive()
    view, selection = browser.run()
    assert view == View(None, (), 0, None, "who", "", 1, ())
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


def test_a_pick_that_still_carries_the_old_address_undoes_nothing(
    arrive: Arrive, record: Edition
) -> None:
    browser = arrive()
    browser.run()
    browser.run(side=["ukraine"])
    view, selection = browser.run(browser.picks(claim=index_of(record, MALIAR)), sent_with={})
    assert selection.sides == {"ukraine"}
    assert view.claim == index_of(record, MALIAR)
    assert browser.address == {"side": ["ukraine"], "claim": [MALIAR]}


def test_a_quick_second_pan_is_not_thrown_back_to_where_the_first_began(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    browser.run(browser.moves("48.5,38.0,11"))
    view, _ = browser.run(browser.moves("48.7,38.2,11"), sent_with={})
    assert view.at == (48.7, 38.2, 11)
    assert view.moved == 1


def test_the_map_is_moved_by_the_address_and_not_by_the_viewer_s_own_pan(arrive: Arrive) -> None:
    browser = arrive(at="48.5,38.0,11")
    view, _ = browser.run()
    assert (view.at, view.moved) == ((48.5, 38.0, 11), 1)
    view, _ = browser.run(browser.moves("48.6,38.0,11"))
    assert (view.at, view.moved) == ((48.6, 38.0, 11), 1)
    assert browser.address == {"at": ["48.6000,38.0000,11"]}


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


def test_a_disc_takes_at_most_40_cells(arrive: Arrive) -> None:
    view, _ = arrive(disc=" ".join(f"9/{x}/0" for x in range(60))).run()
    assert len(view.cells) == 40


def test_a_pick_of_a_disc_clears_the_claim_and_the_other_way_round(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    assert browser.run(browser.picks(claim=4))[0].claim == 4
    view, _ = browser.run(browser.picks(cells=["6/38/21"]))
    assert (view.claim, view.cells) == (None, ((6, 38, 21),))
    view, _ = browser.run(browser.picks(claim=0))
    assert (view.claim, view.cells) == (0, ())
    view, _ = browser.run(browser.picks())
    assert (view.claim, view.cells) == (None, ())


@pytest.mark.parametrize(
    "pick",
    [
        {"claim": 26},
        {"claim": -1},
        {"claim": "0"},
        {"claim": None},
        {"claim": 1.5},
        {"cells": ["99/1/1"]},
        {"cells": "6/38/21"},
        {"cells": [[6, 38, 21]]},
        {"cells": [6]},
    ],
)
def test_a_pick_that_means_nothing_picks_nothing(arrive: Arrive, pick: dict[str, object]) -> None:
    browser = arrive()
    browser.run()
    view, _ = browser.run(browser.picks(**pick))
    assert (view.claim, view.cells) == (None, ())


def test_a_pick_in_a_record_that_has_gone_picks_nothing(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    assert browser.run(browser.picks(claim=4, record="0" * 64))[0].claim is None
    assert browser.run(browser.picks(claim=4, record=None))[0].claim is None


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


def test_a_pick_that_is_no_message_of_ours_changes_nothing(arrive: Arrive) -> None:
    browser = arrive(claim=FRONT)
    before, _ = browser.run()
    for junk in (None, "x", 3, ["claim"]):
        view, _ = browser.run(browser.sends(session.on_pick("map"), pick=junk))
        assert view.claim == before.claim


@pytest.mark.parametrize("at", ["", "x", "1,2", "nan,0,0", "0,181,3", "48,38,-1", None])
def test_a_place_of_the_map_that_means_nothing_is_forgotten(arrive: Arrive, at: str) -> None:
    browser = arrive()
    browser.run()
    assert browser.run(browser.moves(at))[0].at is None


def test_clearing_takes_every_filter_away_and_keeps_the_claim(arrive: Arrive) -> None:
    browser = arrive(side="russia", q="x", clock="happened", to="2023-05-12", claim=FRONT)
    browser.run()
    view, selection = browser.run(session.on_clear)
    assert selection.to_parameters() == {}
    assert view.claim is not None
    assert browser.address == {"claim": [FRONT]}


def test_a_plain_arrival_sets_the_opening_days_and_keeps_the_address_bare(
    arrive_on_opening_day: Arrive,
) -> None:
    browser = arrive_on_opening_day()
    _, selection = browser.run()
    assert (selection.from_day, selection.to_day) == (MAY_12, MAY_12)
    assert browser.state["from"] == browser.state["to"] == date(2023, 5, 12)
    assert browser.address == {}
    assert not session.shows_every_day()


def test_the_whole_record_is_a_step_away_and_so_is_the_way_back(
    arrive_on_opening_day: Arrive,
) -> None:
    browser = arrive_on_opening_day()
    browser.run()
    _, selection = browser.run(lambda: session.on_days(None))
    assert (selection.from_day, selection.to_day) == (None, None)
    assert browser.address == WHOLE_RECORD
    assert session.shows_every_day()
    _, selection = browser.run(lambda: session.on_days((MAY_12, MAY_12)))
    assert (selection.from_day, selection.to_day) == (MAY_12, MAY_12)
    assert browser.address == {}


def test_a_reload_of_the_whole_record_asks_for_no_day(arrive_on_opening_day: Arrive) -> None:
    browser = arrive_on_opening_day(**WHOLE_RECORD)
    _, selection = browser.run()
    assert selection.to_parameters() == {}
    assert session.shows_every_day()
    assert browser.address == WHOLE_RECORD


def test_the_browser_s_back_leads_from_the_whole_record_to_the_opening_days(
    arrive_on_opening_day: Arrive,
) -> None:
    browser = arrive_on_opening_day()
    browser.run()
    browser.run(lambda: session.on_days(None))
    browser.address = {}
    assert browser.run()[1].from_day == MAY_12
    browser.address = dict(WHOLE_RECORD)
    assert browser.run()[1].from_day is None


def test_days_at_once_leave_the_other_filters(arrive_on_opening_day: Arrive) -> None:
    browser = arrive_on_opening_day()
    browser.run()
    _, selection = browser.run(lambda: session.on_days(None), side=["russia"])
    assert selection.sides == {"russia"}
    assert browser.address == {"side": ["russia"]}


def test_one_day_asked_for_is_not_every_day(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    assert session.shows_every_day()
    browser.run(to=date(2023, 5, 12))
    assert not session.shows_every_day()
    browser.run(to=None)
    browser.state["from"] = date(2023, 5, 12)
    browser.run()
    assert not session.shows_every_day()


def turns_to(browser: Browser, page: object) -> Callable[[], None]:
    """Give what the pager of the cards does."""

    def hand() -> None:
        browser.state["cards"] = {"page": page}
        session.on_page("cards")()

    return hand


def test_a_page_of_the_cards_is_part_of_the_address(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    assert browser.run(turns_to(browser, "1"))[0].page == 1
    assert browser.address == {"page": ["2"]}
    assert browser.run()[0].page == 1
    assert arrive(**browser.address).run()[0].page == 1
    assert browser.run(turns_to(browser, "0"))[0].page == 0
    assert browser.address == {}


@pytest.mark.parametrize("page", [None, "x", "-1", {"page": 1}, ["1"]])
def test_a_page_that_means_nothing_is_the_first(arrive: Arrive, page: object) -> None:
    browser = arrive(page="3")
    browser.run()
    assert browser.run(turns_to(browser, page))[0].page == 0


@pytest.mark.parametrize(
    "change",
    [{"side": ["russia"]}, {"q": "troops"}, {"clock": "happened"}, {"to": date(2023, 5, 12)}],
)
def test_a_filter_that_changes_leads_back_to_the_first_page(
    arrive: Arrive, change: dict[str, object]
) -> None:
    browser = arrive(page="3")
    browser.run()
    browser.state.update(change)
    assert browser.run()[0].page == 0
    assert "page" not in browser.address


def test_a_pick_leads_back_to_the_first_page(arrive: Arrive) -> None:
    for pick in ({"claim": 0}, {"cells": ["6/38/21"]}, {}):
        browser = arrive(page="3")
        browser.run()
        assert browser.run(browser.picks(**pick))[0].page == 0


def test_the_map_and_the_tabs_leave_the_page_where_it_is(arrive: Arrive) -> None:
    browser = arrive(page="3")
    browser.run()
    assert browser.run(browser.moves("48.6,38.1,12"))[0].page == 2
    assert browser.run(session.on_tab, tab=TABS["sources"])[0].page == 2


def test_the_browser_s_back_turns_the_page_back(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    browser.run(turns_to(browser, "1"))
    browser.address = {}
    assert browser.run()[0].page == 0


def test_the_open_tab_is_part_of_the_address(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    view, _ = browser.run(session.on_tab, tab=TABS["sources"])
    assert view.tab == "sources"
    assert browser.address == {"tab": ["sources"]}
    view, _ = browser.run(browser.sends(session.on_map_tab, tab="unplaced"))
    assert view.tab == "unplaced"
    view, _ = browser.run(browser.sends(session.on_map_tab, tab="elsewhere"))
    assert view.tab == "unplaced"


def test_a_window_that_ends_before_it_begins_is_its_first_day(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    browser.state["from"] = date(2023, 5, 12)
    _, selection = browser.run(to=date(2023, 5, 10))
    assert selection.from_day == selection.to_day == 19_489


def test_every_filter_of_the_selection_has_its_widget(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    for key in session.WIDGETS:
        assert key in browser.state
    assert set(session.WIDGETS) == {"from", "to", "clock", "q", *session.LISTS}


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a copy of the record that the session is told to show."""
    path = tmp_path / "mine.csv"
    shutil.copy(report_path(), path)
    monkeypatch.setenv("CLAIMS", str(path))
    # A file written to this very moment counts as written in full.
    monkeypatch.setattr("components.loading.SETTLE_S", 0)
    yield path
    monkeypatch.delenv("CLAIMS")
    session.edition()


def test_the_project_s_own_record_is_shown_unless_the_environment_names_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CLAIMS", raising=False)
    assert record_path.claims_path() == DATA / "events.csv"
    monkeypatch.setenv("CLAIMS", "other.parquet")
    assert record_path.claims_path() == Path("other.parquet")
    monkeypatch.setenv("CLAIMS", "")
    assert record_path.claims_path() == DATA / "events.csv"


def test_all_viewers_share_one_edition_until_the_file_changes(own_file: Path) -> None:
    first = session.edition()
    assert session.edition() is first
    lines = own_file.read_bytes().splitlines(keepends=True)
    own_file.write_bytes(b"".join(lines[:2]))
    second = next_edition(first)
    assert (len(first.claims), len(second.claims)) == (26, 1)


def next_edition(now: Edition) -> Edition:
    """Ask, as the runs of pages do, until another edition is shown."""
    deadline = time.monotonic() + 10
    while (found := session.edition()) is now:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return found


def test_opening_days_that_change_are_read_anew(own_file: Path) -> None:
    first = session.edition()
    assert first.opening is None
    beside = own_file.with_suffix(".toml")
    beside.write_text("[opening]\nfrom = 2023-05-12\nto = 2023-05-12\n", encoding="utf-8")
    second = next_edition(first)
    assert second.opening == (MAY_12, MAY_12)
    beside.unlink()
    assert next_edition(second).opening is None


def test_a_file_that_is_not_there_is_an_error_of_our_own(own_file: Path) -> None:
    own_file.unlink()
    with pytest.raises(UnreadableFileError, match=r"mine\.csv"):
        session.edition()


def test_a_file_that_comes_back_is_read_again(own_file: Path) -> None:
    data = own_file.read_bytes()
    own_file.unlink()
    with pytest.raises(UnreadableFileError):
        session.edition()
    own_file.write_bytes(data)
    assert len(session.edition().claims) == 26


def test_what_is_chosen_in_the_map_becomes_the_widgets_and_the_address(arrive: Arrive) -> None:
    browser = arrive(side=["ukraine"])
    browser.run()
    chosen = {"from": MAY_12, "to": MAY_12, "clock": "said", "side": [1], "kind": [0]}
    _, selection = browser.run(browser.sends(session.on_choice, choice=chosen))
    assert (selection.from_day, selection.to_day) == (MAY_12, MAY_12)
    assert browser.state["side"] == ["russia"]
    assert browser.state["kind"] == ["advance"]
    assert browser.address["from"] == ["2023-05-12"]
    assert browser.address["side"] == ["russia"]


def test_a_choice_that_is_none_changes_nothing(arrive: Arrive) -> None:
    browser = arrive(side=["ukraine"])
    browser.run()
    _, selection = browser.run(browser.sends(session.on_choice, choice="all"))
    assert selection.sides == {"ukraine"}
