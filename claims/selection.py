"""What a viewer has asked for: which claims it keeps, its address and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from claims.days import (
    ASKABLE,
    END,
    FIRST_DAY,
    LAST_DAY,
    START,
    day_from_iso,
    iso_from_day,
    span_words,
)
from claims.model import KINDS, SIDES, STANDINGS
from claims.search import has_word

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

CLOCKS: Final = ("said", "happened")
CLOCK_WORDS: Final = {"said": "as said", "happened": "as it happened"}
QUERY_MAX_CHARACTERS: Final = 200
SHOWN_CHARACTERS: Final = 40
MAX_NOTICES: Final = 5
MAX_VALUES: Final = 1000

_FILTERS: Final = {
    "side": ("sides", SIDES),
    "organisation": ("organisations", ()),
    "claimant": ("claimants", ()),
    "kind": ("kinds", KINDS),
    "standing": ("standings", STANDINGS),
}
"""URL parameter to field of the Selection, and the order in which its values are told."""
_PLURALS: Final = {
    "side": "sides",
    "organisation": "organisations",
    "claimant": "speakers",
    "kind": "kinds",
    "standing": "standings",
}

_Days = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice of claims. An empty set or query and an open end restrict nothing.

    Attributes
    ----------
    from_day, to_day : int or None
        First and last day of the window, whole days since 1970-01-01; None = open on that end.
    clock : str
        "said": the window holds the day of saying; "happened": the days of the event.
    sides, organisations, claimants, kinds, standings : frozenset of str
        Values of the columns `side`, `organisation`, `claimant`, `kind` and of the standing.
    query : str
        Words that must all occur. Kept with single spaces and at most 200 characters.

    Raises
    ------
    ValueError
        If the clock is none of `CLOCKS`, a day lies outside the years 1 to 9999, or the window
        ends before it begins.
    """

    from_day: int | None = None
    to_day: int | None = None
    clock: str = CLOCKS[0]
    sides: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    claimants: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    standings: frozenset[str] = frozenset()
    query: str = ""

    def __post_init__(self) -> None:
        """Refuse a window or clock that means nothing, and tidy the query."""
        if self.clock not in CLOCKS:
            message = f"clock is {self.clock!r}, must be one of {', '.join(CLOCKS)}"
            raise ValueError(message)
        low = FIRST_DAY if self.from_day is None else self.from_day
        high = LAST_DAY if self.to_day is None else self.to_day
        if not FIRST_DAY <= low <= high <= LAST_DAY:
            message = f"window {self.from_day} to {self.to_day} must not end before it begins"
            raise ValueError(message)
        query = self.query[:QUERY_MAX_CHARACTERS]
        # Half a surrogate pair is no text: no claim can hold it and no address can carry it.
        query = query.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        object.__setattr__(self, "query", " ".join(query.split()))

    def as_of_day(self) -> int | None:
        """Give the day up to which claims count for a standing.

        Returns
        -------
        int or None
            Under the clock "said" the window's last day. None, every day, under "happened":
            there the window bounds events, not what is known of them.
        """
        return self.to_day if self.clock == "said" else None

    def keep(
        self, claims: pd.DataFrame, standing_of_claim: npt.NDArray[np.object_ | np.signedinteger]
    ) -> _Flags:
        """Tell which claims the selection keeps.

        Parameters
        ----------
        claims : pandas.DataFrame, n rows
            Needs `side`, `organisation`, `claimant`, `kind`, the days `said_day`,
            `event_first_day`, `event_last_day`, and for a query `claims.search.SEARCHED`.
        standing_of_claim : numpy.ndarray of str objects or of int, shape (n,)
            As of this selection's `as_of_day`, in words, from
            `claims.standing.standing_of_claims`, or the codes of its topics, from
            `claims.ledger`. Not looked at unless the selection asks for standings.

        Returns
        -------
        numpy.ndarray of bool, shape (n,)
            Under "happened" a claim is kept if its event's days overlap the window; where only
            one of the two days is stated it stands for both. A claim without the days the
            clock asks for lies in no window that is bounded.

        Raises
        ------
        ValueError
            If there is not exactly one standing a claim.
        """
        if standing_of_claim.shape != (len(claims),):
            message = f"{standing_of_claim.shape} standings for {len(claims)} claims, must match"
            raise ValueError(message)
        kept = self._in_window(claims)
        for column in ("side", "organisation", "claimant", "kind"):
            allowed = getattr(self, _FILTERS[column][0])
            if allowed:
                kept &= claims[column].isin(allowed).to_numpy(dtype=bool)
        if self.standings:
            allowed_standing = np.zeros(len(claims), dtype=bool)
            for standing in self.standings:
                coded = standing_of_claim.dtype.kind == "i"
                allowed_standing |= standing_of_claim == (
                    STANDINGS.index(standing) if coded else standing
                )
            kept &= allowed_standing
        return self._with_words(claims, kept)

    def _with_words(self, claims: pd.DataFrame, kept: _Flags) -> _Flags:
        if not self.query:
            return kept
        looked_for: list[str] = []
        # Longest first: a word inside another is found with it, and few rows are left to search.
        for word in sorted(self.query.casefold().split(), key=len, reverse=True):
            if any(word in other for other in looked_for):
                continue
            looked_for.append(word)
            kept = has_word(claims, word, kept)
        return kept

    def _in_window(self, claims: pd.DataFrame) -> _Flags:
        if self.from_day is None and self.to_day is None:
            return np.ones(len(claims), dtype=bool)
        low = FIRST_DAY if self.from_day is None else self.from_day
        high = LAST_DAY if self.to_day is None else self.to_day
        if self.clock == "said":
            said, known = _days(claims, "said_day")
            return known & (said >= low) & (said <= high)
        first, first_known = _days(claims, "event_first_day")
        last, last_known = _days(claims, "event_last_day")
        first, last = np.where(first_known, first, last), np.where(last_known, last, first)
        return (first_known | last_known) & (last >= low) & (first <= high)

    def to_parameters(self) -> dict[str, list[str]]:
        """Write the selection as parameters of the page's address.

        Returns
        -------
        dict of str to list of str
            Only what differs from the default; `from_parameters` reads it back.
        """
        parameters: dict[str, list[str]] = {}
        if self.from_day is not None:
            parameters["from"] = [iso_from_day(self.from_day)]
        if self.to_day is not None:
            parameters["to"] = [iso_from_day(self.to_day)]
        if self.clock != CLOCKS[0]:
            parameters["clock"] = [self.clock]
        for name, (field, _) in _FILTERS.items():
            if getattr(self, field):
                parameters[name] = sorted(getattr(self, field))
        if self.query:
            parameters["q"] = [self.query]
        return parameters

    def describe(self, words: Mapping[str, str]) -> tuple[str, ...]:
        """Say in short phrases what is asked for.

        Parameters
        ----------
        words : mapping of str to str
            Code of a side, kind or standing to the word shown for it; a code that is missing
            is shown as it is.

        Returns
        -------
        tuple of str
            The window and the clock, always, then one phrase for each filter that is on, such
            as ("11-12 May 2023", "as said", "Russia only", "3 organisations"), the days with
            an en dash. Names come from the record and may be any text: show them as text.
        """
        phrases = [span_words(self.from_day, self.to_day), CLOCK_WORDS[self.clock]]
        for name, (field, order) in _FILTERS.items():
            chosen = getattr(self, field)
            if chosen and chosen != frozenset(order):
                listed = sorted(chosen, key=lambda value: (_place(value, order), value))
                phrases.append(_list_words(name, [words.get(value, value) for value in listed]))
        if self.query:
            phrases.append(f"words {_quoted(self.query)}")
        return tuple(phrases)


