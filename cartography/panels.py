"""What the panels beside and under the map show: which claims, in which order; JSON-ready.

A panel names claims by their position; the browser holds their words (`cartography.wording`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cartography.wording import QUANTITY_WORDS, number_words
from claims.days import day_words
from claims.disputes import Dispute
from claims.model import SIDES, STANDINGS
from claims.quantities import stated_quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from cartography.edition import Edition

    Flags = NDArray[np.bool_]

MAX_CARDS: Final = 50
MAX_ROWS: Final = 300
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
    counts : numpy.ndarray of int64, shape (topics, 6)
        Organisations for and against, side by side in the order of `claims.model.SIDES`.
    """

    def __init__(self, record: Edition, as_of_day: int | None) -> None:
        table = record.standings(as_of_day).reindex(record.voices.topics)
        code = {standing: number for number, standing in enumerate(STANDINGS)}
        known = [code.get(str(standing), NO_STANDING) for standing in table["standing"]]
        self.code = np.array(known, dtype=np.int64)
        columns = [f"{way}_{side}" for side in SIDES for way in ("supporting", "opposing")]
        self.counts = table[columns].fillna(0).to_numpy(dtype=np.int64)

    def group(self, dispute: Dispute) -> dict[str, object]:
        """Describe a proposition: its claims, standing code and counts for and against."""
        code = int(self.code[dispute.topic])
        return {
            "claims": dispute.claims,
            "standing": code if code < NO_STANDING else None,
            "counts": self.counts[dispute.topic].tolist(),
        }


def _grouped(
    record: Edition, positions: NDArray[np.intp], standings: Standings
) -> tuple[list[dict[str, object]], int]:
    # The newest words first: they are what is left when there are too many.
    said = record.voices.said[positions]
    newest = positions[np.argsort(-said, kind="stable")][:MAX_CARDS]
    found, _ = record.voices.disputes(np.sort(newest), standings.code, most=MAX_CARDS)
    return [standings.group(one) for one in found], max(0, len(positions) - MAX_CARDS)


def all_cards(record: Edition, keep: Flags, standings: Standings) -> dict[str, object]:
    """List the kept claims as cards, grouped by proposition.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    standings : Standings
        As of the chosen day.

    Returns
    -------
    dict
        heading, hint, groups, more (cards left out) and picked (False).
    """
    groups, more = _grouped(record, np.flatnonzero(keep), standings)
    count = int(keep.sum())
    hint = "Pick a mark on the map or a card: its other voices come up with it."
    if not count:
        hint = "No claim matches these filters. Widen the days, or take a filter away."
    heading = f"{_plural(count, 'claim')}, {_plural(len(groups), 'proposition')}"
    if more:
        heading = f"{_plural(count, 'claim')}, the newest {MAX_CARDS} as cards"
    return {"heading": heading, "hint": hint, "groups": groups, "more": more, "picked": False}


def disc_cards(
    record: Edition,
    keep: Flags,
    cells: Sequence[tuple[int, int, int]],
    standings: Standings,
) -> dict[str, object]:
    """List the kept claims of a disc as cards.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    cells : sequence of (level, x, y)
        The disc's grid cells.
    standings : Standings

    Returns
    -------
    dict
        As `all_cards`, with picked True.
    """
    positions = np.flatnonzero(keep & record.positions.in_cells(cells))
    groups, more = _grouped(record, positions, standings)
    places = list(dict.fromkeys(record.claims["place"].iloc[positions]))
    where = " and ".join(places[:2]) + (" and nearby" if len(places) > 2 else "")  # noqa: PLR2004
    heading = f"{_plural(len(positions), 'claim')} at {where}" if places else "No claim here now"
    hint = "" if places else "The filters leave no claim at this place."
    return {"heading": heading, "hint": hint, "groups": groups, "more": more, "picked": True}


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
    hidden = len(voices) - len(shown)
    hint = "" if voices else "Nobody else in this record speaks to this proposition."
    if hidden:
        hint = f"{_plural(hidden, 'other voice')} on this proposition outside the filters."
    topic = int(record.voices.topic[claim])
    group = standings.group(Dispute(topic, (claim, *shown[:MAX_CARDS])))
    return {
        "heading": "One claim and who answers it" if voices else "One claim",
        "hint": hint,
        "groups": [group],
        "more": max(0, len(shown) - MAX_CARDS),
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
    groups, more = _grouped(record, positions, standings)
    hint = (
        "What these claims are about has no honest point: a country, a region or no place at all."
        if len(positions)
        else "Every claim that passes the filters stands on the map."
    )
    heading = f"{_plural(len(positions), 'claim')} not placed"
    return {"heading": heading, "hint": hint, "groups": groups, "more": more, "picked": False}


def who_says_what(
    record: Edition, keep: Flags, as_of_day: int | None, standings: Standings
) -> dict[str, object]:
    """Lay out propositions for a table against organisations.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    as_of_day : int or None
    standings : Standings

    Returns
    -------
    dict
        asOf, groups (contested first, then by the last word) and more (propositions left out).
    """
    found, total = record.voices.disputes(np.flatnonzero(keep), standings.code, most=MAX_ROWS)
    day = as_of_day if as_of_day is not None else record.last_day
    return {
        "asOf": f"Standing as of {day_words(day)}" if len(record.claims) else "",
        "groups": [standings.group(one) for one in found],
        "more": total - len(found),
    }


def numbers(record: Edition, keep: Flags) -> dict[str, object]:
    """Set the numbers that kept claims state side by side.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)

    Returns
    -------
    dict
        quantities: title, highest (in words), and rows of (position, number in words, share of
        the highest).
    """
    panels = []
    for quantity in stated_quantities(record.claims, keep):
        highest = max(quantity.values) or 1.0
        rows = zip(quantity.claims, quantity.values, strict=True)
        panels.append(
            {
                "title": QUANTITY_WORDS[quantity.column],
                "highest": number_words(highest),
                "rows": [(i, number_words(value), round(value / highest, 4)) for i, value in rows],
            }
        )
    return {"quantities": panels}


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
