"""Bytes: of the claims, of a first visit and of a filter change."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, Final

from benchmarks.browsing import change, fresh_context
from benchmarks.files import claims_file
from benchmarks.map_speed import LEGEND
from benchmarks.page_speed import OUR_LOOK, PEER_CHOICE_LOOK, PILLS, RADIOS, wait_for_page
from benchmarks.report import Bar, Row
from benchmarks.server import READY, STREAMLIT_READY, fetch, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from benchmarks.plan import Plan

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
        Bytes a claim; kilobytes (1,000 bytes), bodies and headers over HTTP plus what the
        WebSocket carries, both ways.
    """
    with serving("benchmarks/radio_page.py", STREAMLIT_READY) as radio:
        page, counted = _opened(browser, radio.url, PEER_CHOICE_LOOK)
        peer_first = (counted.kilobytes,)
        peer_changes = _changes(page, counted, RADIOS)
        page.context.close()
    with serving("app.py", READY, claims=claims_file(plan.large)) as ours:
        raw, packed = columns_bytes(ours.url)
        page, counted = _opened(browser, ours.url, OUR_LOOK)
        wait_for_page(page)
        first = (counted.kilobytes,)
        pills = _changes(page, counted, PILLS)
        legend = _changes(page, counted, LEGEND)
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


def _opened(browser: Browser, url: str, look: str) -> tuple[Page, _Bytes]:
    page = fresh_context(browser, look).new_page()
    counted = _Bytes(page)
    page.goto(url, wait_until="commit")
    page.evaluate("bench.done")
    page.wait_for_timeout(FIRST_MS)
    return page, counted


def _changes(page: Page, counted: _Bytes, selectors: tuple[str, ...]) -> tuple[float, ...]:
    steps = []
    for selector in selectors:
        before = counted.kilobytes
        change(page, selector)
        page.wait_for_timeout(AFTER_MS)
        steps.append(counted.kilobytes - before)
    return tuple(steps)


class _Bytes:
    """What one page sends and receives."""

    def __init__(self, page: Page) -> None:
        self.kilobytes = 0.0
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.loadingFinished", self._file)
        devtools.on("Network.webSocketFrameReceived", self._message)
        devtools.on("Network.webSocketFrameSent", self._message)
        devtools.send("Network.enable")

    def _file(self, event: dict[str, Any]) -> None:
        self.kilobytes += event["encodedDataLength"] / 1000

    def _message(self, event: dict[str, Any]) -> None:
        payload = event["response"]["payloadData"]
        binary = event["response"]["opcode"] == 2  # noqa: PLR2004  # RFC 6455, section 11.8
        self.kilobytes += len(base64.b64decode(payload) if binary else payload.encode()) / 1000
