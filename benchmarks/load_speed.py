"""Cold start, reading and checking files, each beside the least that does something like it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.page_speed import READY, STREAMLIT_READY
from benchmarks.report import Row
from benchmarks.server import ROOT, serving

if TYPE_CHECKING:
    from pathlib import Path

OWN: Final = ROOT / "data" / "events.csv"
LARGE_ROWS: Final = 100_000
KB_PER_MB: Final = 1024


def write_large(folder: Path) -> Path:
    """Invent a large file of claims.

    Parameters
    ----------
    folder : Path
        Where to write it.

    Returns
    -------
    Path
    """
    file = folder / f"{LARGE_ROWS}.csv"
    _run("-m", "benchmarks.synthetic", str(LARGE_ROWS), str(file))
    return file


def cold_start(*, times: int) -> list[Row]:
    """Time a server from the start of its process until the claims are loaded.

    Parameters
    ----------
    times : int
        Starts of each server.

    Returns
    -------
    list of Row
        Seconds.
    """
    ours, peer = [], []
    for _ in range(times):
        with serving("app.py", READY) as (_, seconds):
            ours.append(seconds)
        with serving("benchmarks/empty_page.py", STREAMLIT_READY) as (_, seconds):
            peer.append(seconds)
    command = "python -m benchmarks start"
    return [Row("cold start to /readyz, s", tuple(ours), command, "empty page", tuple(peer))]


def reading(large: Path, *, times: int) -> list[Row]:
    """Time the reading and checking of the project's own record and of a large one.

    Parameters
    ----------
    large : Path
        From `write_large`.
    times : int
        Runs of each.

    Returns
    -------
    list of Row
        Seconds and megabytes of memory at the highest.
    """
    rows = []
    for words, file in (("26 claims", OWN), (f"{LARGE_ROWS:,} claims", large)):
        record, plain, check = [], [], []
        for _ in range(times):
            record.append(_run("-m", "benchmarks.load_once", "record", str(file)))
            plain.append(_run("-m", "benchmarks.load_once", "pandas", str(file)))
            check.append(_run("-m", "claims", "check", str(file)))
        for what, unit, ours, beside, peer in (
            ("load_record", "s", _told(record), "pandas.read_csv", _told(plain)),
            ("load_record at most", "MB", _peak(record), "pandas.read_csv", _peak(plain)),
            ("claims check, whole command", "s", _wall(check), "the same", _wall(plain)),
        ):
            name = f"{what}, {words}, {unit}"
            command = "python -m benchmarks load"
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
