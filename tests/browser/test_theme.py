"""The theme chosen in Streamlit's own menu is the map's theme too, at once and after a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen


def _choose(screen: Screen, theme: str) -> None:
    screen.page.get_by_test_id("stMainMenu").get_by_role("button").first.click()
    screen.page.get_by_test_id(f"stMainMenuItem-theme-{theme}").click()
    screen.page.keyboard.press("Escape")


@pytest.fixture
def own_page(open_page: Callable[..., Screen]) -> Screen:
    return open_page()


def test_the_map_follows_the_theme_of_the_menu_and_keeps_it_on_reload(own_page: Screen) -> None:
    expect(own_page.map).to_have_attribute("data-cm-theme", "light")
    for theme in ("Dark", "Light", "Dark"):
        with own_page.repaint():
            _choose(own_page, theme)
        expect(own_page.map).to_have_attribute("data-cm-theme", theme.lower())
    own_page.load()
    expect(own_page.map).to_have_attribute("data-cm-theme", "dark")
