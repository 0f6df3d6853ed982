"""What is new since a day or an export is what a plain count says, and nothing else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from claims.changes import (
    Changes,
    NumberChange,
    StandingChange,
    changes_between_days,
    changes_since_export,
    read_claim_ids,
)
from claims.days import day_from_iso
from claims.errors import UnreadableFileError
from claims.exports import csv_text, geojson_text
from claims.load import load_record
from claims.model import OPPOSING, QUANTITIES
from claims.standing import standing_of_claims

if TYPE_CHECKING:
    import pandas as pd

    from claims.load import Record

DATA = Path(__file__).parents[2] / "data"


@cache
def the_record() -> Record:
    return load_record(DATA / "events.csv", geo=DATA / "geo")


@pytest.fixture(scope="module")
def real() -> Record:
    return the_record()


def day(text: str) -> int:
    found = day_from_iso(text)
    assert found is not None
    return found


def test_11_may_made_three_propositions_contested(real: Record) -> None:
    found = changes_between_days(real.claims, day("2023-05-10"), day("2023-05-11"))
    assert found.standings == (
        StandingChange(
            "russian-72nd-brigade-left-positions-bakhmut-2023-05-09", "agreed", "contested"
        ),
        StandingChange(
            "russian-army-units-cover-bakhmut-flanks-2023-05-12", "one_sided", "contested"
        ),
        StandingChange("ukrainian-advance-near-bakhmut-2023-05-12", "one_sided", "contested"),
    )
    assert len(found.new_claims) == 37
    assert "ru-mod-denies-advance-2023-05-11" in found.new_denials
    assert found.gone_claims == ()


def test_a_number_that_moved_names_both_claims(real: Record) -> None:
    found = changes_between_days(real.claims, day("2023-05-06"), day("2023-05-07"))
    assert found.numbers == (
        NumberChange(
            "wagner-advance-inside-bakhmut-2023-05-07",
            "Wagner Group",
            "advance_km",
            0.17,
            0.28,
            "ru-wagner-prigozhin-advance-95700-m2-2023-05-06",
            "ru-wagner-prigozhin-advance-280-m-2023-05-07",
        ),
    )


def test_between_a_day_and_itself_nothing_changes(real: Record) -> None:
    same = day("2023-05-12")
    assert changes_between_days(real.claims, same, same) == Changes((), (), (), (), (), ())


def _plainly(claims: pd.DataFrame, earlier: int, later: int) -> Changes:
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
    numbers = []
    for topic, organisation in {(row["topic"], row["organisation"]) for row in before}:
        for column in QUANTITIES:
            stated = [
                [
                    row
                    for row in some
                    if (row["topic"], row["organisation"]) == (topic, organisation)
                    and str(row[column]) != "<NA>"
                ]
                for some in (before, now)
            ]
            if not stated[0]:
                continue
            was, last = (
                max(enumerate(s), key=lambda one: (one[1]["said_day"], one[0]))[1] for s in stated
            )
            if was[column] != last[column]:
                numbers.append(
                    NumberChange(
                        topic,
                        organisation,
                        column,
                        was[column],
                        last[column],
                        was["claim_id"],
                        last["claim_id"],
                    )
                )
    return Changes(
        tuple(row["claim_id"] for row in new),
        tuple(row["claim_id"] for row in new if row["stance"] in OPPOSING),
        (),
        tuple(sorted({r["topic"] for r in now} - {r["topic"] for r in before})),
        tuple(
            StandingChange(topic, standing[0][topic], standing[1][topic])
            for topic in sorted({row["topic"] for row in before})
            if standing[0][topic] != standing[1][topic]
        ),
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
    assert changes_between_days(claims, earlier, later) == _plainly(claims, earlier, later)


@pytest.mark.parametrize("kind", ["csv", "geojson"])
def test_an_export_read_back_gives_the_same_changes_as_its_days(
    real: Record, tmp_path: Path, kind: str
) -> None:
    until = day("2023-05-10")
    keep = (real.claims["said_day"] <= until).to_numpy(dtype=bool)
    text = (
        csv_text(real.claims, keep)
        if kind == "csv"
        else geojson_text(real.claims, keep, (), digest="")
    )
    path = tmp_path / f"export.{kind}"
    path.write_text(text, encoding="utf-8", newline="")
    found = changes_since_export(real.claims, read_claim_ids(path))
    assert found == changes_between_days(real.claims, until)


def test_claims_that_were_taken_out_are_told(real: Record) -> None:
    ids = [*real.claims["claim_id"], "one-that-was"]
    assert changes_since_export(real.claims, ids) == Changes((), (), ("one-that-was",), (), (), ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        "{",
        "{}",
        json.dumps({"features": 3}),
        json.dumps({"features": [{"properties": {"claim_id": 3}}]}),
        "{" * 50_000,
    ],
)
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(
        UnreadableFileError, match=r"other\.txt: found no column or member claim_id"
    ):
        read_claim_ids(path)


def test_a_missing_export_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="No such file"):
        read_claim_ids(tmp_path / "none.csv")
