"""kepler.gl's own widget on a page of its own, without a notebook around it."""

from __future__ import annotations

import argparse
import json
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

from keplergl import KeplerGl
from keplergl.serializers import data_to_json

from benchmarks.peers.events import kept

KINDS: Final = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}


def events_json(side: str) -> bytes:
    """Serialise the kept events as the widget does, with Arrow.

    Parameters
    ----------
    side : str
        Of `events.CHOICES`.

    Returns
    -------
    bytes
    """
    widget = KeplerGl(data={"events": kept(side)[["lon", "lat"]]}, use_arrow=True)
    return json.dumps(data_to_json(widget.data, widget)).encode()


@cache
def file(name: str) -> bytes:
    """Read a file of the page.

    Parameters
    ----------
    name : str

    Returns
    -------
    bytes
    """
    if name in {"widget.js", "widget.css"}:
        return (files("keplergl") / "static" / name).read_bytes()
    return Path(__file__).with_name("kepler.html").read_bytes()


class Handler(BaseHTTPRequestHandler):
    """Answers with the page, the widget's files, and the events of a side."""

    def do_GET(self) -> None:  # the name is the library's
        """Answer."""
        asked = urlsplit(self.path)
        name = asked.path.removeprefix("/")
        side = parse_qs(asked.query).get("side", ["All"])[0]
        body = events_json(side) if name == "data.json" else file(name)
        self.send_response(200)
        self.send_header("Content-Type", KINDS.get(Path(name).suffix, "text/html"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve the page: `python -m benchmarks.peers.kepler_page PORT`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    ThreadingHTTPServer(("127.0.0.1", parser.parse_args().port), Handler).serve_forever()


if __name__ == "__main__":
    main()
