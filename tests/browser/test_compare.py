"""Two narrators side by side: two maps that go together, each with the claims the file has."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe_findings
from tests.browser.expected import ROOT, kept_ids, read_rows
from tests.browser.profiles import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.screen import Screen
    from tests.browser.server import Server

    Open = Callable[..., Screen]

ROWS = read_rows(ROOT / "data" / "events.csv")
WEEK = "?from=2023-05-08&to=2023-05-14"
SIDES = f"{WEEK}&compare=ukraine&compare=russia"
WAGNER, MINISTRY = "Wagner Group", "Russian Ministry of Defence"
RIVALS = f"{WEEK}&compare={WAGNER}&compare={MINISTRY}"
SCENE = "?briefing=bakhmut_2023-05-08_14&scene={}&present=1"
VIEWS = """() => leafletMaps.slice(-2).map((map) =>
    [map.getCenter().lat, map.getCenter().lng, map.getZoom()])"""
AT_REST = """() => leafletMaps.slice(-2).every((map) =>
    !map._animatingZoom && !(map._panAnim && map._panAnim._inProgress))"""
LEFT = """([[lat, lng, zoom], pixel]) => {
    const map = leafletMaps.at(-2);
    const { lat: nowLat, lng: nowLng } = map.getCenter();
    return map.getZoom() !== zoom || Math.hypot(nowLat - lat, nowLng - lng) > pixel;
}"""
A_PIXEL_DEG = 0.002
"""A pixel is 0.001 degrees at zoom 10.5, a little less where the maps open."""


@pytest.fixture
def compare(open_page: Callable[..., Screen], revisit: Callable[..., Screen], own: Server) -> Open:
    """Open the page of the project's own record."""

    def start(query: str = SIDES, **more: object) -> Screen:
        if more or "present" in query:
            return open_page(query, home=own.url, ready="present" not in query, **more)
        return revisit(own, query)

    return start


def says(narrator: str, query: str = WEEK) -> set[str]:
    """Give the claims that a query keeps of a side or an organisation."""
    kept = set(kept_ids(query, ROWS))
    return {r["claim_id"] for r in ROWS if narrator in {r["side"], r["organisation"]}} & kept


def heading(screen: Screen, place: int) -> Locator:
    return screen.map.locator(f".cm-narrator[data-narrator='{place}']")


def shows(screen: Screen, first: str, second: str, query: str = WEEK) -> None:
    """Expect over each map the number of its narrator's claims, and of both in the status."""
    for place, narrator in ((1, first), (2, second)):
        count = len(says(narrator, query))
        expect(heading(screen, place)).to_have_attribute("data-shown", str(count))
        expect(heading(screen, place)).to_contain_text(f"{count} of {len(ROWS)} claims")
    screen.shows(len(says(first, query) | says(second, query)))


def views(screen: Screen) -> list[list[float]]:
    """Wait until both maps are at rest, and give their views."""
    screen.page.wait_for_timeout(60)
    screen.page.wait_for_function(AT_REST)
    found: list[list[float]] = screen.page.evaluate(VIEWS)
    return found


def _at(url: str) -> list[float]:
    return [float(part) for part in parse_qs(urlsplit(url).query).get("at", ["0"])[0].split(",")]


def moved_together(screen: Screen, before: list[list[float]]) -> list[list[float]]:
    """Wait until the first map has left its view, and check that both rest at the same one."""
    screen.page.wait_for_function(LEFT, arg=[before[0], A_PIXEL_DEG])
    after = views(screen)
    assert after[0] == pytest.approx(after[1], abs=A_PIXEL_DEG)
    return after


def drag(screen: Screen, place: int, by: tuple[int, int]) -> None:
    box = screen.map.locator(".cm-leaflet").nth(place - 1).bounding_box()
    assert box is not None
    x, y = box["x"] + 30, box["y"] + box["height"] - 60
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    screen.page.mouse.move(x + by[0] / 2, y + by[1] / 2, steps=3)
    screen.page.mouse.move(x + by[0], y + by[1], steps=3)
    screen.page.wait_for_timeout(120)  # at rest before the hand lets go, there is no swing
    screen.page.mouse.up()


