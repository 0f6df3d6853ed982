"""Editions for tests: that of the first report, and small ones made of a few changed rows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cartography.edition import Edition, open_edition
from claims.model import COLUMN_NAMES
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable

    OpenRows = Callable[..., Edition]

DATA = Path(__file__).parents[2] / "data"
PLAIN = {
    "topic": "advance",
    "proposition": "Ukrainian forces advanced.",
    "stance": "asserts",
    "statement": "Hanna Maliar says Ukrainian troops advanced.",
    "claimant": "Hanna Maliar",
    "organisation": "Ministry of Defence of Ukraine",
    "side": "ukraine",
    "kind": "advance",
    "favours": "ukraine",
    "said_on": "2023-05-12",
    "place": "Bakhmut",
    "latitude": "48.5956",
    "longitude": "38.0005",
    "location_precision": "settlement",
    "geometry_basis": "gazetteer",
    "outlet": "AFP, EFE",
}
"""A claim that states nothing but its place."""


@pytest.fixture(scope="session")
def real() -> Edition:
    """Give the edition of the first report's claims."""
    return open_edition(report_path(), geo=DATA / "geo")


@pytest.fixture
def open_rows(tmp_path: Path) -> OpenRows:
    """Give a maker of editions: one keyword table of changes for each row."""

    def opened(*changes: dict[str, str]) -> Edition:
        path = tmp_path / "events.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMN_NAMES, restval="")
            writer.writeheader()
            for number, change in enumerate(changes):
                writer.writerow({**PLAIN, "claim_id": f"claim-{number}", **change})
        edition = open_edition(path, geo=DATA / "geo")
        assert len(edition.claims) == len(changes), edition.record.problems
        return edition

    return opened
