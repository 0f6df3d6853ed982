"""From a file's bytes to a table of text cells; what is no table is refused before it is parsed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.errors import UnreadableFileError
from claims.model import BY_NAME, COLUMN_NAMES
from claims.opening import CSV_MAX_BYTES, CSV_REMEDY, open_text, refuse_other_formats
from claims.plain_csv import WORTH_BYTES, read_plain_csv
from claims.progress import Meter
from claims.rules import BY_RULE_NAME
from claims.texts import TEXT, whole_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from claims.cells import IntArray
    from claims.errors import Problem
    from claims.progress import Progress

MAX_COLUMNS: Final = 1_000
SEPARATORS: Final = (",", ";", "\t", "|")

_BATCH_ROWS: Final = 2_048


@dataclass(frozen=True, slots=True)
class TextTable:
    """A file's claims as text.

    Attributes
    ----------
    table : pandas.DataFrame
        Every column of `model.COLUMN_NAMES` as text without outer blanks, "" for a blank.
    rows : numpy.ndarray of int64, shape (len(table),)
        Row numbers as a spreadsheet shows them.
    problems : tuple of Problem
        What was found while reading: header, separator, encoding, rows of the wrong length.
    rows_read : int
        Rows that hold something, those of the wrong length included.
    """

    table: pd.DataFrame
    rows: IntArray
    problems: tuple[Problem, ...]
    rows_read: int


def read_csv_table(data: bytes, name: str, progress: Progress | None = None) -> TextTable:
    """Read the bytes of a CSV file.

    Parameters
    ----------
    data : bytes
        UTF-8, UTF-16, UTF-32 or plainly Cyrillic Windows-1251; cells separated by comma,
        semicolon, tab or bar; quotation as in RFC 4180.
    name : str
        The file's name, for messages.
    progress : Progress, optional
        Is told how far the step reading is.

    Returns
    -------
    TextTable

    Raises
    ------
    UnreadableFileError
        If it is another format, in no known encoding, too large, lacks a required column, has a
        column twice or a quotation mark that is never closed.
    """
    refuse_other_formats(data, name)
    stream, encoding = open_text(data, name)
    first_line = stream.readline()
    separator = find_separator(first_line)
    if first_line.count(separator) >= MAX_COLUMNS:
        found = f"{first_line.count(separator) + 1:,} columns"
        raise UnreadableFileError(name, found, f"at most {MAX_COLUMNS:,} columns", CSV_REMEDY)
    csv.field_size_limit(CSV_MAX_BYTES)
    records = Records([first_line], stream, separator, name)
    header = [cell.strip() for cell in next(records, [])]
    problems = check_header(header, f"{name}, line 1")
    if separator != ",":
        problems.append(BY_RULE_NAME["comma_separated"].problem(0, separator))
    if encoding == "cp1251":
        problems.append(BY_RULE_NAME["utf8"].problem(0, "Windows-1251"))
    wanted = [column for column in COLUMN_NAMES if column in header]
    if encoding == "utf-8" and len(data) >= WORTH_BYTES:
        columns = read_plain_csv(data, header, separator, wanted, progress)
        if columns is not None:
            count = len(columns["claim_id"])
            rows = np.arange(2, count + 2, dtype=np.int64)
            return TextTable(whole_table(columns, count), rows, tuple(problems), count)
    size = _size(stream)
    meter = Meter(progress, "reading", size)
    table = _collect(records, header, problems, lambda: meter.reach(_taken(stream)))
    meter.reach(size)
    return table


def _taken(stream: io.TextIOBase) -> int:
    """Tell how much of a text is read: bytes where it is decoded as it goes, else characters."""
    return stream.buffer.tell() if isinstance(stream, io.TextIOWrapper) else stream.tell()


def _size(stream: io.TextIOBase) -> int:
    if isinstance(stream, io.TextIOWrapper):
        return len(stream.buffer.getbuffer())
    here = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(here)
    return size


class Records:
    """The records of a CSV text one by one, any fault of quotation told with its line.

    Parameters
    ----------
    read : list of str
        Lines taken from the stream already.
    stream : iterable of str
        The lines that follow.
    separator : str
        One character.
    name : str
        The file's name, for messages.
    """

    def __init__(self, read: list[str], stream: Iterable[str], separator: str, name: str) -> None:
        self._name = name
        self._separator = separator
        self._reader = csv.reader(chain(read, stream), delimiter=separator, strict=True)

    def __iter__(self) -> Iterator[list[str]]:
        """Give itself."""
        return self

    def __next__(self) -> list[str]:
        """Give the next record."""
        first_line = self._reader.line_num + 1
        try:
            return next(self._reader)
        except csv.Error as error:
            where = f"{self._name}, line {first_line}"
            raise UnreadableFileError(
                where,
                f"a record that cannot be told apart from the next one ({error})",
                "each quotation mark closed, and doubled where it stands inside a cell",
                "Look at the quotation marks from this line on.",
            ) from error


def find_separator(first_line: str) -> str:
    """Give the separator by which most of a header line's cells are columns of the record.

    Parameters
    ----------
    first_line : str

    Returns
    -------
    str
        One of `SEPARATORS`; where none fits better, the most frequent, else a comma.
    """

    def fit(separator: str) -> tuple[int, int]:
        cells = {cell.strip(' \t\r\n"') for cell in first_line.split(separator)}
        return len(cells & BY_NAME.keys()), first_line.count(separator)

    return max(SEPARATORS, key=fit)


def check_header(header: list[str], where: str) -> list[Problem]:
    """Compare a header line with the record's columns.

    Parameters
    ----------
    header : list of str
        Column names without outer blanks.
    where : str
        The file's name and the part that holds the header, for messages.

    Returns
    -------
    list of Problem
        A warning for each column that is not known and each one that is taken as blank.

    Raises
    ------
    UnreadableFileError
        If there are too many columns, one stands there twice or a required one is missing.
    """
    if len(header) > MAX_COLUMNS:
        found = f"{len(header):,} columns"
        raise UnreadableFileError(where, found, f"at most {MAX_COLUMNS:,} columns", CSV_REMEDY)
    twice = [cell for cell, times in Counter(header).items() if times > 1 and cell]
    if twice:
        found = f"the column {', '.join(map(_short, twice[:5]))} more than once"
        remedy = "Rename or delete one of them; which one is meant is not guessed."
        raise UnreadableFileError(where, found, "each column once", remedy)
    missing = [column for column in COLUMN_NAMES if column not in header]
    required = [column for column in missing if BY_NAME[column].required]
    if required:
        raise UnreadableFileError(
            where,
            f"a header line that begins {_short(', '.join(header))}",
            f"the columns {', '.join(required)} too",
            "Add them to the header line, spelt exactly so.",
        )
    known, complete = BY_RULE_NAME["header_known"], BY_RULE_NAME["header_complete"]
    return [
        *(known.problem(0, cell, name=cell[:80]) for cell in header if cell not in BY_NAME),
        *(complete.problem(0, "no such column", name=column) for column in missing),
    ]


def _collect(
    records: Records, header: list[str], problems: list[Problem], tell: Callable[[], None]
) -> TextTable:
    places = [(column, header.index(column)) for column in COLUMN_NAMES if column in header]
    chunks: dict[str, list[Any]] = {column: [] for column in COLUMN_NAMES}
    rows: list[int] = []
    rows_read, row = 0, 2
    first_cell = itemgetter(places[0][1])
    while batch := list(islice(records, _BATCH_ROWS)):
        kept: list[list[str]] = batch
        numbers: Iterable[int] = range(row, row + len(batch))
        # One look at the whole batch saves a look at each row; few files need the latter.
        if {len(header)} != set(map(len, batch)) or not all(map(first_cell, batch)):
            kept, numbers = _full_rows(batch, row, len(header), problems)
        rows_read += len(batch) if kept is batch else sum(map(any, batch))
        rows.extend(numbers)
        by_column = list(zip(*kept, strict=True)) or [()] * len(header)
        for column, place in places:
            chunks[column].append(_to_arrow(by_column[place]))
        row += len(batch)
        tell()
    series = {column: _series(chunks[column], len(rows)) for column in COLUMN_NAMES}
    table = pd.DataFrame(series, copy=False)
    return TextTable(table, np.array(rows, dtype=np.int64), tuple(problems), rows_read)


def _full_rows(
    batch: list[list[str]], first_row: int, width: int, problems: list[Problem]
) -> tuple[list[list[str]], list[int]]:
    kept: list[list[str]] = []
    numbers: list[int] = []
    for row, cells in enumerate(batch, first_row):
        if len(cells) == width and any(cells):
            kept.append(cells)
            numbers.append(row)
        elif any(cells):
            found = f"{len(cells)} cells instead of {width}"
            problems.append(BY_RULE_NAME["cell_count"].problem(row, found))
        elif cells:
            problems.append(BY_RULE_NAME["row_filled"].problem(row, "only blank cells"))
    return kept, numbers


def _to_arrow(cells: tuple[str, ...]) -> Any:  # noqa: ANN401  (Arrow array, or a list)
    try:
        return pc.utf8_trim_whitespace(pa.array(cells, pa.large_string()))
    except UnicodeEncodeError:  # a lone surrogate: Arrow cannot hold it, its rule will name it
        return [cell.strip() for cell in cells]


def _series(chunks: list[Any], rows: int) -> pd.Series[str]:
    if any(isinstance(chunk, list) for chunk in chunks):
        lists = (chunk if isinstance(chunk, list) else chunk.to_pylist() for chunk in chunks)
        return pd.Series([cell for cells in lists for cell in cells], dtype=object)
    if not chunks:
        return pd.Series([""] * rows, dtype=TEXT)
    return pd.Series(pd.array(pa.chunked_array(chunks, pa.large_string()), dtype=TEXT))


def _short(text: str) -> str:
    return repr(text[:80])
