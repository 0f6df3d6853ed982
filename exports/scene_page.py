"""A scene as a picture or a page: the map, and everything it needs to explain itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cartography.frame import Rect
from cartography.legend import legend_rows, status_words
from cartography.symbols import STANCE_WORDS
from cartography.told import told_claims
from cartography.wording import words_of
from claims.handling import TLP_LABELS
from claims.model import SIDES
from exports.marks import SIDE_INKS, paint_key, paint_sign
from exports.scene_map import paint_maps, scene_maps
from exports.sheet import COLOURS, Sheet
from exports.type import plain, text_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartography.legend import LegendRow
    from claims.scenes import Scene
    from exports.context import Context
    from exports.scene_map import SceneMap
    from exports.sheet import TextLook

WIDTH, HEIGHT = 1280.0, 720.0
"""Layout pixels of a page, 16:9."""
EDGE_PX: Final = 24.0
BAND_PX: Final = 22.0
TOP_PX: Final = 126.0
FOOT_PX: Final = 48.0
SIDE_COLUMN_PX: Final = 296.0
ROW_PX: Final = 18.0
CARD_PX: Final = 152.0
SHORT: Final = frozenset({"side", "standing"})
"""Rows of the legend that stand side by side."""
TLP_COLOURS: Final = {
    "TLP:RED": "#FF2B2B",
    "TLP:AMBER": "#FFC000",
    "TLP:AMBER+STRICT": "#FFC000",
    "TLP:GREEN": "#33FF00",
    "TLP:CLEAR": "#FFFFFF",
}
"""FIRST, Traffic Light Protocol 2.0: the colour of each label, on black."""


def scene_sheet(context: Context, scene: Scene, *, place: str = "") -> Sheet:
    """Draw a scene.

    Parameters
    ----------
    context : Context
    scene : Scene
    place : str, optional
        Which scene of how many this is, in words.

    Returns
    -------
    Sheet
        1280 x 720 layout pixels.

    Raises
    ------
    BadGeometryFileError
        If a file of the ground cannot be read.
    """
    sheet = Sheet(WIDTH, HEIGHT)
    paint_bands(sheet, context.handling)
    column = WIDTH - EDGE_PX - SIDE_COLUMN_PX
    middle = Rect(EDGE_PX, TOP_PX, column - 16 - EDGE_PX, HEIGHT - TOP_PX - FOOT_PX)
    maps = scene_maps(context, scene, middle)
    paint_maps(sheet, context, maps)
    _paint_head(sheet, context, scene, maps)
    rows = legend_rows([one.drawing for one in maps])
    top = paint_legend(sheet, rows, Rect(column, TOP_PX, SIDE_COLUMN_PX, middle.h))
    _paint_cards(sheet, context, maps, Rect(column, top, SIDE_COLUMN_PX, middle.bottom - top))
    origin = context.origin(scene)
    paint_foot(sheet, f"{place} · {origin}" if place else origin, context.link(scene))
    return sheet


def paint_bands(sheet: Sheet, handling: str) -> None:
    """Paint the handling marking at the top and the bottom.

    Parameters
    ----------
    sheet : Sheet
    handling : str
        From `claims.handling.handling_words`.
    """
    is_label = handling in TLP_LABELS
    fill = "#000000" if is_label else COLOURS["line"]
    ink = TLP_COLOURS[handling] if is_label else COLOURS["ink"]
    for top in (0.0, HEIGHT - BAND_PX):
        sheet.rect(Rect(0, top, WIDTH, BAND_PX), fill)
        look: TextLook = {"size_px": 13, "ink": ink, "weight": 700, "middle": True}
        look |= {"align": "center", "most_px": WIDTH - 2 * EDGE_PX}
        sheet.text(handling, WIDTH / 2, top + BAND_PX / 2, **look)


def paint_foot(sheet: Sheet, origin: str, link: str) -> None:
    """Paint what a picture comes from: day, file and digest, and its address.

    Parameters
    ----------
    sheet : Sheet
    origin, link : str
    """
    y = HEIGHT - BAND_PX - 9
    ink = COLOURS["third"]
    origin = plain(origin)
    sheet.text(origin, EDGE_PX, y, size_px=11, ink=ink)
    # An address is of use only as a whole: it is set smaller before it is cut.
    room = WIDTH - 2 * EDGE_PX - 24 - text_width(origin, 11)
    link = plain(link)
    size_px = next((size for size in (11, 10, 9, 8, 7) if text_width(link, size) <= room), 7)
    sheet.text(link, WIDTH - EDGE_PX, y, size_px=size_px, ink=ink, align="right", most_px=room)


def _paint_head(sheet: Sheet, context: Context, scene: Scene, maps: Sequence[SceneMap]) -> None:
    wide = WIDTH - 2 * EDGE_PX
    title = scene.title or context.briefing.title
    size_px = next(
        (size for size in (27, 23, 20) if text_width(title, size, weight=700) <= wide), 20
    )
    sheet.text(title, EDGE_PX, 53, size_px=size_px, weight=700, most_px=wide)
    rows = wrapped(scene.text, 15, wide, most=2)
    top = 75 if len(rows) > 1 else 80
    for row, line in enumerate(rows):
        sheet.text(line, EDGE_PX, top + 18 * row, size_px=15, ink=COLOURS["second"])
    window, *rest = status_line(context, maps)
    sheet.text(window, EDGE_PX, 115, size_px=14, weight=700)
    x = EDGE_PX + text_width(plain(window), 14, weight=700) + 6
    sheet.text(" · ".join(["", *rest]), x, 115, size_px=14, most_px=WIDTH - EDGE_PX - x)


def status_line(context: Context, maps: Sequence[SceneMap]) -> list[str]:
    """Say what the maps of a scene show: window, how many of how many, clock and filters.

    Parameters
    ----------
    context : Context
    maps : sequence of SceneMap
        Two narrators are counted each.

    Returns
    -------
    list of str
        The window first.
    """
    shown = maps[0].shown
    if not shown.narrator:
        return list(status_words(context.record, shown))
    both = replace(shown, narrator="", keep=np.zeros_like(shown.keep))
    window, _, *filters = status_words(context.record, both)
    counts = " and ".join(f"{one.shown.count:,}" for one in maps)
    return [window, f"{counts} of {len(context.record.claims):,} claims shown", *filters]


def paint_legend(sheet: Sheet, rows: Sequence[LegendRow], room: Rect) -> float:
    """Paint a legend, its short rows side by side.

    Parameters
    ----------
    sheet : Sheet
    rows : sequence of LegendRow
    room : Rect
        Layout pixels; the legend takes what it needs from the top.

    Returns
    -------
    float
        Where it ends, layout pixels.
    """
    sheet.text("Legend", room.x, room.y + 11, size_px=13, weight=700)
    short = [row for row in rows if row.kind in SHORT]
    y = room.y + 30.0
    for index, row in enumerate(short):
        x = room.x + (index % 2) * (room.w * 0.54)
        paint_key(sheet, row.kind, row.code, (x + 10, y))
        sheet.text(row.words, x + 26, y, size_px=12, middle=True)
        if index % 2 or index == len(short) - 1:
            y += ROW_PX + 1
    for row in rows:
        if row.kind in SHORT:
            continue
        indent = 26 if row.kind else 0
        paint_key(sheet, row.kind, row.code, (room.x + 10, y))
        look: TextLook = {"size_px": 12, "middle": True, "most_px": room.w - indent}
        sheet.text(row.words, room.x + indent, y, **look)
        y += ROW_PX
    return y


def _paint_cards(sheet: Sheet, context: Context, maps: Sequence[SceneMap], room: Rect) -> None:
    """Tell some claims in words, each in the same room."""
    most = min(3, int((room.h - 24) // CARD_PX))
    told: list[int] = []
    for one in maps:
        told += told_claims(context.record, one.shown, max(1, most // len(maps)))
    told = list(dict.fromkeys(told))[:most]
    if not told:
        return
    sheet.text("Who says what", room.x, room.y + 20, size_px=13, weight=700)
    height = min(CARD_PX + 14, (room.h - 30) / len(told))
    for row, words in enumerate(words_of(context.record, told)):
        _paint_card(sheet, words, Rect(room.x, room.y + 30 + row * height, room.w, height))


def _paint_card(sheet: Sheet, words: dict[str, Any], room: Rect) -> None:
    side = SIDES.index(words["side"])
    line = room.y + 2
    sheet.path([np.array([(room.x, line), (room.right, line)])], stroke=COLOURS["line"], width=1)
    stance = STANCE_WORDS[words["stance"]]
    sheet.text(stance, room.right, room.y + 19, size_px=12, ink=COLOURS["third"], align="right")
    free = room.w - 20 - text_width(stance, 12) - 8
    paint_sign(sheet, side, room.x + 7, room.y + 14, 5.5)
    name: TextLook = {"size_px": 13.5, "weight": 700, "ink": SIDE_INKS[side], "most_px": free}
    sheet.text(words["claimant"], room.x + 20, room.y + 19, **name)
    role = words["role"] or words["organisation"]
    if words["admission"]:
        role = f"{role} · against their own side"
    small: TextLook = {"size_px": 11, "ink": COLOURS["third"], "most_px": room.w - 20}
    sheet.text(role, room.x + 20, room.y + 34, **small)
    y = room.y + 52
    for text in wrapped(words["statement"], 12.5, room.w - 4, most=4):
        sheet.text(text, room.x, y, size_px=12.5)
        y += 16
    if words["quote"]:
        quote = wrapped(f"“{words['quote']}”", 12, room.w - 6, most=2)
        for text in quote:
            sheet.text(text, room.x, y, size_px=12, italic=True, ink=COLOURS["second"])
            y += 15
    for text in wrapped(f"{words['when']} · {words['outlet']}", 10.5, room.w, most=2):
        sheet.text(text, room.x, y, size_px=10.5, ink=COLOURS["third"])
        y += 13
