"""The first picture of a large record: what a browser paints while the claims are on their way.

A million claims are some megabytes. What can be seen of them at once is a few hundred discs and
some dozens of stated extents, which the server counts sooner than the claims arrive. The browser
draws the sketch by the same code as the claims themselves (`components/claim_map/sketch.js`), and
draws over it when these are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cartography.discs import Cells, count_cells, level_of, lit_cells
from cartography.extents import find_extents
from cartography.frame import HOME, Frame, Rect
from claims.columns import POINT_SHIFT, shape_steps, shape_table

if TYPE_CHECKING:
    from cartography.drawing import Shown
    from cartography.edition import Edition

WIDTH_PX: Final = 6600.0
HEIGHT_PX: Final = 3800.0
"""A browser draws a third beyond each edge of its map: room for one as wide as four thousand."""
MOST_EXTENTS: Final = 120
"""The map draws the 40 largest it sees; a smaller map may see others than those of the widest."""
COARSER: Final = 1
"""A phone opens so many zoom levels further out; its discs are these, joined."""


def sketch_of(
    record: Edition, shown: Shown, at: tuple[float, float, float] | None
) -> dict[str, object]:
    """Sketch what a map shows first.

    Parameters
    ----------
    record : Edition
    shown : Shown
        What is kept and what lights up.
    at : (float, float, float) or None
        Latitude and longitude of the map's centre in degrees, and its zoom; None where the map
        opens as always.

    Returns
    -------
    dict
        JSON-ready. Numbers of claims: `shown`, `placed`, `total`. The `level` of a grid; of its
        cells in view the `keys` and mean places `x`, `y` (world units), and `counts`, eight numbers
        a cell (all, by side, by standing); `most`, the claims in the fullest cell of the grid and
        of coarser ones; `lit`, "level/x/y" of the cells that light up. Of the extents in view
        `shapes` and `shape_points` as in the columns, and the `side`, `standing` and `extent_lit`
        of each.
    """
    frame = Frame(Rect(0, 0, WIDTH_PX, HEIGHT_PX), *(at or HOME))
    code, level = shown.standings.code, level_of(frame.whole_zoom)
    cells = count_cells(record, shown.keep, code, level)
    inside = cells.inside(frame.box())
    counts = np.column_stack([cells.counts, cells.sides, cells.standings])[inside]
    extents, _ = find_extents(record, shown.keep, code, frame, shown.lit, most=MOST_EXTENTS)
    shapes = [record.shapes[extent.index] for extent in extents]
    steps = shape_steps(shapes)
    return {
        "shown": shown.count,
        "total": len(record.claims),
        "placed": int(np.count_nonzero(shown.keep & record.positions.placed)),
        "level": level,
        "keys": cells.keys[inside].tolist(),
        "x": np.rint(cells.x[inside]).astype(np.int64).tolist(),
        "y": np.rint(cells.y[inside]).astype(np.int64).tolist(),
        "counts": counts.ravel().tolist(),
        "most": [_fullest(cells, coarser) for coarser in range(COARSER + 1)],
        "lit": ["/".join(map(str, cell)) for cell in sorted(lit_cells(record, shown.lit, level))],
        "shapes": shape_table(shapes),
        "shape_points": steps.tolist(),
        "point_shift": POINT_SHIFT,
        "side": [extent.side for extent in extents],
        "standing": [extent.standing for extent in extents],
        "extent_lit": [extent.lit for extent in extents],
    }


def _fullest(cells: Cells, coarser: int) -> int:
    """Count the claims of the fullest cell of a grid so many levels coarser."""
    row, column = cells.keys >> cells.level, cells.keys & ((1 << cells.level) - 1)
    keys = ((row >> coarser) << cells.level) + (column >> coarser)
    _, at = np.unique(keys, return_inverse=True)
    return int(np.bincount(at, weights=cells.counts).max(initial=0))
