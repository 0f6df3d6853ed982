"""The typed arrays the browser gets: every claim as a few numbers, its words only by code.

Layout of the file (little-endian): the four bytes `CMAP`, the version (uint16), two spare bytes,
the length of the JSON header (uint32), the header, then each array at the offset the header
names, as `docs/typed-arrays.md` tells. Positions are those of `claims.positions`.
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
from claims.positions import world_xy
from claims.progress import Meter
from claims.shapes import EXTENTS, STATED, WITHOUT_DISC, Shape
from claims.standing import History, steps_of
from claims.texts import coded, codes_in, text_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from claims.load import Record
    from claims.positions import Positions
    from claims.progress import Progress

FILED: Final = (
    *("topic", "claimant", "place", "kind", "organisation", "side", "x", "y"),
    *("said", "event", "event_days", "step_count", "step_day", "step_standing"),
    *("no_disc", "note_stance", "shape_points"),
)
"""The arrays of the file in their order; `docs/typed-arrays.md` tells what each holds."""
MAGIC: Final = b"CMAP"
VERSION: Final = 2
NO_DAY: Final = 65_535
NO_LAG: Final = NO_DAY + 1
"""No event can lie so long before its claim: its days are not stated."""
_FLAGGED: Final = 2**17
"""So many flags cost nothing, however few numbers they tell apart."""
POINT_SHIFT: Final = 3
"""Points of shapes are kept in steps of 2**3 world units: 7.5 cm at the equator."""


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
    file.add_varints("shape_points", shape_steps(shapes))
    header = {
        "n": len(claims),
        "digest": record.digest,
        "first_day": start,
        "origin": positions.origin,
        "shift": positions.shift,
        "point_shift": POINT_SHIFT,
        "vocabulary": vocabulary,
        "shapes": shape_table(shapes),
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


def shape_steps(shapes: Sequence[Shape]) -> NDArray[np.int64]:
    """Give the points of all shapes as steps from the point before, x and y in turn.

    Parameters
    ----------
    shapes : sequence of Shape

    Returns
    -------
    numpy.ndarray of int64, shape (2 * points,)
        In units of 2**POINT_SHIFT world units; the first step is from 0, 0.
    """
    parts = [part for shape in shapes for part in shape_parts(shape)]
    points = np.concatenate(parts) if parts else np.empty((0, 2))
    world = np.column_stack(world_xy(points[:, 0], points[:, 1])) >> POINT_SHIFT
    return np.diff(world, axis=0, prepend=0).ravel()


def shape_table(shapes: Sequence[Shape]) -> list[dict[str, object]]:
    """Describe shapes for the browser.

    Parameters
    ----------
    shapes : sequence of Shape

    Returns
    -------
    list of dict
        Of each its kind, claims, size in km, points of each part, and whether it is closed and
        stated by the claims themselves.
    """
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
