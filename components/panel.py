"""Shows a panel: cards, two narrators compared, who says what, numbers or sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from components import reports
from components.assets import page_part
from components.claim_files import words_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartography.edition import Edition

_PARTS: Final = ("cards", "compared", "matrix", "numbers", "sources", "changed")
_MOUNTS: Final = {part: page_part(part) for part in _PARTS}


def show(part: str, content: Mapping[str, object], record: Edition, *, key: str = "") -> None:
    """Draw a panel of the page.

    Parameters
    ----------
    part : str
        "cards", "compared", "matrix", "numbers", "sources" or "changed".
    content : mapping
        What `cartography.panels` and its like say it shows, JSON-ready.
    record : Edition
        The record whose claims the content names.
    key : str, optional
        The panel's key in the page; the part's name by default.
    """
    name = key or part
    _MOUNTS[part](
        key=name,
        data={**content, "words": words_address(record)},
        on_pick_change=reports.on_pick(name),
        on_page_change=reports.on_page(name),
        on_stale_change=reports.on_stale,
    )
