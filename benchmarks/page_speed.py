"""First painted map, filter change and bytes, each beside the least a Streamlit page can do."""

from __future__ import annotations

import base64
from contextlib import ExitStack
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any, Final

from benchmarks.browsing import change, fresh_context, visit
from benchmarks.report import Row
from benchmarks.server import serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

OUR_LOOK: Final = """() => {
  const map = document.querySelector('[data-testid="claim-map"]');
  return map && map.dataset.painted ? map.dataset.shown + "@" + map.dataset.painted : null;
}"""
PEER_LOOK: Final = """() => {
  const text = document.querySelector('[data-testid="stMarkdownContainer"] p');
  return text ? text.textContent : null;
}"""
PEER_CHOICE_LOOK: Final = """() => {
  const texts = document.querySelectorAll('[data-testid="stMarkdownContainer"] p');
  const text = [...texts].find((one) => one.textContent.startsWith("chosen"));
  return text ? text.textContent : null;
}"""
PILLS: Final = tuple(
    f".st-key-side button:has-text('{name}')"
    for name in ("Ukraine", "Ukraine", "Russia", "Russia", "Third party", "Third party")
)
"""Each pill is switched on and off again, so that every click changes the number shown."""
RADIOS: Final = tuple(
    f"[data-testid='stRadio'] label:has-text('{name}')"
    for name in ("Russia", "Third party", "Ukraine")
)
READY: Final = "/readyz"
REST_MS: Final = 600
STREAMLIT_READY: Final = "/_stcore/health"


def first_paint(
    browser: Browser, *, visits: int, claims: Path | None = None, words: str = ""
) -> list[Row]:
    """Time the first painted map on a running server, in turns with an empty page.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    visits : int
        Of each page: with an empty cache, and once more with a filled one.
    claims : Path, optional
        The claims shown; the project's own by default.
    words : str, optional
        What to call those claims.

    Returns
    -------
    list of Row
        Milliseconds from the start of the navigation.
    """
    times: dict[tuple[str, str], list[float]] = {}
    with ExitStack() as running:
        ours, _ = running.enter_context(serving("app.py", READY, claims=claims))
        peer, _ = running.enter_context(serving("benchmarks/empty_page.py", STREAMLIT_READY))
        for _ in range(visits + 1):
            for who, url, look in (("ours", ours, OUR_LOOK), ("peer", peer, PEER_LOOK)):
                context = fresh_context(browser, look)
                for cache in ("empty", "filled"):
                    page, ms = visit(context, url)
                    times.setdefault((who, cache), []).append(ms)
                    # What the server still does for this visit must not burden the next one.
                    page.wait_for_timeout(REST_MS)
                    page.close()
                context.close()
    # The first visit of each pays for what a server does once; it is not a visit to a warm one.
    return [
        Row(
            f"first painted map{words}, cache {cache}, ms",
            tuple(times["ours", cache][1:]),
            "python -m benchmarks first",
            "empty Streamlit page",
            tuple(times["peer", cache][1:]),
        )
        for cache in ("empty", "filled")
    ]


def filter_change(
    browser: Browser, *, changes: int, claims: Path | None = None, words: str = ""
) -> list[Row]:
    """Time a click on a side to the painted map, in turns with a radio button and its text.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    changes : int
        Of each page.
    claims : Path, optional
        The claims shown; the project's own by default.
    words : str, optional
        What to call those claims.

    Returns
    -------
    list of Row
        Milliseconds from the trusted click to the last change painted after it.
    """
    with ExitStack() as running:
        ours, _ = running.enter_context(serving("app.py", READY, claims=claims))
        peer, _ = running.enter_context(serving("benchmarks/radio_page.py", STREAMLIT_READY))
        our_page, _ = visit(fresh_context(browser, OUR_LOOK), ours)
        peer_page, _ = visit(fresh_context(browser, PEER_CHOICE_LOOK), peer)
        our_times: list[float] = []
        peer_times: list[float] = []
        for pill, radio in islice(zip(cycle(PILLS), cycle(RADIOS), strict=False), changes + 2):
            for page, selector, times in (
                (our_page, pill, our_times),
                (peer_page, radio, peer_times),
            ):
                times.append(change(page, selector))
        our_page.context.close()
        peer_page.context.close()
    return [
        Row(
            f"filter change to painted map{words}, ms",
            tuple(our_times[2:]),
            "python -m benchmarks change",
            "a radio button's text",
            tuple(peer_times[2:]),
        )
    ]


def transferred(browser: Browser, *, changes: int) -> list[Row]:
    """Count the bytes of a first visit and of filter changes.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    changes : int
        Of each page.

    Returns
    -------
    list of Row
        Kilobytes: bodies and headers as sent over HTTP plus what the WebSocket carries.
    """
    counted = []
    for script, ready, look, selectors in (
        ("app.py", READY, OUR_LOOK, PILLS),
        ("benchmarks/radio_page.py", STREAMLIT_READY, PEER_CHOICE_LOOK, RADIOS),
    ):
        with serving(script, ready) as (url, _):
            counted.append(_count_bytes(browser, url, look, selectors[:changes]))
    (our_first, our_changes), (peer_first, peer_changes) = counted
    command, peer = "python -m benchmarks bytes", "the radio button's page"
    return [
        Row("first visit, kB", (our_first,), command, peer, (peer_first,)),
        Row("filter change, kB", tuple(our_changes), command, peer, tuple(peer_changes)),
    ]


def _count_bytes(
    browser: Browser, url: str, look: str, selectors: tuple[str, ...]
) -> tuple[float, list[float]]:
    context = fresh_context(browser, look)
    page = context.new_page()
    total = _Bytes(page)
    page.goto(url, wait_until="commit")
    page.evaluate("bench.done")
    page.wait_for_timeout(1000)  # what is fetched after the first paint belongs to the visit
    first = total.kilobytes
    steps = []
    for selector in selectors:
        before = total.kilobytes
        change(page, selector)
        page.wait_for_timeout(300)
        steps.append(total.kilobytes - before)
    context.close()
    return first, steps


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
