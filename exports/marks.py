"""Discs, extents, notes and names on a picture: the looks of the page's `draw.js`."""

from __future__ import annotations

from math import cos, hypot, pi, sin, tau
from typing import TYPE_CHECKING, Final

import numpy as np

from cartography.discs import short_count
from cartography.drawing import NOTE_BODY_PX, NOTE_LEADING_PX, NOTE_TITLE_PX
from cartography.symbols import SIDE_SHAPES
from claims.model import SIDES
from exports.sheet import COLOURS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cartography.discs import Disc
    from cartography.drawing import Drawing, Note
    from cartography.extents import Extent
    from exports.sheet import PathLook, Sheet, TextLook

SIDE_COLOURS: Final = tuple(COLOURS[side] for side in SIDES)
SIDE_INKS: Final = tuple(COLOURS[f"{side}-ink"] for side in SIDES)
DISC_DASHES: Final = {1: (), 2: (5.0, 3.5), 3: (1.5, 3.0)}
EXTENT_DASHES: Final = {1: (), 2: (10.0, 6.0), 3: (3.0, 5.0)}
ANSWER_DASHES: Final = (9.0, 9.0)
THIRD: Final = 2
INNER: Final = 0.56
NEAR_NOTE_PX: Final = 20.0


def paint_claims(sheet: Sheet, drawing: Drawing) -> None:
    """Paint what a drawing table holds, the ground aside.

    Parameters
    ----------
    sheet : Sheet
    drawing : Drawing
    """
    for name in drawing.names:
        sheet.text(
            name.text,
            name.x,
            name.y,
            size_px=name.size_px,
            ink=COLOURS[name.ink],
            weight=name.weight,
            italic=name.italic,
            halo=3.5,
            align="center",
            middle=True,
            angle=name.angle * 180 / pi,
        )
    for extent in drawing.extents:
        if extent.is_stated:
            _paint_extent(sheet, extent)
        else:
            _paint_doubt(sheet, extent)
    for disc in drawing.discs:
        _paint_disc(sheet, disc)
    for note in drawing.notes:
        _paint_note(sheet, note)


def paint_sign(sheet: Sheet, side: int, x: float, y: float, radius: float) -> None:
    """Paint the sign of a side: its colour and its shape.

    Parameters
    ----------
    sheet : Sheet
    side : int
        Position in `claims.model.SIDES`.
    x, y, radius : float
        Layout pixels.
    """
    _shape(sheet, side, (x, y), radius, SIDE_COLOURS[side], COLOURS["outline"])


def paint_outline(sheet: Sheet, standing: int, x: float, y: float, radius: float) -> None:
    """Paint the outline that tells a standing.

    Parameters
    ----------
    sheet : Sheet
    standing : int
        Position in `claims.model.STANDINGS`.
    x, y, radius : float
        Layout pixels.
    """
    if standing == 0:
        for side in (0, 1):
            start = pi / 2 + side * pi
            half = _arc(x, y, radius, start + 0.12, start + pi - 0.12)
            sheet.path([half], stroke=SIDE_COLOURS[side], width=3)
        return
    ring = _arc(x, y, radius, 0, tau)
    sheet.path([ring], stroke=COLOURS["outline"], width=2, dashes=DISC_DASHES[standing])


def _arc(x: float, y: float, radius: float, start: float, end: float) -> NDArray[np.float64]:
    turns = np.linspace(start, end, max(8, int(radius * abs(end - start) / 1.5)))
    return np.column_stack([x + radius * np.cos(turns), y + radius * np.sin(turns)])


def _shape(  # noqa: PLR0913, PLR0917  # what a sign is made of
    sheet: Sheet,
    side: int,
    at: tuple[float, float],
    radius: float,
    fill: str,
    stroke: str | None = None,
) -> None:
    x, y = at
    form = SIDE_SHAPES[SIDES[side]]
    if form == "circle":
        sheet.circle(x, y, radius, fill, stroke)
    elif form == "square":
        half = 0.9 * radius
        corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
        sheet.polygon([(x + dx, y + dy) for dx, dy in corners], fill, stroke)
    else:
        wide, up, down = 1.12 * radius, 1.12 * radius, 0.86 * radius
        sheet.polygon([(x, y - up), (x + wide, y + down), (x - wide, y + down)], fill, stroke)


def _paint_disc(sheet: Sheet, disc: Disc) -> None:
    x, y = disc.px, disc.py
    hx, hy = disc.home
    if hx != x:
        sheet.path([np.array([[hx, hy], [x, y]])], stroke=COLOURS["outline"], width=1)
        sheet.circle(hx, hy, 2, COLOURS["outline"])
    if disc.lit:
        sheet.circle(x, y, disc.radius + 13, COLOURS["ink"], alpha=0.22)
    sheet.circle(x, y, disc.radius + 6, COLOURS["halo"])
    paint_outline(sheet, disc.standing, x, y, disc.radius + 4.5)
    only = disc.only_side
    if only is None:
        _paint_pie(sheet, disc)
    else:
        paint_sign(sheet, only, x, y, disc.radius)
    size_px = round(min(16.0, max(11.0, disc.radius * 0.72)))
    room = 0.1 * disc.radius if only == THIRD else 0.0
    ink = COLOURS["ink"] if only is None else COLOURS["card"]
    look: TextLook = {"size_px": size_px, "ink": ink, "weight": 700, "middle": True}
    look["align"] = "center"
    sheet.text(short_count(disc.count), x, y + room + 0.5, **look)


