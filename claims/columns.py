"""The typed arrays the browser gets: every claim as a few numbers, its words only by code.

Layout of the file (little-endian): the four bytes `CMAP`, the version (uint16), two spare bytes,
the length of the JSON header (uint32), the header, then each array at the offset the header
names, as `docs/typed-arrays.md` tells. Positions are Web Mercator world units: the world is 2**32
wide, x grows to the east and y to the south, as in a slippy map's tiles.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from shapely import get_coordinates, get_parts
from shapely.geometry import LineString

from claims.model import KINDS, SIDES, STANCES, STANDINGS
from claims.packing import PackedFile
from claims.progress import Meter
from claims.shapes import EXTENTS, STATED, WITHOUT_DISC, Shape, is_placed
from claims.standing import History, steps_of
from claims.texts import coded, codes_in, text_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from claims.load import Record
    from claims.progress import Progress

FILED: Final = (
    *("topic", "claimant", "place", "kind", "organisation", "side", "x", "y"),
    *("said", "event", "event_days", "step_count", "step_day", "step_standing"),
    *("no_disc", "note_stance", "shape_points"),
)
"""The arrays of the file in their order; `docs/typed-arrays.md` tells what each holds."""
MAGIC: Final = b"CMAP"
VERSION: Final = 2
WORLD: Final = 2**32
NO_DAY: Final = 65_535
NO_LAG: Final = NO_DAY + 1
"""No event can lie so long before its claim: its days are not stated."""
COARSEST_SHIFT: Final = 9
"""2**9 world units are 4.8 m at the equator: finer than any claim's own precision."""
NO_SHORT: Final = 2**24 - 1
"""The largest number of three bytes stands for the largest of four: not placed."""
_FLAGGED: Final = 2**17
"""So many flags cost nothing, however few numbers they tell apart."""
POINT_SHIFT: Final = 3
"""Points of shapes are kept in steps of 2**3 world units: 7.5 cm at the equator."""
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
        shift = (span // (NO_DAY - 1)).bit_length()
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
    numbers, words = coded(values)
    return numbers.astype(np.min_scalar_type(max(len(words) - 1, 0))), text_list(words)


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


def pack(  # noqa: PLR0913  # two of them are passed through
    record: Record,
    shapes: Sequence[Shape],
    positions: Positions,
    notes: Sequence[Mapping[str, object]],
    *,
    verbs: Sequence[str] = (),
    history: History | None = None,
    progress: Progress | None = None,
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
    verbs : sequence of str, optional
        The verb of each of `claims.model.STANCES`, passed through to the browser.
    history : History, optional
        Of the same claims, if it is known already.
    progress : Progress, optional
        Is told how far the step packing is.

    Returns
    -------
    bytes
        Layout as `docs/typed-arrays.md` tells.
    """
    claims = record.claims
    start = first_day(claims)
    meter = Meter(progress, "packing", len(claims) * (len(FILED) + 1))
    numbers, vocabulary = _numbered(claims)
    meter.add(len(claims))
    topics = vocabulary.pop("topic")
    file = PackedFile(lambda: meter.add(len(claims)))
    _add_codes(file, numbers, {**vocabulary, "topic": topics}, positions)
    _add_days(file, claims, start)
    _add_steps(file, history or History.of(claims), topics, start)
    file.add("no_disc", np.array(without_disc(shapes), dtype=np.uint32))
    stances = codes_in(claims["stance"], STANCES).astype(np.uint8)
    file.add("note_stance", stances[_on_noted_topics(numbers["topic"], len(topics), shapes)])
    file.add_varints("shape_points", _shape_points(shapes))
    header = {
        "n": len(claims),
        "digest": record.digest,
        "first_day": start,
        "origin": positions.origin,
        "shift": positions.shift,
        "point_shift": POINT_SHIFT,
        "vocabulary": vocabulary,
        "shapes": _shape_table(shapes),
        "notes": list(notes),
        "verbs": list(verbs),
    }
    directory, body = file.finish()
    text = json.dumps({**header, "columns": directory}, separators=(",", ":")).encode()
    return MAGIC + struct.pack("<HHI", VERSION, 0, len(text)) + text + body


def _numbered(
    claims: pd.DataFrame,
) -> tuple[dict[str, NDArray[np.unsignedinteger]], dict[str, Sequence[str]]]:
    """Give each column's codes and the word of each code."""
    numbers: dict[str, NDArray[np.unsignedinteger]] = {}
    vocabulary: dict[str, Sequence[str]] = {"side": SIDES, "kind": KINDS, "standing": STANDINGS}
    for name in ("topic", "claimant", "place", "organisation"):
        numbers[name], vocabulary[name] = codes(claims[name])
    for name, words in (("side", SIDES), ("kind", KINDS)):
        numbers[name] = codes_in(claims[name], words).astype(np.uint8)
    return numbers, vocabulary


def _add_codes(
    file: PackedFile,
    numbers: Mapping[str, NDArray[np.unsignedinteger]],
    words: Mapping[str, Sequence[str]],
    positions: Positions,
) -> None:
    """Add codes and positions; what mostly follows from another column, as its exceptions."""
    for name in ("topic", "claimant"):
        file.add(name, numbers[name])
    topic, claimant, place = (
        (name, numbers[name], len(words[name])) for name in ("topic", "claimant", "place")
    )
    for name, leader in (
        ("place", topic),
        ("kind", topic),
        ("organisation", claimant),
        ("side", claimant),
    ):
        file.add_following(name, numbers[name], leader)
    for name, steps in (("x", positions.x), ("y", positions.y)):
        file.add_following(name, steps, place, top=np.iinfo(steps.dtype).max)


def _add_days(file: PackedFile, claims: pd.DataFrame, start: int) -> None:
    """Add the day of saying, and by code how long before it the event began and how long it was."""
    said, first, last = (
        days(claims[name], start) for name in ("said_day", "event_first_day", "event_last_day")
    )
    file.add("said", said)
    stated = first != NO_DAY
    lag = np.where(stated, said.astype(np.int32) - first, NO_LAG)
    span = np.where(stated, last.astype(np.int32) - first, 0)
    lags, lag_code = _distinct(lag)
    spans, span_code = _distinct(span)
    pairs, code = _distinct(lag_code * len(spans) + span_code)
    file.add("event", code.astype(np.uint32))
    # Days of events may come after the day of saying: what is not positive needs its sign.
    days_of = [lags[pairs // max(1, len(spans))], spans[pairs % max(1, len(spans))]]
    file.add_varints("event_days", np.column_stack(days_of).ravel().astype(np.int64))


def _distinct(values: NDArray[np.signedinteger]) -> tuple[Any, NDArray[np.int64]]:
    """Give the distinct numbers, ascending, and the place of each among them."""
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    if high - low >= max(_FLAGGED, len(values)):
        return np.unique(values, return_inverse=True)
    there = np.zeros(high - low + 1, dtype=bool)  # numbers near each other need no sorting
    there[values - low] = len(values) > 0
    places = np.cumsum(there) - 1
    return np.flatnonzero(there) + low, places.take(values - low, mode="clip")


def _add_steps(file: PackedFile, history: History, topics: Sequence[str], start: int) -> None:
    """Add the days on which the standing of a topic changes, topic by topic."""
    topic, day, standing = steps_of(history)
    if len(history.topics) < len(topics):  # nobody is known to have spoken to some
        topic = pd.Index(topics).get_indexer(history.topics)[topic]
    counts = np.bincount(topic, minlength=len(topics)).astype(np.uint32)
    file.add("step_count", counts)
    file.add("step_day", np.clip(day - start, 0, NO_DAY).astype(np.uint16))
    file.add("step_standing", standing.astype(np.uint8))


def without_disc(shapes: Sequence[Shape]) -> list[int]:
    """List the claims that are part of no disc, because a shape is their mark.

    Parameters
    ----------
    shapes : sequence of Shape
        From `claims.shapes.stated_shapes`.

    Returns
    -------
    list of int
        Positions of the claims, ascending.
    """
    lines = (shape.claims for shape in shapes if shape.kind in WITHOUT_DISC)
    return sorted({claim for claims in lines for claim in claims})


def _on_noted_topics(
    topic: NDArray[np.unsignedinteger], topics: int, shapes: Sequence[Shape]
) -> NDArray[np.bool_]:
    noted = np.zeros(topics, dtype=bool)
    for shape in shapes:
        if shape.kind in EXTENTS:
            noted[topic[list(shape.claims)]] = True
    on_noted: NDArray[np.bool_] = noted[topic]
    return on_noted


def shape_parts(shape: Shape) -> list[NDArray[np.float64]]:
    """Give the outlines of a shape.

    Parameters
    ----------
    shape : Shape

    Returns
    -------
    list of numpy.ndarray of float, shape (m, 2)
        Longitude and latitude in degrees, EPSG:4326; of a polygon its exterior.
    """
    parts = []
    for part in get_parts(shape.geometry):
        path = part if isinstance(part, LineString) else part.exterior
        parts.append(get_coordinates(path))
    return parts


def _shape_points(shapes: Sequence[Shape]) -> NDArray[np.int64]:
    """Give the points of all shapes as steps from the point before, x and y in turn."""
    parts = [part for shape in shapes for part in shape_parts(shape)]
    points = np.concatenate(parts) if parts else np.empty((0, 2))
    world = np.column_stack(world_xy(points[:, 0], points[:, 1])) >> POINT_SHIFT
    return np.diff(world, axis=0, prepend=0).ravel()


def _shape_table(shapes: Sequence[Shape]) -> list[dict[str, object]]:
    return [
        {
            "kind": shape.kind,
            "claims": list(shape.claims),
            "size_km": shape.size_km,
            "parts": [len(part) for part in shape_parts(shape)],
            "closed": shape.kind != "line",
            "extent": shape.kind in STATED,
        }
        for shape in shapes
    ]
