"""What the map and the pager report: picks, places, choices, pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from components import reports, session
from components.address import TABS
from tests.components.viewer import FRONT, MALIAR, MAY_12, index_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cartography.edition import Edition
    from tests.components.viewer import Arrive, Browser


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


def test_a_pick_that_is_no_message_of_ours_changes_nothing(arrive: Arrive) -> None:
    browser = arrive(claim=FRONT)
    before, _ = browser.run()
    for junk in (None, "x", 3, ["claim"]):
        view, _ = browser.run(browser.sends(reports.on_pick("map"), pick=junk))
        assert view.claim == before.claim


@pytest.mark.parametrize("at", ["", "x", "1,2", "nan,0,0", "0,181,3", "48,38,-1", None])
def test_a_place_of_the_map_that_means_nothing_is_forgotten(arrive: Arrive, at: str) -> None:
    browser = arrive()
    browser.run()
    assert browser.run(browser.moves(at))[0].at is None


def turns_to(browser: Browser, page: object) -> Callable[[], None]:
    """Give what the pager of the cards does."""

    def hand() -> None:
        browser.state["cards"] = {"page": page}
        reports.on_page("cards")()

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


def test_what_is_chosen_in_the_map_becomes_the_widgets_and_the_address(arrive: Arrive) -> None:
    browser = arrive(side=["ukraine"])
    browser.run()
    chosen = {"from": MAY_12, "to": MAY_12, "clock": "said", "side": [1], "kind": [0]}
    _, selection = browser.run(browser.sends(reports.on_choice, choice=chosen))
    assert (selection.from_day, selection.to_day) == (MAY_12, MAY_12)
    assert browser.state["side"] == ["russia"]
    assert browser.state["kind"] == ["advance"]
    assert browser.address["from"] == ["2023-05-12"]
    assert browser.address["side"] == ["russia"]


def test_a_choice_that_is_none_changes_nothing(arrive: Arrive) -> None:
    browser = arrive(side=["ukraine"])
    browser.run()
    _, selection = browser.run(browser.sends(reports.on_choice, choice="all"))
    assert selection.sides == {"ukraine"}
