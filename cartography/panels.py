"""What the panels beside and under the map say: cards, matrix, numbers, sources; JSON-ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cartography.symbols import (
    BOUND_WORDS,
    SIDE_WORDS,
    STANCE_WORDS,
    STANDING_WORDS,
)
from cartography.wording import QUANTITY_WORDS, claim_cards, number_words
from claims.days import day_words
from claims.disputes import disputes, other_voices
from claims.model import SIDES
from claims.quantities import stated_quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from cartography.edition import Edition

    Flags = NDArray[np.bool_]

MAX_CARDS: Final = 50
MAX_ROWS: Final = 300


def _plural(count: int, one: str) -> str:
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def _group(
    record: Edition, topic: str, positions: Sequence[int], standings: pd.DataFrame
) -> dict[str, object]:
    known = topic in standings.index
    row = standings.loc[topic] if known else None
    standing = str(row["standing"]) if row is not None else ""
    parts = []
    for side in SIDES if row is not None else ():
        ways = [
            f"{row[f'{way}_{side}']} {words}"
            for way, words in (("supporting", "for"), ("opposing", "against"))
            if row is not None and row[f"{way}_{side}"]
        ]
        if ways:
            parts.append(f"{SIDE_WORDS[side]} {', '.join(ways)}")
    return {
        "topic": topic,
        "proposition": str(record.claims["proposition"].iloc[positions[0]]),
        "standing": standing,
        "standingWords": STANDING_WORDS.get(standing, ""),
        "summary": "Voices: " + " · ".join(parts) if parts else "",
        "cards": claim_cards(record.claims, positions, record.extents),
    }


def _grouped(
    record: Edition, positions: NDArray[np.intp], standings: pd.DataFrame
) -> tuple[list[dict[str, object]], int]:
    # The newest words first: they are what is left when there are too many.
    said = record.claims["said_day"].to_numpy(dtype=np.int64)[positions]
    newest = positions[np.argsort(-said, kind="stable")]
    listed = sorted(int(i) for i in newest[:MAX_CARDS])
    found = disputes(record.claims, listed, standings["standing"])
    groups = [_group(record, one.topic, one.claims, standings) for one in found]
    return groups, max(0, len(positions) - MAX_CARDS)


def all_cards(record: Edition, keep: Flags, standings: pd.DataFrame) -> dict[str, object]:
    """List every kept claim as cards, grouped by proposition.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    standings : pandas.DataFrame
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
    standings: pd.DataFrame,
) -> dict[str, object]:
    """List the kept claims of a disc as cards.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    cells : sequence of (level, x, y)
        The disc's grid cells.
    standings : pandas.DataFrame

    Returns
    -------
    dict
        As `all_cards`, with picked True.
    """
    inside = keep & record.positions.in_cells(cells)
    positions = np.flatnonzero(inside)
    groups, more = _grouped(record, positions, standings)
    places = list(dict.fromkeys(str(p) for p in record.claims["place"].iloc[positions]))
    where = " and ".join(places[:2]) + (" and nearby" if len(places) > 2 else "")  # noqa: PLR2004
    heading = f"{_plural(len(positions), 'claim')} at {where}" if places else "No claim here now"
    hint = "" if places else "The filters leave no claim at this place."
    return {"heading": heading, "hint": hint, "groups": groups, "more": more, "picked": True}


def claim_and_voices(
    record: Edition,
    keep: Flags,
    claim: int,
    as_of_day: int | None,
    standings: pd.DataFrame,
) -> tuple[dict[str, object], tuple[int, ...]]:
    """Give one claim and under it the other voices on its proposition.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    claim : int
        Position of the claim.
    as_of_day : int or None
    standings : pandas.DataFrame

    Returns
    -------
    dict
        As `all_cards`, with picked True.
    tuple of int
        Positions of the other voices that pass the filters.
    """
    voices = other_voices(record.claims, claim, as_of_day)
    shown = tuple(voice for voice in voices if keep[voice])
    topic = str(record.claims["topic"].iloc[claim])
    group = _group(record, topic, (claim, *shown[:MAX_CARDS]), standings)
    hidden = len(voices) - len(shown)
    hint = "" if voices else "Nobody else in this record speaks to this proposition."
    if hidden:
        hint = f"{_plural(hidden, 'other voice')} on this proposition outside the filters."
    panel: dict[str, object] = {
        "heading": "One claim and who answers it" if voices else "One claim",
        "hint": hint,
        "groups": [group],
        "more": max(0, len(shown) - MAX_CARDS),
        "picked": True,
        "claim": claim,
    }
    return panel, shown


