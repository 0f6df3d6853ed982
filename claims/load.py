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
from claims.memory import give_back, keep_little
from claims.model import BY_NAME, COLUMN_NAMES, DAYS, KINDS, OWN_TEXTS, SIDES, STANDINGS
from claims.opening import fetch_bytes, refuse_other_formats, too_large
from claims.parquet import read_parquet_table
from claims.progress import Meter
from claims.reading import read_csv_table
from claims.sheet import Sheet
from claims.texts import FEW_ROWS, category_series, uses_all
from claims.validate import check_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

    from claims.errors import Problem
    from claims.progress import Progress

SECTORS_FILE: Final = "sectors.geojson"
PLACES_FILE: Final = "places.geojson"


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A checked file of claims and what is needed to draw it.

    Attributes
    ----------
    claims : pandas.DataFrame
        The good rows, index 0 to n-1: the columns of `model.COLUMN_NAMES` (text with "" for a
        blank: those of `model.OWN_TEXTS` as str, the others, which recur, as str or, in a file
        of `FEW_ROWS` and more and in any Parquet file, as categories in alphabetical order;
        numbers Float64, whole numbers Int64), `row` (int64, row number in
        the file), the days of `model.DAYS` (Int32, whole days since 1970-01-01 of the local date
        as written, <NA> where not stated) and `place_names` (the place under all its spellings,
        a line each).
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

    def days(self) -> tuple[int, int] | None:
        """Give the days of the first and last word said, since 1970-01-01; None of no claims."""
        said = self.claims["said_day"]
        return (int(said.min()), int(said.max())) if len(said) else None

    def vocabulary(self) -> dict[str, tuple[str, ...]]:
        """Give the values each filter offers, in the order of their codes in the browser's file."""
        own = {
            name: tuple(sorted(map(str, self.claims[name].unique())))
            for name in ("organisation", "claimant")
        }
        return {"side": SIDES, "kind": KINDS, "standing": STANDINGS, **own}


def load_record(path: Path, *, geo: Path, progress: Progress | None = None) -> Record:
    """Read and check a file of claims.

    Parameters
    ----------
    path : Path
        A CSV file, or a Parquet file if its name ends in `.parquet`.
    geo : Path
        The folder with `sectors.geojson` and `places.geojson`, both in EPSG:4326.
    progress : Progress, optional
        Is told how far the steps reading, checking and typing are.

    Returns
    -------
    Record

    Raises
    ------
    UnreadableFileError
        If the file cannot be read as a table of claims at all, or memory does not suffice.
    BadGeometryFileError
        If one of the two geo files is missing or broken.
    """
    try:
        return _load(path, geo, progress)
    except MemoryError as error:
        raise too_large(path.name, "more than this machine's memory holds") from error


def _load(path: Path, geo: Path, progress: Progress | None) -> Record:
    keep_little()
    data = fetch_bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    if path.suffix.lower() == ".parquet":
        text = read_parquet_table(data, path.name, progress)
    else:
        refuse_other_formats(data, path.name)
        text = read_csv_table(data, path.name, progress)
    del data
    give_back()
    sectors = read_sectors(geo / SECTORS_FILE)
    aliases = read_aliases(geo / PLACES_FILE)
    sheet = Sheet(text.table, text.rows, frozenset(sectors.index))
    problems = sorted(
        (*text.problems, *check_sheet(sheet, progress)), key=lambda problem: problem.row
    )
    bad_rows = [problem.row for problem in problems if problem.severity == "error"]
    good = ~np.isin(text.rows, bad_rows)
    if not good.all():
        table = text.table[good].reset_index(drop=True)
        sheet = Sheet(table, text.rows[good], None)
    rows_read = text.rows_read
    del text
    give_back()
    claims = make_claims(sheet, aliases, progress)
    del sheet
    give_back()
    return Record(claims, tuple(problems), rows_read, digest, path.name, sectors, aliases)


