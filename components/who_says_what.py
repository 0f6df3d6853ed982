"""Shows who says what: propositions against organisations, each cell the stance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components import session
from components.assets import page_part

if TYPE_CHECKING:
    from collections.abc import Mapping

_mount = page_part("matrix")


def show(table: Mapping[str, object]) -> None:
    """Draw the table.

    Parameters
    ----------
    table : mapping
        From `cartography.panels`, JSON-ready.
    """
    _mount(key="matrix", data=dict(table), on_pick_change=session.on_pick("matrix"))
