"""From the text of many cells to numbers and days, each distinct text read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.texts import Codes, is_plain

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
Scalar = TypeVar("Scalar", bound=np.generic)

_NUMBER: Final = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?$"
_DATE: Final = (
    r"^(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?$"
)
_MAX_OFFSET_MINUTES: Final = 14 * 60
_SAMPLE_ROWS: Final = 2_048
_MOSTLY_OWN: Final = 0.75
"""From this share of distinct texts on, looking each one up costs more than it saves."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Cells:
    """The text cells of one column, as distinct texts and where each stands.

    A column of a million rows often holds a few dozen texts; whatever is asked of a cell is
    asked of the texts and then spread over the rows.

    Attributes
    ----------
    texts : pyarrow.LargeStringArray
        The distinct texts, "" for a blank; lone surrogates replaced by U+FFFD. Where most
        rows have a text of their own, simply the texts of the rows. Some may be of no row.
    codes : numpy.ndarray of signed int, shape (rows,)
        Position in `texts` of each row's cell.
    broken : numpy.ndarray of bool, shape (rows,)
        Whether the cell held a lone surrogate, which no text in UTF-8 can.
    originals : dict of int to str
        The text as it stood, by row position, of the broken cells.
    plain : bool
        Whether all texts are printable ASCII, with at most tabs and line ends in them.
    """

    texts: Any
    codes: Codes
    broken: BoolArray
    originals: dict[int, str]
    plain: bool

    def spread(self, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """Give every row the value of its text.

        Parameters
        ----------
        values : numpy.ndarray, shape (distinct texts,)

        Returns
        -------
        numpy.ndarray, shape (rows,)
        """
        if not values.any():  # the usual answer, and a million look-ups cheaper
            return np.zeros(len(self.codes), dtype=values.dtype)
        if self.by_row():
            return values.copy()
        spread: npt.NDArray[Scalar] = values.take(self.codes, mode="clip")
        return spread

    def matches(self, pattern: str) -> BoolArray:
        """Say of every row whether the pattern (RE2) is found in its text."""
        return self.spread(found(self.texts, pattern))

    def blank(self) -> BoolArray:
        """Say of every row whether its cell is empty."""
        return self.spread(truth(pc.equal(self.texts, "")))

    def by_row(self) -> bool:
        """Say whether the texts are simply those of the rows."""
        return len(self.texts) == len(self.codes) and bool(
            np.array_equal(self.codes, np.arange(len(self.texts)))
        )

    def first_positions(self) -> IntArray:
        """Give every row the position of the first row with the same text."""
        codes: Codes = self.codes
        if self.by_row():
            codes = self.texts.dictionary_encode().indices.to_numpy(zero_copy_only=False)
        positions = np.arange(len(codes))
        first = np.empty(len(codes), dtype=np.int64)
        first[codes[::-1]] = positions[::-1]  # of several, the one written last stays
        return np.asarray(first[codes], dtype=np.int64)

    def is_ascii(self) -> bool:
        """Say whether all texts are plain ASCII."""
        return bool(truth(pc.string_is_ascii(self.texts)).all())

    def at(self, position: int) -> str:
        """Give the text of the row at a position, as it stood."""
        text: str = self.texts[int(self.codes[position])].as_py()
        return self.originals.get(position, text)


@dataclass(frozen=True, slots=True)
class Days:
    """Dates read from texts; all arrays have one entry a text.

    Attributes
    ----------
    well_formed : numpy.ndarray of bool
        Written as an ISO 8601 date or date-time.
    exists : numpy.ndarray of bool
        Well formed, and such a day, time and offset exist.
    timed : numpy.ndarray of bool
        States a time of day.
    offset_stated : numpy.ndarray of bool
        States an offset from UTC.
    day : numpy.ndarray of int64
        Whole days since 1970-01-01 of the local date as written; 0 where it does not exist.
    minute : numpy.ndarray of int64
        Minutes since 1970-01-01T00:00Z; meaningful only where an offset is stated.
    """

    well_formed: BoolArray
    exists: BoolArray
    timed: BoolArray
    offset_stated: BoolArray
    day: IntArray
    minute: IntArray


def truth(answer: Any) -> BoolArray:  # noqa: ANN401  (pyarrow carries no types)
    """Turn an Arrow array of truth values into numpy; a null is False."""
    return np.asarray(
        pc.fill_null(answer, pa.scalar(value=False)).to_numpy(zero_copy_only=False), dtype=bool
    )


def found(texts: Any, pattern: str) -> BoolArray:  # noqa: ANN401  (pyarrow carries no types)
    """Say of every text whether the pattern (RE2) is found in it."""
    return truth(pc.match_substring_regex(texts, pattern))


def read_cells(column: pd.Series) -> Cells:
    """Find the distinct texts of a column.

    Parameters
    ----------
    column : pandas.Series of str, category or object, shape (rows,)
        Text cells; a missing value counts as blank. Categories are the distinct texts already.

    Returns
    -------
    Cells
    """
    broken = np.zeros(len(column), dtype=bool)
    originals: dict[int, str] = {}
    if isinstance(column.dtype, pd.CategoricalDtype):
        return _read_categories(column, broken)
    try:
        array = pa.array(column, from_pandas=True)
    except UnicodeEncodeError:
        texts = [text if isinstance(text, str) else "" for text in column]
        originals = {i: text for i, text in enumerate(texts) if _SURROGATE.search(text)}
        broken[list(originals)] = True
        array = pa.array([_SURROGATE.sub("\ufffd", text) for text in texts])
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()
    array = array.cast(pa.large_string())
    if array.null_count:
        array = pc.fill_null(array, "")
    sample = array.slice(0, _SAMPLE_ROWS)
    if len(array) > _SAMPLE_ROWS and pc.count_distinct(sample).as_py() > _MOSTLY_OWN * _SAMPLE_ROWS:
        codes = np.arange(len(array), dtype=np.int32)
        return Cells(array, codes, broken, originals, is_plain(array))
    encoded = array.dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    return Cells(encoded.dictionary, codes, broken, originals, is_plain(encoded.dictionary))


def _read_categories(column: pd.Series, broken: BoolArray) -> Cells:
    texts = pa.array(column.cat.categories, pa.large_string())
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    return Cells(texts, column.cat.codes.to_numpy(), broken, {}, is_plain(texts))


def read_numbers(texts: Any) -> FloatArray:  # noqa: ANN401  (pyarrow carries no types)
    """Read texts as plain decimal numbers.

    Parameters
    ----------
    texts : pyarrow.LargeStringArray

    Returns
    -------
    numpy.ndarray of float64
        NaN where the text is no number; infinite where it is too large for one.
    """
    numbers = pc.if_else(pc.match_substring_regex(texts, _NUMBER), texts, None)
    return np.asarray(pc.cast(numbers, pa.float64()).to_numpy(zero_copy_only=False), dtype=float)


def read_days(texts: Any) -> Days:  # noqa: ANN401  (pyarrow carries no types)
    """Read texts as ISO 8601 dates or date-times with an offset.

    The calendar is checked, so 30 February does not exist.

    Parameters
    ----------
    texts : pyarrow.LargeStringArray

    Returns
    -------
    Days
    """
    parts = pc.extract_regex(texts, _DATE)
    well_formed = truth(pc.is_valid(parts))
    year, month, day = (_part(parts, name) for name in ("year", "month", "day"))
    hour, minute, second = (_part(parts, name) for name in ("hour", "minute", "second"))
    zone = pc.fill_null(pc.struct_field(parts, "zone"), "")
    offset_stated = truth(pc.not_equal(zone, ""))
    digits = pc.replace_substring_regex(zone, r"[^0-9]", "")
    written = _whole(digits)
    offset = written // 100 * 60 + written % 100
    first = _first_of_month(year, month)
    exists = (
        well_formed
        & (month >= 1)
        & (month <= 12)  # noqa: PLR2004  (the calendar and the clock)
        & (day >= 1)
        & (day <= _first_of_month(year, month + 1) - first)
        & (hour <= 23)  # noqa: PLR2004
        & (minute <= 59)  # noqa: PLR2004
        & (second <= 59)  # noqa: PLR2004
        & (offset <= _MAX_OFFSET_MINUTES)
        & (written % 100 <= 59)  # noqa: PLR2004
    )
    local_day = np.where(exists, first + day - 1, 0)
    signed = np.where(truth(pc.starts_with(zone, "-")), -offset, offset)
    instant = local_day * 1440 + hour * 60 + minute - signed
    timed = truth(pc.not_equal(pc.struct_field(parts, "hour"), ""))
    return Days(well_formed, exists, timed, offset_stated, local_day, instant)


def _whole(digits: Any) -> IntArray:  # noqa: ANN401  (pyarrow carries no types)
    filled = pc.replace_substring_regex(pc.fill_null(digits, ""), "^$", "0")
    return np.asarray(pc.cast(filled, pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)


def _part(parts: Any, name: str) -> IntArray:  # noqa: ANN401  (pyarrow carries no types)
    return _whole(pc.struct_field(parts, name))


def _first_of_month(year: IntArray, month: IntArray) -> IntArray:
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64)
