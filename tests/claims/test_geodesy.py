"""Lengths, rings, fans and lines are as long on the ellipsoid as they say."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon
from shapely.geometry import shape

from claims import geodesy
from claims.errors import ImpossibleLengthError, LineTooShortError

BAKHMUT = (38.0005, 48.5956)
SOLEDAR = (38.0895, 48.6834)
SECTORS = Path(__file__).parents[2] / "data" / "geo" / "sectors.geojson"

lons = st.floats(-180, 180)
lats = st.floats(-84.9, 84.9)
bearings = st.floats(0, 360)
radii = st.floats(1, 500_000)


def distances_from(place: tuple[float, float], polygon: Polygon) -> list[float]:
    return [geodesy.distance_m(*place, lon, lat) for lon, lat in np.array(polygon.exterior.coords)]


def longest_step_m(coordinates: list[tuple[float, ...]]) -> float:
    return max(geodesy.distance_m(*a[:2], *b[:2]) for a, b in pairwise(coordinates))


def bearing_from_bakhmut(lon_deg: float, lat_deg: float) -> float:
    """Bearing on a sphere: independent of the ellipsoid's code, good to a tenth of a degree."""
    lon1, lat1, lon2, lat2 = (math.radians(x) for x in (*BAKHMUT, lon_deg, lat_deg))
    east = math.sin(lon2 - lon1) * math.cos(lat2)
    north = math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(
        lon2 - lon1
    )
    return math.degrees(math.atan2(east, north)) % 360


