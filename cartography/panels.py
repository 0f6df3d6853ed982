"""What the panels beside and under the map show: which claims, in which order; JSON-ready.

A panel names claims by their position; the browser holds their words (`cartography.wording`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from cartography.symbols import KIND_WORDS
from claims.days import day_words
from claims.disputes import Dispute
from claims.model import KINDS, SIDES, STANDINGS
from claims.selection import CLOCKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cartography.edition import Edition

    Flags = NDArray[np.bool_]

PAGE_CARDS: Final = 50
FEWEST_COUNTED: Final = 2
MAX_VOICES: Final = 200
MAX_UNPLACED: Final = 200
MAX_ROWS: Final = 1000
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
    code : numpy.ndarray of int8, one per topic
        Position in `claims.model.STANDINGS`; `NO_STANDING` where nobody has spoken yet.
    counts : numpy.ndarray of unsigned int, shape (topics, 6)
        Organisations for and against, side by side in the order of `claims.model.SIDES`.
    """

    def __init__(self, record: Edition, as_of_day: int | None) -> None:
        tally = record.ledger.tally(as_of_day)
        # In the smallest types: a large record has its tens of thousands of propositions.
        self.code = record.ledger.standings(tally, NO_STANDING).astype(np.int8)
        counts = tally[:, :, :2].reshape(len(tally), 2 * len(SIDES))
        self.counts = counts.astype(np.min_scalar_type(int(counts.max(initial=0))))

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


def disc_claims(
    record: Edition, keep: Flags, cells: Sequence[tuple[int, int, int]]
) -> NDArray[np.intp]:
    """Find the kept claims of a disc, the same that the browser counts in it.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    cells : sequence of (level, x, y)
        The disc's grid cells.

    Returns
    -------
    numpy.ndarray of int, ascending
    """
    return np.flatnonzero(keep & record.has_disc & record.positions.in_cells(cells))


def _counts(record: Edition, positions: NDArray[np.intp]) -> dict[str, object] | None:
    """Count claims by side, in the order of their codes, and by kind, the commonest first."""
    if len(positions) < FEWEST_COUNTED:
        return None
    sides, kinds = (record.claims[name].iloc[positions].value_counts() for name in ("side", "kind"))
    by_kind = [(KIND_WORDS[kind], int(kinds.get(kind, 0))) for kind in KINDS]
    by_kind.sort(key=lambda one: -one[1])
    return {
        "sides": [int(sides.get(side, 0)) for side in SIDES],
        "kinds": [one for one in by_kind if one[1]],
    }


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
        As `all_cards`, with picked True and counts: None for less than two claims, or sides (how
        many claims, by code) and kinds (words and how many, the commonest first).
    """
    positions = disc_claims(record, keep, cells)
    code, named = pd.factorize(record.claims["place"].iloc[positions])
    often = np.argsort(-np.bincount(code, minlength=len(named)), kind="stable")[:2]
    places = [str(named[place]) for place in often]
    where = " and ".join(places) + (" and nearby" if len(named) > len(places) else "")
    heading = f"{_plural(len(positions), 'claim')} at {where}" if places else "No claim here now"
    hint = "" if places else "The filters leave no claim at this place."
    listed = _listed(record, positions, standings, order)
    counts = _counts(record, positions)
    return {"heading": heading, "hint": hint, "picked": True, "counts": counts, **listed}


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
        file, digest, claims, outlets (outlet, claims, pages) and ground.
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
        "outlets": outlets[:MAX_ROWS],
        "ground": list(ground),
    }
