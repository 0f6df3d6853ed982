"""Which labels find room in a picture, by the rules of the page's `labels.js` and `notes.js`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, floor, hypot
from typing import TYPE_CHECKING, Final

from cartography.frame import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MARGIN_PX: Final = 2.0
CELL_PX: Final = 64.0
SLANT: Final = 0.7071
NOTE_GAPS_PX: Final = (16.0, 34.0, 60.0, 92.0)
NOTE_SIDES: Final = ("e", "w", "ne", "se", "nw", "sw", "s", "n")
LEADER_STEP_PX: Final = 4.0
AROUND_NOTE_PX: Final = 4.0


class Taken:
    """Rectangles that are taken, in a grid that tells quickly whether a new one touches any.

    Parameters
    ----------
    rects : iterable of Rect
        Layout pixels.
    """

    def __init__(self, rects: Iterable[Rect] = ()) -> None:
        self._cells: defaultdict[tuple[int, int], list[Rect]] = defaultdict(list)
        for rect in rects:
            self.add(rect)

    def add(self, rect: Rect) -> None:
        """Put a rectangle in."""
        for cell in self._around(rect):
            self._cells[cell].append(rect)

    def touches(self, rect: Rect) -> bool:
        """Tell whether a rectangle comes nearer than the margin to one that is in."""
        return any(
            other.near(rect, MARGIN_PX)
            for cell in self._around(rect)
            for other in self._cells.get(cell, ())
        )

    def covers(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside one of the rectangles."""
        cell = (floor(x / CELL_PX), floor(y / CELL_PX))
        return any(
            rect.x < x < rect.right and rect.y < y < rect.bottom
            for rect in self._cells.get(cell, ())
        )

    @staticmethod
    def _around(rect: Rect) -> Iterator[tuple[int, int]]:
        left, right = (
            floor(edge / CELL_PX) for edge in (rect.x - MARGIN_PX, rect.right + MARGIN_PX)
        )
        top, bottom = (
            floor(edge / CELL_PX) for edge in (rect.y - MARGIN_PX, rect.bottom + MARGIN_PX)
        )
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                yield column, row


def label_rect(
    at: tuple[float, float], side: str, size: tuple[float, float], gap_px: float
) -> Rect:
    """Give the rectangle of a label on one side of its anchor.

    Parameters
    ----------
    at : (float, float)
        The anchor, layout pixels.
    side : str
        e, w, n, s, ne, se, nw or sw.
    size : (float, float)
        Width and height of the label.
    gap_px : float
        From the anchor to the label.
    """
    width, height = size
    slant = gap_px * SLANT
    x, y = {
        "e": (gap_px, -height / 2),
        "w": (-gap_px - width, -height / 2),
        "n": (-width / 2, -gap_px - height),
        "s": (-width / 2, gap_px),
        "ne": (slant, -slant - height),
        "se": (slant, slant),
        "nw": (-slant - width, -slant - height),
        "sw": (-slant - width, slant),
    }[side]
    return Rect(at[0] + x, at[1] + y, width, height)


def first_free(  # noqa: PLR0913  # what a label hangs on
    at: tuple[float, float],
    size: tuple[float, float],
    *,
    gap_px: float,
    sides: Sequence[str],
    taken: Taken,
    bounds: Rect,
) -> Rect | None:
    """Find the first side of an anchor on which a label has room; None if none has."""
    for side in sides:
        rect = label_rect(at, side, size, gap_px)
        if bounds.contains(rect) and not taken.touches(rect):
            return rect
    return None


@dataclass(frozen=True, slots=True)
class Placed:
    """A note that found room.

    Attributes
    ----------
    rect : Rect
    anchor : (float, float)
        The point on its extent that it speaks of, layout pixels.
    """

    rect: Rect
    anchor: tuple[float, float]

    @property
    def leader(self) -> tuple[float, float, float, float]:
        """From the anchor to the nearest point of the note: x, y, x, y."""
        ax, ay = self.anchor
        rect = self.rect
        return ax, ay, max(rect.x, min(ax, rect.right)), max(rect.y, min(ay, rect.bottom))


def place_note(
    anchors: Sequence[tuple[float, float]], size: tuple[float, float], taken: Taken, bounds: Rect
) -> Placed | None:
    """Find room for a note beside one of its anchors, with a leader that crosses nothing.

    Parameters
    ----------
    anchors : sequence of (float, float)
        The best first.
    size : (float, float)
        Width and height.
    taken : Taken
        Takes the note up if it finds room.
    bounds : Rect
        It stays inside.

    Returns
    -------
    Placed or None
    """
    for gap_px in NOTE_GAPS_PX:
        for anchor in anchors:
            for side in NOTE_SIDES:
                placed = Placed(label_rect(anchor, side, size, gap_px), anchor)
                fits = bounds.contains(placed.rect) and not taken.touches(placed.rect)
                if fits and not _crosses(placed.leader, taken):
                    taken.add(placed.rect.shrunk(-AROUND_NOTE_PX))
                    return placed
    return None


def _crosses(leader: tuple[float, float, float, float], taken: Taken) -> bool:
    # The first steps lie in the rectangle of the extent the note speaks of.
    ax, ay, bx, by = leader
    steps = ceil(hypot(bx - ax, by - ay) / LEADER_STEP_PX)
    return any(
        taken.covers(ax + (bx - ax) * i / steps, ay + (by - ay) * i / steps)
        for i in range(4, steps)
    )
