"""Cold start, reading and checking files, each beside the least that does something like it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.files import claims_file
from benchmarks.report import Bar, Row
from benchmarks.server import READY, ROOT, STREAMLIT_READY, serving

if TYPE_CHECKING:
    from benchmarks.plan import Plan

OWN: Final = ROOT / "data" / "events.csv"
KB_PER_MB: Final = 1024


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
            record.append(_run("-m", "benchmarks.load_once", "record", str(file)))
            plain.append(_run("-m", "benchmarks.load_once", "pandas", str(file)))
            check.append(_run("-m", "claims", "check", str(file)))
        for what, unit, ours, beside, peer in (
            ("load_record", "s", _told(record), "pandas.read_csv", _told(plain)),
            ("load_record at most", "MB", _peak(record), "pandas.read_csv", _peak(plain)),
            ("claims check, whole command", "s", _wall(check), "the same", _wall(plain)),
        ):
            name = f"{what}, {words}, {unit}"
            rows.append(Row(name, tuple(ours), command, beside, tuple(peer)))
    return rows


@dataclass(frozen=True, slots=True)
class _Run:
    """One finished process: the time it tells itself, its whole time and its peak of memory."""

    told_s: float
    wall_s: float
    peak_mb: float


def _told(runs: list[_Run]) -> list[float]:
    return [run.told_s for run in runs]


def _wall(runs: list[_Run]) -> list[float]:
    return [run.wall_s for run in runs]


def _peak(runs: list[_Run]) -> list[float]:
    return [run.peak_mb for run in runs]


def _run(*arguments: str) -> _Run:
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # our own modules in our own interpreter
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    text = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments, text)
    try:
        told_s = float(text)
    except ValueError:  # a command that prints words, not its time
        told_s = wall_s
    return _Run(told_s, wall_s, usage.ru_maxrss / KB_PER_MB)
