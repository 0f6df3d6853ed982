"""Spotlight, pen and measure: by mouse and by keys, gone with the scene, unheard by the server."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pyproj import Geod

from tests.browser.axe import axe_findings
from tests.browser.profiles import PHONE
from tests.browser.stage import SCENE, TITLES, shows_scene, stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.screen import Screen

WGS84 = Geod(ellps="WGS84")
TOOLS = {"s": "Spotlight", "d": "Pen", "m": "Measure a distance"}
DRAWN = "Drawn by the presenter, not a claim"
MEASURED = "Measured here, not stated by anyone"
LEGS = ((48.55, 37.9), (48.53, 38.0), (48.6, 38.04))


def button(screen: Screen, key: str) -> Locator:
    return screen.map.get_by_role("button", name=TOOLS[key], exact=True)


def panel(screen: Screen) -> Locator:
    return screen.page.get_by_test_id("pointed")


def strokes(screen: Screen) -> Locator:
    return screen.map.locator(".cm-pen-core")


def legs(screen: Screen) -> Locator:
    return screen.map.locator(".cm-measure-leg")


def spot(screen: Screen) -> dict[str, float]:
    found: dict[str, float] = screen.page.locator(".cm-spotlight").evaluate(
        """(one) => Object.fromEntries(["x", "y", "r"].map(
            (name) => [name, parseFloat(one.style.getPropertyValue("--cm-" + name))]))"""
    )
    return found


def draw_by_mouse(screen: Screen) -> None:
    """Draw a stroke through bare ground."""
    x, y = screen.point(48.55, 38.05)
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    for step in range(1, 12):
        screen.page.mouse.move(x + 6 * step, y + 4 * (step % 3))
    screen.page.mouse.up()


def first_of_stroke(screen: Screen) -> tuple[float, float]:
    """Give where on the page the first stroke begins."""
    x, y = strokes(screen).first.evaluate(
        """(path) => {
            const at = path.getPointAtLength(0).matrixTransform(path.getScreenCTM());
            return [at.x, at.y];
        }"""
    )
    return x, y


# Spotlight


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


# Pen


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


# Measure


def test_what_is_measured_by_clicks_is_what_pyproj_says(screen: Screen) -> None:
    button(screen, "m").click()
    for place in LEGS:
        screen.page.mouse.click(*screen.point(*place))
    expect(legs(screen)).to_have_count(2)
    expect(panel(screen)).to_contain_text(MEASURED)
    expect(panel(screen)).to_contain_text("on the ellipsoid WGS 84")
    panel(screen).locator("summary").click()
    rows = panel(screen).locator("li").all_inner_texts()
    found = [re.findall(r"([\d.]+)° N, ([\d.]+)° E", row)[0] for row in rows]
    places = [(float(lon), float(lat)) for lat, lon in found]
    # A click is a whole pixel, some 50 m of ground here.
    for (lon, lat), wanted in zip(places, LEGS, strict=True):
        assert (lat, lon) == pytest.approx(wanted, abs=1e-3)
    total = 0.0
    for index, (one, next_one) in enumerate(pairwise(places)):
        bearing, _, metres = WGS84.inv(*one, *next_one)
        total += metres / 1000
        km, degrees = re.findall(r"([\d.]+) km, (\d+)°", legs(screen).nth(index).inner_text())[0]
        # The points are printed to 0.0001 degrees, which is 11 m.
        assert float(km) == pytest.approx(metres / 1000, abs=0.03)
        assert float(degrees) == pytest.approx(bearing % 360, abs=1)
        assert f"{km} km, {degrees}°" in rows[index + 1]
    told = re.findall(r"Total ([\d.]+) km", panel(screen).inner_text())[0]
    assert float(told) == pytest.approx(total, abs=0.06)
    screen.page.keyboard.press("Delete")
    expect(legs(screen)).to_have_count(0)


def test_measuring_by_arrows_and_enter_and_taking_a_point_back(
    present: Callable[..., Screen],
) -> None:
    screen = present(SCENE.format(1))
    screen.page.keyboard.press("m")
    screen.page.keyboard.press("Enter")
    for _ in range(3):
        screen.page.keyboard.press("Shift+ArrowRight")
    expect(panel(screen)).to_contain_text(re.compile(r"to the pointer [\d.]+ km, 0(89|90)°"))
    screen.page.keyboard.press("Enter")
    expect(legs(screen)).to_have_text(re.compile(r"^[\d.]+ km, 0(89|90)°$"))
    expect(screen.map.locator("[aria-live]:not([role])")).to_have_text(
        re.compile(r"^[\d.]+ km, 0(89|90)°$")
    )
    screen.page.keyboard.press("Enter")
    expect(legs(screen), "a point on a point is none").to_have_count(1)
    screen.page.keyboard.press("Backspace")
    expect(legs(screen)).to_have_count(0)
    expect(screen.map.locator(".cm-measure-point")).to_have_count(1)


def test_dragging_the_map_while_measuring_sets_no_point(present: Callable[..., Screen]) -> None:
    screen = present(SCENE.format(1))
    screen.page.keyboard.press("m")
    x, y = screen.point(48.55, 38.05)
    before = screen.view()
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    screen.page.mouse.move(x - 80, y - 40, steps=5)
    screen.page.mouse.up()
    assert screen.view()[:2] != before[:2]
    expect(screen.map.locator(".cm-measure-point")).to_have_count(0)
    screen.page.mouse.click(x, y)
    expect(screen.map.locator(".cm-measure-point")).to_have_count(1)


# With the presentation


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
