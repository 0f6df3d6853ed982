"""The worker keeps one record, and lets go of all that followed from the one before."""

from __future__ import annotations

import gc
import hashlib
import weakref
from io import BytesIO
from typing import TYPE_CHECKING

from claims.load import load_record
from claims.scenes import Briefing, Scene
from claims.selection import Selection
from exports import worker
from exports.order import Order
from tests.exports.briefings import GEO
from tests.report import report_path

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from claims.load import Record


def order(claims_path: Path) -> Order:
    return Order(
        kind="html",
        briefing=Briefing("A view", "", (Scene("All", "", Selection()),)),
        claims_path=claims_path,
        geo=GEO,
        digest=hashlib.sha256(claims_path.read_bytes()).hexdigest(),
        page="",
        stem="view",
    )


def test_of_a_record_that_is_replaced_nothing_is_kept_while_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "events.csv"
    other.write_bytes(report_path().read_bytes() + b"\r\n")
    seen: list[list[bool]] = []

    def loaded(path: Path, **how: object) -> Record:
        gc.collect()
        seen.append([claims() is None for claims in kept])
        record: Record = load_record(path, **how)  # type: ignore[arg-type]  # passed through
        kept.append(weakref.ref(record.claims))
        return record

    kept: list[weakref.ref[object]] = []
    monkeypatch.setattr(worker, "load_record", loaded)
    answers = BytesIO()
    writing = worker.Worker(answers)
    for path in (report_path(), other):
        writing.do(order(path))
        assert answers.getvalue().endswith(b'[".html", "text/html"]'), path
    assert seen == [[], [True]]
