"""What the panels beside and under the map show: which claims, in which order; JSON-ready.

A panel names claims by their position; the browser holds their words (`cartography.wording`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from cartography.wording import QUANTITY_WORDS, number_words
from claims.days import DAYS_A_WEEK, FIRST_DAY, day_words, span_words, week_of
from claims.disputes import Dispute
from claims.model import SIDES, STANDINGS
from claims.quantities import stated_quantities
from claims.selection import CLOCKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cartography.edition import Edition
    from claims.quantities import Quantity

    Flags = NDArray[np.bool_]

PAGE_CARDS: Final = 50
MAX_VOICES: Final = 200
MAX_UNPLACED: Final = 200
MAX_ROWS: Final = 1000
MAX_NUMBERS: Final = 400
NO_STANDING: Final = len(STANDINGS)


def _plural(count: int, one: str) -> str:
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


class Standings:
    """The standing of every proposition as of a day, by the topic's code.

    Parameters
    ----------
    record : Edition
    as_of_day : int or None
        Days since 1970-01-01; None for the whole record.

    Attributes
    ----------
    code : numpy.ndarray of int64, one per topic
        Position in `claims.model.STANDINGS`; `NO_STANDING` where nobody has spoken yet.
    counts : numpy.ndarray of int32, shape (topics, 6)
        Organisations for and against, side by side in the order of `claims.model.SIDES`.
    """

    def __init__(self, record: Edition, as_of_day: int | None) -> None:
        tally = record.ledger.tally(as_of_day)
        self.code = record.ledger.standings(tally, NO_STANDING)
        self.counts = tally[:, :, :2].reshape(len(tally), 2 * len(SIDES))

    def group(self, dispute: Dispute) -> dict[str, object]:
        """Describe a proposition: its claims, standing code and counts for and against."""
        return {
            "claims": dispute.claims,
            "standing": self.known(dispute.topic),
            "counts": self.counts[dispute.topic].tolist(),
        }

    def known(self, topic: int) -> int | None:
        """Give the code of a topic's standing; None where nobody has spoken yet."""
        code = int(self.code[topic])
        return code if code < NO_STANDING else None


@dataclass(frozen=True, slots=True)
class Order:
    """In which order cards are read, and which page of them.

    Attributes
    ----------
    clock : str
        One of `claims.selection.CLOCKS`: the newest by this clock stand first.
    page : int
        0 for the newest.
    size : int
        Claims on a page.
    """

    clock: str = CLOCKS[0]
    page: int = 0
    size: int = PAGE_CARDS


NEWEST: Final = Order()
NEWEST_WORDS: Final = {"said": "last said first", "happened": "last events first"}
WEEK_WORDS: Final = {"said": "by the day of saying", "happened": "by the day of the event"}


