"""Lengths, rings, fans and lines of a stated length on the WGS 84 ellipsoid.

The only user of pyproj. Every geometry is in EPSG:4326, longitude before latitude, in degrees.
A geometry that crosses the 180th meridian runs on past 180 (or -180) instead of jumping to the
other edge of the world, so its coordinates stay continuous.
"""

from __future__ import annotations

import math
from typing import Final, NoReturn

import numpy as np
import numpy.typing as npt
from pyproj import Geod
from shapely import LineString, Polygon, get_coordinates

from claims.errors import ImpossibleLengthError, LineTooShortError

MAX_STEP_M: Final = 1000.0
"""Longest distance between two vertices: a longer chord leaves the geodesic visibly."""
MAX_STEP_DEG: Final = 5.0
"""Widest angle between two vertices of an arc, so that a small ring still looks round."""

_WGS84: Final = Geod(ellps="WGS84")
_POLE_DEG: Final = 90.0
_FARTHEST_LON_DEG: Final = 540.0
"""Inputs reach 180 degrees; what this module returns may run on past it by as much again."""
_FULL_TURN_DEG: Final = 360.0
_ROUNDING_M: Final = 0.001
"""A course that lacks less than a millimetre is long enough: that much is rounding."""

Floats = npt.NDArray[np.float64]


def distance_m(lon1_deg: float, lat1_deg: float, lon2_deg: float, lat2_deg: float) -> float:
    """Measure the geodesic between two places.

    Parameters
    ----------
    lon1_deg, lat1_deg, lon2_deg, lat2_deg : float
        The two places, EPSG:4326.

    Returns
    -------
    float
        Metres along the ellipsoid.

    Raises
    ------
    ImpossibleLengthError
        If a coordinate is not finite or a latitude lies beyond +-90 degrees.
    """
    _check_place(lon1_deg, lat1_deg)
    _check_place(lon2_deg, lat2_deg)
    return float(_WGS84.inv(lon1_deg, lat1_deg, lon2_deg, lat2_deg)[2])


def ring(lon_deg: float, lat_deg: float, *, radius_m: float, step_m: float = MAX_STEP_M) -> Polygon:
    """Draw the geodesic circle about a place.

    Parameters
    ----------
    lon_deg, lat_deg : float
        The centre, EPSG:4326.
    radius_m : float
        Distance of every vertex from the centre, in metres.
    step_m : float
        Longest distance between two neighbouring vertices, in metres; they are also never
        more than 5 degrees apart as seen from the centre.

    Returns
    -------
    shapely.Polygon
        The disc, EPSG:4326, its boundary drawn clockwise from due north.

    Raises
    ------
    ImpossibleLengthError
        If the radius or the step is not a positive finite number, if the place is none, or
        if the circle reaches a pole (no polygon in longitude and latitude can hold one).
    """
    _check_place(lon_deg, lat_deg)
    _check_length("radius_m", radius_m)
    _check_length("step_m", step_m)
    _check_clear_of_poles(lon_deg, lat_deg, radius_m)
    steps = _arc_steps(_FULL_TURN_DEG, radius_m, step_m)
    bearings_deg = np.linspace(0.0, _FULL_TURN_DEG, steps, endpoint=False)
    radii_m = np.full(steps, radius_m, dtype=np.float64)
    return Polygon(_points_about(lon_deg, lat_deg, bearings_deg, radii_m))


def fan(
    lon_deg: float,
    lat_deg: float,
    *,
    radius_m: float,
    bearing_deg: float,
    spread_deg: float = 60.0,
) -> Polygon:
    """Draw the sector of a geodesic circle that opens from a place in one direction.

    Parameters
    ----------
    lon_deg, lat_deg : float
        The apex, EPSG:4326.
    radius_m : float
        Distance of the arc from the apex, in metres.
    bearing_deg : float
        Middle of the fan, degrees clockwise from north at the apex, 0 to 360.
    spread_deg : float
        Full opening of the fan in degrees, above 0 and below 360.

    Returns
    -------
    shapely.Polygon
        The fan, EPSG:4326. Its first vertex is the apex; one vertex of the arc lies exactly
        at `bearing_deg`; no two neighbours are more than 1 km apart.

    Raises
    ------
    ImpossibleLengthError
        If the radius is not a positive finite number, the bearing lies outside 0 to 360, the
        spread outside its range, the place is none, or the fan's circle reaches a pole.
    """
    _check_place(lon_deg, lat_deg)
    _check_length("radius_m", radius_m)
    _check_clear_of_poles(lon_deg, lat_deg, radius_m)
    if not 0.0 <= bearing_deg <= _FULL_TURN_DEG:
        _refuse("bearing_deg", bearing_deg, "a bearing from 0 to 360 degrees")
    if not 0.0 < spread_deg < _FULL_TURN_DEG:
        _refuse("spread_deg", spread_deg, "an opening above 0 and below 360 degrees")
    half_steps = math.ceil(_arc_steps(spread_deg, radius_m, MAX_STEP_M) / 2)
    arc_deg = bearing_deg + np.linspace(-0.5, 0.5, 2 * half_steps + 1) * spread_deg
    edge_steps = math.ceil(radius_m / MAX_STEP_M)
    edge_m = np.arange(1, edge_steps) * (radius_m / edge_steps)
    bearings_deg = np.concatenate(
        [np.full(edge_m.size, arc_deg[0]), arc_deg, np.full(edge_m.size, arc_deg[-1])]
    )
    distances_m = np.concatenate([edge_m, np.full(arc_deg.size, radius_m), edge_m[::-1]])
    outline = _points_about(lon_deg, lat_deg, bearings_deg, distances_m)
    return Polygon(np.vstack([[lon_deg, lat_deg], outline]))


