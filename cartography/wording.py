"""A claim in words: what its card, its note on the map and its row in a table say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from cartography.symbols import BOUND_WORDS, PRECISION_WORDS, SIDE_WORDS, STANCE_WORDS
from claims.days import day_words, span_words
from claims.standing import is_admission

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
_SAYS: Final = {
    "asserts": "says",
    "confirms": "confirms",
    "denies": "denies",
    "doubts": "doubts",
    "cannot_confirm": "cannot confirm",
}


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


def _when(claim: Mapping[str, Any]) -> str:
    said = f"said {day_words(int(claim['said_day']))}"
    first, last = claim["event_first_day"], claim["event_last_day"]
    if pd.isna(first) or pd.isna(last):
        return f"{said} · day of the event not stated"
    return f"{said} · about {span_words(int(first), int(last))}"


def _where(claim: Mapping[str, object]) -> str:
    place = str(claim["place"]) or "place not stated"
    return f"{place} · {PRECISION_WORDS[str(claim['location_precision'])]}"


def _drawn(claim: Mapping[str, Any], kind: str) -> str:
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


def claim_cards(
    claims: pd.DataFrame, positions: Iterable[int], extents: Mapping[int, str]
) -> list[dict[str, object]]:
    """Put claims into the words of their cards.

    Parameters
    ----------
    claims : pandas.DataFrame
        A record's claims.
    positions : iterable of int
        Which of them, in the order wanted.
    extents : mapping of int to str
        For each claim that states an extent the kind of its shape.

    Returns
    -------
    list of dict
        JSON-ready; every value is plain text, an int or a bool.
    """
    rows = claims.iloc[list(positions)]
    admissions = is_admission(rows)
    cards = []
    for (position, claim), admission in zip(rows.iterrows(), admissions, strict=True):
        index = int(str(position))
        words = {str(name): value for name, value in claim.items()}
        cards.append(
            {
                "index": index,
                "id": claim["claim_id"],
                "side": claim["side"],
                "sideWords": SIDE_WORDS[claim["side"]],
                "claimant": claim["claimant"],
                "role": claim["role"],
                "organisation": claim["organisation"],
                "admission": bool(admission),
                "stance": claim["stance"],
                "stanceWords": STANCE_WORDS[claim["stance"]],
                "statement": claim["statement"],
                "quote": claim["quote"],
                "when": _when(words),
                "where": _where(words),
                "drawn": _drawn(words, extents.get(index, "")),
                "outlet": claim["outlet"],
                "title": claim["source_title"],
                "url": claim["source_url"],
                "note": claim["note"],
            }
        )
    return cards


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
    if kind == "line":
        front = f"along {number_words(float(str(claim['front_km'])))} km"
        if not pd.isna(claim["attacks"]):
            attacks = number_words(float(str(claim["attacks"])))
            return f"{hedge}{attacks} {what} {front}".capitalize()
        return f"{what} {hedge}{front}".capitalize()
    if kind == "area":
        return f"{what} in {claim['place']}".capitalize()
    length = number_words(float(str(claim["advance_km"])))
    return f"{hedge}{length} km {what}".capitalize()


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
        shape (index), title, caveat, owners (how many of the voices state the extent, they come
        first) and voices: for each claim on the same propositions its index and a few words
        ("Hanna Maliar says, 12 May").
    """
    notes: list[dict[str, object]] = []
    for index, shape in enumerate(shapes):
        if shape.kind not in EXTENT_CAVEATS:
            continue
        own = list(shape.claims)
        topics = set(claims["topic"].iloc[own])
        others = [
            int(str(i))
            for i in claims.index[claims["topic"].isin(topics)]
            if int(str(i)) not in own
        ]
        # Who answers comes before who joins in: a note must not show one side alone.
        first = {str(name): value for name, value in claims.iloc[own[0]].items()}
        others.sort(key=lambda i: claims["stance"].iloc[i] in {"asserts", "confirms"})
        notes.append(
            {
                "shape": index,
                "title": extent_title(first, shape.kind),
                "caveat": EXTENT_CAVEATS[shape.kind],
                "owners": len(own),
                "voices": [_voice(claims, i, dated=i in own) for i in own + others],
            }
        )
    return notes


def _voice(claims: pd.DataFrame, position: int, *, dated: bool) -> dict[str, object]:
    claim = claims.iloc[position]
    text = f"{claim['claimant']} {_SAYS[str(claim['stance'])]}"
    if dated:
        day = day_words(int(claim["said_day"]))
        text += f", {day.rsplit(' ', 1)[0]}"
    return {"claim": position, "text": text}
