"""The server, started once for a file of tests."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from components import shared
from tests.asgi import Client
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    patch = pytest.MonkeyPatch()
    patch.setenv("CLAIMS", str(report_path()))
    patch.setattr("streamlit.runtime.Runtime._instance", None)
    patch.setattr("streamlit.config._main_script_path", None)
    # A server that has stopped does not start again: each file has one of its own.
    patch.delitem(sys.modules, "app", raising=False)
    from app import app  # noqa: PLC0415  (it takes note of the process when it is imported)

    with Client(app) as started:
        yield started
    patch.undo()


@pytest.fixture
def no_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Name a file that is not there."""
    path = tmp_path / "missing.csv"
    monkeypatch.setenv("CLAIMS", str(path))
    # A file written to this very moment counts as written in full.
    monkeypatch.setattr("components.loading.SETTLE_S", 0)
    yield path
    monkeypatch.undo()
    shared.edition()
