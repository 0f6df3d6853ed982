"""What the tests of spotlight, pen and measure ask of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.screen import Screen

TOOLS: Final = {"s": "Spotlight", "d": "Pen", "m": "Measure a distance"}
DRAWN: Final = "Drawn by the presenter, not a claim"
MEASURED: Final = "Measured here, not stated by anyone"
LEGS: Final = ((48.55, 37.9), (48.53, 38.0), (48.6, 38.04))


def button(screen: Screen, key: str) -> Locator:
    """Give the button of a tool."""
    return screen.map.get_by_role("button", name=TOOLS[key], exact=True)


def panel(screen: Screen) -> Locator:
    """Give the panel that tells what is pointed at."""
    return screen.page.get_by_test_id("pointed")


def strokes(screen: Screen) -> Locator:
    """Give the strokes of the pen."""
    return screen.map.locator(".cm-pen-core")


def legs(screen: Screen) -> Locator:
    """Give the legs of what is measured."""
    return screen.map.locator(".cm-measure-leg")


def spot(screen: Screen) -> dict[str, float]:
    """Read centre and radius of the spotlight, in CSS pixels."""
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
