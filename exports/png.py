"""A scene as a PNG picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exports.scene_page import WIDTH, scene_sheet

if TYPE_CHECKING:
    from claims.scenes import Scene
    from exports.context import Context

FULL_HD_PX: Final = 1920
UHD_PX: Final = 3840
"""Widths of a picture: 1920 x 1080 and, with the same layout, 3840 x 2160 (4K)."""


def scene_png(context: Context, scene: Scene, *, width_px: int = FULL_HD_PX) -> bytes:
    """Draw a scene as a picture.

    Parameters
    ----------
    context : Context
    scene : Scene
    width_px : int, optional
        Of the picture; its height is nine sixteenths of it.

    Returns
    -------
    bytes
        A PNG file.

    Raises
    ------
    BadGeometryFileError
        If a file of the ground cannot be read.
    """
    return scene_sheet(context, scene).png(width_px / WIDTH)
