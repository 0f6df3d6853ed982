"""Bytes: of the claims, of a first visit and of a filter change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from benchmarks.browsing import change, fresh_context
from benchmarks.files import claims_file
from benchmarks.map_speed import LEGEND
from benchmarks.page_speed import OUR_LOOK, PEER_CHOICE_LOOK, PILLS, RADIOS, wait_for_page
from benchmarks.report import Bar, Row
from benchmarks.server import READY, STREAMLIT_READY, fetch, serving
from benchmarks.wire import counted

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from benchmarks.plan import Plan
    from benchmarks.wire import Wire

COMMAND: Final = "python -m benchmarks bytes"
PEER: Final = "the radio button's page"
FIRST_MS: Final = 1500
AFTER_MS: Final = 1000
"""What is fetched after the painting belongs to the visit or change as well."""


def transferred(browser: Browser, plan: Plan) -> list[Row]:
    """Count the bytes of the columns file, of a first visit and of filter changes.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    plan : Plan

    Returns
    -------
    list of Row
        Bytes a claim; kilobytes (1,000 bytes) of all that goes over the wire, both ways.
    """
    radio = serving("benchmarks/radio_page.py", STREAMLIT_READY)
    with radio as server, counted(server.url) as wire:
        page = _opened(browser, wire, PEER_CHOICE_LOOK)
        peer_first = (wire.bytes_passed / 1000,)
        peer_changes = _changes(page, wire, RADIOS)
        page.context.close()
    ours = serving("app.py", READY, claims=claims_file(plan.large))
    with ours as server, counted(server.url) as wire:
        raw, packed = columns_bytes(server.url)
        page = _opened(browser, wire, OUR_LOOK)
        wait_for_page(page)
        first = (wire.bytes_passed / 1000,)
        pills = _changes(page, wire, PILLS)
        legend = _changes(page, wire, LEGEND)
        page.context.close()
    words = f"{plan.large:,} claims"
    most = Bar(2, "kB")
    return [
        Row(f"columns file, {words}, B a claim", (raw / plan.large,), COMMAND, bar=Bar(12, "B")),
        Row(
            f"columns file on the wire, {words}, B a claim",
            (packed / plan.large,),
            COMMAND,
            bar=Bar(8, "B"),
        ),
        Row(f"first visit, {words}, kB", first, COMMAND, PEER, peer_first),
        Row(f"filter change by a pill, {words}, kB", pills, COMMAND, PEER, peer_changes, most),
        Row(f"filter change in the map, {words}, kB", legend, COMMAND, PEER, peer_changes, most),
    ]


def columns_bytes(url: str) -> tuple[int, int]:
    """Fetch the claims as typed arrays.

    Parameters
    ----------
    url : str
        Of our server.

    Returns
    -------
    tuple of int
        Bytes of the file, and as they come over the wire.
    """
    digest = json.loads(fetch(f"{url}readyz"))["digest"]
    route = f"{url}claims/{digest}.bin"
    return len(fetch(route)), len(fetch(route, packed=True))


def _opened(browser: Browser, wire: Wire, look: str) -> Page:
    page = fresh_context(browser, look).new_page()
    page.goto(wire.url, wait_until="commit")
    page.evaluate("bench.done")
    page.wait_for_timeout(FIRST_MS)
    return page


def _changes(page: Page, wire: Wire, selectors: tuple[str, ...]) -> tuple[float, ...]:
    steps = []
    for selector in selectors:
        before = wire.bytes_passed
        change(page, selector)
        page.wait_for_timeout(AFTER_MS)
        steps.append((wire.bytes_passed - before) / 1000)
    return tuple(steps)
