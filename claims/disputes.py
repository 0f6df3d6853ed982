"""Who answers whom: the order in which claims on one proposition are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model import OPPOSING, STANDINGS, SUPPORTING
from claims.standing import is_admission

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

_AGAINST: Final = {"supports": "opposes", "opposes": "supports"}


@dataclass(frozen=True, slots=True)
class Dispute:
    """One proposition and the claims on it, in reading order.

    Attributes
    ----------
    topic : str
    claims : tuple of int
        Positions in the claims frame.
    """

    topic: str
    claims: tuple[int, ...]


def direction(stance: str) -> str:
    """Tell whether a stance "supports", "opposes" or leaves its proposition "open"."""
    if stance in SUPPORTING:
        return "supports"
    return "opposes" if stance in OPPOSING else "open"


def other_voices(claims: pd.DataFrame, chosen: int, as_of_day: int | None) -> tuple[int, ...]:
    """List the other claims on a claim's proposition, those that oppose it first.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `topic`, `stance`, `said_day`, `side` and `favours`.
    chosen : int
        Position of the claim.
    as_of_day : int or None
        Days since 1970-01-01; claims said later are left out. None keeps all.

    Returns
    -------
    tuple of int
        Positions: those that oppose it, then admissions, then those that say the same, then the
        undecided; newest first in each.
    """
    same = (claims["topic"] == claims["topic"].iloc[chosen]).to_numpy(dtype=bool)
    if as_of_day is not None:
        same &= (claims["said_day"] <= as_of_day).to_numpy(dtype=bool)
    same[chosen] = False
    against = _AGAINST.get(direction(str(claims["stance"].iloc[chosen])), "opposes")
    admission = is_admission(claims)
    said = claims["said_day"]

    def order(position: int) -> tuple[int, int, int]:
        way = direction(str(claims["stance"].iloc[position]))
        if way == against:
            rank = 0
        elif admission.iloc[position]:
            rank = 1
        else:
            rank = 3 if way == "open" else 2
        return rank, -int(said.iloc[position]), position

    return tuple(sorted((int(i) for i in np.flatnonzero(same)), key=order))


def disputes(
    claims: pd.DataFrame, positions: Sequence[int] | NDArray[np.intp], standing: pd.Series[str]
) -> tuple[Dispute, ...]:
    """Group claims by proposition: contested first, then by the last word said.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `topic`, `stance` and `said_day`.
    positions : sequence of int
        The claims to group.
    standing : pandas.Series of str
        The standing of each topic, indexed by topic.

    Returns
    -------
    tuple of Dispute
        Within each, supporting claims first, then opposing, then undecided; newest first.
    """
    rank = {"supports": 0, "opposes": 1, "open": 2}
    chosen = claims.iloc[list(positions)]
    stances = [rank[direction(str(stance))] for stance in chosen["stance"]]
    said = [int(day) for day in chosen["said_day"]]
    grouped: dict[str, list[tuple[int, int, int]]] = {}
    for topic, way, day, position in zip(chosen["topic"], stances, said, positions, strict=True):
        grouped.setdefault(str(topic), []).append((way, -day, int(position)))

    def order(topic: str) -> tuple[int, int, str]:
        known = str(standing.get(topic, STANDINGS[-1]))
        return STANDINGS.index(known), min(day for _, day, _ in grouped[topic]), topic

    return tuple(
        Dispute(topic, tuple(position for _, _, position in sorted(grouped[topic])))
        for topic in sorted(grouped, key=order)
    )
