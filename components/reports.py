"""What a viewer does in the parts of the page, taken over into what he has chosen.

Each function is a callback: it runs before the page does, with what a part has reported, which
comes from the browser and may be anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.briefing import read_narrators
from claims.selection import Selection
from components import session, shared
from components.address import TABS
from components.address_values import read_at, read_cells, read_choice, read_page

if TYPE_CHECKING:
    from collections.abc import Callable


def on_pick(part: str) -> Callable[[], None]:
    """Make the callback for a claim or disc picked in a part of the page.

    Parameters
    ----------
    part : str
        Key of the component.

    Returns
    -------
    callable
    """

    def picked() -> None:
        picks = session.reported(part, "pick")
        if not isinstance(picks, dict):
            return
        claim, cells = picks.get("claim"), picks.get("cells")
        # A position means a claim of the record that the browser shows, not of one read since.
        record = shared.edition_named(str(picks.get("record")))
        known = record is not None and isinstance(claim, int) and 0 <= claim < len(record.claims)
        session.pick(record.claim_id(claim) if record and known else "")
        found = read_cells(" ".join(map(str, cells)) if isinstance(cells, list) else "")
        session.change(cells=found, page=0)

    return picked


def on_page(part: str) -> Callable[[], None]:
    """Make the callback for another page of cards asked for in a part of the page.

    Parameters
    ----------
    part : str
        Key of the component.

    Returns
    -------
    callable
    """

    def turned() -> None:
        session.change(page=read_page(str(session.reported(part, "page"))))

    return turned


def on_stale() -> None:
    """Let the page run: the browser holds a record that is not to be had any more."""


def on_map_moved() -> None:
    """Remember where the viewer moved the map."""
    session.change(at=read_at(str(session.reported("map", "at") or "")))


def on_clear() -> None:
    """Take every filter away."""
    session.show(Selection())


def on_days(days: tuple[int, int] | None) -> None:
    """Show the claims of some days, or of all.

    Parameters
    ----------
    days : (int, int) or None
        First and last day, whole days since 1970-01-01.
    """
    first, last = days or (None, None)
    session.show_days(first, last)


def on_choice() -> None:
    """Take over what the viewer chose in the map itself: days, clock, sides, kinds, standings."""
    choice = session.reported("map", "choice")
    if isinstance(choice, dict):
        session.show(read_choice(choice, session.chosen(shared.edition())))


def on_compare() -> None:
    """Set two narrators side by side, as the map asks, or show one map again."""
    asked = session.reported("map", "compare")
    names = [str(name) for name in asked] if isinstance(asked, list) else []
    session.change(compare=read_narrators(names, shared.edition().vocabulary, []))


def on_map_tab() -> None:
    """Open the tab that a link on the map asks for."""
    wanted = session.reported("map", "tab")
    if isinstance(wanted, str) and wanted in TABS:
        session.change(tab=wanted)
