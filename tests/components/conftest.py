"""The report's record, and viewers who open it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cartography.edition import Edition, open_edition
from tests.components.viewer import MAY_12, browsers_of
from tests.report import report_path

if TYPE_CHECKING:
    from tests.components.viewer import Arrive

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def record() -> Edition:
    return open_edition(report_path(), geo=DATA / "geo")


@pytest.fixture
def arrive(record: Edition, monkeypatch: pytest.MonkeyPatch) -> Arrive:
    """Give a maker of browsers that have just opened the page at an address."""
    return browsers_of(record, monkeypatch)


@pytest.fixture
def arrive_on_opening_day(record: Edition, monkeypatch: pytest.MonkeyPatch) -> Arrive:
    """Give the same of a record that opens on 12 May."""
    return browsers_of(replace(record, opening=(MAY_12, MAY_12)), monkeypatch)
