"""A Selection keeps what it says, and comes back from the page's address unchanged."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.days import day_from_iso
from claims.model import KINDS, SIDES, STANDINGS
from claims.search import SEARCHED
from claims.selection import Selection, from_parameters

TEXTS = tuple(dict.fromkeys(("side", "organisation", "claimant", "kind", *SEARCHED)))
DAYS = ("said_day", "event_first_day", "event_last_day")
ORGANISATIONS = ("Ministry of Defence of Ukraine", "Russian Ministry of Defence", "Wagner", "AFP")
CLAIMANTS = ("Hanna Maliar", "Igor Konashenkov", "Yevgeny Prigozhin")
VOCABULARY = {"organisation": ORGANISATIONS, "claimant": CLAIMANTS}
WORDS = {
    "ukraine": "Ukraine",
    "russia": "Russia",
    "third_party": "Third party",
    "one_sided": "one side only",
}
MAY_11, MAY_12 = 19_488, 19_489

Row = dict[str, Any]


def claim(**other: Any) -> Row:
    row = {
        **dict.fromkeys(SEARCHED, ""),
        "side": "ukraine",
        "organisation": ORGANISATIONS[0],
        "claimant": CLAIMANTS[0],
        "kind": "advance",
        "statement": "Hanna Maliar says Ukrainian troops advanced near Bakhmut",
        "said_day": MAY_12,
        "event_first_day": None,
        "event_last_day": None,
        "standing": "one_sided",
    }
    return row | other


def frame(rows: list[Row]) -> pd.DataFrame:
    claims = pd.DataFrame(rows, columns=[*TEXTS, *DAYS])
    return claims.astype(dict.fromkeys(TEXTS, "str") | dict.fromkeys(DAYS, "Int32"))


def kept(selection: Selection, *rows: Row) -> list[bool]:
    return [bool(yes) for yes in keep(selection, list(rows))]


def keep(selection: Selection, rows: list[Row]) -> npt.NDArray[np.bool_]:
    standing = np.array([row["standing"] for row in rows], dtype=object)
    return selection.keep(frame(rows), standing)


days_strategy = st.integers(MAY_11 - 3, MAY_12 + 3)
rows_strategy = st.lists(
    st.builds(
        claim,
        side=st.sampled_from(SIDES),
        organisation=st.sampled_from(ORGANISATIONS),
        claimant=st.sampled_from(CLAIMANTS),
        kind=st.sampled_from(KINDS[:3]),
        statement=st.text(alphabet="ab.*[ ", max_size=8),
        said_day=days_strategy | st.none(),
        event_first_day=days_strategy | st.none(),
        event_last_day=days_strategy | st.none(),
        standing=st.sampled_from(STANDINGS),
    ),
    max_size=10,
)
windows = st.tuples(days_strategy | st.none(), days_strategy | st.none()).map(
    lambda ends: ends if None in ends else tuple(sorted(ends))  # type: ignore[type-var]
)


@st.composite
def selections(draw: st.DrawFn, query: st.SearchStrategy[str] | None = None) -> Selection:
    low, high = draw(windows)
    return Selection(
        from_day=low,
        to_day=high,
        clock=draw(st.sampled_from(["said", "happened"])),
        sides=draw(st.frozensets(st.sampled_from(SIDES))),
        organisations=draw(st.frozensets(st.sampled_from(ORGANISATIONS))),
        claimants=draw(st.frozensets(st.sampled_from(CLAIMANTS))),
        kinds=draw(st.frozensets(st.sampled_from(KINDS))),
        standings=draw(st.frozensets(st.sampled_from(STANDINGS))),
        query=draw(query if query is not None else st.text(alphabet="ab.*[ ", max_size=3)),
    )


@given(rows=rows_strategy)
def test_a_selection_without_restriction_keeps_every_claim(rows: list[Row]) -> None:
    assert keep(Selection(), rows).all()
    assert keep(Selection(clock="happened", query="  "), rows).all()


@settings(max_examples=60)
@given(rows=rows_strategy, selection=selections())
def test_a_selection_keeps_what_each_of_its_restrictions_alone_keeps(
    rows: list[Row], selection: Selection
) -> None:
    open_one = Selection(clock=selection.clock)
    alone = [
        replace(open_one, from_day=selection.from_day, to_day=selection.to_day),
        replace(open_one, sides=selection.sides),
        replace(open_one, organisations=selection.organisations),
        replace(open_one, claimants=selection.claimants),
        replace(open_one, kinds=selection.kinds),
        replace(open_one, standings=selection.standings),
        replace(open_one, query=selection.query),
    ]
    together = np.logical_and.reduce([keep(one, rows) for one in alone])
    assert (keep(selection, rows) == together).all()


@settings(max_examples=60)
@given(rows=rows_strategy, selection=selections(), side=st.sampled_from(SIDES))
def test_adding_a_restriction_never_adds_a_claim(
    rows: list[Row], selection: Selection, side: str
) -> None:
    before = keep(replace(selection, sides=frozenset()), rows)
    assert not (keep(replace(selection, sides=frozenset({side})), rows) & ~before).any()
    narrower = replace(selection, query=f"{selection.query} a")
    assert not (keep(narrower, rows) & ~keep(selection, rows)).any()


def test_a_side_keeps_the_claims_of_that_side() -> None:
    rows = [claim(side=side) for side in SIDES]
    assert kept(Selection(sides=frozenset({"russia"})), *rows) == [False, True, False]


def test_a_standing_is_the_one_handed_in() -> None:
    rows = [claim(standing=standing) for standing in (*STANDINGS, "")]
    selection = Selection(standings=frozenset({"contested", "agreed"}))
    assert kept(selection, *rows) == [True, True, False, False, False]


def test_under_said_the_window_holds_the_day_of_saying_with_both_ends() -> None:
    rows = [claim(said_day=day) for day in (MAY_11 - 1, MAY_11, MAY_12, MAY_12 + 1, None)]
    window = Selection(from_day=MAY_11, to_day=MAY_12)
    assert kept(window, *rows) == [False, True, True, False, False]
    assert kept(Selection(from_day=MAY_12), *rows) == [False, False, True, True, False]
    assert kept(Selection(to_day=MAY_11), *rows) == [True, True, False, False, False]


def test_under_happened_the_window_must_overlap_the_days_of_the_event() -> None:
    spans = [(-9, -1), (-9, 0), (0, 1), (-9, 9), (1, 9), (2, 9)]
    rows = [claim(event_first_day=MAY_11 + a, event_last_day=MAY_11 + b) for a, b in spans]
    window = Selection(from_day=MAY_11, to_day=MAY_12, clock="happened")
    assert kept(window, *rows) == [False, True, True, True, True, False]


def test_a_claim_without_event_days_lies_in_no_bounded_window_of_events() -> None:
    assert kept(Selection(from_day=0, clock="happened"), claim()) == [False]
    assert kept(Selection(to_day=MAY_12, clock="happened"), claim()) == [False]
    assert kept(Selection(clock="happened"), claim()) == [True]


def test_a_single_stated_event_day_stands_for_both() -> None:
    rows = [claim(event_first_day=MAY_11), claim(event_last_day=MAY_11)]
    assert kept(Selection(from_day=MAY_11, to_day=MAY_11, clock="happened"), *rows) == [True] * 2
    assert kept(Selection(from_day=MAY_12, clock="happened"), *rows) == [False] * 2
    assert kept(Selection(to_day=MAY_11 - 1, clock="happened"), *rows) == [False] * 2


def test_every_word_of_the_query_must_occur_in_any_order_and_letter_case() -> None:
    assert kept(Selection(query="BAKHMUT  Maliar"), claim()) == [True]
    assert kept(Selection(query="Bakhmut Soledar"), claim()) == [False]
    assert kept(Selection(query="advanced dam"), claim()) == [False]
    assert kept(Selection(query="advanced advance"), claim()) == [True]


def test_folded_letters_are_found() -> None:
    assert kept(Selection(query="STRASSE"), claim(statement="Straße")) == [True]


@pytest.mark.parametrize("word", [".*", "[", "a+", "(", "\\", "^", "$", "{{7*7}}", "%", "_"])
def test_a_query_is_plain_text_never_a_pattern(word: str) -> None:
    rows = [claim(statement="aaa"), claim(statement=f"aaa {word} aaa")]
    assert kept(Selection(query=word), *rows) == [False, True]


@settings(max_examples=40)
@given(query=st.text(max_size=250), text=st.text(max_size=30))
def test_any_query_at_all_finds_what_holds_its_words(query: str, text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    selection = Selection(query=query)
    speaker = f"{ORGANISATIONS[0]}\n{CLAIMANTS[0]}".casefold()
    words = selection.query.casefold().split()
    expected = all(word in text.casefold() or word in speaker for word in words)
    assert kept(selection, claim(statement=text)) == [expected]
    assert kept(selection, claim(statement=f"{text} {selection.query}")) == [True]


def test_only_the_first_200_characters_of_a_query_count() -> None:
    assert Selection(query="a" * 300) == Selection(query="a" * 200)


def test_half_a_surrogate_pair_finds_nothing_and_breaks_nothing() -> None:
    assert kept(Selection(query="\ud800"), claim(statement="what?")) == [False]


def test_keeping_refuses_standings_of_another_frame() -> None:
    with pytest.raises(ValueError, match="must match"):
        Selection().keep(frame([claim()]), np.array([], dtype=object))


def test_keeping_leaves_the_frame_as_it_was() -> None:
    claims = frame([claim(), claim(side="russia")])
    before = claims.copy()
    Selection(0, MAY_12, sides=frozenset({"russia"}), query="x").keep(
        claims, np.array(["agreed", "agreed"], dtype=object)
    )
    pd.testing.assert_frame_equal(claims, before)


@pytest.mark.parametrize(
    "wrong", [{"clock": "guessed"}, {"from_day": 2, "to_day": 1}, {"to_day": 10**9}]
)
def test_an_impossible_selection_is_refused(wrong: Row) -> None:
    with pytest.raises(ValueError, match="must"):
        Selection(**wrong)


def test_knowledge_ends_with_the_window_only_under_the_clock_said() -> None:
    assert Selection(to_day=MAY_12).as_of_day() == MAY_12
    assert Selection(to_day=MAY_12, clock="happened").as_of_day() is None
    assert Selection(from_day=MAY_12).as_of_day() is None


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
