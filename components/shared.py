"""What all viewers share: the record in its editions, and what a selection keeps of it."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from cartography.panels import NO_STANDING, Standings
from claims.caches import derived, forget
from claims.selection import Selection
from components.loading import Shelf
from components.record_path import ROOT, claims_path

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from cartography.edition import Edition

GEO: Final = ROOT / "data" / "geo"
KEPT_VIEWS: Final = 16
"""Selections and days of which the server remembers what they keep, for all viewers together."""
_lock = threading.Lock()


def edition(*, wait_s: float | None = None) -> Edition:
    """Give the record that is shown, loaded once for all viewers.

    Parameters
    ----------
    wait_s : float, optional
        So many seconds to wait for the first record; as long as it takes by default.

    Returns
    -------
    Edition
        Loaded anew, as a whole, when the file has changed; until then and where it cannot be
        read any more, the record as it was.

    Raises
    ------
    StillLoadingError
        If there is none yet.
    UnreadableFileError, BadGeometryFileError
        As `cartography.edition.open_edition`, if there has never been one.
    """
    return shelf().edition(wait_s)


def edition_named(digest: str, *, wait_s: float | None = None) -> Edition | None:
    """Give the record of a digest: the one that is shown or the one that was before it.

    Parameters
    ----------
    digest : str
    wait_s : float, optional
        As `edition`.

    Returns
    -------
    Edition or None

    Raises
    ------
    StillLoadingError, UnreadableFileError, BadGeometryFileError
        As `edition`.
    """
    shelf().edition(wait_s)
    found = shelf().named(digest)
    return found.edition if found else None


def shelf() -> Shelf:
    """Give what holds the record in its editions and reads it in the background.

    Returns
    -------
    Shelf
    """
    with _lock:
        return _shelf(claims_path())


@lru_cache(maxsize=1)
def _shelf(path: Path) -> Shelf:
    return Shelf(path, geo=GEO, changed=forget)


def keep(record: Edition, selection: Selection) -> NDArray[np.bool_]:
    """Tell which claims a selection keeps.

    Parameters
    ----------
    record : Edition
    selection : Selection

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        Found once for all who ask for the same.
    """
    return np.unpackbits(_kept_bits(record, selection), count=len(record.claims)).view(np.bool_)


@derived(most=KEPT_VIEWS)
def _kept_bits(record: Edition, selection: Selection) -> NDArray[np.uint8]:
    # A bit a claim: of a million claims a viewer's choice takes an eighth of a megabyte.
    words = Selection(query=selection.query)
    if selection.query and selection != words:
        # Searched once, whatever other filter changes; the map asks for them by themselves, too.
        without = replace(selection, query="")
        both: NDArray[np.uint8] = _kept_bits(record, without) & _kept_bits(record, words)
        return both
    code = np.broadcast_to(np.int8(NO_STANDING), len(record.claims))
    if selection.standings:  # else nobody asks for it
        code = standings(record, selection.as_of_day()).code[record.voices.topic]
    return np.packbits(selection.keep(record.claims, code))


@derived(most=KEPT_VIEWS)
def standings(record: Edition, as_of_day: int | None) -> Standings:
    """Give the standing of every proposition as of a day.

    Parameters
    ----------
    record : Edition
    as_of_day : int or None
        Days since 1970-01-01; None for the whole record.

    Returns
    -------
    Standings
    """
    return Standings(record, as_of_day)
