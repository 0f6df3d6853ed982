"""How the figures grow from one size to the next, ten times as large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.browsing import FAILURES, close_all, first_line, fresh_context, renderer_pids, visit
from benchmarks.bytes_sent import columns_bytes
from benchmarks.files import claims_file
from benchmarks.machine import memory_mb
from benchmarks.map_speed import legend_changes
from benchmarks.page_speed import OUR_LOOK, wait_for_page
from benchmarks.report import Row
from benchmarks.server import READY, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from benchmarks.plan import Plan

COMMAND: Final = "python -m benchmarks growth"
MEGABYTE: Final = 2**20
WHAT: Final = (
    "ready after start, s",
    "server at most, MB",
    "columns file, MB",
    "click in the legend to painted map, ms",
    "page in the browser, MB",
)


def growth(browser: Browser, plan: Plan) -> list[Row]:
    """Take a few figures at three sizes, each beside the size before.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    plan : Plan

    Returns
    -------
    list of Row
    """
    sizes = (plan.middle, plan.large, plan.huge)
    taken = [_taken(browser, size, plan.changes) for size in sizes]
    rows = []
    for number, what in enumerate(WHAT):
        head, unit = what.rsplit(", ", 1)
        before: tuple[float, ...] = ()
        for at, (size, (values, why)) in enumerate(zip(sizes, taken, strict=True)):
            if why and number:  # said once is enough
                continue
            name = f"{head}, {size:,} claims, {unit}"
            peer = f"{sizes[at - 1]:,} claims" if before else ""
            rows.append(Row(name, values[number], COMMAND, peer, before, why=why))
            before = values[number]
    return rows


def _taken(browser: Browser, size: int, changes: int) -> tuple[list[tuple[float, ...]], str]:
    """Give the values of `WHAT`, or none and why."""
    try:
        with serving("app.py", READY, claims=claims_file(size)) as server:
            others = set(renderer_pids(browser))
            page, _ = visit(fresh_context(browser, OUR_LOOK), server.url)
            wait_for_page(page)
            changed = legend_changes(page, changes)
            renderers = set(renderer_pids(browser)) - others
            renderer_mb = max(memory_mb(pid) for pid in renderers)
            raw, _ = columns_bytes(server.url)
            most_mb = memory_mb(server.pid, "VmHWM")
            page.context.close()
    except FAILURES as error:
        close_all(browser)
        return [()] * len(WHAT), first_line(error)
    return [(server.ready_s,), (most_mb,), (raw / MEGABYTE,), changed, (renderer_mb,)], ""
