"""The areas that claims name without drawing them: quarters, flanks, roads and directions.

Everything here is this project's generalisation, read off by eye. An area says where a claim is
said to lie; it is no front line and says nothing of who held what.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from ground_courses import FLANKS, course
from ground_shapes import draw_area, to_degrees, to_km
from pyproj import Geod
from shapely import transform
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import split, unary_union

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GEOD: Final = Geod(ellps="WGS84")
ROUND_M: Final = 500
SMOOTH_KM: Final = 0.12

BOXES: Final = {
    "bakhmut-north": (37.985, 48.604, 38.06, 48.64),
    "bakhmut-north-west": (37.95, 48.5985, 37.989, 48.64),
    "bakhmut-west": (37.95, 48.5835, 37.990, 48.601),
    "bakhmut-centre": (37.989, 48.5835, 38.06, 48.6045),
    "bakhmut-south": (37.987, 48.55, 38.06, 48.5845),
    "bakhmut-south-west": (37.95, 48.55, 37.9925, 48.5905),
}
"""Quarters cut from the drawn city, all but the eastern one west of the river: west, south, east,
north in degrees."""

BOTH_BANKS: Final = frozenset({"bakhmut-south"})

OUTLINES: Final = {
    "bakhmut-western-outskirts": course(
        "37.937 48.603, 37.952 48.61, 37.966 48.604, 37.963 48.594, 37.958 48.584, 37.945 48.581, "
        "37.935 48.59",
    ),
    "bakhmut-south-western-outskirts": course(
        "37.945 48.58, 37.96 48.583, 37.975 48.58, 37.988 48.574, 37.99 48.566, 37.975 48.559, "
        "37.955 48.562, 37.942 48.57",
    ),
    "soledar-bakhmut-direction": course(
        "38.055 48.725, 38.12 48.715, 38.14 48.67, 38.11 48.63, 38.09 48.57, 38.04 48.535, 37.97 "
        "48.525, 37.925 48.555, 37.915 48.605, 37.94 48.65, 37.99 48.695",
    ),
    "klishchiivka-heights": course(
        "37.925 48.55, 37.945 48.553, 37.962 48.543, 37.964 48.525, 37.958 48.508, 37.938 48.503, "
        "37.925 48.52, 37.918 48.537",
    ),
}

ROADS_KM: Final = {
    "chasiv-yar-road": (
        course("37.848 48.592, 37.885 48.592, 37.92 48.598, 37.9486 48.6006, 37.972 48.597"),
        0.8,
    ),
    "kostiantynivka-road": (
        course("37.735 48.53, 37.80 48.541, 37.86 48.557, 37.9174 48.5722, 37.965 48.583"),
        0.9,
    ),
}
"""A road's course and how far its strip reaches to each side."""

SOLEDAR_NORTH: Final = course(
    "38.03 48.712, 38.06 48.73, 38.1 48.73, 38.13 48.715, 38.118 48.702, 38.085 48.708, "
    "38.05 48.703",
)
SOLEDAR_SOUTH: Final = course(
    "38.045 48.657, 38.075 48.66, 38.105 48.652, 38.12 48.638, 38.095 48.625, 38.06 48.63, 38.04 "
    "48.643",
)
LITAK_AT: Final = (37.9720, 48.5835)
LITAK_KM: Final = 1.0
WEST_BANK_KM: Final = 0.7
BETWEEN_THE_FLANKS: Final = (37.908, 48.5965)
"""Where claims about both flanks carry their count: west of the city, between the two."""


def _local(shape: BaseGeometry) -> BaseGeometry:
    return transform(shape, lambda positions: np.array([to_km((x, y)) for x, y in positions]))


def _degrees(shape: BaseGeometry) -> BaseGeometry:
    return transform(shape, lambda points: np.array([to_degrees(x, y) for x, y in points]))


def _rounded(shape: BaseGeometry) -> BaseGeometry:
    """Take the corners off, in the local plane."""
    return shape.buffer(-SMOOTH_KM).buffer(2 * SMOOTH_KM).buffer(-SMOOTH_KM).simplify(0.02)


def _banks(city: BaseGeometry, river: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """Cut the city along the Bakhmutka: its western and its eastern part."""
    parts = split(city, river).geoms
    middle = city.intersection(river).centroid.x
    west = unary_union([part for part in parts if part.centroid.x < middle])
    east = unary_union([part for part in parts if part.centroid.x >= middle])
    return west, east


def areas(city: BaseGeometry, river: BaseGeometry) -> dict[str, BaseGeometry]:
    """Draw every area by its id.

    Parameters
    ----------
    city : shapely.Polygon
        The built-up shape of Bakhmut, EPSG:4326.
    river : shapely.LineString
        The Bakhmutka's course, EPSG:4326.

    Returns
    -------
    dict of str to shapely geometry
        Polygons and multipolygons, EPSG:4326, positions rounded to 0.0001 degree.
    """
    town, stream = _local(city), _local(river)
    west, east = _banks(town, stream)
    drawn: dict[str, BaseGeometry] = {"bakhmut-east": east}
    for name, box in BOXES.items():
        (left, low), (right, high) = to_km(box[:2]), to_km(box[2:])
        cut = Polygon([(left, low), (right, low), (right, high), (left, high)])
        drawn[name] = (town if name in BOTH_BANKS else west).intersection(cut)
    drawn["bakhmut-litak"] = Point(to_km(LITAK_AT)).buffer(LITAK_KM)
    drawn["bakhmutka-west-bank"] = west.intersection(stream.buffer(WEST_BANK_KM))
    for name, (line, reach_km) in ROADS_KM.items():
        drawn[name] = LineString([to_km(position) for position in line]).buffer(reach_km)
    shapes = {name: _degrees(_largest(_rounded(shape))) for name, shape in drawn.items()}
    shapes |= {name: draw_area(ring) for name, ring in (*FLANKS, *OUTLINES.items())}
    shapes["bakhmut-flanks"] = unary_union([shapes[name] for name, _ in FLANKS])
    shapes["soledar-north-south"] = unary_union(
        [draw_area(SOLEDAR_NORTH), draw_area(SOLEDAR_SOUTH)]
    )
    return shapes


def _largest(shape: BaseGeometry) -> BaseGeometry:
    parts: list[BaseGeometry] = list(getattr(shape, "geoms", [shape]))
    return max(parts, key=lambda part: part.area)


def label_point(name: str, area: BaseGeometry) -> tuple[float, float]:
    """Choose where the claims of an area carry their count.

    Parameters
    ----------
    name : str
        Id of the area.
    area : shapely geometry
        EPSG:4326.

    Returns
    -------
    (float, float)
        Longitude and latitude, rounded to 0.0001 degree.
    """
    if name == "bakhmut-flanks":
        return BETWEEN_THE_FLANKS
    if name == "soledar-north-south":
        return 38.0895, 48.6834
    inside = area.centroid if area.contains(area.centroid) else area.representative_point()
    return round(inside.x, 4), round(inside.y, 4)


def reach_m(point: tuple[float, float], area: BaseGeometry) -> int:
    """Measure how far the area reaches from a point, on the ellipsoid.

    Parameters
    ----------
    point : (float, float)
        Longitude and latitude in degrees.
    area : shapely geometry
        EPSG:4326.

    Returns
    -------
    int
        Metres, rounded up to `ROUND_M`.
    """
    corners = [xy for part in getattr(area, "geoms", [area]) for xy in part.exterior.coords]
    farthest: float = max(GEOD.inv(*point, *xy)[2] for xy in corners)
    return math.ceil(farthest / ROUND_M) * ROUND_M