def not_placed(record: Edition, keep: Flags, standings: pd.DataFrame) -> dict[str, object]:
    """List the kept claims that have no honest point on the map.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    standings : pandas.DataFrame

    Returns
    -------
    dict
        As `all_cards`.
    """
    positions = np.flatnonzero(keep & record.not_placed.to_numpy(dtype=bool))
    groups, more = _grouped(record, positions, standings)
    hint = (
        "What these claims are about has no honest point: a country, a region or no place at all."
        if len(positions)
        else "Every claim that passes the filters stands on the map."
    )
    heading = f"{_plural(len(positions), 'claim')} not placed"
    return {"heading": heading, "hint": hint, "groups": groups, "more": more, "picked": False}


def who_says_what(
    record: Edition, keep: Flags, as_of_day: int | None, standings: pd.DataFrame
) -> dict[str, object]:
    """Lay out propositions against organisations.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    as_of_day : int or None
    standings : pandas.DataFrame

    Returns
    -------
    dict
        asOf, columns (organisation and side, by side) and rows (proposition, standing, and per
        column the claims: index, stance, speaker, day, admission).
    """
    claims = record.claims
    positions = np.flatnonzero(keep)
    pairs = claims.iloc[positions][["organisation", "side"]].drop_duplicates()
    columns = sorted(
        (SIDES.index(str(side)), str(name)) for name, side in pairs.itertuples(index=False)
    )
    number = {column: index for index, column in enumerate(columns)}
    found = disputes(claims, positions, standings["standing"])
    rows = []
    for dispute in found[:MAX_ROWS]:
        cells: list[list[dict[str, object]]] = [[] for _ in columns]
        for card in claim_cards(claims, dispute.claims, record.extents):
            place = number[SIDES.index(str(card["side"])), str(card["organisation"])]
            day = day_words(int(claims["said_day"].iloc[int(str(card["index"]))]))
            cells[place].append(
                {
                    "index": card["index"],
                    "stance": card["stance"],
                    "words": STANCE_WORDS[str(card["stance"])],
                    "speaker": card["claimant"],
                    "day": day.rsplit(" ", 1)[0],
                    "admission": card["admission"],
                }
            )
        group = _group(record, dispute.topic, dispute.claims[:1], standings)
        rows.append({**group, "cards": [], "cells": cells})
    as_of = as_of_day if as_of_day is not None else record.last_day
    return {
        "asOf": f"Standing as of {day_words(as_of)}" if len(claims) else "",
        "columns": [
            {"organisation": name, "side": SIDES[code], "sideWords": SIDE_WORDS[SIDES[code]]}
            for code, name in columns
        ],
        "rows": rows,
        "more": max(0, len(found) - MAX_ROWS),
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
        quantities: title, highest value, and rows (claim index, side, speaker, number in words,
        value, share of the highest value, proposition, day).
    """
    claims = record.claims
    panels = []
    for quantity in stated_quantities(claims, keep):
        highest = max(quantity.values) or 1.0
        rows = []
        for position, value in zip(quantity.claims, quantity.values, strict=True):
            claim = claims.iloc[position]
            rows.append(
                {
                    "index": position,
                    "side": claim["side"],
                    "sideWords": SIDE_WORDS[claim["side"]],
                    "speaker": claim["claimant"],
                    "number": BOUND_WORDS[claim["bound"]] + number_words(value),
                    "bound": claim["bound"],
                    "share": round(value / highest, 4),
                    "proposition": claim["proposition"],
                    "day": day_words(int(claim["said_day"])),
                }
            )
        panels.append(
            {
                "title": QUANTITY_WORDS[quantity.column],
                "highest": number_words(highest),
                "rows": rows,
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
        From `cartography.ground.credits`.

    Returns
    -------
    dict
        file (name, digest, rows), outlets (name, claims, pages) and ground.
    """
    claims = record.claims.loc[keep]
    outlets = []
    for outlet, rows in claims.groupby("outlet", sort=True):
        pages = rows.loc[rows["source_url"] != "", ["source_url", "source_title"]]
        pages = pages.drop_duplicates("source_url")
        outlets.append(
            {
                "outlet": str(outlet),
                "claims": len(rows),
                "pages": [
                    {"url": str(url), "title": str(title) or str(url)}
                    for url, title in pages.head(MAX_ROWS).itertuples(index=False)
                ],
            }
        )
    outlets.sort(key=lambda one: (-int(str(one["claims"])), str(one["outlet"])))
    return {
        "file": record.record.name,
        "digest": record.record.digest,
        "claims": len(record.claims),
        "outlets": outlets[:MAX_ROWS],
        "ground": list(ground),
    }
