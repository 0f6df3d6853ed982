"""The typed arrays the browser gets: every claim as a few numbers, its words only by code.

Layout of the file (little-endian): the four bytes `CMAP`, the version (uint16), two spare bytes,
the length of the JSON header (uint32), the header, then each array at the offset the header
names, aligned to 8 bytes. Positions are Web Mercator world units: the world is 2**32 wide, x
grows to the east and y to the south, as in a slippy map's tiles.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from shapely import get_coordinates, get_parts
from shapely.geometry import LineString

from claims.model import KINDS, SIDES, STANDINGS
from claims.shapes import STATED, WITHOUT_DISC, Shape, is_placed
from claims.standing import standing_steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from claims.load import Record

MAGIC: Final = b"CMAP"
VERSION: Final = 1
WORLD: Final = 2**32
NO_DAY: Final = 65_535
COARSEST_SHIFT: Final = 9
"""2**9 world units are 4.8 m at the equator: finer than any claim's own precision."""
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
        shift = max(0, (span // (NO_DAY - 1)).bit_length())
        self.shift = shift if shift <= COARSEST_SHIFT else 0
        kind = np.uint16 if shift <= COARSEST_SHIFT else np.uint32
        self.x = self._pack(x, 0, kind)
        self.y = self._pack(y, 1, kind)

    def _pack(
        self, world: NDArray[np.int64], axis: int, kind: type[np.uint16 | np.uint32]
    ) -> NDArray[np.unsignedinteger]:
        steps = (world - self.origin[axis]) >> self.shift
        return np.where(self.placed, steps, np.iinfo(kind).max).astype(kind)

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
        x = self.origin[0] + (self.x.astype(np.int64) << self.shift)
        y = self.origin[1] + (self.y.astype(np.int64) << self.shift)
        for level, cell_x, cell_y in cells:
            drop = 32 - level
            found |= (x >> drop == cell_x) & (y >> drop == cell_y)
        return found & self.placed


def codes(values: pd.Series[str]) -> tuple[NDArray[np.unsignedinteger], list[str]]:
    """Give each distinct text of a column a number, in alphabetical order.

    Parameters
    ----------
    values : pandas.Series of str, length n

    Returns
    -------
    numpy.ndarray of uint8, uint16 or uint32, shape (n,)
        The smallest type that holds every code.
    list of str
        The text of each code.
    """
    numbers, words = pd.factorize(values, sort=True)
    return numbers.astype(np.min_scalar_type(max(len(words) - 1, 0))), [str(w) for w in words]


def days(values: pd.Series[int], first_day: int) -> NDArray[np.uint16]:
    """Count days from the record's first day; 65535 stands for not stated.

    Parameters
    ----------
    values : pandas.Series of Int32, length n
        Days since 1970-01-01 or <NA>.
    first_day : int

    Returns
    -------
    numpy.ndarray of uint16, shape (n,)
    """
    counted = values.to_numpy(dtype=np.int64, na_value=first_day + NO_DAY) - first_day
    return np.clip(counted, 0, NO_DAY).astype(np.uint16)


def first_day(claims: pd.DataFrame) -> int:
    """Find the earliest day of any of the three day columns (0 for an empty record)."""
    lowest = claims[["said_day", "event_first_day", "event_last_day"]].min().min()
    return 0 if pd.isna(lowest) else int(lowest)


def pack(
    record: Record,
    shapes: Sequence[Shape],
    positions: Positions,
    notes: Sequence[Mapping[str, object]],
) -> bytes:
    """Write the file the browser reads once.

    Parameters
    ----------
    record : Record
    shapes : sequence of Shape
        From `claims.shapes.stated_shapes`.
    positions : Positions
        Of the same record.
    notes : sequence of mapping
        Direct labels, JSON-ready, passed through to the browser.

    Returns
    -------
    bytes
        Layout as the module's docstring tells.
    """
    claims = record.claims
    start = first_day(claims)
    arrays: dict[str, NDArray[np.generic]] = {"x": positions.x, "y": positions.y}
    for name, source in (
        ("said", "said_day"),
        ("first", "event_first_day"),
        ("last", "event_last_day"),
    ):
        arrays[name] = days(claims[source], start)
    vocabulary: dict[str, Sequence[str]] = {"side": SIDES, "kind": KINDS, "standing": STANDINGS}
    for name, words in (("side", SIDES), ("kind", KINDS)):
        arrays[name] = pd.Categorical(claims[name], categories=list(words)).codes.astype(np.uint8)
    for name in ("organisation", "claimant", "place"):
        arrays[name], vocabulary[name] = codes(claims[name])
    arrays["topic"], topics = codes(claims["topic"])
    steps = standing_steps(claims)
    arrays["step_topic"] = pd.Categorical(steps["topic"], categories=topics).codes.astype(np.uint32)
    arrays["step_day"] = days(steps["day"].astype("Int32"), start)
    arrays["step_standing"] = pd.Categorical(
        steps["standing"], categories=list(STANDINGS)
    ).codes.astype(np.uint8)
    arrays["disc"] = _has_disc(positions, shapes)
    arrays["shape_points"] = _shape_points(shapes)
    header = {
        "n": len(claims),
        "digest": record.digest,
        "first_day": start,
        "origin": positions.origin,
        "shift": positions.shift,
        "vocabulary": vocabulary,
        "shapes": _shape_table(shapes),
        "notes": list(notes),
    }
    return _write(header, arrays)


def _has_disc(positions: Positions, shapes: Sequence[Shape]) -> NDArray[np.uint8]:
    disc = positions.placed.astype(np.uint8)
    for shape in shapes:
        if shape.kind in WITHOUT_DISC:
            disc[list(shape.claims)] = 0
    return disc


def _shape_parts(shape: Shape) -> list[NDArray[np.float64]]:
    parts = []
    for part in get_parts(shape.geometry):
        path = part if isinstance(part, LineString) else part.exterior
        parts.append(get_coordinates(path))
    return parts


def _shape_points(shapes: Sequence[Shape]) -> NDArray[np.float64]:
    parts = [part for shape in shapes for part in _shape_parts(shape)]
    points = np.concatenate(parts) if parts else np.empty((0, 2))
    x, y = world_xy(points[:, 0], points[:, 1])
    return np.column_stack([x, y]).astype(np.float64).ravel()


def _shape_table(shapes: Sequence[Shape]) -> list[dict[str, object]]:
    return [
        {
            "kind": shape.kind,
            "claims": list(shape.claims),
            "size_km": shape.size_km,
            "parts": [len(part) for part in _shape_parts(shape)],
            "closed": shape.kind != "line",
            "extent": shape.kind in STATED,
        }
        for shape in shapes
    ]


def _write(header: dict[str, object], arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    directory: dict[str, dict[str, object]] = {}
    body = bytearray()
    for name, array in arrays.items():
        little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        body.extend(b"\0" * (-len(body) % 8))
        directory[name] = {"type": array.dtype.name, "at": len(body), "length": array.size}
        body.extend(little.tobytes())
    text = json.dumps({**header, "columns": directory}, separators=(",", ":")).encode()
    text += b" " * (-(12 + len(text)) % 8)
    return MAGIC + struct.pack("<HHI", VERSION, 0, len(text)) + text + bytes(body)
