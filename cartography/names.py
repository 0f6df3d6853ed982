"""Which names of places, waters and oblasts a picture shows, and where: as on the page."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, ceil, cos, hypot, pi, sin
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from cartography.frame import Rect
from cartography.labels import Taken, first_free

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cartography.frame import Frame

SIDES: Final = ("e", "ne", "se", "w", "nw", "sw", "n", "s")
FURTHER_PX: Final = (0.0, 14.0, 30.0, 50.0, 74.0)
"""How much further from its place a town's name may stand when its first places are taken."""
RIVER_ZOOM, STREAM_ZOOM, REGION_ZOOM = 8.5, 10.5, 10.0
KM_PX: Final = 9.9
"""Pixels a kilometre at zoom 10, near enough for a gap."""
TOWN_RANK: Final = 2
STRAIGHT: Final = 0.93
STEP_PX: Final = 8.0
AGAIN_PX: Final = 420.0
MOST_OF_ONE: Final = 2


class Measure(Protocol):
    """Tells how wide a text is."""

    def __call__(self, text: str, size_px: float, *, weight: int = 400) -> float:
        """Give the width in layout pixels."""
        ...


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the ground.

    Attributes
    ----------
    text : str
    x, y : float
        The middle of the text, layout pixels.
    size_px : float
    weight : int
        400, 600 or 700.
    ink : str
        A token of `cartography.symbols.TOKENS`.
    angle : float
        Radians, clockwise.
    italic : bool
    """

    text: str
    x: float
    y: float
    size_px: float
    weight: int
    ink: str
    angle: float = 0.0
    italic: bool = False


def place_names(
    places: Sequence[dict[str, Any]], frame: Frame, taken: Taken, measure: Measure, *, towns: bool
) -> Iterator[Name]:
    """Place the names of towns, or of villages, that find room.

    Parameters
    ----------
    places : sequence of dict
        From `cartography.ground_data.ground_places`, most important first, each with `world`,
        its place in Web Mercator world units, shape (1, 2).
    frame : Frame
    taken : Taken
        Takes up every name placed.
    measure : Measure
    towns : bool
        True for towns: they may stand further off if need be. False for what is smaller.

    Yields
    ------
    Name
    """
    waiting = []
    for order, place in enumerate(places):
        ((x, y),) = frame.pixels(place["world"]).tolist()
        is_town = place["rank"] <= TOWN_RANK
        if is_town == towns and place["minZoom"] <= frame.zoom + 0.25 and frame.rect.holds(x, y):
            waiting.append((place["rank"], order, place, (x, y)))
    waiting.sort(key=lambda one: one[:2])
    for further_px in FURTHER_PX if towns else FURTHER_PX[:1]:
        left = []
        for one in waiting:
            *_, place, at = one
            size_px, weight, ink = _type_of(place, frame.zoom)
            width, height = measure(place["name"], size_px, weight=weight), round(size_px * 1.15)
            rect = first_free(
                at,
                (width, height),
                gap_px=_gap_of(place, frame.zoom) + further_px,
                sides=(*SIDES[1:], "e") if place["rank"] == 1 else SIDES,
                taken=taken,
                bounds=frame.rect.shrunk(4),
            )
            if rect is None:
                left.append(one)
                continue
            taken.add(rect)
            yield Name(place["name"], *rect.centre, size_px, weight, ink)
        waiting = left


def line_names(
    names: Sequence[dict[str, Any]], frame: Frame, taken: Taken, measure: Measure
) -> Iterator[Name]:
    """Place the names of oblasts and, along their course, of waters.

    Parameters
    ----------
    names : sequence of dict
        From `cartography.ground_data.ground_names`, each with `world`, its points in Web Mercator
        world units, shape (n, 2).
    frame : Frame
    taken : Taken
        Takes up every name placed.
    measure : Measure

    Yields
    ------
    Name
    """
    for line in names:
        if line["kind"] == "region" and frame.zoom <= REGION_ZOOM:
            text, size_px = str(line["name"]).upper(), 10.5
            ((x, y),) = frame.pixels(line["world"]).tolist()
            width = measure(text, size_px, weight=400)
            rect = Rect(x - width / 2, y - 7, width, 14)
            if frame.rect.shrunk(4).contains(rect) and not taken.touches(rect):
                taken.add(rect)
                yield Name(text, x, y, size_px, 400, "border")
        if line["kind"] == "water":
            least = RIVER_ZOOM if line["rank"] <= TOWN_RANK else STREAM_ZOOM
            if frame.zoom >= least:
                yield from _along(line, frame, taken, measure)


def _along(line: dict[str, Any], frame: Frame, taken: Taken, measure: Measure) -> Iterator[Name]:
    size_px = 12.0 if line["rank"] == 1 else 11.0
    width = measure(str(line["name"]), size_px) + 8
    points = [(x, y) for x, y in frame.pixels(line["world"]).tolist()]
    written: list[tuple[float, float]] = []
    for x, y, angle in _stands(_runs_inside(points, frame.rect.shrunk(8)), width):
        if any(hypot(x - ox, y - oy) < AGAIN_PX for ox, oy in written):
            continue
        # Above the line, not on it.
        at = (x + sin(angle) * size_px * 0.75, y - cos(angle) * size_px * 0.75)
        rects = _cover(at, angle, width, size_px + 1)
        if any(taken.touches(rect) or not frame.rect.contains(rect) for rect in rects):
            continue
        for rect in rects:
            taken.add(rect)
        written.append((x, y))
        yield Name(str(line["name"]), *at, size_px, 400, "water-ink", angle, italic=True)
        if len(written) == MOST_OF_ONE:
            return


def _type_of(place: dict[str, Any], zoom: float) -> tuple[float, int, str]:
    """Give size in pixels, weight and ink of a place's name."""
    grow = 1.5 if zoom >= 13 else 0.75 if zoom >= 12 else 0.0  # noqa: PLR2004  # zoom levels
    far = zoom < 9  # noqa: PLR2004  # a zoom level
    if place["rank"] == 1 and place["kind"] == "city":
        return (16.0 if far else 19.0 + grow), 700, "ink"
    if place["rank"] <= TOWN_RANK:
        size_px = 13.5 if place["kind"] == "city" or place["rank"] == 1 else 13.0
        return (size_px - 1.5 if far else size_px) + grow, 600, "ink"
    return (11.5 if place["rank"] == TOWN_RANK + 1 else 10.5) + grow, 400, "third"


