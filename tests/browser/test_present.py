"""Presenting by the clicker and the keyboard: scenes, black screen, reload, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe_findings
from tests.browser.profiles import LARGE, SIZES
from tests.browser.stage import SCENE, TITLES, shows_scene, stage
from tests.talk import FRONT, MALIAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen

LAST = "In words"


def test_a_presentation_from_cold_by_the_keyboard_alone(present: Callable[..., Screen]) -> None:
    screen = present()
    screen.page.get_by_role("button", name="Two days in May (4 scenes)").focus()
    screen.page.keyboard.press("Enter")
    shows_scene(screen, TITLES[0], 1)
    expect(stage(screen)).to_be_focused()
    expect(screen.page.get_by_role("heading", name="Bakhmut Claims Map")).not_to_be_visible()
    expect(screen.page.get_by_text("TLP:GREEN")).to_have_count(2)
    expect(screen.map.get_by_role("status")).to_contain_text("26 of 26")
    screen.page.keyboard.press("PageDown")
    shows_scene(screen, TITLES[1], 2)
    expect(stage(screen).locator("[data-claim]")).to_have_attribute("data-claim", MALIAR)
    expect(screen.map.get_by_role("status")).to_contain_text("Ukraine only")
    screen.page.keyboard.press("PageUp")
    shows_scene(screen, TITLES[0], 1)
    screen.page.keyboard.press("End")
    shows_scene(screen, LAST, 4)
    screen.page.keyboard.press("PageDown")
    shows_scene(screen, LAST, 4)
    screen.page.keyboard.press("Home")
    shows_scene(screen, TITLES[0], 1)
    screen.page.keyboard.press("Escape")
    expect(stage(screen)).to_have_count(0)
    expect(screen.page.get_by_role("button", name="Two days in May (4 scenes)")).to_be_focused()
    screen.rest()
    assert "present" not in screen.address()


def test_python_says_of_a_scene_what_the_browser_shows_of_it(
    present: Callable[..., Screen],
) -> None:
    screen = present(SCENE.format(1))
    for number in (2, 3, 4):
        screen.page.keyboard.press("PageDown")
        at_once = screen.map.get_attribute("data-shown")
        status = screen.map.get_by_role("status").inner_text()
        screen.rest()
        assert screen.map.get_attribute("data-shown") == at_once
        assert screen.map.get_by_role("status").inner_text() == status
        wanted = {"briefing": ["talk"], "scene": [str(number)], "present": ["1"]}
        assert screen.address() == wanted


def test_a_reload_keeps_the_scene_and_where_the_map_was_moved(
    present: Callable[..., Screen],
) -> None:
    screen = present(SCENE.format(1))
    screen.page.keyboard.press("PageDown")
    screen.rest()
    screen.page.reload()
    shows_scene(screen, TITLES[1], 2)
    expect(screen.map).to_have_attribute("data-ready", "true")
    screen.rest()
    assert screen.view() == pytest.approx((48.59, 37.99, 12), abs=1e-3)
    screen.page.evaluate("leafletMap.setView([48.5, 37.9], 10, {animate: false})")
    screen.page.wait_for_url("**at=48.5*")
    screen.rest()
    screen.page.reload()
    expect(screen.map).to_have_attribute("data-ready", "true")
    shows_scene(screen, TITLES[1], 2)
    screen.rest()
    assert screen.view()[2] == 10
    assert screen.address()["scene"] == ["2"]


def test_the_browser_s_back_goes_to_the_scene_before_and_then_out(
    present: Callable[..., Screen],
) -> None:
    screen = present()
    screen.page.get_by_role("button", name="Two days in May (4 scenes)").click()
    shows_scene(screen, TITLES[0], 1)
    screen.rest()
    for number in (2, 3):
        screen.page.keyboard.press("PageDown")
        shows_scene(screen, TITLES[number - 1], number)
        screen.page.wait_for_url(f"**scene={number}**")
        screen.rest()
    screen.page.go_back()
    shows_scene(screen, TITLES[1], 2)
    expect(stage(screen).locator("[data-claim]")).to_have_attribute("data-claim", MALIAR)
    screen.rest()
    screen.page.go_back()
    shows_scene(screen, TITLES[0], 1)
    screen.rest()
    screen.page.go_back()
    expect(stage(screen)).to_have_count(0)


def test_a_point_blanks_the_screen_and_a_step_or_another_brings_it_back(
    present: Callable[..., Screen],
) -> None:
    screen = present(SCENE.format(1))
    black = screen.page.locator(".cm-stage-blank")
    screen.page.keyboard.press(".")
    expect(black).to_be_visible()
    screen.page.keyboard.press(".")
    expect(black).not_to_be_visible()
    screen.page.keyboard.press(".")
    screen.page.keyboard.press("PageDown")
    expect(black).not_to_be_visible()
    shows_scene(screen, TITLES[1], 2)


def test_arrows_belong_to_the_map_while_it_has_the_focus_and_the_clicker_does_not(
    present: Callable[..., Screen],
) -> None:
    screen = present(SCENE.format(1))
    screen.page.keyboard.press("ArrowRight")
    shows_scene(screen, TITLES[1], 2)
    screen.rest()
    screen.page.locator(".cm-leaflet").focus()
    before = screen.view()
    screen.page.keyboard.press("ArrowRight")
    screen.page.wait_for_function("(lon) => leafletMap.getCenter().lng > lon", arg=before[1])
    shows_scene(screen, TITLES[1], 2)
    screen.page.keyboard.press("PageDown")
    shows_scene(screen, TITLES[2], 3)


def test_one_character_keys_are_left_to_fields_and_can_be_turned_off(
    present: Callable[..., Screen],
) -> None:
    screen = present(fresh=True)
    box = screen.page.get_by_role("searchbox", name="Search")
    box.press_sequentially("p?.")
    expect(box).to_have_value("p?.")
    expect(stage(screen)).to_have_count(0)
    screen.rest()
    box.fill("")
    screen.rest()
    screen.page.locator(".cm-leaflet").focus()
    screen.page.keyboard.press("?")
    keys = screen.page.get_by_role("dialog", name="Keys")
    keys.get_by_role("checkbox").uncheck()
    screen.page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    screen.page.keyboard.press("p")
    screen.page.reload()
    expect(screen.map).to_have_attribute("data-ready", "true")
    screen.page.keyboard.press("p")
    expect(stage(screen)).to_have_count(0)
    screen.page.get_by_role("button", name="Present", exact=True).click()
    expect(stage(screen)).to_be_visible()
    screen.page.keyboard.press(".")
    expect(screen.page.locator(".cm-stage-blank")).not_to_be_visible()
    screen.page.keyboard.press("Escape")
    expect(stage(screen)).to_have_count(0)


def test_a_view_is_presented_without_any_briefing(present: Callable[..., Screen]) -> None:
    screen = present("?side=russia")
    shown = screen.shown()
    screen.page.locator(".cm-leaflet").focus()
    screen.page.keyboard.press("p")
    expect(stage(screen)).to_be_visible()
    expect(screen.page.get_by_text("HANDLING NOT SET")).to_have_count(2)
    screen.rest()
    assert screen.address() == {"side": ["russia"], "present": ["1"]}
    screen.shows(shown)


@pytest.mark.parametrize(
    ("query", "word"), [("?briefing=none&present=1", "none"), ("?briefing=talk&scene=x", "x")]
)
def test_a_senseless_place_is_named_on_the_page(
    present: Callable[..., Screen], query: str, word: str
) -> None:
    screen = present(query)
    screen.page.keyboard.press("Escape")
    notice = screen.page.locator(".st-key-address_notices")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text(word)


@pytest.mark.parametrize("size", SIZES)
def test_title_map_marking_and_scale_are_all_on_screen_in_type_of_the_size_asked_for(
    present: Callable[..., Screen], size: tuple[int, int]
) -> None:
    screen = present(SCENE.format(3), size=size)
    width, height = size
    box = screen.map.bounding_box()
    assert box
    assert box["width"] > 0.65 * width
    assert box["height"] > 0.4 * height
    for part in (".cm-status", ".leaflet-control-scale", ".leaflet-control-attribution"):
        expect(screen.map.locator(part).first).to_be_in_viewport()
    for marking in screen.page.get_by_text("TLP:GREEN").all():
        expect(marking).to_be_in_viewport(ratio=1)
    expect(stage(screen).locator(f'[data-claim="{FRONT}"]')).to_be_visible()
    sizes = stage(screen).evaluate(
        """(stage) => ["h2", "article p:nth-of-type(2)"].map(
            (one) => parseFloat(getComputedStyle(stage.querySelector(one)).fontSize))"""
    )
    if size == LARGE:
        assert sizes == [36, 24]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_a_presentation(present: Callable[..., Screen], colours: str) -> None:
    screen = present(SCENE.format(2), colours=colours)
    expect(stage(screen).locator("[data-claim]")).to_be_visible()
    assert axe_findings(screen) == []
    screen.page.keyboard.press("?")
    expect(screen.page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert axe_findings(screen) == []


def test_a_scene_is_kept_and_presented_at_once(present: Callable[..., Screen]) -> None:
    screen = present("?side=russia&tab=briefing")
    screen.page.get_by_label("Title of the scene").fill("What one side says")
    screen.page.get_by_role("button", name="Keep this view as a scene").click()
    screen.page.get_by_role("button", name="Show 1").click()
    screen.page.wait_for_url("**scene=1**")
    screen.rest()
    screen.page.get_by_role("button", name="Present", exact=True).click()
    expect(stage(screen).get_by_role("heading", level=2)).to_have_text("What one side says")
    expect(stage(screen).locator(".cm-stage-count")).to_have_text("1 of 1")
