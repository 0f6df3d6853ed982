"""What is new since a day or an export is what a plain count says, and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from claims.changes import (
    UNSPOKEN,
    Changes,
    changes_since_day,
    changes_since_export,
    turning_claims,
)
from claims.days import day_from_iso
from claims.disputes import Voices
from claims.earlier_export import EXPORT_MAX_BYTES, ID_MAX_CHARACTERS, read_claim_ids
from claims.errors import UnreadableFileError
from claims.exports import csv_text, geojson_text
from claims.ledger import Ledger
from claims.load import load_record
from claims.model import QUANTITIES, STANDINGS
from claims.standing import standing_of_claims

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from claims.load import Record

DATA = Path(__file__).parents[2] / "data"
DENIAL = "ru-mod-denies-advance-2023-05-11"
ADVANCE = "ukrainian-advance-near-bakhmut-2023-05-12"


@dataclass(frozen=True)
class Told:
    """Changes by name, as a plain count can give them."""

    new: tuple[str, ...]
    standings: tuple[tuple[str, str, str], ...]
    new_topics: int
    numbers: tuple[tuple[str, ...], ...]


@cache
def the_record() -> Record:
    return load_record(DATA / "events.csv", geo=DATA / "geo")


@pytest.fixture(scope="module")
def real() -> pd.DataFrame:
    return the_record().claims


def day(text: str) -> int:
    found = day_from_iso(text)
    assert found is not None
    return found


def everything(claims: pd.DataFrame) -> NDArray[np.bool_]:
    return np.ones(len(claims), dtype=bool)


def between(
    claims: pd.DataFrame, since: int, until: int | None, keep: NDArray[np.bool_] | None = None
) -> Changes:
    kept = everything(claims) if keep is None else keep
    voices, ledger = Voices.of(claims), Ledger(claims)
    return changes_since_day(claims, voices, ledger, kept, since=since, as_of_day=until)


def ids(claims: pd.DataFrame, rows: NDArray[np.bool_] | list[int]) -> tuple[str, ...]:
    return tuple(claims["claim_id"].iloc[rows])


def told(claims: pd.DataFrame, changes: Changes) -> Told:
    topics = Voices.of(claims).topics
    return Told(
        new=ids(claims, changes.new),
        standings=tuple(
            (
                topics[topic],
                STANDINGS[changes.standing_before[topic]],
                STANDINGS[changes.standing_now[topic]],
            )
            for topic in changes.topics
        ),
        new_topics=changes.new_topics,
        numbers=tuple(
            sorted(
                (move.column, *ids(claims, [move.before, move.after])) for move in changes.numbers
            )
        ),
    )


def test_11_may_made_three_propositions_contested(real: pd.DataFrame) -> None:
    changes = between(real, day("2023-05-10"), day("2023-05-11"))
    found = told(real, changes)
    assert found.standings == (
        ("russian-72nd-brigade-left-positions-bakhmut-2023-05-09", "agreed", "contested"),
        ("russian-army-units-cover-bakhmut-flanks-2023-05-12", "one_sided", "contested"),
        (ADVANCE, "one_sided", "contested"),
    )
    assert len(found.new) == 37
    assert DENIAL in found.new
    assert changes.gone == ()


def test_the_claim_that_turned_a_standing_is_named(real: pd.DataFrame) -> None:
    changes = between(real, day("2023-05-10"), day("2023-05-11"))
    voices = Voices.of(real)
    topic = voices.topics.index(ADVANCE)
    turning = turning_claims(real, voices, changes, changes.topics.tolist())
    assert set(turning) == set(changes.topics.tolist())
    assert ids(real, list(turning[topic])) == (DENIAL,)


def test_where_no_claim_alone_turned_a_standing_all_that_were_added_are_named(
    real: pd.DataFrame,
) -> None:
    first = day("2023-05-10")
    claims = real.iloc[:3].reset_index(drop=True)
    claims["topic"] = "one"
    claims["stance"] = ["asserts", "asserts", "denies"]
    claims["side"] = ["third_party", "ukraine", "ukraine"]
    claims["organisation"] = ["OSCE", "Staff", "Staff"]
    claims["said_day"] = np.array([first, first + 1, first + 2], dtype=np.int32)
    claims = claims.astype({"said_day": "Int32"})
    alone = between(claims, first, first + 2)
    assert [STANDINGS[alone.standing_now[0]]] == ["contested"]
    assert turning_claims(claims, Voices.of(claims), alone, [0]) == {0: (2,)}
    claims["stance"] = ["denies", "asserts", "denies"]
    claims["side"] = ["ukraine", "ukraine", "russia"]
    claims["organisation"] = ["Staff", "Staff", "Ministry"]
    both = between(claims, first, first + 2)
    assert STANDINGS[both.standing_now[0]] == "contested"
    assert turning_claims(claims, Voices.of(claims), both, [0]) == {0: (2,)}
    claims["stance"] = ["cannot_confirm", "asserts", "asserts"]
    claims["side"] = ["third_party", "ukraine", "russia"]
    claims["organisation"] = ["OSCE", "Staff", "Ministry"]
    together = between(claims, first, first + 2)
    assert STANDINGS[together.standing_now[0]] == "agreed"
    assert turning_claims(claims, Voices.of(claims), together, [0]) == {0: (1, 2)}


def test_a_number_that_moved_names_both_claims(real: pd.DataFrame) -> None:
    assert told(real, between(real, day("2023-05-06"), day("2023-05-07"))).numbers == (
        (
            "advance_km",
            "ru-wagner-prigozhin-advance-95700-m2-2023-05-06",
            "ru-wagner-prigozhin-advance-280-m-2023-05-07",
        ),
    )


@pytest.mark.parametrize(("since", "until"), [("2023-05-12", "2023-05-12"), ("2024-01-01", None)])
def test_after_the_last_day_shown_nothing_is_new(
    real: pd.DataFrame, since: str, until: str | None
) -> None:
    changes = between(real, day(since), None if until is None else day(until))
    assert told(real, changes) == Told((), (), 0, ())


def test_the_filters_narrow_what_is_listed_and_not_what_standings_are_counted_from(
    real: pd.DataFrame,
) -> None:
    ukraine = (real["side"] == "ukraine").to_numpy(dtype=bool)
    since, until = day("2023-05-10"), day("2023-05-11")
    found = told(real, between(real, since, until, ukraine))
    whole = told(real, between(real, since, until))
    assert set(found.new) == set(whole.new).intersection(real.loc[ukraine, "claim_id"])
    assert (ADVANCE, "one_sided", "contested") in found.standings
    assert set(found.standings) <= set(whole.standings)
    nothing = told(real, between(real, since, until, np.zeros(len(real), dtype=bool)))
    assert nothing == Told((), (), 0, ())


def _plainly(claims: pd.DataFrame, earlier: int, later: int) -> Told:
    """Go through the claims one by one."""
    rows = claims.to_dict("records")
    before = [row for row in rows if row["said_day"] <= min(earlier, later)]
    now = [row for row in rows if row["said_day"] <= later]
    new = [row for row in now if row["said_day"] > min(earlier, later)]
    standing = [
        {
            topic: of_topic
            for topic, of_topic in zip(
                claims["topic"], standing_of_claims(claims, as_of), strict=True
            )
            if of_topic  # a claim said later has none
        }
        for as_of in (min(earlier, later), later)
    ]
    voice = itemgetter("topic", "organisation", "side")
    numbers = []
    for speaker in {voice(row) for row in before}:
        for column in QUANTITIES:
            stated = [
                [row for row in some if voice(row) == speaker and pd.notna(row[column])]
                for some in (before, now)
            ]
            if not stated[0]:
                continue
            was, last = (
                max(enumerate(s), key=lambda one: (one[1]["said_day"], one[0]))[1] for s in stated
            )
            if was[column] != last[column]:
                numbers.append((column, was["claim_id"], last["claim_id"]))
    return Told(
        tuple(row["claim_id"] for row in new),
        tuple(
            (topic, standing[0][topic], standing[1][topic])
            for topic in sorted({row["topic"] for row in before})
            if standing[0][topic] != standing[1][topic]
        ),
        len({r["topic"] for r in now} - {r["topic"] for r in before}),
        tuple(sorted(numbers)),
    )


@settings(max_examples=40, phases=(Phase.generate,), deadline=None)
@given(
    st.lists(st.integers(0, 847), max_size=30, unique=True),
    st.integers(0, 4),
    st.integers(0, 4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=30, max_size=30),
)
def test_it_is_what_a_plain_count_says(
    chosen: list[int], earlier: int, later: int, moved: list[tuple[int, int]]
) -> None:
    claims = the_record().claims.iloc[sorted(chosen)].reset_index(drop=True)
    # Few propositions and few days, so that claims meet.
    claims["topic"] = [f"topic-{topic}" for topic, _ in moved[: len(claims)]]
    claims["said_day"] = np.array([at for _, at in moved[: len(claims)]], dtype=np.int32)
    claims = claims.astype({"said_day": "Int32", "topic": "str"})
    changes = between(claims, earlier, later)
    assert told(claims, changes) == _plainly(claims, earlier, later)
    turning = turning_claims(claims, Voices.of(claims), changes, changes.topics.tolist())
    for topic, rows in turning.items():
        assert rows
        assert all(changes.new[row] and Voices.of(claims).topic[row] == topic for row in rows)


@pytest.mark.parametrize("kind", ["csv", "geojson"])
def test_an_export_read_back_gives_the_same_changes_as_its_days(
    real: pd.DataFrame, kind: str
) -> None:
    until = day("2023-05-10")
    keep = (real["said_day"] <= until).to_numpy(dtype=bool)
    text = csv_text(real, keep) if kind == "csv" else geojson_text(real, keep, (), digest="")
    earlier = read_claim_ids(text.encode(), "export")
    assert len(earlier) == keep.sum()
    found = changes_since_export(real, Voices.of(real), everything(real), earlier)
    by_day = between(real, until, None)
    assert told(real, found) == told(real, by_day)
    assert (found.standing_before == by_day.standing_before).all()
    assert UNSPOKEN in found.standing_before


def test_claims_that_were_taken_out_are_told(real: pd.DataFrame) -> None:
    earlier = [*real["claim_id"], "one-that-was"]
    found = changes_since_export(real, Voices.of(real), everything(real), earlier)
    assert found.gone == ("one-that-was",)
    assert told(real, found) == Told((), (), 0, ())


def test_a_claim_outside_the_filters_is_not_gone_and_counts_for_no_standing(
    real: pd.DataFrame,
) -> None:
    ukraine = (real["side"] == "ukraine").to_numpy(dtype=bool)
    earlier = real["claim_id"].tolist()
    found = changes_since_export(real, Voices.of(real), ukraine, earlier)
    assert found.gone == ()
    assert told(real, found) == Told((), (), 0, ())


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "no column or member claim_id"),
        (b"a,b\n1,2\n", "no column or member claim_id"),
        (b"{", "no column or member claim_id"),
        (b"{}", "no column or member claim_id"),
        (b"{" * 50_000, "no column or member claim_id"),
        (json.dumps({"features": 3}).encode(), "no column or member claim_id"),
        (json.dumps({"features": [{"properties": None}]}).encode(), "no column or member claim_id"),
        (
            json.dumps({"features": [{"properties": {"claim_id": 3}}]}).encode(),
            "'3' as claim_id in feature 1",
        ),
        (b"claim_id,side\nx,russia\n,ukraine\n", "'' as claim_id in row 3"),
        (b"side,claim_id\nrussia\n", "'None' as claim_id in row 2"),
        (b"claim_id\n" + b"x" * (ID_MAX_CHARACTERS + 1), "'" + "x" * 40 + "' as claim_id in row 2"),
        (b"claim_id\n", "no claim"),
        (b"claim_id\n\xff\xfe", "a byte at 9 that is no UTF-8"),
        (b"x" * (EXPORT_MAX_BYTES + 1), "10,000,001 bytes"),
    ],
    ids=lambda one: str(one)[:24],
)
def test_another_file_is_refused_with_what_was_found_and_what_to_do(
    data: bytes, found: str
) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read_claim_ids(data, "the file")
    assert str(refused.value).startswith(f"the file: found {found}")
    assert refused.value.expected in str(refused.value)
    assert str(refused.value).endswith(refused.value.remedy)
