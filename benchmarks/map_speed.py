"""What is filtered inside the map, beside a plain Leaflet page on the same claims."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final

from benchmarks.browsing import FAILURES, change, close_all, first_line, fresh_context, visit
from benchmarks.files import claims_file
from benchmarks.page_speed import OUR_LOOK, REST_MS, WARM_UP, wait_for_page
from benchmarks.plain_page import plain_page
from benchmarks.report import Bar, Row
from benchmarks.server import READY, serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from benchmarks.plan import Plan

PAINT_LOOK: Final = """() => {
  const map = document.querySelector('[data-testid="claim-map"]');
  return map && map.dataset.painted ? map.dataset.shown + "@" + map.dataset.painted : null;
}"""
"""A release paints what the last move has chosen: only the number of paintings tells of it."""
LEGEND: Final = tuple(f'[data-key="legend-side-{side}"]' for side in (0, 0, 1, 1, 2, 2))
"""Each side is switched on and off again."""
PLAIN: Final = "a plain Leaflet page"
RELEASES: Final = (0.55, 0.75, 0.65, 0.85)
"""Where the last day is let go, as a share of the timeline's width."""
SWEEP: Final = (0.4, 0.9)
STEP_PX: Final = 4
PLAYED_FROM: Final = 0.45
PLAY: Final = '[data-tool="play"]'
SPEED: Final = 'select[aria-label="Speed, days a second"]'
FASTEST: Final = "16"
FRAME: Final = Bar(33, "ms", "p95")
"""Two frames of a screen at 60 Hz, 33.3 ms, are already more."""
FRAME_OF_TEN_MILLIONS: Final = Bar(250, "ms", "p95")
TEN_MILLIONS: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class _Timeline:
    """Where the timeline of a page is taken hold of, as selectors."""

    chart: str
    grip: str


OUR_TIMELINE: Final = _Timeline(".cm-chart", ".cm-grip-to")
PLAIN_TIMELINE: Final = _Timeline("#chart", "#grip")


def map_changes(browser: Browser, plan: Plan) -> list[Row]:
    """Time a click in the legend and a release of the brush, in turns with the plain page.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    plan : Plan

    Returns
    -------
    list of Row
        Milliseconds from the trusted click or release to the painted map.
    """
    rows = []
    for size in (plan.middle, plan.large):
        file = claims_file(size)
        clicks = _by_turns(browser, file, plan.changes, released=False)
        releases = _by_turns(browser, file, plan.changes, released=True)
        for what, (ours, beside) in (("click in the legend", clicks), ("brush let go", releases)):
            name = f"filter change in the map, {what}, {size:,} claims, ms"
            command, bar = "python -m benchmarks map", Bar(2, "x", "p95")
            rows.append(Row(name, ours, command, PLAIN, beside, bar))
    return rows


def legend_changes(page: Page, changes: int) -> tuple[float, ...]:
    """Time clicks in the legend of one page.

    Parameters
    ----------
    page : playwright.sync_api.Page
        Ours, from `visit` with `OUR_LOOK`.
    changes : int

    Returns
    -------
    tuple of float
        Milliseconds from the trusted click to the painted map, without a warm-up.
    """
    times = []
    for selector in islice(cycle(LEGEND), changes + WARM_UP):
        times.append(change(page, selector))
        page.wait_for_timeout(REST_MS)
    return tuple(times[WARM_UP:])


