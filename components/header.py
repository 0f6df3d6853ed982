"""Shows the page's title and the button that copies its address."""

from __future__ import annotations

from typing import Final

from claims import TITLE
from components.assets import page_part

TAGLINE: Final = "who says what, where and when"
_mount = page_part("header")


def show() -> None:
    """Draw the header."""
    _mount(
        key="header",
        data={
            "title": TITLE,
            "tagline": TAGLINE,
            "copy": "Copy link",
        },
    )
