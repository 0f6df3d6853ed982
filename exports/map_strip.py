"""The legend as a strip under a map, for a slide."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from exports.marks import paint_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartography.frame import Rect
    from cartography.legend import LegendRow
    from exports.sheet import Sheet, TextLook

COLUMNS: Final = 3
INDENT_PX: Final = 26.0


def paint_strip(sheet: Sheet, rows: Sequence[LegendRow], room: Rect) -> None:
    """Paint a legend in three columns.

    Parameters
    ----------
    sheet : Sheet
    rows : sequence of LegendRow
    room : Rect
        Layout pixels.
    """
    deep = max(1, ceil(len(rows) / COLUMNS))
    column, row_px = room.w / COLUMNS, min(20.0, (room.h - 6) / deep)
    for index, row in enumerate(rows):
        x = room.x + (index // deep) * column
        y = room.y + 6 + (index % deep + 0.5) * row_px
        paint_key(sheet, row.kind, row.code, (x + 10, y))
        indent = INDENT_PX if row.kind else 0.0
        look: TextLook = {
            "size_px": min(13.0, row_px * 0.75),
            "middle": True,
            "most_px": column - indent - 6,
        }
        sheet.text(row.words, x + indent, y, **look)
