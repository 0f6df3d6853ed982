"""The stated geometries of a picture, chosen by the same rules as on the page (`extents.js`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, floor, hypot, pi, sin
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from cartography.frame import Rect
from claims.columns import POINT_SHIFT, shape_parts
from claims.model import SIDES, STANDINGS
from claims.positions import world_xy
from claims.shapes import STATED
from claims.texts import codes_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cartography.edition import Edition
    from cartography.frame import Frame
    from claims.shapes import Shape

SMALLEST_PX: Final = 5.0
ONE_SIDED: Final = 2
BOX_PX: Final = 5.0
STEP_PX: Final = 1.5
BOXES_APART_PX: Final = 7.0
MOST_FILLED_PX: Final = 160.0
MOST_ANCHORS: Final = 40
MOST_STATED: Final = 40
MOST_DOUBT: Final = 14
SAME_PLACE: Final = 4000


@dataclass(slots=True, eq=False)
class Extent:
    """One stated geometry as it is drawn.

    Attributes
    ----------
    index : int
        Of the shape in the edition.
    kind : str
        As `claims.shapes.Shape`.
    claims : tuple of int
        The kept claims that state it.
    lines : list of numpy.ndarray, shape (n, 2)
        Its outline in layout pixels, every vertex.
    radius : float
        Half its width, layout pixels.
    centre : (float, float)
    side, other : int
        Codes of the side that states it and of the one that would answer.
    standing : int
    lit : bool
    sign_turn : float
        Where on the outline its sign is wanted, radians, y down.
    handle : (float, float) or None
        Where its sign stands; None where no part of it is seen.
    """

    index: int
    kind: str
    claims: tuple[int, ...]
    lines: list[NDArray[np.float64]]
    radius: float
    centre: tuple[float, float]
    side: int
    other: int
    standing: int
    lit: bool
    sign_turn: float = -pi / 4
    handle: tuple[float, float] | None = None
    _thin: list[NDArray[np.float64]] = field(default_factory=list)

    @property
    def is_line(self) -> bool:
        """Whether it is a length along a sector."""
        return self.kind == "line"

    @property
    def is_stated(self) -> bool:
        """Whether claims state it themselves; areas and circles of doubt are ours."""
        return self.kind in STATED

    @property
    def is_filled(self) -> bool:
        """Whether it is tinted."""
        return not self.is_line and self.radius <= MOST_FILLED_PX

    def thin(self) -> list[NDArray[np.float64]]:
        """Give the outline with a vertex at most every `STEP_PX`, to look things up on."""
        if not self._thin:
            self._thin = [_thinned(line, STEP_PX) for line in self.lines]
        return self._thin

    def place_handle(self, seen: Rect) -> None:
        """Find where it carries its sign: the seen vertex nearest to a fitting place on it.

        Parameters
        ----------
        seen : Rect
            The part of the picture where signs may stand.
        """
        turn = self.sign_turn
        wanted = (
            seen.centre
            if self.is_line
            else (
                self.centre[0] + self.radius * cos(turn),
                self.centre[1] + self.radius * sin(turn),
            )
        )
        vertices = self._seen(np.concatenate(self.thin()), seen)
        self.handle = None
        if len(vertices):
            far = np.hypot(*(vertices - wanted).T)
            x, y = vertices[int(far.argmin())].tolist()
            self.handle = (x, y)

    @staticmethod
    def _seen(vertices: NDArray[np.float64], seen: Rect) -> NDArray[np.float64]:
        x, y = vertices.T
        inside = (x >= seen.x) & (x <= seen.right) & (y >= seen.y) & (y <= seen.bottom)
        return np.asarray(vertices[inside])

    def distance(self, x: float, y: float) -> float:
        """Give the layout pixels from a point to its outline."""
        return min(_to_line(line, x, y, closed=not self.is_line) for line in self.thin())

    def boxes(self) -> list[Rect]:
        """Give small boxes along its outline, so that no label lies on it."""
        return [
            Rect(x - BOX_PX, y - BOX_PX, 2 * BOX_PX, 2 * BOX_PX)
            for line in self.thin()
            for x, y in _thinned(line, BOXES_APART_PX).tolist()
        ]

    def anchors(self, seen: Rect) -> list[tuple[float, float]]:
        """List where its note may start, the nearest to its sign first."""
        if self.handle is None:
            return []
        handle = self.handle
        found = [handle]
        for line in self.thin():
            every = line[:: max(1, len(line) // MOST_ANCHORS)]
            found += [(x, y) for x, y in self._seen(every, seen).tolist()]
        return sorted(found, key=lambda at: hypot(at[0] - handle[0], at[1] - handle[1]))


@dataclass(frozen=True, slots=True)
class Left:
    """How many geometries are not drawn.

    Attributes
    ----------
    extents : int
        Because others are larger.
    shorter : int
        Because their side states a longer one at the same place.
    doubt : int
        Circles of doubt, because they are many.
    """

    extents: int = 0
    shorter: int = 0
    doubt: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    index: int
    shape: Shape
    claims: tuple[int, ...]
    box: tuple[float, float, float, float]
    side: int
    lit: bool

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]


def find_extents(  # noqa: PLR0913  # what is drawn hangs on all of it
    record: Edition,
    keep: NDArray[np.bool_],
    standing_of_topic: NDArray[np.signedinteger],
    frame: Frame,
    lit: frozenset[int],
    *,
    most: int = MOST_STATED,
) -> tuple[list[Extent], Left]:
    """Find the geometries of kept claims in a frame, from the lowest to the topmost.

    Of the distances one side states at one place only the longest is drawn, of many extents the
    largest, and circles of doubt only where they are few; lit ones always.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    standing_of_topic : numpy.ndarray of int, one per topic
    frame : Frame
    lit : frozenset of int
        Positions of the chosen claim and its voices.
    most : int, optional
        How many stated ones are drawn.

    Returns
    -------
    list of Extent
    Left
    """
    found = _in_frame(record, keep, frame, lit)
    stated = [one for one in found if one.shape.kind in STATED]
    doubt = [one for one in found if one.shape.kind not in STATED]
    longest = _longest_of_each(sorted(stated, key=lambda one: -one.width))
    longest.sort(key=lambda one: (not one.lit, -one.width))
    largest = longest[:most]
    few = len(doubt) <= MOST_DOUBT
    circles = [one for one in doubt if few or one.lit or one.shape.kind == "area"]
    drawn = [_drawn(record, one, standing_of_topic, frame) for one in (*circles, *largest[::-1])]
    drawn.sort(key=lambda extent: (extent.is_stated, extent.lit))
    left = Left(
        extents=len(longest) - len(largest),
        shorter=len(stated) - len(longest),
        doubt=len(doubt) - len(circles),
    )
    return drawn, left


def _in_frame(
    record: Edition, keep: NDArray[np.bool_], frame: Frame, lit: frozenset[int]
) -> list[_Found]:
    if not record.shapes:
        return []
    bounds = shapely.bounds(np.array([shape.geometry for shape in record.shapes], dtype=object))
    west, south = world_xy(bounds[:, 0], bounds[:, 1])
    east, north = world_xy(bounds[:, 2], bounds[:, 3])
    boxes = np.column_stack([west, north, east, south]) >> POINT_SHIFT << POINT_SHIFT
    low_x, low_y, high_x, high_y = frame.box()
    seen = (boxes[:, 2] >= low_x) & (boxes[:, 0] <= high_x)
    seen &= (boxes[:, 3] >= low_y) & (boxes[:, 1] <= high_y)
    found = []
    for index in np.flatnonzero(seen).tolist():
        shape, box = record.shapes[index], boxes[index].tolist()
        claims = tuple(claim for claim in shape.claims if keep[claim])
        too_small = (box[2] - box[0]) * frame.factor < 2 * SMALLEST_PX and shape.kind != "line"
        if claims and not too_small:
            found.append((index, shape, claims, box))
    side = codes_in(record.claims["side"].iloc[[claims[0] for _, _, claims, _ in found]], SIDES)
    return [
        _Found(index, shape, claims, box, int(code), not lit.isdisjoint(claims))
        for (index, shape, claims, box), code in zip(found, side, strict=True)
    ]


def _longest_of_each(found: list[_Found]) -> list[_Found]:
    """Keep of rings and fans about one point the longest each side states, and all lit ones."""
    seen: set[tuple[int, int, int]] = set()
    kept = []
    for one in found:
        west, north, east, south = one.box
        place = (floor((west + east) / SAME_PLACE + 0.5), floor((north + south) / SAME_PLACE + 0.5))
        key = (*place, one.side)
        if one.shape.kind == "line" or key not in seen or one.lit:
            kept.append(one)
        if one.shape.kind != "line":
            seen.add(key)
    return kept


def _drawn(
    record: Edition, found: _Found, standing_of_topic: NDArray[np.signedinteger], frame: Frame
) -> Extent:
    west, north, east, south = found.box
    standing = int(standing_of_topic[record.voices.topic[found.claims[0]]])
    middle = np.array([[(west + east) / 2, (north + south) / 2]])
    ((x, y),) = frame.pixels(middle).tolist()
    return Extent(
        index=found.index,
        kind=found.shape.kind,
        claims=found.claims,
        lines=[
            frame.pixels(np.column_stack(world_xy(part[:, 0], part[:, 1])).astype(float))
            for part in shape_parts(found.shape)
        ],
        radius=found.width * frame.factor / 2,
        centre=(x, y),
        side=found.side,
        other=1 if found.side == 0 else 0,
        standing=standing if standing < len(STANDINGS) else ONE_SIDED,
        lit=found.lit,
    )


def _thinned(line: NDArray[np.float64], step_px: float) -> NDArray[np.float64]:
    """Leave out vertices nearer than a step to the last one kept; the last of all stays."""
    kept = [0]
    points = line.tolist()
    for i in range(1, len(points)):
        (ax, ay), (bx, by) = points[kept[-1]], points[i]
        if i == len(points) - 1 or hypot(bx - ax, by - ay) >= step_px:
            kept.append(i)
    return np.asarray(line[kept])


def _to_line(line: NDArray[np.float64], x: float, y: float, *, closed: bool) -> float:
    starts = np.roll(line, 1, axis=0) if closed else line[:-1]
    ends = line if closed else line[1:]
    run = ends - starts
    long = (run**2).sum(axis=1)
    along = ((np.array([x, y]) - starts) * run).sum(axis=1) / np.where(long > 0, long, 1.0)
    nearest = starts + run * np.clip(along, 0.0, 1.0)[:, None]
    return float(np.hypot(*(nearest - (x, y)).T).min())
