"""How far the loading of a record is, told while it goes on."""

from __future__ import annotations

import threading
from typing import Final, Protocol

STEPS: Final = {
    "reading": "bytes of the file, or characters if it is not in UTF-8; of Parquet our columns'",
    "checking": "rows, each counted once for every column that a rule is asked of",
    "typing": "rows, each counted once for every column that is given its type",
    "arranging": "rows, each counted once for everything that all viewers share",
    "packing": "rows, each counted once for every column of the browser's file",
}
"""The steps in their order, and what is counted in each. `claims.load` takes the first three."""


class Progress(Protocol):
    """Whoever is told how far the loading is."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Hear of progress; called often, so it should be quick.

        Calls come one after the other, though not always from the same thread. Each step begins
        with nothing done and ends with all of it; a file that turns out not to be readable ends
        the calls where that is found, and a CSV with a fault of form is read anew, more carefully.

        Parameters
        ----------
        step : str
            A key of `STEPS`.
        done, total : int
            What is done and what there is to do in this step, 0 <= done <= total, counted as
            `STEPS` says.
        """


class Meter:
    """Counts what is done of one step.

    Parameters
    ----------
    progress : Progress or None
        Whom to tell; None tells nobody.
    step : str
        A key of `STEPS`.
    total : int
        What there is to do.
    """

    def __init__(self, progress: Progress | None, step: str, total: int) -> None:
        self._progress = progress
        self._step = step
        self._total = total
        self._done = 0
        self._lock = threading.Lock()
        self.add(0)

    def add(self, count: int) -> None:
        """Count more as done; any thread may."""
        with self._lock:
            self._tell(self._done + count)

    def reach(self, done: int) -> None:
        """Count as done what a reader has taken by now; one that lies behind changes nothing."""
        with self._lock:
            if done > self._done:
                self._tell(done)

    def _tell(self, done: int) -> None:
        self._done = min(done, self._total)
        if self._progress is not None:
            self._progress(self._step, self._done, self._total)
