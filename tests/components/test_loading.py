"""One reading for all, an edition whole or not at all, and what goes wrong kept for who asks."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cartography.edition import Edition, open_edition
from claims.errors import UnreadableFileError
from claims.progress import STEPS
from components import loading, loading_page
from components.loading import WAITING, Progress, Shelf, StillLoadingError
from components.messages import message_for
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GEO = Path(__file__).parents[2] / "data" / "geo"


class Gate:
    """Stands in for `open_edition`: counts who comes, and lets nobody through until it is open."""

    def __init__(self) -> None:
        self.came = 0
        self.is_open = threading.Event()
        self.fails: Exception | None = None

    def __call__(self, path: Path, *, geo: Path, progress: Callable[[str, int, int], None]) -> Any:
        """Open an edition once the gate is open."""
        self.came += 1
        progress("checking", 3, 9)
        assert self.is_open.wait(20)
        if self.fails:
            raise self.fails
        return open_edition(path, geo=geo)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    stands = Gate()
    monkeypatch.setattr(loading, "open_edition", stands)
    yield stands
    stands.is_open.set()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a copy of the report that was written long ago."""
    copy = tmp_path / "mine.csv"
    shutil.copy(report_path(), copy)
    os.utime(copy, (1, 1))
    return copy


def shelf_of(path: Path, changed: Callable[[], None] = lambda: None) -> Shelf:
    return Shelf(path, geo=GEO, changed=changed)


def replace(path: Path, *, rows: int, age: float = 2) -> None:
    """Put another file in the place of the record, written `age` seconds of 1970 ago."""
    lines = report_path().read_bytes().splitlines(keepends=True)
    beside = path.with_suffix(".new")
    beside.write_bytes(b"".join(lines[: rows + 1]))
    os.utime(beside, (age, age))
    beside.replace(path)


