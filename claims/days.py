"""Days as whole numbers since 1970-01-01, and how they are written for people and in addresses."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

EPOCH: Final = date(1970, 1, 1)
FIRST_DAY: Final = (date.min - EPOCH).days
LAST_DAY: Final = (date.max - EPOCH).days
START: Final = date(1900, 1, 1)
END: Final = date(2100, 12, 31)
"""The first and the last day that can be asked for."""
ASKABLE: Final = range((START - EPOCH).days, (END - EPOCH).days + 1)
"""The same in whole days since 1970-01-01."""
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""A fixed table: the month's name must not hang on the locale of the machine."""

DAYS_A_WEEK: Final = 7
THURSDAY: Final = 3
"""Days from Monday to Thursday."""

_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def week_of(day: int) -> int:
    """Give the Monday of a day's week.

    Parameters
    ----------
    day : int
        Whole days since 1970-01-01, which was a Thursday.

    Returns
    -------
    int
        Whole days since 1970-01-01.
    """
    return day - (day + THURSDAY) % DAYS_A_WEEK


def day_from_iso(text: str) -> int | None:
    """Read an ISO 8601 calendar date.

    Parameters
    ----------
    text : str
        A date in the long form, "2023-05-12". Nothing may stand before or after it.

    Returns
    -------
    int or None
        Whole days since 1970-01-01, or None when the text is no such date.
    """
    # date.fromisoformat alone would also take week dates and dates without hyphens.
    if _ISO_DAY.fullmatch(text) is None:
        return None
    try:
        return (date.fromisoformat(text) - EPOCH).days
    except ValueError:
        return None


def iso_from_day(day: int) -> str:
    """Write a day as an ISO 8601 calendar date.

    Parameters
    ----------
    day : int
        Whole days since 1970-01-01, from `FIRST_DAY` to `LAST_DAY`.

    Returns
    -------
    str
        The date, such as "2023-05-12".

    Raises
    ------
    ValueError
        If the day lies outside the years 1 to 9999.
    """
    return _date(day).isoformat()


def day_words(day: int) -> str:
    """Write a day for people.

    Parameters
    ----------
    day : int
        Whole days since 1970-01-01, from `FIRST_DAY` to `LAST_DAY`.

    Returns
    -------
    str
        The date in English, such as "12 May 2023".

    Raises
    ------
    ValueError
        If the day lies outside the years 1 to 9999.
    """
    found = _date(day)
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def span_words(first: int | None, last: int | None) -> str:
    """Write a span of days for people, naming month and year once where both ends share them.

    Parameters
    ----------
    first, last : int or None
        First and last day of the span, whole days since 1970-01-01; None = open on that end.

    Returns
    -------
    str
        For example "12 May 2023", "from 3 May 2023", "until 12 May 2023" or "all days";
        between two days stands an en dash, with spaces only if the months differ.

    Raises
    ------
    ValueError
        If a day lies outside the years 1 to 9999.
    """
    if first is None or last is None:
        if first is not None:
            return f"from {day_words(first)}"
        return "all days" if last is None else f"until {day_words(last)}"
    start, end = _date(first), _date(last)
    if start == end:
        return day_words(last)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}\N{EN DASH}{day_words(last)}"
    start_words = day_words(first)
    if start.year == end.year:
        start_words = f"{start.day} {MONTHS[start.month - 1]}"
    return f"{start_words} \N{EN DASH} {day_words(last)}"


def _date(day: int) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        message = f"day {day} must lie from {FIRST_DAY} to {LAST_DAY} (years 1 to 9999)"
        raise ValueError(message)
    return EPOCH + timedelta(days=int(day))
