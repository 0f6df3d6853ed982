"""What two narrators say to the same propositions: alike, against each other, or one alone.

A **narrator** is a side or an organisation. What he says to a proposition as of a day is what his
voices' words say then, by the rules of `claims.standing`: an organisation that speaks for one side
is a voice, and its word is what it said on the latest day on which it said yes or no.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.disputes import OPEN, OPPOSES, SUPPORTS
from claims.model import SIDES
from claims.texts import coded, codes_in

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from claims.disputes import Voices

RELATIONS: Final = ("contradict", "both", "only_first", "only_second")
"""They contradict each other; both say the same; only the first speaks; only the second."""
CONTRADICT, BOTH, ONLY_FIRST, ONLY_SECOND = range(len(RELATIONS))
SILENT: Final = len(RELATIONS)
"""Neither has spoken yet."""
_YES: Final = 1 << SUPPORTS
_NO: Final = 1 << OPPOSES
_OPEN: Final = 1 << OPEN
_WORDS: Final = 1 << 3
_NEVER: Final = np.iinfo(np.int64).min


def relation_of(first: int, second: int) -> int:
    """Tell how two narrators' words to one proposition stand to each other.

    Parameters
    ----------
    first, second : int
        What each one's voices say: the sum of 1 (asserts or confirms), 2 (denies or doubts) and
        4 (only cannot confirm); 0 if he has not spoken.

    Returns
    -------
    int
        Position in `RELATIONS`, or `SILENT`; the first line that fits:

        - contradict: one says yes where the other says no, be it only by some of his voices.
        - both: both say yes, or both say no.
        - only_first, only_second: one says yes or no. That the other cannot confirm it is neither.
        - both: both only cannot confirm it.
        - only_first, only_second: one only cannot confirm it and the other is silent.
    """
    yes_or_no = first & ~_OPEN, second & ~_OPEN
    if (yes_or_no[0] & _YES and yes_or_no[1] & _NO) or (yes_or_no[0] & _NO and yes_or_no[1] & _YES):
        return CONTRADICT
    speak = yes_or_no if any(yes_or_no) else (first, second)
    if all(speak):
        return BOTH
    if any(speak):
        return ONLY_FIRST if speak[0] else ONLY_SECOND
    return SILENT


_RELATION: Final = np.array(
    [[relation_of(first, second) for second in range(_WORDS)] for first in range(_WORDS)],
    dtype=np.int8,
)


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What two narrators say, as of a day.

    Attributes
    ----------
    narrators : tuple of str
        Two: codes of sides or names of organisations.
    relation : numpy.ndarray of int8, one per topic
        Positions in `RELATIONS`, or `SILENT`; topics as in `claims.disputes.Voices`.
    said : tuple of numpy.ndarray of int32
        For each narrator the positions of the claims that are his voices' words, ascending.
    """

    narrators: tuple[str, ...]
    relation: NDArray[np.int8]
    said: tuple[NDArray[np.int32], ...]


def said_by(claims: pd.DataFrame, narrator: str) -> NDArray[np.bool_]:
    """Tell which claims are a narrator's.

    Parameters
    ----------
    claims : pandas.DataFrame, n rows
        Needs `side` and `organisation`.
    narrator : str
        Code of a side or name of an organisation.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
    """
    column = "side" if narrator in SIDES else "organisation"
    return (claims[column] == narrator).to_numpy(dtype=bool)


def compare(
    claims: pd.DataFrame, voices: Voices, narrators: tuple[str, ...], as_of_day: int | None
) -> Comparison:
    """Compare what two narrators say to every proposition as of a day.

    Parameters
    ----------
    claims : pandas.DataFrame, n rows
        Needs `side` and `organisation`.
    voices : Voices
        Of the same claims.
    narrators : tuple of str
        Two.
    as_of_day : int or None
        Whole days since 1970-01-01; claims said later count for nothing. None = every day.

    Returns
    -------
    Comparison
    """
    said = tuple(_words(claims, voices, narrator, as_of_day) for narrator in narrators)
    bits = np.zeros((len(said), len(voices.topics)), dtype=np.int8)
    for of_narrator, positions in zip(bits, said, strict=True):
        word = np.int8(1) << voices.way[positions]
        np.bitwise_or.at(of_narrator, voices.topic[positions], word)
    return Comparison(narrators, _RELATION[bits[0], bits[1]], said)


def _words(
    claims: pd.DataFrame, voices: Voices, narrator: str, as_of_day: int | None
) -> NDArray[np.int32]:
    spoken = said_by(claims, narrator)
    if as_of_day is not None:
        spoken = spoken & (voices.said <= as_of_day)
    rows = np.flatnonzero(spoken)
    organisation, _ = coded(claims["organisation"].iloc[rows])
    side = codes_in(claims["side"].iloc[rows], SIDES)
    voice = organisation.astype(np.int64) * len(SIDES) + side
    keys = voice * max(1, len(voices.topics)) + voices.topic[rows]
    distinct, key = np.unique(keys, return_inverse=True)
    day, is_open = voices.said[rows], voices.way[rows] == OPEN
    latest = np.full((2, len(distinct)), _NEVER)
    for of_kind, some in zip(latest, (~is_open, is_open), strict=True):
        np.maximum.at(of_kind, key[some], day[some])
    # A day of mere "cannot confirm" leaves the latest word before it standing, if there is one.
    is_word = np.where(latest[0] > _NEVER, latest[0], latest[1])[key] == day
    is_word &= is_open == (latest[0] == _NEVER)[key]
    words: NDArray[np.int32] = rows[is_word].astype(np.int32)
    return words
