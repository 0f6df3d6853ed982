"""Load a file of claims and the ground's names into checked frames in EPSG:4326."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.faults import CELL_MAX_CHARACTERS
from claims.geo_files import read_aliases, read_sectors
from claims.memory import give_back, keep_little
from claims.model import BY_NAME, COLUMN_NAMES, DAYS, OWN_TEXTS
from claims.opening import fetch_bytes, refuse_other_formats, too_large
from claims.parquet import read_parquet_table
from claims.progress import Meter
from claims.reading import read_csv_table
from claims.sheet import Sheet
from claims.texts import THREADS, category_series, is_plain
from claims.validate import check_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

    from claims.errors import Problem
    from claims.progress import Progress
    from claims.texts import Codes

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
FEW_ROWS: Final = 10_000
"""Below it a text a row costs less than finding out which recur."""
_BATCH_ROWS: Final = 65_536
_NEITHER_ASCII_NOR_CYRILLIC: Final = r"[^\x00-\x7F\x{400}-\x{4FF}]"


@dataclass(frozen=True, slots=True)
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
    give_back()  # the texts to search are the largest part
    columns["search_text"] = _search_text(sheet, aliases)
    meter.add(rows)
    return pd.DataFrame(columns, copy=False)


def _numbers(values: np.ndarray, *, whole: bool) -> Any:  # noqa: ANN401  (a pandas array)
    blank = np.isnan(values)
    if whole:
        return pd.arrays.IntegerArray(np.where(blank, 0, values).astype(np.int64), blank)
    return pd.arrays.FloatingArray(values, blank)


def _known(texts: Any, name: str) -> Any:  # noqa: ANN401  (pyarrow carries no types)
    known = pc.is_in(texts, pa.array(["", *BY_NAME[name].allowed], pa.large_string()))
    if pc.all(known).as_py() is not False:
        return texts
    return pc.if_else(known, texts, pa.scalar("", pa.large_string()))


def _cut(texts: Any) -> Any:  # noqa: ANN401  (pyarrow carries no types)
    longest = pc.max(pc.utf8_length(texts)).as_py() or 0
    short = longest <= CELL_MAX_CHARACTERS
    return texts if short else pc.utf8_slice_codeunits(texts, 0, CELL_MAX_CHARACTERS)


def _texts(sheet: Sheet, name: str, texts: Any) -> pd.Series[str]:  # noqa: ANN401  (as above)
    codes = sheet.cells(name).codes
    column, as_read = sheet.table[name], texts is sheet.cells(name).texts
    if as_read and column.dtype == "str" and len(codes) < FEW_ROWS:
        return column
    if name not in OWN_TEXTS:
        is_category = isinstance(column.dtype, pd.CategoricalDtype)
        if is_category and as_read and len(column.cat.categories) == len(texts):
            return column
        return category_series(texts, codes)
    if as_read and column.dtype == "str":
        return column
    if not sheet.cells(name).by_row():
        texts = texts.take(pa.array(codes))
    return pd.Series(pd.array(pa.chunked_array([texts]), dtype="str"))


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
    parts: list[tuple[Any, Codes | None, bool]] = []
    for name in SEARCHED:
        cells = sheet.cells(name)
        texts = cells.texts
        if name == "place":
            texts = pa.array(
                ["\n".join(_spellings(place, aliases)) for place in texts.to_pylist()],
                pa.large_string(),
            )
        if cells.by_row():
            parts.append((texts, None, is_plain(texts)))
        elif (folded := _casefold(texts, plain=is_plain(texts))).null_count < len(folded):
            parts.append((folded, cells.codes, cells.plain))
    line_end = pa.scalar("\n", pa.large_string())

    def join(start: int) -> Any:  # noqa: ANN401  (pyarrow carries no types)
        rows = slice(start, start + _BATCH_ROWS)
        batch = [
            _casefold(texts.slice(start, _BATCH_ROWS), plain=plain)
            if codes is None
            else texts.take(pa.array(codes[rows]))
            for texts, codes, plain in parts
        ]
        return pc.binary_join_element_wise(*batch, line_end, null_handling="skip")

    starts = range(0, len(sheet.rows), _BATCH_ROWS)
    if len(starts) == 1:  # threads cost a small record more than they save
        batches = [join(0)]
    else:
        with ThreadPoolExecutor(THREADS) as pool:
            batches = list(pool.map(join, starts))
    joined = pa.chunked_array(batches, pa.large_string())
    return pd.Series(pd.array(joined, dtype="str"))


def _spellings(place: str, aliases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((place, *aliases.get(place, ()))))


def _casefold(texts: Any, *, plain: bool) -> Any:  # noqa: ANN401  (pyarrow carries no types)
    """Casefold, with a blank as null.

    Arrow has no casefold; for Latin without accents and Cyrillic it is the same as lower case.
    """
    blank = pc.equal(texts, "")
    if pc.any(blank).as_py():
        texts = pc.if_else(blank, None, texts)
    if plain:
        return pc.ascii_lower(texts)
    rest = pc.match_substring_regex(texts, _NEITHER_ASCII_NOR_CYRILLIC)
    folded = [text.casefold() for text in pc.filter(texts, rest).to_pylist()]
    return pc.replace_with_mask(
        pc.utf8_lower(texts),
        pc.fill_null(rest, pa.scalar(value=False)),
        pa.array(folded, pa.large_string()),
    )
