"""What is handed out is what the record says: no cell runs, no geometry is made up."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Polygon, shape

from claims.exports import csv_text, geojson_text
from claims.load import load_record
from claims.model import COLUMN_NAMES, NUMERIC
from claims.shapes import stated_shapes
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.load import Record

    MakeRow = Callable[..., dict[str, str]]
    LoadRows = Callable[..., Record]

DATA = Path(__file__).parents[2] / "data"
WGS84 = Geod(ellps="WGS84")
MALIAR = "ua-mod-maliar-advance-2km-2023-05-12"
FRONT = "ru-mod-26-attacks-repelled-soledar-2023-05-12"


@pytest.fixture(scope="module")
def real() -> Record:
    return load_record(report_path(), geo=DATA / "geo")


def all_of(record: Record) -> np.ndarray:
    return np.ones(len(record.claims), dtype=bool)


def cells(record: Record) -> list[dict[str, str]]:
    text = csv_text(record.claims, all_of(record))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def with_statement(record: Record, statement: str) -> Record:
    return changed(record, statement=statement)


def changed(record: Record, **columns: str) -> Record:
    claims = record.claims.assign(**columns)
    return type(record)(
        claims,
        record.problems,
        record.rows_read,
        record.digest,
        record.name,
        record.sectors,
        record.aliases,
    )


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_a_cell_that_would_run_as_a_formula_starts_with_an_apostrophe(
    load_rows: LoadRows, make_row: MakeRow, start: str
) -> None:
    record = with_statement(load_rows([make_row()]), f"{start}HYPERLINK(1)")
    (row,) = cells(record)
    assert row["statement"] == f"'{start}HYPERLINK(1)"


@settings(max_examples=25)
@given(st.text(st.sampled_from("=+-@\t\r\n\0aБ \"',;"), max_size=6))
def test_no_text_cell_ever_starts_as_a_formula(real: Record, text: str) -> None:
    claims = real.claims.iloc[:1].assign(statement=text, place=text, note=text)
    written = csv_text(claims, np.array([True]))
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    for name in ("statement", "place", "note"):
        assert row[name] in (text, f"'{text}")
        assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))


def test_numbers_stay_numbers_even_below_nought(load_rows: LoadRows, make_row: MakeRow) -> None:
    record = load_rows([make_row(latitude="-48.5956", longitude="-38.0005", attacks="26")])
    (row,) = cells(record)
    assert (row["latitude"], row["longitude"], row["attacks"]) == ("-48.5956", "-38.0005", "26")
    assert all(not row[name].startswith("'") for name in NUMERIC)


def test_the_csv_has_every_column_and_only_the_kept_rows(real: Record) -> None:
    keep = (real.claims["claim_id"] == MALIAR).to_numpy(dtype=bool)
    rows = list(csv.reader(io.StringIO(csv_text(real.claims, keep), newline="")))
    assert rows[0] == list(COLUMN_NAMES)
    assert [row[0] for row in rows[1:]] == [MALIAR]


def test_the_csv_ends_its_lines_as_rfc_4180_says(real: Record) -> None:
    text = csv_text(real.claims, np.zeros(len(real.claims), dtype=bool))
    assert text == ",".join(COLUMN_NAMES) + "\r\n"


def test_the_exported_csv_loads_as_the_same_claims(real: Record, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(csv_text(real.claims, all_of(real)), encoding="utf-8", newline="")
    back = load_record(path, geo=DATA / "geo")
    assert back.problems == ()
    assert back.claims.equals(real.claims)


@pytest.mark.parametrize("text", ["Ґанок, \"лапки\"; 'кома'", "a\nb", "  two  spaces", "=1+1"])
def test_text_survives_the_round_trip_and_a_formula_keeps_its_words(
    load_rows: LoadRows, make_row: MakeRow, write: Callable[[str], Record], text: str
) -> None:
    record = with_statement(load_rows([make_row()]), text)
    back = write(csv_text(record.claims, all_of(record)))
    assert back.claims["statement"][0].removeprefix("'").split() == text.split()


@pytest.fixture
def write(tmp_path: Path, geo: Path) -> Callable[[str], Record]:
    def load(text: str) -> Record:
        path = tmp_path / "again.csv"
        path.write_text(text, encoding="utf-8", newline="")
        return load_record(path, geo=geo)

    return load


@pytest.fixture(scope="module")
def features(real: Record) -> dict[str, dict[str, Any]]:
    shapes, _ = stated_shapes(real)
    text = geojson_text(real.claims, all_of(real), shapes, digest=real.digest)
    collection = json.loads(text)
    assert collection["type"] == "FeatureCollection"
    assert collection["digest"] == real.digest
    return {feature["id"]: feature for feature in collection["features"]}


def test_every_kept_claim_is_one_feature_with_all_its_columns(
    real: Record, features: dict[str, dict[str, Any]]
) -> None:
    assert list(features) == real.claims["claim_id"].tolist()
    assert {tuple(feature["properties"]) for feature in features.values()} == {COLUMN_NAMES}
    assert {feature["type"] for feature in features.values()} == {"Feature"}


def test_the_geojson_holds_the_front_at_its_true_length(
    features: dict[str, dict[str, Any]],
) -> None:
    line = shape(features[FRONT]["geometry"])
    assert line.geom_type == "LineString"
    assert WGS84.geometry_length(line) == pytest.approx(95_000, rel=0.005)


def test_the_geojson_holds_the_ring_at_its_true_radius(features: dict[str, dict[str, Any]]) -> None:
    ring = shape(features[MALIAR]["geometry"])
    assert isinstance(ring, Polygon)
    away_m = [WGS84.inv(38.0005, 48.5956, lon, lat)[2] for lon, lat in ring.exterior.coords]
    assert away_m == pytest.approx([2000] * len(away_m), abs=0.01)


def test_outer_rings_run_counterclockwise_as_rfc_7946_says(
    features: dict[str, dict[str, Any]],
) -> None:
    ring = shape(features[MALIAR]["geometry"])
    assert isinstance(ring, Polygon)
    assert ring.exterior.is_ccw


def test_a_doubt_about_the_place_is_a_number_in_the_file_and_not_a_geometry(
    features: dict[str, dict[str, Any]],
) -> None:
    claim = features["ru-mod-denies-advance-2023-05-11"]
    assert claim["geometry"] == {"type": "Point", "coordinates": [38.0005, 48.5956]}
    assert claim["properties"]["location_uncertainty_m"] == 4000


def test_a_claim_not_placed_has_a_null_geometry(
    real: Record, features: dict[str, dict[str, Any]]
) -> None:
    without = [name for name, feature in features.items() if feature["geometry"] is None]
    listed = real.claims["location_precision"].isin(["region", "unplaced"])
    assert without == real.claims.loc[listed, "claim_id"].tolist()
    assert len(without) == 10


def test_a_region_with_a_position_has_a_null_geometry_all_the_same(real: Record) -> None:
    record = changed(real, location_precision="region")
    shapes, _ = stated_shapes(record)
    text = geojson_text(record.claims, all_of(record), shapes, digest="")
    assert {feature["geometry"] is None for feature in json.loads(text)["features"]} == {True}


def test_blank_cells_are_null_and_numbers_are_numbers(
    features: dict[str, dict[str, Any]],
) -> None:
    properties = features[FRONT]["properties"]
    assert (properties["front_km"], properties["attacks"]) == (95, 26)
    assert isinstance(properties["attacks"], int)
    assert properties["losses"] is None
    assert properties["bearing_deg"] is None
    assert features["ua-president-zelensky-more-time-2023-05-11"]["properties"]["place"] is None


def test_only_kept_claims_are_handed_out_with_their_own_geometry(real: Record) -> None:
    shapes, _ = stated_shapes(real)
    keep = (real.claims["claim_id"] == FRONT).to_numpy(dtype=bool)
    (feature,) = json.loads(geojson_text(real.claims, keep, shapes, digest=""))["features"]
    assert feature["id"] == FRONT
    assert feature["geometry"]["type"] == "LineString"
