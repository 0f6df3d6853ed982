"""A claim in words: what its card, its note on the map and its row in a table say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from cartography.symbols import BOUND_WORDS, PRECISION_WORDS
from claims.days import day_words, span_words
from claims.model import COLUMN_NAMES, DAYS

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from cartography.edition import Edition
    from claims.shapes import Shape

QUANTITY_WORDS: Final = {
    "advance_km": "Length of the advance, kilometres",
    "front_km": "Length of the front, kilometres",
    "attacks": "Number of attacks",
    "area_km2": "Area, square kilometres",
    "city_share_pct": "Share of the city, per cent",
    "losses": "People lost",
}
EXTENT_CAVEATS: Final = {
    "ring": "direction not stated",
    "fan": "",
    "line": "end points not stated",
    "area": "outline generalised",
}
_TITLED: Final = ("bound", "kind", "place", "advance_km", "front_km", "attacks")
"""What the title of an extent is made of."""
VERBS: Final = {
    "asserts": "says",
    "confirms": "confirms",
    "denies": "denies",
    "doubts": "doubts",
    "cannot_confirm": "cannot confirm",
}


_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def visible(text: str) -> str:
    """Mark the characters that change a text unseen, as `ClaimMap.visible` does in the browser.

    Parameters
    ----------
    text : str
        Any text of the record.

    Returns
    -------
    str
    """
    return _UNSEEN.sub(lambda one: f"\u27e8U+{ord(one.group()):04X}\u27e9", text)


def number_words(value: float) -> str:
    """Write a number as people do: no needless decimals, thousands set apart.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
        "2", "0.57", "26,000".
    """
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def _when(claim: Mapping[Hashable, Any]) -> str:
    said = f"said {day_words(int(claim['said_day']))}"
    first, last = claim["event_first_day"], claim["event_last_day"]
    if pd.isna(first) or pd.isna(last):
        return f"{said} · day of the event not stated"
    return f"{said} · event {span_words(int(first), int(last))}"


def _where(claim: Mapping[Hashable, Any]) -> str:
    place = str(claim["place"]) or "place not stated"
    return f"{place} · {PRECISION_WORDS[str(claim['location_precision'])]}"


def _drawn(claim: Mapping[Hashable, Any], kind: str) -> str:
    # What the map draws for the claim, so that nobody takes our geometry for the claim's.
    if kind == "line":
        return (
            f"drawn as {number_words(claim['front_km'])} km along the sector, end points not stated"
        )
    if kind == "ring":
        return f"drawn as a ring of {number_words(claim['advance_km'])} km, direction not stated"
    if kind == "fan":
        return f"drawn as a fan of {number_words(claim['advance_km'])} km"
    return "drawn as an area, outline generalised" if kind == "area" else ""


_SHOWN: Final = (*COLUMN_NAMES, *DAYS)
BLOCK: Final = 256
"""Claims in one file of words: the browser fetches the blocks it shows."""


def claim_words(record: Edition, block: int) -> list[dict[str, object]]:
    """Put a block of claims into the words of their cards.

    Parameters
    ----------
    record : Edition
    block : int
        Claims `block * BLOCK` to `(block + 1) * BLOCK - 1`; 0 or more.

    Returns
    -------
    list of dict
        JSON-ready, in the order of the record; every value is plain text, an int or a bool.
    """
    first = block * BLOCK
    return words_of(record, range(first, min(first + BLOCK, len(record.claims))))


def words_of(record: Edition, positions: Sequence[int]) -> list[dict[str, object]]:
    """Put claims into the words of their cards.

    Parameters
    ----------
    record : Edition
    positions : sequence of int
        Of claims there are.

    Returns
    -------
    list of dict
        As `claim_words`, in the order asked for.
    """
    # Without the text to search: to pick rows of it would copy all of it.
    claims = record.claims[list(_SHOWN)].iloc[list(positions)]
    words = []
    for index, claim in zip(claims.index, claims.to_dict("records"), strict=True):
        words.append(
            {
                "index": int(index),
                "id": claim["claim_id"],
                "proposition": claim["proposition"],
                "side": claim["side"],
                "claimant": claim["claimant"],
                "role": claim["role"],
                "organisation": claim["organisation"],
                "admission": bool(record.voices.admission[index]),
                "stance": claim["stance"],
                "statement": claim["statement"],
                "quote": claim["quote"],
                "said": day_words(int(claim["said_day"])),
                "when": _when(claim),
                "where": _where(claim),
                "drawn": _drawn(claim, record.extents.get(index, "")),
                "hedge": BOUND_WORDS[claim["bound"]],
                "outlet": claim["outlet"],
                "title": claim["source_title"],
                "url": claim["source_url"],
                "note": claim["note"],
            }
        )
    return words


def extent_title(claim: Mapping[str, Any], kind: str) -> str:
    """Name what an extent stands for, with its number.

    Parameters
    ----------
    claim : mapping
        A row of a claims frame.
    kind : str
        One of `claims.shapes.EXTENTS`.

    Returns
    -------
    str
        "26 attacks repelled along 95 km", "2 km advance".
    """
    hedge = BOUND_WORDS[str(claim["bound"])]
    what = {
        "attack_repelled": "attacks repelled",
        "attack": "attacks",
        "advance": "advance",
        "withdrawal": "withdrawal",
    }.get(str(claim["kind"]), str(claim["kind"]).replace("_", " "))
    place = str(claim["place"] or "")
    if kind == "area":
        return _sentence(f"{what} in {place}" if place else what)
    if kind != "line":
        return _sentence(f"{hedge}{number_words(float(claim['advance_km']))} km {what}")
    front_km = number_words(float(claim["front_km"]))
    if pd.isna(claim["attacks"]):
        return _sentence(f"{what} along {hedge}{front_km} km")
    attacks = number_words(float(claim["attacks"]))
    return _sentence(f"{hedge}{attacks} {what} along {front_km} km")


def _sentence(words: str) -> str:
    # str.capitalize would write every place's name small.
    return words[:1].upper() + words[1:]


def extent_notes(claims: pd.DataFrame, shapes: Sequence[Shape]) -> list[dict[str, object]]:
    """Write the direct labels of the stated extents.

    Parameters
    ----------
    claims : pandas.DataFrame
        A record's claims.
    shapes : sequence of Shape
        From `claims.shapes.stated_shapes`.

    Returns
    -------
    list of dict
        shape (index), title, caveat and owners (how many claims state the extent). Who they are and
        who answers them, the browser finds in its columns: a note of each with all of its voices
        would grow with the square of the record.
    """
    stating = {shape.claims[0] for shape in shapes if shape.kind in EXTENT_CAVEATS}
    found = claims.loc[sorted(stating), list(_TITLED)]
    rows = {
        int(str(i)): {str(name): value for name, value in row.items()}
        for i, row in found.to_dict("index").items()
    }
    notes: list[dict[str, object]] = []
    for index, shape in enumerate(shapes):
        if shape.kind not in EXTENT_CAVEATS:
            continue
        first = rows[shape.claims[0]]
        notes.append(
            {
                "shape": index,
                "title": extent_title(first, shape.kind),
                "caveat": EXTENT_CAVEATS[shape.kind],
                "owners": len(shape.claims),
            }
        )
    return notes
