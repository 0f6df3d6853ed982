"""The standalone file as a reader meets it, and what the server would answer in its place."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from cartography.wording import words_of
from claims.days import day_from_iso
from claims.selection import Selection
from components import shared
from components.address import View
from components.claim_map.claim_map import map_message
from tests.browser.profiles import DESKTOP
from tests.browser.screen import read_to_the_end
from tests.exports.briefings import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

    from cartography.panels import Standings

    Open = Callable[..., Page]

WEEK = Selection(day_from_iso("2023-05-08"), day_from_iso("2023-05-14"))


@contextmanager
def opener(browser: Browser, first: Path) -> Iterator[Open]:
    """Give what opens a file from file://, offline; any request and any word in the console fails.

    Its keywords: `size`, `colours` and `path` (of another file).
    """
    faults: list[str] = []
    opened: list[Page] = []

    def asked(request: Request, own: str) -> None:
        if not request.url.startswith(own):
            faults.append(request.url)

    def spoke(message: ConsoleMessage) -> None:
        faults.append(f"console {message.type}: {message.text}")

    def start(
        query: str = "",
        *,
        size: tuple[int, int] = DESKTOP,
        colours: Any = "light",
        path: Path = first,
    ) -> Page:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=colours,
            reduced_motion="reduce",
            offline=True,
            timezone_id="UTC",
            locale="en-GB",
        )
        page = context.new_page()
        own = path.as_uri()
        page.on("request", lambda request: asked(request, own))
        page.on("websocket", lambda one: faults.append(one.url))
        page.on("console", spoke)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.goto(own + query)
        expect(page.get_by_test_id("claim-map")).to_have_attribute("data-ready", "true")
        opened.append(page)
        return page

    yield start
    for page in opened:
        page.context.close()
    assert faults == []


def status(page: Page) -> Locator:
    """Find the line over the map that says what is shown."""
    return page.locator(".cm-status")


def card_ids(page: Page) -> list[str]:
    """Read the claims of the cards beside the map, in order, to the last."""
    return read_to_the_end(page.locator(".cm-cards"))


def _names(claims: Sequence[int]) -> list[str]:
    return [str(one["id"]) for one in words_of(record(), claims)]


def ids_of(cards: dict[str, Any]) -> list[str]:
    """Name the claims of cards as Python answers them, in order."""
    return _names([claim for group in cards["groups"] for claim in group["claims"]])


def answered(selection: Selection) -> tuple[Any, Standings]:
    """Ask the page what a selection keeps, and the standings as of its day."""
    edition = record()
    return shared.keep(edition, selection), shared.standings(edition, selection.as_of_day())


def message(selection: Selection) -> dict[str, Any]:
    """Ask the page what it tells the map of a selection."""
    view = View()
    keep, _ = answered(selection)
    return map_message(record(), selection, view, keep=keep, voices=())
