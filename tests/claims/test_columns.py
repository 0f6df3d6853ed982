"""What the browser reads back from the file of columns is what the record says."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from claims.columns import NO_DAY, codes, days, first_day, pack
from claims.model import KINDS, SIDES, STANCES, STANDINGS
from claims.positions import WORLD, Positions
from claims.shapes import stated_shapes
from claims.standing import standings
from tests.packed import Read, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from claims.load import Record

    MakeRow = Callable[..., dict[str, str]]
    LoadRows = Callable[..., Record]

WGS84 = Geod(ellps="WGS84")
KYIV, MARIUPOL = ("30.5234", "50.4501"), ("37.5499", "47.0971")
UNPLACED = {
    **dict.fromkeys(("place", "latitude", "longitude", "advance_km", "bound"), ""),
    **dict.fromkeys(("location_uncertainty_m", "geometry_basis"), ""),
    "location_precision": "unplaced",
}


def position(found: Read, claim: int) -> tuple[float, float]:
    """Give longitude and latitude in degrees of a placed claim."""
    world = [
        (found.header["origin"][axis] + (int(found.arrays[name][claim]) << found.header["shift"]))
        / 2**32
        for axis, name in enumerate(("x", "y"))
    ]
    return lon_lat(*world)


def words(found: Read, name: str) -> list[str]:
    """Give the text of each claim in a column of codes."""
    vocabulary = found.header["vocabulary"][name]
    return [vocabulary[code] for code in found.arrays[name]]


def lon_lat(x: float, y: float) -> tuple[float, float]:
    """Undo the Mercator square, 0 to 1 from the north-west."""
    return 360 * x - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def packed(record: Record, notes: Sequence[dict[str, object]] = ()) -> Read:
    shapes, _ = stated_shapes(record)
    return read(pack(record, shapes, Positions(record.claims), notes))


def frame(places: Sequence[tuple[float, float]]) -> pd.DataFrame:
    claims = pd.DataFrame(list(places), columns=["longitude", "latitude"]).astype("Float64")
    return claims.assign(location_precision="settlement")


def places_within(lon: tuple[int, int], lat: tuple[int, int]) -> st.SearchStrategy[Any]:
    """Draw lists of places on a grid of a ten-thousandth of a degree."""
    whole = [st.integers(low * 10_000, high * 10_000) for low, high in (lon, lat)]
    place = st.tuples(*(number.map(lambda n: n / 10_000) for number in whole))
    return st.lists(place, min_size=1, max_size=8)


# An oblast is kept in two bytes, the country in four.
places = places_within((36, 38), (48, 49)) | places_within((22, 40), (44, 52))


@settings(max_examples=50)
@given(places)
def test_every_position_comes_back_within_5_m(chosen: list[tuple[float, float]]) -> None:
    positions = Positions(frame(chosen))
    for claim, (lon, lat) in enumerate(chosen):
        x = positions.origin[0] + (int(positions.x[claim]) << positions.shift)
        y = positions.origin[1] + (int(positions.y[claim]) << positions.shift)
        back = lon_lat(x / WORLD, y / WORLD)
        assert WGS84.inv(lon, lat, *back)[2] < 5


def test_an_oblast_fits_two_bytes_and_a_country_takes_four() -> None:
    assert Positions(frame([(36.6, 48.0), (39.1, 49.0)])).x.dtype == np.uint16
    assert Positions(frame([(22.1, 48.0), (40.2, 49.0)])).x.dtype == np.uint32


@settings(max_examples=50)
@given(places, st.integers(0, 28), st.data())
def test_a_cell_holds_the_claims_that_mercator_puts_there(
    chosen: list[tuple[float, float]], level: int, data: st.DataObject
) -> None:
    positions = Positions(frame(chosen))
    cells = [cell_by_hand(lon, lat, level) for lon, lat in chosen]
    step = 2**positions.shift / 2**32
    # A position kept to within a step may change cells only where it is that near to a border.
    for lon, lat in chosen:
        x, y = mercator(lon, lat)
        assume(all(cell_of(v - step, level) == cell_of(v, level) for v in (x, y)))
    wanted = data.draw(st.sampled_from(cells))
    found = positions.in_cells([(level, *wanted)])
    assert found.tolist() == [cell == wanted for cell in cells]


def mercator(lon: float, lat: float) -> tuple[float, float]:
    phi = math.radians(lat)
    return (lon + 180) / 360, (1 - math.log(math.tan(phi) + 1 / math.cos(phi)) / math.pi) / 2


def cell_of(share: float, level: int) -> int:
    return int(share * 2**level)


def cell_by_hand(lon: float, lat: float, level: int) -> tuple[int, int]:
    x, y = mercator(lon, lat)
    return cell_of(x, level), cell_of(y, level)


def test_bakhmut_lies_in_the_tile_that_any_slippy_map_asks_for() -> None:
    # By hand: (38.0005 + 180) / 360 * 1024 = 620.1, and 353.4 from ln(1.134 + 1.512) = 0.9731.
    positions = Positions(frame([(38.0005, 48.5956)]))
    assert positions.in_cells([(10, 620, 353)]).tolist() == [True]
    assert positions.in_cells([(10, 619, 353), (10, 620, 352)]).tolist() == [False]
    assert positions.in_cells([(0, 0, 0)]).tolist() == [True]
    assert positions.in_cells([]).tolist() == [False]


def test_what_is_not_placed_lies_in_no_cell() -> None:
    claims = frame([(38.0, 48.6), (38.0, 48.6)])
    claims["location_precision"] = ["unplaced", "settlement"]
    positions = Positions(claims)
    assert positions.in_cells([(0, 0, 0)]).tolist() == [False, True]
    assert positions.x[0] == np.iinfo(positions.x.dtype).max
    assert not Positions(claims.iloc[:1]).in_cells([(0, 0, 0)]).any()


def test_the_file_gives_back_positions_words_and_days(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    record = load_rows(
        [
            make_row(longitude=KYIV[0], latitude=KYIV[1], side="russia", favours="russia"),
            make_row(
                longitude=MARIUPOL[0],
                latitude=MARIUPOL[1],
                kind="strike",
                said_on="2023-06-01",
                event_start="",
                event_end="",
                time_precision="",
                organisation="Бригада",
                claimant="anonymous",
            ),
            make_row(**UNPLACED),
        ]
    )
    found = packed(record)
    assert found.header["n"] == 3
    assert found.header["digest"] == record.digest
    for claim, (lon, lat) in enumerate((KYIV, MARIUPOL)):
        assert WGS84.inv(float(lon), float(lat), *position(found, claim))[2] < 5
    assert found.arrays["x"][2] == np.iinfo(found.arrays["x"].dtype).max
    for name in ("side", "kind", "organisation", "claimant", "place"):
        assert words(found, name) == record.claims[name].tolist()
    start = found.header["first_day"]
    assert [int(day) + start for day in found.arrays["said"]] == record.claims["said_day"].tolist()
    assert found.arrays["first"].tolist()[1] == NO_DAY
    assert found.arrays["last"].tolist()[1] == NO_DAY
    assert int(found.arrays["first"][0]) + start == record.claims["event_first_day"][0]
    assert int(found.arrays["last"][0]) + start == record.claims["event_last_day"][0]


def test_codes_of_sides_kinds_and_standings_follow_the_model(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    vocabulary = packed(load_rows([make_row()])).header["vocabulary"]
    assert vocabulary["side"] == list(SIDES)
    assert vocabulary["kind"] == list(KINDS)
    assert vocabulary["standing"] == list(STANDINGS)


def test_the_steps_give_the_standing_of_every_topic_on_every_day(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    no = {"stance": "denies", "side": "russia", "favours": "russia", "organisation": "Wagner"}
    record = load_rows(
        [
            make_row(said_on="2023-05-12"),
            make_row(said_on="2023-05-14", **no),
            make_row(said_on="2023-05-16", **{**no, "stance": "confirms"}),
            make_row(said_on="2023-05-15", topic="other", proposition="Another matter."),
        ]
    )
    found = packed(record)
    topics = sorted(set(record.claims["topic"]))
    start = found.header["first_day"]
    for as_of_day in range(start, start + 12):
        latest: dict[str, str] = {}
        for topic, day, standing in zip(
            found.arrays["step_topic"],
            found.arrays["step_day"],
            found.arrays["step_standing"],
            strict=True,
        ):
            if day + start <= as_of_day:
                latest[topics[topic]] = STANDINGS[standing]
        assert latest == standings(record.claims, as_of_day)["standing"].to_dict()


def test_a_line_is_its_claim_s_mark_and_a_ring_is_not(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    front = {"advance_km": "", "bound": "", "front_km": "40", "geometry_id": "soledar-sector"}
    found = packed(load_rows([make_row(**front), make_row(), make_row(**UNPLACED)]))
    assert found.arrays["disc"].tolist() == [0, 1, 0]


def test_a_front_that_could_not_be_drawn_keeps_its_disc(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    front = {"advance_km": "", "bound": "", "front_km": "95", "geometry_id": "soledar-sector"}
    assert packed(load_rows([make_row(**front)])).arrays["disc"].tolist() == [1]


def test_the_points_of_a_ring_stand_2_km_from_its_claim(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    found = packed(load_rows([make_row(location_uncertainty_m="")]))
    (shape,) = found.header["shapes"]
    assert (shape["kind"], shape["claims"], shape["size_km"]) == ("ring", [0], 2)
    assert shape["closed"]
    assert shape["extent"]
    points = found.arrays["shape_points"].reshape(-1, 2) / WORLD
    assert sum(shape["parts"]) == len(points) > 36
    away_m = [WGS84.inv(38.0005, 48.5956, *lon_lat(x, y))[2] for x, y in points]
    assert away_m == pytest.approx([2000] * len(points), abs=0.1)


def test_a_line_is_open_and_a_circle_of_doubt_is_no_extent(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    front = {"advance_km": "", "bound": "", "front_km": "40", "geometry_id": "soledar-sector"}
    rows = [make_row(**front), make_row(advance_km="", bound="")]
    line, doubt = packed(load_rows(rows)).header["shapes"]
    assert (line["kind"], line["closed"], line["extent"]) == ("line", False, True)
    assert (doubt["kind"], doubt["closed"], doubt["extent"]) == ("doubt", True, False)


def test_an_area_is_where_its_claim_may_be_and_leaves_it_its_disc(
    load_rows: LoadRows, make_row: MakeRow, geo: Path
) -> None:
    square = [[38.0, 48.6], [38.1, 48.6], [38.1, 48.7], [38.0, 48.6]]
    feature = {
        "type": "Feature",
        "properties": {"id": "north-flank", "name": "Northern flank"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    (geo / "sectors.geojson").write_text(json.dumps(collection), encoding="utf-8")
    plain = {"advance_km": "", "bound": "", "location_uncertainty_m": ""}
    found = packed(load_rows([make_row(**plain, geometry_id="north-flank")]))
    (area,) = found.header["shapes"]
    assert (area["kind"], area["closed"], area["extent"]) == ("area", True, False)
    assert found.arrays["disc"].tolist() == [1]


def test_notes_and_verbs_pass_through(load_rows: LoadRows, make_row: MakeRow) -> None:
    record = load_rows([make_row(), make_row()])
    data = pack(record, (), Positions(record.claims), [{"title": "Хто"}], verbs=["says"])
    assert read(data).header["notes"] == [{"title": "Хто"}]
    assert read(data).header["verbs"] == ["says"]


def test_the_stances_of_all_claims_on_a_noted_topic_are_told_in_the_order_of_the_record(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    plain = {"advance_km": "", "bound": ""}
    other = {"topic": "other", "proposition": "Another matter."}
    rows = [
        make_row(**plain, stance="cannot_confirm"),
        make_row(**plain, **other, stance="doubts"),
        make_row(),
        make_row(**plain, stance="denies"),
    ]
    stances = [STANCES[code] for code in packed(load_rows(rows)).arrays["note_stance"]]
    assert stances == ["cannot_confirm", "asserts", "denies"]


def test_more_codes_than_a_byte_or_two_hold_come_back(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    rows = [make_row(claimant=f"Speaker {i}", topic=f"t-{i % 300}") for i in range(700)]
    found = packed(load_rows(rows))
    assert words(found, "claimant") == [row["claimant"] for row in rows]
    assert found.header["columns"]["claimant"]["bytes"] == 2
    topics = sorted({row["topic"] for row in rows})
    assert [topics[code] for code in found.arrays["topic"]] == [row["topic"] for row in rows]


def test_a_speaker_who_changes_sides_and_bodies_is_no_fault(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    rows = [make_row(place=("Bakhmut", "Soledar")[i % 9 == 0]) for i in range(64)]
    rows[5] |= {"side": "russia", "favours": "russia", "organisation": "Wagner", "kind": "strike"}
    record = load_rows(rows)
    found = packed(record)
    for name in ("side", "kind", "organisation", "claimant", "place"):
        assert words(found, name) == record.claims[name].tolist()
    assert found.header["columns"]["side"]["by"] == "claimant"
    assert found.header["columns"]["side"]["others"] == 1


def test_days_of_events_come_back_also_where_they_lie_ahead_or_far_back(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    stated = [("2023-05-20", "2023-05-30"), ("2022-01-01", "2023-05-12"), ("", "2023-05-01")]
    record = load_rows([make_row(event_start=first, event_end=last) for first, last in stated])
    found = packed(record)
    for name, column in (("first", "event_first_day"), ("last", "event_last_day")):
        back = (found.arrays[name] + found.header["first_day"]).tolist()
        assert back == record.claims[column].tolist()


def test_the_same_record_makes_the_same_bytes(load_rows: LoadRows, make_row: MakeRow) -> None:
    record = load_rows([make_row(), make_row(side="russia")])
    shapes, _ = stated_shapes(record)
    first = pack(record, shapes, Positions(record.claims), [])
    assert first == pack(record, shapes, Positions(record.claims), [])


def test_a_record_of_no_claims_makes_a_file_of_no_claims(load_rows: LoadRows) -> None:
    found = packed(load_rows([]))
    assert found.header["n"] == 0
    assert {len(array) for array in found.arrays.values()} == {0}
    assert first_day(load_rows([]).claims) == 0


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["b", "B", "a", "ґ", "Ґ", "Є", "z", "Z", "", "É"]), min_size=1))
def test_codes_stand_for_their_texts_in_the_order_of_code_points(texts: list[str]) -> None:
    numbers, words = codes(pd.Series(texts, dtype="str"))
    assert [words[number] for number in numbers] == texts
    assert words == sorted(set(texts))
    assert numbers.dtype == np.uint8


def test_more_than_256_texts_take_two_bytes() -> None:
    numbers, words = codes(pd.Series([str(n) for n in range(257)], dtype="str"))
    assert numbers.dtype == np.uint16
    assert len(words) == 257


def test_a_day_not_stated_is_65535_and_the_first_day_is_0() -> None:
    counted = days(pd.Series([19_000, 19_001, None], dtype="Int32"), 19_000)
    assert counted.tolist() == [0, 1, 65_535]
