"""Small claims files for tests: one good row, changed where the test says."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from claims.model import COLUMN_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from claims.load import Record

    Row = dict[str, str]
    MakeRow = Callable[..., Row]
    WriteCsv = Callable[..., Path]
    LoadRows = Callable[..., Record]

MALIAR = {
    "claim_id": "maliar-advance-2km",
    "topic": "ukrainian-advance-near-bakhmut",
    "proposition": "Ukrainian forces advanced near Bakhmut, 8-12 May 2023.",
    "stance": "asserts",
    "statement": "Hanna Maliar says Ukrainian troops advanced two kilometres near Bakhmut.",
    "quote": "we have not lost a single position in Bakhmut",
    "claimant": "Hanna Maliar",
    "role": "Deputy Minister of Defence of Ukraine",
    "organisation": "Ministry of Defence of Ukraine",
    "side": "ukraine",
    "kind": "advance",
    "actor": "ukraine",
    "favours": "ukraine",
    "advance_km": "2",
    "bound": "exact",
    "said_on": "2023-05-12",
    "event_start": "2023-05-08",
    "event_end": "2023-05-12",
    "time_precision": "week",
    "place": "Bakhmut",
    "latitude": "48.5956",
    "longitude": "38.0005",
    "location_precision": "settlement",
    "location_uncertainty_m": "4000",
    "geometry_basis": "gazetteer",
    "outlet": "AFP, EFE",
    "source_url": "https://example.org/news/1",
    "source_reliability": "F",
    "information_credibility": "6",
}
"""Hanna Maliar's claim of 12 May 2023, a row without any fault."""

SECTOR = {
    "type": "Feature",
    "properties": {"id": "soledar-sector", "name": "Soledar sector"},
    "geometry": {"type": "LineString", "coordinates": [[38.1, 48.5], [38.0, 49.0]]},
}
BAKHMUT = {
    "type": "Feature",
    "properties": {"name": "Bakhmut", "other_names": ["Artyomovsk", "Бахмут"]},
    "geometry": {"type": "Point", "coordinates": [38.0005, 48.5956]},
}


def as_csv(rows: Sequence[dict[str, str]], columns: Sequence[str], delimiter: str = ",") -> str:
    """Write rows as CSV text; a column a row lacks is blank."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture
def make_row() -> MakeRow:
    """Give a maker of good rows, each with a claim_id of its own, changed by keywords."""
    made = 0

    def make(**changes: str) -> Row:
        nonlocal made
        made += 1
        row = {**dict.fromkeys(COLUMN_NAMES, ""), **MALIAR}
        return {**row, "claim_id": f"maliar-advance-2km-{made}", **changes}

    return make


@pytest.fixture
def make_table() -> Callable[[Sequence[dict[str, str]]], pd.DataFrame]:
    """Give a maker of text tables, as the rules are asked of."""

    def make(rows: Sequence[dict[str, str]]) -> pd.DataFrame:
        return pd.DataFrame(list(rows), columns=list(COLUMN_NAMES), dtype=object)

    return make


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteCsv:
    """Give a writer of CSV files into the test's own folder."""

    def write(
        rows: Sequence[dict[str, str]],
        *,
        columns: Sequence[str] = COLUMN_NAMES,
        delimiter: str = ",",
        encoding: str = "utf-8",
        name: str = "events.csv",
    ) -> Path:
        path = tmp_path / name
        text = as_csv(rows, columns, delimiter)
        path.write_bytes(text.encode(encoding, "surrogatepass"))
        return path

    return write


@pytest.fixture
def geo(tmp_path: Path) -> Path:
    """Give a folder with one sector and one place."""
    folder = tmp_path / "geo"
    folder.mkdir()
    for name, feature in (("sectors", SECTOR), ("places", BAKHMUT)):
        collection = {"type": "FeatureCollection", "features": [feature]}
        (folder / f"{name}.geojson").write_text(json.dumps(collection), encoding="utf-8")
    return folder


@pytest.fixture
def load_rows(write_csv: WriteCsv, geo: Path) -> LoadRows:
    """Give a function that writes rows to a file and loads it."""
    from claims.load import load_record  # noqa: PLC0415  (heavy; not all tests load)

    def load(rows: Sequence[dict[str, str]], **how: str) -> Record:
        return load_record(write_csv(rows, **how), geo=geo)

    return load


@pytest.fixture
def good(write_csv: WriteCsv, make_row: MakeRow) -> bytes:
    """Write a file of two good rows."""
    return write_csv([make_row(), make_row()], name="good.csv").read_bytes()
