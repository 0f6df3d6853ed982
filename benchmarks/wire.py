"""A way to a server that counts what goes over it, as it goes: packed, with all headers."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST: Final = "127.0.0.1"
CHUNK_BYTES: Final = 65_536


class Wire:
    """Passes every connection on to a server.

    Parameters
    ----------
    url : str
        Of the server.

    Attributes
    ----------
    url : str
        Where to connect instead; known once the wire is `started`.
    bytes_passed : int
        So far, both ways.
    """

    def __init__(self, url: str) -> None:
        server = urlsplit(url)
        self._host, self._port = server.hostname, server.port
        self.url = ""
        self.bytes_passed = 0
        self.started = threading.Event()

    async def run(self) -> None:
        """Pass on until told to `stop`."""
        self._loop, self._until = asyncio.get_running_loop(), asyncio.Event()
        listening = await asyncio.start_server(self._connect, HOST, 0)
        self.url = f"http://{HOST}:{listening.sockets[0].getsockname()[1]}/"
        self.started.set()
        await self._until.wait()
        listening.close()

    def stop(self) -> None:
        """End what runs in another thread; what is still connected is cut."""
        self._loop.call_soon_threadsafe(self._until.set)

    async def _connect(self, heard: asyncio.StreamReader, said: asyncio.StreamWriter) -> None:
        answered, asked = await asyncio.open_connection(self._host, self._port)
        await asyncio.gather(self._pass(heard, asked), self._pass(answered, said))

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while chunk := await source.read(CHUNK_BYTES):
                self.bytes_passed += len(chunk)
                sink.write(chunk)
                await sink.drain()
        except ConnectionError:
            pass  # whoever hung up hears of it from the other side
        sink.close()


@contextmanager
def counted(url: str) -> Iterator[Wire]:
    """Open a counted way to a server.

    Parameters
    ----------
    url : str

    Yields
    ------
    Wire
    """
    wire = Wire(url)
    passing = threading.Thread(target=asyncio.run, args=(wire.run(),))
    passing.start()
    wire.started.wait()
    try:
        yield wire
    finally:
        wire.stop()
        passing.join()