def from_parameters(
    parameters: Mapping[str, Sequence[str]], vocabulary: Mapping[str, Collection[str]]
) -> tuple[Selection, tuple[str, ...]]:
    """Read a selection from the parameters of the page's address.

    Parameters
    ----------
    parameters : mapping of str to sequence of str
        Each parameter's values in order. Of `from`, `to`, `clock` and `q` the last one counts;
        `side`, `organisation`, `claimant`, `kind` and `standing` may be repeated, and their
        first 1,000 values are read, capitals and spaces aside. Other keys and blank values are
        passed over.
    vocabulary : mapping of str to collection of str
        The values there are of each repeatable parameter; sides, kinds and standings default
        to those of `claims.model`.

    Returns
    -------
    Selection
        What could be read; the rest falls back to "no restriction".
    tuple of str
        A plain sentence for each value that was left out, at most 5, then their further number.
        They repeat what the address says (cut to 40 characters): show them as text.
    """
    notices: list[str] = []
    clock = _last(parameters, "clock") or CLOCKS[0]
    if clock not in CLOCKS:
        notices.append(f"The clock {_quoted(clock)} is not known; days are shown as said.")
        clock = CLOCKS[0]
    days = {name: _day(parameters, name, notices) for name in ("from", "to")}
    from_day, to_day = days["from"], days["to"]
    if from_day is not None and to_day is not None and from_day > to_day:
        notices.append("The first day comes after the last; all days are shown.")
        from_day = to_day = None
    chosen = {
        name: _known(parameters, name, vocabulary.get(name, default), notices)
        for name, (_, default) in _FILTERS.items()
    }
    query = _last(parameters, "q")
    if len(query) > QUERY_MAX_CHARACTERS:
        notices.append(f"Only the first {QUERY_MAX_CHARACTERS} characters of the words count.")
    selection = Selection(
        from_day=from_day,
        to_day=to_day,
        clock=clock,
        sides=chosen["side"],
        organisations=chosen["organisation"],
        claimants=chosen["claimant"],
        kinds=chosen["kind"],
        standings=chosen["standing"],
        query=query,
    )
    if len(notices) > MAX_NOTICES:
        notices[MAX_NOTICES:] = [f"and {len(notices) - MAX_NOTICES} more"]
    return selection, tuple(notices)


