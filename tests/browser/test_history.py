"""A view is its address: it can be copied, opened elsewhere, reloaded and stepped through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.expected import kept_ids, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen

MALIAR = "ua-mod-maliar-advance-2km-2023-05-12"
SOLEDAR = "ru-mod-26-attacks-repelled-soledar-2023-05-12"
VIEW = f"?side=russia&side=ukraine&claim={MALIAR}&tab=numbers&at=48.6200,37.9000,11"


def _same_place(one: Screen, other: Screen) -> None:
    (lat, lon, zoom), wanted = other.view(), one.view()
    assert zoom == wanted[2]
    here, there = one.point(lat, lon), one.point(wanted[0], wanted[1])
    assert here == pytest.approx(there, abs=1.5)


def _same_view(one: Screen, other: Screen) -> None:
    other.shows(one.shown())
    other.has_cards(len(one.card_ids()))
    assert other.card_ids() == one.card_ids()
    expect(other.current).to_have_attribute(
        "data-claim", one.current.get_attribute("data-claim") or ""
    )
    assert other.open_tab() == one.open_tab()
    assert other.query() == one.query()
    _same_place(one, other)


def _make_a_view(screen: Screen) -> None:
    """Set filters, place, claim and tab by hand."""
    with screen.repaint():
        screen.pill("side", "Ukraine").click()
    with screen.repaint():
        screen.pill("side", "Russia").click()
    with screen.repaint():
        screen.page.get_by_role("button", name="Zoom in").click()
    expect(screen.page).to_have_url(re.compile(r"[?&]at="))
    screen.rest()
    with screen.repaint():
        screen.ring_mark.click()
    screen.tab("Numbers")
    expect(screen.page).to_have_url(re.compile("tab=numbers"))
    screen.rest()


def test_a_copied_address_opens_the_same_view_for_someone_else(
    open_page: Callable[..., Screen],
) -> None:
    mine = open_page()
    _make_a_view(mine)
    assert mine.address()["claim"] == [MALIAR]
    assert mine.address()["side"] == ["russia", "ukraine"]
    theirs = open_page(mine.query(), fresh=True)
    _same_view(mine, theirs)


def test_the_button_copies_the_address_of_the_view(open_page: Callable[..., Screen]) -> None:
    screen = open_page(VIEW, fresh=True)
    screen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.page.get_by_role("button", name="Copy link").click()
    expect(screen.page.get_by_text("Link copied")).to_be_visible()
    assert screen.page.evaluate("navigator.clipboard.readText()") == screen.page.url


def test_a_reload_keeps_the_view(open_page: Callable[..., Screen]) -> None:
    screen = open_page(VIEW)
    expect(screen.current).to_have_attribute("data-claim", MALIAR)
    before = (screen.query(), screen.card_ids(), screen.shown(), screen.open_tab())
    place = screen.view()
    screen.load(screen.query())
    expect(screen.current).to_have_attribute("data-claim", MALIAR)
    assert (screen.query(), screen.card_ids(), screen.shown(), screen.open_tab()) == before
    assert screen.view() == pytest.approx(place, abs=1e-4)
    assert before[3] == "Numbers"


def test_an_address_gives_the_place_and_zoom_it_names(open_page: Callable[..., Screen]) -> None:
    screen = open_page("?at=48.7000,38.1000,12")
    assert screen.view() == pytest.approx((48.7, 38.1, 12), abs=1e-3)


def test_back_and_forward_step_through_filters_and_choices(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page()
    everything, russia = len(read_rows()), len(kept_ids("?side=russia"))
    with screen.repaint():
        screen.pill("side", "Russia").click()
    screen.shows(russia)
    with screen.repaint():
        screen.line_mark.click()
    expect(screen.current).to_have_attribute("data-claim", SOLEDAR)
    with screen.repaint():
        screen.pill("side", "Russia").click()
    screen.shows(everything)

    screen.page.go_back()
    screen.shows(russia)
    expect(screen.pill("side", "Russia")).to_have_attribute("aria-pressed", "true")
    expect(screen.current).to_have_attribute("data-claim", SOLEDAR)
    screen.rest()
    screen.page.go_back()
    expect(screen.current).to_have_count(0)
    screen.has_cards(russia)
    screen.rest()
    screen.page.go_back()
    screen.shows(everything)
    expect(screen.pill("side", "Russia")).to_have_attribute("aria-pressed", "false")
    screen.has_cards(everything)
    screen.rest()
    screen.page.go_forward()
    screen.shows(russia)
    screen.rest()
    screen.page.go_forward()
    expect(screen.current).to_have_attribute("data-claim", SOLEDAR)
    assert screen.address() == {"side": ["russia"], "claim": [SOLEDAR]}


def test_back_and_forward_step_through_tabs(open_page: Callable[..., Screen]) -> None:
    screen = open_page()
    for name in ("Numbers", "Sources"):
        screen.tab(name)
        screen.rest()
        expect(screen.page).to_have_url(f"{screen.home}?tab={name.lower()}")
    screen.page.go_back()
    expect(screen.page.get_by_role("tabpanel", name="Numbers").locator("table")).not_to_have_count(
        0
    )
    assert screen.open_tab() == "Numbers"
    screen.rest()
    screen.page.go_back()
    expect(screen.page.get_by_role("tab", name="Who says what")).to_have_attribute(
        "aria-selected", "true"
    )


def test_moving_the_map_adds_no_step_that_back_would_have_to_undo(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page(fresh=True)  # a tab's history ends at 50, where another step is not seen
    before = screen.page.evaluate("history.length")
    screen.page.get_by_role("button", name="Zoom in").click()
    expect(screen.page).to_have_url(re.compile(r"[?&]at="))
    screen.rest()
    assert screen.page.evaluate("history.length") == before


def test_picking_and_filtering_right_after_a_move_keep_the_place(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page()
    screen.page.get_by_role("button", name="Zoom in").click()
    screen.page.wait_for_function("() => leafletMap.getZoom() === 12 && !leafletMap._animatingZoom")
    place = screen.view()
    # Within the third of a second before the map reports its move.
    screen.pill("side", "Ukraine").click()
    screen.shows(len(kept_ids("?side=ukraine")))
    expect(screen.page).to_have_url(re.compile(r"[?&]at="))
    screen.rest()
    screen.shows(len(kept_ids("?side=ukraine")))
    assert screen.view() == pytest.approx(place, abs=1e-3)
    # The pill's own run, begun before the move was told, may write the address once without it.
    expect(screen.page).to_have_url(re.compile(r"[?&]at=[^&]*(,|%2C)12(&|$)"))
    assert screen.address()["side"] == ["ukraine"]
