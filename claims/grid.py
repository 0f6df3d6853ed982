"""Places in the Military Grid Reference System, no finer than the claim knows them."""

from __future__ import annotations

import math
from typing import Final

from mgrs import MGRS
from mgrs.core import MGRSError

SQUARES_M: Final = (1, 10, 100, 1_000, 10_000, 100_000)
"""Widths of the squares that five, four, three, two, one and no pair of digits name."""
_DIGITS: Final = 5
_GRID: Final = MGRS()


def mgrs_digits(uncertainty_m: float | None) -> int:
    """Say how many digits for each of east and north a radius of doubt allows.

    Parameters
    ----------
    uncertainty_m : float or None
        Radius of doubt about the position, in metres; None = unknown.

    Returns
    -------
    int
        Of the narrowest square that is at least as wide as the radius; 0, the square of 100 km,
        for a wider or an unknown doubt.
    """
    if uncertainty_m is None or not math.isfinite(uncertainty_m):
        return 0
    return next(
        (_DIGITS - at for at, width_m in enumerate(SQUARES_M) if uncertainty_m <= width_m), 0
    )


def mgrs_reference(
    latitude_deg: float, longitude_deg: float, uncertainty_m: float | None = None
) -> str:
    """Name the grid square a place lies in.

    Parameters
    ----------
    latitude_deg, longitude_deg : float
        WGS 84.
    uncertainty_m : float, optional
        Radius of doubt about the position, in metres; unknown if left out.

    Returns
    -------
    str
        Zone, square of 100 km and as many digits as `mgrs_digits` allows, with spaces between:
        "37U DP 26 82". Digits are cut, not rounded, so the place lies in the square; where it
        is near an edge, its circle of doubt reaches into the next. "" for what is no place.
    """
    try:
        full = str(_GRID.toMGRS(latitude_deg, longitude_deg, MGRSPrecision=_DIGITS))
    except MGRSError:
        return ""
    digits = mgrs_digits(uncertainty_m)
    head, east, north = full[: -2 * _DIGITS], full[-2 * _DIGITS : -_DIGITS], full[-_DIGITS:]
    # About the poles there is no number of a zone, one letter stands there alone.
    parts = [head[:-2], head[-2:], east[:digits], north[:digits]]
    return " ".join(filter(None, parts))
