"""Spotlight and pen: by mouse and by keys, and no claim is hidden or hit by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pointing import (
    DRAWN,
    button,
    draw_by_mouse,
    first_of_stroke,
    panel,
    spot,
    strokes,
)
from tests.browser.stage import SCENE, TITLES, shows_scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen


def test_the_spotlight_follows_the_mouse_and_the_arrows_and_grows_by_wheel_and_keys(
    present: Callable[..., Screen],
) -> None:
    screen = present(SCENE.format(1))
    zoom = screen.view()[2]
    screen.page.mouse.move(600, 400)
    button(screen, "s").click()
    screen.page.mouse.move(500, 350)
    first = spot(screen)
    assert (first["x"], first["y"]) == (500, 350)
    screen.page.keyboard.press("ArrowRight")
    screen.page.keyboard.press("Shift+ArrowDown")
    moved = spot(screen)
    assert (moved["x"] - 500, moved["y"] - 350) == (12, 60)
    shows_scene(screen, TITLES[0], 1)
    screen.page.mouse.wheel(0, -100)
    screen.page.wait_for_function(
        """(r) => parseFloat(document.querySelector(".cm-spotlight")
            .style.getPropertyValue("--cm-r")) > r""",
        arg=first["r"],
    )
    larger = spot(screen)["r"]
    screen.page.keyboard.press("-")
    screen.page.keyboard.press("-")
    assert spot(screen)["r"] < first["r"] < larger
    screen.page.keyboard.press("+")
    assert screen.view()[2] == zoom, "the wheel and the signs are the spotlight's"
    panel(screen).get_by_role("button", name="Larger").click()
    assert spot(screen)["r"] > first["r"]


def test_under_the_spotlight_a_mark_is_picked_as_ever(screen: Screen) -> None:
    screen.page.locator(".cm-leaflet").focus()
    screen.page.keyboard.press("s")
    with screen.repaint():
        screen.ring_mark.click()
    expect(screen.current).to_contain_text("Hanna Maliar")
    screen.page.keyboard.press("Escape")
    expect(screen.page.locator(".cm-spotlight")).to_have_count(0)


def test_a_stroke_stays_on_its_ground_while_the_map_moves_and_zooms(screen: Screen) -> None:
    button(screen, "d").click()
    draw_by_mouse(screen)
    expect(strokes(screen)).to_have_count(1)
    expect(panel(screen)).to_contain_text(DRAWN)
    assert first_of_stroke(screen) == pytest.approx(screen.point(48.55, 38.05), abs=1.5)
    screen.page.evaluate("leafletMap.setView([48.57, 38.0], 12, {animate: false})")
    # What the mouse was off by is twice as wide on the screen now.
    assert first_of_stroke(screen) == pytest.approx(screen.point(48.55, 38.05), abs=3)
    screen.page.keyboard.press("Escape")
    expect(panel(screen), "the words stay as long as the stroke").to_contain_text(DRAWN)
    panel(screen).get_by_role("button", name="Clear all strokes").click()
    expect(strokes(screen)).to_have_count(0)
    expect(panel(screen)).to_be_hidden()
    screen.page.wait_for_url("**at=48.57*")


def test_a_stroke_is_told_from_a_claim_by_a_dashed_casing_below_its_halo(screen: Screen) -> None:
    button(screen, "d").click()
    draw_by_mouse(screen)
    read = "(one) => [getComputedStyle(one).strokeDasharray, getComputedStyle(one).strokeWidth]"
    looks = [
        screen.map.locator(f".cm-pen-{name}").evaluate(read) for name in ("casing", "halo", "core")
    ]
    assert [dashes for dashes, _ in looks] == ["7px, 5px", "none", "none"]
    widths = [float(width.removesuffix("px")) for _, width in looks]
    assert widths == sorted(widths, reverse=True)
    screen.page.keyboard.press("Delete")
    expect(strokes(screen)).to_have_count(0)


def test_the_pen_draws_by_arrows_and_enter_and_backspace_takes_a_stroke_back(
    present: Callable[..., Screen],
) -> None:
    screen = present(SCENE.format(1))
    screen.page.keyboard.press("d")
    for _ in range(2):
        screen.page.keyboard.press("Enter")
        screen.page.keyboard.press("ArrowRight")
        screen.page.keyboard.press("Shift+ArrowDown")
        screen.page.keyboard.press("Enter")
        screen.page.keyboard.press("ArrowLeft")
    expect(strokes(screen)).to_have_count(2)
    expect(screen.page.locator(".cm-crosshair")).to_be_visible()
    screen.page.keyboard.press("Backspace")
    expect(strokes(screen)).to_have_count(1)
    screen.page.keyboard.press("Delete")
    expect(strokes(screen)).to_have_count(0)
    shows_scene(screen, TITLES[0], 1)


def test_the_pen_picks_no_claim_and_moves_no_map(screen: Screen) -> None:
    before = screen.view()
    button(screen, "d").click()
    box = screen.ring_mark.bounding_box()
    assert box
    screen.page.mouse.move(box["x"] + 5, box["y"] + 5)
    screen.page.mouse.down()
    screen.page.mouse.move(box["x"] + 90, box["y"] + 60, steps=6)
    screen.page.mouse.up()
    screen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(strokes(screen)).to_have_count(1)
    assert screen.view() == before
    assert screen.query() == ""
    screen.page.keyboard.press("Delete")
