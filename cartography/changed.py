"""What the tab "What changed" lists, and what the map is told to light up with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from cartography.symbols import STANDING_WORDS
from cartography.wording import QUANTITY_WORDS, number_words
from claims.changes import turning_claims
from claims.days import day_words
from claims.disputes import NO_DAY, OPPOSES
from claims.exports import guarded_csv
from claims.model import SIDES, STANDINGS
from claims.packing import bits_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cartography.edition import Edition
    from claims.changes import Changes
    from claims.selection import Selection

    Flags = NDArray[np.bool_]
    Group = dict[str, object]

MAX_CLAIMS: Final = 100
"""Claims of a group that are listed; the counts are of all, and so is the file."""
MAX_STANDINGS: Final = 50
MAX_NUMBERS: Final = 50
MAX_TURNING: Final = 6
"""Claims named as having turned one standing."""
MAX_GONE: Final = 200
GROUPS: Final = {
    "claims": "New claims",
    "denials": "New denials and doubts",
    "standings": "Standings that changed",
    "numbers": "Numbers that moved",
    "gone": "Claims that are gone",
}
ROW_COLUMNS: Final = (
    *("change", "proposition", "claim_id", "said_on", "side", "organisation", "claimant"),
    *("stance", "statement", "quantity", "before", "after", "claim_before"),
)
"""The columns of the list as a file."""


def last_day(record: Edition, selection: Selection) -> int:
    """Give the last day of saying that a view counts with, in days since 1970-01-01."""
    until = selection.as_of_day()
    return record.last_day if until is None else until


def since_day(record: Edition, selection: Selection, asked: int | None) -> int:
    """Give the day since which changes are told: the one asked for, else that before the last.

    Parameters
    ----------
    record : Edition
    selection : Selection
    asked : int or None
        Days since 1970-01-01.

    Returns
    -------
    int
    """
    return last_day(record, selection) - 1 if asked is None else asked


def lighting(record: Edition, since: int, in_export: Flags | None) -> dict[str, object]:
    """Say to the map which of the claims it shows are new.

    Parameters
    ----------
    record : Edition
    since : int
        Days since 1970-01-01: the browser holds the days of saying and finds the claims itself.
    in_export : numpy.ndarray of bool, shape (n,), or None
        The claims of an earlier export, which then stands in for the day; a bit a claim is sent.

    Returns
    -------
    dict
        since (a day, or None), mask (base64 bits of what is new, the lowest bit first, or None)
        and words for the legend.
    """
    if in_export is None:
        # An empty record has no day that could be named.
        words = f"new since {day_words(since)}" if len(record.claims) else "new"
        return {"since": since, "mask": None, "words": words}
    return {"since": None, "mask": bits_text(~in_export), "words": "not in the earlier export"}


def what_changed(
    record: Edition, selection: Selection, changes: Changes, *, since: int, export: int | None
) -> dict[str, object]:
    """Lay out what changed as groups of rows, each row with a column a side.

    Parameters
    ----------
    record : Edition
    selection : Selection
        The filters that the changes follow.
    changes : Changes
    since : int
        Days since 1970-01-01; told where no export stands in for it.
    export : int or None
        How many claims the earlier export holds; None for a day.

    Returns
    -------
    dict
        hint, and groups: key, title, count, counts (of its claims by side, or None), words (what
        is to be said of it), more (rows or claims left out) and rows. A row names claims by their
        positions; what else is in it hangs on the group's key, as `components/browser/changed.js`
        says. A group is there also where it is empty, but for what cannot be.
    """
    new = np.flatnonzero(changes.new)
    denials = new[record.voices.way[new] == OPPOSES]
    topics = changes.new_topics
    words = f"{topics:,} {'proposition' if topics == 1 else 'propositions'} nobody had spoken to"
    groups = [
        _claims(record, changes, "claims", new, words if topics else ""),
        _claims(record, changes, "denials", denials, "of the new claims" if len(denials) else ""),
        _standings(record, changes),
        _numbers(record, changes),
    ]
    if export is None:
        return {"hint": _day_hint(record, selection, since), "groups": groups}
    gone = changes.gone
    more = max(0, len(gone) - MAX_GONE)
    told = "in the export, and no more in this record" if gone else ""
    groups.append(_group("gone", len(gone), words=told, rows=list(gone[:MAX_GONE]), more=more))
    hint = (
        f"The export holds {export:,} claims. It holds what its own filters kept: set the same "
        "here. Standings and numbers are counted among the claims that pass the filters only."
    )
    return {"hint": hint, "groups": groups}


def changes_csv(record: Edition, changes: Changes) -> str:
    """Write every change as a row of a CSV file, safe to open in a spreadsheet.

    Parameters
    ----------
    record : Edition
    changes : Changes

    Returns
    -------
    str
        RFC 4180, columns of `ROW_COLUMNS`. A claim that denies or doubts is a row of that kind
        and none of the new claims besides; a standing has a row for each claim that turned it.
    """
    new = np.flatnonzero(changes.new)
    opposes = record.voices.way[new] == OPPOSES
    turning = turning_claims(record.claims, record.voices, changes, changes.topics.tolist())
    turned = [(topic, claim) for topic, claims in turning.items() for claim in claims]
    moves = changes.numbers
    states = {
        "before": changes.standing_before,
        "after": changes.standing_now,
    }
    frames = [
        _named(record, new[~opposes].tolist(), "new claim"),
        _named(record, new[opposes].tolist(), "new denial or doubt"),
        _named(record, [claim for _, claim in turned], "standing").assign(
            **{
                name: [STANDING_WORDS[STANDINGS[codes[topic]]] for topic, _ in turned]
                for name, codes in states.items()
            }
        ),
        _named(record, [move.after for move in moves], "number").assign(
            quantity=[QUANTITY_WORDS[move.column] for move in moves],
            before=[_number(record, move.column, move.before) for move in moves],
            after=[_number(record, move.column, move.after) for move in moves],
            claim_before=[record.claim_id(move.before) for move in moves],
        ),
        pd.DataFrame({"claim_id": list(changes.gone)}).assign(change="gone"),
    ]
    tables = [frame.reindex(columns=list(ROW_COLUMNS)).astype(object) for frame in frames]
    return guarded_csv(pd.concat(tables, ignore_index=True).fillna("").astype("str"))


def _named(record: Edition, claims: Sequence[int], change: str) -> pd.DataFrame:
    known = [name for name in ROW_COLUMNS if name in record.claims.columns]
    return record.claims[known].iloc[list(claims)].astype(object).assign(change=change)


def _number(record: Edition, column: str, claim: int) -> str:
    return number_words(float(record.claims[column].iloc[claim]))


def _day_hint(record: Edition, selection: Selection, since: int) -> str:
    if not len(record.claims):
        return "The record holds no claims."
    last = last_day(record, selection)
    if since >= last:
        return (
            f"Nothing can be new since {day_words(since)}: what is shown here goes up to "
            f"{day_words(last)}. Choose an earlier day."
        )
    words = f"New is what was said after {day_words(since)} and up to {day_words(last)}"
    words = f"{words}, among the claims that pass the filters."
    first = selection.from_day
    if selection.clock != "said":
        return f"{words} It goes by the day of saying, whatever the clock."
    if first is not None and first > since + 1:
        return f"{words} What was said before {day_words(first)} lies outside their window."
    return words


def _group(key: str, count: int, **rest: object) -> Group:
    return {"key": key, "title": GROUPS[key], "count": count, "counts": None, "words": "", **rest}


def _by_side(record: Edition, claims: NDArray[np.intp]) -> list[int]:
    counts = record.claims["side"].iloc[claims].value_counts()
    return [int(counts.get(side, 0)) for side in SIDES]


def _claims(
    record: Edition, changes: Changes, key: str, claims: NDArray[np.intp], words: str
) -> Group:
    found = record.voices.page(
        claims, record.voices.said, changes.standing_now, page=0, size=MAX_CLAIMS
    )
    return _group(
        key,
        len(claims),
        counts=_by_side(record, claims),
        words=words,
        rows=[{"claims": one.claims} for one in found],
        more=max(0, len(claims) - MAX_CLAIMS),
    )


def _standings(record: Edition, changes: Changes) -> Group:
    new = np.flatnonzero(changes.now & ~changes.before)
    turned_on = np.full(len(record.voices.topics), NO_DAY)
    np.maximum.at(turned_on, record.voices.topic[new], record.voices.said[new])
    order = np.lexsort((changes.topics, -turned_on[changes.topics]))
    topics = changes.topics[order][:MAX_STANDINGS].tolist()
    turning = turning_claims(record.claims, record.voices, changes, topics)
    first = np.empty(len(record.voices.topics), dtype=np.intp)
    backwards = np.arange(len(record.voices.topic))[::-1]
    first[record.voices.topic[backwards]] = backwards  # of several, the one written last stays
    rows = []
    for topic in topics:
        shown = [claim for claim in turning[topic] if changes.new[claim]]
        rows.append(
            {
                "about": int(first[topic]),
                "before": int(changes.standing_before[topic]),
                "after": int(changes.standing_now[topic]),
                "claims": shown[:MAX_TURNING],
                "left": max(0, len(shown) - MAX_TURNING),
                "outside": len(turning[topic]) - len(shown),
            }
        )
    more = max(0, len(changes.topics) - MAX_STANDINGS)
    return _group("standings", len(changes.topics), rows=rows, more=more)


def _numbers(record: Edition, changes: Changes) -> Group:
    newest = sorted(changes.numbers, key=lambda move: -int(record.voices.said[move.after]))
    rows = [
        {
            "quantity": QUANTITY_WORDS[move.column],
            "claims": [move.after],
            "earlier": move.before,
            "before": _number(record, move.column, move.before),
            "after": _number(record, move.column, move.after),
        }
        for move in newest[:MAX_NUMBERS]
    ]
    moved = np.array([move.after for move in changes.numbers], dtype=np.intp)
    return _group(
        "numbers",
        len(moved),
        counts=_by_side(record, moved),
        rows=rows,
        more=max(0, len(moved) - MAX_NUMBERS),
    )