def length_m(line: LineString) -> float:
    """Measure a line along the geodesics between its vertices.

    Parameters
    ----------
    line : shapely.LineString
        The line, EPSG:4326. Heights, if any, are not looked at.

    Returns
    -------
    float
        Metres along the ellipsoid; 0 for an empty line.

    Raises
    ------
    ImpossibleLengthError
        If a coordinate is not finite or a latitude lies beyond +-90 degrees.
    """
    return float(_steps_m(_vertices(line)).sum())


def densify(line: LineString, *, max_step_m: float = MAX_STEP_M) -> LineString:
    """Add vertices along the geodesics of a line until no step is long.

    Parameters
    ----------
    line : shapely.LineString
        The line, EPSG:4326. Its own vertices are kept.
    max_step_m : float
        Longest distance between two neighbouring vertices of the result, in metres.

    Returns
    -------
    shapely.LineString
        The same course, EPSG:4326, with the same length.

    Raises
    ------
    ImpossibleLengthError
        If the step is not a positive finite number or a vertex is no place.
    """
    _check_length("max_step_m", max_step_m)
    vertices = _vertices(line)
    return LineString(_densified(vertices, max_step_m))


def stretch(
    course: LineString, *, length_m: float, around: tuple[float, float] | None = None
) -> LineString:
    """Cut the part of a course that is as long as a claim says.

    Parameters
    ----------
    course : shapely.LineString
        The line along which the part lies, EPSG:4326.
    length_m : float
        Length of the part, in metres.
    around : tuple of float, optional
        Longitude and latitude of a place, EPSG:4326: the part is centred on the course's
        point nearest to it. Without it, on the course's middle. Where the part would run past
        an end of the course it is slid inwards.

    Returns
    -------
    shapely.LineString
        The part, EPSG:4326, in the course's direction, with steps of at most 1 km.

    Raises
    ------
    ImpossibleLengthError
        If the length is not a positive finite number, or a vertex or `around` is no place.
    LineTooShortError
        If the course is shorter than the length.
    """
    _check_length("length_m", length_m)
    vertices = _densified(_vertices(course), MAX_STEP_M)
    reached_m = np.concatenate([[0.0], np.cumsum(_steps_m(vertices))])
    whole_m = float(reached_m[-1])
    if whole_m + _ROUNDING_M < length_m:
        where, found, expected = "course", f"{whole_m:.0f} m", f"at least {length_m:.0f} m"
        remedy = "Draw the course further, or leave the length to the card."
        raise LineTooShortError(where, found, expected, remedy)
    middle_m = whole_m / 2 if around is None else _foot_m(vertices, reached_m, around)
    start_m = max(0.0, min(middle_m - length_m / 2, whole_m - length_m))
    end_m = min(start_m + length_m, whole_m)
    inside = (reached_m > start_m) & (reached_m < end_m)
    ends = [_at(vertices, reached_m, along_m) for along_m in (start_m, end_m)]
    return LineString(_unwrapped(np.vstack([ends[0], vertices[inside], ends[1]])))


def _foot_m(vertices: Floats, reached_m: Floats, around: tuple[float, float]) -> float:
    """Give how far along the course its point nearest to a place lies, in metres."""
    _check_place(*around)
    lons, lats = vertices[:-1].T
    course_deg, _, steps_m = _WGS84.inv(lons, lats, vertices[1:, 0], vertices[1:, 1])
    place_lons, place_lats = np.full_like(lons, around[0]), np.full_like(lats, around[1])
    to_place_deg, _, to_place_m = _WGS84.inv(lons, lats, place_lons, place_lats)
    # Steps are at most 1 km, so the plane right angle errs by far less than a symbol's width.
    along_m = to_place_m * np.cos(np.radians(to_place_deg - course_deg))
    along_m = np.clip(along_m, 0.0, steps_m)
    foot_lons, foot_lats, _ = _WGS84.fwd(lons, lats, course_deg, along_m)
    nearest = int(np.argmin(_WGS84.inv(foot_lons, foot_lats, place_lons, place_lats)[2]))
    return float(reached_m[nearest] + along_m[nearest])


