"""Two narrators contradict each other, say the same, or one alone speaks; as of a day."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.comparison import (
    BOTH,
    CONTRADICT,
    ONLY_FIRST,
    ONLY_SECOND,
    RELATIONS,
    SILENT,
    compare,
    relation_of,
    said_by,
)
from claims.disputes import Voices
from claims.model import SIDES, STANCES
from claims.standing import standings

if TYPE_CHECKING:
    from claims.comparison import Comparison

MOD, WAGNER, STAFF, BLOGGERS = "Ministry", "Wagner", "General Staff", "Bloggers"
SIDE_OF = {MOD: "russia", WAGNER: "russia", STAFF: "ukraine"}
TEXTS = ("topic", "proposition", "stance", "organisation", "side", "favours")
BOTH_SIDES = ("ukraine", "russia")

Row = dict[str, Any]


def claim(
    organisation: str, stance: str, day: int = 10, topic: str = "advance", side: str = ""
) -> Row:
    return {
        "topic": topic,
        "proposition": "It happened.",
        "stance": stance,
        "organisation": organisation,
        "side": side or SIDE_OF[organisation],
        "favours": "neither",
        "said_day": day,
    }


def frame(*rows: Row) -> pd.DataFrame:
    claims = pd.DataFrame(list(rows), columns=[*TEXTS, "said_day"])
    return claims.astype(dict.fromkeys(TEXTS, "str") | {"said_day": "Int32"})


def compared(
    *rows: Row, narrators: tuple[str, ...] = BOTH_SIDES, as_of_day: int | None = None
) -> Comparison:
    claims = frame(*rows)
    return compare(claims, Voices.of(claims), narrators, as_of_day)


def relation(
    *rows: Row, narrators: tuple[str, ...] = BOTH_SIDES, as_of_day: int | None = None
) -> str:
    (code,) = compared(*rows, narrators=narrators, as_of_day=as_of_day).relation.tolist()
    names = (*RELATIONS, "silent")
    return names[int(code)]


def test_one_saying_yes_and_one_no_contradict() -> None:
    for yes, no in product(("asserts", "confirms"), ("denies", "doubts")):
        assert relation(claim(STAFF, yes), claim(MOD, no)) == "contradict"
        assert relation(claim(STAFF, no), claim(MOD, yes)) == "contradict"


def test_two_saying_yes_or_two_saying_no_say_the_same() -> None:
    assert relation(claim(STAFF, "asserts"), claim(MOD, "confirms")) == "both"
    assert relation(claim(STAFF, "denies"), claim(MOD, "doubts")) == "both"


def test_who_speaks_alone_is_named_by_his_place() -> None:
    assert relation(claim(STAFF, "asserts")) == "only_first"
    assert relation(claim(STAFF, "asserts"), narrators=("russia", "ukraine")) == "only_second"


def test_cannot_confirm_is_neither_yes_nor_no() -> None:
    assert relation(claim(STAFF, "asserts"), claim(MOD, "cannot_confirm")) == "only_first"
    assert relation(claim(STAFF, "cannot_confirm"), claim(MOD, "denies")) == "only_second"
    assert relation(claim(STAFF, "cannot_confirm"), claim(MOD, "cannot_confirm")) == "both"
    assert relation(claim(MOD, "cannot_confirm")) == "only_second"


def test_a_side_of_two_minds_contradicts_whoever_says_yes_or_no() -> None:
    split = claim(MOD, "denies"), claim(WAGNER, "confirms")
    assert relation(*split, claim(STAFF, "asserts")) == "contradict"
    assert relation(*split, claim(STAFF, "denies")) == "contradict"
    assert relation(*split, narrators=(WAGNER, MOD)) == "contradict"


def test_third_parties_count_only_where_they_narrate() -> None:
    press = claim(BLOGGERS, "denies", side="third_party")
    assert relation(claim(STAFF, "asserts"), press) == "only_first"
    assert relation(claim(STAFF, "asserts"), press, narrators=("ukraine", BLOGGERS)) == "contradict"


def test_a_word_counts_from_the_day_it_is_said() -> None:
    rows = claim(STAFF, "asserts", 3), claim(MOD, "denies", 5)
    days = {day: relation(*rows, as_of_day=day) for day in (2, 3, 4, 5)}
    assert days == {2: "silent", 3: "only_first", 4: "only_first", 5: "contradict"}


def test_the_latest_word_counts_and_a_later_cannot_confirm_takes_nothing_back() -> None:
    rows = claim(STAFF, "asserts"), claim(MOD, "denies", 3), claim(MOD, "confirms", 5)
    assert relation(*rows) == "both"
    assert relation(*rows, claim(MOD, "cannot_confirm", 7)) == "both"
    assert compared(*rows, claim(MOD, "cannot_confirm", 7)).said[1].tolist() == [2]


def test_an_organisation_heard_on_two_sides_has_a_word_on_each() -> None:
    rows = (
        claim(BLOGGERS, "asserts", 3, side="russia"),
        claim(BLOGGERS, "denies", 5, side="ukraine"),
        claim(STAFF, "asserts"),
    )
    assert compared(*rows, narrators=(BLOGGERS, STAFF)).said[0].tolist() == [0, 1]
    assert relation(*rows, narrators=(BLOGGERS, STAFF)) == "contradict"


def test_a_narrator_who_says_nothing_leaves_all_to_the_other() -> None:
    assert relation(claim(STAFF, "asserts"), narrators=("ukraine", "Nobody")) == "only_first"
    assert compared(narrators=BOTH_SIDES).relation.tolist() == []


NOTE = Path(__file__).parents[2] / "docs" / "comparing.md"
MEANS = {"yes": {1}, "no": {2}, "yes or no": {1, 2, 3}, "cannot confirm": {4}}
GROUPS = {"they contradict": CONTRADICT, "both say": BOTH, "only the one says": ONLY_FIRST}


def test_the_note_s_table_is_what_the_code_does() -> None:
    text = NOTE.read_text(encoding="utf-8").split("| group |\n|---|---|---|\n")[1].split("\n\n")[0]
    for line in text.splitlines():
        one, other, group = (cell.strip().removeprefix("says ") for cell in line.split("|")[1:4])
        others = {bit for words in other.split(", or ") for bit in MEANS.get(words, {0})}
        for pair in product(MEANS[one], others):
            assert relation_of(*pair) == GROUPS[group], line


ROWS = st.lists(
    st.builds(
        claim,
        st.sampled_from([MOD, WAGNER, STAFF, BLOGGERS]),
        st.sampled_from(STANCES),
        st.integers(1, 6),
        st.sampled_from(["advance", "losses", "retreat"]),
        st.sampled_from(SIDES),
    ),
    max_size=16,
)
NARRATORS = st.permutations([*SIDES, MOD, WAGNER, BLOGGERS]).map(lambda names: tuple(names[:2]))


@given(rows=ROWS, narrators=NARRATORS, day=st.none() | st.integers(0, 7))
def test_each_one_s_words_are_those_his_standings_are_made_of(
    rows: list[Row], narrators: tuple[str, ...], day: int | None
) -> None:
    claims = frame(*rows)
    voices = Voices.of(claims)
    words = []
    for narrator in narrators:
        summed = standings(claims.loc[said_by(claims, narrator)], day)
        ways = [
            summed[[f"supporting_{side}" for side in SIDES]].sum(axis=1),
            summed[[f"opposing_{side}" for side in SIDES]].sum(axis=1),
            summed["undecided"],
        ]
        word = sum((way > 0).astype(int) * bit for way, bit in zip(ways, (1, 2, 4), strict=True))
        words.append(pd.Series(word, dtype=int).reindex(voices.topics, fill_value=0))
    wanted = [relation_of(*pair) for pair in zip(*words, strict=True)]
    assert compare(claims, voices, narrators, day).relation.tolist() == wanted


@given(rows=ROWS, narrators=NARRATORS, day=st.none() | st.integers(0, 7))
def test_every_proposition_stands_in_one_group_and_a_swap_only_swaps(
    rows: list[Row], narrators: tuple[str, ...], day: int | None
) -> None:
    claims = frame(*rows)
    voices = Voices.of(claims)
    found = compare(claims, voices, narrators, day)
    spoken = voices.said <= (99 if day is None else day)
    spoken &= said_by(claims, narrators[0]) | said_by(claims, narrators[1])
    assert set(voices.topic[spoken]) == set(np.flatnonzero(found.relation != SILENT))
    swapped = compare(claims, voices, narrators[::-1], day)
    mirrored = {ONLY_FIRST: ONLY_SECOND, ONLY_SECOND: ONLY_FIRST}
    assert swapped.relation.tolist() == [mirrored.get(one, one) for one in found.relation.tolist()]
    assert [one.tolist() for one in swapped.said] == [one.tolist() for one in found.said[::-1]]


@pytest.mark.parametrize(("first", "second"), list(product(range(8), repeat=2)))
def test_nobody_contradicts_who_does_not_say_yes_or_no(first: int, second: int) -> None:
    if relation_of(first, second) == CONTRADICT:
        assert first & 3
        assert second & 3
    else:
        assert not (first & 1 and second & 2)
        assert not (first & 2 and second & 1)
