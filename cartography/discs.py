"""Claims gathered into discs, by the same rules as the page's own script (`discs.js`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from math import floor, hypot, log10, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model import SIDES, STANDINGS
from claims.positions import CELL_LEVELS, MAX_CELL_LEVEL, WORLD
from claims.texts import codes_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from cartography.edition import Edition

FEWEST_FULL: Final = 68
LEAST_PX: Final = 8.5
FULL_PX: Final = 34.0
ROOM_PX: Final = (0.0, LEAST_PX, 12.0, 15.0, 18.0)
OVERLAP_PX: Final = 4.0
APART_PX: Final = 9.0
CONTESTED: Final = 0
_THOUSAND: Final = 1000
_ONE_DECIMAL: Final = 9950
_MILLION: Final = 999_500


@dataclass(slots=True, eq=False)
class Disc:
    """Claims at one place, drawn as one disc.

    Attributes
    ----------
    x, y : float
        Its centre in Web Mercator world units.
    count : int
    sides, standings : list of int
        Claims by side and by standing, in the order of `claims.model`.
    cells : list of (level, x, y)
        The grid cells it stands for.
    radius : float
        Layout pixels.
    px, py : float
        Where it is drawn, layout pixels.
    home : (float, float)
        Its place, layout pixels; the disc may have stepped aside from it.
    lit : bool
        Whether it holds the chosen claim or one of its voices.
    """

    x: float
    y: float
    count: int
    sides: list[int]
    standings: list[int]
    cells: list[tuple[int, int, int]]
    radius: float = 0.0
    px: float = 0.0
    py: float = 0.0
    home: tuple[float, float] = field(default=(0.0, 0.0))
    lit: bool = False

    @property
    def standing(self) -> int:
        """Code of its outline: contested if any claim in it is, else the commonest standing."""
        if self.standings[CONTESTED]:
            return CONTESTED
        return self.standings.index(max(self.standings))

    @property
    def only_side(self) -> int | None:
        """Code of the only side in it; None where there are several."""
        present = [side for side, count in enumerate(self.sides) if count]
        return present[0] if len(present) == 1 else None


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Claims counted by the cells of a grid, one entry a cell with any.

    Attributes
    ----------
    level : int
        Of the grid: the world is 2**level cells wide.
    keys : numpy.ndarray of int64, shape (c,)
        A cell's row times 2**level plus its column, rising.
    counts : numpy.ndarray of int64, shape (c,)
    sides, standings : numpy.ndarray of int64, shape (c, codes)
        Claims by side and by standing, in the order of `claims.model`.
    x, y : numpy.ndarray of float64, shape (c,)
        Mean place of a cell's claims, Web Mercator world units.
    """

    level: int
    keys: NDArray[np.int64]
    counts: NDArray[np.int64]
    sides: NDArray[np.int64]
    standings: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def inside(self, box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
        """Tell which cells' mean places lie in a box of world units: west, north, east, south."""
        west, north, east, south = box
        in_x = (self.x >= west) & (self.x <= east)
        inside: NDArray[np.bool_] = in_x & (self.y >= north) & (self.y <= south)
        return inside


def short_count(count: int) -> str:
    """Write a number in at most four characters, as the page does."""
    if count < _THOUSAND:
        return str(count)
    if count < _MILLION:
        return f"{_fixed(count / 1e3, 1 if count < _ONE_DECIMAL else 0)}k"
    return f"{_fixed(count / 1e6, 1 if count < 1e7 else 0)}M"  # noqa: PLR2004  # ten million


def _fixed(value: float, decimals: int) -> str:
    # JavaScript's toFixed rounds half up, where Python's format rounds half to even.
    return str(Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def full_disc(most: int) -> int:
    """Give the number of claims that a disc of the full size stands for.

    Parameters
    ----------
    most : int
        Claims in the fullest cell.

    Returns
    -------
    int
        `FEWEST_FULL`, or the next of 1, 2, 5, 10, 20, 50, ... that is not below `most`.
    """
    if most <= FEWEST_FULL:
        return FEWEST_FULL
    power = 10 ** floor(log10(most))
    return int(next(step * power for step in (1, 2, 5, 10) if step * power >= most))


def disc_radius(count: int, full: int) -> float:
    """Give the radius of a disc in layout pixels: its area grows with the number of claims."""
    grown = LEAST_PX + (FULL_PX - LEAST_PX) * sqrt(min(1.0, count / full))
    return max(grown, ROOM_PX[len(short_count(count))])


def gather_discs(
    record: Edition,
    keep: NDArray[np.bool_],
    standing_of_topic: NDArray[np.signedinteger],
    zoom: int,
    box: tuple[float, float, float, float],
) -> tuple[list[Disc], int]:
    """Gather the kept, placed claims that fall into a box into discs.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    standing_of_topic : numpy.ndarray of int, one per topic
        From `cartography.panels.Standings`.
    zoom : int
        Whole zoom level.
    box : (float, float, float, float)
        World units: west, north, east, south.

    Returns
    -------
    list of Disc
        Largest first, none of which overlap.
    int
        The number of claims that a disc of the full size stands for.
    """
    cells = count_cells(record, keep, standing_of_topic, level_of(zoom))
    level, keys = cells.level, cells.keys
    full = full_disc(int(cells.counts.max(initial=0)))
    inside = cells.inside(box)
    order = [i for i in np.lexsort((keys, -cells.counts)).tolist() if inside[i]]
    found = (
        Disc(
            x=float(cells.x[i]),
            y=float(cells.y[i]),
            count=int(cells.counts[i]),
            sides=cells.sides[i].tolist(),
            standings=cells.standings[i].tolist(),
            cells=[(level, int(keys[i]) & ((1 << level) - 1), int(keys[i]) >> level)],
        )
        for i in order
    )
    return _joined(found, WORLD / 256 / 2**zoom, full), full


def level_of(zoom: int) -> int:
    """Give the level of the grid that discs of a whole zoom level are gathered on."""
    return min(MAX_CELL_LEVEL, zoom + CELL_LEVELS)


def lit_cells(record: Edition, lit: Iterable[int], level: int) -> set[tuple[int, int, int]]:
    """Find the cells of a grid in which claims light up that have a disc.

    Parameters
    ----------
    record : Edition
    lit : iterable of int
        Positions of claims.
    level : int
        Of the grid.

    Returns
    -------
    set of (level, x, y)
    """
    claims = np.array([claim for claim in lit if record.has_disc[claim]], dtype=np.intp)
    cells = record.positions.world(claims) >> (32 - level)
    return {(level, x, y) for x, y in cells.tolist()}


def count_cells(
    record: Edition,
    keep: NDArray[np.bool_],
    standing_of_topic: NDArray[np.signedinteger],
    level: int,
) -> Cells:
    """Count the kept, placed claims by the cells of a grid.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    standing_of_topic : numpy.ndarray of int, one per topic
        From `cartography.panels.Standings`.
    level : int
        Of the grid, from `level_of`.

    Returns
    -------
    Cells
    """
    claims = np.flatnonzero(keep & record.has_disc)
    x, y = record.positions.world(claims).T
    cell = 32 - level
    keys, at = np.unique(((y >> cell) << level) + (x >> cell), return_inverse=True)
    counts = np.bincount(at, minlength=len(keys))
    side = codes_in(record.claims["side"].iloc[claims], SIDES)
    standing = standing_of_topic[record.voices.topic[claims]].astype(np.int64)
    return Cells(
        level=level,
        keys=keys,
        counts=counts,
        sides=_tally(at, side, len(keys), len(SIDES)),
        standings=_tally(at, standing, len(keys), len(STANDINGS)),
        x=np.bincount(at, weights=x, minlength=len(keys)) / np.maximum(counts, 1),
        y=np.bincount(at, weights=y, minlength=len(keys)) / np.maximum(counts, 1),
    )


def _tally(
    at: NDArray[np.intp], code: NDArray[np.signedinteger], cells: int, codes: int
) -> NDArray[np.int64]:
    known = code < codes
    flat = np.bincount(at[known] * codes + code[known], minlength=cells * codes)
    return flat.reshape(cells, codes)


def _joined(found: Iterable[Disc], units_a_pixel: float, full: int) -> list[Disc]:
    """Join discs that would overlap, at the larger one's place."""
    discs: list[Disc] = []
    reach = units_a_pixel * (FULL_PX * 2 + APART_PX)
    # Few discs may touch; many are told apart only with ground between them.
    gap = APART_PX if full > FEWEST_FULL else -OVERLAP_PX
    slots: dict[tuple[int, int], list[Disc]] = {}
    for disc in found:
        disc.radius = disc_radius(disc.count, full)
        column, row = floor(disc.x / reach), floor(disc.y / reach)
        near = next(
            (
                other
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
                for other in slots.get((column + dx, row + dy), ())
                if hypot(other.x - disc.x, other.y - disc.y) / units_a_pixel
                < other.radius + disc.radius + gap
            ),
            None,
        )
        if near is None:
            discs.append(disc)
            slots.setdefault((column, row), []).append(disc)
        else:
            _merge(near, disc, full)
    return discs


def _merge(disc: Disc, other: Disc, full: int) -> None:
    disc.count += other.count
    disc.sides = [a + b for a, b in zip(disc.sides, other.sides, strict=True)]
    disc.standings = [a + b for a, b in zip(disc.standings, other.standings, strict=True)]
    disc.cells += other.cells
    disc.radius = disc_radius(disc.count, full)
