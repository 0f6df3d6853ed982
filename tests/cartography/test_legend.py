"""What is asked for is said in the same words on the page and in a picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cartography.drawing import shown_of
from cartography.legend import asked_words, status_words
from claims.days import day_from_iso
from claims.scenes import Scene
from claims.selection import Selection
from components.address import View
from components.claim_map.claim_map import map_message

if TYPE_CHECKING:
    from cartography.edition import Edition

VIEW = View()
MAY_9 = day_from_iso("2023-05-09")


def test_claims_without_a_day_are_counted_where_a_window_bounds_events(real: Edition) -> None:
    record = replace(real, undated=1234)
    told = "1,234 claims without a day of the event left out"
    assert told in asked_words(record, Selection(from_day=MAY_9, clock="happened"))[1]
    assert told not in asked_words(record, Selection(from_day=MAY_9))[1]
    assert told not in asked_words(record, Selection(clock="happened"))[1]


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(from_day=MAY_9, clock="happened", sides=frozenset({"russia"})),
        Selection(to_day=MAY_9, kinds=frozenset({"advance"}), query="bridge"),
    ],
)
def test_the_page_says_what_a_picture_says(real: Edition, selection: Selection) -> None:
    record = replace(real, undated=1234)
    keep = np.ones(len(record.claims), dtype=bool)
    said: Any = map_message(record, selection, VIEW, keep=keep, voices=())["words"]
    window, *picture = status_words(record, shown_of(record, Scene("", "", selection)))
    assert said["window"] == window
    assert said["filters"] == picture[-len(said["filters"]) :]
