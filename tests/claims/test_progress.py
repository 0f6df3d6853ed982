"""Loading tells how far it is, in true counts, and nobody has to listen."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.synthetic import synthetic_claims
from cartography.edition import open_edition
from claims import reading
from claims.load import load_record
from claims.progress import STEPS, Meter

ROWS = 3_000
GEO = Path(__file__).resolve().parents[2] / "data" / "geo"
LOADED = ["reading", "checking", "typing"]


class Heard(list[tuple[str, int, int]]):
    """Keeps what it is told."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Keep a call."""
        self.append((step, done, total))

    def steps(self) -> list[str]:
        """Name the steps told of, in their order."""
        return list(dict.fromkeys(step for step, _, _ in self))

    def of(self, step: str) -> list[tuple[int, int]]:
        """Give what is told of a step: done and total."""
        return [(done, total) for name, done, total in self if name == step]


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def file_of(tmp_path: Path) -> dict[str, Path]:
    """Give the same claims, one of them bad, as each kind of file there is a way of reading for."""
    claims = synthetic_claims(ROWS, seed=1)
    claims.loc[17, "latitude"] = "91"
    paths = {name: tmp_path / f"{name}.csv" for name in ("utf-8", "utf-16", "cut")}
    claims.to_csv(paths["utf-8"], index=False)
    claims.to_csv(paths["utf-16"], index=False, encoding="utf-16")
    paths["cut"].write_text(paths["utf-8"].read_text(encoding="utf-8") + "one,cell\n", "utf-8")
    paths["parquet"] = tmp_path / "events.parquet"
    claims.to_parquet(paths["parquet"], row_group_size=1_000)
    return paths


def is_told_from_nothing_to_all(calls: list[tuple[int, int]]) -> bool:
    totals = {total for _, total in calls}
    done = [count for count, _ in calls]
    goes_on = all(before < after for before, after in pairwise(done))
    return len(totals) == 1 and done[0] == 0 and goes_on and done[-1] in totals


@pytest.mark.parametrize("kind", ["utf-8", "utf-16", "parquet"])
@pytest.mark.parametrize("worth_bytes", [0, 1 << 40])
def test_each_step_goes_from_nothing_to_all_in_order(
    file_of: dict[str, Path],
    heard: Heard,
    kind: str,
    worth_bytes: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "WORTH_BYTES", worth_bytes)
    opened = open_edition(file_of[kind], geo=GEO, progress=heard)
    assert len(opened.claims) == ROWS - 1
    assert heard.steps() == list(STEPS)
    for step in STEPS:
        assert is_told_from_nothing_to_all(heard.of(step)), step
    assert all(len(heard.of(step)) > 3 for step in STEPS if step != "reading")


def test_a_file_read_anew_with_care_tells_the_reading_anew(
    file_of: dict[str, Path], heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "WORTH_BYTES", 0)
    loaded = load_record(file_of["cut"], geo=GEO, progress=heard)
    assert len(loaded.problems) == 2
    assert heard.steps() == LOADED
    calls = heard.of("reading")
    anew = [at for at, (done, _) in enumerate(calls) if done == 0]
    assert len(anew) == 2
    assert is_told_from_nothing_to_all(calls[anew[1] :])


def test_what_is_counted_is_what_there_is(file_of: dict[str, Path], heard: Heard) -> None:
    open_edition(file_of["utf-8"], geo=GEO, progress=heard)
    total = {step: heard.of(step)[0][1] for step in STEPS}
    assert total["reading"] == file_of["utf-8"].stat().st_size
    assert total["checking"] % ROWS == 0
    for step in ("typing", "arranging", "packing"):
        assert total[step] % (ROWS - 1) == 0, step


def test_a_record_of_no_claims_has_nothing_to_do(heard: Heard, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    synthetic_claims(1, seed=1).iloc[:0].to_csv(path, index=False)
    open_edition(path, geo=GEO, progress=heard)
    assert heard.steps() == list(STEPS)
    assert {total for step, _, total in heard if step != "reading"} == {0}


def test_the_listener_changes_nothing(file_of: dict[str, Path], heard: Heard) -> None:
    told = open_edition(file_of["parquet"], geo=GEO, progress=heard)
    silent = open_edition(file_of["parquet"], geo=GEO)
    assert told.columns == silent.columns
    assert told.claims.equals(silent.claims)


def test_a_meter_neither_goes_back_nor_beyond_the_end(heard: Heard) -> None:
    meter = Meter(heard, "reading", 10)
    meter.reach(4)
    meter.reach(3)
    meter.add(20)
    assert heard.of("reading") == [(0, 10), (4, 10), (10, 10)]
