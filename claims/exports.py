"""Claims as files for others: CSV that no spreadsheet runs, GeoJSON with the true geometry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from shapely import orient_polygons
from shapely.geometry import Point, mapping

from claims.model import COLUMN_NAMES, NUMERIC
from claims.shapes import EXTENTS, Shape, is_placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

FORMULA_STARTS: Final = (
    *("=", "+", "-", "@", "\t", "\r", "\n", "\0"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),
)
"""A cell that starts so may run as a formula: OWASP ASVS 5, 1.2.10, and the full-width forms."""


def csv_text(claims: pd.DataFrame, keep: NDArray[np.bool_]) -> str:
    """Write kept claims as CSV, every column, safe to open in a spreadsheet.

    Parameters
    ----------
    claims : pandas.DataFrame
        Columns of `claims.model.COLUMN_NAMES`.
    keep : numpy.ndarray of bool, shape (n,)

    Returns
    -------
    str
        RFC 4180 with a header. A text cell that would run as a formula starts with an apostrophe;
        numbers stay numbers.
    """
    rows = claims.loc[keep, list(COLUMN_NAMES)].copy()
    for name in COLUMN_NAMES:
        if name in NUMERIC:
            continue
        text = rows[name].astype(str)
        rows[name] = text.where(~text.str.startswith(FORMULA_STARTS), "'" + text)
    return str(rows.to_csv(index=False, lineterminator="\r\n"))


def geojson_text(
    claims: pd.DataFrame, keep: NDArray[np.bool_], shapes: Sequence[Shape], *, digest: str
) -> str:
    """Write kept claims as a GeoJSON FeatureCollection, each with the geometry it states.

    Parameters
    ----------
    claims : pandas.DataFrame
        Columns of `claims.model.COLUMN_NAMES`, EPSG:4326.
    keep : numpy.ndarray of bool, shape (n,)
    shapes : sequence of Shape
        From `claims.shapes.stated_shapes`.
    digest : str
        SHA-256 of the file the claims come from.

    Returns
    -------
    str
        RFC 7946. A claim that is not placed has a null geometry; blank cells are null.
    """
    stated: dict[int, BaseGeometry] = {}
    for shape in shapes:
        if shape.kind in EXTENTS:
            for claim in shape.claims:
                stated.setdefault(claim, shape.geometry)
    placed = is_placed(claims).to_numpy(dtype=bool)
    lons, lats = claims["longitude"].array, claims["latitude"].array
    rows = claims.loc[keep, list(COLUMN_NAMES)]
    features = []
    for position, *values in rows.itertuples(name=None):
        properties = {
            name: _json_value(value) for name, value in zip(COLUMN_NAMES, values, strict=True)
        }
        geometry = stated.get(position)
        if geometry is None and placed[position]:
            geometry = Point(float(lons[position]), float(lats[position]))
        features.append(
            {
                "type": "Feature",
                "id": properties["claim_id"],
                "geometry": mapping(orient_polygons(geometry)) if geometry is not None else None,
                "properties": properties,
            }
        )
    collection = {"type": "FeatureCollection", "digest": digest, "features": features}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False)


def _json_value(value: object) -> object:
    if value is pd.NA or value is None or value == "":
        return None
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, np.floating):
        return float(value)
    return value
