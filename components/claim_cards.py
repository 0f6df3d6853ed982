"""Shows claims as cards, grouped by the proposition they speak to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components import session
from components.assets import page_part

if TYPE_CHECKING:
    from collections.abc import Mapping

_mount = page_part("cards")


def show(cards: Mapping[str, object], *, key: str) -> None:
    """Draw groups of cards.

    Parameters
    ----------
    cards : mapping
        From `cartography.panels`: heading, hint and groups of cards, JSON-ready.
    key : str
        The part's key in the page.
    """
    _mount(key=key, data=dict(cards), on_pick_change=session.on_pick(key))
