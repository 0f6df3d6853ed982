"""A claim is drawn as large as it says, where it says, and not at all if it does not say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from pyproj import Geod
from shapely.geometry import LineString, Polygon

from claims.load import load_record
from claims.shapes import EXTENTS, Shape, is_placed, stated_shapes
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.load import Record

    MakeRow = Callable[..., dict[str, str]]
    LoadRows = Callable[..., Record]

DATA = Path(__file__).parents[2] / "data"
BAKHMUT = (38.0005, 48.5956)
WGS84 = Geod(ellps="WGS84")
PLAIN = {"advance_km": "", "bound": "", "location_uncertainty_m": ""}
"""Changes that leave nothing of the good row but its place."""


def vertex_distances_m(polygon: Polygon, place: tuple[float, float] = BAKHMUT) -> np.ndarray:
    lons, lats = np.array(polygon.exterior.coords).T
    start_lons, start_lats = np.full_like(lons, place[0]), np.full_like(lats, place[1])
    return np.asarray(WGS84.inv(start_lons, start_lats, lons, lats)[2])


def by_kind(shapes: tuple[Shape, ...], kind: str) -> list[Shape]:
    return [shape for shape in shapes if shape.kind == kind]


def claim_at(record: Record, position: int) -> str:
    return str(record.claims["claim_id"].iloc[position])


@pytest.fixture(scope="module")
def real() -> Record:
    return load_record(report_path(), geo=DATA / "geo")


@pytest.fixture(scope="module")
def real_shapes(real: Record) -> tuple[Shape, ...]:
    shapes, notices = stated_shapes(real)
    assert notices == ()
    return shapes


def test_the_front_of_95_km_is_drawn_95_km_long(
    real: Record, real_shapes: tuple[Shape, ...]
) -> None:
    (line,) = by_kind(real_shapes, "line")
    assert [claim_at(real, i) for i in line.claims] == [
        "ru-mod-26-attacks-repelled-soledar-2023-05-12"
    ]
    assert line.size_km == 95
    assert isinstance(line.geometry, LineString)
    assert WGS84.geometry_length(line.geometry) == pytest.approx(95_000, rel=0.005)


def test_the_front_lies_on_its_sector(real: Record, real_shapes: tuple[Shape, ...]) -> None:
    (line,) = by_kind(real_shapes, "line")
    course = real.sectors.geometry["soledar-sector"]
    assert line.geometry.within(course.buffer(0.0001))


def test_an_advance_without_a_direction_is_a_ring_of_its_length(
    real: Record, real_shapes: tuple[Shape, ...]
) -> None:
    (ring,) = by_kind(real_shapes, "ring")
    assert [claim_at(real, i) for i in ring.claims] == ["ua-mod-maliar-advance-2km-2023-05-12"]
    assert ring.size_km == 2
    assert isinstance(ring.geometry, Polygon)
    assert vertex_distances_m(ring.geometry) == pytest.approx(2000, abs=0.01)


def test_extents_come_before_circles_of_doubt(real_shapes: tuple[Shape, ...]) -> None:
    kinds = [shape.kind for shape in real_shapes]
    first_doubt = kinds.index("doubt")
    assert set(kinds[:first_doubt]) <= set(EXTENTS)
    assert set(kinds[first_doubt:]) == {"doubt"}


def test_no_claim_of_the_record_without_a_place_has_a_shape(
    real: Record, real_shapes: tuple[Shape, ...]
) -> None:
    drawn = {claim for shape in real_shapes for claim in shape.claims}
    not_placed = np.flatnonzero(~is_placed(real.claims))
    assert len(not_placed) == 10
    assert drawn.isdisjoint(int(i) for i in not_placed)


def test_an_advance_with_a_bearing_is_a_fan_that_way(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    record = load_rows([make_row(bearing_deg="90", location_uncertainty_m="")])
    (fan,), _ = stated_shapes(record)
    assert (fan.kind, fan.size_km) == ("fan", 2)
    assert fan.geometry.bounds[0] == pytest.approx(BAKHMUT[0])
    assert fan.geometry.bounds[2] > BAKHMUT[0] + 0.02


def test_a_bearing_of_0_is_north_and_not_unknown(load_rows: LoadRows, make_row: MakeRow) -> None:
    (fan,), _ = stated_shapes(load_rows([make_row(bearing_deg="0", location_uncertainty_m="")]))
    assert fan.kind == "fan"
    assert fan.geometry.bounds[1] == pytest.approx(BAKHMUT[1])


def test_claims_of_one_ring_share_one_shape(load_rows: LoadRows, make_row: MakeRow) -> None:
    rows = [make_row(), make_row(advance_km="3"), make_row(), make_row(longitude="38.1")]
    shapes, _ = stated_shapes(load_rows(rows))
    assert [(s.claims, s.size_km) for s in by_kind(shapes, "ring")] == [
        ((0, 2), 2),
        ((1,), 3),
        ((3,), 2),
    ]
    assert [s.claims for s in by_kind(shapes, "doubt")] == [(0, 1, 2), (3,)]


def test_a_doubt_about_the_place_is_a_circle_of_its_radius(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    (doubt,), _ = stated_shapes(load_rows([make_row(advance_km="", bound="")]))
    assert (doubt.kind, doubt.size_km) == ("doubt", 4)
    assert isinstance(doubt.geometry, Polygon)
    assert vertex_distances_m(doubt.geometry) == pytest.approx(4000, abs=0.01)


def test_a_place_alone_states_no_shape(load_rows: LoadRows, make_row: MakeRow) -> None:
    rows = [make_row(**PLAIN), make_row(**{**PLAIN, "advance_km": "0"})]
    assert stated_shapes(load_rows(rows)) == ((), ())


def test_a_front_longer_than_its_course_is_told_and_not_drawn(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    front = {**PLAIN, "front_km": "95", "geometry_id": "soledar-sector"}
    record = load_rows([make_row(**front), make_row()])
    shapes, (notice,) = stated_shapes(record)
    assert by_kind(shapes, "line") == []
    assert {claim for shape in shapes for claim in shape.claims} == {1}
    assert claim_at(record, 0) in notice
    assert "95000 m" in notice


def test_a_front_within_its_course_is_a_line_and_has_no_circle_of_doubt(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    front = {"advance_km": "", "bound": "", "front_km": "40", "geometry_id": "soledar-sector"}
    (line,), _ = stated_shapes(load_rows([make_row(**front)]))
    assert line.kind == "line"
    assert WGS84.geometry_length(line.geometry) == pytest.approx(40_000, rel=0.005)


def test_a_front_without_a_sector_is_left_to_the_card(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    record = load_rows([make_row(**{**PLAIN, "front_km": "95"})])
    assert len(record.claims) == 1
    assert stated_shapes(record) == ((), ())


@pytest.mark.parametrize("precision", ["region", "unplaced"])
def test_what_is_not_placed_is_never_drawn_even_with_a_position(
    load_rows: LoadRows, make_row: MakeRow, precision: str
) -> None:
    record = load_rows([make_row()])
    claims = record.claims.assign(location_precision=precision)
    assert not is_placed(claims).any()
    object.__setattr__(record, "claims", claims)
    assert stated_shapes(record) == ((), ())


def test_an_unknown_precision_with_a_position_is_placed(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    assert is_placed(load_rows([make_row(location_precision="")]).claims).all()


def test_a_blank_position_is_not_placed(load_rows: LoadRows, make_row: MakeRow) -> None:
    claims = load_rows([make_row(), make_row()]).claims
    claims.loc[0, "latitude"] = pd.NA
    claims.loc[1, "longitude"] = pd.NA
    assert is_placed(claims).tolist() == [False, False]


def test_an_area_is_the_shape_of_its_sector_once_for_all_who_state_it() -> None:
    record = load_record(report_path(), geo=DATA / "geo")
    claims = record.claims.copy()
    claims["geometry_id"] = claims["geometry_id"].astype("str")
    claims.loc[[0, 3], "geometry_id"] = "bakhmut-north-flank"
    object.__setattr__(record, "claims", claims)
    (area,) = by_kind(stated_shapes(record)[0], "area")
    assert area.claims == (0, 3)
    assert area.geometry.equals(record.sectors.geometry["bakhmut-north-flank"])


def test_a_circle_that_reaches_a_pole_is_told_and_takes_no_other_claim_down(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    far = make_row(latitude="89.9", location_uncertainty_m="400000", advance_km="", bound="")
    record = load_rows([far, make_row()])
    shapes, notices = stated_shapes(record)
    assert {claim for shape in shapes for claim in shape.claims} == {1}
    assert len(notices) == 1
    assert claim_at(record, 0) in notices[0]


def test_a_record_of_no_claims_states_no_shape(load_rows: LoadRows) -> None:
    assert stated_shapes(load_rows([])) == ((), ())