def _by_turns(
    browser: Browser, file: Path, changes: int, *, released: bool
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    ours: list[float] = []
    beside: list[float] = []
    look = PAINT_LOOK if released else OUR_LOOK
    with ExitStack() as running:
        server = running.enter_context(serving("app.py", READY, claims=file))
        plain = running.enter_context(plain_page(file))
        our_page, _ = visit(fresh_context(browser, look), server.url)
        plain_one, _ = visit(fresh_context(browser, look), plain)
        wait_for_page(our_page)
        turns = islice(zip(cycle(LEGEND), cycle(RELEASES), strict=False), changes + WARM_UP)
        for selector, share in turns:
            for page, timeline, times in (
                (our_page, OUR_TIMELINE, ours),
                (plain_one, PLAIN_TIMELINE, beside),
            ):
                times.append(
                    _release(page, timeline, share) if released else change(page, selector)
                )
                page.wait_for_timeout(REST_MS)
        our_page.context.close()
        plain_one.context.close()
    return tuple(ours[WARM_UP:]), tuple(beside[WARM_UP:])


def _release(page: Page, timeline: _Timeline, share: float) -> float:
    """Drag the last day to a share of the width, let go, and time the painting that follows."""
    left, width, y = _hold(page, timeline)
    for part in (-12, -6, 0):
        page.mouse.move(left + share * width + part, y)
    page.wait_for_timeout(REST_MS)
    page.evaluate("bench.arm(null, 'pointerup')")
    page.mouse.up()
    first_ms: float = page.evaluate("bench.done")["first_ms"]
    return first_ms


def _hold(page: Page, timeline: _Timeline) -> tuple[float, float, float]:
    """Press on the grip of the last day; give the chart's left edge, its width, and the height."""
    chart = page.locator(timeline.chart)
    chart.scroll_into_view_if_needed()
    box, grip = chart.bounding_box(), page.locator(timeline.grip).bounding_box()
    if box is None or grip is None:
        message = f"no timeline at {timeline.chart}"
        raise LookupError(message)
    y = grip["y"] + grip["height"] / 2
    page.mouse.move(grip["x"] + grip["width"] / 2, y)
    page.mouse.down()
    return box["x"], box["width"], y


def frames(browser: Browser, plan: Plan) -> list[Row]:
    """Take the time between frames while the brush is dragged and while the days play.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    plan : Plan

    Returns
    -------
    list of Row
        Milliseconds; one value a frame.
    """
    return [row for size in (plan.large, plan.huge) for row in _frames(browser, size, plan.frames)]


def _frames(browser: Browser, size: int, frames: int) -> list[Row]:
    command = "python -m benchmarks frames"
    names = [
        f"{what}, {size:,} claims, time between frames, ms"
        for what in ("brush dragged", f"days playing, {FASTEST} a second")
    ]
    file = claims_file(size)
    bar = FRAME if size < TEN_MILLIONS else FRAME_OF_TEN_MILLIONS
    try:
        with serving("app.py", READY, claims=file) as server:
            page, _ = visit(fresh_context(browser, PAINT_LOOK), server.url)
            wait_for_page(page)
            dragged = _drag(page, OUR_TIMELINE, frames)
            page.wait_for_timeout(2 * REST_MS)
            played = _play(page, frames)
            page.context.close()
    except FAILURES as error:
        close_all(browser)
        return [Row(names[0], (), command, bar=bar, why=first_line(error))]
    with plain_page(file) as url:
        page, _ = visit(fresh_context(browser, OUR_LOOK), url)
        beside = _drag(page, PLAIN_TIMELINE, frames)
        page.context.close()
    return [
        Row(names[0], dragged, command, f"{PLAIN}, dragged", beside, bar),
        Row(names[1], played, command, bar=bar),
    ]


def _drag(page: Page, timeline: _Timeline, moves: int) -> tuple[float, ...]:
    """Sweep the last day to and fro, a few pixels a move, and take the frames meanwhile."""
    left, width, y = _hold(page, timeline)
    low, high = (left + share * width for share in SWEEP)
    x, way = high, -STEP_PX
    page.mouse.move(x, y)
    page.evaluate("() => { bench.stop = bench.record(); }")
    for _ in range(moves):
        way = STEP_PX if x <= low else -STEP_PX if x >= high else way
        x += way
        page.mouse.move(x, y)
    taken: list[float] = page.evaluate("bench.stop()")
    page.mouse.up()
    return tuple(taken)


def _play(page: Page, frames: int) -> tuple[float, ...]:
    """Play on from the middle of the record, and take the frames until the end of its days."""
    _release(page, OUR_TIMELINE, PLAYED_FROM)
    page.wait_for_timeout(2 * REST_MS)
    page.select_option(SPEED, FASTEST)
    page.click(PLAY)
    taken: list[float] = page.evaluate(
        """([wanted, selector]) => new Promise((done) => {
          const stop = bench.record();
          const button = document.querySelector(selector);
          let left = wanted;
          const tick = () =>
            left-- > 0 && button.title === "Pause" ? requestAnimationFrame(tick) : done(stop());
          tick();
        })""",
        [frames, PLAY],
    )
    if page.get_attribute(PLAY, "title") == "Pause":
        page.click(PLAY)
    return tuple(taken)
