"""Two narrators side by side: the list of what they say, and what marks their maps; JSON-ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cartography.legend import narrator_words
from claims.comparison import BOTH, CONTRADICT, ONLY_FIRST, ONLY_SECOND, RELATIONS, said_by
from claims.days import day_words
from claims.packing import bits_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cartography.edition import Edition
    from claims.comparison import Comparison

    Flags = NDArray[np.bool_]

MAX_ROWS: Final = 60
MAX_WORDS: Final = 3
"""Claims that are shown of one narrator on one proposition, the newest."""


def relation_marks(comparison: Comparison) -> dict[str, str]:
    """Say for the map how the narrators stand to each other on every proposition.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    dict
        contradict and both: a bit a topic, in the order of the topics' codes, as base64.
    """
    return {
        RELATIONS[relation]: bits_text(comparison.relation == relation)
        for relation in (CONTRADICT, BOTH)
    }


def compared(
    record: Edition, keep: Flags, comparison: Comparison, as_of_day: int | None
) -> dict[str, object]:
    """List the propositions of which two narrators' kept claims speak.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
        What the selection keeps.
    comparison : Comparison
        As of the selection's day; a narrator's word counts there whatever the filters.
    as_of_day : int or None

    Returns
    -------
    dict
        heading, asOf, narrators (their names), outside (positions of claims that are shown and
        that the filters leave out) and groups, each with relation, heading, count of its
        propositions and rows, the last said first: for each narrator the claims that are his word.
    """
    names = [narrator_words(narrator) for narrator in comparison.narrators]
    kept = keep & np.logical_or(
        *(said_by(record.claims, narrator) for narrator in comparison.narrators)
    )
    topics = np.unique(record.voices.topic[kept])
    relation = comparison.relation[topics]
    last = np.full(len(comparison.relation), np.iinfo(np.int64).min)
    for said in comparison.said:
        np.maximum.at(last, record.voices.topic[said], record.voices.said[said])
    headings = {
        CONTRADICT: "They contradict",
        BOTH: "Both say",
        ONLY_FIRST: f"Only {names[0]} says",
        ONLY_SECOND: f"Only {names[1]} says",
    }
    groups, outside = [], set()
    for code, heading in headings.items():
        found = topics[relation == code]
        newest = found[np.argsort(-last[found], kind="stable")][:MAX_ROWS]
        rows = _rows(record, comparison, newest)
        outside |= {claim for row in rows for said in row for claim in said if not keep[claim]}
        name, count = RELATIONS[code], len(found)
        groups.append({"relation": name, "heading": heading, "count": count, "rows": rows})
    day = record.last_day if as_of_day is None else as_of_day
    return {
        "heading": f"{names[0]} | {names[1]}",
        "asOf": f"What each says as of {day_words(day)}" if len(record.claims) else "",
        "narrators": names,
        "groups": groups,
        "outside": sorted(outside),
    }


def _rows(
    record: Edition, comparison: Comparison, topics: NDArray[np.int64]
) -> list[list[list[int]]]:
    """Give for each topic and narrator the claims that are his word, the newest first."""
    wanted = np.zeros(len(comparison.relation), dtype=bool)
    wanted[topics] = True
    voices = record.voices
    said_on: list[dict[int, list[int]]] = []
    for said in comparison.said:
        claims = said[wanted[voices.topic[said]]]
        claims = claims[np.argsort(-voices.said[claims], kind="stable")]
        by_topic: dict[int, list[int]] = {}
        for claim, topic in zip(claims.tolist(), voices.topic[claims].tolist(), strict=True):
            by_topic.setdefault(topic, []).append(claim)
        said_on.append(by_topic)
    return [
        [_shown(by_topic.get(topic, []), voices.way) for by_topic in said_on]
        for topic in topics.tolist()
    ]


def _shown(claims: list[int], way: NDArray[np.int8]) -> list[int]:
    """Give the newest claims, and the newest that says otherwise if they all say the same."""
    shown = claims[:MAX_WORDS]
    others = [claim for claim in claims[MAX_WORDS:] if way[claim] not in way[shown]]
    return [*shown[: MAX_WORDS - 1], others[0]] if others else shown
