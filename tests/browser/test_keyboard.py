"""Everything a mouse does here, the keyboard does; the focus is always to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.expected import kept_ids, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen

MOST_STOPS = 200
# Before the first Tab the focus stands before everything, as on arrival.
START = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    window.stops = [];
}"""
# How an element and what holds it look: the focus must change something of it.
LOOK = """(element) => {
    const looks = [];
    for (let one = element, up = 0; one && up < 4; one = one.parentElement, up += 1) {
        const style = getComputedStyle(one);
        looks.push(style.outline, style.boxShadow, style.borderColor, style.backgroundColor);
    }
    return looks.join("|");
}"""
FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    (window.stops ||= []).push([element, (LOOK)(element)]);
    const within = (selector) => Boolean(element.closest(selector));
    const { innerText, title, id } = element;
    return {
        name: element.getAttribute("aria-label") || innerText || title || id,
        sidebar: within('[data-testid="stSidebar"]'),
        map: within(".cm-leaflet"),
        mark: within(".cm-mark"),
        cards: within(".st-key-cards"),
        tab: element.getAttribute("role") === "tab",
        panel: within('[role="tabpanel"]'),
    };
}""".replace("LOOK", LOOK)
UNSEEN = """() => {
    document.activeElement.blur();
    return window.stops
        .filter(([element, look]) => element.isConnected && (LOOK)(element) === look)
        .map(([element]) => element.outerHTML.slice(0, 160));
}""".replace("LOOK", LOOK)


def _walk(screen: Screen) -> list[dict[str, Any]]:
    """Press Tab from the top of the page until the focus leaves it."""
    screen.page.add_style_tag(content="* { transition: none !important; }")
    screen.page.evaluate(START)
    stops = []
    for _ in range(MOST_STOPS):
        screen.page.keyboard.press("Tab")
        stop = screen.page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    return stops


def test_tab_reaches_filters_map_marks_cards_and_tabs_and_leaves_again(screen: Screen) -> None:
    stops = _walk(screen)
    assert len(stops) < MOST_STOPS
    for place in ("sidebar", "map", "mark", "cards", "tab", "panel"):
        assert any(stop[place] for stop in stops), (place, stops)
    names = " ".join(str(stop["name"]) for stop in stops)
    for name in ("Ukraine", "Organisation", "Speaker", "Kind", "Search", "Copy link", "Zoom in"):
        assert name in names, name
    assert sum(stop["mark"] for stop in stops) == 1, "the marks are one stop of a toolbar"


def test_shift_tab_walks_back_through_the_page(screen: Screen) -> None:
    screen.page.get_by_role("tab", name="Who says what").focus()
    for place in ("cards", "map", "sidebar"):
        for _ in range(MOST_STOPS):
            screen.page.keyboard.press("Shift+Tab")
            stop = screen.page.evaluate(FOCUSED)
            if stop is not None and stop[place]:
                break
        else:
            message = f"Shift+Tab never came to: {place}"
            raise AssertionError(message)


def test_every_stop_of_the_focus_can_be_seen(screen: Screen) -> None:
    assert len(_walk(screen)) > 20
    assert screen.page.evaluate(UNSEEN) == []


def test_arrows_go_from_mark_to_mark_and_enter_picks_one(screen: Screen) -> None:
    screen.ring_mark.focus()
    names = set()
    for key in ("Home", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "End"):
        screen.page.keyboard.press(key)
        stop = screen.page.evaluate(FOCUSED)
        assert stop["mark"]
        names.add(stop["name"])
    assert len(names) == screen.marks.count() == 3
    screen.page.keyboard.press("Home")
    with screen.repaint():
        screen.page.keyboard.press("Enter")
    expect(screen.current).to_contain_text("Hanna Maliar")
    assert screen.page.evaluate(FOCUSED)["mark"], "the focus stays on the mark"


def test_arrows_on_a_mark_do_not_move_the_map(screen: Screen) -> None:
    before = screen.view()
    screen.line_mark.focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        screen.page.keyboard.press(key)
    assert screen.view() == before


def test_a_pill_answers_to_space_and_keeps_the_focus(screen: Screen) -> None:
    pill = screen.pill("side", "Ukraine")
    pill.focus()
    with screen.repaint():
        screen.page.keyboard.press("Space")
    screen.shows(len(kept_ids("?side=ukraine")))
    expect(pill).to_be_focused()
    with screen.repaint():
        screen.page.keyboard.press("Space")
    screen.shows(len(read_rows()))


def test_a_list_answers_to_typing_and_enter(screen: Screen) -> None:
    box = screen.page.get_by_role("combobox", name="Organisation")
    box.focus()
    screen.page.keyboard.type("Wagner")
    with screen.repaint():
        screen.page.keyboard.press("ArrowDown")
        screen.page.keyboard.press("Enter")
    screen.shows(len(kept_ids("?organisation=Wagner+Group")))
    screen.page.keyboard.press("Escape")


def test_a_card_answers_to_enter_and_keeps_the_focus(screen: Screen) -> None:
    speaker = screen.page.locator(".st-key-cards .cm-speaker").nth(1)
    name = speaker.inner_text()
    speaker.focus()
    with screen.repaint():
        screen.page.keyboard.press("Enter")
    expect(screen.current.locator(".cm-speaker")).to_have_text(name)
    expect(screen.current.locator(".cm-speaker")).to_be_focused()


def test_tabs_answer_to_arrows(screen: Screen) -> None:
    screen.page.get_by_role("tab", name="Who says what").focus()
    screen.page.keyboard.press("ArrowRight")
    screen.page.keyboard.press("Enter")
    expect(screen.page.get_by_role("tab", name="Numbers")).to_have_attribute(
        "aria-selected", "true"
    )
    panel = screen.page.get_by_role("tabpanel", name="Numbers")
    expect(panel.get_by_role("table").first).to_be_visible()


def test_plus_and_minus_zoom_the_map(open_page: Callable[..., Screen]) -> None:
    screen = open_page()
    screen.page.locator(".cm-leaflet").focus()
    with screen.repaint():
        screen.page.keyboard.press("Equal")
    screen.page.wait_for_function("() => leafletMap.getZoom() === 12")
    screen.page.keyboard.press("Minus")
    screen.page.wait_for_function("() => leafletMap.getZoom() === 11")
