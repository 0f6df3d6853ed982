"""Serve a Leaflet page without Streamlit that draws the same claims: the floor of the map."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from benchmarks.server import HOST
from claims.model import SIDES
from claims.positions import world_xy
from components.assets import LEAFLET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOT_PLACED: Final = 65_535
COLUMNS: Final = ["longitude", "latitude", "side", "event_start", "event_end"]
KINDS: Final = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
}


def plain_files(claims: Path) -> dict[str, bytes]:
    """Make the files of the page.

    Parameters
    ----------
    claims : Path
        A Parquet file of invented claims: days and sides are stated in every row.

    Returns
    -------
    dict of str to bytes
        By route. Positions are 16 bits within the box of all claims, `step` world units each, as
        in the project's own file; days count from the first.
    """
    frame = pd.read_parquet(claims, columns=COLUMNS)
    lon, lat = (pd.to_numeric(frame[name], errors="coerce").to_numpy() for name in COLUMNS[:2])
    placed = ~np.isnan(lon)
    x, y = world_xy(np.nan_to_num(lon), np.nan_to_num(lat))
    origin = [int(axis[placed].min()) for axis in (x, y)]
    span = max(int(np.ptp(axis[placed])) for axis in (x, y))
    step = -(-span // (NOT_PLACED - 1))
    start, end = (pd.to_datetime(frame[name]).to_numpy("datetime64[D]") for name in COLUMNS[3:])
    days = int((end.max() - start.min()).astype(int)) + 1
    arrays = [
        *(
            np.where(placed, (axis - low) // step, NOT_PLACED)
            for axis, low in zip((x, y), origin, strict=True)
        ),
        *((day - start.min()).astype(int) for day in (start, end)),
    ]
    side = pd.Categorical(frame["side"], categories=list(SIDES)).codes
    header = {"n": len(frame), "origin": origin, "step": step, "days": days}
    leaflet = files(LEAFLET) / "static" / LEAFLET
    here = Path(__file__).with_name("plain")
    return {
        "/": (here / "index.html").read_bytes(),
        "/plain.js": (here / "plain.js").read_bytes(),
        "/leaflet.js": (leaflet / "leaflet.js").read_bytes(),
        "/leaflet.css": (leaflet / "leaflet.css").read_bytes(),
        "/events.json": json.dumps(header).encode(),
        "/events.bin": b"".join(array.astype("<u2").tobytes() for array in arrays)
        + side.astype("u1").tobytes(),
    }


@contextmanager
def plain_page(claims: Path) -> Iterator[str]:
    """Serve the page for as long as the block lasts.

    Parameters
    ----------
    claims : Path
        A Parquet file of invented claims.

    Yields
    ------
    str
        Its address.
    """
    server = ThreadingHTTPServer((HOST, 0), _handler(plain_files(claims)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(found: Mapping[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is the library's
            body = found.get(self.path)
            self.send_response(200 if body is not None else 404)
            suffix = Path(self.path).suffix or ".html"
            self.send_header("Content-Type", KINDS.get(suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(body or b"")))
            self.send_header("Cache-Control", "max-age=3600")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    return Handler
