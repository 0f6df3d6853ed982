"""The questions the rules put to a sheet of claims: which of its rows break each rule.

Every function takes a sheet and the column the fault would be reported at, and returns an array
of one entry a row: 0 where all is well, else 1, or the number of the row it clashes with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.cells import found, truth
from claims.model import NOT_PLACED, QUOTE_MAX_WORDS
from claims.texts import all_differ

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from claims.cells import BoolArray, Cells, FloatArray, IntArray
    from claims.model import Column
    from claims.sheet import Sheet

    Fault = Callable[[Sheet, Column], npt.NDArray[Any]]

CELL_MAX_CHARACTERS: Final = 100_000
FIRST_YEAR, LAST_YEAR = 1970, 2100
MERCATOR_MAX_LATITUDE_DEG: Final = 85.0
"""Beyond it the web map's projection runs out of the picture."""
UKRAINE_LONGITUDES_DEG: Final = (22.0, 40.3)
UKRAINE_LATITUDES_DEG: Final = (44.2, 52.5)
"""A box about Ukraine's internationally recognised borders; it does not meet its own mirror."""

_SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_LETTER_OR_DIGIT: Final = r"[\p{L}\p{N}]"
_WORD: Final = r"[^\s\p{Z}]*[\p{L}\p{N}][^\s\p{Z}]*"
_DECIMAL_COMMA: Final = r"^[+-]?\d+(,\d+)+(\.\d+)?$"
_WEB_ADDRESS: Final = r"(?i)^https?://[^\s\p{C}\p{Z}\"<>\\^`{|}/]+(/[^\s\p{C}\p{Z}\"<>\\^`{|}]*)?$"
_HIDDEN: Final = (
    r"[\x01-\x08\x0B\x0C\x0E-\x1F\x7F-\x{9F}\x{AD}\x{61C}\x{180E}\x{200B}-\x{200F}"
    r"\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FEFF}\x{FFF9}-\x{FFFB}\x{E0000}-\x{E007F}]"
)
_MIXED_SCRIPT: Final = r"\p{Latin}\p{Cyrillic}|\p{Cyrillic}\p{Latin}"


def is_missing(sheet: Sheet, column: Column) -> BoolArray:
    """Find cells without a letter or a digit, where one is required."""
    cells = sheet.cells(column.name)
    filled = found(cells.texts, r"[0-9A-Za-z]")
    if not filled.all():  # the full alphabets are slow to look through
        filled = found(cells.texts, _LETTER_OR_DIGIT)
    return cells.spread(~filled)


def is_broken_text(sheet: Sheet, column: Column) -> BoolArray:
    """Find cells with a NUL character or half of a surrogate pair."""
    cells = sheet.cells(column.name)
    if cells.plain:
        return cells.broken
    return cells.broken | cells.spread(truth(pc.match_substring(cells.texts, "\x00")))


def is_no_slug(sheet: Sheet, column: Column) -> BoolArray:
    """Find names not made of small letters, digits and single hyphens."""
    cells = sheet.cells(column.name)
    return cells.spread(_is_filled(cells) & ~found(cells.texts, _SLUG))


def is_no_code(sheet: Sheet, column: Column) -> BoolArray:
    """Find words outside the column's vocabulary."""
    cells = sheet.cells(column.name)
    known = pa.array(["", *column.allowed], pa.large_string())
    return cells.spread(~truth(pc.is_in(cells.texts, known)))


def has_decimal_comma(sheet: Sheet, column: Column) -> BoolArray:
    """Find numbers written with a comma."""
    return sheet.cells(column.name).matches(_DECIMAL_COMMA)


def is_no_number(sheet: Sheet, column: Column) -> BoolArray:
    """Find texts that are no finite number; those with a comma have a rule of their own."""
    cells = sheet.cells(column.name)
    no_number = ~np.isfinite(sheet.numbers_of_texts(column.name)) & _is_filled(cells)
    return cells.spread(no_number & ~found(cells.texts, _DECIMAL_COMMA))


def is_not_whole(sheet: Sheet, column: Column) -> BoolArray:
    """Find numbers with a fraction where things are counted."""
    numbers = sheet.numbers_of_texts(column.name)
    return sheet.cells(column.name).spread(np.isfinite(numbers) & (numbers != np.floor(numbers)))


def is_out_of_range(sheet: Sheet, column: Column) -> BoolArray:
    """Find finite numbers outside the column's range."""
    numbers = sheet.numbers_of_texts(column.name)
    low = -np.inf if column.low is None else column.low
    high = np.inf if column.high is None else column.high
    outside = (numbers < low) | (numbers > high)
    return sheet.cells(column.name).spread(np.isfinite(numbers) & outside)