def _paint_pie(sheet: Sheet, disc: Disc) -> None:
    inner = disc.radius * INNER
    middle, size = (disc.radius + inner) / 2, (disc.radius - inner) * 0.27
    start = -pi / 2
    for side, claims in enumerate(disc.sides):
        if not claims:
            continue
        end = start + tau * claims / disc.count
        outer = _arc(disc.px, disc.py, disc.radius, start, end)
        back = _arc(disc.px, disc.py, inner, end, start)
        wedge = np.concatenate([outer, back])
        fill, rim = SIDE_COLOURS[side], COLOURS["halo"]
        sheet.path([wedge], closed=True, fill=fill, stroke=rim, width=1.5)
        # A sign in the wedge, so that the side does not hang on colour alone.
        if size >= 1.6 and (end - start) * middle > 5 * size:  # noqa: PLR2004  # as on the page
            turn = (start + end) / 2
            at = (disc.px + middle * cos(turn), disc.py + middle * sin(turn))
            _shape(sheet, side, at, size, COLOURS["halo"])
        start = end


def _paint_extent(sheet: Sheet, extent: Extent) -> None:
    lines, closed = extent.lines, not extent.is_line
    if extent.lit:
        sheet.path(lines, closed=closed, stroke=COLOURS["ink"], width=16, alpha=0.2)
    colour = SIDE_COLOURS[extent.side]
    if extent.is_filled:
        sheet.path(lines, closed=closed, fill=colour, alpha=0.07)
    width = 4.5 if extent.lit else 3.5
    sheet.path(lines, closed=closed, stroke=COLOURS["halo"], width=width + 4)
    if extent.standing == 0:
        # Two colours along one line: who asserts, then who answers.
        sheet.path(lines, closed=closed, stroke=colour, width=width)
        other = SIDE_COLOURS[extent.other]
        sheet.path(lines, closed=closed, stroke=other, width=width, dashes=ANSWER_DASHES)
    else:
        dashes = EXTENT_DASHES[extent.standing]
        sheet.path(lines, closed=closed, stroke=colour, width=width, dashes=dashes)
    if extent.handle is not None:
        sheet.circle(*extent.handle, 10.5, COLOURS["halo"])
        paint_sign(sheet, extent.side, *extent.handle, 6.5)


def _paint_doubt(sheet: Sheet, extent: Extent) -> None:
    width, alpha = (2.0, 0.95) if extent.lit else (1.2, 0.5)
    look: PathLook = {"stroke": COLOURS["third"], "width": width, "closed": True, "alpha": alpha}
    look["dashes"] = (3.0, 5.0)
    sheet.path(extent.lines, **look)


def _paint_note(sheet: Sheet, note: Note) -> None:
    ax, ay, ex, ey = note.placed.leader
    far = hypot(ex - ax, ey - ay)
    if far > NEAR_NOTE_PX:
        start, end = 12 / far, 1 - 4 / far
        ends = [(ax + (ex - ax) * part, ay + (ey - ay) * part) for part in (start, end)]
        for colour, width in ((COLOURS["land"], 4.0), (COLOURS["ink"], 1.0)):
            sheet.path([np.array(ends)], stroke=colour, width=width)
    rect = note.placed.rect
    for row, line in enumerate(note.lines):
        ink = COLOURS["second"] if row else SIDE_INKS[note.extent.side]
        size_px, weight = (NOTE_BODY_PX, 400) if row else (NOTE_TITLE_PX, 700)
        y = rect.y + row * NOTE_LEADING_PX + 12
        sheet.text(line, rect.x + 2, y, size_px=size_px, ink=ink, weight=weight, halo=4)


def paint_key(sheet: Sheet, kind: str, code: int, at: tuple[float, float]) -> None:
    """Paint the sign of a row of the legend.

    Parameters
    ----------
    sheet : Sheet
    kind : str
    code : int
        As `cartography.legend.LegendRow`.
    at : (float, float)
        Its middle, layout pixels.
    """
    if kind == "side":
        paint_sign(sheet, code, *at, 6.0)
    elif kind == "standing":
        _paint_standing_key(sheet, code, at)
    elif kind:
        _paint_extent_key(sheet, kind, at)


def _paint_standing_key(sheet: Sheet, code: int, at: tuple[float, float]) -> None:
    x, y = at
    if code == 0:
        for side, dy in ((0, -2.0), (1, 2.0)):
            sheet.path([_stroke(x, y + dy)], stroke=SIDE_COLOURS[side], width=3)
        return
    dashes = DISC_DASHES[code]
    sheet.path([_stroke(x, y)], stroke=COLOURS["ink"], width=2.5, dashes=dashes)


def _paint_extent_key(sheet: Sheet, kind: str, at: tuple[float, float]) -> None:
    x, y = at
    ink = COLOURS["ink"]
    faint: PathLook = {"stroke": COLOURS["third"], "width": 1.3, "closed": True}
    faint["dashes"] = (3.0, 2.5)
    if kind == "ring":
        sheet.path([_arc(x, y, 6, 0, tau)], stroke=ink, width=2)
    elif kind == "fan":
        sheet.polygon([(x, y - 5.5), (x + 6, y + 5.5), (x - 6, y + 5.5)], ink)
    elif kind == "line":
        for dy in (-1.5, 1.5):
            sheet.path([_stroke(x, y + dy)], stroke=ink, width=1)
    elif kind == "area":
        box = np.array([(x - 6, y - 6), (x + 6, y - 6), (x + 6, y + 6), (x - 6, y + 6)])
        sheet.path([box], **faint)
    else:
        sheet.path([_arc(x, y, 6, 0, tau)], **faint)


def _stroke(x: float, y: float) -> NDArray[np.float64]:
    return np.array([(x - 9.5, y), (x + 9.5, y)])
