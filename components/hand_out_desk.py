"""Has files written by one process beside the server, one after the other.

What is written never has a name on the disk: a cancelled file, a server that is killed or a cut of
power leaves nothing behind.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final

from claims.errors import ClaimsError, UnwritableFileError
from components.record_path import ROOT
from exports.order import CONTENT, DONE, PROGRESS, heard_error, read_frame, send_order

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from typing import IO

    from exports.order import Order

COMMAND: Final = (sys.executable, "-m", "exports.worker")
MOST: Final = 4
"""Files in the making and waiting together; whoever comes then is asked to come again."""
TIME_LIMIT_S: Final = 300.0
IDLE_S: Final = 120.0
"""After so long without work the process ends and gives its memory back."""
IN_MEMORY_BYTES: Final = 8_000_000
"""A larger file lies in a nameless one of the system until it is fetched."""


class BusyError(Exception):
    """As many files are in the making as the server has room for."""


@dataclass(eq=False, slots=True)
class Ticket:
    """How far a file is that somebody waits for.

    Attributes
    ----------
    step : str
        What is done now, as `claims.progress.Progress` tells it; "" while it waits for others.
    done, total : int
        What is done of the step.
    """

    step: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A whole file.

    Attributes
    ----------
    content : binary file
        At its beginning; who takes it closes it.
    size : int
        Bytes.
    ending : str
        Of its name, the point included.
    media_type : str
    """

    content: IO[bytes]
    size: int
    ending: str
    media_type: str


@dataclass(eq=False, slots=True)
class Desk:
    """Takes orders, and keeps the process that does them while there are some.

    Attributes
    ----------
    command : tuple of str
        What starts the process.
    most : int
        Orders at a time.
    time_limit_s, idle_s : float
    """

    command: tuple[str, ...] = COMMAND
    most: int = MOST
    time_limit_s: float = TIME_LIMIT_S
    idle_s: float = IDLE_S
    _tickets: list[Ticket] = field(default_factory=list)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _process: Process | None = None
    _idle: asyncio.TimerHandle | None = None
    _ending: set[asyncio.Task[None]] = field(default_factory=set)

    def ahead(self, ticket: Ticket) -> int:
        """Count whose files come before; 0 for the one in the making."""
        return self._tickets.index(ticket) if ticket in self._tickets else 0

    async def write(self, order: Order, ticket: Ticket) -> Written:
        """Have a file written. To cancel this ends the work.

        Parameters
        ----------
        order : Order
        ticket : Ticket
            Is told how far the work is.

        Returns
        -------
        Written

        Raises
        ------
        BusyError
            If too many wait already.
        ClaimsError
            If there can be no such file, in words; so too when it takes too long.
        """
        if len(self._tickets) >= self.most:
            raise BusyError
        self._tickets.append(ticket)
        try:
            async with self._turn:
                return await self._write(order, ticket)
        finally:
            self._tickets.remove(ticket)

    async def get_ready(self, order: Order) -> None:
        """Have the process started and the record read, unless it is at work already.

        Parameters
        ----------
        order : Order
            Of no kind.
        """
        if not self._turn.locked():
            async with self._turn:
                with suppress(ClaimsError):  # who asks for a file then hears of it
                    (await self._write(order, Ticket())).content.close()

    async def close(self) -> None:
        """End the process, and wait until it has ended."""
        self._end()
        while self._ending:
            await asyncio.gather(*self._ending)
        self._turn = asyncio.Lock()  # the next server may run in another loop

    async def _write(self, order: Order, ticket: Ticket) -> Written:
        self._keep_awake()
        is_whole = False
        try:
            async with asyncio.timeout(self.time_limit_s):
                found = await _obeyed(await self._started(), order, ticket)
            is_whole = True
        except TimeoutError:
            raise _broken_off(found=f"more than {self.time_limit_s:g} seconds of work") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise _broken_off(found="an end before it was whole") from None
        except OSError as error:
            raise UnwritableFileError(
                where="the file",
                found=error.strerror or type(error).__name__,
                expected="room to write it and a process that does",
                remedy="Ask whoever runs the server for room on its disk, or choose fewer scenes.",
            ) from error
        finally:
            if is_whole:
                loop = asyncio.get_running_loop()
                self._idle = loop.call_later(self.idle_s, self._end)
            else:
                # The rest of the file lies in the pipe: the next would be given it as his own.
                self._end()
        if isinstance(found, ClaimsError):
            raise found
        return found

    def _keep_awake(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    async def _started(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *self.command, cwd=ROOT, stdin=PIPE, stdout=PIPE
            )
        return self._process

    def _end(self) -> None:
        self._keep_awake()
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):  # it has ended by itself
            process.kill()
        reaping = asyncio.ensure_future(_reaped(process))
        self._ending.add(reaping)
        reaping.add_done_callback(self._ending.discard)


async def _reaped(process: Process) -> None:
    await process.communicate()


async def _obeyed(process: Process, order: Order, ticket: Ticket) -> Written | ClaimsError:
    assert process.stdin is not None  # noqa: S101  (it was started with pipes)
    assert process.stdout is not None  # noqa: S101
    with ExitStack() as stack:
        content = stack.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY_BYTES))
        process.stdin.write(send_order(order))
        await process.stdin.drain()
        while True:
            letter, body = await read_frame(process.stdout)
            if letter == PROGRESS:
                ticket.step, ticket.done, ticket.total = body
            elif letter == CONTENT:
                content.write(body)
            elif letter == DONE:
                size = content.tell()
                content.seek(0)
                stack.pop_all()
                return Written(content, size, *body)
            else:
                return heard_error(body)


def _broken_off(*, found: str) -> UnwritableFileError:
    return UnwritableFileError(
        where="the file",
        found=found,
        expected="a file that is soon written",
        remedy="Ask again; where the record is large, choose fewer scenes or narrower filters.",
    )
