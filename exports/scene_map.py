"""The map of a scene on a sheet, or its two maps where it compares narrators."""

from __future__ import annotations

from dataclasses import replace
from math import floor, log10
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cartography.drawing import Drawing, Shown, drawing_of, frame_of, shown_of
from cartography.frame import Frame, Rect
from cartography.legend import narrator_words
from exports.context import CREDIT
from exports.ground import paint_ground
from exports.marks import paint_claims
from exports.sheet import COLOURS
from exports.type import measure

if TYPE_CHECKING:
    from claims.scenes import Scene
    from exports.context import Context
    from exports.sheet import Sheet, TextLook

BETWEEN_PX: Final = 10.0
WIDEST_BAR_PX: Final = 110.0
CREDIT_PX: Final = 10.5
CREDIT_WIDTH_PX: Final = 300.0
HEADING_PX: Final = 26.0
M_A_KM: Final = 1000.0


class SceneMap(NamedTuple):
    """One map of a scene.

    Attributes
    ----------
    shown : Shown
    drawing : Drawing
    """

    shown: Shown
    drawing: Drawing


def scene_maps(context: Context, scene: Scene, rect: Rect) -> list[SceneMap]:
    """Lay out the map of a scene in a rectangle, or two beside each other if it compares.

    Parameters
    ----------
    context : Context
    scene : Scene
    rect : Rect
        Layout pixels.

    Returns
    -------
    list of SceneMap
        One, or two with one view and one clock.

    Raises
    ------
    BadGeometryFileError
        If a file of the ground cannot be read.
    """
    narrators = scene.compare or ("",)
    wide = (rect.w - BETWEEN_PX * (len(narrators) - 1)) / len(narrators)
    shown = [shown_of(context.record, scene, narrator) for narrator in narrators]
    rects = [
        Rect(rect.x + i * (wide + BETWEEN_PX), rect.y, wide, rect.h) for i in range(len(shown))
    ]
    frame = frame_of(context.record, scene, rects[0], shown)
    frames = [replace(frame, rect=one) for one in rects]
    return [
        SceneMap(
            one,
            drawing_of(
                context.record,
                one,
                where,
                geo=context.geo,
                measure=measure,
                furniture=_furniture(where, one),
            ),
        )
        for one, where in zip(shown, frames, strict=True)
    ]


def paint_maps(sheet: Sheet, context: Context, maps: list[SceneMap]) -> None:
    """Paint the maps of a scene with scale bar, credit and, if there are two, who narrates.

    Parameters
    ----------
    sheet : Sheet
    context : Context
    maps : list of SceneMap
    """
    for shown, drawing in maps:
        frame = drawing.frame
        sheet.clip(frame.rect)
        paint_ground(sheet, frame, context.geo)
        paint_claims(sheet, drawing)
        _paint_scale(sheet, frame)
        _, note, heading = _furniture(frame, shown)
        look: TextLook = {"size_px": CREDIT_PX, "ink": COLOURS["third"], "halo": 2.5}
        look |= {"align": "right", "most_px": note.w}
        sheet.text(CREDIT, note.right, note.bottom - 4, **look)
        if shown.narrator:
            sheet.rect(heading, COLOURS["card"], COLOURS["line"])
            words = f"{narrator_words(shown.narrator)}: {_claims(shown.count)} shown"
            at: TextLook = {"size_px": 14, "weight": 700, "middle": True, "most_px": heading.w - 16}
            sheet.text(words, heading.x + 8, heading.y + HEADING_PX / 2, **at)
        sheet.clip(None)
        sheet.rect(frame.rect, None, COLOURS["border"])


def _claims(count: int) -> str:
    return f"{count:,} claim" if count == 1 else f"{count:,} claims"


def bar_length(frame: Frame) -> tuple[float, float]:
    """Give a round length for a scale bar, in kilometres, and how long it is in layout pixels."""
    a_pixel_km = frame.metres_a_pixel() / M_A_KM
    longest_km = a_pixel_km * WIDEST_BAR_PX
    power = 10.0 ** floor(log10(longest_km))
    round_km = max(step * power for step in (1, 2, 3, 5) if step * power <= longest_km)
    return round_km, round_km / a_pixel_km


def _furniture(frame: Frame, shown: Shown) -> tuple[Rect, Rect, Rect]:
    """Give the rectangles of scale bar, credit and heading."""
    rect = frame.rect
    width = min(CREDIT_WIDTH_PX, rect.w - WIDEST_BAR_PX - 40)
    return (
        Rect(rect.x + 10, rect.bottom - 34, WIDEST_BAR_PX + 4, 26),
        Rect(rect.right - width - 8, rect.bottom - 18, width, 16),
        Rect(rect.x + 10, rect.y + 10, rect.w - 20 if shown.narrator else 0, HEADING_PX),
    )


def _paint_scale(sheet: Sheet, frame: Frame) -> None:
    km, long_px = bar_length(frame)
    words = f"{km:g} km" if km >= 1 else f"{km * M_A_KM:g} m"
    left, floor_y = frame.rect.x + 12, frame.rect.bottom - 12
    corners = [(left, floor_y - 6), (left, floor_y), (left + long_px, floor_y)]
    line = np.array([*corners, (left + long_px, floor_y - 6)])
    for colour, width in ((COLOURS["land"], 5.0), (COLOURS["ink"], 1.5)):
        sheet.path([line], stroke=colour, width=width)
    look: TextLook = {"size_px": 11, "align": "center", "halo": 3}
    sheet.text(words, left + long_px / 2, floor_y - 5, **look)
