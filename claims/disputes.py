"""Who answers whom: the order in which claims on one proposition are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.model import OPPOSING, STANCES, SUPPORTING
from claims.standing import is_admission
from claims.texts import coded, codes_in, text_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

SUPPORTS: Final = 0
OPPOSES: Final = 1
OPEN: Final = 2
_WAYS: Final = np.array(
    [
        SUPPORTS if stance in SUPPORTING else OPPOSES if stance in OPPOSING else OPEN
        for stance in STANCES
    ],
    dtype=np.int8,
)
_WAYS_TO_ANSWER: Final = 5
NO_DAY: Final = -(2**22)
"""A day before any that a date can name."""
MAX_CLAIMS: Final = 1500
"""The most claims laid out at once; the oldest beyond it are left to the table."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One proposition and the claims on it, in reading order.

    Attributes
    ----------
    topic : int
        Code of the topic, a position in `Voices.topics`.
    claims : tuple of int
        Positions in the claims frame.
    """

    topic: int
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """What the reading order of a record's claims hangs on, as arrays of length n.

    Attributes
    ----------
    topics : list of str
        The topics in alphabetical order.
    topic : numpy.ndarray of int64
        Code of each claim's topic.
    way : numpy.ndarray of int8
        SUPPORTS, OPPOSES or OPEN: what the stance says to the proposition.
    asserts : numpy.ndarray of bool
        True where the stance is "asserts".
    said : numpy.ndarray of int64
        Days since 1970-01-01.
    admission : numpy.ndarray of bool
    """

    topics: list[str]
    topic: NDArray[np.int64]
    way: NDArray[np.int8]
    asserts: NDArray[np.bool_]
    said: NDArray[np.int64]
    admission: NDArray[np.bool_]

    @classmethod
    def of(cls, claims: pd.DataFrame) -> Voices:
        """Read them from a claims frame.

        Parameters
        ----------
        claims : pandas.DataFrame, n rows
            Needs `topic`, `stance`, `said_day`, `side` and `favours`.

        Returns
        -------
        Voices
        """
        codes, topics = coded(claims["topic"])
        return cls(
            topics=text_list(topics),
            topic=codes.astype(np.int64),
            way=_WAYS[codes_in(claims["stance"], STANCES)],
            asserts=(claims["stance"] == "asserts").to_numpy(dtype=bool),
            said=claims["said_day"].to_numpy(dtype=np.int64),
            admission=is_admission(claims).to_numpy(dtype=bool),
        )

    def answering(self, lead: int, others: Sequence[int]) -> tuple[int, ...]:
        """Sort claims by how they answer the lead.

        Parameters
        ----------
        lead : int
            Position of the claim answered.
        others : sequence of int
            Positions of claims on the same topic.

        Returns
        -------
        tuple of int
            Those against it, then admissions, then those with it, then the undecided; the newest
            first in each.
        """
        claims = np.asarray(others, dtype=np.intp)
        leads = np.full(len(claims), lead, dtype=np.intp)
        order = _ordered(claims, self._answers(leads, claims), _age(self.said[claims]))
        return tuple(order.tolist())

    def orders(self, claims: NDArray[np.intp]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Sort a topic's claims by how they answer any lead: it only matters which way it speaks.

        Parameters
        ----------
        claims : numpy.ndarray of int
            Positions of claims on one topic.

        Returns
        -------
        tuple of int
            The order of `answering` for a lead that does not oppose the proposition; the lead,
            where it is one of them, stands somewhere among the others.
        tuple of int
            The same for a lead that opposes it.
        """
        age = _age(self.said[claims])
        one, other = (
            tuple(
                _ordered(claims, self._kinds(np.full(len(claims), against), claims), age).tolist()
            )
            for against in (OPPOSES, SUPPORTS)
        )
        return one, other

    def _answers(self, leads: NDArray[np.intp], claims: NDArray[np.intp]) -> NDArray[np.int64]:
        """Tell how each claim answers its lead: 0 is the lead itself, then as in `answering`."""
        against = np.where(self.way[leads] == OPPOSES, SUPPORTS, OPPOSES)
        return np.where(claims == leads, 0, self._kinds(against, claims))

    def _kinds(self, against: NDArray[np.int64], claims: NDArray[np.intp]) -> NDArray[np.int64]:
        way = self.way[claims]
        said = np.where(self.admission[claims], 2, np.where(way == OPEN, 4, 3))
        return np.where(way == against, 1, said)

    def others(self, chosen: int, as_of_day: int | None) -> tuple[int, ...]:
        """List the other claims on a claim's proposition in the order of `answering`.

        Parameters
        ----------
        chosen : int
            Position of the claim.
        as_of_day : int or None
            Days since 1970-01-01; claims said later are left out. None keeps all.

        Returns
        -------
        tuple of int
        """
        same = self.topic == self.topic[chosen]
        if as_of_day is not None:
            same &= self.said <= as_of_day
        same[chosen] = False
        return self.answering(chosen, np.flatnonzero(same).tolist())

    def disputes(
        self, positions: NDArray[np.intp], rank: NDArray[np.signedinteger], *, most: int
    ) -> tuple[tuple[Dispute, ...], int]:
        """Group claims by proposition: by the topic's rank, then by the last word said.

        Parameters
        ----------
        positions : numpy.ndarray of int
            The claims to group.
        rank : numpy.ndarray of int, one per topic
            Smaller comes first: the code of the topic's standing.
        most : int
            How many propositions are wanted.

        Returns
        -------
        tuple of Dispute
            Each begins with the first claim that asserts it; the others follow as in
            `answering`, so that nobody's word stands far from its denial.
        int
            How many propositions there are in all.
        """
        codes = self.topic[positions]
        newest = np.full(len(self.topics), np.iinfo(np.int64).min)
        np.maximum.at(newest, codes, self.said[positions])
        present = np.flatnonzero(np.bincount(codes, minlength=len(self.topics)))
        first = _ordered(present, rank[present], _age(newest[present]))
        wanted = positions[self._among(first[:most])[codes]]
        wanted = wanted[np.argsort(-self.said[wanted], kind="stable")][:MAX_CLAIMS]
        found = tuple(
            Dispute(int(topic), tuple(claims.tolist()))
            for topic, claims in zip(first[:most], self._read(wanted, first[:most]), strict=True)
            if len(claims)
        )
        return found, len(present)

    def page(
        self,
        positions: NDArray[np.intp],
        day: NDArray[np.int64],
        rank: NDArray[np.signedinteger],
        *,
        page: int,
        size: int,
    ) -> tuple[Dispute, ...]:
        """Give a page of claims, grouped by proposition, the newest proposition first.

        Parameters
        ----------
        positions : numpy.ndarray of int, ascending
            The claims to page through.
        day : numpy.ndarray of int64, one per claim of the record
            What "newest" goes by: the last day of a proposition's claims among `positions`.
        rank : numpy.ndarray of int, one per topic
            Of propositions of one day the smaller comes first: the code of the topic's standing.
        page : int
            0 for the newest.
        size : int
            Claims on a page; a proposition may begin on one page and go on on the next.

        Returns
        -------
        tuple of Dispute
            In each the claims stand as in `disputes`; none if there is no such page.
        """
        codes = self.topic[positions]
        newest = np.full(len(self.topics), np.iinfo(np.int64).min)
        np.maximum.at(newest, codes, day[positions])
        counts = np.bincount(codes, minlength=len(self.topics))
        present = np.flatnonzero(counts)
        order = _ordered(present, _age(newest[present]), rank[present])
        ends = np.cumsum(counts[order])
        starts = ends - counts[order]
        low, high = page * size, (page + 1) * size
        on_page = np.flatnonzero((starts < high) & (ends > low))
        wanted = positions[self._among(order[on_page])[codes]]
        found = []
        for at, claims in zip(on_page, self._read(wanted, order[on_page]), strict=True):
            start = int(starts[at])
            shown = claims[max(0, low - start) : max(0, high - start)]
            found.append(Dispute(int(order[at]), tuple(shown.tolist())))
        return tuple(found)

    def _among(self, topics: NDArray[np.intp]) -> NDArray[np.bool_]:
        among = np.zeros(len(self.topics), dtype=bool)
        among[topics] = True
        return among

    def _read(self, claims: NDArray[np.intp], topics: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """Put the claims on each of the topics into reading order; all at once, for speed."""
        backwards = np.sort(claims)[::-1]
        lead = np.zeros(len(self.topics), dtype=np.intp)
        # The last to be written stays: the first claim of a topic, or the first that asserts it.
        for some in (backwards, backwards[self.asserts[backwards]]):
            lead[self.topic[some]] = some
        place = np.zeros(len(self.topics), dtype=np.int64)
        place[topics] = np.arange(len(topics))
        at = place[self.topic[claims]]
        answers = self._answers(lead[self.topic[claims]], claims)
        read = _ordered(claims, at * _WAYS_TO_ANSWER + answers, _age(self.said[claims]))
        counts = np.bincount(at, minlength=len(topics))
        ends = np.cumsum(counts)
        return [read[end - count : end] for count, end in zip(counts, ends, strict=True)]


def _age(newest: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count days back from the newest; what states no day is older than all days there are."""
    known = np.maximum(newest, NO_DAY)
    return np.asarray(known.max(initial=NO_DAY) - known, dtype=np.int64)


def _ordered(
    numbers: NDArray[np.intp], first: NDArray[np.signedinteger], then: NDArray[np.signedinteger]
) -> NDArray[np.int64]:
    """Sort numbers, ascending, by two keys of 0 or more; as one number each they sort at once."""
    spans = int(then.max(initial=0)) + 1, int(numbers.max(initial=0)) + 1
    keys = np.sort((first.astype(np.int64) * spans[0] + then) * spans[1] + numbers)
    return np.asarray(keys % spans[1], dtype=np.int64)
