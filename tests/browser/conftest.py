"""The page as users get it: the app's own server, and a Chromium that is cut from the network."""

from __future__ import annotations

import base64
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect, sync_playwright

from benchmarks.chromium import FLAGS, find_chromium
from components.assets import page_script
from tests.browser.alone import opener
from tests.browser.expected import read_rows
from tests.browser.large import all_days, large_file
from tests.browser.profiles import DESKTOP, Profiles
from tests.browser.screen import TO_THE_TOP, Screen
from tests.browser.server import serve
from tests.browser.watch import watched
from tests.components.standalone_file import shipped
from tests.report import report_path
from tests.talk import talk_beside_the_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.alone import Open
    from tests.browser.expected import Row
    from tests.browser.profiles import Size
    from tests.browser.server import Server

GREY_TILE = base64.b64decode("R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
expect.set_options(timeout=10_000)  # a busy machine is slow, not wrong


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Serve the claims of the first report for the whole run."""
    with serve(report_path()) as started:
        yield started


@pytest.fixture(scope="session")
def own() -> Iterator[Server]:
    """Serve the project's own record with its briefing, as `make run` does."""
    with serve() as started:
        yield started


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the report with a briefing beside it."""
    with serve(talk_beside_the_report(tmp_path_factory.mktemp("talk"))) as started:
        yield started


@pytest.fixture(scope="session")
def large_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a record that is paged and folded."""
    return large_file(tmp_path_factory.mktemp("large"))


@pytest.fixture(scope="session")
def large(large_path: Path) -> Iterator[Server]:
    """Serve the record that is paged and folded."""
    with serve(large_path) as started:
        yield started


@pytest.fixture(scope="session")
def large_rows(large_path: Path) -> list[Row]:
    """Read the rows of the record that is paged and folded."""
    return read_rows(large_path)


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium, or Playwright's own where there is none."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Page:
    """Give an empty page that has the page's own scripts."""
    page = browser.new_page()
    page.add_script_tag(content=page_script().body.decode())
    return page


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Profiles:
    """Give the browser's profiles."""
    return Profiles(browser)


@contextmanager
def _watched(
    tab: AbstractContextManager[Page], home: str, allowed_host: str = ""
) -> Iterator[Screen]:
    with tab as page:
        if allowed_host:
            page.route(f"https://{allowed_host}/**", lambda asked: asked.fulfill(body=GREY_TILE))
        with watched(page, allowed_host) as watch:
            yield Screen(page, home, watch)


@pytest.fixture(scope="module")
def pages_as_left(profiles: Profiles) -> Iterator[Callable[[str, Size], Screen]]:
    """Give the module's one page of a server and a size as the test before left it."""
    with ExitStack() as stack:
        pages: dict[tuple[str, Size], Screen] = {}

        def page(home: str, size: Size) -> Screen:
            if (home, size) not in pages:
                tab = profiles.tab(profiles.kept(), size)
                pages[home, size] = stack.enter_context(_watched(tab, home))
            return pages[home, size]

        yield page


@pytest.fixture(scope="module", params=["light", "dark"])
def coloured_screen(
    profiles: Profiles, server: Server, request: pytest.FixtureRequest
) -> Iterator[Screen]:
    """Give one page in light and then one in dark, as the test before left it."""
    tab = profiles.tab(profiles.kept(), colours=request.param)
    with _watched(tab, server.url) as screen:
        screen.load()
        yield screen


@pytest.fixture
def revisit(pages_as_left: Callable[[str, Size], Screen]) -> Callable[..., Screen]:
    """Bring the module's one page of a server to an address, by a load only where it must be.

    Its keywords: `size`, `colours`. For tests that leave nothing behind but the address: what
    one does and should not, the end of the module reports; `unexpected` does at once.
    """

    def bring(
        server: Server, query: str = "", *, size: Size = DESKTOP, colours: Any = "light"
    ) -> Screen:
        screen = pages_as_left(server.url, size)
        screen.page.emulate_media(color_scheme=colours)
        if screen.page.url.split("?")[0] == screen.home:
            screen.page.bring_to_front()
            # Out of a field first: in one of search the key would empty it.
            screen.page.evaluate(TO_THE_TOP)
            screen.page.keyboard.press("Escape")
            # The test before may have left a run on its way, which writes its address late.
            screen.rest()
            screen.bring(query)
        else:
            screen.load(query)
        assert screen.unexpected() == []
        return screen

    return bring


@pytest.fixture
def screen(revisit: Callable[..., Screen], server: Server) -> Screen:
    """Give the module's one page of the report, brought back to its first address."""
    screen = revisit(server)
    if screen.shown() != screen.total():
        screen.load()
    return screen


@pytest.fixture
def large_page(revisit: Callable[..., Screen], large: Server, large_rows: list[Row]) -> Screen:
    """Give the module's one page of the record that is paged and folded, on all its days."""
    return revisit(large, all_days(large_rows))


@pytest.fixture
def open_page(profiles: Profiles, server: Server) -> Iterator[Callable[..., Screen]]:
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
            profile = profiles.fresh() if fresh else profiles.kept()
            if fresh:
                stack.callback(profile.close)
            tab = profiles.tab(profile, size, colours)
            screen = stack.enter_context(_watched(tab, home, allowed_host))
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


@pytest.fixture
def present(open_page: Callable[..., Screen], talk: Server) -> Callable[..., Screen]:
    """Open the page of the report that has a briefing; keywords as `open_page`."""

    def start(query: str = "", **more: object) -> Screen:
        screen = open_page(query, home=talk.url, ready=False, **more)
        expect(screen.map).to_have_attribute("data-ready", "true", timeout=30_000)
        screen.rest()
        return screen

    return start
