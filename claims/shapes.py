"""The geometry a claim states, true to scale on the ellipsoid, and no more than it states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from shapely import orient_polygons
from shapely.geometry import LineString, MultiPolygon, Point, Polygon

from claims.errors import ImpossibleLengthError, LineTooShortError
from claims.geodesy import fan, ring, stretch
from claims.model import COLUMN_NAMES, NOT_PLACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from claims.load import Record

M_PER_KM: Final = 1000.0
STATED: Final = ("ring", "fan", "line")
"""Shapes a claim states itself; an "area" and a "doubt" circle are ours, about where it lies."""
EXTENTS: Final = (*STATED, "area")
"""Shapes that stand for a claim in an export, where else its point would."""
WITHOUT_DISC: Final = frozenset({"line"})
"""Shapes that are the mark of their claim: a disc beside them would state a second place."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One geometry and the claims that state it.

    Attributes
    ----------
    kind : str
        "ring", "fan", "line", "area" or "doubt".
    claims : tuple of int
        Positions of the claims in the record's frame, ascending.
    geometry : shapely geometry
        EPSG:4326, longitude before latitude.
    size_km : float
        Radius of a ring, fan or doubt circle, length of a line, 0 of an area, in kilometres.
    """

    kind: str
    claims: tuple[int, ...]
    geometry: BaseGeometry
    size_km: float


def is_placed(claims: pd.DataFrame) -> pd.Series[bool]:
    """Tell which claims have an honest point on the map.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `latitude`, `longitude` (degrees, EPSG:4326) and `location_precision`.

    Returns
    -------
    pandas.Series of bool
        False for a blank position and for the precisions region and unplaced.
    """
    located = claims["latitude"].notna() & claims["longitude"].notna()
    return located & ~claims["location_precision"].isin(NOT_PLACED)


def stated_shapes(record: Record) -> tuple[tuple[Shape, ...], tuple[str, ...]]:
    """Build the geometry of every placed claim that states more than a place.

    Claims with the same kind, position, size and direction share one shape.

    Parameters
    ----------
    record : Record
        A loaded record: claims and sectors, both in EPSG:4326.

    Returns
    -------
    tuple of Shape
        Extents first, then the circles of doubt, each in the order of the record.
    tuple of str
        One sentence for each extent that could not be drawn honestly.
    """
    grouped: dict[tuple[object, ...], list[int]] = {}
    for position, claim in _candidates(record.claims):
        for key in _shape_keys(claim, record):
            grouped.setdefault(key, []).append(position)
    shapes: list[Shape] = []
    notices: list[str] = []
    for key, members in grouped.items():
        try:
            geometry, size_km = _build(key, record)
        except (ImpossibleLengthError, LineTooShortError) as error:
            ids = ", ".join(str(record.claims["claim_id"].iloc[i]) for i in members[:3])
            notices.append(f"Not drawn to scale ({ids}): {error}")
            continue
        shapes.append(Shape(str(key[0]), tuple(members), geometry, size_km))
    shapes.sort(key=lambda shape: shape.kind == "doubt")
    return tuple(shapes), tuple(notices)


def geometries(
    claims: pd.DataFrame, shapes: Sequence[Shape], positions: Iterable[int]
) -> Iterator[BaseGeometry | None]:
    """Give the geometry that stands for each claim in a file for others.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `latitude`, `longitude` and `location_precision`.
    shapes : sequence of Shape
        From `stated_shapes`.
    positions : iterable of int
        Which claims, in the order they are wanted.

    Yields
    ------
    shapely geometry or None
        EPSG:4326: the extent the claim states, else its point; None if it is not placed.
    """
    stated: dict[int, BaseGeometry] = {}
    for shape in shapes:
        if shape.kind in EXTENTS:
            for claim in shape.claims:
                stated.setdefault(claim, shape.geometry)
    placed = is_placed(claims).to_numpy(dtype=bool)
    lons, lats = claims["longitude"].array, claims["latitude"].array
    for position in positions:
        if position in stated:
            yield orient_polygons(stated[position])
        elif placed[position]:
            yield Point(float(lons[position]), float(lats[position]))
        else:
            yield None


def kept_claims(claims: pd.DataFrame, keep: NDArray[np.bool_]) -> Iterator[dict[str, Any]]:
    """Give kept claims one by one.

    Parameters
    ----------
    claims : pandas.DataFrame
        Columns of `claims.model.COLUMN_NAMES`, and `said_day`.
    keep : numpy.ndarray of bool, shape (n,)

    Yields
    ------
    dict
        Those columns, and the claim's `position` in the record.
    """
    columns = [*COLUMN_NAMES, "said_day"]
    for values in claims.loc[keep, columns].itertuples(name=None):
        yield dict(zip(("position", *columns), values, strict=True))


def drawn_claims(
    claims: pd.DataFrame, keep: NDArray[np.bool_], shapes: Sequence[Shape]
) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    """Give kept claims one by one beside the geometry that stands for each in a file for others.

    Parameters
    ----------
    claims, keep
        As for `kept_claims`.
    shapes : sequence of Shape
        From `stated_shapes`.

    Yields
    ------
    (dict, shapely geometry or None)
        As `kept_claims` and `geometries`.
    """
    drawn = geometries(claims, shapes, np.flatnonzero(keep).tolist())
    yield from zip(kept_claims(claims, keep), drawn, strict=True)


def _candidates(claims: pd.DataFrame) -> Iterator[tuple[int, dict[str, object]]]:
    # Only rows that can state more than a place: a million plain pins cost nothing here.
    stated = (
        claims["advance_km"].gt(0).fillna(value=False)
        | claims["front_km"].gt(0).fillna(value=False)
        | claims["location_uncertainty_m"].gt(0).fillna(value=False)
        | claims["geometry_id"].ne("")
    )
    rows = claims.loc[
        stated & is_placed(claims),
        [
            "longitude",
            "latitude",
            "advance_km",
            "front_km",
            "bearing_deg",
            "location_uncertainty_m",
            "geometry_id",
        ],
    ]
    names = list(rows.columns)
    for position, *values in rows.itertuples(name=None):
        yield int(position), dict(zip(names, values, strict=True))


def _shape_keys(claim: dict[str, object], record: Record) -> Iterator[tuple[object, ...]]:
    at = (claim["longitude"], claim["latitude"])
    geometry_id = str(claim["geometry_id"])
    feature = record.sectors.geometry.get(geometry_id) if geometry_id else None
    drawn = False
    if _stated(claim["front_km"]) and isinstance(feature, LineString):
        yield ("line", *at, geometry_id, claim["front_km"])
        drawn = True
    elif isinstance(feature, Polygon | MultiPolygon):
        yield ("area", geometry_id)
        drawn = True
    if _stated(claim["advance_km"]):
        if _stated(claim["bearing_deg"], or_zero=True):
            yield ("fan", *at, claim["advance_km"], claim["bearing_deg"])
        else:
            yield ("ring", *at, claim["advance_km"])
    if _stated(claim["location_uncertainty_m"]) and not drawn:
        yield ("doubt", *at, claim["location_uncertainty_m"])


def _stated(value: object, *, or_zero: bool = False) -> bool:
    if value is pd.NA or value is None:
        return False
    number = float(str(value))
    return number > 0 or (or_zero and number == 0)


def _build(key: tuple[object, ...], record: Record) -> tuple[BaseGeometry, float]:
    kind = key[0]
    if kind == "area":
        return record.sectors.geometry[str(key[1])], 0.0
    lon, lat = float(str(key[1])), float(str(key[2]))
    if kind == "line":
        front_km = float(str(key[4]))
        course = record.sectors.geometry[str(key[3])]
        return stretch(course, length_m=front_km * M_PER_KM, around=(lon, lat)), front_km
    size = float(str(key[3]))
    if kind == "ring":
        return ring(lon, lat, radius_m=size * M_PER_KM), size
    if kind == "fan":
        bearing = float(str(key[4]))
        return fan(lon, lat, radius_m=size * M_PER_KM, bearing_deg=bearing), size
    return ring(lon, lat, radius_m=size), size / M_PER_KM