def _at(vertices: Floats, reached_m: Floats, along_m: float) -> Floats:
    """Give the point a number of metres along the course, shape (2,)."""
    step = int(np.searchsorted(reached_m, along_m, side="right")) - 1
    step = min(max(step, 0), len(vertices) - 2)
    (lon, lat), (next_lon, next_lat) = vertices[step], vertices[step + 1]
    bearing_deg = _WGS84.inv(lon, lat, next_lon, next_lat)[0]
    point = _WGS84.fwd(lon, lat, bearing_deg, along_m - reached_m[step])[:2]
    beside: Floats = _unwrapped(np.array([vertices[step], point]))[1]
    return beside


def _densified(vertices: Floats, max_step_m: float) -> Floats:
    """Add vertices on the geodesics, shape (n, 2) to (m, 2), m >= n."""
    parts = [vertices[:1]]
    for start, end, step_m in zip(vertices[:-1], vertices[1:], _steps_m(vertices), strict=True):
        pieces = math.ceil(step_m / max_step_m)
        if pieces > 1:
            parts.append(np.array(_WGS84.npts(start[0], start[1], end[0], end[1], pieces - 1)))
        parts.append(end[np.newaxis])
    return _unwrapped(np.vstack(parts))


def _points_about(lon_deg: float, lat_deg: float, bearings_deg: Floats, radii_m: Floats) -> Floats:
    """Give the points at bearings and distances from a place, shape (n, 2)."""
    count = len(bearings_deg)
    lons, lats, _ = _WGS84.fwd(
        np.full(count, lon_deg), np.full(count, lat_deg), bearings_deg, radii_m
    )
    # Each vertex is brought next to the centre, so that vertex and centre share one world.
    lons = lons - _FULL_TURN_DEG * np.round((lons - lon_deg) / _FULL_TURN_DEG)
    return np.column_stack([lons, lats])


def _unwrapped(vertices: Floats) -> Floats:
    """Let longitudes run on past 180 degrees instead of jumping to the other edge."""
    unwrapped = vertices.copy()
    unwrapped[:, 0] = np.unwrap(vertices[:, 0], period=_FULL_TURN_DEG)
    return unwrapped


def _steps_m(vertices: Floats) -> Floats:
    """Measure from each vertex to the next, in metres, shape (n - 1,)."""
    (lons, lats), (next_lons, next_lats) = vertices[:-1].T, vertices[1:].T
    return np.asarray(_WGS84.inv(lons, lats, next_lons, next_lats)[2], dtype=np.float64)


def _arc_steps(opening_deg: float, radius_m: float, step_m: float) -> int:
    """Count the steps of an arc so that none is longer or wider than allowed."""
    # On the ellipsoid an arc is never longer than on the plane: its curvature is positive.
    arc_m = math.radians(opening_deg) * radius_m
    return max(math.ceil(arc_m / step_m), math.ceil(opening_deg / MAX_STEP_DEG))


def _vertices(line: LineString) -> Floats:
    vertices: Floats = get_coordinates(line)
    for lon_deg, lat_deg in vertices:
        _check_place(float(lon_deg), float(lat_deg))
    return vertices


def _check_place(lon_deg: float, lat_deg: float) -> None:
    if not abs(lat_deg) <= _POLE_DEG:
        _refuse("lat_deg", lat_deg, "a latitude from -90 to 90 degrees")
    if not abs(lon_deg) <= _FARTHEST_LON_DEG:
        _refuse("lon_deg", lon_deg, "a longitude from -180 to 180 degrees")


def _check_length(name: str, value_m: float) -> None:
    if not (math.isfinite(value_m) and value_m > 0):
        _refuse(name, value_m, "a positive finite number of metres")


def _check_clear_of_poles(lon_deg: float, lat_deg: float, radius_m: float) -> None:
    pole_deg = math.copysign(_POLE_DEG, lat_deg)
    pole_m = float(_WGS84.inv(lon_deg, lat_deg, lon_deg, pole_deg)[2])
    if radius_m >= pole_m:
        expected = f"less than the {pole_m:.0f} m to the pole"
        _refuse("radius_m", radius_m, expected)


def _refuse(where: str, found: float, expected: str) -> NoReturn:
    remedy = "Correct the claim's row, or leave the geometry out."
    raise ImpossibleLengthError(where, f"{found:g}", expected, remedy)
