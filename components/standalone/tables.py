"""What a file without a server must hold: what Python answers on the page, written out before."""

from __future__ import annotations

import base64
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cartography import panels
from cartography.edition import MAX_LIT
from cartography.ground_data import credits as ground_credits
from cartography.legend import WORDS, asked_words
from cartography.wording import words_of
from claims.handling import handling_words
from claims.model import KINDS, OPPOSING, SIDES, STANDINGS
from claims.search import SEARCHED
from claims.selection import Selection, from_parameters
from components.address import View
from components.claim_map.claim_map import map_message
from components.present import scenes_message
from components.shared import GEO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cartography.edition import Edition
    from claims.scenes import Briefing

NAME: Final = "briefing"
"""What the file's one briefing is called in its address."""
NAMED: Final = 2
"""Of so many values of a filter the phrases are written one by one; of more only their number."""
_CODED: Final = {"side": SIDES, "standing": STANDINGS, "kind": KINDS}
_NOTHING_CHOSEN: Final = View()


def tables(record: Edition, briefing: Briefing, shown: NDArray[np.bool_]) -> dict[str, object]:
    """Write out all that the browser shows of a record, for `components/standalone/host.js`.

    Parameters
    ----------
    record : Edition
    briefing : Briefing
    shown : numpy.ndarray of bool, shape (n,)
        The claims that any scene shows: their sources are listed.

    Returns
    -------
    dict
        JSON-ready. `columns` is the browser's file of typed arrays in base64, `words` the words of
        the cards, `search` what is looked through, `orders` and `counts` what `answer_orders` and
        `count_steps` give, `phrases` what the filters are called; the rest is what `map_message`,
        `present_message` and `panels.sources` say on the page. Its texts may hold any words.
    """
    return {
        "columns": base64.b64encode(record.columns).decode(),
        "words": _words(record),
        "search": _searched(record),
        "orders": answer_orders(record),
        "opposing": sorted(OPPOSING),
        "counts": count_steps(record),
        "phrases": _phrases(record),
        "mapWords": _map_words(record),
        "digest": record.record.digest,
        "lastDay": record.last_day if len(record.claims) else None,
        "title": briefing.title,
        "handling": handling_words(briefing.handling),
        "briefing": NAME,
        "scenes": _scenes(record, briefing),
        "sources": panels.sources(record, shown, ground_credits(GEO)),
        "newest": panels.NEWEST_WORDS,
        "most": {
            "cards": panels.PAGE_CARDS,
            "voices": panels.MAX_VOICES,
            "unplaced": panels.MAX_UNPLACED,
            "lit": MAX_LIT,
        },
    }


def _words(record: Edition) -> dict[str, object]:
    # Names once, not once a claim: they would be a quarter of it.
    words = words_of(record, range(len(record.claims)))
    names = list(words[0]) if words else []
    return {"names": names, "rows": [list(one.values()) for one in words]}


def _searched(record: Edition) -> dict[str, object]:
    # Of all that is looked through only the spellings of a place are not on its card.
    places, place_of = np.unique(record.claims["place_names"].to_numpy(str), return_inverse=True)
    names = [name for name in SEARCHED if name != "place_names"]
    return {"names": names, "places": places.tolist(), "placeOf": place_of.tolist()}


def answer_orders(record: Edition) -> list[list[list[int]]]:
    """List for each proposition its claims in the order in which they answer one of them.

    Parameters
    ----------
    record : Edition

    Returns
    -------
    list of list of list of int
        By the topic's code two orders of positions, for a claim that does not oppose the
        proposition and for one that does: without the claim itself that of
        `claims.disputes.Voices.others` for the whole record. To leave out what was said later, or
        what filters leave out, does not change it.
    """
    topic = record.voices.topic
    by_topic = np.argsort(topic, kind="stable")
    orders: list[list[list[int]]] = [[] for _ in record.voices.topics]
    for same in np.split(by_topic, np.flatnonzero(np.diff(topic[by_topic])) + 1):
        if len(same):
            orders[topic[same[0]]] = [list(order) for order in record.voices.orders(same)]
    return orders


def count_steps(record: Edition) -> list[list[list[int]]]:
    """List for each proposition how many organisations are for and against it, day by day.

    Parameters
    ----------
    record : Edition

    Returns
    -------
    list of list of list of int
        By the topic's code its steps in the order of days: the day they begin (days since
        1970-01-01), then for and against side by side as in `cartography.panels.Standings.counts`.
    """
    steps: list[list[list[int]]] = [[] for _ in record.voices.topics]
    before = np.zeros((len(steps), 2 * len(SIDES)), dtype=np.int64)
    for day in np.unique(record.voices.said).tolist():
        now = panels.Standings(record, day).counts.astype(np.int64)
        for topic in np.flatnonzero((now != before).any(axis=1)).tolist():
            steps[topic].append([day, *now[topic].tolist()])
        before = now
    return steps


def _phrases(record: Edition) -> dict[str, object]:
    """Give what the filters are called, so that the browser has no words of its own for them."""
    days = Selection(from_day=record.first_day, to_day=record.last_day, clock="happened")
    _, (_, every_side, *undated) = asked_words(record, days)
    phrases: dict[str, object] = {"everySide": every_side, "undated": undated}
    for name, words in _CODED.items():
        named = {
            ",".join(map(str, codes)): _phrase(name, [words[code] for code in codes])
            for size in range(1, NAMED + 1)
            for codes in combinations(range(len(words)), size)
        }
        many = {size: _phrase(name, words[:size]) for size in range(NAMED + 1, len(words) + 1)}
        phrases[name] = {"named": named, "many": many}
    return phrases


def _phrase(name: str, chosen: Sequence[str]) -> str:
    """Say a filter as `Selection.describe` does; "" where it keeps everything."""
    selection, _ = from_parameters({name: chosen}, {})
    return "".join(selection.describe(WORDS)[2:])


def _map_words(record: Edition) -> dict[str, object]:
    none = np.zeros(len(record.claims), dtype=bool)
    message = map_message(record, Selection(), _NOTHING_CHOSEN, keep=none, voices=())
    words: Any = message["words"]
    return {name: words[name] for name in ("span", "side", "standing", "kind")}


def _scenes(record: Edition, briefing: Briefing) -> list[dict[str, object]]:
    scenes = []
    for scene, message in zip(briefing.scenes, scenes_message(record, briefing, ""), strict=True):
        asked = scene.selection
        names = Selection(organisations=asked.organisations, claimants=asked.claimants)
        scenes.append(
            {
                **message,
                # What stays as the scene has it while the viewer changes the other filters.
                "names": names.describe(WORDS)[2:],
                "query": asked.query,
            }
        )
    return scenes