def is_no_date(sheet: Sheet, column: Column) -> BoolArray:
    """Find texts that are not in the form of an ISO 8601 date or date-time."""
    cells = sheet.cells(column.name)
    return cells.spread(_is_filled(cells) & ~sheet.days(column.name).well_formed)


def is_impossible_date(sheet: Sheet, column: Column) -> BoolArray:
    """Find days, times and offsets that the calendar and the clock do not have."""
    days = sheet.days(column.name)
    return sheet.cells(column.name).spread(days.well_formed & ~days.exists)


def lacks_offset(sheet: Sheet, column: Column) -> BoolArray:
    """Find times of day without an offset from UTC."""
    days = sheet.days(column.name)
    return sheet.cells(column.name).spread(days.exists & days.timed & ~days.offset_stated)


def is_out_of_time(sheet: Sheet, column: Column) -> BoolArray:
    """Find dates outside the years the record can speak of."""
    days = sheet.days(column.name)
    first, after = (
        np.datetime64(f"{year}-01-01", "D").astype(np.int64) for year in (FIRST_YEAR, LAST_YEAR + 1)
    )
    outside = (days.day < first) | (days.day >= after)
    return sheet.cells(column.name).spread(days.exists & outside)


def is_no_web_address(sheet: Sheet, column: Column) -> BoolArray:
    """Find addresses that are not http or https and so are never made a link."""
    cells = sheet.cells(column.name)
    return cells.spread(_is_filled(cells) & ~found(cells.texts, _WEB_ADDRESS))


def is_too_long(sheet: Sheet, column: Column) -> BoolArray:
    """Find cells longer than any sentence could be."""
    cells = sheet.cells(column.name)
    if not pc.any(pc.greater(pc.binary_length(cells.texts), CELL_MAX_CHARACTERS)).as_py():
        return np.zeros(len(sheet.rows), dtype=bool)  # characters are no more than bytes
    return cells.spread(truth(pc.greater(pc.utf8_length(cells.texts), CELL_MAX_CHARACTERS)))


def has_hidden_characters(sheet: Sheet, column: Column) -> BoolArray:
    """Find control characters, direction overrides and characters of no width."""
    cells = sheet.cells(column.name)
    return np.zeros(len(sheet.rows), dtype=bool) if cells.plain else cells.matches(_HIDDEN)


def mixes_scripts(sheet: Sheet, column: Column) -> BoolArray:
    """Find words with Latin and Cyrillic letters side by side, which can pose as another word."""
    cells = sheet.cells(column.name)
    if cells.plain or cells.is_ascii():
        return np.zeros(len(sheet.rows), dtype=bool)
    return cells.matches(_MIXED_SCRIPT)


def is_long_quote(sheet: Sheet, column: Column) -> BoolArray:
    """Find quotes of more words than may be quoted; a lone dash is no word."""
    cells = sheet.cells(column.name)
    pieces = pc.list_value_length(pc.utf8_split_whitespace(cells.texts))
    if not truth(pc.greater(pieces, QUOTE_MAX_WORDS)).any():
        return np.zeros(len(sheet.rows), dtype=bool)
    words = pc.count_substring_regex(cells.texts, _WORD)
    return cells.spread(truth(pc.greater(words, QUOTE_MAX_WORDS)))


def repeats_earlier_row(sheet: Sheet, column: Column) -> IntArray:
    """Find names that an earlier row already has; gives that row's number."""
    cells = sheet.cells(column.name)
    if cells.by_row() and len(cells.texts) and all_differ(cells.texts):
        return np.zeros(len(sheet.rows), dtype=np.int64)
    earlier = cells.first_positions()
    repeated = (earlier != np.arange(len(earlier))) & ~cells.blank()
    return np.where(repeated, sheet.rows[earlier], 0)


def has_other_proposition(sheet: Sheet, column: Column) -> IntArray:
    """Find rows whose proposition differs from the first of their topic; gives that row."""
    topics = sheet.cells("topic")
    sentences = sheet.cells(column.name)
    if _belongs_to_one(sentences, topics):
        return np.zeros(len(sheet.rows), dtype=np.int64)
    earlier = topics.first_positions()
    sentence = sentences.first_positions()
    differs = (sentence != sentence[earlier]) & ~topics.blank()
    return np.where(differs & ~sentences.blank(), sheet.rows[earlier], 0)


