"""Chromium's profiles and their tabs, kept from test to test: what is fetched once is known."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from playwright.sync_api import Error as PlaywrightError

from tests.browser.screen import LEAFLET_TELLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

Size = tuple[int, int]
DESKTOP: Final = (1280, 720)
LARGE: Final = (1920, 1080)
PHONE: Final = (390, 844)
SIZES: Final = (DESKTOP, LARGE, PHONE)
# A page that never came has no storage, and says so by failing.
FORGET: Final = """() => {
  for (const kind of ["sessionStorage", "localStorage"]) {
    try { window[kind].clear(); } catch { continue; }
  }
}"""


class Profiles:
    """The profiles of one browser.

    A tab is lent and comes back, parked on a page of the same site, so that Chromium keeps its
    process: a load in it costs half of what it does in a new tab. It is lent as the one in
    front: Chromium draws the others once a second.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: BrowserContext | None = None
        self._idle: dict[BrowserContext, list[Page]] = {}

    def kept(self) -> BrowserContext:
        """Give the profile that most tests share."""
        if self._kept is None:
            self._kept = self.fresh()
        return self._kept

    def fresh(self, size: Size = DESKTOP) -> BrowserContext:
        """Make a profile that has seen nothing; whoever asked closes it."""
        made = self._browser.new_context(
            viewport=_viewport(size), reduced_motion="reduce", timezone_id="UTC", locale="en-GB"
        )
        made.set_default_timeout(15_000)
        made.add_init_script(LEAFLET_TELLS)
        made.on("close", self._forget)
        return made

    def _forget(self, closed: BrowserContext) -> None:
        self._idle.pop(closed, None)

    @contextmanager
    def tab(
        self, profile: BrowserContext, size: Size = DESKTOP, colours: Any = "light"
    ) -> Iterator[Page]:
        """Lend a tab of a profile; one that is closed meanwhile does not come back."""
        idle = self._idle.setdefault(profile, [])
        page = idle.pop() if idle else profile.new_page()
        page.bring_to_front()
        if page.viewport_size != _viewport(size):
            page.set_viewport_size(_viewport(size))
        page.emulate_media(color_scheme=colours)
        yield page
        if page.is_closed():
            return
        page.unroute_all()
        page.evaluate(FORGET)
        try:
            page.goto(urljoin(page.url, "/healthz"))
        except PlaywrightError:  # its server is gone, or it was a file
            page.close()
            return
        page.mouse.move(0, 0)
        idle.append(page)


def _viewport(size: Size) -> ViewportSize:
    width, height = size
    return {"width": width, "height": height}