def until(found: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def shows(shelf: Shelf, count: int) -> bool:
    return len(shelf.edition(0).claims) == count


def test_all_who_ask_at_once_share_one_reading(path: Path, gate: Gate) -> None:
    shelf, found = shelf_of(path), list[Edition]()
    asking = [threading.Thread(target=lambda: found.append(shelf.edition(None))) for _ in range(8)]
    for one in asking:
        one.start()
    until(lambda: gate.came)
    gate.is_open.set()
    for one in asking:
        one.join()
    assert gate.came == 1
    assert len(found) == 8
    assert len(set(map(id, found))) == 1


def test_who_will_not_wait_hears_how_far_the_reading_is(path: Path, gate: Gate) -> None:
    shelf = shelf_of(path)
    with pytest.raises(StillLoadingError) as told:
        shelf.edition(0)
    assert told.value.progress == Progress("checking", 3, 9)
    assert shelf.first_reading() == Progress("checking", 3, 9)
    gate.is_open.set()
    assert len(shelf.edition(None).claims) == 26
    assert shelf.first_reading() is None


def test_a_small_file_needs_no_second_question(path: Path) -> None:
    assert len(shelf_of(path).edition(5).claims) == 26


def test_while_a_changed_file_is_read_the_old_one_is_shown(path: Path, gate: Gate) -> None:
    gate.is_open.set()
    changes = []
    shelf = shelf_of(path, lambda: changes.append(1))
    old = shelf.edition(None)
    gate.is_open.clear()
    replace(path, rows=3)
    assert shelf.edition(None) is old
    assert shelf.reading() == Progress("checking", 3, 9)
    assert shelf.first_reading() is None
    assert changes == [1]
    gate.is_open.set()
    until(lambda: shows(shelf, 3))
    assert gate.came == 2
    assert changes == [1, 1]
    assert shelf.reading() is None


def test_the_edition_before_is_kept_under_its_own_name_if_it_is_small(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = shelf_of(path)
    first = shelf.edition(None)
    name = first.record.digest
    replace(path, rows=3)
    until(lambda: shows(shelf, 3))
    kept = shelf.named(name)
    assert kept is not None
    assert kept.edition is first
    assert shelf.named("0" * 64) is None
    monkeypatch.setattr(loading, "KEPT_CLAIMS", 2)
    second = shelf.edition(None).record.digest
    replace(path, rows=5, age=3)
    until(lambda: shows(shelf, 5))
    assert shelf.named(name) is None
    assert shelf.named(second) is None


def test_a_file_that_was_merely_touched_is_the_same_edition(path: Path, gate: Gate) -> None:
    gate.is_open.set()
    changes = []
    shelf = shelf_of(path, lambda: changes.append(1))
    first = shelf.edition(None)
    os.utime(path, (5, 5))
    shelf.edition(None)
    until(lambda: shelf.reading() is None)
    assert gate.came == 2
    assert shelf.edition(None) is first
    assert changes == [1]


def test_a_changed_file_that_cannot_be_read_is_told_and_read_once(path: Path) -> None:
    shelf = shelf_of(path)
    old = shelf.edition(None)
    path.write_text("day,place\n2023-05-12,Bakhmut\n", encoding="utf-8")
    os.utime(path, (3, 3))
    shelf.edition(None)
    until(shelf.failure)
    assert "mine.csv" in message_for(shelf.failure() or ValueError())
    assert shelf.edition(None) is old
    assert shelf.reading() is None
    replace(path, rows=2, age=4)
    until(lambda: shows(shelf, 2))
    assert shelf.failure() is None


def test_a_file_taken_away_leaves_the_map_as_it_was(path: Path) -> None:
    shelf = shelf_of(path)
    old = shelf.edition(None)
    path.unlink()
    until(lambda: shelf.edition(0) is old and shelf.failure())
    assert "no such file" in str(shelf.failure())


def test_a_file_between_its_removal_and_its_next_writing_is_waited_for(path: Path) -> None:
    shelf = shelf_of(path)
    shelf.edition(None)
    path.unlink()
    shelf.edition(0)
    replace(path, rows=4)
    until(lambda: shows(shelf, 4))
    assert shelf.failure() is None


def test_half_a_file_is_never_taken(
    path: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "SETTLE_S", 1.5)  # a busy machine writes slowly
    gate.is_open.set()
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    shelf = shelf_of(path)
    path.write_bytes(b"")
    with path.open("ab") as file:
        for line in lines:
            file.write(line)
            file.flush()
            with pytest.raises(StillLoadingError) as told:
                shelf.edition(0)
            assert told.value.progress.step == WAITING
            assert gate.came == 0
    assert hashlib.sha256(whole).hexdigest() == shelf.edition(None).record.digest


def test_a_file_written_to_while_it_is_read_is_read_again(path: Path, gate: Gate) -> None:
    shelf = shelf_of(path)
    with pytest.raises(StillLoadingError):
        shelf.edition(0)
    replace(path, rows=3)
    gate.is_open.set()
    assert len(shelf.edition(None).claims) == 3
    assert gate.came == 2


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (KeyError("/some/secret"), "does not know how to read (KeyError)"),
        (MemoryError(), "more than this machine's memory holds"),
        (UnreadableFileError("mine.csv", "a picture", "a table", "Choose one."), "a picture"),
        (OSError(5, "Input/output error", "/some/secret"), "on the server"),
    ],
)
def test_whatever_goes_wrong_is_kept_for_who_asks_and_not_tried_again(
    path: Path,
    gate: Gate,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    words: str,
) -> None:
    caplog.set_level(logging.CRITICAL)
    gate.fails = fault
    gate.is_open.set()
    shelf = shelf_of(path)
    for _ in range(3):
        with pytest.raises((UnreadableFileError, OSError)) as told:
            shelf.edition(None)
        assert words in message_for(told.value)
        assert "secret" not in message_for(told.value)
    assert gate.came == 1


def test_the_page_that_stands_in_tells_every_step_and_marks_the_one_that_is_done_now() -> None:
    assert list(loading_page.STEPS) == [WAITING, *STEPS]
    assert sum(step.share for step in loading_page.STEPS.values()) == 100
    page = loading_page.loading_page(Path("/some/secret/<b>.csv"), Progress("typing", 3, 9))
    assert page.count("<li ") == len(loading_page.STEPS)
    (now,) = [one for one in page.split("<li ") if "aria-current" in one]
    assert 'data-step="typing"' in now
    assert 'data-done="3" data-total="9"' in now
    assert "&lt;b&gt;.csv" in page
    assert "secret" not in page
    assert "$" not in page


def test_the_page_that_stands_in_says_so_while_the_file_is_still_being_written() -> None:
    waits = loading_page.loading_page(Path("x.csv"), Progress(WAITING, 0, 0))
    reads = loading_page.loading_page(Path("x.csv"), Progress("reading", 0, 0))
    assert " hidden>Waiting" not in waits
    assert " hidden>Waiting" in reads
