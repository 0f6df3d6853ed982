"""Memory of the server: with a large record, and what each viewer adds."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from benchmarks.browsing import fresh_context, visit
from benchmarks.files import claims_file
from benchmarks.machine import memory_mb
from benchmarks.page_speed import OUR_LOOK, PEER_LOOK, wait_for_page
from benchmarks.report import Bar, Row
from benchmarks.server import READY, STREAMLIT_READY, Server, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from benchmarks.plan import Plan

COMMAND: Final = "python -m benchmarks memory"
CALM_MS: Final = 3000
PEER: Final = "empty Streamlit page"


def memory(browser: Browser, plan: Plan) -> list[Row]:
    """Read the server's memory as viewers come, each with a browser profile of his own.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    plan : Plan

    Returns
    -------
    list of Row
        Megabytes (2**20 bytes).
    """
    with serving("app.py", READY, claims=claims_file(plan.large)) as server:
        ours = _as_viewers_come(browser, server, OUR_LOOK, plan.viewers, wait_for_page)
        most = memory_mb(server.pid, "VmHWM")
    with serving("benchmarks/empty_page.py", STREAMLIT_READY) as server:
        beside = _as_viewers_come(browser, server, PEER_LOOK, plan.viewers, _rest)
        peer_most = memory_mb(server.pid, "VmHWM")
    words = f"{plan.large:,} claims"
    further, peer_further = (_mean_step(held[1:]) for held in (ours, beside))
    return [
        Row(f"server when ready, {words}, MB", ours[:1], COMMAND, PEER, beside[:1]),
        Row(f"server at most, {words}, MB", (most,), COMMAND, PEER, (peer_most,), Bar(1200, "MB")),
        Row(
            f"the first viewer adds, {words}, MB",
            (ours[1] - ours[0],),
            COMMAND,
            PEER,
            (beside[1] - beside[0],),
        ),
        Row(
            f"each further viewer adds, mean of {plan.viewers}, {words}, MB",
            (further,),
            COMMAND,
            PEER,
            (peer_further,),
            Bar(5, "MB"),
        ),
    ]


def _as_viewers_come(
    browser: Browser, server: Server, look: str, further: int, settle: Callable[[Page], None]
) -> tuple[float, ...]:
    """Give the memory held with no viewer, with one, and with each further one."""
    held = [memory_mb(server.pid)]
    with ExitStack() as viewers:
        for _ in range(1 + further):
            context = fresh_context(browser, look)
            viewers.callback(context.close)
            page, _ = visit(context, server.url)
            settle(page)
            page.wait_for_timeout(CALM_MS)
            held.append(memory_mb(server.pid))
    return tuple(held)


def _rest(page: Page) -> None:
    page.wait_for_timeout(CALM_MS)


def _mean_step(held: tuple[float, ...]) -> float:
    steps = [after - before for before, after in pairwise(held)]
    return sum(steps) / len(steps)
