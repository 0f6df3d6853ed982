"""One edition for all viewers, read anew when its file changes."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claims.errors import UnreadableFileError
from components import record_path, shared
from tests.components.viewer import MAY_12
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartography.edition import Edition

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a copy of the record that all pages are told to show."""
    path = tmp_path / "mine.csv"
    shutil.copy(report_path(), path)
    monkeypatch.setenv("CLAIMS", str(path))
    # A file written to this very moment counts as written in full.
    monkeypatch.setattr("components.loading.SETTLE_S", 0)
    yield path
    monkeypatch.delenv("CLAIMS")
    shared.edition()


def test_the_project_s_own_record_is_shown_unless_the_environment_names_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CLAIMS", raising=False)
    assert record_path.claims_path() == DATA / "events.csv"
    monkeypatch.setenv("CLAIMS", "other.parquet")
    assert record_path.claims_path() == Path("other.parquet")
    monkeypatch.setenv("CLAIMS", "")
    assert record_path.claims_path() == DATA / "events.csv"


def test_all_viewers_share_one_edition_until_the_file_changes(own_file: Path) -> None:
    first = shared.edition()
    assert shared.edition() is first
    lines = own_file.read_bytes().splitlines(keepends=True)
    own_file.write_bytes(b"".join(lines[:2]))
    second = next_edition(first)
    assert (len(first.claims), len(second.claims)) == (26, 1)


def next_edition(now: Edition) -> Edition:
    """Ask, as the runs of pages do, until another edition is shown."""
    deadline = time.monotonic() + 10
    while (found := shared.edition()) is now:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return found


def test_opening_days_that_change_are_read_anew(own_file: Path) -> None:
    first = shared.edition()
    assert first.opening is None
    beside = own_file.with_suffix(".toml")
    beside.write_text("[opening]\nfrom = 2023-05-12\nto = 2023-05-12\n", encoding="utf-8")
    second = next_edition(first)
    assert second.opening == (MAY_12, MAY_12)
    beside.unlink()
    assert next_edition(second).opening is None


def test_a_file_that_is_not_there_is_an_error_of_our_own(own_file: Path) -> None:
    own_file.unlink()
    with pytest.raises(UnreadableFileError, match=r"mine\.csv"):
        shared.edition()


def test_a_file_that_comes_back_is_read_again(own_file: Path) -> None:
    data = own_file.read_bytes()
    own_file.unlink()
    with pytest.raises(UnreadableFileError):
        shared.edition()
    own_file.write_bytes(data)
    assert len(shared.edition().claims) == 26
