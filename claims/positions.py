"""Where claims lie, as whole numbers: Web Mercator world units and the cells of a grid of them.

The world is 2**32 wide, x grows to the east and y to the south, as in a slippy map's tiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from claims.shapes import is_placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

WORLD: Final = 2**32
NOWHERE: Final = 65_535
"""The largest number of two bytes: not placed."""
COARSEST_SHIFT: Final = 9
"""2**9 world units are 4.8 m at the equator: finer than any claim's own precision."""
NO_SHORT: Final = 2**24 - 1
"""The largest number of three bytes stands for the largest of four: not placed."""
MAX_MERCATOR_LATITUDE_DEG: Final = 85.051128779
CELL_LEVELS: Final = 3
"""A disc's cells are 2**3 = 8 to a 256-pixel tile side: 32 pixels each."""
MAX_CELL_LEVEL: Final = 31


def world_xy(
    lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Turn positions into Web Mercator world units.

    Parameters
    ----------
    lon_deg, lat_deg : numpy.ndarray of float, shape (n,)
        EPSG:4326 degrees. Latitudes beyond the Mercator square are moved to its edge.

    Returns
    -------
    tuple of numpy.ndarray of int64, shape (n,)
        x to the east and y to the south, 0 to 2**32 - 1.
    """
    latitude = np.clip(lat_deg, -MAX_MERCATOR_LATITUDE_DEG, MAX_MERCATOR_LATITUDE_DEG)
    x = (lon_deg + 180.0) / 360.0
    y = 0.5 - np.arcsinh(np.tan(np.radians(latitude))) / (2.0 * np.pi)
    top = WORLD - 1
    return (
        np.clip(np.floor(x * WORLD), 0, top).astype(np.int64),
        np.clip(np.floor(y * WORLD), 0, top).astype(np.int64),
    )


class Positions:
    """Quantised positions of a record's placed claims, the same numbers the browser holds.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `longitude`, `latitude` (degrees) and `location_precision`.

    Attributes
    ----------
    placed : numpy.ndarray of bool, shape (n,)
    x, y : numpy.ndarray of uint16 or uint32, shape (n,)
        `(world - origin) >> shift`; the type's largest value where not placed.
    origin : tuple of int
        World units of the smallest x and y.
    shift : int
    """

    def __init__(self, claims: pd.DataFrame) -> None:
        self.placed = is_placed(claims).to_numpy(dtype=bool)
        lon = claims["longitude"].to_numpy(dtype=float, na_value=0.0)
        lat = claims["latitude"].to_numpy(dtype=float, na_value=0.0)
        x, y = world_xy(lon, lat)
        some = self.placed.any()
        self.origin = (int(x[self.placed].min()), int(y[self.placed].min())) if some else (0, 0)
        span = 0
        if some:
            span = max(int(np.ptp(x[self.placed])), int(np.ptp(y[self.placed])))
        shift = (span // (NOWHERE - 1)).bit_length()
        kind: type[np.uint16 | np.uint32] = np.uint16
        if shift > COARSEST_SHIFT:
            shift, kind = (span // (NO_SHORT - 1)).bit_length(), np.uint32
        self.shift = shift
        self.x = self._pack(x, 0, kind)
        self.y = self._pack(y, 1, kind)

    def _pack(
        self, world: NDArray[np.int64], axis: int, kind: type[np.uint16 | np.uint32]
    ) -> NDArray[np.unsignedinteger]:
        steps = (world - self.origin[axis]) >> self.shift
        return np.where(self.placed, steps, np.iinfo(kind).max).astype(kind)

    def world(self, claims: NDArray[np.intp]) -> NDArray[np.int64]:
        """Give where placed claims stand, as the browser knows it.

        Parameters
        ----------
        claims : numpy.ndarray of int, shape (m,)
            Positions of claims.

        Returns
        -------
        numpy.ndarray of int64, shape (m, 2)
            World units, x before y.
        """
        steps = np.column_stack((self.x[claims], self.y[claims])).astype(np.int64)
        world: NDArray[np.int64] = np.array(self.origin) + (steps << self.shift)
        return world

    def in_cells(self, cells: Sequence[tuple[int, int, int]]) -> NDArray[np.bool_]:
        """Tell which placed claims lie in any of the grid's cells.

        Parameters
        ----------
        cells : sequence of (level, x, y)
            Slippy-map tile addresses, level 0 to 31.

        Returns
        -------
        numpy.ndarray of bool, shape (n,)
        """
        found = np.zeros(len(self.placed), dtype=bool)
        for level, row, first, end in _runs(cells):
            inside = self._between(self.y, 1, level, (row, row + 1))
            inside &= self._between(self.x, 0, level, (first, end))
            found |= inside
        return found & self.placed

    def _between(
        self, steps: NDArray[np.unsignedinteger], axis: int, level: int, cells: tuple[int, int]
    ) -> NDArray[np.bool_]:
        # To compare the short numbers with the steps at the cells' edges takes a fifth of the time
        # of making world units of them all.
        first, end = (
            -((self.origin[axis] - (edge << (32 - level))) >> self.shift) for edge in cells
        )
        between: NDArray[np.bool_] = (steps >= first) & (steps < end)
        return between


def _runs(cells: Sequence[tuple[int, int, int]]) -> list[list[int]]:
    """Join cells beside each other: level, y, the first x and the x after the last."""
    runs: list[list[int]] = []
    for level, y, x in sorted({(level, y, x) for level, x, y in cells}):
        if runs and runs[-1][:2] == [level, y] and runs[-1][3] == x:
            runs[-1][3] += 1
        else:
            runs.append([level, y, x, x + 1])
    return runs
