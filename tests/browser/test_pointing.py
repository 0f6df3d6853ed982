"""What all three tools share: gone with the scene, unheard by the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe_findings
from tests.browser.pointing import LEGS, TOOLS, button, draw_by_mouse, legs, panel, spot, strokes
from tests.browser.profiles import PHONE
from tests.browser.stage import SCENE, TITLES, shows_scene, stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen


@pytest.mark.parametrize(("key", "name"), TOOLS.items())
def test_escape_ends_the_tool_first_and_then_the_presentation(
    present: Callable[..., Screen], key: str, name: str
) -> None:
    screen = present(SCENE.format(1))
    screen.page.keyboard.press(key)
    expect(screen.map.get_by_role("button", name=name, pressed=True)).to_be_visible()
    screen.page.keyboard.press("Escape")
    expect(screen.map.get_by_role("button", name=name, pressed=False)).to_be_visible()
    expect(stage(screen)).to_be_focused()
    shows_scene(screen, TITLES[0], 1)
    screen.page.keyboard.press("Escape")
    expect(stage(screen)).to_have_count(0)


def test_escape_that_the_browser_keeps_for_the_full_screen_ends_the_tool_alone(
    present: Callable[..., Screen],
) -> None:
    screen = present("")
    screen.page.get_by_role("button", name="Two days in May (4 scenes)").click()
    screen.page.wait_for_function("() => document.fullscreenElement !== null")
    screen.page.keyboard.press("s")
    screen.page.evaluate("document.exitFullscreen()")
    expect(screen.page.locator(".cm-spotlight")).to_have_count(0)
    shows_scene(screen, TITLES[0], 1)
    screen.page.keyboard.press("PageDown")
    shows_scene(screen, TITLES[1], 2)
    screen.page.wait_for_function("() => document.fullscreenElement !== null")
    screen.page.evaluate("document.exitFullscreen()")
    expect(stage(screen)).to_have_count(0)


@pytest.mark.parametrize("key", ["PageDown", "Space", "End"])
def test_a_new_scene_begins_with_nothing_on_it(present: Callable[..., Screen], key: str) -> None:
    screen = present(SCENE.format(1))
    screen.page.keyboard.press("m")
    for place in LEGS[:2]:
        screen.page.mouse.click(*screen.point(*place))
    screen.page.keyboard.press("d")
    draw_by_mouse(screen)
    expect(strokes(screen)).to_have_count(1)
    expect(legs(screen)).to_have_count(1)
    screen.page.keyboard.press(key)
    expect(stage(screen).locator(".cm-stage-count")).not_to_have_text("1 of 4")
    for left in (strokes(screen), legs(screen), screen.map.locator(".cm-measure-point")):
        expect(left).to_have_count(0)
    expect(panel(screen)).to_be_hidden()
    expect(button(screen, "d")).to_have_attribute("aria-pressed", "false")


def test_all_that_was_drawn_goes_with_the_presentation(present: Callable[..., Screen]) -> None:
    screen = present(SCENE.format(1))
    screen.page.keyboard.press("d")
    draw_by_mouse(screen)
    screen.page.keyboard.press("Escape")
    expect(strokes(screen)).to_have_count(1)
    screen.page.keyboard.press("Escape")
    expect(stage(screen)).to_have_count(0)
    expect(strokes(screen)).to_have_count(0)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_clicker_s_keys_work_while_a_tool_is_on(
    present: Callable[..., Screen], tool: str
) -> None:
    screen = present(SCENE.format(1))
    screen.page.keyboard.press(tool)
    screen.page.keyboard.press(".")
    expect(screen.page.locator(".cm-stage-blank")).to_be_visible()
    screen.page.keyboard.press(".")
    expect(screen.page.locator(".cm-stage-blank")).not_to_be_visible()
    screen.page.keyboard.press("PageDown")
    shows_scene(screen, TITLES[1], 2)
    screen.page.keyboard.press(tool)
    screen.page.keyboard.press("PageUp")
    shows_scene(screen, TITLES[0], 1)


def test_tools_tell_the_server_and_the_address_nothing(screen: Screen) -> None:
    screen.rest()
    before = screen.query(), screen.painted()
    for key in TOOLS:
        screen.page.keyboard.press(key)
        if key == "d":
            draw_by_mouse(screen)
        if key == "m":
            for place in LEGS:
                screen.page.mouse.click(*screen.point(*place))
        screen.page.mouse.wheel(0, -100 if key == "s" else 0)
        screen.page.keyboard.press("ArrowUp")
        screen.page.keyboard.press("Enter")
        screen.page.keyboard.press("Escape")
        # The view's report and Streamlit each wait a little before they tell of something.
        screen.page.wait_for_timeout(600)
        assert not screen.watch.runs
    expect(strokes(screen)).to_have_count(1)
    expect(legs(screen)).to_have_count(3)
    assert (screen.query(), screen.painted()) == before
    panel(screen).get_by_role("button", name="Clear all strokes").click()
    panel(screen).get_by_role("button", name="Clear all points").click()


def test_letters_are_left_to_fields_and_go_with_the_switch_and_buttons_stay(
    present: Callable[..., Screen],
) -> None:
    screen = present("", fresh=True)
    box = screen.page.get_by_role("searchbox", name="Search")
    box.press_sequentially("sdm")
    expect(box).to_have_value("sdm")
    for key in TOOLS:
        expect(button(screen, key)).to_have_attribute("aria-pressed", "false")
    screen.page.locator(".cm-leaflet").focus()
    screen.page.keyboard.press("?")
    keys = screen.page.get_by_role("dialog", name="Keys")
    for word in ("spotlight", "pen", "measure"):
        expect(keys).to_contain_text(word)
    keys.get_by_role("checkbox").uncheck()
    screen.page.keyboard.press("Escape")
    screen.page.locator(".cm-leaflet").focus()
    screen.page.keyboard.press("s")
    expect(screen.page.locator(".cm-spotlight")).to_have_count(0)
    button(screen, "s").focus()
    screen.page.keyboard.press("Enter")
    radius = spot(screen)["r"]
    panel(screen).get_by_role("button", name="Smaller").click()
    assert spot(screen)["r"] < radius


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_with_tools_on_and_every_target_is_24_pixels(
    present: Callable[..., Screen], colours: str
) -> None:
    screen = present(SCENE.format(1), colours=colours)
    screen.page.keyboard.press("m")
    for place in LEGS:
        screen.page.mouse.click(*screen.point(*place))
    panel(screen).locator("summary").click()
    assert axe_findings(screen) == []
    screen.page.keyboard.press("d")
    draw_by_mouse(screen)
    assert axe_findings(screen) == []
    for target in screen.map.locator(".cm-point, .cm-pointed button, .cm-pointed summary").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    screen.page.keyboard.press("s")
    assert axe_findings(screen) == []


def test_a_phone_has_the_briefings_and_no_tools(present: Callable[..., Screen]) -> None:
    screen = present("", size=PHONE)
    for key in TOOLS:
        expect(button(screen, key)).to_have_count(0)
    screen.page.locator(".cm-leaflet").focus()
    screen.page.keyboard.press("d")
    expect(panel(screen)).to_be_hidden()
    screen.page.keyboard.press("?")
    keys = screen.page.get_by_role("dialog", name="Keys")
    expect(keys).not_to_contain_text("spotlight")
    screen.page.keyboard.press("Escape")
    offered = screen.page.get_by_role("button", name="Two days in May (4 scenes)")
    box = offered.bounding_box()
    assert box
    assert box["height"] >= 24
    assert box["x"] + box["width"] <= PHONE[0]
    assert axe_findings(screen) == []
    offered.click()
    shows_scene(screen, TITLES[0], 1)