def _listed(
    record: Edition, positions: NDArray[np.intp], standings: Standings, order: Order
) -> dict[str, object]:
    """Lay out a page of claims: groups, and the pager, None where one page holds them all."""
    size = order.size
    last = max(0, (len(positions) - 1) // size)
    page = min(order.page, last)
    day = record.day_of(order.clock)
    found = record.voices.page(positions, day, standings.code, page=page, size=size)
    first = page * size + 1
    words = f"{first:,}\N{EN DASH}{min(first + size - 1, len(positions)):,} of {len(positions):,}"
    pager = {"page": page, "last": last, "words": f"{words}, {NEWEST_WORDS[order.clock]}"}
    return {"groups": [standings.group(one) for one in found], "pager": pager if last else None}


def all_cards(
    record: Edition, keep: Flags, standings: Standings, order: Order = NEWEST
) -> dict[str, object]:
    """List the kept claims as cards, grouped by proposition.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    standings : Standings
        As of the chosen day.
    order : Order, optional

    Returns
    -------
    dict
        heading, hint, groups, pager (None, or page, last and words) and picked (False).
    """
    positions = np.flatnonzero(keep)
    hint = "Pick a mark on the map or a card: its other voices come up with it."
    if not len(positions):
        hint = "No claim matches these filters. Widen the days, or take a filter away."
    topics = int(np.count_nonzero(np.bincount(record.voices.topic[positions])))
    heading = f"{_plural(len(positions), 'claim')}, {_plural(topics, 'proposition')}"
    listed = _listed(record, positions, standings, order)
    return {"heading": heading, "hint": hint, "picked": False, **listed}


def disc_cards(
    record: Edition,
    keep: Flags,
    cells: Sequence[tuple[int, int, int]],
    standings: Standings,
    order: Order = NEWEST,
) -> dict[str, object]:
    """List the kept claims of a disc as cards.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    cells : sequence of (level, x, y)
        The disc's grid cells.
    standings : Standings
    order : Order, optional

    Returns
    -------
    dict
        As `all_cards`, with picked True.
    """
    positions = np.flatnonzero(keep & record.positions.in_cells(cells))
    code, named = pd.factorize(record.claims["place"].iloc[positions])
    often = np.argsort(-np.bincount(code, minlength=len(named)), kind="stable")[:2]
    places = [str(named[place]) for place in often]
    where = " and ".join(places) + (" and nearby" if len(named) > len(places) else "")
    heading = f"{_plural(len(positions), 'claim')} at {where}" if places else "No claim here now"
    hint = "" if places else "The filters leave no claim at this place."
    listed = _listed(record, positions, standings, order)
    return {"heading": heading, "hint": hint, "picked": True, **listed}


def claim_and_voices(
    record: Edition,
    keep: Flags,
    claim: int,
    voices: Sequence[int],
    standings: Standings,
) -> dict[str, object]:
    """Give one claim and under it the other voices on its proposition.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    claim : int
        Position of the claim.
    voices : sequence of int
        The other claims on its proposition, from `claims.disputes.Voices.others`; those the
        filters leave out are counted, not shown.
    standings : Standings

    Returns
    -------
    dict
        As `all_cards`, with picked True and claim, its position.
    """
    shown = [voice for voice in voices if keep[voice]]
    left = max(0, len(shown) - MAX_VOICES)
    hidden = len(voices) - len(shown)
    hint = "" if voices else "Nobody else in this record speaks to this proposition."
    if hidden:
        hint = f"{_plural(hidden, 'other voice')} on this proposition outside the filters."
    if left:
        hint = f"{hint} The first {MAX_VOICES} voices of {len(shown):,} are shown.".strip()
    topic = int(record.voices.topic[claim])
    group = standings.group(Dispute(topic, (claim, *shown[:MAX_VOICES])))
    return {
        "heading": "One claim and who answers it" if voices else "One claim",
        "hint": hint,
        "groups": [group],
        "pager": None,
        "picked": True,
        "claim": claim,
    }


def not_placed(record: Edition, keep: Flags, standings: Standings) -> dict[str, object]:
    """List the kept claims that have no honest point on the map.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    standings : Standings

    Returns
    -------
    dict
        As `all_cards`.
    """
    positions = np.flatnonzero(keep & ~record.positions.placed)
    listed = _listed(record, positions, standings, Order(size=MAX_UNPLACED))
    hint = (
        "What these claims are about has no honest point: a country, a region or no place at all."
        if len(positions)
        else "Every claim that passes the filters stands on the map."
    )
    heading = f"{_plural(len(positions), 'claim')} not placed"
    if listed["pager"]:
        heading += f", the newest {MAX_UNPLACED} here, all in the table"
    return {"heading": heading, "hint": hint, "picked": False, **listed, "pager": None}


def who_says_what(
    record: Edition, keep: Flags, as_of_day: int | None, standings: Standings
) -> dict[str, object]:
    """Lay out propositions for a table against sides.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    as_of_day : int or None
    standings : Standings

    Returns
    -------
    dict
        asOf, more (propositions left out) and rows, contested first, then by the last word: each a
        list of the standing's code, or None, and the positions of the claims.
    """
    found, total = record.voices.disputes(np.flatnonzero(keep), standings.code, most=MAX_ROWS)
    day = as_of_day if as_of_day is not None else record.last_day
    return {
        "asOf": f"Standing as of {day_words(day)}" if len(record.claims) else "",
        "rows": [[standings.known(one.topic), *one.claims] for one in found],
        "more": total - len(found),
    }


def numbers(record: Edition, keep: Flags, clock: str = CLOCKS[0]) -> dict[str, object]:
    """Set the numbers that kept claims state side by side, week by week.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    clock : str, optional
        Which day of a claim the weeks go by.

    Returns
    -------
    dict
        quantities: title, highest (in words), count, shown (of too many the newest), and weeks:
        when (in words) and rows, one a proposition, each a list of (position, number in words,
        share of the highest).
    """
    day = record.day_of(clock)
    panels = []
    for quantity in stated_quantities(record.claims, keep):
        highest = max(quantity.values) or 1.0
        weeks: dict[int, dict[int, list[tuple[int, str, float]]]] = {}
        shown = _newest(quantity, day)
        for position, value in shown:
            monday = week_of(int(day[position]))
            figure = (position, number_words(value), round(value / highest, 4))
            topics = weeks.setdefault(monday, {})
            topics.setdefault(int(record.voices.topic[position]), []).append(figure)
        panels.append(
            {
                "title": QUANTITY_WORDS[quantity.column],
                "highest": number_words(highest),
                "count": len(quantity.claims),
                "shown": len(shown),
                "weeks": [
                    {"when": _week_words(monday), "rows": list(weeks[monday].values())}
                    for monday in sorted(weeks)
                ],
            }
        )
    return {"quantities": panels, "weeksGo": WEEK_WORDS[clock]}


def _newest(quantity: Quantity, day: NDArray[np.int64]) -> list[tuple[int, float]]:
    """Give the claims of a quantity with their numbers, of too many the newest, in their order."""
    figures = list(zip(quantity.claims, quantity.values, strict=True))
    if len(figures) <= MAX_NUMBERS:
        return figures
    newest = np.argsort(-day[list(quantity.claims)], kind="stable")[:MAX_NUMBERS]
    return [figures[i] for i in sorted(newest.tolist())]


def _week_words(monday: int) -> str:
    return "no day stated" if monday < FIRST_DAY else span_words(monday, monday + DAYS_A_WEEK - 1)


def sources(record: Edition, keep: Flags, ground: Sequence[dict[str, object]]) -> dict[str, object]:
    """Say where the kept claims and the ground come from.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    ground : sequence of dict
        From `cartography.ground_data.credits`.

    Returns
    -------
    dict
        file, digest, claims, read and left_out (rows of the file), span (of the days of saying,
        "" for an empty record), outlets (outlet, claims, pages) and ground.
    """
    kept: pd.DataFrame = record.claims.loc[keep, ["outlet", "source_url", "source_title"]]
    outlets = []
    for outlet, rows in kept.groupby("outlet", sort=True):
        pages = rows.loc[rows["source_url"] != ""].drop_duplicates("source_url").head(MAX_ROWS)
        listed = zip(pages["source_url"], pages["source_title"], strict=True)
        outlets.append(
            {
                "outlet": str(outlet),
                "claims": len(rows),
                "pages": [{"url": url, "title": title or url} for url, title in listed],
            }
        )
    outlets.sort(key=lambda one: -int(str(one["claims"])))
    return {
        "file": record.record.name,
        "digest": record.record.digest,
        "claims": len(record.claims),
        "read": record.record.rows_read,
        "left_out": record.record.rows_read - len(record.claims),
        "span": span_words(record.first_day, record.last_day) if len(record.claims) else "",
        "outlets": outlets[:MAX_ROWS],
        "ground": list(ground),
    }
