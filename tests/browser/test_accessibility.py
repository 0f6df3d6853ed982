"""axe finds nothing against WCAG 2.2 AA in any state of the page, in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe_findings
from tests.browser.profiles import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen
    from tests.browser.server import Server

MALIAR = "?claim=ua-mod-maliar-advance-2km-2023-05-12"
TABS = ("who", "numbers", "changed", "table", "unplaced", "sources", "briefing")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("tab", TABS)
def test_axe_finds_nothing_with_a_claim_picked_on_any_tab(
    revisit: Callable[..., Screen], server: Server, tab: str, colours: str
) -> None:
    screen = revisit(server, f"{MALIAR}&tab={tab}", colours=colours)
    expect(screen.current).to_have_count(1)
    assert axe_findings(screen) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("query", ["", "?kind=encirclement", "?side=evil&side=russia"])
def test_axe_finds_nothing_on_arrival_without_claims_or_with_a_notice(
    revisit: Callable[..., Screen], server: Server, query: str, colours: str
) -> None:
    assert axe_findings(revisit(server, query, colours=colours)) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing_on_the_project_s_own_record(
    open_page: Callable[..., Screen], own: Server, size: tuple[int, int]
) -> None:
    # A week of a record of months: the window on the timeline is narrow.
    screen = open_page(home=own.url, size=size)
    assert axe_findings(screen) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_where_cards_are_paged_and_sections_folded_and_searched(
    revisit: Callable[..., Screen], large: Server, colours: str
) -> None:
    screen = revisit(large, "?clock=happened&page=2", colours=colours)
    expect(screen.page.get_by_role("navigation", name="Pages", exact=True)).to_be_visible()
    assert axe_findings(screen) == []
    screen.page.get_by_role("button", name="Fold all").click()
    assert axe_findings(screen) == []
    with screen.repaint():
        screen.disc_mark.click()
    expect(screen.page.locator(".cm-counts")).to_be_visible()
    assert axe_findings(screen) == []
    screen.page.get_by_role("searchbox", name="Find in who says what").fill("nobody said this")
    assert axe_findings(screen) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone_with_the_filters_shut_or_open(
    open_page: Callable[..., Screen], colours: str
) -> None:
    screen = open_page(size=PHONE, colours=colours)
    assert axe_findings(screen) == []
    screen.page.get_by_role("button", name="Expand sidebar").click()
    expect(screen.pill("side", "Russia")).to_be_in_viewport()
    assert axe_findings(screen) == []


@pytest.mark.parametrize(("colours", "theme"), [("light", "light"), ("dark", "dark")])
def test_the_page_follows_the_system_s_colours(
    open_page: Callable[..., Screen], colours: str, theme: str
) -> None:
    screen = open_page(colours=colours)
    expect(screen.map).to_have_attribute("data-cm-theme", theme)
