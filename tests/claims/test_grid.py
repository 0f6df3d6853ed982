"""Grid references name the right square, and no smaller one than the claim allows."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from claims.grid import SQUARES_M, mgrs_digits, mgrs_reference

TO_UTM_37 = Transformer.from_crs("EPSG:4326", "EPSG:32637", always_xy=True)
BAKHMUT = (48.5956, 38.0005)


@pytest.mark.parametrize(
    ("uncertainty_m", "reference"),
    [
        (0, "37U DP 26304 82984"),
        (1, "37U DP 26304 82984"),
        (50, "37U DP 263 829"),
        (1_000, "37U DP 26 82"),
        (4_000, "37U DP 2 8"),
        (10_000, "37U DP 2 8"),
        (15_500, "37U DP"),
        (None, "37U DP"),
        (math.nan, "37U DP"),
    ],
)
def test_a_reference_has_no_more_digits_than_the_doubt_allows(
    uncertainty_m: float | None, reference: str
) -> None:
    assert mgrs_reference(*BAKHMUT, uncertainty_m) == reference


@pytest.mark.parametrize(
    ("place", "reference"),
    [
        ((0.0, 0.0), "31N AA 66021 00000"),
        ((60.0, 5.0), "32V KM 76979 58157"),  # the wider zone of Norway
        ((78.0, 9.0), "33X UG 60973 65496"),  # and of Svalbard
        ((89.0, 10.0), "Z AF 19279 90660"),
    ],
)
def test_places_known_from_elsewhere(place: tuple[float, float], reference: str) -> None:
    assert mgrs_reference(*place, 0) == reference


@given(st.floats(48.1, 49.0), st.floats(36.1, 41.9))
def test_the_digits_are_those_of_utm_in_metres(latitude: float, longitude: float) -> None:
    digits = mgrs_reference(latitude, longitude, 0).split()[2:]
    for digit, metres in zip(digits, TO_UTM_37.transform(longitude, latitude), strict=True):
        # The library and PROJ may fall on different sides of a whole metre.
        assert (int(digit) - math.floor(metres)) % 100_000 in {0, 1, 99_999}


@given(st.floats(0, 200_000))
def test_a_square_is_as_wide_as_the_doubt_and_the_next_narrower_one_is_not(doubt_m: float) -> None:
    digits = mgrs_digits(doubt_m)
    width_m = SQUARES_M[5 - digits]
    assert doubt_m <= width_m or digits == 0
    assert digits == 5 or doubt_m > width_m / 10


@pytest.mark.parametrize("place", [(95.0, 0.0), (math.nan, 0.0)])
def test_what_is_no_place_has_no_reference(place: tuple[float, float]) -> None:
    assert mgrs_reference(*place, 0) == ""
