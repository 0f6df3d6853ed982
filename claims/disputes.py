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
    same = (claims["topic"] == claims["topic"].iloc[chosen]).to_numpy(dtype=bool, copy=True)
    if as_of_day is not None:
        same &= (claims["said_day"] <= as_of_day).to_numpy(dtype=bool)
    same[chosen] = False
    return _answering(claims, chosen, [int(i) for i in np.flatnonzero(same)])


def _answering(claims: pd.DataFrame, lead: int, others: Sequence[int]) -> tuple[int, ...]:
    """Sort claims by how they answer the lead: against it, admissions, with it, undecided."""
    against = _AGAINST.get(direction(str(claims["stance"].iloc[lead])), "opposes")
    rows = claims.iloc[list(others)]
    keys = []
    for position, stance, day, admission in zip(
        others, rows["stance"], rows["said_day"], is_admission(rows), strict=True
    ):
        way = direction(str(stance))
        rank = 0 if way == against else 1 if admission else 3 if way == "open" else 2
        keys.append((rank, -int(day), position))
    return tuple(position for *_, position in sorted(keys))


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
        Each begins with the first claim that asserts it; those that answer follow as in
        `other_voices`, so that nobody's word stands far from its denial.
    """
    chosen = claims.iloc[list(positions)]
    grouped: dict[str, list[int]] = {}
    newest: dict[str, int] = {}
    for position, topic, day in zip(positions, chosen["topic"], chosen["said_day"], strict=True):
        grouped.setdefault(str(topic), []).append(int(position))
        newest[str(topic)] = max(int(day), newest.get(str(topic), int(day)))

    def order(topic: str) -> tuple[int, int, str]:
        known = str(standing.get(topic, STANDINGS[-1]))
        return STANDINGS.index(known), -newest[topic], topic

    return tuple(
        Dispute(topic, _led(claims, grouped[topic])) for topic in sorted(grouped, key=order)
    )


def _led(claims: pd.DataFrame, positions: Sequence[int]) -> tuple[int, ...]:
    stances = claims["stance"].iloc[list(positions)]
    asserting = [i for i, stance in zip(positions, stances, strict=True) if stance == "asserts"]
    lead = (asserting or list(positions))[0]
    others = [position for position in positions if position != lead]
    return (lead, *_answering(claims, lead, others))
