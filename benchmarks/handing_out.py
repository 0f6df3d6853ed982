"""Files handed out by the page: how long each takes, and what a third viewer feels of them."""

from __future__ import annotations

import http.client
import threading
import time
from contextlib import contextmanager
from itertools import cycle
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from benchmarks.browsing import change, fresh_context, visit
from benchmarks.page_speed import OUR_LOOK, PILLS, REST_MS, WARM_UP, wait_for_page
from benchmarks.report import Bar, Row
from benchmarks.server import HTTP_OK, LIMIT_S, READY, RefusedError, fetch, serving
from exports.forms import FORMS, writers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from benchmarks.plan import Plan

COMMAND: Final = "python -m benchmarks export"
BRIEFING: Final = "bakhmut_2023-05-08_14"
SCENES: Final = f"what=briefing&briefing={BRIEFING}"
BARS: Final = {
    "pptx": Bar(5, "s"),
    "pdf": Bar(5, "s"),
    "png": Bar(1.5, "s"),
    "html": Bar(2, "s"),
}
SIZES: Final = {"html": Bar(2, "MB")}
BYTES_A_MB: Final = 1_000_000
OTHERS: Final = 2
BLOCKS: Final = 4
"""Half of them calm, half while others export, in turns: a machine's slow minute hits both."""
DAYS: Final = (".st-key-days button",)
"""It shows the whole record and leads back: Python answers it, as most filters."""
SLOWER: Final = Bar(2, "x")


def handing_out(browser: Browser, plan: Plan) -> list[Row]:
    """Time the shipped briefing as each kind of file, and a filter change beside two exports.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    plan : Plan

    Returns
    -------
    list of Row
        Seconds from the request to the last byte; milliseconds of a filter change.
    """
    with serving("app.py", READY) as server:
        cold_s, _ = export(server.url, "png", "")
        rows = [Row("picture of a view, the first file of a server, s", (cold_s,), COMMAND)]
        for kind in writers():
            rows += _kind(server.url, kind, plan.times)
        for words, clicks in (("a pill", PILLS), ("a button that Python answers", DAYS)):
            rows.append(_third_viewer(browser, server.url, words, clicks, plan.changes))
    return rows


def export(url: str, kind: str, query: str) -> tuple[float, int]:
    """Have a file made and take it.

    Parameters
    ----------
    url : str
        The server's address, with a slash at the end.
    kind : str
    query : str
        Parameters of the address.

    Returns
    -------
    float
        Seconds.
    int
        Bytes, as they are without packing.

    Raises
    ------
    RefusedError
        If the server gives no file.
    """
    address = url.removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(address, timeout=LIMIT_S)
    began = time.perf_counter()
    try:
        connection.request("GET", f"/export/{quote(kind)}?{query}")
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != HTTP_OK:
        raise RefusedError(body.decode(errors="replace"))
    return time.perf_counter() - began, len(body)


def _kind(url: str, kind: str, times: int) -> list[Row]:
    # A picture shows one scene: its bar is that of a view.
    what, query = ("a view", "") if FORMS[kind].pictures else ("eight scenes", SCENES)
    found = [export(url, kind, query) for _ in range(times)]
    rows = [Row(f"{what} as {kind}, s", tuple(s for s, _ in found), COMMAND, bar=BARS.get(kind))]
    if kind in SIZES:
        size_mb = found[0][1] / BYTES_A_MB
        rows.append(Row(f"{what} as {kind}, MB", (size_mb,), COMMAND, bar=SIZES[kind]))
    return rows


def _third_viewer(
    browser: Browser, url: str, words: str, clicks: tuple[str, ...], changes: int
) -> Row:
    context = fresh_context(browser, OUR_LOOK)
    page, _ = visit(context, url)
    wait_for_page(page)
    turns = cycle(clicks)
    _changes(page, turns, WARM_UP)
    calm: list[float] = []
    beside: list[float] = []
    for block in range(BLOCKS):
        times = changes * 2 // BLOCKS
        if block % 2:
            with exporting(url, OTHERS):
                beside += _changes(page, turns, times)
        else:
            calm += _changes(page, turns, times)
    context.close()
    what = f"filter change by {words} while {OTHERS} others export, own record, ms"
    return Row(what, tuple(beside), COMMAND, "nobody exports", tuple(calm), SLOWER)


def _changes(page: Page, clicks: Iterator[str], times: int) -> list[float]:
    found = []
    for _ in range(times):
        found.append(change(page, next(clicks)))
        page.wait_for_timeout(REST_MS)
    return found


@contextmanager
def exporting(url: str, viewers: int) -> Iterator[None]:
    """Let viewers export one file after another for as long as the block lasts.

    Parameters
    ----------
    url : str
    viewers : int

    Yields
    ------
    None

    Raises
    ------
    RefusedError
        If one of them was given no file.
    """
    fetch(f"{url}export")  # the process stands
    over = threading.Event()
    refused: list[RefusedError] = []

    def export_on() -> None:
        for kind in cycle(("pdf", "pptx")):
            if over.is_set():
                return
            try:
                export(url, kind, SCENES)
            except RefusedError as error:
                refused.append(error)
                return

    threads = [threading.Thread(target=export_on) for _ in range(viewers)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    if refused:
        raise refused[0]
