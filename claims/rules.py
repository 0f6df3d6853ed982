"""Every rule a row of claims must keep, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims import faults
from claims.errors import Problem
from claims.model import COLUMNS, QUOTE_MAX_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.faults import Fault
    from claims.model import Column

FOUND_MAX_CHARACTERS: Final = 80


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes
    ----------
    name : str
        Its name in tests and documents.
    columns : tuple of str
        The columns it is asked of, one by one; empty for a rule about a whole row or file.
    must : str
        The clause after "must"; may hold {low}, {high} and {allowed} of the column.
    remedy : str
        What to do, a sentence; may hold {other}, the row that it clashes with.
    fault : callable or None
        Finds the rows that break the rule; None if the rule is kept while the file is read.
    severity : str
        "error" (the row is left out) or "warning" (the row is kept).
    once_when_most : bool
        Whether it is said once, of the file, when more than half of the filled cells break it.
    """

    name: str
    columns: tuple[str, ...]
    must: str
    remedy: str
    fault: Fault | None = None
    severity: str = "error"
    once_when_most: bool = False

    def problem(
        self, row: int, found: str, column: Column | None = None, *, name: str = "", other: int = 0
    ) -> Problem:
        """Tell one breach of the rule.

        Parameters
        ----------
        row : int
            Row number, 0 for the file.
        found : str
            The cell's text; cut to 80 characters.
        column : Column, optional
            The column it stands in.
        name : str, optional
            The column's name, where it is none of the record's.
        other : int, optional
            Number of the row it clashes with.

        Returns
        -------
        Problem
        """
        must = self.must
        if column is not None:
            must = must.format(
                low=f"{column.low or 0:g}",
                high=f"{column.high or 0:.0f}",
                allowed=", ".join(column.allowed),
            )
        return Problem(
            row=row,
            column=name if column is None else column.name,
            found=found[:FOUND_MAX_CHARACTERS],
            rule=must,
            remedy=self.remedy.format(other=other),
            severity=self.severity,
        )


def _columns(keep: Callable[[Column], bool]) -> tuple[str, ...]:
    return tuple(column.name for column in COLUMNS if keep(column))


_TEXTS = _columns(lambda column: column.kind in {"text", "url"})
_NUMBERS = _columns(lambda column: column.kind in {"number", "whole"})
_DATES = _columns(lambda column: column.kind == "date")
_CODES = _columns(lambda column: column.kind == "code")
_STRICT_CODES = _columns(lambda c: c.kind == "code" and (c.required or c.name == "bound"))
"""A hedge misread as no hedge would make a number firmer than the speaker did."""

