"""Propositions, their voices, admissions, and the standing of a proposition as of a day.

A **voice** is one organisation speaking for one side; however many people speak for it, it is
one voice. Its **word** as of a day is what it says on the latest day, up to then, on which it
asserts, confirms, denies or doubts; an organisation that says both yes and no on that day counts
as both. "Cannot confirm" says neither, so it never withdraws an earlier word: a voice is
*undecided* only while that is all it has said. Claims without a `said_day` count nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from claims.model import OPPOSING, SIDES, STANCES, STANDINGS, SUPPORTING, WARRING_SIDES
from claims.sorting import ends, sorted_rows, starts
from claims.texts import coded, codes_in

if TYPE_CHECKING:
    from collections.abc import Collection

_Whole = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.bool_]

_SUPPORTS: Final = 1
_OPPOSES: Final = 2
_UNDECIDED: Final = 4
WORDS: Final = (_SUPPORTS, _OPPOSES, _UNDECIDED)
_CELLS: Final = len(SIDES) * len(WORDS)
"""A topic's tally has a cell for each side and word: side code x 3 + word's place in `WORDS`."""


def standing_from_sides(
    supporting: Collection[str], opposing: Collection[str], undecided: Collection[str]
) -> str:
    """Name the standing of a proposition from the sides that speak to it.

    Parameters
    ----------
    supporting, opposing, undecided : collection of str
        Sides (`model.SIDES`) with at least one voice that asserts or confirms, that denies or
        doubts, that only cannot confirm.

    Returns
    -------
    str
        One of `model.STANDINGS`; the first line that fits:

        - contested: someone supports it and someone opposes it, whoever they are.
        - agreed: both warring sides support it (and so nobody opposes it).
        - contested: both warring sides oppose it. Nobody on file stands by it, yet it was put
          forward somewhere; "agreed" would read as if it were common ground.
        - one_sided: exactly one warring side supports or opposes it. Third parties on the same
          foot do not change that: agreement needs both warring sides.
        - third_party_only: only third parties support or oppose it. A warring side that only
          cannot confirm has not spoken for or against.
        - one_sided: nobody supports or opposes it and a warring side cannot confirm it.
        - third_party_only: nobody supports or opposes it and only third parties speak.
    """
    if supporting and opposing:
        return "contested"
    for_or_against = {*supporting, *opposing}
    warring = for_or_against.intersection(WARRING_SIDES)
    if len(warring) == len(WARRING_SIDES):
        return "agreed" if supporting else "contested"
    if not for_or_against:
        warring = set(undecided).intersection(WARRING_SIDES)
    return "one_sided" if warring else "third_party_only"


def _standing_table() -> npt.NDArray[np.int8]:
    """Give the code of the standing for each of the 512 patterns of filled cells."""
    table = np.zeros(2**_CELLS, dtype=np.int8)
    for filled in product((False, True), repeat=_CELLS):
        sides: list[set[str]] = [
            {side for at, side in enumerate(SIDES) if filled[at * len(WORDS) + word]}
            for word in range(len(WORDS))
        ]
        pattern = sum(1 << cell for cell in range(_CELLS) if filled[cell])
        table[pattern] = STANDINGS.index(standing_from_sides(*sides))
    return table


_STANDING_OF_PATTERN: Final = _standing_table()
_STANDING_NAMES: Final = np.array(STANDINGS, dtype=object)
_WORD_OF_STANCE: Final = np.array(
    [_SUPPORTS * (s in SUPPORTING) + _OPPOSES * (s in OPPOSING) for s in STANCES], dtype=np.int64
)


def is_admission(claims: pd.DataFrame) -> pd.Series[bool]:
    """Tell which claims are made by one warring side and favour the other.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `side` and `favours`. The stance does not matter: `favours` already says for whom
        the claim itself, be it a denial, is good news.

    Returns
    -------
    pandas.Series of bool
        One value a claim, on the frame's index.
    """
    first, second = WARRING_SIDES
    side, favours = claims["side"], claims["favours"]
    return ((side == first) & (favours == second)) | ((side == second) & (favours == first))


def standings(claims: pd.DataFrame, as_of_day: int | None = None) -> pd.DataFrame:
    """Sum up every proposition from the claims said up to a day.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `topic`, `proposition`, `stance`, `organisation`, `side`, `favours`, `said_day`.
    as_of_day : int, optional
        Whole days since 1970-01-01; None = every day.

    Returns
    -------
    pandas.DataFrame
        One row a topic with at least one claim said up to that day, sorted by and indexed with
        `topic`. Columns: `proposition`, `standing`, `claims` (count), `voices` and
        `voices_<side>` (organisations), `supporting_<side>` and `opposing_<side>`
        (organisations by their word as of the day), `undecided` (organisations with no word),
        `admissions` (organisations with an admission, ever), `first_said_day` and
        `last_said_day`. Counts and days are int64. An organisation listed under two sides is a
        voice on each.
    """
    said = said_until(claims, as_of_day)
    count = len(said.topics)
    words = words_of(said)
    tally = _tally(words, count)
    by_side = tally.reshape(count, len(SIDES), len(WORDS))
    voices = np.bincount(
        words.topic[words.is_last] * len(SIDES) + words.side[words.is_last],
        minlength=count * len(SIDES),
    ).reshape(count, len(SIDES))
    columns: dict[str, object] = {
        "proposition": _propositions(claims, said),
        "standing": pd.array(_STANDING_NAMES[standing_codes(tally)], dtype="str"),
        "claims": np.bincount(said.topic, minlength=count),
        "voices": voices.sum(axis=1),
    }
    for at, side in enumerate(SIDES):
        columns[f"voices_{side}"] = voices[:, at]
        columns[f"supporting_{side}"] = by_side[:, at, 0]
        columns[f"opposing_{side}"] = by_side[:, at, 1]
    columns["undecided"] = by_side[:, :, 2].sum(axis=1)
    columns["admissions"] = _admitting(claims, said)
    columns["first_said_day"] = _lowest(said.topic, said.day, count)
    columns["last_said_day"] = -_lowest(said.topic, -said.day, count)
    frame = pd.DataFrame(columns, index=pd.Index(said.topics, name="topic"))
    order = ["proposition", "standing", "claims", "voices"]
    order += [f"{name}_{side}" for name in ("voices", "supporting", "opposing") for side in SIDES]
    return frame[[*order, "undecided", "admissions", "first_said_day", "last_said_day"]]


def standing_steps(claims: pd.DataFrame) -> pd.DataFrame:
    """List the days on which the standing of a proposition changes.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs `topic`, `stance`, `organisation`, `side`, `said_day`.

    Returns
    -------
    pandas.DataFrame
        Columns `topic` (str), `day` (int64, whole days since 1970-01-01) and `standing` (str),
        sorted by topic and day. A topic's first row is the first day it is spoken of; the
        standing of a row holds until the topic's next row, and agrees with `standings`.
    """
    history = History.of(claims)
    topic, day, codes = steps_of(history)
    return pd.DataFrame(
        {
            "topic": history.topics.take(topic).array,
            "day": day,
            "standing": pd.array(_STANDING_NAMES[codes], dtype="str"),
        }
    )


def steps_of(history: History) -> tuple[_Whole, _Whole, npt.NDArray[np.int8]]:
    """List the days on which the standing of a proposition changes, as codes.

    Parameters
    ----------
    history : History

    Returns
    -------
    numpy.ndarray of int64
        Codes of the topics, ascending.
    numpy.ndarray of int64
        Days since 1970-01-01, ascending in each topic.
    numpy.ndarray of int8
        The standings, positions in `claims.model.STANDINGS`.
    """
    words = history.words
    topic, day, before, after, side = sorted_rows(
        words.topic, words.day, words.before, words.after, words.side
    )
    of_topic = np.flatnonzero(starts(topic))
    ends_day = np.flatnonzero(ends(starts(topic, day)))
    start_of_day = of_topic.repeat(
        np.diff(np.searchsorted(ends_day, of_topic), append=len(ends_day))
    )
    pattern = np.zeros(len(ends_day), dtype=np.int64)
    running = np.zeros(len(topic) + 1, dtype=np.int32)
    for cell, (of_side, word) in enumerate(product(range(len(SIDES)), WORDS)):
        change = ((after & word) > 0).astype(np.int8) - ((before & word) > 0)
        # Summed over all topics: a topic's voices start from nothing, so what the topics before
        # it have added up to is taken off again.
        np.cumsum(np.where(side == of_side, change, 0), out=running[1:])
        pattern |= (running[ends_day + 1] > running[start_of_day]).astype(np.int64) << cell
    topic, day, codes = topic[ends_day], day[ends_day], _STANDING_OF_PATTERN[pattern]
    changed = starts(topic, codes.astype(np.int64))
    return topic[changed], day[changed], codes[changed]


def standing_of_claims(
    claims: pd.DataFrame, as_of_day: int | None = None
) -> npt.NDArray[np.object_]:
    """Give each claim the standing its topic has as of a day.

    Parameters
    ----------
    claims : pandas.DataFrame, n rows
        Needs `topic`, `stance`, `organisation`, `side`, `said_day`.
    as_of_day : int, optional
        Whole days since 1970-01-01; None = every day.

    Returns
    -------
    numpy.ndarray of str objects, shape (n,)
        One of `model.STANDINGS`; "" for a claim said later.
    """
    said = said_until(claims, as_of_day)
    codes = standing_codes(_tally(words_of(said), len(said.topics)))
    found = np.full(len(claims), "", dtype=object)
    found[said.row] = _STANDING_NAMES[codes[said.topic]]
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """Claims said up to a day as codes, all of shape (m,); `topics` is sorted."""

    row: _Whole
    topic: _Whole
    voice: _Whole
    side: _Whole
    word: _Whole
    day: _Whole
    topics: pd.Index


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a voice on a topic before and after each day it speaks, sorted in time."""

    topic: _Whole
    side: _Whole
    day: _Whole
    before: _Whole
    after: _Whole
    is_last: _Flags


