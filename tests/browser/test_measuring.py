"""Distances on the ellipsoid, measured by clicks and by keys."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pyproj import Geod

from tests.browser.pointing import LEGS, MEASURED, button, legs, panel
from tests.browser.stage import SCENE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen

WGS84 = Geod(ellps="WGS84")


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
