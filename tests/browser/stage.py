"""The stage on which the briefing of the tests is presented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.screen import Screen

SCENE: Final = "?briefing=talk&scene={}&present=1"
TITLES: Final = ("Two days in May", "An advance of two kilometres", "Attacks along 95 kilometres")


def stage(screen: Screen) -> Locator:
    """Find the stage."""
    return screen.page.get_by_test_id("stage")


def shows_scene(screen: Screen, title: str, number: int) -> None:
    """Wait until the stage shows a scene of the four."""
    expect(stage(screen).get_by_role("heading", level=2)).to_have_text(title)
    expect(stage(screen).locator(".cm-stage-count")).to_have_text(f"{number} of 4")
