"""The timeline drives the map by itself and the page after it: hand, keys, dates, player, clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

from claims.load import load_record
from claims.selection import Selection
from claims.standing import standing_of_claims
from tests.browser.expected import kept_ids, read_rows
from tests.report import DATA

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen
    from tests.browser.server import Server

ROWS = read_rows(DATA / "events.csv")
WEEK = "?from=2023-05-09&to=2023-05-15"
EPOCH = date(1970, 1, 1)
MAY_9 = (date(2023, 5, 9) - EPOCH).days


@pytest.fixture
def whole(revisit: Callable[..., Screen], own: Server) -> Screen:
    """Give the page of the project's own record on one week."""
    screen = revisit(own, WEEK)
    screen.shows(len(kept_ids(WEEK, ROWS)))
    screen.rest()
    return screen


def _slider(screen: Screen, name: str) -> Locator:
    return screen.page.get_by_role("slider", name=name, exact=True)


def _drag(screen: Screen, grip: Locator, days: int) -> None:
    """Drag by the width of a day times so many, in small steps, and let go."""
    box = grip.bounding_box()
    brush = _slider(screen, "Window").bounding_box()
    assert box
    assert brush
    per_day = brush["width"] / 7
    x, y = box["x"] + box["width"] / 2, box["y"] + 8
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    for step in range(1, 9):
        screen.page.mouse.move(x + days * per_day * step / 8, y)
    screen.page.mouse.up()


def _expect_window(screen: Screen, first: str, last: str, more: str = "") -> None:
    query = f"from={first}&to={last}{more}"
    count = len(kept_ids(query, ROWS))
    screen.page.wait_for_url(f"**/?{query}")
    screen.shows(count)
    screen.rest()
    expect(screen.page.locator(".cm-cards h2")).to_contain_text(f"{count} claim")


def test_it_begins_with_the_window_of_the_address(whole: Screen) -> None:
    expect(_slider(whole, "Window")).to_have_attribute("aria-valuetext", "9\N{EN DASH}15 May 2023")
    expect(_slider(whole, "First day")).to_have_attribute("aria-valuetext", "9 May 2023")
    expect(_slider(whole, "Last day")).to_have_attribute("aria-valuetext", "15 May 2023")


def test_a_dragged_window_paints_the_map_under_way_and_takes_the_page_along(whole: Screen) -> None:
    before = whole.painted()
    whole.tag_map()
    _drag(whole, _slider(whole, "Window"), 7)
    _expect_window(whole, "2023-05-16", "2023-05-22")
    assert whole.painted() - before >= 5
    assert whole.is_tagged_map()


def test_a_dragged_end_makes_the_window_longer(whole: Screen) -> None:
    _drag(whole, _slider(whole, "Last day"), 3)
    _expect_window(whole, "2023-05-09", "2023-05-18")


def test_keys_move_the_window_and_its_ends(whole: Screen) -> None:
    _slider(whole, "Window").focus()
    whole.page.keyboard.press("ArrowRight")
    _expect_window(whole, "2023-05-10", "2023-05-16")
    whole.page.keyboard.press("Shift+ArrowLeft")
    _expect_window(whole, "2023-05-03", "2023-05-09")
    _slider(whole, "First day").focus()
    whole.page.keyboard.press("ArrowRight")
    _expect_window(whole, "2023-05-04", "2023-05-09")
    _slider(whole, "Last day").focus()
    whole.page.keyboard.press("Home")
    _expect_window(whole, "2023-05-04", "2023-05-04")


def test_a_key_paints_the_map_once_and_the_same_window_not_at_all(whole: Screen) -> None:
    before = whole.painted()
    _slider(whole, "Window").focus()
    whole.page.keyboard.press("ArrowRight")
    _expect_window(whole, "2023-05-10", "2023-05-16")
    assert whole.painted() == before + 1


def test_a_drag_hears_the_pointer_that_began_it_and_no_other(whole: Screen) -> None:
    window = _slider(whole, "Window")
    box = window.bounding_box()
    assert box
    whole.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 8)
    whole.page.mouse.down()
    other = """(type) => document.dispatchEvent(
        new PointerEvent(type, {pointerId: 99, clientX: 5, clientY: 5}))"""
    for event in ("pointermove", "pointerup"):
        whole.page.evaluate(other, event)
    expect(window).to_have_attribute("aria-valuetext", "9\N{EN DASH}15 May 2023")
    whole.page.mouse.move(box["x"] + box["width"] * (1 / 2 + 7 / 7), box["y"] + 8)
    whole.page.mouse.up()
    _expect_window(whole, "2023-05-16", "2023-05-22")


def test_the_status_keeps_the_focus_while_its_words_change(whole: Screen) -> None:
    see = whole.map.locator(".cm-status button")
    see.focus()
    whole.go("?from=2023-05-02&to=2023-05-15")
    expect(whole.map.locator(".cm-status")).to_contain_text("2\N{EN DASH}15 May 2023")
    expect(see).to_be_focused()


