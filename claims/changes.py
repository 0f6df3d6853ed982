"""What is new on the record since an earlier day, or since an earlier export of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.days import LAST_DAY
from claims.disputes import OPPOSES, SUPPORTS
from claims.ledger import Ledger
from claims.model import QUANTITIES, SIDES, STANDINGS
from claims.sorting import ends, starts
from claims.standing import History, standing_from_sides
from claims.texts import codes_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from claims.disputes import Voices

    Flags = NDArray[np.bool_]
    Codes = NDArray[np.int64]
    Voice = tuple[str, str]

UNSPOKEN: Final = len(STANDINGS)
"""The code of a proposition's standing where nobody has spoken yet."""
_SPOKEN_TO: Final = ("topic", "stance", "organisation", "side", "said_day")
_YES, _NO = 1, 2
_WORDS: Final = {SUPPORTS: _YES, OPPOSES: _NO}


@dataclass(frozen=True, slots=True)
class NumberMove:
    """A quantity for which an organisation's last word on a proposition is another than it was.

    Attributes
    ----------
    column : str
        One of `claims.model.QUANTITIES`; it carries the unit.
    before, after : int
        Positions of the claims that state the one number and the other.
    """

    column: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What changed between two states of a record of n claims on m propositions.

    Attributes
    ----------
    before, now : numpy.ndarray of bool, shape (n,)
        The claims that count in the one state and in the other.
    new : numpy.ndarray of bool, shape (n,)
        Those that count only now and pass the filters.
    gone : tuple of str
        `claim_id` of claims that were there and are no more in the record, sorted.
    standing_before, standing_now : numpy.ndarray of int64, shape (m,)
        Codes of the propositions' standings, positions in `claims.model.STANDINGS`; `UNSPOKEN`
        where nobody had spoken.
    topics : numpy.ndarray of int, ascending
        Codes of the propositions on which a claim passes the filters and whose standing was one
        and is another.
    new_topics : int
        How many propositions with a new claim nobody had spoken to.
    numbers : tuple of NumberMove
        Whose later claim is new, by quantity in the order of the model, then by proposition.
    """

    before: Flags
    now: Flags
    new: Flags
    gone: tuple[str, ...]
    standing_before: Codes
    standing_now: Codes
    topics: NDArray[np.intp]
    new_topics: int
    numbers: tuple[NumberMove, ...]


def changes_since_day(  # noqa: PLR0913  (a day's two ends, and what it is counted from)
    claims: pd.DataFrame,
    voices: Voices,
    ledger: Ledger,
    keep: Flags,
    *,
    since: int,
    as_of_day: int | None,
) -> Changes:
    """Tell what was said after one day and up to another.

    Parameters
    ----------
    claims : pandas.DataFrame
        As `claims.load.Record.claims`.
    voices : Voices
    ledger : Ledger
        Of the same claims.
    keep : numpy.ndarray of bool, shape (n,)
        The claims that pass the filters: these are listed. Standings and earlier numbers are
        counted from all claims of the record, as everywhere else.
    since, as_of_day : int
        Days of saying since 1970-01-01, both counted as known; None = every day.

    Returns
    -------
    Changes
        Nothing is ever gone.
    """
    until = LAST_DAY if as_of_day is None else as_of_day
    first = min(since, until)
    before, now = voices.said <= first, voices.said <= until
    codes = [ledger.standings(ledger.tally(day), UNSPOKEN) for day in (first, as_of_day)]
    return _changes(claims, voices, keep, states=(before, now), codes=codes)


def changes_since_export(
    claims: pd.DataFrame, voices: Voices, keep: Flags, earlier_ids: Collection[str]
) -> Changes:
    """Tell what passes the filters that an earlier export did not hold, and the reverse.

    Parameters
    ----------
    claims : pandas.DataFrame
        As `claims.load.Record.claims`.
    voices : Voices
        Of the same claims.
    keep : numpy.ndarray of bool, shape (n,)
        The claims that pass the filters. An export holds what its own filters kept and no more,
        so standings and numbers on both sides are counted among these only.
    earlier_ids : collection of str
        From `claims.earlier_export.read_claim_ids`. A claim is known by its id alone: one that
        was coded anew since then counts as it is coded now.

    Returns
    -------
    Changes
    """
    in_export, gone = find_claims(claims, earlier_ids)
    before = in_export & keep
    codes = [_standings_among(claims, voices, some) for some in (before, keep)]
    return _changes(claims, voices, keep, states=(before, keep), codes=codes, gone=gone)


def find_claims(claims: pd.DataFrame, ids: Collection[str]) -> tuple[Flags, tuple[str, ...]]:
    """Find claims by their names.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `claim_id`.
    ids : collection of str

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        Which claims are named.
    tuple of str
        The names of which there is none, sorted.
    """
    found = claims["claim_id"].isin(list(ids)).to_numpy(dtype=bool)
    return found, tuple(sorted(set(ids).difference(claims.loc[found, "claim_id"])))


def turning_claims(
    claims: pd.DataFrame, voices: Voices, changes: Changes, topics: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """Find the new claims that gave propositions their new standing.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `organisation` and `side`.
    voices : Voices
        Of the same claims.
    changes : Changes
    topics : sequence of int
        Some of `changes.topics`.

    Returns
    -------
    dict of int to tuple of int
        For each topic the positions, by the day of saying, of the claims each of which would have
        made the standing of before the one of now by itself; where it took several, all that
        were added. They may lie outside the filters.
    """
    wanted = np.zeros(len(voices.topics), dtype=bool)
    wanted[list(topics)] = True
    rows = np.flatnonzero(wanted[voices.topic] & changes.now)
    rows = rows[np.argsort(voices.said[rows], kind="stable")]
    names = zip(*(claims[name].iloc[rows] for name in ("organisation", "side")), strict=True)
    known: dict[int, dict[Voice, tuple[int, int]]] = {topic: {} for topic in topics}
    added: dict[int, list[tuple[int, Voice, int, int]]] = {topic: [] for topic in topics}
    for row, (organisation, side) in zip(rows.tolist(), names, strict=True):
        voice = str(organisation), str(side)
        day, word = int(voices.said[row]), _WORDS.get(int(voices.way[row]), 0)
        topic = int(voices.topic[row])
        if changes.before[row]:
            known[topic][voice] = _heard(known[topic].get(voice), day, word)
        else:
            added[topic].append((row, voice, day, word))
    found = {}
    for topic in topics:
        said, wanted_now = known[topic], STANDINGS[changes.standing_now[topic]]
        turning = tuple(
            row
            for row, voice, day, word in added[topic]
            if _standing({**said, voice: _heard(said.get(voice), day, word)}) == wanted_now
        )
        found[topic] = turning or tuple(row for row, *_ in added[topic])
    return found


def _heard(last: tuple[int, int] | None, day: int, word: int) -> tuple[int, int]:
    """Give the day and word of a voice that has spoken once more, as `claims.standing` says."""
    if last is None or (word and not last[1]):
        return day, word
    if not word or day < last[0]:
        return last
    return day, word | (last[1] if day == last[0] else 0)


def _standing(said: Mapping[Voice, tuple[int, int]]) -> str:
    sides = [
        {side for (_, side), (_, word) in said.items() if (word & bit if bit else not word)}
        for bit in (_YES, _NO, 0)
    ]
    return standing_from_sides(*sides)


def _standings_among(claims: pd.DataFrame, voices: Voices, some: Flags) -> Codes:
    spoken = claims.loc[some, list(_SPOKEN_TO)]
    history = History.of(spoken)
    ledger = Ledger(spoken, history)
    codes = np.full(len(voices.topics), UNSPOKEN, dtype=np.int64)
    places = pd.Index(voices.topics).get_indexer(history.topics)
    codes[places] = ledger.standings(ledger.tally(None), UNSPOKEN)
    return codes


def _changes(  # noqa: PLR0913  (what both ways of asking come down to)
    claims: pd.DataFrame,
    voices: Voices,
    keep: Flags,
    *,
    states: tuple[Flags, Flags],
    codes: Sequence[Codes],
    gone: tuple[str, ...] = (),
) -> Changes:
    before, now = states
    was, standing_now = codes
    new = keep & now & ~before
    has_kept, has_new = (
        np.bincount(voices.topic[some], minlength=len(was)) > 0 for some in (keep, new)
    )
    spoken = (was != UNSPOKEN) & (standing_now != UNSPOKEN)
    return Changes(
        before=before,
        now=now,
        new=new,
        gone=gone,
        standing_before=was,
        standing_now=standing_now,
        topics=np.flatnonzero(has_kept & spoken & (was != standing_now)),
        new_topics=int(np.count_nonzero(has_new & (was == UNSPOKEN))),
        numbers=tuple(_moves(claims, voices, before, now, new)),
    )


def _moves(
    claims: pd.DataFrame, voices: Voices, before: Flags, now: Flags, new: Flags
) -> Iterable[NumberMove]:
    for column in QUANTITIES:
        values = claims[column].to_numpy(dtype=float, na_value=np.nan)
        stated = ~np.isnan(values)
        renewed = np.zeros(len(voices.topics), dtype=bool)
        renewed[voices.topic[new & stated]] = True
        rows = np.flatnonzero(now & stated & renewed[voices.topic])
        # One number a voice: who speaks for two sides has a word on each.
        organisation = pd.factorize(claims["organisation"].iloc[rows])[0].astype(np.int64)
        side = codes_in(claims["side"].iloc[rows], SIDES).astype(np.int64)
        topic, voice = voices.topic[rows], organisation * len(SIDES) + side
        order = np.lexsort((rows, voices.said[rows], voice, topic))
        rows = rows[order]
        series = np.cumsum(starts(topic[order], voice[order])) - 1
        last_now = rows[ends(starts(series))]
        had = before[rows]
        last_had = ends(starts(series[had]))
        earlier, later = rows[had][last_had], last_now[series[had][last_had]]
        moved = (values[earlier] != values[later]) & new[later]
        for pair in zip(earlier[moved].tolist(), later[moved].tolist(), strict=True):
            yield NumberMove(column, *pair)
