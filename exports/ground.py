"""The ground of a picture: the layers of `data/geo` in the colours of the page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cartography.ground_data import ground_layers
from cartography.ground_looks import look_of
from claims.positions import world_xy
from exports.sheet import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from cartography.frame import Frame
    from exports.sheet import Sheet

AREAS: Final = frozenset({"Polygon", "MultiPolygon"})


@lru_cache(maxsize=4)
def _world(geo: Path) -> tuple[tuple[str, bool, tuple[NDArray[np.float64], ...]], ...]:
    """Read the layers: classes, whether they are areas, and their outlines in world units."""
    layers = []
    for classes, features in ground_layers(geo):
        shapes = [feature["geometry"] for feature in features]
        lines = tuple(line for shape in shapes for line in _outlines(shape))
        layers.append((classes, shapes[0]["type"] in AREAS, lines))
    return tuple(layers)


def _outlines(shape: dict[str, Any]) -> Iterator[NDArray[np.float64]]:
    nested = shape["coordinates"]
    lines = {"LineString": [nested], "Polygon": nested, "MultiLineString": nested}
    for line in lines.get(shape["type"]) or [ring for part in nested for ring in part]:
        lon, lat = np.array(line, dtype=float)[:, :2].T
        yield np.column_stack(world_xy(lon, lat)).astype(float)


def paint_ground(sheet: Sheet, frame: Frame, geo: Path) -> None:
    """Paint the ground in a frame.

    Parameters
    ----------
    sheet : Sheet
    frame : Frame
    geo : pathlib.Path
        The folder `data/geo`, EPSG:4326.

    Raises
    ------
    BadGeometryFileError
        If a file of it cannot be read.
    """
    west, north, east, south = frame.box(beyond_px=10)
    sheet.rect(frame.rect, COLOURS["land"])
    for classes, is_area, lines in _world(geo):
        look = look_of(classes, frame.whole_zoom)
        if not look.opacity:
            continue
        seen = [
            frame.pixels(line)
            for line in lines
            if line[:, 0].max() >= west
            and line[:, 0].min() <= east
            and line[:, 1].max() >= north
            and line[:, 1].min() <= south
        ]
        sheet.path(
            seen,
            closed=is_area,
            fill=COLOURS[look.fill] if look.fill else None,
            stroke=COLOURS[look.stroke] if look.stroke else None,
            width=look.width,
            dashes=look.dashes,
            alpha=look.opacity,
            cap=look.cap,
        )