def test_a_link_opens_two_maps_with_the_counts_of_the_file(compare: Open) -> None:
    screen = compare()
    expect(screen.map.locator(".cm-leaflet")).to_have_count(2)
    shows(screen, "ukraine", "russia")
    first, second = views(screen)
    assert first == pytest.approx(second, abs=A_PIXEL_DEG)
    expect(screen.map.locator(".cm-legend")).to_have_count(1)
    expect(screen.map.locator(".cm-legend")).to_contain_text("they contradict")
    expect(screen.page.get_by_role("region", name="Timeline")).to_have_count(1)
    own = "(all) => all.map((one) => one.getAttribute('aria-label'))"
    for place, other in ((0, "Russia"), (1, "Ukraine")):
        marks = screen.map.locator(".cm-leaflet").nth(place).locator(".cm-mark")
        labels = marks.evaluate_all(own)
        assert labels
        assert not [label for label in labels if f"{other} " in label.split(";")[0]]


def test_one_map_is_left_as_it_was_and_pays_for_nothing(compare: Open) -> None:
    screen = compare(WEEK)
    expect(screen.map.locator(".cm-leaflet")).to_have_count(1)
    assert screen.page.evaluate("leafletMaps.length") == 1
    assert not screen.map.locator(".cm-narrator").count()
    expect(screen.map.locator(".cm-legend")).not_to_contain_text("contradict")


def test_either_map_takes_the_other_along_and_then_both_rest(compare: Open) -> None:
    screen = compare()
    before = views(screen)
    acts: tuple[Callable[[], None], ...] = (
        lambda: drag(screen, 1, (60, -30)),
        lambda: drag(screen, 2, (70, -50)),
        screen.page.get_by_role("button", name="Zoom in").first.click,
        lambda: screen.map.locator(".cm-second").press("ArrowLeft"),
        lambda: screen.map.locator(".cm-second").press("-"),
    )
    for act in acts:
        act()
        before = moved_together(screen, before)
    # The address follows when the map has been at rest for a while.
    screen.page.wait_for_url(lambda url: _at(url) == pytest.approx(before[0], abs=1e-3))
    screen.rest()
    moves = """() => new Promise((done) => {
        let moves = 0;
        for (const map of leafletMaps.slice(-2)) map.on("move", () => moves++);
        setTimeout(() => done(moves), 400);
    })"""
    assert screen.page.evaluate(moves) == 0
    shows(screen, "ukraine", "russia")


def test_a_drag_s_every_step_is_followed(compare: Open) -> None:
    screen = compare()
    box = screen.map.locator(".cm-second").bounding_box()
    assert box is not None
    screen.page.mouse.move(box["x"] + 30, box["y"] + 60)
    screen.page.mouse.down()
    before = screen.page.evaluate(VIEWS)
    screen.page.mouse.move(box["x"] + 120, box["y"] + 90, steps=4)
    screen.page.wait_for_timeout(60)
    held = screen.page.evaluate(VIEWS)
    screen.page.mouse.up()
    assert held[0] == pytest.approx(held[1], abs=A_PIXEL_DEG)
    assert held[0] != pytest.approx(before[0], abs=A_PIXEL_DEG)


def test_both_maps_follow_the_filters_and_the_days(compare: Open) -> None:
    screen = compare()
    with screen.repaint():
        screen.page.locator(".st-key-clock").get_by_text("as it happened").click()
    query = f"{WEEK}&clock=happened"
    shows(screen, "ukraine", "russia", query)
    with screen.repaint():
        screen.page.get_by_role("slider", name="Last day").press("ArrowLeft")
    shows(screen, "ukraine", "russia", query.replace("-14", "-13"))
    assert screen.address()["compare"] == ["ukraine", "russia"]
    with screen.repaint():
        screen.pill("side", "Russia").click()
    expect(heading(screen, 1)).to_have_attribute("data-shown", "0")