@dataclass(frozen=True, slots=True)
class History:
    """All that was ever said to each topic, found out once for all who count it.

    Attributes
    ----------
    topics : pandas.Index of str
        In alphabetical order; the codes of `words` count in it.
    words : Words
    """

    topics: pd.Index
    words: Words

    @classmethod
    def of(cls, claims: pd.DataFrame) -> History:
        """Read it from a claims frame.

        Parameters
        ----------
        claims : pandas.DataFrame
            Needs `topic`, `stance`, `organisation`, `side` and `said_day`.

        Returns
        -------
        History
        """
        said = said_until(claims, None)
        return cls(said.topics, words_of(said))


def said_until(claims: pd.DataFrame, as_of_day: int | None) -> Said:
    """Give the claims said up to a day (None: every day) as codes."""
    known = claims["said_day"].notna().to_numpy(dtype=bool)
    day = claims["said_day"].to_numpy(dtype=np.int64, na_value=0)
    row = np.flatnonzero(known if as_of_day is None else known & (day <= as_of_day))
    if len(row) < len(claims):
        claims, day = claims.iloc[row], day[row]
    topic, topics = coded(claims["topic"])
    organisation, _ = coded(claims["organisation"])
    side = codes_in(claims["side"], SIDES).astype(np.int64)
    return Said(
        row=row,
        topic=topic.astype(np.int64),
        voice=organisation.astype(np.int64) * len(SIDES) + side,
        side=side,
        word=_WORD_OF_STANCE[codes_in(claims["stance"], STANCES)],
        day=day,
        topics=topics,
    )


