"""Makes a scene of what a page shows: to keep it, and to hand it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.scenes import MapView, Scene
from components.address import map_at

if TYPE_CHECKING:
    from cartography.edition import Edition
    from claims.selection import Selection
    from components.address import View

HOME: Final = MapView(48.598, 37.93, 11)
"""Where the map stands while nobody has moved it; the browser knows the same place."""


def scene_of_view(record: Edition, selection: Selection, view: View, claim: str) -> Scene:
    """Make a scene that shows what the page shows.

    Parameters
    ----------
    record : Edition
    selection : Selection
    view : View
    claim : str
        Name of the claim that is picked, or "".

    Returns
    -------
    Scene
        Without title and text; without a place where the map of the page shows all that is kept.
    """
    at = map_at(record, view)
    unmoved = None if view.place.briefing else HOME
    place = MapView(*at) if at else unmoved
    return Scene("", "", selection, claim, place, view.compare)
