"""Rectangles as the page's scripts tell them."""

from __future__ import annotations

from typing import Any


def apart(one: dict[str, Any], other: dict[str, Any], room: float) -> bool:
    """Tell whether two rectangles keep so many pixels from each other, side by side or above."""
    return bool(
        one["x"] >= other["x"] + other["width"] + room
        or other["x"] >= one["x"] + one["width"] + room
        or one["y"] >= other["y"] + other["height"] + room
        or other["y"] >= one["y"] + one["height"] + room
    )
