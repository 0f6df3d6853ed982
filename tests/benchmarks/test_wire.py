"""The wire counts every byte, both ways, and passes each on as it is."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from benchmarks.wire import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

BODY = bytes(range(256)) * 1000


class Answer(http.server.BaseHTTPRequestHandler):
    """Answers everything with the same bytes."""

    def do_GET(self) -> None:
        """Send the bytes."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        serving.join()


def test_what_goes_over_the_wire_is_counted_and_comes_whole(url: str) -> None:
    with counted(url) as wire:
        assert wire.bytes_passed == 0
        with urlopen(wire.url) as answer:  # noqa: S310  (our own)
            assert answer.read() == BODY
        once = wire.bytes_passed
        assert len(BODY) + 100 < once < len(BODY) + 1000  # the lines of request and answer
        with urlopen(wire.url) as answer:  # noqa: S310
            assert answer.read() == BODY
        assert wire.bytes_passed == pytest.approx(2 * once, abs=10)


def test_a_server_that_is_gone_ends_the_connection(url: str) -> None:
    with counted(url) as wire:
        wire._port = 1  # noqa: SLF001  (nobody listens there)
        with pytest.raises(OSError, match=r"."):
            urlopen(wire.url, timeout=5)  # noqa: S310
        assert wire.bytes_passed == 0
