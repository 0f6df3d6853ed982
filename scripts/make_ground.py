"""Write `data/geo/*.geojson` and their origins from the hand-read courses.

`places.geojson` is read, not written: it holds the gazetteer's points, from which the built-up
shapes take their positions.

Run as `python scripts/make_ground.py`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from ground_borders import OBLAST_BORDERS, STATE_BORDER
from ground_courses import CANAL, RAILWAYS, RIVERS, ROADS, SOLEDAR_SECTOR, Line
from ground_origins import ORIGINS, SECTOR_WORDS
from ground_quarters import areas, label_point, reach_m
from ground_shapes import draw_area, draw_line, draw_town, draw_village
from ground_towns import RESERVOIRS, TOWNS
from shapely.geometry import LineString, mapping, shape

GEO: Final = Path(__file__).resolve().parent.parent / "data" / "geo"
RIVER_SWAY_KM: Final = {1: 0.2, 2: 0.12, 3: 0.09}
SETTLEMENT_KINDS: Final = frozenset({"city", "town", "village"})
VILLAGE_KM: Final = {2: 0.9, 3: 0.58, 4: 0.43}

Feature = dict[str, Any]


def _feature(shape: Any, **properties: Any) -> Feature:  # noqa: ANN401  # any shapely geometry
    return {"type": "Feature", "properties": properties, "geometry": mapping(shape)}


def _lines(lines: tuple[Line, ...]) -> list[Feature]:
    return [
        _feature(draw_line(line.course), name=line.name, ref=line.ref, rank=line.rank)
        for line in sorted(lines, key=lambda line: -line.rank)
    ]


def settlements() -> list[Feature]:
    """Draw every place as a built-up shape: towns from circles, villages as patches.

    Returns
    -------
    list of dict
        GeoJSON features with `name`, `rank` and `drawn` (town or village).
    """
    places = json.loads((GEO / "places.geojson").read_text(encoding="utf-8"))["features"]
    drawn: list[Feature] = []
    for number, place in enumerate(places):
        if place["properties"]["kind"] not in SETTLEMENT_KINDS:
            continue
        name, rank = place["properties"]["name"], place["properties"]["rank"]
        lon, lat = place["geometry"]["coordinates"]
        is_town = name in TOWNS and place["properties"]["kind"] != "village"
        shape = (
            draw_town((lon, lat), TOWNS[name])
            if is_town
            else draw_village((lon, lat), VILLAGE_KM[rank], seed=number)
        )
        drawn.append(_feature(shape, name=name, rank=rank, drawn="town" if is_town else "village"))
    return drawn


def rivers() -> list[Feature]:
    """Draw the rivers with their meanders.

    Returns
    -------
    list of dict
        GeoJSON line features with `name`, `ref` and `rank`.
    """
    return [
        _feature(
            draw_line(line.course, sway_km=RIVER_SWAY_KM[line.rank], seed=number),
            name=line.name,
            ref="",
            rank=line.rank,
        )
        for number, line in enumerate(RIVERS)
    ]


def waters() -> list[Feature]:
    """Draw the canal and the standing waters.

    Returns
    -------
    list of dict
        GeoJSON features with `name` and `kind` (canal or reservoir).
    """
    canal = _feature(draw_line(CANAL), name="Siverskyi Donets-Donbas canal", kind="canal")
    lakes = [_feature(draw_area(ring), name=name, kind="reservoir") for name, ring in RESERVOIRS]
    return [canal, *lakes]


def borders() -> list[Feature]:
    """Take the borders from Natural Earth's positions, unsmoothed.

    Returns
    -------
    list of dict
        GeoJSON line features with `name` and `kind` (oblast or state).
    """
    state = _feature(LineString(STATE_BORDER), name="Ukraine / Russia", kind="state")
    oblasts = [
        _feature(LineString(positions), name=name, kind="oblast")
        for name, positions in OBLAST_BORDERS
    ]
    return [state, *oblasts]


def sectors(city: Feature, river: Feature) -> list[Feature]:
    """Draw the sectors and areas that claims name without end points.

    Parameters
    ----------
    city, river : dict
        The features of Bakhmut and of the Bakhmutka as drawn.

    Returns
    -------
    list of dict
        GeoJSON features with `id`, `name`, `what`, `accuracy_m` and `how_made`; the areas also
        with `point` (longitude and latitude at which their claims carry their count) and
        `uncertainty_m` (how far they reach from it).
    """
    course = _feature(
        draw_line(SOLEDAR_SECTOR), id="soledar-sector", **SECTOR_WORDS["soledar-sector"]
    )
    drawn = [course]
    for name, area in areas(shape(city["geometry"]), shape(river["geometry"])).items():
        point = label_point(name, area)
        where = {"point": point, "uncertainty_m": reach_m(point, area)}
        drawn.append(_feature(area, id=name, **SECTOR_WORDS[name], **where))
    return drawn


def _named(features: list[Feature], name: str) -> Feature:
    return next(feature for feature in features if feature["properties"]["name"] == name)


def main() -> None:
    """Write every file and say how large it is."""
    towns, streams = settlements(), rivers()
    made = {
        "settlements": towns,
        "rivers": streams,
        "waters": waters(),
        "roads": _lines(ROADS),
        "railway": _lines(RAILWAYS),
        "borders": borders(),
        "sectors": sectors(_named(towns, "Bakhmut"), _named(streams, "Bakhmutka")),
    }
    for name, features in made.items():
        rows = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
        text = f'{{"type": "FeatureCollection", "name": "{name}", "features": [\n{rows}\n]}}\n'
        (GEO / f"{name}.geojson").write_text(text, encoding="utf-8")
        print(f"{name}: {len(features)} features, {len(text) / 1000:.0f} kB")
    for name, origin in ORIGINS.items():
        text = json.dumps(origin, ensure_ascii=False, indent=2) + "\n"
        (GEO / f"{name}.origin.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
