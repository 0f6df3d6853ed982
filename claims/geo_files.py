"""Read the sectors and the gazetteer of `data/geo` with json and shapely alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

import geopandas as gpd
import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from claims.errors import BadGeometryFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REMEDY = "Put the file of the repository back, or correct it as data/README.md describes."


def read_sectors(path: Path) -> gpd.GeoDataFrame:
    """Read the features along or in which claims are drawn.

    Parameters
    ----------
    path : Path
        A GeoJSON FeatureCollection in EPSG:4326; each feature has a unique property `id`.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by `id`, EPSG:4326, the other properties as columns.

    Raises
    ------
    BadGeometryFileError
        If the file cannot be read, an id is missing or there twice, or a geometry is empty or
        outside longitude -180 to 180 and latitude -90 to 90. All such features are named.
    """
    ids: list[str] = []
    geometries: list[shapely.Geometry] = []
    rows: list[dict[str, Any]] = []
    faults: list[str] = []
    for position, feature in enumerate(_features(path), start=1):
        properties = feature.get("properties")
        properties = dict(properties) if isinstance(properties, dict) else {}
        name = properties.pop("id", None)
        if not isinstance(name, str) or not name:
            faults.append(f"no id in feature {position}")
            continue
        geometry = _geometry(feature.get("geometry"))
        if name in ids:
            faults.append(f"the id {name!r} twice")
        elif geometry is None:
            faults.append(f"no usable geometry in {name!r}")
        else:
            ids.append(name)
            geometries.append(geometry)
            rows.append(properties)
    if faults:
        expected = "features with an id of their own and a geometry in degrees"
        raise BadGeometryFileError(path.name, "; ".join(faults), expected, REMEDY)
    sectors = gpd.GeoDataFrame(rows, geometry=geometries, index=ids, crs="EPSG:4326")
    return sectors.rename_axis("id")


def read_aliases(path: Path) -> dict[str, tuple[str, ...]]:
    """Read under which names each place is known.

    Parameters
    ----------
    path : Path
        A GeoJSON FeatureCollection whose features have the properties `name` (text) and
        `other_names` (list of text, may be missing).

    Returns
    -------
    dict of str to tuple of str
        From every spelling to all spellings of the places that bear it, each once.

    Raises
    ------
    BadGeometryFileError
        If the file cannot be read or a feature's names are no text.
    """
    aliases: dict[str, tuple[str, ...]] = {}
    for position, feature in enumerate(_features(path), start=1):
        properties = feature.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        others = properties.get("other_names") or []
        spellings = [properties.get("name"), *(others if isinstance(others, list) else [others])]
        if not all(isinstance(spelling, str) and spelling for spelling in spellings):
            found = f"no list of names in feature {position}"
            raise BadGeometryFileError(path.name, found, "name and other_names as text", REMEDY)
        if not isinstance(others, list):
            found = f"other_names of feature {position} that are no list"
            raise BadGeometryFileError(path.name, found, "a list of names", REMEDY)
        for spelling in spellings:
            aliases[spelling] = tuple(dict.fromkeys((*aliases.get(spelling, ()), *spellings)))
    return aliases


def _features(path: Path) -> Iterator[dict[str, Any]]:
    expected = "a GeoJSON FeatureCollection"
    try:
        collection = json.loads(path.read_bytes(), parse_constant=_refuse_constant)
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise BadGeometryFileError(path.name, found, expected, REMEDY) from error
    except (ValueError, RecursionError) as error:
        found = f"no JSON that can be read ({error})"
        raise BadGeometryFileError(path.name, found, expected, REMEDY) from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not all(isinstance(item, dict) for item in features):
        raise BadGeometryFileError(path.name, "JSON without features", expected, REMEDY)
    yield from features


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is no number in JSON"
    raise ValueError(message)


def _geometry(member: object) -> shapely.Geometry | None:
    if not isinstance(member, dict):
        return None
    try:
        geometry = shape(member)
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError):
        return None
    positions = shapely.get_coordinates(geometry)
    inside = np.abs(positions) <= np.array([180.0, 90.0])
    return geometry if len(positions) and bool(inside.all()) else None
