"""Invented claims of any size: in batches, with the spread that the figures speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from benchmarks import synthetic
from benchmarks.synthetic import synthetic_batches, synthetic_claims, write_claims
from claims.model import COLUMN_NAMES

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 20_000


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    return synthetic_claims(ROWS)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synthetic, "BATCH_ROWS", 100)


def test_twelve_organisations_speak_of_eight_kinds_through_sixteen_months(
    claims: pd.DataFrame,
) -> None:
    assert claims["organisation"].nunique() == 12
    assert claims["kind"].nunique() == 8
    assert (claims["said_on"].min(), claims["said_on"].max()) == ("2022-08-01", "2023-11-30")
    assert claims["statement"].str.len().min() > 30


def test_the_second_settlement_is_spoken_of_half_as_often_as_the_first(
    claims: pd.DataFrame,
) -> None:
    first, second, *_, last = claims["place"].value_counts()
    assert second / first == pytest.approx(0.5, abs=0.05)
    assert last < first / 20


def test_three_in_ten_placed_claims_lie_beside_their_settlement(claims: pd.DataFrame) -> None:
    placed = claims[claims["longitude"] != ""]
    at_home = placed.groupby("place")["longitude"].transform(lambda lon: lon == lon.mode()[0])
    assert 1 - at_home.mean() == pytest.approx(0.3, abs=0.02)


@pytest.mark.usefixtures("small_batches")
def test_batches_follow_each_other_without_a_claim_twice() -> None:
    batches = list(synthetic_batches(250))
    assert [len(batch) for batch in batches] == [100, 100, 50]
    whole = pd.concat(batches)
    assert list(whole["claim_id"]) == [f"invented-{number}" for number in range(250)]
    # Another batch throws other dice.
    assert not np.array_equal(batches[0]["place"], batches[1]["place"])


@pytest.mark.usefixtures("small_batches")
def test_csv_and_parquet_hold_the_same_claims(tmp_path: Path) -> None:
    for suffix in ("csv", "parquet"):
        write_claims(tmp_path / f"claims.{suffix}", 250, seed=3)
    from_csv = pd.read_csv(tmp_path / "claims.csv", dtype="str", keep_default_na=False)
    from_parquet = pd.read_parquet(tmp_path / "claims.parquet")
    assert list(from_parquet.columns) == list(COLUMN_NAMES)
    assert len(from_csv) == 250
    pd.testing.assert_frame_equal(from_csv, from_parquet, check_dtype=False)
