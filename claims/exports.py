"""Claims as files for others: CSV that no spreadsheet runs, GeoJSON with the true geometry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import numpy as np
import pandas as pd
from shapely.geometry import mapping

from claims.handout import ADDED
from claims.model import COLUMN_NAMES, NUMERIC
from claims.shapes import drawn_claims, kept_claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from claims.handout import Handout
    from claims.shapes import Shape

FORMULA_STARTS: Final = (
    *("=", "+", "-", "@", "\t", "\r", "\n", "\0"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),
)
"""A cell that starts so may run as a formula: OWASP ASVS 5, 1.2.10, and the full-width forms."""
METADATA_SUFFIX: Final = "-metadata.json"
"""W3C, Model for Tabular Data and Metadata on the Web, 5.3."""


def csv_text(
    claims: pd.DataFrame, keep: NDArray[np.bool_], *, handout: Handout | None = None
) -> str:
    """Write kept claims as CSV, every column, safe to open in a spreadsheet.

    Parameters
    ----------
    claims : pandas.DataFrame
        Columns of `claims.model.COLUMN_NAMES`.
    keep : numpy.ndarray of bool, shape (n,)
    handout : Handout, optional
        What the claims are handed out in: then the columns of `ADDED` follow.

    Returns
    -------
    str
        RFC 4180 with a header. A text cell that would run as a formula starts with an apostrophe;
        numbers stay numbers.
    """
    rows = claims.loc[keep, list(COLUMN_NAMES)].copy()
    if handout is not None:
        added = [handout.added(claim) for claim in kept_claims(claims, keep)]
        for name in ADDED:
            rows[name] = pd.Series([one[name] for one in added], index=rows.index, dtype="str")
    return guarded_csv(rows)


def guarded_csv(rows: pd.DataFrame) -> str:
    """Write a table as CSV, safe to open in a spreadsheet.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns of `claims.model.NUMERIC` hold numbers, all others text.

    Returns
    -------
    str
        As `csv_text`.
    """
    safe = rows.copy(deep=False)
    for name in rows.columns:
        if name in NUMERIC:
            continue
        text = rows[name].astype(str)
        safe[name] = text.where(~text.str.startswith(FORMULA_STARTS), "'" + text)
    return str(safe.to_csv(index=False, lineterminator="\r\n"))


def csv_metadata_text(handout: Handout, csv_name: str) -> str:
    """Write the heading of a CSV file, which stands beside it.

    Parameters
    ----------
    handout : Handout
    csv_name : str
        The name of the CSV file, without folders.

    Returns
    -------
    str
        JSON of the W3C's CSV on the Web; programs that know it look for it under the name of the
        CSV file with `METADATA_SUFFIX`, so that the CSV itself stays a plain table.
    """
    heading = handout.heading()
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": quote(csv_name),
        "dc:title": heading["title"],
        "dc:rights": heading["handling"],
        "dc:source": heading["sources"],
        "notes": [heading],
        "tableSchema": {
            "primaryKey": "claim_id",
            "columns": [{"name": name, "titles": name} for name in (*COLUMN_NAMES, *ADDED)],
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def geojson_text(
    claims: pd.DataFrame,
    keep: NDArray[np.bool_],
    shapes: Sequence[Shape],
    *,
    digest: str,
    handout: Handout | None = None,
) -> str:
    """Write kept claims as a GeoJSON FeatureCollection, each with the geometry it states.

    Parameters
    ----------
    claims, keep, shapes, digest, handout
        As `geojson_pieces`.

    Returns
    -------
    str
        RFC 7946. A claim that is not placed has a null geometry; blank cells are null.
    """
    return "".join(geojson_pieces(claims, keep, shapes, digest=digest, handout=handout))


def geojson_pieces(
    claims: pd.DataFrame,
    keep: NDArray[np.bool_],
    shapes: Sequence[Shape],
    *,
    digest: str,
    handout: Handout | None = None,
) -> Iterator[str]:
    """Write as `geojson_text` does, piece by piece, so that a large record needs no more memory.

    Parameters
    ----------
    claims : pandas.DataFrame
        Columns of `claims.model.COLUMN_NAMES`, EPSG:4326.
    keep : numpy.ndarray of bool, shape (n,)
    shapes : sequence of Shape
        From `claims.shapes.stated_shapes`.
    digest : str
        SHA-256 of the file the claims come from.
    handout : Handout, optional
        What the claims are handed out in: its heading is then the member `metadata`, and every
        feature has the properties of `ADDED`.

    Yields
    ------
    str
        The beginning, a feature each, and the end.
    """
    start: dict[str, object] = {"type": "FeatureCollection", "digest": digest}
    if handout is not None:
        start["metadata"] = handout.heading()
    yield _json(start)[:-1] + ', "features": ['
    between = ""
    for claim, geometry in drawn_claims(claims, keep, shapes):
        properties = {name: _json_value(claim[name]) for name in COLUMN_NAMES}
        if handout is not None:
            properties |= {name: value or None for name, value in handout.added(claim).items()}
        feature = {
            "type": "Feature",
            "id": properties["claim_id"],
            "geometry": mapping(geometry) if geometry is not None else None,
            "properties": properties,
        }
        yield between + _json(feature)
        between = ", "
    yield "]}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _json_value(value: Any) -> Any:  # noqa: ANN401  (a cell of a frame)
    if value is pd.NA or value is None or value == "":
        return None
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, np.floating):
        return float(value)
    return value
