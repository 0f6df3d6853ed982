"""Other ways to put the same claims on a map, beside ours, in one run."""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.browsing import FAILURES, change, close_all, first_line, fresh_context, visit
from benchmarks.files import claims_file
from benchmarks.map_speed import LEGEND
from benchmarks.page_speed import OUR_LOOK, PILLS, REST_MS, wait_for_page
from benchmarks.report import Row
from benchmarks.server import READY, ROOT, STREAMLIT_READY, running, serving, streamlit_command
from components.assets import LEAFLET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from benchmarks.plan import Plan

PYTHON: Final = ROOT / ".venv-peers" / "bin" / "python"
COMMAND: Final = "python -m benchmarks peers"
TOO_SLOW_MS: Final = 5000
"""Ten times the claims would take about a minute a change: the next size is not tried."""
BUDGET_S: Final = 60
FEWEST: Final = 3
DOTS_LOOK: Final = """() => {
  const page = %s;
  const map = page && page.map;
  if (!map || !map._layers) return null;
  let dots = 0;
  for (const layer of Object.values(map._layers)) {
    if (layer._redrawRequest) return null;
    if (layer._latlng && layer._radius) dots++;
  }
  return dots ? String(dots) : null;
}"""
"""Counts the dots of a Leaflet map; while its canvas waits to be drawn, nothing is painted."""
PICTURE_LOOK: Final = """() => {
  const find = (root) => {
    const image = root.querySelector("img");
    if (image) return image;
    for (const one of root.querySelectorAll("*"))
      if (one.shadowRoot) {
        const inside = find(one.shadowRoot);
        if (inside) return inside;
      }
    return null;
  };
  const image = find(document);
  return image && image.complete && image.naturalWidth ? image.src : null;
}"""


@dataclass(frozen=True, slots=True)
class Peer:
    """One other way.

    Attributes
    ----------
    name : str
        As the table calls it.
    page : str
        Its file in `benchmarks/peers`.
    look : str
        JavaScript function: what it shows, null for nothing yet.
    choice : str
        Selector of a side, "{}" standing for its name.
    in_streamlit : bool
        Whether Streamlit serves it, else it serves itself.
    asks_network : bool
        Whether it draws nothing without files of other hosts, which are then stood in for.
    """

    name: str
    page: str
    look: str
    choice: str
    in_streamlit: bool = True
    asks_network: bool = False


RADIO: Final = "[data-testid='stRadio'] label:has-text('{}')"
BUTTON: Final = "button:has-text('{}')"
GL_LOOK: Final = "() => benchGl()"
FRAME: Final = "(document.querySelector('iframe') || {}).contentWindow"
PEERS: Final = (
    Peer("streamlit-folium", "folium_page", DOTS_LOOK % FRAME, RADIO, asks_network=True),
    Peer("st.pydeck_chart", "pydeck_page", GL_LOOK, RADIO),
    Peer("st.map", "map_page", GL_LOOK, RADIO),
    Peer("kepler.gl", "kepler_page", GL_LOOK, BUTTON, in_streamlit=False),
    Peer(
        "dash-leaflet",
        "dash_page",
        DOTS_LOOK % "window",
        "label:has-text('{}')",
        in_streamlit=False,
    ),
    Peer("Panel with datashader", "panel_page", PICTURE_LOOK, BUTTON, in_streamlit=False),
)
SIDES: Final = ("Ukraine", "Russia", "Third party", "All")


@dataclass(frozen=True, slots=True)
class _Taken:
    """Milliseconds of one page, or why there are none."""

    first: tuple[float, ...] = ()
    changes: tuple[float, ...] = ()
    why: str = ""


