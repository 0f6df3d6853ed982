"""The process beside the server: it does as it is told, can be stopped, and leaves nothing."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import subprocess
import sys
import tempfile
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from claims.errors import UnreadableFileError, UnwritableFileError
from claims.scenes import Briefing, Scene
from claims.selection import Selection
from components.hand_out_desk import COMMAND, BusyError, Desk, Ticket
from components.record_path import ROOT
from exports.order import CONTENT, DONE, HEAD, PROGRESS, Order, send_order
from exports.worker import POLITE
from tests.exports.briefings import GEO, LINK
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

DIGEST = "0" * 64
DEAF = (sys.executable, "-c", "import sys; sys.stdin.buffer.read()")
"""Hears everything and answers nothing."""
DYING = (sys.executable, "-c", "import sys; sys.stdin.buffer.read(1)")
SPEAKING = (
    *(sys.executable, "-c"),
    (
        "import json, struct, sys, time\n"
        "def say(letter, body):\n"
        "    sys.stdout.buffer.write(struct.pack('!cQ', letter, len(body)) + body)\n"
        "    sys.stdout.buffer.flush()\n"
        "sys.stdin.buffer.read(1)\n"
        "say(b'P', b'[\"drawing\", 2, 8]')\n"
        "say(b'C', b'x' * 5_000_000)\n"
        "time.sleep(60)\n"
    ),
)
"""Tells progress, gives the beginning of a file, and then nothing more."""


def order(kind: str = "csv", **other: Any) -> Order:
    whole = {
        "kind": kind,
        "briefing": Briefing("A view", "", (Scene("", "", Selection()),)),
        "claims_path": report_path(),
        "geo": GEO,
        "digest": DIGEST,
        "page": LINK,
        "stem": "view",
    }
    return Order(**{**whole, **other})


def running(test: Callable[[Desk], Coroutine[Any, Any, None]], desk: Desk) -> None:
    async def whole() -> None:
        try:
            await test(desk)
        finally:
            await desk.close()

    asyncio.run(whole())


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def pid_of(desk: Desk) -> int:
    process = desk._process  # noqa: SLF001  (what only the desk knows)
    assert process is not None
    return process.pid


async def under_way(desk: Desk, ticket: Ticket) -> asyncio.Task[Any]:
    writing = asyncio.create_task(desk.write(order(), ticket))
    while not ticket.step:  # noqa: ASYNC110  (told by another process)
        await asyncio.sleep(0.01)
    return writing


def test_who_waits_can_see_how_far_it_is_and_how_many_come_before() -> None:
    async def test(desk: Desk) -> None:
        first, second = Ticket(), Ticket()
        writing = await under_way(desk, first)
        waiting = asyncio.create_task(desk.write(order(), second))
        await asyncio.sleep(0)
        assert (first.step, first.done, first.total) == ("drawing", 2, 8)
        assert (desk.ahead(first), desk.ahead(second)) == (0, 1)
        waiting.cancel()
        writing.cancel()
        await asyncio.gather(waiting, writing, return_exceptions=True)

    running(test, Desk(SPEAKING))


def test_more_than_there_is_room_for_are_asked_to_come_again() -> None:
    async def test(desk: Desk) -> None:
        writing = await under_way(desk, Ticket())
        with pytest.raises(BusyError):
            await desk.write(order(), Ticket())
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)

    running(test, Desk(SPEAKING, most=1))


def test_a_cancelled_file_ends_the_process_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("components.hand_out_desk.IN_MEMORY_BYTES", 1000)

    async def test(desk: Desk) -> None:
        writing = await under_way(desk, Ticket())
        pid = pid_of(desk)
        await asyncio.sleep(0.2)  # by now a part of the file has come
        assert not any(os.scandir(tmp_path))
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        await desk.close()
        assert not is_alive(pid)
        assert not any(os.scandir(tmp_path))

    running(test, Desk(SPEAKING))


def test_work_without_end_is_broken_off_in_words() -> None:
    async def test(desk: Desk) -> None:
        with pytest.raises(UnwritableFileError, match=r"more than 0\.3 seconds") as told:
            await desk.write(order(), Ticket())
        assert "Ask again" in str(told.value)

    running(test, Desk(DEAF, time_limit_s=0.3))


def test_a_process_that_dies_is_told_in_words_and_the_next_file_has_a_new_one() -> None:
    async def test(desk: Desk) -> None:
        with pytest.raises(UnwritableFileError, match="an end before it was whole"):
            await desk.write(order(), Ticket())
        desk.command = COMMAND
        with pytest.raises(UnwritableFileError, match="has changed since"):
            await desk.write(order(), Ticket())

    running(test, Desk(DYING))


def test_what_is_left_of_a_file_that_found_no_room_is_not_the_next_one_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full(BytesIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    digest = hashlib.sha256(report_path().read_bytes()).hexdigest()

    async def test(desk: Desk) -> None:
        with monkeypatch.context() as full:
            full.setattr("components.hand_out_desk.SpooledTemporaryFile", lambda **_: Full())
            with pytest.raises(UnwritableFileError, match="No space left on device"):
                await desk.write(order("geojson", digest=digest), Ticket())
        written = await desk.write(order("kml", digest=digest), Ticket())
        with written.content:
            assert written.ending == ".kml"
            assert written.content.read().startswith(b"<?xml")

    running(test, Desk())


def test_a_file_that_has_changed_is_not_taken_for_the_one_on_the_page() -> None:
    async def test(desk: Desk) -> None:
        with pytest.raises(UnwritableFileError, match=f"digest {DIGEST[:12]}"):
            await desk.write(order(), Ticket())

    running(test, Desk())


def test_a_claims_file_that_is_gone_is_told_as_it_is(tmp_path: Path) -> None:
    async def test(desk: Desk) -> None:
        with pytest.raises(UnreadableFileError, match=r"gone\.csv"):
            await desk.write(order(claims_path=tmp_path / "gone.csv"), Ticket())

    running(test, Desk())


def test_one_process_writes_one_file_after_another_politely_and_rests() -> None:
    async def test(desk: Desk) -> None:
        await desk.get_ready(order("", briefing=Briefing("", "", ())))
        pid = pid_of(desk)
        assert os.getpriority(os.PRIO_PROCESS, pid) == os.getpriority(os.PRIO_PROCESS, 0) + POLITE
        with pytest.raises(UnwritableFileError):
            await desk.write(order(), Ticket())
        assert pid_of(desk) == pid
        while is_alive(pid):  # noqa: ASYNC110  (a process ends when it does)
            await asyncio.sleep(0.05)

    running(test, Desk(idle_s=0.5))


def test_the_process_writes_until_nobody_asks_any_more() -> None:
    digest = hashlib.sha256(report_path().read_bytes()).hexdigest()
    whole, cut = send_order(order(digest=digest)), send_order(order())[:100]
    given = subprocess.run(  # noqa: S603  (our own)
        COMMAND, cwd=ROOT, input=whole + cut, capture_output=True, check=True
    )
    assert given.stderr == b""
    frames, rest = [], given.stdout
    while rest:
        letter, length = HEAD.unpack(rest[: HEAD.size])
        frames.append((letter, rest[HEAD.size : HEAD.size + length]))
        rest = rest[HEAD.size + length :]
    assert {letter for letter, _ in frames} == {PROGRESS, CONTENT, DONE}
    assert frames[-1] == (DONE, b'[".csv.zip", "application/zip"]')
    packed = ZipFile(BytesIO(b"".join(body for letter, body in frames if letter == CONTENT)))
    assert packed.namelist() == ["view.csv", "view.csv-metadata.json"]
