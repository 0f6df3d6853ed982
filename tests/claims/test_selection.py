"""A Selection keeps what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.model import KINDS, SIDES, STANDINGS
from claims.search import SEARCHED
from claims.selection import Selection
from tests.claims.selections import (
    CLAIMANTS,
    MAY_11,
    MAY_12,
    ORGANISATIONS,
    days_strategy,
    selections,
)

TEXTS = tuple(dict.fromkeys(("side", "organisation", "claimant", "kind", *SEARCHED)))
DAYS = ("said_day", "event_first_day", "event_last_day")

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
