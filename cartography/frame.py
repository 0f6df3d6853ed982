"""Where a map stands in a picture: from Web Mercator world units to the picture's pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.geodesy import distance_m
from claims.positions import WORLD, world_xy

if TYPE_CHECKING:
    from numpy.typing import NDArray

TILE_PX: Final = 256
HOME: Final = (48.598, 37.93, 11.0)
"""Latitude, longitude and zoom a map opens on when nothing asks for more."""
LEAST_ZOOM: Final = 8.0
MOST_ZOOM: Final = 12.0
MARGIN_PX: Final = 60.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of a picture, in layout pixels, y down.

    Attributes
    ----------
    x, y : float
        Its upper left corner.
    w, h : float
    """

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.w / 2, self.y + self.h / 2

    def shrunk(self, by: float) -> Rect:
        """Give the rectangle that lies so many pixels inside."""
        return Rect(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it or on its edge."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def contains(self, other: Rect) -> bool:
        """Tell whether another rectangle lies wholly in it."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def near(self, other: Rect, margin: float) -> bool:
        """Tell whether another rectangle comes nearer than a margin."""
        return (
            self.x < other.right + margin
            and other.x < self.right + margin
            and self.y < other.bottom + margin
            and other.y < self.bottom + margin
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """A map's window in a picture.

    Attributes
    ----------
    rect : Rect
        Where the map lies in the picture, layout pixels.
    latitude, longitude : float
        The centre in degrees, WGS 84.
    zoom : float
        Of the web map: at zoom 0 the world is 256 layout pixels wide.
    """

    rect: Rect
    latitude: float
    longitude: float
    zoom: float

    @property
    def factor(self) -> float:
        """Layout pixels a world unit."""
        return float(TILE_PX * 2.0**self.zoom / WORLD)

    @property
    def whole_zoom(self) -> int:
        """The zoom as the page rounds it, half up."""
        return int(np.floor(self.zoom + 0.5))

    def _centre(self) -> tuple[float, float]:
        x, y = world_xy(np.array([self.longitude]), np.array([self.latitude]))
        return float(x[0]), float(y[0])

    def pixels(self, world: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn world units into layout pixels.

        Parameters
        ----------
        world : numpy.ndarray of float, shape (n, 2)
            x to the east, y to the south, as `claims.positions.world_xy`.

        Returns
        -------
        numpy.ndarray of float, shape (n, 2)
        """
        moved: NDArray[np.float64] = (world - self._centre()) * self.factor + self.rect.centre
        return moved

    def box(self, beyond_px: float = 0.0) -> tuple[float, float, float, float]:
        """Give the window in world units: west, north, east, south.

        Parameters
        ----------
        beyond_px : float, optional
            Layout pixels added on every side.
        """
        x, y = self._centre()
        half_x = (self.rect.w / 2 + beyond_px) / self.factor
        half_y = (self.rect.h / 2 + beyond_px) / self.factor
        return x - half_x, y - half_y, x + half_x, y + half_y

    def metres_a_pixel(self) -> float:
        """Give the ground length of a layout pixel at the centre along the parallel, in metres."""
        half_deg = 50.0 * 360.0 / (WORLD * self.factor)
        west, east = self.longitude - half_deg, self.longitude + half_deg
        return distance_m(west, self.latitude, east, self.latitude) / 100.0


def fitted(rect: Rect, world: NDArray[np.float64]) -> Frame:
    """Give the frame in which some points can be seen.

    Parameters
    ----------
    rect : Rect
        Where the map lies in the picture.
    world : numpy.ndarray of float, shape (n, 2)
        Web Mercator world units; none gives the page's first view.

    Returns
    -------
    Frame
        Zoom in half steps from 8 to 12: further out the ground ends, further in a lone claim would
        look more exact than it is.
    """
    if not len(world):
        return Frame(rect, *HOME)
    low, high = world.min(axis=0), world.max(axis=0)
    room = np.array([rect.w - 2 * MARGIN_PX, rect.h - 2 * MARGIN_PX])
    zoom = MOST_ZOOM
    spans = np.maximum(high - low, 1.0)
    while zoom > LEAST_ZOOM and bool((spans * (TILE_PX * 2.0**zoom / WORLD) > room).any()):
        zoom -= 0.5
    x, y = (low + high) / 2
    return Frame(rect, *degrees(float(x), float(y)), zoom)


def degrees(x: float, y: float) -> tuple[float, float]:
    """Turn world units into latitude and longitude, degrees, EPSG:4326."""
    latitude = np.degrees(np.arctan(np.sinh((0.5 - y / WORLD) * 2 * np.pi)))
    return float(latitude), float(x / WORLD * 360.0 - 180.0)
