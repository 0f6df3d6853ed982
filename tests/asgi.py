"""A browser's part in a test of the server: asks an ASGI application, with no socket."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    Message = MutableMapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came back, header names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """Read the body as JSON."""
        return json.loads(self.body)


class Client:
    """Asks an ASGI application in this process, with no socket and no other package."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.runner = asyncio.Runner()
        self.incoming: asyncio.Queue[Message] = asyncio.Queue()
        self.started: asyncio.Queue[Message] = asyncio.Queue()

    def __enter__(self) -> Self:
        """Start the application as a server does."""
        self.runner.run(self._begin())
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it, and wait until it has stopped."""
        self.runner.run(self._end())
        self.runner.close()

    async def _begin(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self.life = asyncio.ensure_future(
            self.application(scope, self.incoming.get, self.started.put)
        )
        await self.incoming.put({"type": "lifespan.startup"})
        assert (await self.started.get())["type"] == "lifespan.startup.complete"

    async def _end(self) -> None:
        await self.incoming.put({"type": "lifespan.shutdown"})
        assert (await self.started.get())["type"] == "lifespan.shutdown.complete"
        await self.life

    def get(self, address: str, *, method: str = "GET", **headers: str) -> Answer:
        """Ask for an address; header names are written with underscores."""
        return self.runner.run(self._ask(address, method, headers))

    async def _ask(self, address: str, method: str, headers: dict[str, str]) -> Answer:
        path, _, query = address.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [
                (k.replace("_", "-").encode(), v.encode())
                for k, v in {"host": "127.0.0.1:8501", **headers}.items()
            ],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 8501),
            "state": {},
        }
        sent: list[Message] = []
        asked = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Message:
            if not asked:
                await asyncio.Event().wait()  # the browser stays on the line
            return asked.pop()

        async def send(message: Message) -> None:
            sent.append(message)

        await self.application(scope, receive, send)
        start, *rest = sent
        found = {k.decode().lower(): v.decode() for k, v in start["headers"]}
        return Answer(start["status"], found, b"".join(m.get("body", b"") for m in rest))
