"""The browser's own geodesics, held against pyproj."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyproj import Geod

from claims.geodesy import distance_m

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
GEODESIC = (ROOT / "components" / "claim_map" / "geodesic.js").read_text(encoding="utf-8")
WGS84 = Geod(ellps="WGS84")


@pytest.fixture
def geodesy(browser: Browser) -> Iterator[Callable[[str, Any], Any]]:
    """Run the browser's geodesics on a list of places."""
    page = browser.new_page()
    page.add_script_tag(content=GEODESIC)
    yield page.evaluate
    page.close()


def _pairs(seed: int) -> list[list[float]]:
    """Invent pairs of places: in the region, across continents from it, and metres apart."""
    dice = random.Random(seed)  # noqa: S311  # test data, no secret
    near = [
        [dice.uniform(35, 40), dice.uniform(46, 51), dice.uniform(35, 40), dice.uniform(46, 51)]
        for _ in range(700)
    ]
    far = [[38.0, 48.6, dice.uniform(-60, 150), dice.uniform(-30, 80)] for _ in range(250)]
    close = [
        [38.0, 48.6, 38 + dice.uniform(-1e-3, 1e-3), 48.6 + dice.uniform(-1e-3, 1e-3)]
        for _ in range(50)
    ]
    return near + far + close


@pytest.mark.parametrize("seed", range(3))
def test_a_measured_length_and_bearing_are_pyproj_s_to_a_millimetre(
    geodesy: Callable[[str, Any], Any], seed: int
) -> None:
    pairs = _pairs(seed)
    found = geodesy(
        """(pairs) => pairs.map(([a, b, c, d]) =>
            ClaimMap.geodesic({lng: a, lat: b}, {lng: c, lat: d}))""",
        pairs,
    )
    for (lon1, lat1, lon2, lat2), leg in zip(pairs, found, strict=True):
        assert leg["metres"] == pytest.approx(distance_m(lon1, lat1, lon2, lat2), abs=1e-3, rel=0)
        bearing = WGS84.inv(lon1, lat1, lon2, lat2)[0]
        assert (leg["bearing"] - bearing + 180) % 360 - 180 == pytest.approx(0, abs=1e-3)
        assert 0 <= leg["bearing"] < 360


def test_a_course_runs_from_end_to_end_on_the_geodesic_with_vertices_every_5_km(
    geodesy: Callable[[str, Any], Any],
) -> None:
    for lon1, lat1, lon2, lat2 in _pairs(7)[:120]:
        course = geodesy(
            "([a, b, c, d]) => ClaimMap.course({lng: a, lat: b}, {lng: c, lat: d})",
            [lon1, lat1, lon2, lat2],
        )
        places = [(one["lng"], one["lat"]) for one in course]
        assert places[0] == (lon1, lat1)
        assert places[-1] == (lon2, lat2)
        lengths = [distance_m(*one, *next_one) for one, next_one in pairwise(places)]
        assert max(lengths) <= 5000.001
        # A way round would be longer than the geodesic.
        assert sum(lengths) == pytest.approx(distance_m(lon1, lat1, lon2, lat2), abs=1e-3, rel=0)


def test_due_north_is_bearing_0_due_east_on_the_equator_90_and_no_way_at_all_0(
    geodesy: Callable[[str, Any], Any],
) -> None:
    ways = [[38, 48, 38, 49], [0, 0, 1, 0], [38, 48, 38, 48], [38, 49, 38, 48]]
    found = geodesy(
        """(pairs) => pairs.map(([a, b, c, d]) =>
            ClaimMap.geodesic({lng: a, lat: b}, {lng: c, lat: d}))""",
        ways,
    )
    assert [leg["bearing"] for leg in found] == pytest.approx([0, 90, 0, 180])
    # A degree of the equator is 6,378,137 m times pi / 180.
    assert found[1]["metres"] == pytest.approx(111_319.491, abs=1e-3)
    assert found[2]["metres"] == 0


def test_opposite_points_of_the_globe_are_refused(geodesy: Callable[[str, Any], Any]) -> None:
    refused = geodesy(
        """() => {
            try { ClaimMap.geodesic({lng: 0, lat: 0.5}, {lng: 179.7, lat: -0.5}); }
            catch (error) { return error instanceof RangeError && error.message; }
        }""",
        None,
    )
    assert "opposite" in refused
