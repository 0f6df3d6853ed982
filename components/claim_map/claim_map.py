"""Shows the map: tells the browser which claims to paint and hears what the viewer does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartography.changed import lighting, since_day
from cartography.edition import lit_voices
from cartography.legend import asked_words
from cartography.symbols import KIND_WORDS, SIDE_WORDS, STANDING_WORDS
from claims.days import span_words
from claims.packing import bits_text
from claims.selection import Selection
from components import reports, shared
from components.assets import page_part
from components.comparing import compared_message
from components.ground_files import ground_asset

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cartography.edition import Edition
    from components.address import View

_mount = page_part("map")


def show(message: dict[str, object]) -> None:
    """Draw the map.

    Parameters
    ----------
    message : dict
        From `map_message`.
    """
    _mount(
        key="map",
        data=message,
        on_pick_change=reports.on_pick("map"),
        on_at_change=reports.on_map_moved,
        on_tab_change=reports.on_map_tab,
        on_clear_change=reports.on_clear,
        on_choice_change=reports.on_choice,
        on_compare_change=reports.on_compare,
        on_stale_change=reports.on_stale,
    )


def map_message(  # noqa: PLR0913  # what the map shows hangs on all of it
    record: Edition,
    selection: Selection,
    view: View,
    *,
    keep: NDArray[np.bool_],
    voices: Sequence[int],
    in_export: NDArray[np.bool_] | None = None,
) -> dict[str, object]:
    """Say what the map shows, in some hundred bytes.

    Parameters
    ----------
    record : Edition
    selection : Selection
    view : View
    keep : numpy.ndarray of bool, shape (n,)
        What the selection keeps.
    voices : sequence of int
        Positions of the other claims on the selected claim's proposition; those that the
        selection keeps light up with it.
    in_export : numpy.ndarray of bool, shape (n,), optional
        The claims of the earlier export that the viewer compares with; by default with a day.

    Returns
    -------
    dict
        JSON-ready.
    """
    window, filters = asked_words(record, selection, all_sides=not view.compare)
    span = span_words(record.first_day, record.last_day) if len(record.claims) else window
    fresh = None
    if view.tab == "changed":
        fresh = lighting(record, since_day(record, selection, view.since), in_export)
        # On a phone the legend is shut: the status must explain the sign by itself.
        filters.append(f"+n marks what is {fresh['words']}")
    return {
        "columns": f"claims/{record.record.digest}.bin",
        "ground": ground_asset(view.ground).path,
        "online": bool(view.ground),
        "selection": _selected(selection, record),
        "claim": view.claim,
        "voices": list(lit_voices(voices, keep)),
        "cells": ["/".join(map(str, cell)) for cell in view.cells],
        "compare": compared_message(record, view.compare, selection.as_of_day()),
        "at": view.at,
        # A scene without a place shows all that it keeps.
        "fresh": fresh,
        "fit": view.at is None and bool(view.place.briefing),
        "moved": view.moved,
        "words": {
            "window": window,
            "span": span,
            "filters": filters,
            "side": list(SIDE_WORDS.values()),
            "standing": list(STANDING_WORDS.values()),
            "kind": list(KIND_WORDS.values()),
        },
    }


def _selected(selection: Selection, record: Edition) -> dict[str, object]:
    codes = {
        "side": selection.sides,
        "kind": selection.kinds,
        "organisation": selection.organisations,
        "claimant": selection.claimants,
        "standing": selection.standings,
    }
    message: dict[str, object] = {
        name: [record.vocabulary[name].index(word) for word in sorted(words)] if words else None
        for name, words in codes.items()
    }
    message["from"] = selection.from_day
    message["to"] = selection.to_day
    message["clock"] = selection.clock
    # Words are searched where the words are; the browser gets one bit a claim. The other filters
    # stay out of it: the viewer changes them in the map, and the bars know no window.
    message["mask"] = None
    if selection.query:
        with_words = shared.keep(record, Selection(query=selection.query))
        message["mask"] = bits_text(with_words)
    return message
