"""What `data/geo` holds for the ground: layers with their CSS classes, names, credits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from claims.errors import BadGeometryFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOUNDS: Final = {"west": 34.5, "south": 47.1, "east": 41.5, "north": 50.2}
GRATICULE_MINUTES: Final = {"cm-graticule": 10, "cm-graticule cm-graticule-half": 30}
FILES: Final = (
    "settlements",
    "waters",
    "rivers",
    "borders",
    "railway",
    "roads",
    "places",
    "sectors",
)
REGIONS: Final = (
    ("Donetsk oblast", 48.36, 37.56),
    ("Luhansk oblast", 48.83, 38.68),
    ("Kharkiv oblast", 49.25, 36.72),
)
"""Names of oblasts and where they are written: name, latitude, longitude."""


def _read(geo: Path, name: str) -> dict[str, Any]:
    path = geo / f"{name}.geojson"
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadGeometryFileError(
            where=path.name,
            found=type(error).__name__,
            expected="a readable GeoJSON file",
            remedy="Restore the file from the repository.",
        ) from error
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise BadGeometryFileError(
            where=path.name,
            found="something else",
            expected="a FeatureCollection",
            remedy="Restore the file from the repository.",
        )
    return collection


def _graticule(minutes: int) -> list[dict[str, Any]]:
    """Meridians and parallels at every so many minutes over `BOUNDS`."""
    west, east, south, north = (BOUNDS[side] for side in ("west", "east", "south", "north"))
    lons = [minute / 60 for minute in range(round(west * 60), round(east * 60), minutes)]
    lats = [minute / 60 for minute in range(round(south * 60), round(north * 60), minutes)]
    lines = [[[round(lon, 4), south], [round(lon, 4), north]] for lon in lons]
    lines += [[[west, round(lat, 4)], [east, round(lat, 4)]] for lat in lats]
    return [{"geometry": {"type": "LineString", "coordinates": line}} for line in lines]


def ground_layers(geo: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the layers of the ground from the lowest to the highest.

    Parameters
    ----------
    geo : pathlib.Path
        The folder `data/geo`, EPSG:4326.

    Yields
    ------
    (str, list of dict)
        The CSS classes of a layer and its GeoJSON features.

    Raises
    ------
    BadGeometryFileError
        If a file cannot be read.
    """

    def some(name: str, key: str, value: object) -> list[dict[str, Any]]:
        return [f for f in features[name] if f["properties"][key] == value]

    features = {name: _read(geo, name)["features"] for name in FILES}
    for classes, minutes in GRATICULE_MINUTES.items():
        yield classes, _graticule(minutes)
    for drawn in ("village", "town"):
        yield f"cm-built cm-built-{drawn}", some("settlements", "drawn", drawn)
    yield "cm-lake", some("waters", "kind", "reservoir")
    yield "cm-canal", some("waters", "kind", "canal")
    for rank in (3, 2, 1):
        yield f"cm-river cm-river-{rank}", some("rivers", "rank", rank)
    for kind in ("oblast", "state"):
        yield f"cm-border cm-border-{kind}", some("borders", "kind", kind)
    yield "cm-rail", features["railway"]
    yield "cm-rail-ticks", features["railway"]
    for part in ("casing", "fill"):
        for rank in (3, 2, 1):
            yield f"cm-road cm-road-{part} cm-road-{rank}", some("roads", "rank", rank)


def ground_places(geo: Path) -> list[dict[str, Any]]:
    """List the places as the name layer wants them.

    Parameters
    ----------
    geo : pathlib.Path
        The folder `data/geo`, EPSG:4326.

    Returns
    -------
    list of dict
        `name`, `lat`, `lon` (degrees), `rank`, `minZoom`, `kind`, most important first.
    """
    return [
        {
            "name": place["properties"]["name"],
            "lat": place["geometry"]["coordinates"][1],
            "lon": place["geometry"]["coordinates"][0],
            "rank": place["properties"]["rank"],
            "minZoom": place["properties"]["min_zoom"],
            "kind": place["properties"]["kind"],
        }
        for place in _read(geo, "places")["features"]
    ]


def ground_names(geo: Path) -> list[dict[str, Any]]:
    """List what is written along lines and across oblasts.

    Parameters
    ----------
    geo : pathlib.Path
        The folder `data/geo`, EPSG:4326.

    Returns
    -------
    list of dict
        `name`, `kind` (water, road or region), `rank` and `points` ([lat, lon], degrees).
    """
    named: list[dict[str, Any]] = []
    for file, kind, key in (
        ("rivers", "water", "name"),
        ("waters", "water", "name"),
        ("roads", "road", "ref"),
    ):
        for feature in _read(geo, file)["features"]:
            text, shape = feature["properties"].get(key), feature["geometry"]
            if not text or shape["type"] != "LineString":
                continue
            every = shape["coordinates"][:: 3 if kind == "water" else 1]
            points = [[round(lat, 3), round(lon, 3)] for lon, lat in every]
            rank = feature["properties"].get("rank", 3)
            named.append({"name": text, "kind": kind, "rank": rank, "points": points})
    named += [
        {"name": name, "kind": "region", "rank": 1, "points": [[lat, lon]]}
        for name, lat, lon in REGIONS
    ]
    return named


def credits(geo: Path) -> list[dict[str, Any]]:  # noqa: A001  # the word for it on a map
    """Say for each file of the ground where it comes from.

    Parameters
    ----------
    geo : pathlib.Path
        The folder `data/geo`.

    Returns
    -------
    list of dict
        One per file, in drawing order, with `title`, `what`, `from` (sources with licence),
        `accuracy_m`, `how_made` and `made_on`.

    Raises
    ------
    BadGeometryFileError
        If an origin file cannot be read.
    """
    return [_read_origin(geo, name) for name in FILES]


def _read_origin(geo: Path, name: str) -> dict[str, Any]:
    path = geo / f"{name}.origin.json"
    try:
        origin: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadGeometryFileError(
            where=path.name,
            found=type(error).__name__,
            expected="a readable origin file",
            remedy="Restore the file from the repository.",
        ) from error
    return origin