def test_begun_changed_swapped_and_ended_by_the_keyboard(compare: Open) -> None:
    screen = compare(WEEK)
    press = screen.page.keyboard.press
    screen.page.get_by_role("button", name="Compare").focus()
    press("Enter")
    shows(screen, "ukraine", "russia")
    end = screen.page.get_by_role("button", name="One map")
    expect(end).to_be_focused()
    press("Tab")
    select = screen.page.get_by_role("combobox", name="First narrator")
    expect(select).to_be_focused()
    screen.page.keyboard.type(WAGNER[:8])
    screen.rest()
    shows(screen, WAGNER, "russia")
    expect(select.locator("option:disabled")).to_have_text(["Russia"])
    screen.page.get_by_role("button", name="Swap the narrators").press("Enter")
    shows(screen, "russia", WAGNER)
    screen.rest()
    assert screen.address()["compare"] == ["russia", WAGNER]
    end.press("Enter")
    screen.shows(len(kept_ids(WEEK, ROWS)))
    expect(screen.page.get_by_role("button", name="Compare")).to_be_focused()
    screen.rest()
    assert "compare" not in screen.address()
    expect(screen.map.locator(".cm-leaflet")).to_have_count(1)


def test_a_reload_and_the_browser_s_back_keep_and_bring_back_the_pair(compare: Open) -> None:
    screen = compare(WEEK)
    screen.page.get_by_role("button", name="Compare").click()
    screen.rest()
    screen.page.wait_for_url("**compare=ukraine&compare=russia*")
    screen.page.reload()
    shows(screen, "ukraine", "russia")
    screen.rest()
    screen.page.go_back()
    expect(screen.map.locator(".cm-leaflet")).to_have_count(1)
    screen.page.go_forward()
    shows(screen, "ukraine", "russia")


def test_the_list_tells_each_proposition_once_and_opens_its_claims(compare: Open) -> None:
    screen = compare(RIVALS)
    listed = screen.page.locator(".st-key-compared")
    groups = listed.locator(".cm-fold")
    expect(groups).to_have_count(4)
    for group in groups.all():
        group.evaluate("(one) => { one.open = true; }")
        count = int(group.locator("summary").inner_text().split(" prop")[0].split()[-1])
        expect(group.locator(".cm-compared-row")).to_have_count(count)
    rows = listed.locator(".cm-compared-row").evaluate_all(
        "(all) => all.map((one) => [...one.querySelectorAll('button')].map((b) => b.dataset.claim))"
    )
    topic = {row["claim_id"]: row["topic"] for row in ROWS}
    of_rows = [{topic[claim] for claim in row} for row in rows]
    spoken = {topic[claim] for claim in says(WAGNER) | says(MINISTRY)}
    assert set.union(*of_rows) == spoken
    assert len(of_rows) == len(spoken)
    word = listed.get_by_role("button").nth(0)
    picked = word.get_attribute("data-claim") or ""
    word.press("Enter")
    expect(screen.current).to_have_attribute("data-claim", picked)
    screen.rest()
    assert screen.address()["claim"] == [picked]
    screen.page.get_by_role("button", name="All claims").click()
    expect(groups).to_have_count(4)


def test_the_measure_is_on_the_first_map_and_its_cross_stands_where_it_points(
    compare: Open,
) -> None:
    screen = compare()
    screen.map.get_by_role("button", name="Measure a distance", exact=True).click()
    second = screen.map.locator(".cm-second").bounding_box()
    assert second
    screen.page.mouse.click(second["x"] + 60, second["y"] + second["height"] - 90)
    assert screen.map.locator(".cm-measure-point").count() == 0
    screen.page.keyboard.press("ArrowUp")
    cross = screen.map.locator(".cm-crosshair").bounding_box()
    first = screen.map.locator(".cm-leaflet").first.bounding_box()
    assert cross
    assert first
    across, down = (cross["x"] + cross["width"] / 2, cross["y"] + cross["height"] / 2)
    at = screen.page.evaluate("[ClaimMap.pointing.at.x, ClaimMap.pointing.at.y]")
    assert [across, down] == pytest.approx(at, abs=1)
    assert first["x"] <= across < first["x"] + first["width"]
    assert first["y"] <= down < first["y"] + first["height"]
    screen.page.keyboard.press("Enter")
    expect(screen.map.locator(".cm-measure-point")).to_have_count(1)


