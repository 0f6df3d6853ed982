"""Where the record that is shown lies, and its briefings beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent


def claims_path() -> Path:
    """Tell which file is shown: the environment's CLAIMS, else the project's own."""
    return Path(os.environ.get("CLAIMS") or ROOT / "data" / "events.csv")


def briefings_path() -> Path:
    """Tell in which folder the briefings of the record lie; it need not exist."""
    return claims_path().parent / "briefings"


def file_stamp(path: Path) -> tuple[int, ...]:
    """Tell the state of a file without reading it.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of int
        Its time of change in nanoseconds, its size in bytes and its number on the disk; () where
        it cannot be had, of which its reader tells why.
    """
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino)
