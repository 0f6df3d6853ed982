"""The one-page brief: every scene with some claims, their quotes and their sources."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final

from cartography.drawing import shown_of
from cartography.frame import Rect
from cartography.legend import narrator_words, status_words
from cartography.symbols import STANCE_WORDS
from cartography.told import told_claims
from cartography.wording import words_of
from claims.model import SIDES
from exports.footnotes import Footnotes
from exports.marks import SIDE_INKS, paint_sign
from exports.scene_page import BAND_PX, EDGE_PX, HEIGHT, WIDTH, paint_bands, paint_foot
from exports.sheet import COLOURS, Sheet
from exports.type import plain, wrapped

if TYPE_CHECKING:
    from claims.scenes import Scene
    from exports.context import Context
    from exports.sheet import TextLook

COLUMNS: Final = 2
BETWEEN_PX: Final = 28.0
TOP_PX: Final = 104.0
SOURCES_PX: Final = 118.0
SOURCE_PX: Final = 12.5
CLAIM_PX: Final = 34.0
HEAD_PX: Final = 35.0
LEAST_BOX_PX: Final = 36.0
TOLD: Final = 2
"""Claims told of a scene: one of each side that speaks first."""


def brief_sheet(context: Context) -> Sheet:
    """Draw the brief of a briefing.

    Parameters
    ----------
    context : Context

    Returns
    -------
    Sheet
        1280 x 720 layout pixels. Scenes and sources for which there is no room are counted.
    """
    sheet = Sheet(WIDTH, HEIGHT)
    briefing = context.briefing
    paint_bands(sheet, context.handling)
    wide = WIDTH - 2 * EDGE_PX
    sheet.text(briefing.title, EDGE_PX, 56, size_px=27, weight=700, most_px=wide)
    count = len(briefing.scenes)
    scenes = f"{count} scene" if count == 1 else f"{count} scenes"
    words = f"{scenes} · what is said, by whom and where; nothing here says who is right"
    sheet.text(words, EDGE_PX, 82, size_px=14, ink=COLOURS["second"])
    room = HEIGHT - BAND_PX - 24 - SOURCES_PX - TOP_PX
    most = COLUMNS * int(room // LEAST_BOX_PX)
    listed = briefing.scenes if count <= most else briefing.scenes[: most - 1]
    rows = max(1, ceil((len(listed) + (count > most)) / COLUMNS))
    height = min(room / rows, HEAD_PX + TOLD * CLAIM_PX + 16)
    column = (wide - BETWEEN_PX * (COLUMNS - 1)) / COLUMNS
    footnotes = Footnotes()
    for index, scene in enumerate(listed):
        x = EDGE_PX + (index // rows) * (column + BETWEEN_PX)
        box = Rect(x, TOP_PX + (index % rows) * height, column, height)
        _paint_scene(sheet, context, scene, index + 1, box, footnotes)
    if count > most:
        x = WIDTH - EDGE_PX - column
        sheet.text(
            f"and {count - len(listed)} more scenes", x, TOP_PX + rows * height - 14, size_px=12
        )
    _paint_sources(sheet, footnotes, HEIGHT - BAND_PX - 24 - SOURCES_PX)
    origin = [context.as_of, f"data: {context.record.record.name}, digest {context.digest}"]
    paint_foot(sheet, " · ".join(part for part in origin if part), context.permalink)
    return sheet


def _paint_scene(  # noqa: PLR0913, PLR0917  # two of them are passed through
    sheet: Sheet, context: Context, scene: Scene, number: int, box: Rect, footnotes: Footnotes
) -> None:
    record = context.record
    narrators = scene.compare or ("",)
    every = [shown_of(record, scene, narrator) for narrator in narrators]
    title = f"{number}  {scene.title or 'Scene'}"
    sheet.text(title, box.x, box.y + 13, size_px=14, weight=700, most_px=box.w)
    status = [*status_words(record, every[0])]
    if len(every) > 1:
        status = [status[0], " | ".join(narrator_words(one.narrator) for one in every)]
    look: TextLook = {"size_px": 11, "ink": COLOURS["third"], "most_px": box.w}
    sheet.text(" · ".join(status), box.x, box.y + 28, **look)
    fits = min(TOLD, int((box.h - HEAD_PX) // CLAIM_PX))
    told: list[int] = []
    for one in every:
        told += told_claims(record, one, fits if len(every) == 1 else 1)
    for row, words in enumerate(words_of(record, told[:fits])):
        at = Rect(box.x, box.y + HEAD_PX + row * CLAIM_PX, box.w, CLAIM_PX)
        _paint_claim(sheet, words, at, footnotes.number(words))


def _paint_claim(sheet: Sheet, words: dict[str, Any], room: Rect, footnote: int) -> None:
    side = SIDES.index(words["side"])
    paint_sign(sheet, side, room.x + 6, room.y + 8, 4.5)
    lead = plain(
        f"{words['claimant']} {STANCE_WORDS[words['stance']]}, {words['said']} [{footnote}]"
    )
    ink = SIDE_INKS[side]
    sheet.text(lead, room.x + 16, room.y + 12, size_px=12, weight=700, ink=ink, most_px=room.w - 16)
    said = f"“{words['quote']}”" if words["quote"] else words["statement"]
    left = room.w - 16
    text = wrapped(said, 12, left, most=1)
    look: TextLook = {"size_px": 12, "italic": bool(words["quote"]), "ink": COLOURS["second"]}
    sheet.text("".join(text), room.x + 16, room.y + 27, **look)


def _paint_sources(sheet: Sheet, footnotes: Footnotes, top: float) -> None:
    lines = footnotes.lines()
    sheet.text("Sources", EDGE_PX, top + 10, size_px=12, weight=700)
    rows = int((SOURCES_PX - 18) // SOURCE_PX)
    columns = 1 if len(lines) <= rows else COLUMNS
    column = (WIDTH - 2 * EDGE_PX - BETWEEN_PX * (columns - 1)) / columns
    if len(lines) > rows * columns:
        left_out = len(lines) - rows * columns + 1
        lines = [*lines[: rows * columns - 1], f"and {left_out} more sources"]
    for index, line in enumerate(lines):
        x = EDGE_PX + (index // rows) * (column + BETWEEN_PX)
        y = top + 25 + (index % rows) * SOURCE_PX
        sheet.text(line, x, y, size_px=9.5, ink=COLOURS["second"], most_px=column)