def _gap_of(place: dict[str, Any], zoom: float) -> float:
    """Give how far a name keeps from its place's point: to the edge of the drawn shape."""
    town = place["rank"] <= TOWN_RANK
    km = 2.0 if place["kind"] == "city" else 1.0 if town else 0.4
    pixels = float(km * 2.0 ** (zoom - 10) * KM_PX)
    return max(5.0 if town else 4.0, min(pixels, 20.0 if town else 9.0))


def _runs_inside(
    points: Sequence[tuple[float, float]], rect: Rect
) -> list[list[tuple[float, float]]]:
    """Cut a line into the runs of two points or more that lie inside a rectangle."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if rect.holds(*point):
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _stands(
    runs: Sequence[Sequence[tuple[float, float]]], width: float
) -> list[tuple[float, float, float]]:
    """Find where a name could stand, the straightest and flattest first: middle and angle."""
    reach = ceil(width / STEP_PX)
    found = []
    for run in runs:
        line = np.array(run)
        along = np.concatenate([[0.0], np.hypot(*np.diff(line, axis=0).T).cumsum()])
        steps = np.arange(0.0, along[-1], STEP_PX)
        x, y = (np.interp(steps, along, line[:, axis]).tolist() for axis in (0, 1))
        for i in range(0, len(steps) - reach, 2):
            run_x, run_y = x[i + reach] - x[i], y[i + reach] - y[i]
            straight = hypot(run_x, run_y) / (reach * STEP_PX)
            if straight < STRAIGHT:
                continue
            angle = atan2(run_y, run_x)
            angle -= pi if angle > pi / 2 else -pi if angle < -pi / 2 else 0.0
            middle = ((x[i] + x[i + reach]) / 2, (y[i] + y[i + reach]) / 2)
            found.append((straight - 0.12 * abs(angle), *middle, angle))
    found.sort(key=lambda one: -one[0])
    return [(x, y, angle) for _, x, y, angle in found]


def _cover(at: tuple[float, float], angle: float, width: float, height: float) -> list[Rect]:
    """Cover a slanted name with small squares."""
    count = max(1, ceil(width / height))
    offsets = [(i + 0.5) * width / count - width / 2 for i in range(count)]
    return [
        Rect(
            at[0] + along * cos(angle) - height / 2,
            at[1] + along * sin(angle) - height / 2,
            height,
            height,
        )
        for along in offsets
    ]
