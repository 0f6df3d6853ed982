"""Every view has an address that gives it again; a bare one gives the days the record opens on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartography.edition import Edition, open_edition
from claims.days import END, EPOCH, START
from claims.selection import CLOCKS, Selection
from components.address import View, read, write
from components.address_values import MAX_PAGE, read_choice, read_page
from tests.report import report_path

GEO = Path(__file__).parents[2] / "data" / "geo"
MALIAR = "ua-mod-maliar-advance-2km-2023-05-12"
MAY_11, MAY_12 = 19_488, 19_489
PLAIN_VIEW = View()


@pytest.fixture(scope="module")
def whole() -> Edition:
    """Give the report, said on 11 and 12 May, which opens on every day."""
    return open_edition(report_path(), geo=GEO)


@pytest.fixture(scope="module")
def week(whole: Edition) -> Edition:
    """Give the report as a record that opens on 12 May."""
    return replace(whole, opening=(MAY_12, MAY_12))


def test_a_bare_address_gives_the_days_on_which_the_record_opens(
    week: Edition, whole: Edition
) -> None:
    assert read({}, week) == (Selection(from_day=MAY_12, to_day=MAY_12), PLAIN_VIEW)
    assert read({}, whole) == (Selection(), PLAIN_VIEW)


@pytest.mark.parametrize(
    "address",
    [
        {"tab": ["table"]},
        {"at": ["48.6000,38.0000,11"]},
        {"ground": ["osm"]},
        {"disc": ["6/38/21"]},
        {"page": ["2"]},
        {"side": [""], "q": [" "]},
        {"utm_source": ["mail"]},
    ],
)
def test_what_asks_for_no_claims_leaves_the_opening_days(
    week: Edition, address: dict[str, list[str]]
) -> None:
    selection, _ = read(address, week)
    assert (selection.from_day, selection.to_day) == (MAY_12, MAY_12)


@pytest.mark.parametrize(
    "address",
    [
        {"side": ["russia"]},
        {"clock": ["happened"]},
        {"q": ["beat off"]},
        {"to": ["2023-05-11"]},
        {"claim": [MALIAR]},
        {"claim": ["no-such-claim"]},
    ],
)
def test_what_asks_for_claims_asks_all_days_but_those_it_names(
    week: Edition, address: dict[str, list[str]]
) -> None:
    selection, _ = read(address, week)
    assert selection.from_day is None
    assert selection.to_day == (MAY_11 if "to" in address else None)


def test_the_opening_days_are_written_as_a_bare_address(week: Edition) -> None:
    assert write(Selection(from_day=MAY_12, to_day=MAY_12), PLAIN_VIEW, week) == {}


def test_the_whole_record_is_written_with_its_first_and_last_day(
    week: Edition, whole: Edition
) -> None:
    days = {"from": ["2023-05-11"], "to": ["2023-05-12"]}
    assert write(Selection(), PLAIN_VIEW, week) == days
    assert write(Selection(), PLAIN_VIEW, whole) == {}


def test_the_whole_record_comes_back_as_no_day_asked_for(week: Edition) -> None:
    days = {"from": ["2023-05-11"], "to": ["2023-05-12"]}
    assert read(days, week)[0] == Selection()
    russian = read({**days, "side": ["russia"]}, week)[0]
    assert (russian.from_day, russian.to_day) == (MAY_11, MAY_12)


def test_a_picked_claim_s_address_names_the_opening_days(week: Edition) -> None:
    opened, view = Selection(from_day=MAY_12, to_day=MAY_12), replace(PLAIN_VIEW, claim=0)
    day = ["2023-05-12"]
    assert write(opened, view, week) == {"from": day, "to": day, "claim": [week.claim_id(0)]}
    assert write(Selection(), view, week) == {"claim": [week.claim_id(0)]}


WINDOWS = [
    (first, last)
    for first in (None, MAY_11 - 1, MAY_11, MAY_12)
    for last in (None, MAY_11, MAY_12, MAY_12 + 1)
    if first is None or last is None or first <= last
]


@given(
    window=st.sampled_from(WINDOWS),
    clock=st.sampled_from(CLOCKS),
    sides=st.frozensets(st.sampled_from(["ukraine", "russia"])),
    view=st.builds(
        View,
        claim=st.none() | st.integers(0, 25),
        cells=st.sampled_from([(), ((6, 38, 21),)]),
        page=st.integers(0, MAX_PAGE - 1),
        at=st.none(),
        tab=st.sampled_from(["who", "changed", "table"]),
        ground=st.just(""),
        moved=st.just(1),
        notices=st.just(()),
        since=st.none() | st.integers((START - EPOCH).days, (END - EPOCH).days),
        compare=st.sampled_from([(), ("ukraine", "russia"), ("Wagner Group", "ukraine")]),
    ),
)
def test_a_view_comes_back_from_its_address_whatever_days_the_record_opens_on(
    week: Edition,
    window: tuple[int | None, int | None],
    clock: str,
    sides: frozenset[str],
    view: View,
) -> None:
    selection = Selection(from_day=window[0], to_day=window[1], clock=clock, sides=sides)
    if selection == Selection(from_day=MAY_11, to_day=MAY_12):
        selection = Selection()  # the whole record, asked for day by day
    assert read(write(selection, view, week), week) == (selection, view)


def test_the_first_page_is_left_out_and_the_others_count_from_1(whole: Edition) -> None:
    assert write(Selection(), PLAIN_VIEW, whole) == {}
    assert write(Selection(), replace(PLAIN_VIEW, page=1), whole) == {"page": ["2"]}
    assert read({"page": ["2"]}, whole)[1].page == 1
    assert read({"page": ["1"]}, whole)[1].page == 0


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "x", str(MAX_PAGE + 1), "9" * 400])
def test_a_page_that_cannot_be_is_the_first_and_is_told(whole: Edition, text: str) -> None:
    _, view = read({"page": [text]}, whole)
    assert view.page == 0
    assert view.notices == (f"The page “{text[:40]}” in the address could not be read.",)


@pytest.mark.parametrize(
    ("text", "page"),
    [("0", 0), ("7", 7), ("", 0), ("-1", 0), ("1.5", 0), ("None", 0), ("9" * 400, MAX_PAGE - 1)],
)
def test_a_page_reported_by_a_part_counts_from_0(text: str, page: int) -> None:
    assert read_page(text) == page


MAY_8 = 19_485


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        ({}, {}),
        ({"from": MAY_8, "to": MAY_8 + 6}, {"from_day": MAY_8, "to_day": MAY_8 + 6}),
        ({"from": None, "to": None}, {"from_day": None, "to_day": None}),
        ({"from": MAY_8 + 2, "to": MAY_8}, {"from_day": MAY_8 + 2, "to_day": MAY_8 + 2}),
        ({"from": "8 May", "to": [1]}, {"from_day": None, "to_day": None}),
        ({"clock": "happened"}, {"clock": "happened"}),
        ({"clock": "yesterday"}, {}),
        ({"side": [1]}, {"sides": frozenset({"russia"})}),
        ({"side": None}, {"sides": frozenset()}),
        ({"side": [0, 7, "2", -1, None]}, {"sides": frozenset({"ukraine"})}),
        ({"standing": [0], "kind": [0]}, {"standings": {"contested"}, "kinds": {"advance"}}),
        ({"kind": "losses"}, {"kinds": frozenset()}),
    ],
)
def test_what_the_map_reports_changes_just_that_part_of_the_selection(
    choice: dict[str, Any], wanted: dict[str, Any]
) -> None:
    before = Selection(from_day=MAY_8 - 9, sides=frozenset({"ukraine"}), query="bridge")
    after = read_choice(choice, before)
    changed = {name: getattr(after, name) for name in wanted}
    assert changed == wanted
    assert replace(after, **{name: getattr(before, name) for name in wanted}) == before


def test_a_day_no_calendar_of_the_page_holds_is_moved_to_its_edge() -> None:
    far = read_choice({"from": -(10**9), "to": 10**9}, Selection())
    assert (far.from_day, far.to_day) == ((START - EPOCH).days, (END - EPOCH).days)
