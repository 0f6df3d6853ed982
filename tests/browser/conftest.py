"""The page as users get it: the app's own server, and a Chromium that is cut from the network."""

from __future__ import annotations

import base64
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

from benchmarks.chromium import FLAGS, find_chromium
from tests.browser.alone import opener
from tests.browser.screen import LEAFLET_TELLS, Screen
from tests.browser.server import serve
from tests.browser.watch import Watch
from tests.components.test_standalone import shipped
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.alone import Open
    from tests.browser.server import Server

DESKTOP = (1280, 720)
GREY_TILE = base64.b64decode("R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
expect.set_options(timeout=10_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Serve the claims of the first report for the whole run."""
    with serve(report_path()) as started:
        yield started


@pytest.fixture(scope="module")
def serve_file() -> Iterator[Callable[[Path], Server]]:
    """Serve other claims files; each file's server lives as long as the module."""
    with ExitStack() as stack:
        servers: dict[Path, Server] = {}

        def start(claims: Path) -> Server:
            if claims not in servers:
                servers[claims] = stack.enter_context(serve(claims))
            return servers[claims]

        yield start


# A browser a module, not a session: Playwright's loop must not run on beside other tests.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium, or Playwright's own where there is none."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Callable[..., BrowserContext]:
    """Give browser profiles by size and colours, each kept so that files are fetched once."""
    kept: dict[tuple[object, ...], BrowserContext] = {}

    def context(
        size: tuple[int, int] = DESKTOP, colours: Any = "light", *, fresh: bool = False
    ) -> BrowserContext:
        key = (size, colours)
        if fresh or key not in kept:
            width, height = size
            made = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=colours,
                reduced_motion="reduce",
                timezone_id="UTC",
                locale="en-GB",
            )
            made.set_default_timeout(15_000)
            made.add_init_script(LEAFLET_TELLS)
            if fresh:
                return made
            kept[key] = made
        return kept[key]

    return context


@contextmanager
def _watched(context: BrowserContext, home: str, allowed_host: str = "") -> Iterator[Screen]:
    page = context.new_page()
    if allowed_host:
        page.route(f"https://{allowed_host}/**", lambda asked: asked.fulfill(body=GREY_TILE))
    watch = Watch(page, allowed_host)
    yield Screen(page, home, watch)
    page.close()
    # A browser asks for a tab's last files as it closes; only what it did before counts.
    assert watch.faults() == []


@pytest.fixture(scope="module")
def screen_as_left(contexts: Callable[..., BrowserContext], server: Server) -> Iterator[Screen]:
    """Give the module's one page at 1280 x 720 as the test before left it."""
    with _watched(contexts(), server.url) as screen:
        screen.load()
        yield screen


@pytest.fixture(scope="module", params=["light", "dark"])
def coloured_screen(
    contexts: Callable[..., BrowserContext], server: Server, request: pytest.FixtureRequest
) -> Iterator[Screen]:
    """Give one page in light and then one in dark, as the test before left it."""
    with _watched(contexts(colours=request.param), server.url) as screen:
        screen.load()
        yield screen


@pytest.fixture
def screen(screen_as_left: Screen) -> Screen:
    """Give the module's one page at 1280 x 720, brought back to its first address.

    What one test does and should not, the end of the module reports; `unexpected` does at once.
    """
    screen_as_left.page.keyboard.press("Escape")
    # The test before may have left a run on its way, which writes its address late.
    screen_as_left.rest()
    screen_as_left.go("")
    if screen_as_left.query() or screen_as_left.shown() != screen_as_left.total():
        screen_as_left.load()
    assert screen_as_left.unexpected() == []
    return screen_as_left


@pytest.fixture
def open_page(
    contexts: Callable[..., BrowserContext], server: Server
) -> Iterator[Callable[..., Screen]]:
    """Open pages that fail the test on any outside request or any word in the console.

    Its keywords: `home` (address of another server), `size`, `colours`, `fresh` (a profile of
    its own), `allowed_host` (may be asked, and answers with grey tiles), `ready` (wait for the
    map; True).
    """
    with ExitStack() as stack:

        def start(  # noqa: PLR0913  # one keyword each for what can differ between two viewers
            query: str = "",
            *,
            home: str = server.url,
            size: tuple[int, int] = DESKTOP,
            colours: str = "light",
            fresh: bool = False,
            allowed_host: str = "",
            ready: bool = True,
        ) -> Screen:
            context = contexts(size, colours, fresh=fresh)
            if fresh:
                stack.callback(context.close)
            screen = stack.enter_context(_watched(context, home, allowed_host))
            screen.load(query, ready=ready)
            return screen

        yield start


@pytest.fixture(scope="module")
def week_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the shipped briefing as a standalone file."""
    path = tmp_path_factory.mktemp("standalone") / "week.html"
    path.write_bytes(shipped())
    return path


@pytest.fixture
def open_file(browser: Browser, week_file: Path) -> Iterator[Open]:
    """Open standalone files that fail the test on any request or any word in the console."""
    with opener(browser, week_file) as opened:
        yield opened