def test_days_are_typed_and_a_day_that_is_none_is_marked(whole: Screen) -> None:
    first = whole.page.get_by_role("textbox", name="First day, year-month-day")
    first.fill("2023-05-30")
    first.press("Enter")
    _expect_window(whole, "2023-05-30", "2023-05-30")
    first.fill("30 May")
    first.press("Enter")
    expect(first).to_have_attribute("aria-invalid", "true")
    assert whole.address()["from"] == ["2023-05-30"]


def test_playing_moves_the_map_without_the_server_and_pausing_brings_the_page(
    whole: Screen,
) -> None:
    cards = whole.page.locator(".cm-cards h2").inner_text()
    whole.page.get_by_role("button", name="Play", exact=True).click()
    expect(_slider(whole, "First day")).not_to_have_attribute("aria-valuetext", "9 May 2023")
    expect(_slider(whole, "First day")).not_to_have_attribute("aria-valuetext", "10 May 2023")
    assert whole.address()["from"] == ["2023-05-09"]
    assert whole.page.locator(".cm-cards h2").inner_text() == cards
    whole.page.get_by_role("button", name="Pause", exact=True).click()
    day = int(_slider(whole, "First day").get_attribute("aria-valuenow") or 0)
    start = EPOCH + timedelta(days=day)
    _expect_window(whole, start.isoformat(), (start + timedelta(days=6)).isoformat())


def test_accumulating_keeps_the_first_day(whole: Screen) -> None:
    mode = whole.page.get_by_role("combobox", name="What plays")
    mode.select_option("accumulate")
    whole.page.get_by_role("button", name="Play", exact=True).click()
    expect(_slider(whole, "Last day")).not_to_have_attribute("aria-valuetext", "15 May 2023")
    whole.page.get_by_role("button", name="Pause", exact=True).click()
    mode.select_option("window")
    whole.page.wait_for_url(lambda url: "to=2023-05-15" not in url)
    assert whole.address()["from"] == ["2023-05-09"]
    assert whole.address()["to"] > ["2023-05-15"]


def test_its_clock_is_the_pages_clock(whole: Screen) -> None:
    clock = whole.page.get_by_role("combobox", name="Clock that plays")
    with whole.repaint():
        clock.select_option("happened")
    _expect_window(whole, "2023-05-09", "2023-05-15", "&clock=happened")
    assert whole.address()["clock"] == ["happened"]
    with whole.repaint():
        whole.page.get_by_text("as said", exact=True).first.click()
    expect(clock).to_have_value("said")


def test_the_sidebars_days_move_the_brush(whole: Screen) -> None:
    with whole.repaint():
        whole.page.get_by_role("button", name="The whole record").click()
    days = sorted(row["said_on"] for row in ROWS)
    expect(_slider(whole, "First day")).to_have_attribute(
        "aria-valuenow", str((date.fromisoformat(days[0]) - EPOCH).days)
    )
    expect(_slider(whole, "Last day")).to_have_attribute(
        "aria-valuenow", str((date.fromisoformat(days[-1]) - EPOCH).days)
    )


def test_the_bars_count_every_day_and_side_of_what_the_other_filters_leave(whole: Screen) -> None:
    found = whole.page.evaluate(
        """async () => {
            const url = "claims/" + (await (await fetch("readyz")).json()).digest + ".bin";
            const columns = ClaimMap.readColumns(await (await fetch(url)).arrayBuffer());
            const standings = ClaimMap.standingsAsOf(columns, null);
            const all = new Uint8Array(columns.n).fill(1);
            const counted = ClaimMap.countDays(columns, all, standings, "said");
            return [counted.first, Array.from(counted.counts)];
        }"""
    )
    first, counts = found
    expected = [0] * len(counts)
    sides = ["ukraine", "russia", "third_party"]
    for row in ROWS:
        day = (date.fromisoformat(row["said_on"]) - EPOCH).days - first
        expected[3 * day + sides.index(row["side"])] += 1
    assert counts == expected


def test_the_legend_filters_at_once_and_the_sidebar_follows(whole: Screen) -> None:
    before = whole.painted()
    whole.page.get_by_role("button", name="Russia says").click()
    assert whole.painted() > before, "painted before the server has answered"
    query = WEEK + "&side=russia"
    whole.shows(len(kept_ids(query, ROWS)))
    whole.page.wait_for_url("**side=russia**")
    with whole.repaint():
        whole.pill("side", "Ukraine").click()
    query += "&side=ukraine"
    whole.shows(len(kept_ids(query, ROWS)))
    russia = whole.page.get_by_role("button", name="Russia says")
    expect(russia).to_have_attribute("aria-pressed", "true")
    russia.click()
    whole.page.wait_for_url(f"**/{WEEK}&side=ukraine")
    whole.shows(len(kept_ids(WEEK + "&side=ukraine", ROWS)))