def is_unknown_geometry(sheet: Sheet, column: Column) -> BoolArray:
    """Find names of geometries that no file holds."""
    cells = sheet.cells(column.name)
    if sheet.geometry_ids is None:
        return np.zeros(len(sheet.rows), dtype=bool)
    known = pa.array(sorted(sheet.geometry_ids), pa.large_string())
    unknown = ~truth(pc.is_in(cells.texts, known)) & found(cells.texts, _SLUG)
    return cells.spread(unknown)


def ends_before_start(sheet: Sheet, column: Column) -> BoolArray:
    """Find events that end on a day, or at an instant, before the one they start at."""
    has_start, start = sheet.day_by_row("event_start")
    has_end, end = sheet.day_by_row(column.name)
    earlier = has_start & has_end & (end < start)
    if (
        sheet.days("event_start").offset_stated.any()
        and sheet.days(column.name).offset_stated.any()
    ):
        starts_timed, start = sheet.instant_by_row("event_start")
        ends_timed, end = sheet.instant_by_row(column.name)
        earlier |= starts_timed & ends_timed & (end < start)
    return earlier


def is_after_said(sheet: Sheet, column: Column) -> BoolArray:
    """Find events more than a day after the day on which they were spoken of."""
    has_event, event = sheet.day_by_row(column.name)
    is_said, said = sheet.day_by_row("said_on")
    return has_event & is_said & (event > said + 1)


def lacks_other_coordinate(sheet: Sheet, column: Column) -> BoolArray:
    """Find a blank coordinate where the other one is given."""
    other = "longitude" if column.name == "latitude" else "latitude"
    return sheet.cells(column.name).blank() & ~sheet.cells(other).blank()


def lacks_position(sheet: Sheet, column: Column) -> BoolArray:
    """Find precisions of a place on the map in rows without any coordinate."""
    nowhere = sheet.cells("latitude").blank() & sheet.cells("longitude").blank()
    placed = [word for word in column.allowed if word not in NOT_PLACED]
    return nowhere & _is_one_of(sheet, column, placed)


def has_unused_position(sheet: Sheet, column: Column) -> BoolArray:
    """Find coordinates in rows whose place is too vague to be pinned."""
    return sheet.placed() & _is_one_of(sheet, column, sorted(NOT_PLACED))


def is_at_zero(sheet: Sheet, column: Column) -> BoolArray:
    """Find points at latitude 0, longitude 0, where lost coordinates end up."""
    other = "longitude" if column.name == "latitude" else "latitude"
    zero = (sheet.numbers(column.name) == 0) & (sheet.numbers(other) == 0)
    return np.asarray(zero, dtype=bool)


def is_at_edge_of_world(sheet: Sheet, column: Column) -> BoolArray:
    """Find points at a pole or on the antimeridian."""
    limit_deg = MERCATOR_MAX_LATITUDE_DEG if column.name == "latitude" else 180.0
    size_deg = np.abs(sheet.numbers(column.name))
    return np.asarray((size_deg >= limit_deg) & (size_deg <= (column.high or 0)), dtype=bool)


def seems_swapped(sheet: Sheet, column: Column) -> BoolArray:  # noqa: ARG001  (a fault's form)
    """Find points outside Ukraine that would lie in it with latitude and longitude exchanged."""
    latitude, longitude = sheet.numbers("latitude"), sheet.numbers("longitude")
    return ~_in_ukraine(longitude, latitude) & _in_ukraine(latitude, longitude)


def _is_filled(cells: Cells) -> BoolArray:
    return truth(pc.not_equal(cells.texts, ""))


def _belongs_to_one(cells: Cells, others: Cells) -> bool:
    """Say whether all rows with one text in another column have one text in this column."""
    if others.by_row():  # one text may have many codes
        return False
    code_of_other = np.zeros(len(others.texts), dtype=cells.codes.dtype)
    code_of_other[others.codes] = cells.codes
    return bool(np.array_equal(code_of_other.take(others.codes, mode="clip"), cells.codes))


def _in_ukraine(longitude: FloatArray, latitude: FloatArray) -> BoolArray:
    west, east = UKRAINE_LONGITUDES_DEG
    south, north = UKRAINE_LATITUDES_DEG
    inside = (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)
    return np.asarray(inside, dtype=bool)


def _is_one_of(sheet: Sheet, column: Column, words: list[str]) -> BoolArray:
    cells = sheet.cells(column.name)
    return cells.spread(truth(pc.is_in(cells.texts, pa.array(words, pa.large_string()))))
