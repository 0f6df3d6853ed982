"""Times as military date-time groups and as local time, by fixed English tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from claims.days import MONTHS, day_from_iso, day_words

GROUP_MONTHS: Final = tuple(month[:3].upper() for month in MONTHS)
_EASTERN: Final = timedelta(hours=2)
_SUMMER: Final = timedelta(hours=1)
_SUNDAY: Final = 6


def date_time_group(text: str) -> str:
    """Write a moment as a date-time group in Zulu time, ACP 121.

    Parameters
    ----------
    text : str
        A date-time with offset, or a date, in ISO 8601 as the record writes it.

    Returns
    -------
    str
        "121200ZMAY23". A day alone has no hour and no zone: "12MAY23". "" for another text.
    """
    day = day_from_iso(text)
    if day is not None:
        year, month, of_month = text.split("-")
        return f"{of_month}{GROUP_MONTHS[int(month) - 1]}{year[2:]}"
    moment = _moment(text)
    if moment is None:
        return ""
    return f"{moment:%d%H%M}Z{GROUP_MONTHS[moment.month - 1]}{moment.year % 100:02}"


def local_time_words(text: str) -> str:
    """Write a moment in the local time of Kyiv, for people.

    Parameters
    ----------
    text : str
        As for `date_time_group`.

    Returns
    -------
    str
        "12 May 2023, 15:00 (UTC+3)"; of a day alone "12 May 2023"; "" for another text.
    """
    day = day_from_iso(text)
    if day is not None:
        return day_words(day)
    moment = _moment(text)
    if moment is None:
        return ""
    offset = kyiv_offset(moment)
    try:
        local = moment + offset
    except OverflowError:
        return ""
    words = f"{local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{words}, {local:%H:%M} (UTC+{offset // timedelta(hours=1)})"


def kyiv_offset(moment: datetime) -> timedelta:
    """Give what Kyiv's clocks are ahead of Zulu time.

    Parameters
    ----------
    moment : datetime
        With its time zone, of 1997 or later.

    Returns
    -------
    timedelta
        Two hours; three from the last Sunday of March, 01:00 UTC, to the last of October. A
        rule and not the machine's table, which may be old or missing.
    """
    zulu = moment.astimezone(UTC)
    begins, ends = (_last_sunday(zulu.year, month) for month in (3, 10))
    return _EASTERN + (_SUMMER if begins <= zulu < ends else timedelta())


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() - _SUNDAY) % 7)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
