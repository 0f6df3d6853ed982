"""What a picture needs to explain itself: window, filters, "n of N" and the signs drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from cartography.discs import FEWEST_FULL
from cartography.symbols import KIND_WORDS, SIDE_WORDS, STANDING_WORDS
from cartography.wording import visible
from claims.days import day_words, span_words
from claims.model import SIDES, STANDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartography.drawing import Drawing, Shown
    from cartography.edition import Edition
    from claims.selection import Selection

WORDS: Final = {**SIDE_WORDS, **STANDING_WORDS, **KIND_WORDS}
"""Code of a side, a standing or a kind to its word."""
EXTENT_WORDS: Final = {
    "ring": "distance claimed, direction not stated",
    "fan": "distance claimed, with its direction",
    "line": "length claimed along a sector",
    "area": "where it may be: area named, outline ours",
    "doubt": "where it may be: radius of doubt",
}
"""As the page's own legend says it."""


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One row of a legend.

    Attributes
    ----------
    kind : str
        "side", "standing", one of `EXTENT_WORDS`, or "" for a row without a sign.
    code : int
        Of the side or the standing.
    words : str
    """

    kind: str
    code: int
    words: str


def status_words(record: Edition, shown: Shown) -> tuple[str, ...]:
    """Say what a picture shows: window, how many claims of how many, clock and filters.

    Parameters
    ----------
    record : Edition
    shown : Shown

    Returns
    -------
    tuple of str
        The window first. Names come from the record: characters that change a text unseen are
        marked.
    """
    window, asked = asked_words(record, shown.selection, all_sides=not shown.narrator)
    filters = [visible(phrase) for phrase in asked]
    if shown.narrator:
        filters.append(f"{narrator_words(shown.narrator)} only")
    # Filters may be many words: what must never be cut stands before them.
    phrases = [window, f"{shown.count:,} of {len(record.claims):,} claims shown"]
    hidden = int(np.count_nonzero(shown.keep & ~record.positions.placed))
    if hidden:
        phrases.append(f"{hidden:,} of them not placed")
    return (*phrases, *filters)


def asked_words(
    record: Edition, selection: Selection, *, all_sides: bool = True
) -> tuple[str, list[str]]:
    """Say what is asked for, as page and picture do.

    Parameters
    ----------
    record : Edition
    selection : Selection
    all_sides : bool, optional
        Whether to say so where no side is left out; False where narrators are chosen.

    Returns
    -------
    str
        The window's days; without a window those of the record.
    list of str
        The clock, then a phrase a filter. Names come from the record and may be any text.
    """
    window, *filters = selection.describe(WORDS)
    if all_sides and len(selection.sides) in {0, len(SIDES)}:
        filters.append("all sides")
    if selection.from_day is None and selection.to_day is None:
        if len(record.claims):
            window = span_words(record.first_day, record.last_day)
    elif selection.clock == "happened" and record.undated:
        filters.append(f"{record.undated:,} claims without a day of the event left out")
    return window, filters


def narrator_words(narrator: str) -> str:
    """Name a narrator: a side by its word, an organisation as it is."""
    return SIDE_WORDS.get(narrator) or visible(narrator)


def as_of_words(record: Edition, selection: Selection) -> str:
    """Say up to which day what was said counts for the standings; "" for an empty record."""
    if not len(record.claims):
        return ""
    day = selection.as_of_day()
    return f"Standing as of {day_words(record.last_day if day is None else day)}"


def legend_rows(drawings: Sequence[Drawing]) -> list[LegendRow]:
    """List the signs that are drawn, and what is not drawn.

    Parameters
    ----------
    drawings : sequence of Drawing
        The maps of one picture.

    Returns
    -------
    list of LegendRow
    """
    sides: set[int] = set()
    standings: set[int] = set()
    kinds: set[str] = set()
    for drawing in drawings:
        for disc in drawing.discs:
            sides |= {code for code, count in enumerate(disc.sides) if count}
            standings.add(disc.standing)
        for extent in drawing.extents:
            kinds.add(extent.kind)
            if extent.is_stated:
                sides.add(extent.side)
                standings.add(extent.standing)
    rows = [LegendRow("side", code, f"{SIDE_WORDS[SIDES[code]]} says") for code in sorted(sides)]
    rows += [
        LegendRow("standing", code, STANDING_WORDS[STANDINGS[code]]) for code in sorted(standings)
    ]
    rows += [LegendRow(kind, 0, words) for kind, words in EXTENT_WORDS.items() if kind in kinds]
    rows += [LegendRow("", 0, words) for words in _not_drawn(drawings)]
    return rows


def _not_drawn(drawings: Sequence[Drawing]) -> list[str]:
    full = max(drawing.full for drawing in drawings)
    words = [f"widest disc: {full:,} claims"] if full > FEWEST_FULL else []
    lefts = [drawing.left for drawing in drawings]
    counted = [
        _counted(sum(left.extents for left in lefts), "smaller extent"),
        _counted(sum(left.shorter for left in lefts), "shorter distance"),
        _counted(sum(left.doubt for left in lefts), "radius of doubt", "radii of doubt"),
    ]
    left_out = ", ".join(one for one in counted if one)
    return [*words, f"{left_out} not drawn"] if left_out else words


def _counted(count: int, noun: str, many: str = "") -> str:
    if not count:
        return ""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"
