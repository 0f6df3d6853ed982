"""Reads the claims file in the background, once for all viewers: an edition is shown whole.

While a changed file is read all go on with the edition before it. A file that is still being
written is waited for, and one that cannot be read takes nothing away from what is shown.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cartography.edition import open_edition
from claims.errors import ClaimsError, UnreadableFileError
from claims.opening import too_large
from claims.opening_days import opening_file
from components.record_path import file_stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cartography.edition import Edition

    Stamp = tuple[tuple[int, ...], ...]

WAITING: Final = "waiting"
"""The step before those of `claims.progress.STEPS`: the file may still be growing."""
SETTLE_S: Final = 0.5
"""A file written to within this time is taken for one that is still being written."""
LOOK_AGAIN_S: Final = 0.1
QUICK_S: Final = 0.3
"""So long whoever finds a file changed waits for it: a small one is read by then."""
KEPT_CLAIMS: Final = 50_000
"""An edition up to this size is kept beside the one that follows it."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a file has come.

    Attributes
    ----------
    step : str
        `WAITING` or a key of `claims.progress.STEPS`.
    done, total : int
        What of the step is done, counted as `STEPS` says; 0 of 0 while waiting.
    """

    step: str
    done: int
    total: int


class StillLoadingError(Exception):
    """The file is being read for the first time: there is no edition yet.

    Parameters
    ----------
    progress : Progress
    """

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        super().__init__(progress.step)


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as it was at one time.

    Attributes
    ----------
    edition : Edition
    read_at : datetime
        When the reading of it began, UTC.
    """

    edition: Edition
    read_at: datetime


class Shelf:
    """One file's editions: the one shown, the one before, and the one being read.

    Parameters
    ----------
    path : Path
        The claims file.
    geo : Path
        The folder of `sectors.geojson` and `places.geojson`.
    changed : callable
        Called when another edition has come to be shown.
    """

    def __init__(self, path: Path, *, geo: Path, changed: Callable[[], None]) -> None:
        self.path = path
        self._geo = geo
        self._changed = changed
        self._news = threading.Condition()
        self._is_reading = False
        self._progress = Progress(WAITING, 0, 0)
        self._last: tuple[Stamp, Exception | None] | None = None
        self._shown: Shown | None = None
        self._before: Shown | None = None

    def edition(self, wait_s: float | None) -> Edition:
        """Give the edition shown; begin to read the file if it has changed since.

        Parameters
        ----------
        wait_s : float or None
            So many seconds to wait for the first edition; None for as long as it takes.

        Returns
        -------
        Edition
            The one before while a changed file is being read or when it cannot be.

        Raises
        ------
        StillLoadingError
            If there is none yet.
        UnreadableFileError, BadGeometryFileError
            As `cartography.edition.open_edition`, if there has never been one.
        """
        stamp = self.stamp()
        with self._news:
            begins = not self._is_reading and (self._last is None or self._last[0] != stamp)
            if begins:
                self._is_reading = True
                self._progress = Progress(WAITING, 0, 0)
                threading.Thread(target=self._read, name="claims-file", daemon=True).start()
            least_s = QUICK_S if begins else 0
            if self._shown is not None:
                wait_s = least_s
            elif wait_s is not None:
                wait_s = max(wait_s, least_s)
            self._news.wait_for(lambda: not self._is_reading, wait_s)
            if self._shown is not None:
                return self._shown.edition
            failure = self._last[1] if self._last and not self._is_reading else None
            if failure is None:
                raise StillLoadingError(self._progress)
            # Raised to everyone who asks: it must not gather the traces of all of them.
            raise failure.with_traceback(None)

    def named(self, digest: str) -> Shown | None:
        """Give what a digest names, if it is what is shown now or was shown before it.

        Parameters
        ----------
        digest : str

        Returns
        -------
        Shown or None
        """
        with self._news:
            for one in (self._shown, self._before):
                if one is not None and one.edition.record.digest == digest:
                    return one
        return None

    def failure(self) -> Exception | None:
        """Tell why the file as it is now cannot be shown; None if it is, or is being read."""
        with self._news:
            return self._last[1] if self._last and not self._is_reading else None

    def reading(self) -> Progress | None:
        """Tell how far the reading of the file is; None if it is not being read."""
        with self._news:
            return self._progress if self._is_reading else None

    def first_reading(self) -> Progress | None:
        """Tell how far the first edition is; None if there is one or it is not being read."""
        with self._news:
            return self._progress if self._is_reading and self._shown is None else None

    def stamp(self) -> Stamp:
        """Tell the state of the file and of the one beside it, without reading them."""
        return tuple(file_stamp(path) for path in (self.path, opening_file(self.path)))

    def _tell(self, step: str, done: int, total: int) -> None:
        self._progress = Progress(step, done, total)

    def _read(self) -> None:
        while True:
            stamp, read_at = self._settled(), datetime.now(UTC)
            self._tell("reading", 0, 0)
            found: Edition | Exception
            try:
                found = open_edition(self.path, geo=self._geo, progress=self._tell)
            except (ClaimsError, OSError) as error:
                found = error
                _log.error("The claims file cannot be shown: %s", error)
            except Exception as error:  # noqa: BLE001  (whoever waits must hear of it)
                found = self._fault(error)
                _log.exception("The claims file cannot be shown")
            # Written to meanwhile, it may have been read half old and half new.
            if self.stamp() == stamp:
                break
            self._progress = Progress(WAITING, 0, 0)
        with self._news:
            self._is_reading = False
            self._last = (stamp, found if isinstance(found, Exception) else None)
            if not isinstance(found, Exception):
                self._show(found, read_at)
            self._news.notify_all()

    def _fault(self, error: Exception) -> ClaimsError:
        if isinstance(error, MemoryError):
            return too_large(self.path.name, "more than this machine's memory holds")
        remedy = "What went wrong stands in the server's log."
        found = f"something this program does not know how to read ({type(error).__name__})"
        return UnreadableFileError(self.path.name, found, "a table of claims", remedy)

    def _show(self, found: Edition, read_at: datetime) -> None:
        old = self._shown
        if old is not None and _content(old.edition) == _content(found):
            found = old.edition  # merely touched: what was derived from it stands
        else:
            is_small = old is not None and len(old.edition.claims) <= KEPT_CLAIMS
            self._before = old if is_small else None
            self._changed()
        self._shown = Shown(found, read_at)

    def _settled(self) -> Stamp:
        """Wait until nobody writes to the file any more."""
        stamp, since = self.stamp(), time.monotonic()
        while not self._is_old(stamp) and time.monotonic() - since < SETTLE_S:
            time.sleep(LOOK_AGAIN_S)
            now = self.stamp()
            if now != stamp:
                stamp, since = now, time.monotonic()
        return stamp

    def _is_old(self, stamp: Stamp) -> bool:
        if self._shown is not None and not stamp[0]:
            return False  # between its removal and the next writing there is no file
        ages_s = (abs(time.time() - of_file[0] / 1e9) for of_file in stamp if of_file)
        return all(age_s >= SETTLE_S for age_s in ages_s)


def _content(edition: Edition) -> tuple[object, ...]:
    return edition.record.digest, edition.opening, edition.notices
