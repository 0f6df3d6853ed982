"""Turn hand-read courses and circles into lines and outlines that look drawn.

All shaping is done in a local plane, kilometres east and north of Bakhmut, in which a degree of
longitude is `KM_PER_LON` wide; within 60 km of Bakhmut it is true to better than 1 %.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from shapely.affinity import scale, translate
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import unary_union

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

Position = tuple[float, float]

ORIGIN: Final = (38.0005, 48.5956)
KM_PER_LAT: Final = 111.2
KM_PER_LON: Final = KM_PER_LAT * math.cos(math.radians(48.6))
DECIMALS: Final = 4


def to_km(position: Position) -> Position:
    """Move a position into the local plane.

    Parameters
    ----------
    position : (float, float)
        Longitude and latitude in degrees, EPSG:4326.

    Returns
    -------
    (float, float)
        Kilometres east and north of `ORIGIN`.
    """
    lon, lat = position
    return (lon - ORIGIN[0]) * KM_PER_LON, (lat - ORIGIN[1]) * KM_PER_LAT


def to_degrees(east_km: float, north_km: float) -> Position:
    """Move a point of the local plane back to EPSG:4326, rounded to `DECIMALS`.

    Parameters
    ----------
    east_km, north_km : float
        Kilometres east and north of `ORIGIN`.

    Returns
    -------
    (float, float)
        Longitude and latitude in degrees.
    """
    lon = ORIGIN[0] + east_km / KM_PER_LON
    lat = ORIGIN[1] + north_km / KM_PER_LAT
    return round(lon, DECIMALS), round(lat, DECIMALS)


def _between(p: Sequence[Position], t: float) -> Position:
    """Point of the Catmull-Rom curve from p[1] to p[2] at t in [0, 1]."""
    weights = (
        -0.5 * t + t**2 - 0.5 * t**3,
        1 - 2.5 * t**2 + 1.5 * t**3,
        0.5 * t + 2 * t**2 - 1.5 * t**3,
        -0.5 * t**2 + 0.5 * t**3,
    )
    return (
        sum(weight * point[0] for weight, point in zip(weights, p, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, p, strict=True)),
    )


def smooth(course: Sequence[Position], *, step_km: float = 0.12) -> list[Position]:
    """Draw a smooth curve through every position of a course.

    Parameters
    ----------
    course : sequence of (float, float)
        At least two positions in the local plane, kilometres.
    step_km : float
        Distance between the points of the curve, roughly.

    Returns
    -------
    list of (float, float)
        The curve, kilometres, starting and ending where the course does.
    """
    first, second, *_ = course
    *_, before, last = course
    ends = [
        (2 * first[0] - second[0], 2 * first[1] - second[1]),
        *course,
        (2 * last[0] - before[0], 2 * last[1] - before[1]),
    ]
    curve: list[Position] = []
    for index in range(1, len(ends) - 2):
        four = ends[index - 1 : index + 3]
        pieces = max(2, round(math.dist(four[1], four[2]) / step_km))
        curve += [_between(four, piece / pieces) for piece in range(pieces)]
    return [*curve, course[-1]]


def meander(curve: Sequence[Position], *, sway_km: float, seed: int) -> list[Position]:
    """Let a curve sway to both sides as a river of the plain does; its ends stay.

    Parameters
    ----------
    curve : sequence of (float, float)
        Points in the local plane, kilometres.
    sway_km : float
        Largest distance from the curve.
    seed : int
        Shifts the bends, so that two rivers do not sway alike.

    Returns
    -------
    list of (float, float)
        As many points, kilometres.
    """
    line = LineString(curve)
    swayed: list[Position] = []
    for east, north in curve:
        along = line.project(Point(east, north))
        ahead, behind = line.interpolate(along + 0.05), line.interpolate(max(0.0, along - 0.05))
        length = math.dist((ahead.x, ahead.y), (behind.x, behind.y)) or 1.0
        bend = 0.6 * math.sin(along * 2.9 + seed) + 0.4 * math.sin(along * 1.7 + 2.1 * seed)
        fade = min(1.0, along / 2, (line.length - along) / 2)
        push = sway_km * bend * fade / length
        swayed.append((east - (ahead.y - behind.y) * push, north + (ahead.x - behind.x) * push))
    return swayed


def draw_line(
    course: Iterable[Position], *, sway_km: float = 0.0, seed: int = 0, tolerance_km: float = 0.006
) -> LineString:
    """Draw a course as a smooth line.

    Parameters
    ----------
    course : iterable of (float, float)
        Longitude and latitude in degrees, EPSG:4326.
    sway_km : float
        Meanders of a river; 0 for none.
    seed : int
        Shifts the meanders.
    tolerance_km : float
        Points that change the line by less are left out.

    Returns
    -------
    shapely.LineString
        EPSG:4326, longitude first.
    """
    curve = smooth([to_km(position) for position in course])
    if sway_km:
        curve = meander(curve, sway_km=sway_km, seed=seed)
    kept = LineString(curve).simplify(tolerance_km)
    return LineString([to_degrees(east, north) for east, north in kept.coords])


def draw_area(course: Sequence[Position]) -> Polygon:
    """Draw a closed smooth outline through the given positions.

    Parameters
    ----------
    course : sequence of (float, float)
        Longitude and latitude in degrees, EPSG:4326, not closed.

    Returns
    -------
    shapely.Polygon
        EPSG:4326.
    """
    ring = [to_km(position) for position in course]
    closed = smooth([*ring[-2:], *ring, *ring[:2]], step_km=0.1)
    start = _nearest(closed, ring[0])
    end = len(closed) - 1 - _nearest(closed[::-1], ring[0])
    outline = Polygon(closed[start:end]).buffer(0).simplify(0.006)
    return _as_degrees(outline)


def _nearest(points: Sequence[Position], target: Position) -> int:
    return min(range(len(points)), key=lambda index: math.dist(points[index], target))


def draw_town(position: Position, blobs: Iterable[tuple[float, float, float]]) -> Polygon:
    """Join circles to one angular outline, as a built-up area is generalised on a printed map.

    Parameters
    ----------
    position : (float, float)
        Longitude and latitude of the town's point, EPSG:4326.
    blobs : iterable of (float, float, float)
        Kilometres east and north of that point, and radius in kilometres.

    Returns
    -------
    shapely.Polygon
        EPSG:4326, 8 to 40 vertices.
    """
    circles = []
    for number, (east, north, radius) in enumerate(blobs):
        turned = [
            (
                radius * (1 + 0.14 * math.sin(5.3 * corner + number)) * math.cos(corner * 0.7),
                radius * (1 + 0.14 * math.cos(3.1 * corner + number)) * math.sin(corner * 0.7),
            )
            for corner in range(9)
        ]
        circles.append(translate(Polygon(turned).buffer(0), east, north))
    town = unary_union(circles).buffer(0.25, join_style="mitre").buffer(-0.3, join_style="mitre")
    if not isinstance(town, Polygon):
        town = max(town.geoms, key=lambda part: part.area)
    here = to_km(position)
    return _as_degrees(translate(Polygon(town.exterior).simplify(0.13), *here))


def draw_village(position: Position, radius_km: float, *, seed: int) -> Polygon:
    """Draw a village as a small irregular patch of about the given radius.

    Parameters
    ----------
    position : (float, float)
        Longitude and latitude, EPSG:4326.
    radius_km : float
        Radius of a disc of the same size.
    seed : int
        Turns and stretches the patch, so that villages do not all look alike.

    Returns
    -------
    shapely.Polygon
        EPSG:4326, 10 vertices.
    """
    corners = []
    for corner in range(10):
        radius = radius_km * (1 + 0.13 * math.sin(seed * 1.3 + 2.4 * corner))
        angle = corner * math.pi / 5 + seed
        corners.append((radius * math.cos(angle), radius * math.sin(angle)))
    stretch = 1 + 0.22 * math.sin(seed * 2.7)
    patch = scale(Polygon(corners), stretch, 1 / stretch)
    return _as_degrees(translate(patch, *to_km(position)))


def _as_degrees(shape: BaseGeometry) -> Polygon:
    if not isinstance(shape, Polygon):
        message = f"expected one polygon, found {shape.geom_type}"
        raise TypeError(message)
    return Polygon([to_degrees(east, north) for east, north in shape.exterior.coords])
