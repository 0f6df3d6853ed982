"""The page fits a projector, a desk and a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.expected import kept_ids, read_rows
from tests.browser.profiles import PHONE, SIZES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen


def _box(found: Any) -> dict[str, float]:
    assert found is not None
    return dict(found)


@pytest.mark.parametrize("size", SIZES)
def test_the_page_never_scrolls_sideways(
    open_page: Callable[..., Screen], size: tuple[int, int]
) -> None:
    screen = open_page(size=size)
    screen.shows(len(read_rows()))
    for name in ("Numbers", "What changed", "Table", "Not placed", "Sources", "Who says what"):
        panel = screen.tab(name)
        screen.rest()
        if name == "Table":
            # Streamlit draws its grid some time after the run that brings it.
            expect(panel.get_by_test_id("data-grid-canvas")).to_be_visible()
        width, room = screen.page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
        assert width <= room, name
        main = screen.page.get_by_test_id("stMain")
        width, room = main.evaluate("(main) => [main.scrollWidth, main.clientWidth]")
        assert width <= room, name


@pytest.mark.parametrize("size", SIZES[:2])
def test_the_whole_map_its_timeline_and_three_cards_are_in_sight_at_first(
    open_page: Callable[..., Screen], size: tuple[int, int]
) -> None:
    screen = open_page(size=size)
    frame = _box(screen.map.bounding_box())
    timeline = _box(screen.page.get_by_role("region", name="Timeline").bounding_box())
    assert frame["y"] >= 0
    assert frame["y"] + frame["height"] <= timeline["y"]
    assert timeline["y"] + timeline["height"] <= size[1]
    assert frame["height"] >= 0.65 * size[1]
    assert frame["width"] >= 0.45 * size[0]
    in_sight = [
        card
        for card in screen.cards.all()[:6]
        if _box(card.bounding_box())["y"] + 24 < min(size[1], frame["y"] + frame["height"])
    ]
    assert len(in_sight) >= 3


def test_on_a_phone_the_map_has_most_of_the_screen_and_the_cards_follow(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page(size=PHONE)
    frame = _box(screen.map.bounding_box())
    assert frame["height"] >= 0.55 * PHONE[1]
    assert frame["width"] >= 0.9 * PHONE[0]
    assert _box(screen.cards.first.bounding_box())["y"] >= frame["y"] + frame["height"]
    expect(screen.map.get_by_role("status")).to_contain_text("claims shown")


def test_on_a_phone_the_filters_open_and_close_with_a_button(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page(size=PHONE)
    pill = screen.pill("side", "Russia")
    expect(pill).not_to_be_in_viewport()
    screen.page.get_by_role("button", name="Expand sidebar").click()
    expect(pill).to_be_in_viewport()
    with screen.repaint():
        pill.click()
    screen.shows(len(kept_ids("?side=russia")))
    screen.page.get_by_role("button", name="Collapse sidebar").click()
    expect(pill).not_to_be_in_viewport()
    expect(screen.map).to_be_in_viewport()


def test_on_a_phone_a_mark_is_picked_by_a_tap_of_its_button(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page(size=PHONE)
    with screen.repaint():
        screen.ring_mark.click()
    expect(screen.current).to_contain_text("Hanna Maliar")


@pytest.mark.parametrize("size", SIZES)
def test_every_button_is_at_least_24_pixels_high_and_wide(
    open_page: Callable[..., Screen], size: tuple[int, int]
) -> None:
    screen = open_page(size=size)
    small = screen.page.locator("button:visible").evaluate_all(
        """(all) => all.filter((one) => {
            const box = one.getBoundingClientRect();
            // Words of a sentence may be links of the sentence's height (WCAG 2.5.8, inline).
            const inline = getComputedStyle(one).display === "inline" || one.closest("p");
            return !inline && box.width > 0 && (box.width < 23.5 || box.height < 23.5);
        }).map((one) => one.outerHTML.slice(0, 140))"""
    )
    assert small == []


def test_turning_the_window_s_size_keeps_the_map_whole(open_page: Callable[..., Screen]) -> None:
    screen = open_page(fresh=True)
    screen.tag_map()
    screen.page.set_viewport_size({"width": 1000, "height": 640})
    screen.page.wait_for_function(
        """() => {
            const size = leafletMap.getSize();
            const box = leafletMap.getContainer().getBoundingClientRect();
            return Math.abs(size.x - box.width) < 3 && Math.abs(size.y - box.height) < 3;
        }"""
    )
    assert screen.is_tagged_map()
    screen.shows(len(read_rows()))
