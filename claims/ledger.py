"""What every voice has said by every day, kept so that a standing as of a day is only counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model import SIDES
from claims.standing import WORDS, History, standing_codes

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_CELLS: Final = len(SIDES) * len(WORDS)
_NEVER: Final = np.iinfo(np.int32).max


class Ledger:
    """The words of all voices, each with the days from which and before which it is the last.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `topic`, `stance`, `organisation`, `side` and `said_day`, stated in every row.
    history : History, optional
        Of the same claims, if it is known already.
    """

    def __init__(self, claims: pd.DataFrame, history: History | None = None) -> None:
        history = history or History.of(claims)
        words = history.words
        self._topics = len(history.topics)
        self._cell = (words.topic * _CELLS + words.side * len(WORDS)).astype(np.int32)
        self._word = words.after.astype(np.int8)
        self._from = words.day.astype(np.int32)
        self._before = np.where(words.is_last, _NEVER, np.roll(self._from, -1)).astype(np.int32)

    def tally(self, as_of_day: int | None) -> NDArray[np.int32]:
        """Count the voices of each side and word as of a day.

        Parameters
        ----------
        as_of_day : int or None
            Whole days since 1970-01-01; None = every day.

        Returns
        -------
        numpy.ndarray of int32, shape (topics, sides, 3)
            Topics in alphabetical order, sides as in `model.SIDES`; voices that support, that
            oppose and that only cannot confirm.
        """
        day = _NEVER - 1 if as_of_day is None else as_of_day
        rows = np.flatnonzero((self._from <= day) & (day < self._before))
        cell, word = self._cell[rows], self._word[rows]
        counts = np.zeros(self._topics * _CELLS, dtype=np.int32)
        for place, bit in enumerate(WORDS):
            counts += np.bincount(cell[(word & bit) > 0] + place, minlength=len(counts)).astype(
                np.int32
            )
        return counts.reshape(self._topics, len(SIDES), len(WORDS))

    @staticmethod
    def standings(tally: NDArray[np.int32], unspoken: int) -> NDArray[np.int64]:
        """Name the standing of each topic by its code.

        Parameters
        ----------
        tally : numpy.ndarray of int32, shape (topics, sides, 3)
        unspoken : int
            The code for a topic on which nobody has spoken yet.

        Returns
        -------
        numpy.ndarray of int64, shape (topics,)
            Positions in `model.STANDINGS`, or `unspoken`.
        """
        flat = tally.reshape(-1, _CELLS)
        return np.where(flat.any(axis=1), standing_codes(flat), unspoken).astype(np.int64)
