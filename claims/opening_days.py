"""The days a record's page opens on, read from a small file beside the record."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from claims.days import EPOCH
from claims.faults import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX: Final = ".toml"
MAX_BYTES: Final = 10_000
EXPECTED: Final = (
    "[opening] with from and to, dates such as 2023-05-08, the first one first, "
    f"of the years {FIRST_YEAR} to {LAST_YEAR}"
)


def opening_file(record_path: Path) -> Path:
    """Name the file beside a record that says on which days its page opens.

    Parameters
    ----------
    record_path : Path
        The record.

    Returns
    -------
    Path
        Of the record's name with the ending `.toml`; it need not exist.
    """
    return record_path.parent / f"{record_path.stem}{SUFFIX}"


def read_opening_days(record_path: Path) -> tuple[tuple[int, int] | None, str]:
    """Read on which days of saying the page of a record opens.

    Parameters
    ----------
    record_path : Path
        The record; `opening_file` stands beside it.

    Returns
    -------
    (int, int) or None
        First and last day, whole days since 1970-01-01; None, every day, where there is no such
        file or it cannot be used.
    str
        What is wrong with the file: where, what was found, what is expected and what was done;
        "" if nothing is.
    """
    path = opening_file(record_path)
    if path == record_path or not path.exists():
        return None, ""
    try:
        with path.open("rb") as file:
            told = tomllib.loads(file.read(MAX_BYTES).decode("utf-8"))
    except OSError as error:
        return None, _fault(path, error.strerror or type(error).__name__)
    except (ValueError, RecursionError) as error:
        return None, _fault(path, f"no TOML that can be read ({error})")
    opening = told.get("opening")
    days = [opening.get(name) for name in ("from", "to")] if isinstance(opening, dict) else []
    plain = [d for d in days if isinstance(d, date) and not isinstance(d, datetime)]
    of_our_years = all(FIRST_YEAR <= day.year <= LAST_YEAR for day in plain)
    if len(plain) != 2 or plain[0] > plain[1] or not of_our_years:  # noqa: PLR2004  # a first and a last day
        return None, _fault(path, ", ".join(map(str, days))[:80] or "no such table")
    first, last = ((day - EPOCH).days for day in plain)
    return (first, last), ""


def _fault(path: Path, found: str) -> str:
    return f"{path.name}: found {found}, expected {EXPECTED}. The page opens on every day."
