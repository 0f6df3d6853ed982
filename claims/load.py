"""Load a file of claims and the ground's names into checked frames in EPSG:4326."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.faults import CELL_MAX_CHARACTERS
from claims.geo_files import read_aliases, read_sectors
from claims.model import BY_NAME, COLUMN_NAMES, DAYS
from claims.opening import fetch_bytes, refuse_other_formats
from claims.parquet import read_parquet_table
from claims.reading import read_csv_table
from claims.sheet import Sheet
from claims.validate import check_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

    from claims.errors import Problem

SECTORS_FILE: Final = "sectors.geojson"
PLACES_FILE: Final = "places.geojson"
SEARCHED: Final = (
    "proposition",
    "statement",
    "quote",
    "claimant",
    "role",
    "organisation",
    "place",
    "outlet",
    "note",
)
"""The columns that the free-text filter looks through, `place` under all its names."""
_BATCH_ROWS: Final = 65_536
_NEITHER_ASCII_NOR_CYRILLIC: Final = r"[^\x00-\x7F\x{400}-\x{4FF}]"


@dataclass(frozen=True, slots=True)
class Record:
    """A checked file of claims and what is needed to draw it.

    Attributes
    ----------
    claims : pandas.DataFrame
        The good rows, index 0 to n-1: the columns of `model.COLUMN_NAMES` (text as str with ""
        for a blank, numbers Float64, whole numbers Int64), `row` (int64, row number in the
        file), the days of `model.DAYS` (Int32, whole days since 1970-01-01 of the local date
        as written, <NA> where not stated) and `search_text` (casefolded).
    problems : tuple of Problem
        Every fault found; errors name the rows left out, warnings rows that are kept.
    rows_read : int
        Rows of the file that hold something, good or bad.
    digest : str
        SHA-256 of the file's bytes, 64 hexadecimal digits.
    name : str
        The file's name without folders.
    sectors : geopandas.GeoDataFrame
        The features of `sectors.geojson`, indexed by `id`, EPSG:4326.
    aliases : mapping of str to tuple of str
        From every spelling of a place to all its spellings.
    """

    claims: pd.DataFrame
    problems: tuple[Problem, ...]
    rows_read: int
    digest: str
    name: str
    sectors: gpd.GeoDataFrame
    aliases: Mapping[str, tuple[str, ...]]


def load_record(path: Path, *, geo: Path) -> Record:
    """Read and check a file of claims.

    Parameters
    ----------
    path : Path
        A CSV file, or a Parquet file if its name ends in `.parquet`.
    geo : Path
        The folder with `sectors.geojson` and `places.geojson`, both in EPSG:4326.

    Returns
    -------
    Record

    Raises
    ------
    UnreadableFileError
        If the file cannot be read as a table of claims at all.
    BadGeometryFileError
        If one of the two geo files is missing or broken.
    """
    data = fetch_bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    if path.suffix.lower() == ".parquet":
        text = read_parquet_table(data, path.name)
    else:
        refuse_other_formats(data, path.name)
        text = read_csv_table(data, path.name)
    del data
    sectors = read_sectors(geo / SECTORS_FILE)
    aliases = read_aliases(geo / PLACES_FILE)
    sheet = Sheet(text.table, text.rows, frozenset(sectors.index))
    problems = sorted((*text.problems, *check_sheet(sheet)), key=lambda problem: problem.row)
    bad_rows = [problem.row for problem in problems if problem.severity == "error"]
    good = ~np.isin(text.rows, bad_rows)
    if not good.all():
        table = text.table[good].reset_index(drop=True)
        sheet = Sheet(table, text.rows[good], None)
    claims = make_claims(sheet, aliases)
    return Record(claims, tuple(problems), text.rows_read, digest, path.name, sectors, aliases)


def make_claims(sheet: Sheet, aliases: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """Give the text of rows without an error its types.

    Parameters
    ----------
    sheet : Sheet
        Rows without an error, the table's index 0 to n-1.
    aliases : mapping of str to tuple of str
        From every spelling of a place to all its spellings.

    Returns
    -------
    pandas.DataFrame
        As `Record.claims` says.
    """
    columns: dict[str, Any] = {}
    for name in COLUMN_NAMES:
        kind = BY_NAME[name].kind
        if kind in {"number", "whole"}:
            columns[name] = _numbers(sheet.numbers(name), whole=kind == "whole")
        elif kind == "code":
            columns[name] = _known_codes(sheet, name)
        else:
            columns[name] = _cut(sheet, name)
    columns["row"] = sheet.rows
    columns |= dict(zip(DAYS, _days(sheet), strict=True))
    columns["search_text"] = _search_text(sheet, aliases)
    return pd.DataFrame(columns, copy=False)


def _numbers(values: np.ndarray, *, whole: bool) -> Any:  # noqa: ANN401  (a pandas array)
    blank = np.isnan(values)
    if whole:
        return pd.arrays.IntegerArray(np.where(blank, 0, values).astype(np.int64), blank)
    return pd.arrays.FloatingArray(values.copy(), blank)


def _known_codes(sheet: Sheet, name: str) -> pd.Series[str]:
    column = _as_text(sheet.table[name])
    allowed = BY_NAME[name].allowed
    if {"", *allowed}.issuperset(sheet.cells(name).texts.to_pylist()):
        return column
    return column.where(column.isin(allowed), "")


def _cut(sheet: Sheet, name: str) -> pd.Series[str]:
    column = _as_text(sheet.table[name])
    longest = pc.max(pc.utf8_length(sheet.cells(name).texts)).as_py() or 0
    return column if longest <= CELL_MAX_CHARACTERS else column.str.slice(0, CELL_MAX_CHARACTERS)


def _as_text(column: pd.Series) -> pd.Series[str]:
    # Only what held a lone surrogate is not text yet.
    return column.astype("str") if column.dtype == object else column


def _days(sheet: Sheet) -> list[Any]:
    said, start, end = (sheet.days_by_row(name) for name in ("said_on", "event_start", "event_end"))
    first = np.where(start.exists, start.day, end.day)
    last = np.where(end.exists, end.day, start.day)
    neither = ~(start.exists | end.exists)
    return [
        pd.arrays.IntegerArray(day.astype(np.int32), blank)
        for day, blank in ((said.day, ~said.exists), (first, neither), (last, neither.copy()))
    ]


def _search_text(sheet: Sheet, aliases: Mapping[str, tuple[str, ...]]) -> pd.Series[str]:
    """Join what can be searched, a line each so that no phrase runs over two columns."""
    parts = []
    for name in SEARCHED:
        cells = sheet.cells(name)
        texts = cells.texts
        if name == "place":
            texts = pa.array(
                ["\n".join(_spellings(place, aliases)) for place in texts.to_pylist()],
                pa.large_string(),
            )
        parts.append((_casefold(texts), cells.codes))
    batches = []
    line_end = pa.scalar("\n", pa.large_string())
    for start in range(0, len(sheet.rows), _BATCH_ROWS):
        batch = [
            folded.take(pa.array(codes[start : start + _BATCH_ROWS])) for folded, codes in parts
        ]
        batches.append(pc.binary_join_element_wise(*batch, line_end, null_handling="skip"))
    joined = pa.chunked_array(batches, pa.large_string())
    return pd.Series(pd.array(joined, dtype="str"))


def _spellings(place: str, aliases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((place, *aliases.get(place, ()))))


def _casefold(texts: Any) -> Any:  # noqa: ANN401  (pyarrow carries no types)
    """Casefold, with a blank as null.

    Arrow has no casefold; for Latin without accents and Cyrillic it is the same as lower case.
    """
    texts = pc.if_else(pc.equal(texts, ""), None, texts)
    rest = pc.match_substring_regex(texts, _NEITHER_ASCII_NOR_CYRILLIC)
    folded = [text.casefold() for text in pc.filter(texts, rest).to_pylist()]
    return pc.replace_with_mask(
        pc.utf8_lower(texts),
        pc.fill_null(rest, pa.scalar(value=False)),
        pa.array(folded, pa.large_string()),
    )