def make_claims(
    sheet: Sheet, aliases: Mapping[str, tuple[str, ...]], progress: Progress | None = None
) -> pd.DataFrame:
    """Give the text of rows without an error its types.

    Parameters
    ----------
    sheet : Sheet
        Rows without an error, the table's index 0 to n-1.
    aliases : mapping of str to tuple of str
        From every spelling of a place to all its spellings.
    progress : Progress, optional
        Is told how far the step typing is.

    Returns
    -------
    pandas.DataFrame
        As `Record.claims` says.
    """
    columns: dict[str, Any] = {}
    rows = len(sheet.rows)
    meter = Meter(progress, "typing", rows * (len(COLUMN_NAMES) + len(DAYS) + 1))
    for name in COLUMN_NAMES:
        kind = BY_NAME[name].kind
        if kind in {"number", "whole"}:
            columns[name] = _numbers(sheet.numbers(name), whole=kind == "whole")
        elif kind == "code":
            columns[name] = _texts(sheet, name, _known(sheet.cells(name).texts, name))
        else:
            columns[name] = _texts(sheet, name, _cut(sheet.cells(name).texts))
        meter.add(rows)
    columns["row"] = sheet.rows
    columns |= dict(zip(DAYS, _days(sheet), strict=True))
    meter.add(rows * len(DAYS))
    columns["place_names"] = _place_names(sheet, aliases)
    meter.add(rows)
    return pd.DataFrame(columns, copy=False)


def _numbers(values: np.ndarray, *, whole: bool) -> Any:  # noqa: ANN401  (a pandas array)
    blank = np.isnan(values)
    if blank.all():  # memory that nobody has written to is not taken from the machine
        if whole:
            return pd.arrays.IntegerArray(np.zeros(len(values), np.int64), blank)
        return pd.arrays.FloatingArray(np.zeros(len(values), np.float64), blank)
    if whole:
        return pd.arrays.IntegerArray(np.where(blank, 0, values).astype(np.int64), blank)
    return pd.arrays.FloatingArray(values, blank)


def _known(texts: Any, name: str) -> Any:  # noqa: ANN401  (pyarrow carries no types)
    known = pc.is_in(texts, pa.array(["", *BY_NAME[name].allowed], pa.large_string()))
    if pc.all(known).as_py() is not False:
        return texts
    return pc.if_else(known, texts, pa.scalar("", pa.large_string()))


def _cut(texts: Any) -> Any:  # noqa: ANN401  (pyarrow carries no types)
    # Characters are no more than bytes, which are counted already.
    if (pc.max(pc.binary_length(texts)).as_py() or 0) <= CELL_MAX_CHARACTERS or (
        pc.max(pc.utf8_length(texts)).as_py() <= CELL_MAX_CHARACTERS
    ):
        return texts
    return pc.utf8_slice_codeunits(texts, 0, CELL_MAX_CHARACTERS)


def _texts(sheet: Sheet, name: str, texts: Any) -> pd.Series[str]:  # noqa: ANN401  (as above)
    codes = sheet.cells(name).codes
    column, as_read = sheet.table[name], texts is sheet.cells(name).texts
    if as_read and column.dtype == "str" and len(codes) < FEW_ROWS:
        return column
    if name not in OWN_TEXTS:
        is_category = isinstance(column.dtype, pd.CategoricalDtype)
        if is_category and as_read and uses_all(codes, len(texts)):
            return column
        return category_series(texts, codes)
    if as_read and column.dtype == "str":
        return column
    if not sheet.cells(name).by_row():
        texts = texts.take(pa.array(codes))
    return pd.Series(pd.array(pa.chunked_array([texts]), dtype="str"))


def _days(sheet: Sheet) -> list[Any]:
    is_said, said = sheet.day_by_row("said_on")
    has_start, start = sheet.day_by_row("event_start")
    has_end, end = sheet.day_by_row("event_end")
    neither = ~(has_start | has_end)
    first, last = np.where(has_start, start, end), np.where(has_end, end, start)
    return [
        pd.arrays.IntegerArray(day.astype(np.int32), blank)
        for day, blank in ((said, ~is_said), (first, neither), (last, neither.copy()))
    ]


def _place_names(sheet: Sheet, aliases: Mapping[str, tuple[str, ...]]) -> pd.Series:
    """Give each place under all its spellings, a line each."""
    cells = sheet.cells("place")
    spelt = (dict.fromkeys((place, *aliases.get(place, ()))) for place in cells.texts.to_pylist())
    return category_series(pa.array(map("\n".join, spelt), pa.large_string()), cells.codes)
