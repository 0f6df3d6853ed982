"""A Selection comes back from the page's address unchanged, and is told in short phrases."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.days import day_from_iso
from claims.model import SIDES
from claims.selection import Selection, from_parameters
from tests.claims.selections import (
    CLAIMANTS,
    MAY_11,
    MAY_12,
    ORGANISATIONS,
    VOCABULARY,
    selections,
)

WORDS = {
    "ukraine": "Ukraine",
    "russia": "Russia",
    "third_party": "Third party",
    "one_sided": "one side only",
}


def test_the_default_selection_has_an_empty_address() -> None:
    assert Selection().to_parameters() == {}


def test_the_address_uses_the_names_of_the_page() -> None:
    selection = Selection(
        from_day=MAY_11,
        to_day=MAY_12,
        clock="happened",
        sides=frozenset({"ukraine", "russia"}),
        organisations=frozenset({"Wagner"}),
        claimants=frozenset({"Hanna Maliar"}),
        kinds=frozenset({"advance"}),
        standings=frozenset({"contested"}),
        query="two  kilometres",
    )
    assert selection.to_parameters() == {
        "from": ["2023-05-11"],
        "to": ["2023-05-12"],
        "clock": ["happened"],
        "side": ["russia", "ukraine"],
        "organisation": ["Wagner"],
        "claimant": ["Hanna Maliar"],
        "kind": ["advance"],
        "standing": ["contested"],
        "q": ["two kilometres"],
    }


@given(selection=selections(query=st.text(max_size=250)))
def test_a_selection_comes_back_from_its_address_without_notice(selection: Selection) -> None:
    assert from_parameters(selection.to_parameters(), VOCABULARY) == (selection, ())


@given(
    parameters=st.dictionaries(
        st.sampled_from(["from", "to", "clock", "side", "kind", "standing", "claimant", "q", "at"])
        | st.text(max_size=5),
        st.lists(st.text(max_size=60) | st.just("2023-05-12"), max_size=4),
    )
)
def test_no_address_breaks_the_page_or_says_too_much(parameters: dict[str, list[str]]) -> None:
    selection, notices = from_parameters(parameters, VOCABULARY)
    assert from_parameters(selection.to_parameters(), VOCABULARY) == (selection, ())
    assert len(notices) <= 6
    assert all(notice.isprintable() and len(notice) < 140 for notice in notices)


def test_unknown_values_fall_back_with_one_sentence_each_and_known_ones_stay() -> None:
    selection, notices = from_parameters(
        {"side": ["russia", "atlantis", "atlantis"], "kind": ["parade"], "clock": ["sundial"]},
        VOCABULARY,
    )
    assert selection == Selection(sides=frozenset({"russia"}))
    assert len(notices) == 3
    assert sum("atlantis" in notice for notice in notices) == 1


@pytest.mark.parametrize("text", ["yesterday", "2023-02-30", "20230512", "2023-05-12T10:00"])
def test_a_day_that_is_none_leaves_its_end_open(text: str) -> None:
    selection, notices = from_parameters({"from": [text], "to": ["2023-05-12"]}, {})
    assert selection == Selection(to_day=day_from_iso("2023-05-12"))
    assert len(notices) == 1
    assert text in notices[0]


def test_a_window_that_ends_before_it_begins_is_dropped_whole() -> None:
    selection, notices = from_parameters({"from": ["2023-05-12"], "to": ["2023-05-11"]}, {})
    assert selection == Selection()
    assert len(notices) == 1


def test_the_last_of_several_single_values_counts() -> None:
    days = ["2023-05-11", "2023-05-12", "2023-05-11"]
    assert from_parameters({"from": days}, {})[0].from_day == MAY_11


def test_blank_values_and_other_keys_are_passed_over() -> None:
    parameters = {"from": [""], "side": [" "], "q": [" "], "claim": ["x"], "at": ["1,2,3"]}
    assert from_parameters(parameters, VOCABULARY) == (Selection(), ())


def test_a_lone_string_is_one_value_not_its_letters() -> None:
    assert from_parameters({"side": "russia"}, {})[0].sides == frozenset({"russia"})


def test_a_long_value_is_cut_to_forty_characters_in_its_notice() -> None:
    _, notices = from_parameters({"side": ["x" * 1000]}, {})
    assert "x" * 39 + "\N{HORIZONTAL ELLIPSIS}" in notices[0]
    assert "x" * 40 not in notices[0]


def test_at_most_five_notices_are_given_then_the_number_of_the_others() -> None:
    _, notices = from_parameters({"side": [f"side {n}" for n in range(12)]}, {})
    assert len(notices) == 6
    assert notices[-1] == "and 7 more"


def test_a_query_that_is_too_long_is_cut_with_a_notice() -> None:
    selection, notices = from_parameters({"q": ["b" * 5000]}, {})
    assert len(selection.query) == 200
    assert len(notices) == 1


def test_a_thousand_keys_of_a_hundred_kilobytes_are_read_in_a_moment() -> None:
    parameters = {f"key{n}": ["v" * 50] for n in range(1000)}
    parameters["side"] = [f"{n}" for n in range(10_000)]
    started_s = time.perf_counter()
    selection, notices = from_parameters(parameters, VOCABULARY)
    assert time.perf_counter() - started_s < 1
    assert selection == Selection()
    assert notices[-1] == "and 995 more"


def test_nothing_asked_for_is_told_as_all_days() -> None:
    assert Selection().describe(WORDS) == ("all days", "as said")


def test_a_selection_is_told_in_short_phrases() -> None:
    selection = Selection(
        from_day=MAY_11,
        to_day=MAY_12,
        clock="happened",
        sides=frozenset({"russia"}),
        organisations=frozenset(ORGANISATIONS[:3]),
        claimants=frozenset(CLAIMANTS[:2]),
        kinds=frozenset({"advance"}),
        standings=frozenset({"one_sided"}),
        query="lost position",
    )
    assert selection.describe(WORDS) == (
        "11\N{EN DASH}12 May 2023",
        "as it happened",
        "Russia only",
        "3 organisations",
        "Hanna Maliar and Igor Konashenkov",
        "advance",
        "standing: one side only",
        "words \N{LEFT DOUBLE QUOTATION MARK}lost position\N{RIGHT DOUBLE QUOTATION MARK}",
    )


def test_sides_are_told_in_the_order_of_the_model_not_of_the_choice() -> None:
    selection = Selection(sides=frozenset({"third_party", "ukraine"}))
    assert selection.describe(WORDS)[2] == "Ukraine and Third party only"
    every_side = Selection(sides=frozenset(SIDES)).describe(WORDS)
    assert len(every_side) == 2, "choosing every side restricts nothing, so nothing is told"


def test_sides_may_be_written_as_people_read_them() -> None:
    """The pills say "Russia" and "Third party"; an address typed from them must work."""
    selection, notices = from_parameters({"side": ["Russia", "Third party"]}, {})
    assert selection.sides == {"russia", "third_party"}
    assert notices == ()
