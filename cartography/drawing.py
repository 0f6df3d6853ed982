"""What one map of a scene shows: the table that every picture of it is painted from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from cartography.discs import Disc, gather_discs, lit_cells
from cartography.edition import lit_voices
from cartography.extents import Extent, Left, find_extents
from cartography.frame import Frame, Rect, fitted
from cartography.ground_data import ground_names, ground_places
from cartography.labels import Placed, Taken, place_note
from cartography.names import Name, line_names, place_names
from cartography.notes import MOST_NOTES, notable, note_lines
from cartography.panels import Standings
from cartography.stepping_aside import step_aside
from claims.comparison import said_by
from claims.positions import world_xy
from claims.shapes import STATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cartography.edition import Edition
    from cartography.names import Measure
    from claims.scenes import Scene
    from claims.selection import Selection

INNER_PX: Final = 14.0
BEYOND_PX: Final = 50.0
AROUND_DISC_PX: Final = 7.0
HANDLE_PX: Final = 11.0
NOTE_LEADING_PX: Final = 16.0
NOTE_TITLE_PX: Final = 13.0
NOTE_BODY_PX: Final = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What a scene, or one of its two narrators, shows of a record.

    Attributes
    ----------
    selection : Selection
    keep : numpy.ndarray of bool, shape (n,)
        The claims that are shown.
    standings : Standings
        As of the selection's day.
    claim : int or None
        Position of the chosen claim.
    voices : tuple of int
        The other voices on its proposition that are shown, those who answer it first.
    narrator : str
        Code of a side or name of an organisation; "" for all.
    """

    selection: Selection
    keep: NDArray[np.bool_]
    standings: Standings
    claim: int | None
    voices: tuple[int, ...]
    narrator: str = ""

    @property
    def count(self) -> int:
        """How many claims are shown."""
        return int(np.count_nonzero(self.keep))

    @property
    def lit(self) -> frozenset[int]:
        """The claims that light up."""
        return frozenset() if self.claim is None else frozenset((self.claim, *self.voices))


@dataclass(frozen=True, slots=True)
class Note:
    """A direct label of an extent that found room.

    Attributes
    ----------
    extent : Extent
    lines : tuple of str
    placed : Placed
    """

    extent: Extent
    lines: tuple[str, ...]
    placed: Placed


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """The drawing table of one map.

    Attributes
    ----------
    frame : Frame
    discs : list of Disc
        Largest first.
    full : int
        Claims that a disc of the full size stands for.
    extents : list of Extent
        The topmost last.
    left : Left
        What is not drawn.
    notes : list of Note
    names : list of Name
    """

    frame: Frame
    discs: list[Disc]
    full: int
    extents: list[Extent]
    left: Left
    notes: list[Note]
    names: list[Name]


def shown_of(record: Edition, scene: Scene, narrator: str = "") -> Shown:
    """Apply a scene to a record.

    Parameters
    ----------
    record : Edition
    scene : Scene
    narrator : str, optional
        Code of a side or name of an organisation: only its claims are shown.

    Returns
    -------
    Shown
        A claim that the record does not hold is not chosen.
    """
    selection = scene.selection
    standings = Standings(record, selection.as_of_day())
    keep = selection.keep(record.claims, standings.code[record.voices.topic])
    if narrator:
        keep = keep & said_by(record.claims, narrator)
    claim = record.position(scene.claim)
    voices = lit_voices(record.others(claim, selection.as_of_day()), keep)
    return Shown(selection, keep, standings, claim, voices, narrator)


def frame_of(record: Edition, scene: Scene, rect: Rect, shown: Sequence[Shown]) -> Frame:
    """Say where a scene's map stands in a picture.

    Parameters
    ----------
    record : Edition
    scene : Scene
    rect : Rect
        Where the map lies in the picture, layout pixels.
    shown : sequence of Shown
        Of the scene; what they all keep is seen if the scene has no view of its own.

    Returns
    -------
    Frame
    """
    if scene.view is not None:
        return Frame(rect, scene.view.latitude, scene.view.longitude, scene.view.zoom)
    keep = np.logical_or.reduce([one.keep for one in shown])
    claims = record.claims.loc[keep & record.has_disc, ["longitude", "latitude"]]
    points = [claims.to_numpy(dtype=float)]
    points += [
        shapely.bounds(shape.geometry).reshape(2, 2)
        for shape in record.shapes
        if shape.kind in STATED and keep[list(shape.claims)].any()
    ]
    lon, lat = np.concatenate(points).T
    return fitted(rect, np.column_stack(world_xy(lon, lat)).astype(float))