def _values(parameters: Mapping[str, Sequence[str]], name: str) -> list[str]:
    given = parameters.get(name, ())
    # A lone string is a sequence of its characters, which nobody means.
    values = [given] if isinstance(given, str) else given
    return [value for value in values[:MAX_VALUES] if value.strip()]


def _last(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    return next(reversed(_values(parameters, name)), "")


def _day(parameters: Mapping[str, Sequence[str]], name: str, notices: list[str]) -> int | None:
    text = _last(parameters, name)
    day = day_from_iso(text)
    end = "first" if name == "from" else "last"
    if text and day is None:
        notices.append(
            f"The {end} day {_quoted(text)} is not a date such as 2023-05-12; it is left out."
        )
    if day is None or day in ASKABLE:
        return day
    notices.append(
        f"The {end} day {_quoted(text)} lies outside the years {START.year} to {END.year};"
        " it is left out."
    )
    return None


def _known(
    parameters: Mapping[str, Sequence[str]],
    name: str,
    allowed: Collection[str],
    notices: list[str],
) -> frozenset[str]:
    # People type "Russia" and "Third party" for russia and third_party.
    folded = {_fold(value): value for value in allowed}
    what = "speaker" if name == "claimant" else name
    known = set()
    for value in dict.fromkeys(_values(parameters, name)):
        meant = value if value in allowed else folded.get(_fold(value))
        if meant is None:
            notices.append(f"The {what} {_quoted(value)} is not known; it is left out.")
        else:
            known.add(meant)
    return frozenset(known)


def _fold(value: str) -> str:
    return "_".join(value.casefold().split())


def _days(claims: pd.DataFrame, column: str) -> tuple[_Days, _Flags]:
    days = claims[column].to_numpy(dtype=np.int64, na_value=0)
    return days, claims[column].notna().to_numpy(dtype=bool)


def _place(value: str, order: tuple[str, ...]) -> int:
    return order.index(value) if value in order else len(order)


def _list_words(name: str, listed: list[str]) -> str:
    if len(listed) > 2:  # noqa: PLR2004 - two names still fit beside the map
        return f"{len(listed)} {_PLURALS[name]}"
    together = " and ".join(map(_cut, listed))
    if name == "standing":
        # "third party only" alone could be the side as well as the standing.
        return f"standing: {together}"
    return f"{together} only" if name == "side" else together


def _quoted(value: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{_cut(value)}\N{RIGHT DOUBLE QUOTATION MARK}"


def _cut(value: str) -> str:
    """Shorten a text from outside and blank what cannot be printed."""
    shown = value
    if len(value) > SHOWN_CHARACTERS:
        shown = value[: SHOWN_CHARACTERS - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return "".join(letter if letter.isprintable() else " " for letter in shown)