def test_a_mark_on_the_second_map_opens_its_claims(compare: Open) -> None:
    screen = compare(RIVALS)
    mark = screen.map.locator(".cm-second .cm-mark[data-mark^=disc]").first
    count = int((mark.get_attribute("aria-label") or "0").split()[0])
    mark.focus()
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator(".st-key-cards .cm-cards")).to_be_visible()
    screen.rest()
    assert {"disc", "claim"} & set(screen.address())
    assert count >= 1


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing_on_two_maps(
    open_page: Callable[..., Screen], size: tuple[int, int], colours: str
) -> None:
    screen = open_page("?compare=ukraine&compare=russia", size=size, colours=colours)
    expect(screen.page.locator(".st-key-compared .cm-fold")).to_have_count(4)
    assert axe_findings(screen) == []


def test_on_a_phone_the_maps_stand_below_each_other(compare: Open) -> None:
    screen = compare(size=PHONE)
    shows(screen, "ukraine", "russia")
    first, second = (one.bounding_box() for one in screen.map.locator(".cm-leaflet").all())
    assert first is not None
    assert second is not None
    assert second["y"] >= first["y"] + first["height"]
    assert first["width"] == second["width"] >= 0.9 * PHONE[0]
    assert first["height"] == second["height"] >= 0.35 * PHONE[1]
    width, room = screen.page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert width <= room
    small = screen.map.locator("button:visible, select:visible").evaluate_all(
        """(all) => all.filter((one) => {
            const box = one.getBoundingClientRect();
            return !one.closest("p") && (box.width < 23.5 || box.height < 23.5);
        }).map((one) => one.outerHTML.slice(0, 140))"""
    )
    assert small == []


def test_presenting_steps_from_one_map_to_two_and_back_at_once(compare: Open) -> None:
    screen = compare(SCENE.format(4))
    expect(screen.map).to_have_attribute("data-ready", "true", timeout=30_000)
    screen.rest()
    maps = screen.map.locator(".cm-leaflet")
    step = """(key) => {
        document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        return document.querySelectorAll(".cm-map .cm-leaflet").length;
    }"""
    assert screen.page.evaluate(step, "PageDown") == 2
    scene = f"?from=2023-05-10&to=2023-05-12&q=flanks&organisation={WAGNER}&organisation={MINISTRY}"
    shows(screen, WAGNER, MINISTRY, scene)
    for place, name in ((1, WAGNER), (2, MINISTRY)):
        expect(heading(screen, place).get_by_role("heading", name=name)).to_be_visible()
    expect(screen.page.get_by_role("combobox", name="First narrator")).not_to_be_visible()
    screen.rest()
    shows(screen, WAGNER, MINISTRY, scene)
    assert screen.address() == {
        "briefing": ["bakhmut_2023-05-08_14"],
        "scene": ["5"],
        "present": ["1"],
    }
    assert views(screen)[1] == pytest.approx([48.5965, 37.94, 11], abs=A_PIXEL_DEG)
    assert axe_findings(screen) == []
    assert screen.page.evaluate(step, "PageDown") == 1
    screen.rest()
    expect(maps).to_have_count(1)
    assert screen.page.evaluate(step, "PageUp") == 2
    shows(screen, WAGNER, MINISTRY, scene)


def test_a_pair_that_cannot_be_is_told(compare: Open) -> None:
    screen = compare(f"{WEEK}&compare=ukraine&compare=<b>Nobody</b>")
    told = screen.page.locator(".st-key-address_notices")
    expect(told).to_contain_text("“<b>Nobody</b>” is no side or organisation of the record")
    expect(screen.map.locator(".cm-leaflet")).to_have_count(1)
