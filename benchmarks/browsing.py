"""A Chromium without the network, and pages that time themselves."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Error, sync_playwright

from benchmarks.chromium import FLAGS, find_chromium
from benchmarks.server import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

AWAKE: Final = (
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
)
"""A page that is timed must not be put to sleep."""
IN_SOFTWARE: Final = (
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
WIDTH_PX: Final = 1280
HEIGHT_PX: Final = 720
LIMIT_MS: Final = 60_000
FAILURES: Final = (Error, RefusedError, TimeoutError)
"""What a page or a server may end with that cannot do what it is asked."""


@contextmanager
def chromium(*, webgl: bool = False) -> Iterator[Browser]:
    """Run the system's Chromium, else Playwright's own, without a way to the outside.

    Parameters
    ----------
    webgl : bool, optional
        Whether pages may draw with WebGL; without a graphics card the processor does it.

    Yields
    ------
    playwright.sync_api.Browser
    """
    drawing = IN_SOFTWARE if webgl else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=[*FLAGS, *AWAKE, *drawing]
        )
        yield browser
        browser.close()


def fresh_context(browser: Browser, look: str, *, before: str = "") -> BrowserContext:
    """Make a context with an empty cache whose pages time themselves.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    look : str
        JavaScript function without arguments: what the page shows as text, null for nothing yet.
    before : str, optional
        JavaScript that every page runs first.

    Returns
    -------
    playwright.sync_api.BrowserContext
    """
    context = browser.new_context(viewport={"width": WIDTH_PX, "height": HEIGHT_PX})
    context.set_default_timeout(LIMIT_MS)
    probe = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")
    start = f"if (window.bench) {{ bench.look = {look}; bench.arm(0); }}"
    context.add_init_script(f"{before}\n{probe}\n{start}")
    return context


def visit(context: BrowserContext, url: str) -> tuple[Page, float]:
    """Open a page and time its first painted content.

    Parameters
    ----------
    context : playwright.sync_api.BrowserContext
        From `fresh_context`.
    url : str

    Returns
    -------
    playwright.sync_api.Page
    float
        Milliseconds from the start of the navigation.
    """
    page = context.new_page()
    page.goto(url, wait_until="commit")
    first_ms: float = page.evaluate("bench.done")["first_ms"]
    return page, first_ms


def change(page: Page, selector: str) -> float:
    """Click and time what the page makes of it.

    Parameters
    ----------
    page : playwright.sync_api.Page
        From `visit`.
    selector : str
        What to click.

    Returns
    -------
    float
        Milliseconds from the trusted click to the last painted change that follows it.
    """
    page.evaluate("bench.arm(null)")
    page.click(selector)
    settled_ms: float = page.evaluate("bench.done")["settled_ms"]
    return settled_ms


def renderer_pids(browser: Browser) -> list[int]:
    """Find the processes that draw the pages.

    Parameters
    ----------
    browser : playwright.sync_api.Browser

    Returns
    -------
    list of int
    """
    devtools = browser.new_browser_cdp_session()
    found = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
    devtools.detach()
    return [int(one["id"]) for one in found if one["type"] == "renderer"]


def first_line(error: Exception) -> str:
    """Say in one line what went wrong; the browser's driver adds a log to it.

    Parameters
    ----------
    error : Exception

    Returns
    -------
    str
    """
    return next(iter(str(error).splitlines()), type(error).__name__)


def close_all(browser: Browser) -> None:
    """Close every page, those of a measurement that failed among them.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    """
    for context in browser.contexts:
        context.close()
