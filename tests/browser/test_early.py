"""The map is drawn before Streamlit has made room for it, where it is going to stand."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page, Route

    from tests.browser.screen import Screen
    from tests.browser.server import Server

NOTES: Final = """window.placed = [];
  new MutationObserver(function () {
    const map = document.querySelector('[data-testid="claim-map"]');
    if (!map || !map.dataset.painted) return;
    const where = map.closest(".cm-early") ? "early" : "in its room";
    if (placed.length && placed.at(-1).where === where) return;
    const { x, y, width, height } = map.getBoundingClientRect();
    placed.push({ where, x, y, width, height, painted: map.dataset.painted });
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-painted"] });"""
"""Each place in which the map has been painted, at the moment it first stood there painted."""
STREAMLIT: Final = "**/static/js/index.*"
SIZES: Final = [(1280, 720), (1920, 1080), (390, 844)]


@pytest.fixture
def profile(contexts: Callable[..., BrowserContext]) -> Callable[[tuple[int, int]], BrowserContext]:
    """Give a profile of a window size that has never seen the page, and takes notes."""

    def fresh(size: tuple[int, int]) -> BrowserContext:
        context = contexts(size, fresh=True)
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
    page.wait_for_function("() => localStorage.getItem('cm-map-place')")
    page.wait_for_timeout(1000)
    placed: list[dict[str, Any]] = page.evaluate("window.placed")
    page.close()
    return placed


@pytest.mark.parametrize("size", SIZES)
def test_the_first_visit_draws_the_map_where_it_will_stand(
    server: Server,
    profile: Callable[[tuple[int, int]], BrowserContext],
    size: tuple[int, int],
) -> None:
    context = profile(size)
    early, settled = visit(context, server.url)
    assert (early["where"], settled["where"]) == ("early", "in its room")
    for measure in ("x", "y", "width", "height"):
        assert early[measure] == pytest.approx(settled[measure], abs=1)
    again, moved = visit(context, server.url)
    assert again["where"] == "early"
    assert again["painted"] == moved["painted"]
    for measure in ("x", "y", "width", "height"):
        assert again[measure] == pytest.approx(moved[measure], abs=0.01)
    context.close()


def test_a_window_of_another_size_is_remembered_by_itself(
    server: Server, profile: Callable[[tuple[int, int]], BrowserContext]
) -> None:
    context = profile((900, 700))
    first = visit(context, server.url, early=False)
    assert [one["where"] for one in first] == ["in its room"]
    assert [one["where"] for one in visit(context, server.url)] == ["early", "in its room"]
    page = context.new_page()
    page.set_viewport_size({"width": 910, "height": 700})
    page.goto(server.url)
    page.wait_for_function("() => window.placed.length > 0")
    assert page.evaluate("window.placed[0].where") == "in its room"
    context.close()


def test_what_is_kept_of_the_place_may_be_anything(
    server: Server, profile: Callable[[tuple[int, int]], BrowserContext]
) -> None:
    context = profile((1280, 720))
    for kept in ("{", "null", '"x"', '{"window": "1280x720", "x": "0", "y": null, "width": 1}'):
        context.add_init_script(f"localStorage.setItem('cm-map-place', {kept!r})")
        early, settled = visit(context, server.url)
        assert early["where"] == "early"
        assert early["x"] == pytest.approx(settled["x"], abs=1)
    context.close()


def test_the_keyboard_s_place_on_the_map_outlives_the_move(
    server: Server, profile: Callable[[tuple[int, int]], BrowserContext]
) -> None:
    context = profile((1280, 720))
    page = context.new_page()
    with streamlit_waits(page):
        page.goto(server.url, wait_until="commit")
        page.locator(".cm-early .cm-leaflet").focus()
    expect(page.locator(".st-key-map .cm-leaflet")).to_be_focused()
    context.close()


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
