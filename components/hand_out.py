"""Tells the browser what can be handed out: the view or a briefing, as which files, how marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims import TITLE
from claims.handling import HANDLING_MAX_CHARACTERS, NOT_SET, TLP_LABELS, handling_words
from claims.scenes import TITLE_MAX_CHARACTERS
from components import briefings
from components.assets import page_part
from exports.forms import FORMS, writers

if TYPE_CHECKING:
    from cartography.edition import Edition

OWN: Final = "My scenes"
_mount = page_part("hand_out")
_mount_button = page_part("hand_out_button")


def show(message: dict[str, object]) -> None:
    """Draw nothing: the button stands in the header, and what it opens over the page.

    Parameters
    ----------
    message : dict
        From `hand_out_message`.
    """
    _mount(key="hand_out", data=message)


def show_button(name: str) -> None:
    """Draw a button that hands out a briefing.

    Parameters
    ----------
    name : str
        Of the briefing in `hand_out_message`.
    """
    _mount_button(key="hand_out_own", data={"briefing": name})


def hand_out_message(record: Edition, own: str) -> dict[str, object]:
    """Say what can be handed out.

    Parameters
    ----------
    record : Edition
    own : str
        Name of the scenes that the viewer keeps himself, or "".

    Returns
    -------
    dict
        JSON-ready. The titles of briefings may hold any words.
    """
    return {
        "digest": record.record.digest,
        "title": TITLE,
        "title_most": TITLE_MAX_CHARACTERS,
        "labels": list(TLP_LABELS),
        "not_set": NOT_SET,
        "handling_most": HANDLING_MAX_CHARACTERS,
        "briefings": [
            {
                "name": name,
                "title": ": ".join(filter(None, [OWN if name == own else "", one.title])),
                "scenes": len(one.scenes),
                "handling": handling_words(one.handling),
            }
            for name, one in briefings.offered(record, own).items()
        ],
        "claims": len(record.claims),
        "kinds": [_kind(name) for name in writers()],
    }


def _kind(name: str) -> dict[str, object]:
    form = FORMS[name]
    return {
        "kind": name,
        "words": form.words,
        "holds": form.holds,
        "first_s": form.first_s,
        "scene_s": form.scene_s,
        "claim_s": form.thousand_s / 1000,
    }
