"""Scene to scene while presenting: from the key to the painted map, without the flight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.browsing import fresh_context, visit
from benchmarks.files import claims_file
from benchmarks.map_speed import PAINT_LOOK
from benchmarks.page_speed import OWN_RECORD, REST_MS, WARM_UP
from benchmarks.report import Bar, Row
from benchmarks.server import READY, serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

    from benchmarks.plan import Plan

STAGE: Final[ViewportSize] = {"width": 1920, "height": 1080}
BRIEFING: Final = "bakhmut_2023-05-08_14"
INVENTED: Final = "steps"
STEPS: Final = ("PageDown", "PageDown", "PageUp", "PageDown", "PageUp", "PageUp")
"""To and fro among scenes in the middle of the briefing."""
PAINTED: Final = Bar(150, "ms", "p95")
LABELLED: Final = """() => {
  const canvas = document.querySelector(".cm-notes-canvas");
  window.labelled = null;
  const pen = canvas.getContext("2d");
  const blank = pen.clearRect.bind(pen);
  pen.clearRect = (...box) => {
    blank(...box);
    requestAnimationFrame(() => { window.labelled = performance.now(); });
  };
}"""
"""Labels are placed once the claims are on the screen: the last wiping of their canvas tells."""
SCENES: Final = """
title = "Steps"

[[scene]]
title = "All"
at = "48.6000,38.0000,9"

[[scene]]
title = "One side"
side = ["ukraine"]
at = "48.5900,37.9900,11"

[[scene]]
title = "A month"
from = 2023-05-01
to = 2023-05-31
at = "48.6800,38.0900,10"

[[scene]]
title = "Another side, a kind"
side = ["russia"]
kind = ["attack"]
at = "48.6000,38.0000,12"
"""


def scenes(browser: Browser, plan: Plan) -> list[Row]:
    """Time the step to another scene on a window of 1920 x 1080.

    The browser is asked for less motion, so that the map cuts to the scene.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    plan : Plan

    Returns
    -------
    list of Row
        Milliseconds from the trusted key to the painted claims, and to the labels after them.
    """
    large = claims_file(plan.large)
    _write_briefing(large)
    own = _scenes(browser, plan.changes, None, BRIEFING, OWN_RECORD)
    return own + _scenes(browser, plan.changes, large, INVENTED, f"{plan.large:,} claims")


def _write_briefing(claims: Path) -> None:
    folder = claims.parent / "briefings"
    folder.mkdir(exist_ok=True)
    (folder / f"{INVENTED}.toml").write_text(SCENES, encoding="utf-8")


def _scenes(
    browser: Browser, changes: int, claims: Path | None, briefing: str, words: str
) -> list[Row]:
    painted, labelled = [], []
    with serving("app.py", READY, claims=claims) as server:
        context = fresh_context(browser, PAINT_LOOK)
        page, _ = visit(context, server.url)
        page.set_viewport_size(STAGE)
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"{server.url}?briefing={briefing}&scene=2&present=1")
        page.wait_for_selector('[data-testid="stage"]')
        page.wait_for_selector('[data-testid="claim-map"][data-ready="true"]')
        page.wait_for_timeout(4 * REST_MS)
        page.evaluate(LABELLED)
        for turn in range(changes + WARM_UP):
            claims_ms, labels_ms = _step(page, STEPS[turn % len(STEPS)])
            painted.append(claims_ms)
            labelled.append(labels_ms)
            page.wait_for_timeout(REST_MS)
        context.close()
    command = "python -m benchmarks scenes"
    what = f"scene to scene at 1080p without the flight, {words}"
    return [
        Row(f"{what}, claims painted, ms", tuple(painted[WARM_UP:]), command, bar=PAINTED),
        Row(f"{what}, names and notes too, ms", tuple(labelled[WARM_UP:]), command),
    ]


def _step(page: Page, key: str) -> tuple[float, float]:
    page.evaluate("() => { bench.arm(null, 'keydown'); window.labelled = null; }")
    page.keyboard.press(key)
    first_ms: float = page.evaluate("bench.done")["first_ms"]
    page.wait_for_function("window.labelled !== null")
    labels_ms: float = page.evaluate("window.labelled - bench.began")
    return first_ms, labels_ms
