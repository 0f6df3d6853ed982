"""First painted map and filter change by a widget, each beside the least of a Streamlit page."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final

from benchmarks.browsing import change, fresh_context, visit
from benchmarks.files import claims_file
from benchmarks.report import Bar, Row
from benchmarks.server import READY, STREAMLIT_READY, serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from benchmarks.plan import Plan

OUR_LOOK: Final = """() => {
  const map = document.querySelector('[data-testid="claim-map"]');
  return map && map.dataset.painted ? map.dataset.shown : null;
}"""
"""The count of claims is written when they are painted; painting the same again is no change."""
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
REST_MS: Final = 600
"""What a server still does for one page must not burden the next figure."""
RADIO: Final = "a radio button's text"
OWN_RECORD: Final = "own record"
WARM_UP: Final = 2
SECOND_VISIT: Final = 1.3


def first_paint(browser: Browser, plan: Plan) -> list[Row]:
    """Time the first painted map on a running server, in turns with an empty page.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    plan : Plan

    Returns
    -------
    list of Row
        Milliseconds from the start of the navigation.
    """
    rows = _first_paint(browser, plan.visits, None, OWN_RECORD, empty=1.3)
    large = claims_file(plan.large)
    return rows + _first_paint(browser, plan.large_visits, large, f"{plan.large:,} claims", empty=2)


def _first_paint(
    browser: Browser, visits: int, claims: Path | None, words: str, *, empty: float
) -> list[Row]:
    bars = {"cache empty": Bar(empty, "x"), "second visit": Bar(SECOND_VISIT, "x")}
    times: dict[tuple[str, str], list[float]] = {}
    with ExitStack() as running:
        ours = running.enter_context(serving("app.py", READY, claims=claims))
        peer = running.enter_context(serving("benchmarks/empty_page.py", STREAMLIT_READY))
        for _ in range(visits + 1):
            for who, url, look in (("ours", ours.url, OUR_LOOK), ("peer", peer.url, PEER_LOOK)):
                context = fresh_context(browser, look)
                for cache in bars:
                    page, ms = visit(context, url)
                    times.setdefault((who, cache), []).append(ms)
                    page.wait_for_timeout(REST_MS)
                    page.close()
                context.close()
    # The first visit of each pays for what a server does once; it is not a visit to a warm one.
    return [
        Row(
            f"first painted map, {words}, {cache}, ms",
            tuple(times["ours", cache][1:]),
            "python -m benchmarks first",
            "empty Streamlit page",
            tuple(times["peer", cache][1:]),
            bar,
        )
        for cache, bar in bars.items()
    ]


def filter_change(browser: Browser, plan: Plan) -> list[Row]:
    """Time a click on a side's pill to the painted map, in turns with a radio button and its text.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    plan : Plan

    Returns
    -------
    list of Row
        Milliseconds from the trusted click to the last change of the claims painted after it.
    """
    sizes = [(f"{rows:,} claims", claims_file(rows)) for rows in (plan.middle, plan.large)]
    return [
        _filter_change(browser, plan.changes, claims, words)
        for words, claims in [(OWN_RECORD, None), *sizes]
    ]


def _filter_change(browser: Browser, changes: int, claims: Path | None, words: str) -> Row:
    with ExitStack() as running:
        ours = running.enter_context(serving("app.py", READY, claims=claims))
        peer = running.enter_context(serving("benchmarks/radio_page.py", STREAMLIT_READY))
        our_page, _ = visit(fresh_context(browser, OUR_LOOK), ours.url)
        peer_page, _ = visit(fresh_context(browser, PEER_CHOICE_LOOK), peer.url)
        wait_for_page(our_page)
        our_times: list[float] = []
        peer_times: list[float] = []
        turns = islice(zip(cycle(PILLS), cycle(RADIOS), strict=False), changes + WARM_UP)
        for pill, radio in turns:
            for page, selector, times in (
                (our_page, pill, our_times),
                (peer_page, radio, peer_times),
            ):
                times.append(change(page, selector))
                page.wait_for_timeout(REST_MS)
        our_page.context.close()
        peer_page.context.close()
    return Row(
        f"filter change by a pill, {words}, ms",
        tuple(our_times[WARM_UP:]),
        "python -m benchmarks change",
        RADIO,
        tuple(peer_times[WARM_UP:]),
        Bar(1.25, "x", "p95"),
    )


def wait_for_page(page: Page) -> None:
    """Wait until our page has its widgets and its first run has ended.

    Parameters
    ----------
    page : playwright.sync_api.Page
    """
    page.wait_for_selector(PILLS[0])
    page.wait_for_timeout(2 * REST_MS)