def straight_course(kilometres: float, bearing_deg: float = 90.0) -> LineString:
    rim = geodesy.fan(*BAKHMUT, radius_m=kilometres * 1000, bearing_deg=bearing_deg)
    tip = rim.exterior.coords[len(rim.exterior.coords) // 2]
    return LineString([BAKHMUT, tip])


def soledar_sector() -> LineString:
    features = json.loads(SECTORS.read_text(encoding="utf-8"))["features"]
    found = [feature for feature in features if feature["properties"]["id"] == "soledar-sector"]
    assert len(found) == 1
    course = shape(found[0]["geometry"])
    assert isinstance(course, LineString)
    return course


def test_a_degree_of_the_equator_is_111_320_metres() -> None:
    assert geodesy.distance_m(0, 0, 1, 0) == pytest.approx(111_319.49, abs=0.01)


def test_a_quarter_meridian_is_10_002_kilometres() -> None:
    assert geodesy.distance_m(0, 0, 0, 90) == pytest.approx(10_001_965.73, abs=0.01)


def test_two_places_beside_the_antimeridian_are_neighbours() -> None:
    assert geodesy.distance_m(179.99, 0, -179.99, 0) == pytest.approx(2226.39, abs=0.01)


@given(lon=lons, lat=lats)
def test_two_kilometres_are_two_kilometres_in_every_direction(lon: float, lat: float) -> None:
    polygon = geodesy.ring(lon, lat, radius_m=2000)
    assert distances_from((lon, lat), polygon) == pytest.approx([2000] * 73, abs=1e-3)


@given(lon=lons, lat=lats, radius_m=radii)
@settings(max_examples=30)
def test_ring_vertices_are_at_most_a_kilometre_and_five_degrees_apart(
    lon: float, lat: float, radius_m: float
) -> None:
    polygon = geodesy.ring(lon, lat, radius_m=radius_m)
    vertices = list(polygon.exterior.coords)
    assert len(vertices) - 1 >= 72
    assert longest_step_m(vertices) <= 1000 + 1e-3
    assert polygon.is_valid


def test_a_finer_step_gives_a_finer_ring() -> None:
    polygon = geodesy.ring(*BAKHMUT, radius_m=5000, step_m=100)
    assert longest_step_m(list(polygon.exterior.coords)) <= 100


def test_a_ring_of_two_kilometres_covers_twelve_and_a_half_square_kilometres() -> None:
    polygon = geodesy.ring(*BAKHMUT, radius_m=2000)
    square_m = 111_200.0 * math.cos(math.radians(BAKHMUT[1])) * 111_200.0
    assert polygon.area * square_m / 1e6 == pytest.approx(math.pi * 4, rel=0.01)


def test_a_ring_holds_its_centre() -> None:
    assert geodesy.ring(*BAKHMUT, radius_m=10).contains(Point(BAKHMUT))


@pytest.mark.parametrize("lon", [179.999, -179.999, 180.0, -180.0])
def test_a_ring_across_the_antimeridian_does_not_go_round_the_world(lon: float) -> None:
    polygon = geodesy.ring(lon, 48.5, radius_m=2000)
    west, _, east, _ = polygon.bounds
    assert east - west < 0.06
    assert polygon.contains(Point(lon, 48.5))


def test_a_fan_due_east_points_to_bearing_90() -> None:
    polygon = geodesy.fan(*BAKHMUT, radius_m=2000, bearing_deg=90, spread_deg=10)
    west, _, east, _ = polygon.bounds
    assert west == pytest.approx(BAKHMUT[0])
    assert geodesy.distance_m(*BAKHMUT, east, BAKHMUT[1]) == pytest.approx(2000, abs=1)


@given(lon=lons, lat=lats, bearing_deg=bearings, radius_m=radii)
@settings(max_examples=30)
def test_a_fan_reaches_exactly_as_far_as_it_says(
    lon: float, lat: float, bearing_deg: float, radius_m: float
) -> None:
    polygon = geodesy.fan(lon, lat, radius_m=radius_m, bearing_deg=bearing_deg)
    distances = distances_from((lon, lat), polygon)
    assert distances[0] == 0
    assert max(distances) == pytest.approx(radius_m, abs=1e-3)
    assert longest_step_m(list(polygon.exterior.coords)) <= 1000 + 1e-3
    assert polygon.is_valid


@given(bearing_deg=bearings, spread_deg=st.floats(1, 359))
def test_a_fan_opens_evenly_on_both_sides_of_its_bearing(
    bearing_deg: float, spread_deg: float
) -> None:
    polygon = geodesy.fan(*BAKHMUT, radius_m=2000, bearing_deg=bearing_deg, spread_deg=spread_deg)
    rim = [
        (bearing_from_bakhmut(*vertex) - bearing_deg + 180) % 360 - 180
        for vertex in polygon.exterior.coords
        if geodesy.distance_m(*BAKHMUT, *vertex) > 1999
    ]
    assert max(rim) == pytest.approx(spread_deg / 2, abs=0.3)
    assert min(rim) == pytest.approx(-spread_deg / 2, abs=0.3)
    assert min(map(abs, rim)) == pytest.approx(0, abs=0.3)


@given(lon=lons, lat=lats, bearing_deg=bearings)
def test_densifying_keeps_vertices_and_length_and_leaves_no_long_step(
    lon: float, lat: float, bearing_deg: float
) -> None:
    rim = geodesy.fan(lon, lat, radius_m=20_000, bearing_deg=bearing_deg).exterior.coords
    line = LineString([rim[0], rim[20], rim[40]])
    fine = geodesy.densify(line, max_step_m=700)
    assert geodesy.length_m(fine) == pytest.approx(geodesy.length_m(line), abs=1e-3)
    assert longest_step_m(list(fine.coords)) <= 700 + 1e-3
    for vertex in line.coords:
        assert min(math.dist(vertex, other) for other in fine.coords) < 1e-9


def test_densifying_across_the_antimeridian_keeps_the_line_in_one_piece() -> None:
    fine = geodesy.densify(LineString([(179.5, 10), (-179.5, 10)]))
    assert geodesy.length_m(fine) == pytest.approx(
        geodesy.distance_m(179.5, 10, -179.5, 10), abs=1e-3
    )
    assert np.abs(np.diff(np.array(fine.coords)[:, 0])).max() < 0.02


@given(
    wanted_m=st.floats(1, 60_000),
    around=st.tuples(st.floats(37, 40), st.floats(48, 49)) | st.none(),
    bearing_deg=bearings,
)
@settings(max_examples=50)
def test_a_stretch_is_as_long_as_asked_wherever_it_lies(
    wanted_m: float, around: tuple[float, float] | None, bearing_deg: float
) -> None:
    course = straight_course(60.001, bearing_deg)
    part = geodesy.stretch(course, length_m=wanted_m, around=around)
    assert geodesy.length_m(part) == pytest.approx(wanted_m, abs=2e-3)
    assert longest_step_m(list(part.coords)) <= 1000 + 1e-3


def test_a_stretch_without_a_place_lies_in_the_middle_of_its_course() -> None:
    course = straight_course(40)
    part = geodesy.stretch(course, length_m=10_000)
    assert geodesy.distance_m(*BAKHMUT, *part.coords[0]) == pytest.approx(15_000, abs=0.01)
    assert geodesy.distance_m(*BAKHMUT, *part.coords[-1]) == pytest.approx(25_000, abs=0.01)


def test_a_stretch_is_centred_on_the_point_of_the_course_nearest_to_the_place() -> None:
    course = straight_course(40)
    at_30_4_km = geodesy.stretch(course, length_m=20_800).coords[-1]
    beside = (at_30_4_km[0], at_30_4_km[1] + 0.03)
    part = geodesy.stretch(course, length_m=4_000, around=beside)
    assert geodesy.distance_m(*BAKHMUT, *part.coords[0]) == pytest.approx(28_400, abs=30)


def test_a_stretch_that_would_run_past_an_end_is_slid_inwards() -> None:
    course = straight_course(40)
    part = geodesy.stretch(course, length_m=10_000, around=BAKHMUT)
    assert part.coords[0] == pytest.approx(BAKHMUT)
    part = geodesy.stretch(course, length_m=10_000, around=(60.0, 48.0))
    assert part.coords[-1] == pytest.approx(course.coords[-1])


def test_a_stretch_as_long_as_its_course_is_the_course() -> None:
    course = straight_course(40)
    part = geodesy.stretch(course, length_m=geodesy.length_m(course))
    assert part.coords[0] == pytest.approx(course.coords[0])
    assert part.coords[-1] == pytest.approx(course.coords[-1])


def test_a_stretch_keeps_the_corners_of_its_course() -> None:
    corner = (38.1, 48.6)
    course = LineString([(38.0, 48.6), corner, (38.1, 48.7)])
    part = geodesy.stretch(course, length_m=8_000, around=corner)
    assert corner in [pytest.approx(vertex) for vertex in part.coords]


def test_a_course_that_is_too_short_is_refused_with_both_lengths() -> None:
    with pytest.raises(LineTooShortError, match="40000 m, expected at least 95000 m"):
        geodesy.stretch(straight_course(40), length_m=95_000)
    with pytest.raises(LineTooShortError):
        geodesy.stretch(LineString(), length_m=1)


@pytest.mark.parametrize("bad", [0.0, -1.0, math.nan, math.inf, -math.inf])
def test_an_impossible_length_makes_no_geometry(bad: float) -> None:
    course = straight_course(40)
    with pytest.raises(ImpossibleLengthError):
        geodesy.ring(*BAKHMUT, radius_m=bad)
    with pytest.raises(ImpossibleLengthError):
        geodesy.ring(*BAKHMUT, radius_m=2000, step_m=bad)
    with pytest.raises(ImpossibleLengthError):
        geodesy.fan(*BAKHMUT, radius_m=bad, bearing_deg=0)
    with pytest.raises(ImpossibleLengthError):
        geodesy.densify(course, max_step_m=bad)
    with pytest.raises(ImpossibleLengthError):
        geodesy.stretch(course, length_m=bad)


@pytest.mark.parametrize("bad", [-0.1, 360.1, math.nan, math.inf])
def test_a_bearing_outside_the_circle_is_refused(bad: float) -> None:
    with pytest.raises(ImpossibleLengthError, match="bearing_deg"):
        geodesy.fan(*BAKHMUT, radius_m=2000, bearing_deg=bad)


@pytest.mark.parametrize("bad", [0.0, -10.0, 360.0, math.nan])
def test_a_fan_without_an_opening_is_refused(bad: float) -> None:
    with pytest.raises(ImpossibleLengthError, match="spread_deg"):
        geodesy.fan(*BAKHMUT, radius_m=2000, bearing_deg=0, spread_deg=bad)


@pytest.mark.parametrize("bad", [90.1, -90.1, math.nan, math.inf])
def test_a_latitude_beyond_the_poles_is_refused(bad: float) -> None:
    with pytest.raises(ImpossibleLengthError, match="lat_deg"):
        geodesy.ring(38, bad, radius_m=2000)
    with pytest.raises(ImpossibleLengthError, match="lat_deg"):
        geodesy.distance_m(38, 48, 38, bad)
    with pytest.raises(ImpossibleLengthError, match="lat_deg"):
        geodesy.stretch(straight_course(40), length_m=1000, around=(38, bad))


def test_a_line_with_a_vertex_beyond_a_pole_is_refused() -> None:
    line = LineString([(38, 48), (38, 95)])
    with pytest.raises(ImpossibleLengthError, match="lat_deg"):
        geodesy.length_m(line)
    with pytest.raises(ImpossibleLengthError, match="lat_deg"):
        geodesy.stretch(line, length_m=1000)


def test_a_ring_that_would_hold_a_pole_is_refused() -> None:
    with pytest.raises(ImpossibleLengthError, match="pole"):
        geodesy.ring(0, -89.99, radius_m=2000)


def test_the_95_kilometres_of_the_soledar_sector_are_95_kilometres() -> None:
    front = geodesy.stretch(soledar_sector(), length_m=95_000, around=SOLEDAR)
    assert geodesy.length_m(front) == pytest.approx(95_000, rel=0.005)
    assert longest_step_m(list(front.coords)) <= 1000 + 1e-3


def test_the_95_kilometres_pass_soledar_and_the_west_of_bakhmut() -> None:
    front = geodesy.stretch(soledar_sector(), length_m=95_000, around=SOLEDAR)
    fine = list(geodesy.densify(front, max_step_m=100).coords)
    # Soledar lay behind the front, which the course passes at 6 km and knows to 3 km.
    assert min(geodesy.distance_m(*SOLEDAR, *vertex[:2]) for vertex in fine) < 7_000
    west = [vertex for vertex in fine if vertex[0] < BAKHMUT[0]]
    assert min(geodesy.distance_m(*BAKHMUT, *vertex[:2]) for vertex in west) < 8_000
