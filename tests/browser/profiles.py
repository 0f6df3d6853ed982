"""Chromium's profiles and their tabs, kept from test to test: what is fetched once is known."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from tests.browser.screen import LEAFLET_TELLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

DESKTOP: Final = (1280, 720)
LARGE: Final = (1920, 1080)
PHONE: Final = (390, 844)
SIZES: Final = (DESKTOP, LARGE, PHONE)
NOWHERE: Final = "about:blank"
# A page that never came has no storage, and says so by failing.
FORGET: Final = """() => {
  for (const kind of ["sessionStorage", "localStorage"]) {
    try { window[kind].clear(); } catch { continue; }
  }
}"""


class Profiles:
    """The profiles of one browser.

    A tab is lent and comes back: a second page in a tab costs the browser two thirds of what
    the first page in a new one does. It is lent as the one in front: Chromium draws the others
    once a second.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[tuple[object, ...], BrowserContext] = {}
        self._idle: dict[BrowserContext, list[Page]] = {}

    def kept(self, size: tuple[int, int] = DESKTOP, colours: Any = "light") -> BrowserContext:
        """Give the profile of a window size and of colours, always the same."""
        key = (size, colours)
        if key not in self._kept:
            self._kept[key] = self.fresh(size, colours)
        return self._kept[key]

    def fresh(self, size: tuple[int, int] = DESKTOP, colours: Any = "light") -> BrowserContext:
        """Make a profile that has seen nothing; whoever asked closes it."""
        width, height = size
        made = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=colours,
            reduced_motion="reduce",
            timezone_id="UTC",
            locale="en-GB",
        )
        made.set_default_timeout(15_000)
        made.add_init_script(LEAFLET_TELLS)
        return made

    @contextmanager
    def tab(self, profile: BrowserContext) -> Iterator[Page]:
        """Lend an empty tab of a profile; one that is closed meanwhile does not come back."""
        idle = self._idle.setdefault(profile, [])
        page = idle.pop() if idle else profile.new_page()
        page.bring_to_front()
        size = page.viewport_size
        yield page
        if page.is_closed():
            return
        page.unroute_all()
        page.evaluate(FORGET)
        page.goto(NOWHERE)
        page.mouse.move(0, 0)
        if size is not None and page.viewport_size != size:
            page.set_viewport_size(size)
        idle.append(page)
