"""The process beside the server that writes files: `python -m exports.worker`.

It hears orders on its input and answers on its output, one after the other; where its input ends,
so does it. The files never touch a disk here.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from claims.caches import forget
from claims.errors import ClaimsError, UnwritableFileError
from claims.export_command import Job
from claims.handout import hand_out
from claims.load import load_record
from claims.memory import give_back
from exports.forms import FORMS, ZIP_ENDING, ZIP_TYPE, writers
from exports.order import CONTENT, DONE, PROGRESS, REFUSED, read_order, told_error, write_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from _typeshed import ReadableBuffer

    from claims.load import Record
    from exports.order import Order

POLITE: Final = 10
"""Added to the process's niceness: whoever looks at the map goes first."""
FIRST_TO_GO: Final = "800"
"""Where memory runs out the system is to end this process and not the server."""
FRAME_BYTES: Final = 256 * 1024
TELL_EVERY_S: Final = 0.1


class Worker:
    """Writes what is ordered, and keeps the record it has read last.

    Parameters
    ----------
    answers : binary file
    """

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._record: Record | None = None
        self._told_s = 0.0
        self._step = ""

    def do(self, order: Order) -> None:
        """Write a file, or say in words why there is none."""
        try:
            record = self._read(order)
            if order.kind:
                ending, media_type = self._write(order, record)
            else:
                ending, media_type = "", ""
                _get_ready()
        except ClaimsError as error:
            write_frame(self._answers, REFUSED, told_error(error))
        else:
            write_frame(self._answers, DONE, [ending, media_type])
        give_back()

    def _read(self, order: Order) -> Record:
        if self._record is None or self._record.digest != order.digest:
            # Two large records at once are one too many, and so is what follows from them.
            self._record = None
            forget()
            self._record = load_record(order.claims_path, geo=order.geo, progress=self._tell)
        if self._record.digest != order.digest:
            raise UnwritableFileError(
                where=self._record.name,
                found="a file that has changed since the page was shown",
                expected=f"the one with the digest {order.digest[:12]}",
                remedy="Wait until the page shows the new one, and ask again.",
            )
        return self._record

    def _write(self, order: Order, record: Record) -> tuple[str, str]:
        form = FORMS[order.kind]
        out = Path(order.stem + form.ending)
        given = hand_out(order.briefing, record, page=order.page)
        paths = (order.claims_path, order.geo)
        job = Job(order.briefing, record, given, *paths, order.page, out, self._tell)
        self._tell("making", 0, 0)
        files = writers()[order.kind](job)
        with io.BufferedWriter(_Frames(self._answers), FRAME_BYTES) as content:
            if len(files) > 1:
                _pack(files, content, ZIP_STORED if form.pictures else ZIP_DEFLATED)
                return form.ending + ZIP_ENDING, ZIP_TYPE
            content.writelines(files[out])
        return form.ending, form.media_type

    def _tell(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step != self._step or now - self._told_s >= TELL_EVERY_S:
            self._step, self._told_s = step, now
            write_frame(self._answers, PROGRESS, [step, done, total])


class _Frames(io.RawIOBase):
    """A file whose parts go off as frames."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers

    def writable(self) -> bool:
        """Tell that it is made to be written."""
        return True

    def write(self, part: ReadableBuffer, /) -> int:
        """Send a part off."""
        body = bytes(part)
        write_frame(self._answers, CONTENT, body)
        return len(body)


def _pack(
    files: Mapping[Path, Iterable[bytes]], content: io.BufferedWriter[_Frames], method: int
) -> None:
    with ZipFile(content, "w") as packed:
        for path, pieces in files.items():
            entry = ZipInfo(path.name)  # of one fixed day: the same claims give the same bytes
            entry.compress_type = method
            with packed.open(entry, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)


def _get_ready() -> None:
    from exports import pdf, slides  # noqa: F401, PLC0415  # loads what draws, before it is asked


def main() -> None:
    """Hear orders until there are no more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever else prints must not stand among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the server, which ends us
    if hasattr(os, "nice"):
        os.nice(POLITE)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO, encoding="ascii")
    worker = Worker(answers)
    with suppress(BrokenPipeError):  # the server has gone: nobody wants the file
        while (order := read_order(sys.stdin.buffer)) is not None:
            worker.do(order)


if __name__ == "__main__":
    main()
