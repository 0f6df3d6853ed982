"""Cold start, reading and checking files, each beside the least that does something like it."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.files import claims_file
from benchmarks.report import Bar, Row
from benchmarks.server import READY, ROOT, STREAMLIT_READY, serving

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.plan import Plan

OWN: Final = ROOT / "data" / "events.csv"


def cold_start(plan: Plan) -> list[Row]:
    """Time a server from the start of its process until the claims are loaded.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    list of Row
        Seconds, beside an empty page in turns.
    """
    words = f"{plan.large:,} claims"
    kinds = (
        ("own record", None, 5),
        (f"{words}, Parquet", claims_file(plan.large), 5),
        (f"{words}, CSV", claims_file(plan.large, "csv"), 20),
    )
    ours: dict[str, list[float]] = {name: [] for name, _, _ in kinds}
    peer: list[float] = []
    for _ in range(plan.times):
        for name, file, _ in kinds:
            with serving("app.py", READY, claims=file) as server:
                ours[name].append(server.ready_s)
        with serving("benchmarks/empty_page.py", STREAMLIT_READY) as server:
            peer.append(server.ready_s)
    return [
        Row(
            f"ready after start, {name}, s",
            tuple(ours[name]),
            "python -m benchmarks start",
            "empty Streamlit page",
            tuple(peer),
            Bar(most_s, "s"),
        )
        for name, _, most_s in kinds
    ]


def reading(plan: Plan) -> list[Row]:
    """Time the reading and checking of the project's own record and of a large one.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    list of Row
        Seconds and megabytes of memory at the highest.
    """
    rows = []
    command = "python -m benchmarks load"
    large = claims_file(plan.middle, "csv")
    for words, file in (("own record", OWN), (f"{plan.middle:,} claims, CSV", large)):
        record, plain, check = [], [], []
        for _ in range(plan.times):
            record.append(_read("record", file))
            plain.append(_read("pandas", file))
            check.append(_run("-m", "claims", "check", str(file))[0])
        told, peak, wall = (
            tuple(getattr(run, name) for run in plain) for name in ("told_s", "peak_mb", "wall_s")
        )
        rows += [
            Row(
                f"load_record, {words}, s",
                tuple(run.told_s for run in record),
                command,
                "pandas.read_csv",
                told,
            ),
            Row(
                f"load_record at most, {words}, MB",
                tuple(run.peak_mb for run in record),
                command,
                "pandas.read_csv",
                peak,
            ),
            Row(f"claims check, whole command, {words}, s", tuple(check), command, "reading", wall),
        ]
    return rows


@dataclass(frozen=True, slots=True)
class _Run:
    """One finished process: what it says its reading took, its peak of memory, its whole time."""

    told_s: float
    peak_mb: float
    wall_s: float


def _read(reader: str, file: Path) -> _Run:
    wall_s, text = _run("-m", "benchmarks.load_once", reader, str(file))
    told_s, peak_mb = map(float, text.split())
    return _Run(told_s, peak_mb, wall_s)


def _run(*arguments: str) -> tuple[float, str]:
    """Run one of our modules to its end; give the seconds it took and what it printed."""
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603  # our own modules in our own interpreter
        [sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return time.perf_counter() - started, done.stdout
