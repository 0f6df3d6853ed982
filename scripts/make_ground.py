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
from ground_courses import CANAL, FLANKS, RAILWAYS, RIVERS, ROADS, SOLEDAR_SECTOR, Line
from ground_origins import ORIGINS, SECTOR_WORDS
from ground_shapes import draw_area, draw_line, draw_town, draw_village
from ground_towns import RESERVOIRS, TOWNS
from shapely.geometry import LineString, MultiPolygon, mapping

GEO: Final = Path(__file__).resolve().parent.parent / "data" / "geo"
RIVER_SWAY_KM: Final = {1: 0.2, 2: 0.12, 3: 0.09}
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


def sectors() -> list[Feature]:
    """Draw the sectors that claims name without end points.

    Returns
    -------
    list of dict
        GeoJSON features with `id`, `name`, `what`, `accuracy_m` and `how_made`.
    """
    areas = {name: draw_area(ring) for name, ring in FLANKS}
    shapes = {
        "soledar-sector": draw_line(SOLEDAR_SECTOR),
        "bakhmut-flanks": MultiPolygon(list(areas.values())),
        **areas,
    }
    return [_feature(shape, id=key, **SECTOR_WORDS[key]) for key, shape in shapes.items()]


def main() -> None:
    """Write every file and say how large it is."""
    made = {
        "settlements": settlements(),
        "rivers": rivers(),
        "waters": waters(),
        "roads": _lines(ROADS),
        "railway": _lines(RAILWAYS),
        "borders": borders(),
        "sectors": sectors(),
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
