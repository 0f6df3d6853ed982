"""Cards are drawn as they are read, and their words are asked for no sooner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.large import vast_file
from tests.browser.screen import read_to_the_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.screen import Screen
    from tests.browser.server import Server

A_PAGE = 50
A_STEP = 10
EVERY_DAY = "?from=2023-03-01&to=2023-12-31"
NOTHING_IS_SEEN = "() => { IntersectionObserver = class { observe() {} disconnect() {} } }"


@pytest.fixture
def open_large(open_page: Callable[..., Screen], large: Server) -> Callable[..., Screen]:
    return lambda query, **more: open_page(query, home=large.url, **more)


@pytest.fixture
def whole(open_large: Callable[..., Screen]) -> Screen:
    """Give the page that shows the whole record."""
    return open_large(EVERY_DAY)


def _panel(screen: Screen) -> Locator:
    panel = screen.page.locator(".st-key-cards .cm-cards")
    expect(panel).to_have_attribute("data-cards", str(A_PAGE))
    return panel


def _change(screen: Screen) -> None:
    """Ask for another list of a full page."""
    with screen.repaint():
        screen.pill("side", "Russia").click()
    expect(_panel(screen).get_by_role("heading", level=2)).to_contain_text(
        re.compile("^1[0-9]{2} ")
    )


def test_only_the_first_cards_are_drawn_and_scrolling_brings_the_rest(whole: Screen) -> None:
    panel = _panel(whole)
    assert 8 <= whole.cards.count() <= 2 * A_STEP
    expect(panel.get_by_role("heading", level=2)).to_contain_text("388 claims")
    whole.cards.last.scroll_into_view_if_needed()
    expect(whole.cards.nth(2 * A_STEP)).to_be_attached()
    assert len(set(read_to_the_end(panel))) == A_PAGE
    propositions = panel.locator(".cm-group h3").all_inner_texts()
    assert len(set(propositions)) == len(propositions)


def test_on_a_phone_the_page_s_own_scrolling_brings_the_rest(
    open_large: Callable[..., Screen],
) -> None:
    screen = open_large(EVERY_DAY, size=(390, 844))
    panel = _panel(screen)
    assert 8 <= screen.cards.count() <= 3 * A_STEP
    assert len(set(read_to_the_end(panel))) == A_PAGE


def test_the_keyboard_alone_goes_through_every_card(whole: Screen) -> None:
    whole.page.evaluate(NOTHING_IS_SEEN)
    _change(whole)
    assert whole.cards.count() <= A_STEP
    _panel(whole).focus()
    reached = set()
    pager = whole.page.get_by_role("navigation", name="Pages, at the end")
    for _ in range(4 * A_PAGE):
        whole.page.keyboard.press("Tab")
        where = whole.page.evaluate(
            """() => [document.activeElement.closest(".cm-card")?.dataset.claim,
                Boolean(document.activeElement.closest("[aria-label='Pages, at the end']"))]"""
        )
        reached.add(where[0])
        if where[1]:
            break
    expect(pager.locator(":focus")).to_have_count(1)
    assert len(reached - {None}) == A_PAGE


def test_before_printing_all_cards_are_drawn_whose_words_are_here(whole: Screen) -> None:
    panel = _panel(whole)
    assert whole.cards.count() < A_PAGE
    whole.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(panel.locator(".cm-card")).to_have_count(A_PAGE)


def test_a_filter_change_begins_the_list_anew_at_its_top(whole: Screen) -> None:
    read_to_the_end(_panel(whole))
    whole.cards.last.scroll_into_view_if_needed()
    _change(whole)
    expect(whole.cards.first).to_be_in_viewport()
    assert whole.cards.count() <= 2 * A_STEP


def test_what_stays_the_same_is_not_drawn_anew_and_the_heading_never(whole: Screen) -> None:
    panel = _panel(whole)
    read_to_the_end(panel)
    heading = panel.get_by_role("heading", level=2)
    whole.page.evaluate(
        """() => (window.kept = [...document.querySelectorAll(
            ".st-key-cards .cm-card, .st-key-cards h2")])"""
    )
    stands = "window.kept.map((one) => one.isConnected)"
    whole.tab("Sources")
    whole.rest()
    assert set(whole.page.evaluate(stands)) == {True}
    before = heading.inner_text()
    _change(whole)
    assert heading.inner_text() != before
    # The heading stands before the cards.
    assert whole.page.evaluate(stands) == [True] + [False] * A_PAGE


def test_what_is_not_placed_stays_where_it_is_when_more_comes(
    open_large: Callable[..., Screen],
) -> None:
    screen = open_large(f"{EVERY_DAY}&tab=unplaced")
    panel = screen.page.locator(".st-key-unplaced .cm-cards")
    expect(panel).to_have_attribute("data-cards", "200")
    # Seen from the list itself: the tabs around it scroll.
    read = """(panel) => {
        const home = panel.getBoundingClientRect();
        return [...panel.querySelectorAll(".cm-card")].slice(0, 10).map((one) => {
            const box = one.getBoundingClientRect();
            return [box.x - home.x, box.y - home.y];
        });
    }"""
    before = panel.evaluate(read)
    assert 8 <= len(before) <= panel.locator(".cm-card").count() < 100
    assert len(read_to_the_end(panel)) == 200
    assert panel.evaluate(read)[: len(before)] == before


@pytest.fixture(scope="module")
def vast(serve_file: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Serve a record whose words are asked for claim by claim."""
    return serve_file(vast_file(tmp_path_factory.mktemp("vast")))


def test_who_says_what_asks_for_its_words_when_it_comes_into_sight(
    open_page: Callable[..., Screen], vast: Server
) -> None:
    screen = open_page("?side=russia", home=vast.url)
    matrix = screen.page.locator(".st-key-matrix")
    expect(matrix).to_contain_text("The claims come when this is in sight.")
    matrix.scroll_into_view_if_needed()
    expect(matrix.get_by_role("table").first).to_be_visible()
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    with screen.repaint():
        screen.pill("side", "Ukraine").click()
    expect(matrix.locator("tbody td[data-side='Ukraine'] button").first).to_be_visible()
    assert any("/words" in url for url in asked)


def test_a_filter_change_asks_for_the_words_of_no_more_cards_than_are_drawn(
    open_page: Callable[..., Screen], vast: Server
) -> None:
    screen = open_page("?tab=sources", home=vast.url)
    panel = _panel(screen)
    assert screen.cards.count() <= 2 * A_STEP
    # The list before grows by what lies a screen further, whose words come late on a busy machine.
    screen.page.wait_for_load_state("networkidle")
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    with screen.repaint():
        screen.pill("side", "Russia").click()
    expect(panel.get_by_role("heading", level=2)).to_contain_text(re.compile("^[78][0-9]{2} "))
    words = [url for url in asked if "/words" in url]
    assert [url for url in words if ".json?at=" not in url] == []
    claims = [one for url in words for one in parse_qs(urlsplit(url).query)["at"][0].split(".")]
    assert 0 < len(set(claims)) == len(claims) <= screen.cards.count() <= 2 * A_STEP
