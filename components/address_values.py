"""Single values of an address and of what the page's parts report: what each means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from claims.days import ASKABLE, day_from_iso
from claims.model import KINDS, SIDES, STANDINGS
from claims.selection import CLOCKS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from claims.selection import Selection

    Cells = tuple[tuple[int, int, int], ...]
    At = tuple[float, float, float]

MAX_CELLS: Final = 40
MAX_ZOOM: Final = 18
MAX_PAGE: Final = 1_000_000
NO_CELLS: Final[Cells] = ()
_T = TypeVar("_T")


def parse(text: str, read: Callable[[str], _T], default: _T, name: str, notices: list[str]) -> _T:
    """Read a value of an address.

    Parameters
    ----------
    text : str
        The value; "" where the address has none.
    read : callable
        One of the functions of this file that raise `ValueError`.
    default : object
        What a missing value or one that cannot be read means.
    name : str
        What a notice calls it.
    notices : list of str
        Gets a notice of a value that cannot be read.

    Returns
    -------
    object
    """
    if not text:
        return default
    try:
        return read(text[:2000])
    except ValueError:
        notices.append(f"The {name} “{text[:40]}” in the address could not be read.")
        return default


def cells_in(text: str) -> Cells:
    """Read the grid cells of a disc, "level/x/y" with spaces between; at most `MAX_CELLS`.

    Raises
    ------
    ValueError
        If it is no such text.
    """
    cells = []
    for part in text.split()[:MAX_CELLS]:
        level, x, y = (int(number) for number in part.split("/"))
        if not (0 <= level < 32 and 0 <= x < 2**level and 0 <= y < 2**level):  # noqa: PLR2004
            raise ValueError(part)
        cells.append((level, x, y))
    return tuple(cells)


def page_in(text: str) -> int:
    """Read a page as the address counts them, from 1, as the number from 0.

    Raises
    ------
    ValueError
        If it is no such text.
    """
    page = int(text)
    if not 1 <= page <= MAX_PAGE:
        raise ValueError(text)
    return page - 1


def since_in(text: str) -> int:
    """Read the day "What changed" tells from, in days since 1970-01-01.

    Raises
    ------
    ValueError
        If it is no such text.
    """
    day = day_from_iso(text)
    if day is None or day not in ASKABLE:
        raise ValueError(text)
    return day


def at_in(text: str) -> At:
    """Read the place of the map, "latitude,longitude,zoom".

    Raises
    ------
    ValueError
        If it is no such text.
    """
    lat, lon, zoom = (float(part) for part in text.split(","))
    if not (abs(lat) <= 85 and abs(lon) <= 180 and 0 <= zoom <= MAX_ZOOM):  # noqa: PLR2004
        raise ValueError(text)
    return lat, lon, zoom


def read_cells(text: str) -> Cells:
    """Read the grid cells of a disc, "level/x/y" with spaces between; none from other text."""
    return parse(text, cells_in, NO_CELLS, "disc", [])


def read_at(text: str) -> At | None:
    """Read the place of the map, "latitude,longitude,zoom"; None if it is no such text."""
    return parse(text, at_in, None, "place", [])


def read_page(text: str) -> int:
    """Read the number of a page as the page's parts report it, from 0; 0 from other text."""
    return min(int(text[:20]), MAX_PAGE - 1) if text.isdecimal() else 0


def read_choice(choice: Mapping[str, object], selection: Selection) -> Selection:
    """Read what the map's own controls report into a selection.

    Parameters
    ----------
    choice : mapping
        Any of from and to (whole days since 1970-01-01, or None), clock, and side, kind and
        standing (lists of codes, positions in the model's vocabularies, or None for all). What
        cannot be read is passed over.
    selection : Selection
        What was asked for before.

    Returns
    -------
    Selection
    """
    first, last = (
        _askable_day(choice[name]) if name in choice else before
        for name, before in (("from", selection.from_day), ("to", selection.to_day))
    )
    if first is not None and last is not None:
        last = max(first, last)
    clock = choice.get("clock")
    return replace(
        selection,
        from_day=first,
        to_day=last,
        clock=clock if isinstance(clock, str) and clock in CLOCKS else selection.clock,
        sides=_coded(choice, "side", SIDES, selection.sides),
        kinds=_coded(choice, "kind", KINDS, selection.kinds),
        standings=_coded(choice, "standing", STANDINGS, selection.standings),
    )


def _askable_day(value: object) -> int | None:
    if not isinstance(value, int):
        return None
    return min(max(value, ASKABLE[0]), ASKABLE[-1])


def _coded(
    choice: Mapping[str, object], name: str, words: Sequence[str], before: frozenset[str]
) -> frozenset[str]:
    if name not in choice:
        return before
    codes = choice[name]
    known = codes if isinstance(codes, list) else []
    return frozenset(words[code] for code in known if code in range(len(words)))