def peers(browser: Browser, plan: Plan) -> list[Row]:
    """Time first painting and filter changes of every peer and of ours, size by size.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        May draw with WebGL.
    plan : Plan

    Returns
    -------
    list of Row
        Milliseconds; ours in the first columns, the peer beside it; one row with the
        reason for a peer that cannot be measured. kepler.gl filters in the
        browser's page as our legend does, the others ask their server as our pills do.
    """
    rows = []
    given_up: dict[str, str] = {}
    for size in plan.peer_rows:
        file = claims_file(size)
        first, pills, legend = _ours(browser, file, plan.peer_changes)
        for peer in PEERS:
            why = given_up.get(peer.name, "")
            taken = _Taken(why=why) if why else _peer(browser, peer, file, plan.peer_changes)
            if not why and taken.why:
                given_up[peer.name] = f"{size:,} claims failed already"
            if taken.changes and statistics.median(taken.changes) > TOO_SLOW_MS:
                seconds = statistics.median(taken.changes) / 1000
                given_up[peer.name] = f"{size:,} claims take {seconds:.1f} s a change"
            kinds = (
                ("filter change by a pill", pills, taken.changes),
                ("filter change in the map", legend, taken.changes),
                ("first painted map", first, taken.first),
            )
            for what, ours, beside in kinds[:1] if taken.why else kinds:
                name = f"{what}, {size:,} claims, ms"
                rows.append(Row(name, ours, COMMAND, peer.name, beside, why=taken.why))
    return rows


def _ours(
    browser: Browser, file: Path, changes: int
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    with serving("app.py", READY, claims=file) as server:
        page, _ = visit(fresh_context(browser, OUR_LOOK), server.url)
        wait_for_page(page)
        pills, legend = (_changes(page, selectors, changes) for selectors in (PILLS, LEGEND))
        page.context.close()
        page, first_ms = visit(fresh_context(browser, OUR_LOOK), server.url)
        page.context.close()
    return (first_ms,), pills, legend


def _peer(browser: Browser, peer: Peer, file: Path, changes: int) -> _Taken:
    if not PYTHON.exists():
        return _Taken(why="`make bench` has not made its environment")
    selectors = tuple(peer.choice.format(side) for side in SIDES)
    try:
        with _served(peer, file) as url:
            page, first_ms = _opened(browser, peer, url)
            page.wait_for_timeout(2 * REST_MS)
            taken = _changes(page, selectors, changes)
            page.context.close()
            # The first visit pays for what a server does once, such as reading the file.
            if first_ms < TOO_SLOW_MS:
                page, first_ms = _opened(browser, peer, url)
                page.context.close()
    except FAILURES as error:
        return _Taken(why=first_line(error))
    finally:
        close_all(browser)
    return _Taken((first_ms,), taken)


@contextmanager
def _served(peer: Peer, file: Path) -> Iterator[str]:
    command = [str(PYTHON), "-m", f"benchmarks.peers.{peer.page}", "{port}"]
    ready = "/"
    if peer.in_streamlit:
        command = streamlit_command(str(PYTHON), f"benchmarks/peers/{peer.page}.py")
        ready = STREAMLIT_READY
    with running(command, ready, claims=file) as server:
        yield server.url


def _opened(browser: Browser, peer: Peer, url: str) -> tuple[Page, float]:
    probe = Path(__file__).with_name("peers") / "gl_probe.js"
    context = fresh_context(browser, peer.look, before=probe.read_text(encoding="utf-8"))
    if peer.asks_network:  # only then: it slows every request of a page, and its cache is off
        context.route(lambda address: not address.startswith(url), _answer)
    return visit(context, url)


def _answer(route: Route) -> None:
    """Give a page what it wants from the network: Leaflet, and an empty file for all else."""
    name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
    if name in {"leaflet.js", "leaflet.css"}:
        route.fulfill(path=str(files(LEAFLET) / "static" / LEAFLET / name))
    elif name.endswith((".js", ".css")):
        route.fulfill(body="", content_type="text/javascript" if name[-2:] == "js" else "text/css")
    else:
        route.abort()


def _changes(page: Page, selectors: tuple[str, ...], changes: int) -> tuple[float, ...]:
    """Time changes after one to warm up, fewer where they are slow."""
    times: list[float] = []
    started = time.perf_counter()
    for selector in islice(cycle(selectors), changes + 1):
        if len(times) > FEWEST and time.perf_counter() - started > BUDGET_S:
            break
        times.append(change(page, selector))
        page.wait_for_timeout(REST_MS)
    return tuple(times[1:])
