"""Presents: tells the browser the scenes, so that it steps by itself, and hears where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from claims import TITLE
from claims.caches import derived
from claims.handling import handling_words
from claims.scenes import MAX_SCENES
from components import briefing_state, briefings, shared
from components.address import View
from components.assets import page_part
from components.briefings import Place
from components.claim_files import words_address
from components.claim_map.claim_map import map_message

if TYPE_CHECKING:
    from cartography.edition import Edition
    from claims.briefing import Briefing, Scene

MAX_MASK_CHARACTERS: Final = 4000
"""A scene that asks for words in a record of some 24,000 claims and more waits for Python."""
KEPT_PICTURES: Final = 4 * MAX_SCENES
"""Scenes of which the server remembers what the browser is told, for all viewers together."""
NOTHING: Final = np.zeros(0, np.bool_)
PICTURE: Final = ("selection", "claim", "voices", "cells", "compare", "at", "fit")
"""What of the map's message a scene changes, but for the words."""
SAID: Final = ("window", "filters")
_mount = page_part("present")


def show(message: dict[str, object]) -> None:
    """Draw the presentation, or nothing while nobody presents.

    Parameters
    ----------
    message : dict
        From `present_message`.
    """
    _mount(key="present", data=message, on_place_change=briefing_state.on_place)


def present_message(record: Edition, view: View, own: str) -> dict[str, object]:
    """Say which briefings there are, and of the one at hand all that its scenes show.

    Parameters
    ----------
    record : Edition
    view : View
    own : str
        Name of the scenes that the viewer keeps himself, or "".

    Returns
    -------
    dict
        JSON-ready. Its texts may hold any words.
    """
    briefing = briefings.find(record, view.place.briefing)
    offered = briefings.offered(record, own)
    return {
        "briefings": [
            {"name": name, "title": one.title, "scenes": len(one.scenes)}
            for name, one in offered.items()
        ],
        "words": words_address(record),
        "briefing": view.place.briefing,
        "scene": view.place.scene,
        "presenting": view.place.presenting,
        "claim": view.claim,
        "moved": view.moved,
        "title": briefing.title if briefing else TITLE,
        "handling": handling_words(briefing.handling if briefing else ""),
        "scenes": scenes_message(record, briefing, view.ground) if briefing else [],
    }


def scenes_message(record: Edition, briefing: Briefing, ground: str) -> list[dict[str, object]]:
    """Say of each scene what the browser shows of it.

    Parameters
    ----------
    record : Edition
    briefing : Briefing
    ground : str
        Key of the online ground, or "".

    Returns
    -------
    list of dict
        title, text, claim (its position or None) and picture: what of the map's message the
        scene changes, as `map_message` gives it.
    """
    return [
        {
            "title": scene.title,
            "text": scene.text,
            "claim": record.position(scene.claim),
            # Without its words, so that a scene that is renamed has the picture it had.
            "picture": _picture(record, replace(scene, title="", text=""), ground),
        }
        for scene in briefing.scenes
    ]


@derived(most=KEPT_PICTURES)
def _picture(record: Edition, scene: Scene, ground: str) -> dict[str, object]:
    place = scene.view
    view = View(
        claim=record.position(scene.claim),
        at=(place.latitude, place.longitude, place.zoom) if place else None,
        ground=ground,
        place=Place(briefings.OWN),
        compare=scene.compare,
    )
    selection = scene.selection
    # The words of a search are one bit a claim; many claims' are found when the scene is shown.
    waits = bool(selection.query) and len(record.claims) / 6 > MAX_MASK_CHARACTERS
    voices: tuple[int, ...] = ()
    keep = NOTHING
    if view.claim is not None:
        # Asked only for the voices: what viewers look at is remembered in the same place.
        voices = record.others(view.claim, selection.as_of_day())
        keep = shared.keep(record, replace(selection, query="") if waits else selection)
    message = map_message(record, selection, view, keep=keep, voices=voices)
    picture = {} if waits else {name: message[name] for name in PICTURE}
    words: Any = message["words"]
    picture["words"] = {name: words[name] for name in SAID}
    return picture
