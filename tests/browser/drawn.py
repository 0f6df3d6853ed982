"""Records and selections as Hypothesis draws them: few claims and many, in every odd shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from claims.days import FIRST_DAY, LAST_DAY, iso_from_day
from claims.model import COLUMN_NAMES, KINDS, SIDES, STANCES, STANDINGS
from claims.selection import CLOCKS, Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy
    from numpy.random import Generator
    from numpy.typing import NDArray

    from cartography.edition import Edition

    Days = NDArray[np.int64]

LAST_KNOWN_DAY: Final = 47_846
"""31 December 2100, the last day a record may name; the first is day 0."""
SPANS: Final = ((19_488, 1), (19_488, 6), (19_400, 90), (19_000, 1200), (0, LAST_KNOWN_DAY + 1))
"""First day on which something is said, and on how many days from there."""
LETTERS: Final = ("A", "a", "É", "Є", "ґ", "\N{REPLACEMENT CHARACTER}", "\U00010437")
"""UTF-16 sorts the last before the one before it, code points the other way round."""
WORDS: Final = ("advance", "STRASSE", "straße", "İzium", "Ґанок", "не", "100 %", "\U0001f600")
ASKED_WORDS: Final = (
    "advance",
    "strasse",
    "i̇zium",
    "ґанок",
    "не",
    "100",
    "%",
    "e",
    "nowhere",
    "😀",
)
MAX_EXTENTS: Final = 12
"""Rings and lines take long to make; a few are as good as many."""


def _isos(days: Days, stated: NDArray[np.bool_]) -> list[str]:
    return [
        iso_from_day(int(day)) if known else "" for day, known in zip(days, stated, strict=True)
    ]


def _named(dice: Generator, what: str, count: int, rows: int) -> list[str]:
    numbers = dice.integers(count, size=rows)
    return [f"{LETTERS[i % len(LETTERS)]} {what} {i}" for i in numbers.tolist()]


def _events(dice: Generator, said: Days) -> dict[str, list[str]]:
    """Give events of one day or many, before and after they are spoken of, or half stated."""
    rows = len(said)
    ago = np.choose(dice.integers(4, size=rows), [0, 1, dice.integers(-3, 9, rows), 30_000])
    first = np.clip(said - ago, 0, LAST_KNOWN_DAY)
    long = np.choose(dice.integers(4, size=rows), [0, 0, dice.integers(0, 9, rows), 2000])
    last = np.clip(first + long, 0, LAST_KNOWN_DAY)
    stated = dice.integers(4, size=rows)  # neither, the first, the last, both
    return {
        "event_start": _isos(first, stated % 2 == 1),
        "event_end": _isos(last, stated >= 2),
    }


def _places(dice: Generator, rows: int, spots: int, spread_deg: float) -> dict[str, list[str]]:
    """Give places of which many share a point, and some claims that have none."""
    at = np.array([38.0005, 48.5956]) + dice.uniform(-spread_deg, spread_deg, size=(spots, 2))
    spot = dice.integers(spots, size=rows)
    precision = dice.choice(["settlement", "sector", "", "region", "unplaced"], rows)
    blank = (precision == "unplaced") | (dice.random(rows) < 0.1)
    precision[blank & (precision != "region") & (precision != "")] = "unplaced"
    lon, lat = (
        ["" if no else f"{v:.5f}" for no, v in zip(blank, at[spot, i], strict=True)] for i in (0, 1)
    )
    return {
        "place": [f"Spot {i}" for i in spot.tolist()],
        "longitude": lon,
        "latitude": lat,
        "location_precision": precision.tolist(),
    }


def _extents(dice: Generator, rows: int) -> dict[str, list[str]]:
    """Let some claims state a length: a ring leaves a claim its disc, a line does not."""
    cells = {name: [""] * rows for name in ("advance_km", "front_km", "geometry_id", "bound")}
    for row in dice.choice(rows, min(rows // 3, MAX_EXTENTS), replace=False).tolist():
        if row % 2:
            cells["advance_km"][row] = "2"
        else:
            cells["front_km"][row], cells["geometry_id"][row] = "20", "soledar-sector"
    return cells


@st.composite
def records(draw: DrawFn) -> pd.DataFrame:
    """Draw the text of a claims file that the checker accepts as a whole."""
    rows = draw(st.integers(0, 9) | st.integers(10, 90) | st.just(600), label="rows")
    dice = np.random.default_rng(draw(st.integers(0, 2**32 - 1), label="seed"))
    start, days = draw(st.sampled_from(SPANS), label="days")
    names = draw(st.sampled_from((1, 3, 40, 2000)), label="names")
    topics = draw(st.sampled_from((1, 4, 300)), label="topics")
    spots = draw(st.sampled_from((1, 3, 60)), label="spots")
    spread_deg = draw(st.sampled_from((0.0, 0.02, 0.5, 12.0)), label="spread")
    said = start + dice.integers(days, size=rows)
    topic = [f"topic-{i}" for i in dice.integers(topics, size=rows)]
    columns: dict[str, Any] = {
        "claim_id": [f"claim-{i}" for i in range(rows)],
        "topic": topic,
        "proposition": [f"About {one}." for one in topic],
        "stance": dice.choice(STANCES, rows),
        "statement": [f"Says {word} here." for word in dice.choice(WORDS, rows)],
        "claimant": _named(dice, "speaker", names, rows),
        "organisation": _named(dice, "body", names, rows),
        "side": dice.choice(SIDES, rows),
        "kind": dice.choice(KINDS, rows),
        "favours": "neither",
        "said_on": _isos(said, np.ones(rows, dtype=bool)),
        "outlet": "Outlet",
        **_events(dice, said),
        **_places(dice, rows, spots, spread_deg),
        **_extents(dice, rows),
    }
    return pd.DataFrame(columns).reindex(columns=list(COLUMN_NAMES), fill_value="")


def _some(values: Sequence[str]) -> SearchStrategy[frozenset[str]]:
    if not values:
        return st.just(frozenset())
    few = st.frozensets(st.sampled_from(values), max_size=3)
    return st.just(frozenset()) | few | st.just(frozenset(values[::2]))


def windows(edition: Edition) -> SearchStrategy[tuple[int, int]]:
    """Draw a window: between days of the record, over all of it, before it, after it, far away."""
    columns = ("said_day", "event_first_day", "event_last_day")
    known = sorted({int(day) for name in columns for day in edition.claims[name].dropna()} or {0})
    near = st.builds(int.__add__, st.sampled_from(known), st.integers(-1, 1))
    far = st.sampled_from((FIRST_DAY, -1, 0, LAST_KNOWN_DAY, 70_000, LAST_DAY))
    day = near | far
    around = [
        (known[0] - 9, known[0] - 1),
        (FIRST_DAY, known[0] - 1),
        (known[-1] + 1, LAST_DAY),
        (known[0], known[-1]),
    ]
    return st.tuples(day, day).map(lambda ends: (min(ends), max(ends))) | st.sampled_from(around)


@st.composite
def selections(draw: DrawFn, edition: Edition, *, standings: bool = True) -> Selection:
    """Draw a choice of the record's claims by any filters together."""
    low, high = draw(windows(edition), label="window")
    is_open = draw(st.tuples(st.booleans(), st.booleans()), label="open ends")
    words = st.just("") | st.sampled_from(ASKED_WORDS)
    return Selection(
        from_day=None if is_open[0] else low,
        to_day=None if is_open[1] else high,
        clock=draw(st.sampled_from(CLOCKS)),
        sides=draw(_some(SIDES)),
        kinds=draw(_some(KINDS)),
        organisations=draw(_some(edition.vocabulary["organisation"])),
        claimants=draw(_some(edition.vocabulary["claimant"])),
        standings=draw(_some(STANDINGS)) if standings else frozenset(),
        query=" ".join(draw(st.lists(words, max_size=2))),
    )