def words_of(said: Said) -> Words:
    """Give the words of every voice on every topic, day by day."""
    topic, voice, day, word = sorted_rows(said.topic, said.voice, said.day, said.word)
    of_day = np.flatnonzero(starts(topic, voice, day))
    spoken = np.bitwise_or.reduceat(word, of_day) if len(of_day) else of_day
    topic, voice, day = topic[of_day], voice[of_day], day[of_day]
    first = starts(topic, voice)
    at = np.arange(len(of_day))
    # A day of mere "cannot confirm" leaves the latest word before it standing, if there is one.
    latest = np.maximum.accumulate(np.where(spoken > 0, at, -1))
    voice_start = np.maximum.accumulate(np.where(first, at, 0))
    after = np.where(latest >= voice_start, spoken[latest], _UNDECIDED)
    before = np.where(first, 0, np.roll(after, 1))
    return Words(topic, voice % len(SIDES), day, before, after, ends(first))


def _tally(words: Words, topic_count: int) -> _Whole:
    """Count the voices of each side and word as things stand at the end, shape (topics, 9)."""
    last = words.is_last
    topic, side, after = words.topic[last], words.side[last], words.after[last]
    tally = np.zeros((topic_count, _CELLS), dtype=np.int64)
    for cell, (of_side, word) in enumerate(product(range(len(SIDES)), WORDS)):
        speaks = (side == of_side) & ((after & word) > 0)
        tally[:, cell] = np.bincount(topic[speaks], minlength=topic_count)
    return tally


def standing_codes(tally: npt.NDArray[np.signedinteger[Any]]) -> npt.NDArray[np.int8]:
    """Give the code of each standing from tallies of shape (topics, 9)."""
    return _STANDING_OF_PATTERN[(tally > 0) @ (1 << np.arange(_CELLS))]


def _propositions(claims: pd.DataFrame, said: Said) -> pd.api.extensions.ExtensionArray:
    # All rows of a topic should agree; if not, the alphabet decides, so row order never does.
    codes, sentences = pd.factorize(claims["proposition"].iloc[said.row], sort=True)
    lowest = _lowest(said.topic, codes.astype(np.int64), len(said.topics))
    return pd.array(np.asarray(sentences, dtype=object)[lowest], dtype="str")


def _admitting(claims: pd.DataFrame, said: Said) -> _Whole:
    admits = is_admission(claims).to_numpy(dtype=bool)[said.row]
    pairs = np.unique(np.column_stack([said.topic[admits], said.voice[admits]]), axis=0)
    return np.bincount(pairs[:, 0], minlength=len(said.topics))


def _lowest(topic: _Whole, values: _Whole, count: int) -> _Whole:
    lowest = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(lowest, topic, values)
    return lowest