def test_the_legend_filters_by_standing_and_by_kind(whole: Screen) -> None:
    claims = load_record(DATA / "events.csv", geo=DATA / "geo").claims
    standing = standing_of_claims(claims, MAY_9 + 6)
    asked = Selection(from_day=MAY_9, to_day=MAY_9 + 6, standings=frozenset({"contested"}))
    contested = asked.keep(claims, standing).sum()
    losses = replace(asked, kinds=frozenset({"losses"})).keep(claims, standing).sum()
    legend = whole.page.locator(".cm-legend")
    with whole.repaint():
        legend.get_by_role("button", name="contested").click()
    whole.shows(int(contested))
    legend.get_by_text("Kinds: all").click()
    with whole.repaint():
        legend.get_by_role("button", name="losses").click()
    whole.shows(int(losses))
    whole.page.wait_for_url("**kind=losses**")
    assert whole.address()["standing"] == ["contested"]


def test_buttons_and_wheel_zoom_the_axis_and_leave_the_window(whole: Screen) -> None:
    timeline = whole.page.get_by_role("region", name="Timeline")
    window = _slider(whole, "Window")
    narrow = window.bounding_box()
    whole.page.get_by_role("button", name="Show fewer days").click()
    wide = window.bounding_box()
    assert narrow
    assert wide
    assert wide["width"] > 1.4 * narrow["width"]
    expect(window).to_have_attribute("aria-valuetext", "9\N{EN DASH}15 May 2023")
    whole.page.get_by_role("button", name="Show all days").click()
    expect(timeline).to_have_attribute("data-unit", "day")
    again = window.bounding_box()
    assert again
    assert abs(again["width"] - narrow["width"]) < 1


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2023-05-08", "2023-05-14", "8\N{EN DASH}14 May 2023"),
        ("2023-05-12", "2023-05-12", "12 May 2023"),
        ("2023-04-30", "2023-05-02", "30 April \N{EN DASH} 2 May 2023"),
        ("2022-12-31", "2023-01-01", "31 December 2022 \N{EN DASH} 1 January 2023"),
    ],
)
def test_the_browser_writes_days_as_python_does(
    whole: Screen, first: str, last: str, words: str
) -> None:
    said = whole.page.evaluate(
        "([a, b]) => ClaimMap.spanWords(ClaimMap.dayOfIso(a), ClaimMap.dayOfIso(b))", [first, last]
    )
    assert said == words


@pytest.mark.parametrize("clock", ["said", "happened"])
def test_counting_what_comes_and_goes_gives_what_counting_anew_gives(
    whole: Screen, clock: str
) -> None:
    """A window that jumps, grows and shrinks at random, over the whole record and beyond it."""
    differing = whole.page.evaluate(
        """async ([clock, low, high]) => {
            const url = "claims/" + (await (await fetch("readyz")).json()).digest + ".bin";
            const columns = ClaimMap.readColumns(await (await fetch(url)).arrayBuffer());
            const other = ClaimMap.readColumns(await (await fetch(url)).arrayBuffer());
            const open = { from: null, to: null, clock, side: null, kind: [0, 2, 6, 8], mask: null,
                organisation: null, claimant: null, standing: null };
            const every = ClaimMap.standingsAsOf(columns, null);
            const { keep } = ClaimMap.keep(columns, open, every);
            const tally = new ClaimMap.Tally(columns, keep, clock);
            const world = [0, 0, 2 ** 32, 2 ** 32];
            let seed = 12;
            const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
            const differing = [];
            for (let turn = 0; turn < 80; turn++) {
                const from = low + random(high - low);
                const to = from + random(turn % 2 ? 5 : high - low);
                const standings = ClaimMap.standingsAsOf(columns, clock === "said" ? to : null);
                tally.move(from, to, standings);
                const anew = ClaimMap.keep(other, { ...open, from, to }, standings);
                const zoom = 9 + (turn % 5 === 0 ? 2 : 0);
                const discs = (of, keep, counted) =>
                    ClaimMap.gatherDiscs(of, keep, standings, zoom, world, counted).discs;
                tally.full = 0;
                const one = discs(columns, tally.keep, tally);
                const two = discs(other, anew.keep, null);
                const told = ({ count, sides, standings, cells, x, y }) =>
                    [count, sides, standings, cells, x.toFixed(3), y.toFixed(3)];
                const plain = (found) => JSON.stringify(found.map(told));
                const same = tally.count === anew.count &&
                    tally.notPlaced === anew.notPlaced &&
                    tally.keep.every((kept, claim) => kept === anew.keep[claim]) &&
                    plain(one) === plain(two) && one.every((disc) => anew.keep[disc.first]);
                if (!same) differing.push([turn, from, to, tally.count, anew.count]);
            }
            return differing;
        }""",
        [clock, MAY_9 - 140, MAY_9 + 60],
    )
    assert differing == []
