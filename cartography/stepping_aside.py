"""Where a disc stands that would hide the ring or fan of its own place, as on the page."""

from __future__ import annotations

from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartography.discs import Disc
    from cartography.extents import Extent

OWN_PLACE_PX: Final = 6.0
ROOM_PX: Final = 13.0
NEAR_PX: Final = 150.0
CLEAR_PX: Final = 60.0


def step_aside(disc: Disc, extents: Sequence[Extent], discs: Sequence[Disc]) -> None:
    """Move a disc off a ring or fan that it would hide, to where it lies clearest.

    Parameters
    ----------
    disc : Disc
        Its `px` and `py` may change, and the place of the extent's sign.
    extents : sequence of Extent
    discs : sequence of Disc
        All of the picture.
    """
    own = next((one for one in extents if _is_hidden(one, disc)), None)
    if own is None:
        return
    away = own.radius + disc.radius + 10
    others = [one for one in extents if one is not own and one.is_stated and _is_near(one, disc)]
    best = float("-inf")
    for turn in range(16):
        angle = pi * (0.75 + turn / 8)
        x, y = disc.home[0] + away * cos(angle), disc.home[1] + away * sin(angle)
        clear = min(
            CLEAR_PX,
            *(extent.distance(x, y) for extent in others),
            *(
                hypot(one.px - x, one.py - y) - one.radius - disc.radius
                for one in discs
                if one is not disc
            ),
            CLEAR_PX,
        )
        if clear > best + 0.5:
            best, disc.px, disc.py, own.sign_turn = clear, x, y, angle + pi


def _is_hidden(extent: Extent, disc: Disc) -> bool:
    apart = hypot(extent.centre[0] - disc.px, extent.centre[1] - disc.py)
    lies_under = apart <= OWN_PLACE_PX and extent.radius - disc.radius <= ROOM_PX
    return extent.is_stated and not extent.is_line and lies_under


def _is_near(extent: Extent, disc: Disc) -> bool:
    apart = hypot(extent.centre[0] - disc.px, extent.centre[1] - disc.py)
    return extent.is_line or abs(apart - extent.radius) < NEAR_PX
