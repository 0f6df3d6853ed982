"""What a page must never do while a test looks at it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import ConsoleMessage, Dialog, Error, Page, Request, WebSocket

WITHIN_THE_PAGE = ("data:", "blob:", "about:")


class Watch:
    """Notes what a page must not do: ask another host, complain, fail, open a dialog."""

    def __init__(self, page: Page, allowed_host: str = "") -> None:
        self.allowed_host = allowed_host
        self.outside: list[str] = []
        self.said: list[str] = []
        self.runs = False
        self.runs_asked = 0
        self._heeds: dict[Any, Any] = {
            "request": self._requested,
            "websocket": self._connected,
            "console": self._spoke,
            "pageerror": self._failed,
            "dialog": self._dialog,
        }
        for event, heed in self._heeds.items():
            page.on(event, heed)

    def stop(self, page: Page) -> None:
        """Look away from the page."""
        for event, heed in self._heeds.items():
            page.remove_listener(event, heed)

    def faults(self) -> list[str]:
        """List all that happened and should not have."""
        hosts = [urlsplit(url).hostname for url in self.outside]
        strangers = [
            f"asked {url}"
            for url, host in zip(self.outside, hosts, strict=True)
            if not self.allowed_host or host != self.allowed_host
        ]
        return strangers + self.said

    def _connected(self, socket: WebSocket) -> None:
        self._asked(socket.url)
        socket.on("framesent", self._asked_to_run)
        socket.on("framereceived", self._heard)

    def _asked_to_run(self, frame: bytes | str) -> None:
        if not isinstance(frame, bytes):
            return
        if BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.runs = True
            self.runs_asked += 1

    def _heard(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            message = ForwardMsg.FromString(frame)
            # A run that gives way to the next one sends its end, but not always one for each begin.
            if message.WhichOneof("type") == "new_session":
                self.runs = True
            elif message.WhichOneof("type") == "script_finished":
                self.runs = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _requested(self, request: Request) -> None:
        self._asked(request.url)

    def _asked(self, url: str) -> None:
        if not url.startswith(WITHIN_THE_PAGE) and urlsplit(url).hostname != "127.0.0.1":
            self.outside.append(url)

    def _spoke(self, message: ConsoleMessage) -> None:
        # On a busy machine a file fetched early may wait some seconds for the page to use it.
        early = "was preloaded using link preload but not used" in message.text
        if message.type in {"error", "warning"} and not early:
            self.said.append(f"console {message.type}: {message.text}")

    def _failed(self, error: Error) -> None:
        self.said.append(f"page error: {error}")

    def _dialog(self, dialog: Dialog) -> None:
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@contextmanager
def watched(page: Page, allowed_host: str = "") -> Iterator[Watch]:
    """Watch a page; at the end whatever it should not have done fails."""
    watch = Watch(page, allowed_host)
    yield watch
    # What a page does as it is left (its last files are asked, its socket falls) does not count.
    watch.stop(page)
    assert watch.faults() == []
