"""Shows the page's title and the button that copies its address."""

from __future__ import annotations

from components.assets import page_part

_mount = page_part("header")


def show() -> None:
    """Draw the header."""
    _mount(
        key="header",
        data={
            "title": "Bakhmut Claims Map",
            "tagline": "who says what, where and when",
            "copy": "Copy link",
        },
    )
