"""The bundled ground says the truth about itself and about the main facts of the place."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyproj import Geod
from shapely.geometry import LineString, Point, shape
from shapely.ops import nearest_points

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GEO = Path(__file__).resolve().parent.parent / "data" / "geo"
NAMES = ("places", "settlements", "rivers", "waters", "roads", "railway", "borders", "sectors")
GEOD = Geod(ellps="WGS84")
VILLAGES = {
    "Klishchiivka": (48.528, 37.958),
    "Bohdanivka": (48.617, 37.896),
    "Yahidne": (48.630, 37.982),
    "Berkhivka": (48.647, 37.961),
    "Paraskoviivka": (48.661, 37.998),
    "Ozarianivka": (48.450, 37.955),
    "Andriivka": (48.501, 37.968),
    "Hryhorivka": (48.642, 37.859),
    "Orikhovo-Vasylivka": (48.680, 37.880),
    "Dubovo-Vasylivka": (48.650, 37.931),
    "Zaliznianske": (48.701, 37.946),
    "Vasiukivka": (48.740, 37.995),
    "Rozdolivka": (48.755, 38.081),
    "Kurdiumivka": (48.468, 37.957),
    "Stupochky": (48.537, 37.827),
    "Mykolaivka": (48.578, 37.797),
}


def _features(name: str) -> list[dict[str, Any]]:
    collection = json.loads((GEO / f"{name}.geojson").read_text(encoding="utf-8"))
    features: list[dict[str, Any]] = collection["features"]
    return features


def _shape(name: str, key: str, value: str) -> BaseGeometry:
    [feature] = [f for f in _features(name) if f["properties"][key] == value]
    return shape(feature["geometry"])


def _places(name: str) -> list[Point]:
    return [
        Point(feature["geometry"]["coordinates"])
        for feature in _features("places")
        if feature["properties"]["name"] == name
    ]


def _km_between(one: BaseGeometry, other: BaseGeometry) -> float:
    near, far = nearest_points(one, other)
    return float(GEOD.inv(near.x, near.y, far.x, far.y)[2]) / 1000


@pytest.mark.parametrize("name", NAMES)
def test_every_shape_is_valid_and_lies_in_eastern_ukraine(name: str) -> None:
    for feature in _features(name):
        drawn = shape(feature["geometry"])
        west, south, east, north = drawn.bounds
        assert drawn.is_valid, feature["properties"]
        assert not drawn.is_empty
        assert west >= 34.5, feature["properties"]
        assert east <= 41.5, feature["properties"]
        assert south >= 47.0, feature["properties"]
        assert north <= 50.5, feature["properties"]


@pytest.mark.parametrize("name", NAMES)
def test_every_file_says_where_it_comes_from_and_how_accurate_it_is(name: str) -> None:
    origin = json.loads((GEO / f"{name}.origin.json").read_text(encoding="utf-8"))
    assert set(origin) == {"title", "what", "from", "accuracy_m", "how_made", "made_on"}
    assert origin["accuracy_m"] >= 500
    assert origin["from"]
    for source in origin["from"]:
        assert "CC BY 4.0" in source or "public domain" in source or "by hand" in source


def test_no_file_lies_there_without_an_origin() -> None:
    files = {path.name.removesuffix(".geojson") for path in GEO.glob("*.geojson")}
    origins = {path.name.removesuffix(".origin.json") for path in GEO.glob("*.origin.json")}
    assert files == origins == set(NAMES)


def test_the_whole_ground_stays_under_600_kilobytes() -> None:
    assert sum(path.stat().st_size for path in GEO.iterdir()) < 600_000


@pytest.mark.parametrize("name", ["rivers", "roads", "railway"])
def test_drawn_lines_bend_gently_instead_of_zigzagging(name: str) -> None:
    for feature in _features(name):
        points = feature["geometry"]["coordinates"]
        bearings = [GEOD.inv(*start, *end)[0] for start, end in pairwise(points)]
        turns = [abs((after - before + 180) % 360 - 180) for before, after in pairwise(bearings)]
        sharp = [turn for turn in turns if turn > 60]
        assert len(sharp) <= 2, (feature["properties"], sharp)


def test_bakhmut_and_soledar_stand_where_the_gazetteer_has_them() -> None:
    assert _places("Bakhmut") == [Point(38.0005, 48.5956)]
    assert _km_between(_places("Soledar")[0], Point(38.0895, 48.6834)) < 0.1


@pytest.mark.parametrize("name", VILLAGES)
def test_the_villages_the_gazetteer_lacks_are_there(name: str) -> None:
    lat, lon = VILLAGES[name]
    assert any(abs(p.x - lon) < 0.02 and abs(p.y - lat) < 0.02 for p in _places(name))


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ("Artyomovsk", "Bakhmut"),
        ("Artemivsk", "Bakhmut"),
        ("Артемовск", "Bakhmut"),
        ("Chasov Yar", "Chasiv Yar"),
        ("Часов Яр", "Chasiv Yar"),
        ("Клещеевка", "Klishchiivka"),
    ],
)
def test_the_other_spelling_of_a_place_leads_to_it_alone(other: str, name: str) -> None:
    found = {
        feature["properties"]["name"]
        for feature in _features("places")
        if other in feature["properties"]["other_names"]
    }
    assert found == {name}


def test_every_place_says_its_rank_source_and_uncertainty() -> None:
    features = _features("places")
    assert 60 <= len(features) <= 150
    for feature in features:
        properties = feature["properties"]
        assert properties["kind"] in {"city", "town", "village", "landmark", "water"}
        assert properties["rank"] in {1, 2, 3, 4}
        assert 7 <= properties["min_zoom"] <= 13
        assert properties["uncertainty_m"] >= 500
        assert properties["source"]
        assert properties["population"] is None or properties["population"] > 0
    firsts = [f["properties"]["name"] for f in features if f["properties"]["rank"] == 1]
    assert firsts == ["Bakhmut", "Soledar"]


def test_the_m03_passes_bakhmut_within_one_and_a_half_kilometres_of_its_edge() -> None:
    road, city = _shape("roads", "ref", "M03"), _shape("settlements", "name", "Bakhmut")
    assert _km_between(road, city) < 1.5


@pytest.mark.parametrize(
    ("ref", "town"),
    [
        ("M03", "Sloviansk"),
        ("M03", "Debaltseve"),
        ("H32", "Kostiantynivka"),
        ("H32", "Bakhmut"),
        ("H32", "Popasna"),
        ("H20", "Kramatorsk"),
        ("H20", "Druzhkivka"),
        ("T 05 13", "Siversk"),
        ("T 05 13", "Bakhmut"),
        ("T 05 13", "Horlivka"),
        ("T 13 02", "Bakhmut"),
        ("T 13 02", "Lysychansk"),
    ],
)
def test_a_road_runs_through_the_towns_it_joins(ref: str, town: str) -> None:
    assert _shape("roads", "ref", ref).intersects(_shape("settlements", "name", town))


def test_the_bakhmutka_runs_through_bakhmut_past_soledar_into_the_donets() -> None:
    river = _shape("rivers", "name", "Bakhmutka")
    assert isinstance(river, LineString)
    assert river.intersects(_shape("settlements", "name", "Bakhmut"))
    assert _km_between(river, _places("Bakhmut")[0]) < 2
    assert _km_between(river, _shape("settlements", "name", "Soledar")) < 3
    beside = nearest_points(river, _places("Soledar")[0])[0]
    assert beside.x < _places("Soledar")[0].x, "Soledar lies east of the river"
    mouth = Point(river.coords[-1])
    assert _km_between(mouth, _shape("rivers", "name", "Siverskyi Donets")) < 0.6
    assert _km_between(mouth, _places("Dronivka")[0]) < 3


def test_the_soledar_sector_is_long_enough_to_cut_95_kilometres_from_its_middle() -> None:
    sector = _shape("sectors", "id", "soledar-sector")
    assert isinstance(sector, LineString)
    assert GEOD.geometry_length(sector) / 1000 >= 110
    middle = sector.interpolate(0.5, normalized=True)
    assert _km_between(middle, _places("Bakhmut")[0]) < 20
    assert _km_between(middle, _places("Soledar")[0]) < 20


def test_the_sector_says_that_it_is_nobodys_front_line() -> None:
    [sector] = [f for f in _features("sectors") if f["properties"]["id"] == "soledar-sector"]
    words = sector["properties"]
    assert words["accuracy_m"] == 3000
    assert "not a front line anyone certified" in words["what"]
    assert "no end points" in words["what"]


def test_the_flanks_lie_on_both_sides_of_the_city_centre() -> None:
    flanks = _shape("sectors", "id", "bakhmut-flanks")
    north = _shape("sectors", "id", "bakhmut-north-flank")
    south = _shape("sectors", "id", "bakhmut-south-flank")
    assert flanks.geom_type == "MultiPolygon"
    assert north.bounds[1] > _places("Bakhmut")[0].y > south.bounds[3]
    assert north.contains(_places("Berkhivka")[0])
    assert south.contains(_places("Klishchiivka")[0])


AREAS = [f for f in _features("sectors") if f["geometry"]["type"] != "LineString"]
area_of = pytest.mark.parametrize("area", AREAS, ids=lambda area: area["properties"]["id"])
QUARTERS = ("east", "centre", "north", "north-west", "west", "south", "south-west", "litak")


@area_of
def test_an_area_says_that_it_is_our_generalisation_and_that_no_claim_draws_it(
    area: dict[str, Any],
) -> None:
    words = area["properties"]
    assert words["name"]
    assert words["what"].startswith("Generalised area: ")
    assert "This project's generalisation" in words["how_made"]
    assert "The claims draw no area." in words["how_made"]
    assert 1000 <= words["accuracy_m"] <= 3000


@area_of
def test_the_doubt_of_an_area_takes_in_all_of_it_and_little_more(area: dict[str, Any]) -> None:
    lon, lat = area["properties"]["point"]
    parts = shape(area["geometry"])
    corners = [xy for part in getattr(parts, "geoms", [parts]) for xy in part.exterior.coords]
    farthest_m = max(GEOD.inv(lon, lat, *xy)[2] for xy in corners)
    assert farthest_m <= area["properties"]["uncertainty_m"] < farthest_m + 500


@area_of
def test_the_count_of_an_area_stands_in_it_or_between_its_two_parts(area: dict[str, Any]) -> None:
    outline, point = shape(area["geometry"]), Point(area["properties"]["point"])
    assert outline.convex_hull.contains(point)
    assert outline.contains(point) or outline.geom_type == "MultiPolygon"


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_quarter_lies_in_the_city(quarter: str) -> None:
    city = _shape("settlements", "name", "Bakhmut").buffer(0.006)
    area = _shape("sectors", "id", f"bakhmut-{quarter}")
    assert area.intersection(city).area > 0.85 * area.area


def test_the_river_parts_the_east_of_the_city_from_its_centre_and_west() -> None:
    river = _shape("rivers", "name", "Bakhmutka")
    east = _shape("sectors", "id", "bakhmut-east")
    for quarter in ("centre", "west", "north-west"):
        area = _shape("sectors", "id", f"bakhmut-{quarter}")
        assert area.intersection(east).area < 0.02 * area.area
        beside = nearest_points(river, area.centroid)[0]
        assert area.centroid.x < beside.x
    assert east.centroid.x > nearest_points(river, east.centroid)[0].x


def test_the_litak_quarter_holds_the_monument_it_is_named_for() -> None:
    litak = _shape("sectors", "id", "bakhmut-litak")
    assert litak.contains(_places("MiG-17 monument, Bakhmut")[0])


def test_the_road_strips_join_the_towns_they_are_named_for() -> None:
    for road, towns in (
        ("chasiv-yar-road", ("Chasiv Yar", "Khromove", "Bakhmut")),
        ("kostiantynivka-road", ("Kostiantynivka", "Ivanivske", "Bakhmut")),
    ):
        strip = _shape("sectors", "id", road)
        for town in towns:
            assert strip.intersects(_shape("settlements", "name", town)), (road, town)
