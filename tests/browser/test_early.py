"""The map is drawn before Streamlit has made room for it, where it is going to stand."""

from __future__ import annotations

import re
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

from cartography.frame import HOME
from tests.browser.profiles import DESKTOP, SIZES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page, Route

    from tests.browser.profiles import Profiles
    from tests.browser.screen import Screen
    from tests.browser.server import Server

NOTES: Final = """window.placed = [];
  window.typed = 0;
  document.fonts.addEventListener("loadingdone", function ({ fontfaces }) {
    const isOurs = ({ family, style }) => style === "normal" && family.includes("Source Sans");
    if (fontfaces.some(isOurs)) typed++;
  });
  new MutationObserver(function () {
    const map = document.querySelector('[data-testid="claim-map"]');
    if (!map || !map.dataset.painted) return;
    const where = map.closest(".cm-early") ? "early" : "in its room";
    if (placed.length && placed.at(-1).where === where) return;
    const { x, y, width, height } = map.getBoundingClientRect();
    placed.push({ where, x, y, width, height, painted: Number(map.dataset.painted), typed });
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-painted"] });"""
"""Each place in which the map has been painted, at the moment it first stood there painted."""
STREAMLIT: Final = "**/static/js/index.*"


@pytest.fixture
def profile(profiles: Profiles) -> Callable[[tuple[int, int]], BrowserContext]:
    """Give a profile of a window size that has never seen the page, and takes notes."""

    def fresh(size: tuple[int, int]) -> BrowserContext:
        context = profiles.fresh(size)
        context.add_init_script(NOTES)
        return context

    return fresh


@contextmanager
def streamlit_waits(page: Page) -> Iterator[None]:
    """Hold Streamlit's own start back until what is done within is over."""
    held: list[Route] = []
    waiting = True

    def hold(asked: Route) -> None:
        if waiting:
            held.append(asked)
        else:
            asked.continue_()

    page.route(STREAMLIT, hold)
    yield
    waiting = False
    for asked in held:
        asked.continue_()


def visit(context: BrowserContext, url: str, *, early: bool = True) -> list[dict[str, Any]]:
    page = context.new_page()
    with streamlit_waits(page) if early else nullcontext():
        page.goto(url, wait_until="commit")
        if early:
            page.wait_for_function("() => window.placed.length > 0")
    page.wait_for_function("() => window.placed.some(({ where }) => where === 'in its room')")
    page.wait_for_timeout(1000)
    placed: list[dict[str, Any]] = page.evaluate("window.placed")
    page.close()
    return placed


@pytest.mark.parametrize("size", SIZES)
def test_the_map_is_drawn_where_it_will_stand_and_not_again_there(
    server: Server,
    profile: Callable[[tuple[int, int]], BrowserContext],
    size: tuple[int, int],
) -> None:
    context = profile(size)
    early, settled = visit(context, server.url)
    assert (early["where"], settled["where"]) == ("early", "in its room")
    # Only numbers whose type has come meanwhile are written anew.
    assert settled["painted"] - early["painted"] <= settled["typed"] - early["typed"] <= 1
    for measure in ("x", "y", "width", "height"):
        assert early[measure] == pytest.approx(settled[measure], abs=1)
    context.close()


def test_where_the_header_wraps_the_map_waits_for_its_room(
    server: Server, profile: Callable[[tuple[int, int]], BrowserContext]
) -> None:
    context = profile((900, 700))
    first = visit(context, server.url, early=False)
    assert [one["where"] for one in first] == ["in its room"]
    context.close()


@pytest.fixture
def page(profile: Callable[[tuple[int, int]], BrowserContext]) -> Iterator[Page]:
    """Give a page that nobody has opened yet, at 1280 x 720."""
    context = profile(DESKTOP)
    yield context.new_page()
    context.close()


def test_the_keyboard_s_place_on_the_map_outlives_the_move(server: Server, page: Page) -> None:
    with streamlit_waits(page):
        page.goto(server.url, wait_until="commit")
        page.locator(".cm-early .cm-leaflet").focus()
    expect(page.locator(".st-key-map .cm-leaflet")).to_be_focused()


def test_a_first_view_without_a_page_goes_with_its_tools(server: Server, page: Page) -> None:
    with streamlit_waits(page):
        page.goto(server.url, wait_until="commit")
        page.wait_for_function("() => window.placed.length > 0")
        assert page.evaluate("ClaimMap.pointing.offered()")
        page.evaluate(
            """() => {
                const failure = document.createElement("div");
                failure.className = "st-key-failure";
                document.body.append(failure);
            }"""
        )
        expect(page.locator(".cm-early")).to_have_count(0)
        assert not page.evaluate("ClaimMap.pointing.offered()")


def test_a_presentation_is_not_preceded_by_the_page_s_map(open_page: Callable[..., Screen]) -> None:
    screen = open_page("?present=1", fresh=True, ready=False)
    screen.page.evaluate(
        """() => {
          window.seen = 0;
          new MutationObserver(() => (window.seen += document.querySelectorAll(".cm-early").length))
            .observe(document, { subtree: true, childList: true });
        }"""
    )
    expect(screen.map).to_have_attribute("data-ready", "true")
    assert screen.page.evaluate("window.seen") == 0
    screen.rest()


def test_numbers_written_before_their_type_has_come_are_written_anew(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page("?from=2023-01-01")
    lat, lon, _ = HOME
    wanted = screen.canvas_patch(lat, lon, 150)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    screen.page.route(re.compile(r"\.woff2$"), hold)
    screen.page.goto(f"{screen.home}?from=2023-01-01", wait_until="commit")
    expect(screen.map).to_have_attribute("data-ready", "true", timeout=30_000)
    expect(screen.marks.first).to_be_attached()
    assert held
    before, painted = screen.canvas_patch(lat, lon, 150), screen.painted()
    assert before != wanted
    while held:
        held.pop().continue_()
    screen.page.wait_for_function(
        "(painted) => document.querySelector('[data-testid=claim-map]').dataset.painted > painted",
        arg=painted,
    )
    screen.rest()
    assert screen.canvas_patch(lat, lon, 150) == wanted