@lru_cache(maxsize=4)
def _labels(geo: Path) -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
    places = ground_places(geo)
    names = ground_names(geo)
    for place in places:
        place["world"] = _world([(place["lat"], place["lon"])])
    for name in names:
        name["world"] = _world(name["points"])
    return tuple(places), tuple(names)


def _world(points: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    lat, lon = np.array(points, dtype=float).T
    return np.column_stack(world_xy(lon, lat)).astype(float)


def drawing_of(  # noqa: PLR0913  # what a map hangs on
    record: Edition,
    shown: Shown,
    frame: Frame,
    *,
    geo: Path,
    measure: Measure,
    furniture: Iterable[Rect] = (),
) -> Drawing:
    """Decide what one map shows and where.

    Parameters
    ----------
    record : Edition
    shown : Shown
    frame : Frame
    geo : pathlib.Path
        The folder `data/geo`, EPSG:4326.
    measure : Measure
        Tells how wide a text is.
    furniture : iterable of Rect, optional
        What lies over the map: no label goes there.

    Returns
    -------
    Drawing

    Raises
    ------
    BadGeometryFileError
        If a file of `geo` cannot be read.
    """
    code = shown.standings.code
    extents, left = find_extents(record, shown.keep, code, frame, shown.lit)
    discs, full = gather_discs(
        record, shown.keep, code, frame.whole_zoom, frame.box(beyond_px=BEYOND_PX)
    )
    _place(record, shown, frame, discs)
    for disc in discs:
        step_aside(disc, extents, discs)
    inner = frame.rect.shrunk(INNER_PX)
    for extent in extents:
        if extent.is_stated:
            extent.place_handle(inner)
    taken = Taken(_rects(discs, extents))
    for rect in furniture:
        taken.add(rect)
    places, lines = _labels(geo)
    names = list(place_names(places, frame, taken, measure, towns=True))
    notes = list(_notes(record, shown, extents, taken, inner, measure))
    names += place_names(places, frame, taken, measure, towns=False)
    names += line_names(lines, frame, taken, measure)
    return Drawing(frame, discs, full, extents, left, notes, names)


def _place(record: Edition, shown: Shown, frame: Frame, discs: list[Disc]) -> None:
    if not discs:
        return
    pixels = frame.pixels(np.array([(disc.x, disc.y) for disc in discs]))
    level = discs[0].cells[0][0]  # one for all of a drawing
    lit = lit_cells(record, shown.lit, level)
    for disc, (px, py) in zip(discs, pixels.tolist(), strict=True):
        disc.px, disc.py = disc.home = (px, py)
        disc.lit = not lit.isdisjoint(disc.cells)


def _rects(discs: list[Disc], extents: list[Extent]) -> Iterable[Rect]:
    for disc in discs:
        yield _square(disc.px, disc.py, disc.radius + AROUND_DISC_PX)
    for extent in extents:
        if extent.handle is not None:
            yield _square(*extent.handle, HANDLE_PX)
        if extent.is_stated:
            yield from extent.boxes()


def _square(x: float, y: float, half: float) -> Rect:
    return Rect(x - half, y - half, 2 * half, 2 * half)


def _notes(  # noqa: PLR0913, PLR0917  # two of them are passed through
    record: Edition,
    shown: Shown,
    extents: list[Extent],
    taken: Taken,
    inner: Rect,
    measure: Measure,
) -> Iterable[Note]:
    for extent in notable(extents)[:MOST_NOTES]:
        lines = note_lines(record, extent, shown.keep)
        widths = [measure(lines[0], NOTE_TITLE_PX, weight=700)]
        widths += [measure(line, NOTE_BODY_PX) for line in lines[1:]]
        size = (max(widths) + 4, len(lines) * NOTE_LEADING_PX)
        placed = place_note(extent.anchors(inner), size, taken, inner)
        if placed is not None:
            yield Note(extent, lines, placed)