RULES: Final = (
    Rule(
        "header_known",
        (),
        "be one of the record's columns",
        "The column is not read; see data/README.md for the names.",
        severity="warning",
    ),
    Rule(
        "header_complete",
        (),
        "have every column of the record",
        "The column is taken as blank; add it to the header line.",
        severity="warning",
    ),
    Rule(
        "comma_separated",
        (),
        "separate its cells by commas",
        "It was read with the separator found; save it as CSV with commas.",
        severity="warning",
    ),
    Rule(
        "utf8",
        (),
        "be written in UTF-8",
        "It was read in the encoding found: check the letters, then save it as UTF-8.",
        severity="warning",
    ),
    Rule(
        "cell_count",
        (),
        "have as many cells as the header line",
        "Look for a comma outside quotation marks, or a cell that is missing.",
    ),
    Rule(
        "row_filled",
        (),
        "hold a claim",
        "The blank row is passed over; delete it.",
        severity="warning",
    ),
    Rule(
        "required",
        _columns(lambda column: column.required),
        "not be blank",
        "Fill the cell in.",
        faults.is_missing,
    ),
    Rule(
        "valid_text",
        _columns(lambda _: True),
        "hold whole Unicode characters and no NUL",
        "Type the text anew; the file was damaged on its way.",
        faults.is_broken_text,
    ),
    Rule(
        "slug",
        _columns(lambda column: column.kind == "slug"),
        "be small letters and digits, with single hyphens between them",
        "Rename it, such as soledar-sector.",
        faults.is_no_slug,
    ),
    Rule(
        "code",
        _STRICT_CODES,
        "be one of: {allowed}",
        "Choose one of these words.",
        faults.is_no_code,
    ),
    Rule(
        "optional_code",
        tuple(name for name in _CODES if name not in _STRICT_CODES),
        "be blank or one of: {allowed}",
        "It is taken as unknown; choose one of these words or leave the cell blank.",
        faults.is_no_code,
        severity="warning",
    ),
    Rule(
        "decimal_point",
        _NUMBERS,
        "be written with a point before the decimals and nothing between the thousands",
        "Write 48.59 for 48,59 and 1000 for 1,000.",
        faults.has_decimal_comma,
    ),
    Rule(
        "number",
        _NUMBERS,
        "be a finite number in digits",
        "Write digits only, without a unit; leave the cell blank if no number is stated.",
        faults.is_no_number,
    ),
    Rule(
        "whole_number",
        _columns(lambda column: column.kind == "whole"),
        "be a whole number",
        "Write the number as the speaker counts.",
        faults.is_not_whole,
    ),
    Rule(
        "range",
        _NUMBERS,
        "be a number from {low} to {high}",
        "Check the number and its unit against the source.",
        faults.is_out_of_range,
    ),
    Rule(
        "date_form",
        _DATES,
        "be a date such as 2023-05-12, or a date-time such as 2023-05-12T14:30+03:00",
        "Write year-month-day; the order of day and month is never guessed.",
        faults.is_no_date,
    ),
    Rule(
        "date_exists",
        _DATES,
        "be a day, time and offset that exist",
        "Check the date against the calendar.",
        faults.is_impossible_date,
    ),
    Rule(
        "date_offset",
        _DATES,
        "state the offset from UTC with its time of day",
        "Add the offset, such as +03:00, or leave the time of day out.",
        faults.lacks_offset,
    ),
    Rule(
        "date_range",
        _DATES,
        f"lie in the years {faults.FIRST_YEAR} to {faults.LAST_YEAR}",
        "Check the year.",
        faults.is_out_of_time,
    ),
    Rule(
        "event_order",
        ("event_end",),
        "not be before event_start",
        "Check both ends of the event's time.",
        faults.ends_before_start,
    ),
    Rule(
        "event_before_words",
        ("event_start", "event_end"),
        "be at most a day after said_on",
        "Check both dates; keep them if the speaker spoke of the future.",
        faults.is_after_said,
        severity="warning",
    ),
    Rule(
        "unique_claim_id",
        ("claim_id",),
        "be no other claim's name",
        "Row {other} has it first; give this claim a name of its own.",
        faults.repeats_earlier_row,
    ),
    Rule(
        "one_proposition_a_topic",
        ("proposition",),
        "be the same sentence in all rows of a topic",
        "Row {other} has the topic first; copy its sentence or name another topic.",
        faults.has_other_proposition,
    ),
    Rule(
        "quote_length",
        ("quote",),
        f"have at most {QUOTE_MAX_WORDS} words",
        "Quote less.",
        faults.is_long_quote,
    ),
    Rule(
        "cell_length",
        _TEXTS,
        f"have at most {faults.CELL_MAX_CHARACTERS:,} characters",
        "The rest is cut off; shorten the text.",
        faults.is_too_long,
        severity="warning",
    ),
    Rule(
        "visible_characters",
        _TEXTS,
        "hold no control, direction or zero-width characters",
        "They are shown by a visible mark; type the text anew without them.",
        faults.has_hidden_characters,
        severity="warning",
    ),
    Rule(
        "one_script_a_word",
        _TEXTS,
        "not mix Latin and Cyrillic letters in one word",
        "Check the word: a look-alike letter makes it another word to the search.",
        faults.mixes_scripts,
        severity="warning",
    ),
    Rule(
        "web_address",
        ("source_url",),
        "be an http or https address",
        "It is shown as text, never as a link; give the address of the page.",
        faults.is_no_web_address,
        severity="warning",
    ),
    Rule(
        "known_geometry",
        ("geometry_id",),
        "be a feature of data/geo/sectors.geojson",
        "Name a feature of the file, add it there, or leave the cell blank.",
        faults.is_unknown_geometry,
    ),
    Rule(
        "both_coordinates",
        ("latitude", "longitude"),
        "be given when the other coordinate is",
        "Give both coordinates or neither.",
        faults.lacks_other_coordinate,
    ),
    Rule(
        "position_for_precision",
        ("location_precision",),
        "be region, unplaced or blank where there are no coordinates",
        "Give latitude and longitude, or say that the claim is not placed.",
        faults.lacks_position,
    ),
    Rule(
        "no_position_for_region",
        ("location_precision",),
        "be finer than a region for its coordinates to be used",
        "The claim is listed, not pinned; remove the coordinates or state the precision.",
        faults.has_unused_position,
        severity="warning",
    ),
    Rule(
        "not_null_island",
        ("latitude",),
        "not be 0 together with longitude 0",
        "Check the coordinates: this is where lost ones end up.",
        faults.is_at_zero,
        severity="warning",
    ),
    Rule(
        "not_edge_of_world",
        ("latitude", "longitude"),
        "not be at a pole or on the antimeridian",
        "Check the coordinates: a web map cannot show a point there well.",
        faults.is_at_edge_of_world,
        severity="warning",
    ),
    Rule(
        "latitude_first",
        ("latitude",),
        "not be the longitude",
        "Exchanged, the point would lie in Ukraine; nothing was exchanged, so check the columns.",
        faults.seems_swapped,
        severity="warning",
        once_when_most=True,
    ),
)
"""The order is that of the file, the cell, the row; a row may break several."""

BY_RULE_NAME: Final = {rule.name: rule for rule in RULES}
