"""A record of some hundred claims opens on a week, is paged through, searched and folded."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.expected import kept_ids, standing_of
from tests.browser.large import AT_BAKHMUT, OPENING, SIVERSK, UNPLACED, all_days
from tests.browser.screen import read_to_the_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.expected import Row
    from tests.browser.screen import Screen
    from tests.browser.server import Server

WEEK = "8\N{EN DASH}14 May 2023"
A_PAGE = 50
RANK = {"contested": 0, "agreed": 1, "one_sided": 2, "third_party_only": 3}


def _in_week(rows: list[Row]) -> list[str]:
    first, last = OPENING
    return [row["claim_id"] for row in rows if first <= row["said_on"] <= last]


def _days_button(screen: Screen) -> Locator:
    return screen.page.locator(".st-key-days").get_by_role("button")


def _pager(screen: Screen, name: str = "Pages") -> Locator:
    return screen.page.get_by_role("navigation", name=name, exact=True)


def _turn(screen: Screen, name: str, *, says: str) -> None:
    _pager(screen).get_by_role("button", name=name).click()
    expect(_pager(screen)).to_contain_text(says)
    screen.rest()


def _said(first: int, last: int, count: int) -> str:
    return f"{first}\N{EN DASH}{last} of {count}"


def _counted(text: str) -> dict[str, int]:
    """Read "Ukraine 41", one a line."""
    return {
        line.rsplit(" ", 1)[0].strip(): int(line.rsplit(" ", 1)[1]) for line in text.split("\n")
    }


def _topics_of_cards(screen: Screen, rows: list[Row]) -> list[str]:
    topic = {row["claim_id"]: row["topic"] for row in rows}
    return [name for name, _ in groupby(topic[claim] for claim in screen.card_ids())]


def _newest_first(rows: list[Row], day: str) -> list[str]:
    newest: dict[str, str] = {}
    for row in rows:
        newest[row["topic"]] = max(newest.get(row["topic"], ""), row[day])
    # Of one day the contested stand first, then the topic's name counts.
    order = sorted(newest, key=lambda topic: (RANK[standing_of(topic, rows, "")], topic))
    return sorted(order, key=newest.__getitem__, reverse=True)


def test_the_page_opens_on_the_days_named_beside_the_record(
    revisit: Callable[..., Screen], large: Server, large_rows: list[Row]
) -> None:
    screen = revisit(large, "")
    week = _in_week(large_rows)
    assert 0 < len(week) < A_PAGE
    screen.shows(len(week))
    screen.has_cards(len(week))
    assert set(screen.card_ids()) == set(week)
    expect(screen.map.get_by_role("status")).to_contain_text(WEEK)
    expect(_pager(screen)).to_have_count(0)
    assert screen.query() == ""


def test_a_button_shows_the_whole_record_and_leads_back_to_the_week(
    revisit: Callable[..., Screen], large: Server, large_rows: list[Row]
) -> None:
    screen = revisit(large, "")
    with screen.repaint():
        _days_button(screen).click()
    screen.shows(len(large_rows))
    assert screen.query() == all_days(large_rows)
    expect(_days_button(screen)).to_have_text(WEEK)
    with screen.repaint():
        _days_button(screen).click()
    screen.shows(len(_in_week(large_rows)))
    assert screen.query() == ""
    expect(_days_button(screen)).to_have_text("The whole record")


def test_reload_back_and_forward_keep_the_week_and_the_whole_record_apart(
    revisit: Callable[..., Screen], large: Server, large_rows: list[Row]
) -> None:
    screen = revisit(large, "")
    week = len(_in_week(large_rows))
    with screen.repaint():
        _days_button(screen).click()
    screen.shows(len(large_rows))
    screen.page.reload()
    screen.load(screen.query())
    screen.shows(len(large_rows))
    expect(_days_button(screen)).to_have_text(WEEK)
    with screen.repaint():
        _days_button(screen).click()
    screen.shows(week)
    screen.page.go_back()
    screen.shows(len(large_rows))
    screen.rest()
    screen.page.go_forward()
    screen.shows(week)
    expect(_days_button(screen)).to_have_text("The whole record")


def test_a_link_to_a_side_asks_all_days(
    revisit: Callable[..., Screen], large: Server, large_rows: list[Row]
) -> None:
    screen = revisit(large, "?side=russia")
    screen.shows(len(kept_ids("?side=russia", large_rows)))
    assert screen.query() == "?side=russia"


def test_the_pager_turns_to_older_claims_and_back_and_ends_at_both_ends(
    large_page: Screen, large_rows: list[Row]
) -> None:
    newer = _pager(large_page).get_by_role("button", name="Newer")
    older = _pager(large_page).get_by_role("button", name="Older")
    count, query = len(large_rows), large_page.query()
    expect(_pager(large_page)).to_contain_text(f"{_said(1, A_PAGE, count)}, last said first")
    expect(newer).to_be_disabled()
    first = large_page.card_ids()
    _turn(large_page, "Older", says=_said(51, 100, count))
    assert large_page.query() == f"{query}&page=2"
    large_page.has_cards(A_PAGE)
    assert set(large_page.card_ids()).isdisjoint(first)
    _turn(large_page, "Newer", says=_said(1, A_PAGE, count))
    assert large_page.query() == query
    assert large_page.card_ids() == first
    large_page.load(f"{query}&page=999")
    expect(older).to_be_disabled()
    expect(newer).to_be_enabled()
    large_page.has_cards(count % A_PAGE)


def test_turning_to_the_end_shows_every_claim_once(
    large_page: Screen, large_rows: list[Row]
) -> None:
    seen = large_page.card_ids()
    for first in range(A_PAGE + 1, len(large_rows), A_PAGE):
        last = min(first + A_PAGE - 1, len(large_rows))
        _turn(large_page, "Older", says=_said(first, last, len(large_rows)))
        seen += large_page.card_ids()
    assert sorted(seen) == sorted(row["claim_id"] for row in large_rows)


@pytest.mark.parametrize(("clock", "day"), [("said", "said_on"), ("happened", "event_end")])
def test_the_cards_begin_with_what_is_newest_by_the_clock(
    revisit: Callable[..., Screen], large: Server, large_rows: list[Row], clock: str, day: str
) -> None:
    screen = revisit(large, all_days(large_rows) if clock == "said" else "?clock=happened")
    order = _newest_first(large_rows, day)
    first = _topics_of_cards(screen, large_rows)
    assert len(first) > 5
    assert first == order[: len(first)]
    _turn(screen, "Older", says=_said(51, 100, len(large_rows)))
    second = _topics_of_cards(screen, large_rows)
    # A proposition may begin on one page and go on on the next.
    start = order.index(second[0])
    assert start in {len(first) - 1, len(first)}
    assert second == order[start : start + len(second)]


def test_the_two_clocks_give_two_orders(large_rows: list[Row]) -> None:
    by_word, by_event = _newest_first(large_rows, "said_on"), _newest_first(large_rows, "event_end")
    assert by_word[:5] != by_event[:5]


def test_a_page_survives_a_reload_and_the_browser_s_back_turns_it_back(
    large_page: Screen, large_rows: list[Row]
) -> None:
    query, first = large_page.query(), large_page.card_ids()
    _turn(large_page, "Older", says=_said(51, 100, len(large_rows)))
    second = large_page.card_ids()
    large_page.load(large_page.query())
    expect(_pager(large_page)).to_contain_text(_said(51, 100, len(large_rows)))
    assert large_page.card_ids() == second
    large_page.page.go_back()
    expect(_pager(large_page)).to_contain_text(_said(1, 50, len(large_rows)))
    large_page.rest()
    assert (large_page.query(), large_page.card_ids()) == (query, first)


def test_a_filter_and_a_pick_lead_back_to_the_first_page(
    large_page: Screen, large_rows: list[Row]
) -> None:
    russia = len(kept_ids(f"{all_days(large_rows)}&side=russia", large_rows))
    _turn(large_page, "Older", says=_said(51, 100, len(large_rows)))
    with large_page.repaint():
        large_page.pill("side", "Russia").click()
    expect(_pager(large_page)).to_contain_text(_said(1, 50, russia))
    assert "page" not in large_page.address()
    _turn(large_page, "Older", says=_said(51, 100, russia))
    with large_page.repaint():
        large_page.cards.nth(3).locator(".cm-speaker").click()
    expect(large_page.current).to_have_count(1)
    expect(_pager(large_page)).to_have_count(0)
    assert "page" not in large_page.address()
    with large_page.repaint():
        large_page.page.get_by_role("button", name="All claims").click()
    expect(_pager(large_page)).to_contain_text(_said(1, 50, russia))


def test_the_pager_under_the_cards_turns_them_and_begins_at_their_top(
    large_page: Screen, large_rows: list[Row]
) -> None:
    end = _pager(large_page, "Pages, at the end")
    # The last cards come as the end is near, and move the buttons that stand after them.
    read_to_the_end(large_page.page.locator(".st-key-cards .cm-cards"))
    older = end.get_by_role("button", name="Older")
    # As far as the page scrolls: the top of the list is above the window.
    older.evaluate("(button) => button.scrollIntoView({ block: 'start' })")
    expect(large_page.page.locator(".st-key-cards h2")).not_to_be_in_viewport()
    older.click()
    expect(end).to_contain_text(_said(51, 100, len(large_rows)))
    expect(_pager(large_page)).to_be_in_viewport()


def test_the_pager_keeps_the_keyboard_s_focus_even_at_its_end(
    revisit: Callable[..., Screen], large: Server, large_rows: list[Row]
) -> None:
    pages = -(-len(large_rows) // A_PAGE)
    screen = revisit(large, f"{all_days(large_rows)}&page={pages - 1}")
    older = _pager(screen).get_by_role("button", name="Older")
    older.focus()
    screen.page.keyboard.press("Enter")
    expect(older).to_be_disabled()
    newer = _pager(screen).get_by_role("button", name="Newer")
    expect(newer).to_be_focused()
    screen.page.keyboard.press("Enter")
    expect(older).to_be_enabled()
    expect(newer).to_be_focused()


def test_the_disc_of_many_claims_lists_them_page_by_page(
    large_page: Screen, large_rows: list[Row]
) -> None:
    with large_page.repaint():
        large_page.disc_mark.click()
    panel = large_page.page.locator(".st-key-cards")
    heading = panel.get_by_role("heading", level=2)
    expect(heading).to_contain_text(re.compile(r"^\d+ claims at Bakhmut"))
    count = int(heading.inner_text().split()[0])
    assert count >= AT_BAKHMUT
    by_side, by_kind = map(_counted, panel.locator(".cm-counts dd").all_inner_texts())
    expect(_pager(large_page)).to_contain_text(_said(1, 50, count))
    seen = large_page.card_ids()
    for first in range(A_PAGE + 1, count, A_PAGE):
        _turn(large_page, "Older", says=_said(first, min(first + A_PAGE - 1, count), count))
        seen += large_page.card_ids()
    assert len(set(seen)) == len(seen) == count
    assert {row["claim_id"] for row in large_rows if row["place"] == "Bakhmut"} <= set(seen)
    listed = [row for row in large_rows if row["claim_id"] in seen]
    sides = Counter(row["side"].replace("_", " ") for row in listed)
    assert {name.lower(): number for name, number in by_side.items()} == sides
    assert by_kind == Counter(row["kind"] for row in listed)
    assert set(large_page.address()) == {"from", "to", "disc", "page"}


def test_the_counts_of_a_disc_follow_the_filters(large_page: Screen) -> None:
    with large_page.repaint():
        large_page.disc_mark.click()
    counts = large_page.page.locator(".st-key-cards .cm-counts")
    before = _counted(counts.locator("dd").first.inner_text())
    with large_page.repaint():
        large_page.pill("side", "Russia").click()
    expect(counts).to_contain_text("Ukraine 0")
    russia = before["Russia"]
    after = _counted(counts.locator("dd").first.inner_text())
    assert after == {"Ukraine": 0, "Russia": russia, "Third party": 0}
    with large_page.repaint():
        large_page.page.get_by_role("button", name="All claims").click()
    expect(counts).to_have_count(0)


def test_not_placed_lists_200_and_says_where_the_rest_is(large_page: Screen) -> None:
    panel = large_page.tab("Not placed")
    assert len(read_to_the_end(panel.locator(".cm-cards"))) == 200
    expect(panel).to_contain_text(
        f"{UNPLACED} claims not placed, the newest 200 here, all in the table"
    )


def test_numbers_go_week_by_week_with_a_column_a_side(
    revisit: Callable[..., Screen],
    large: Server,
) -> None:
    screen = revisit(large, "?q=Siversk&tab=numbers")
    panel = screen.page.get_by_role("tabpanel", name="Numbers")
    table = panel.get_by_role("table", name="Length of the advance, kilometres")
    heads = table.get_by_role("columnheader")
    expect(heads.nth(1)).to_have_text("Ukraine")
    texts = table.locator("tbody tr").all_inner_texts()
    assert [re.split(r"\s", text)[0] for text in texts] == [
        "1\N{EN DASH}7",
        *("Troops", "Troops"),
        "8\N{EN DASH}14",
        "Troops",
    ]
    by_side = [
        table.locator(f"tbody td:nth-child({column}) .cm-figure").all_inner_texts()
        for column in (2, 3, 4)
    ]
    assert by_side == [["3", "6"], ["4"], []]


@pytest.fixture
def siversk(revisit: Callable[..., Screen], large: Server) -> Screen:
    lat, lon = SIVERSK
    return revisit(large, f"?q=Siversk&at={lat:.4f},{lon:.4f},11")


def test_of_one_side_s_distances_at_a_place_the_longest_is_drawn_and_the_rest_counted(
    siversk: Screen,
) -> None:
    expect(_distance(siversk, 6)).to_have_count(1)
    expect(_distance(siversk, 4)).to_have_count(1)
    expect(_distance(siversk, 3)).to_have_count(0)
    legend = siversk.page.locator(".cm-legend")
    expect(legend).to_contain_text("1 shorter distance not drawn: pick a claim")


def test_a_picked_claim_s_own_distance_is_drawn_beside_the_longest(siversk: Screen) -> None:
    with siversk.repaint():
        siversk.page.locator('[data-claim="siversk-ua-3"] .cm-speaker').click()
    expect(_distance(siversk, 3)).to_have_attribute("aria-pressed", "true")
    expect(_distance(siversk, 6)).to_have_count(1)
    expect(_distance(siversk, 4)).to_have_count(1)
    expect(siversk.page.locator(".cm-legend")).not_to_contain_text("not drawn")
    with siversk.repaint():
        siversk.page.get_by_role("button", name="All claims").click()
    expect(_distance(siversk, 3)).to_have_count(0)


def _distance(screen: Screen, km: int) -> Locator:
    return screen.page.get_by_role("button", name=re.compile(f"^{km} km advance"))
