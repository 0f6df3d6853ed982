"""A record of some hundred claims opens on a week, is paged through, searched and folded."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.expected import kept_ids, read_rows, standing_of
from tests.browser.large import AT_BAKHMUT, OPENING, SIVERSK, UNPLACED
from tests.browser.screen import read_to_the_end

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.expected import Row
    from tests.browser.screen import Screen
    from tests.browser.server import Server

WEEK = "8\N{EN DASH}14 May 2023"
A_PAGE = 50
RANK = {"contested": 0, "agreed": 1, "one_sided": 2, "third_party_only": 3}


@pytest.fixture(scope="module")
def rows(large_path: Path) -> list[Row]:
    return read_rows(large_path)


@pytest.fixture
def open_large(revisit: Callable[..., Screen], large: Server) -> Callable[[str], Screen]:
    return partial(revisit, large)


@pytest.fixture
def whole(open_large: Callable[[str], Screen], rows: list[Row]) -> Screen:
    """Give the page that shows the whole record."""
    return open_large(_whole(rows))


def _whole(rows: list[Row]) -> str:
    days = sorted(row["said_on"] for row in rows)
    return f"?from={days[0]}&to={days[-1]}"


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
    open_large: Callable[[str], Screen], rows: list[Row]
) -> None:
    screen = open_large("")
    week = _in_week(rows)
    assert 0 < len(week) < A_PAGE
    screen.shows(len(week))
    screen.has_cards(len(week))
    assert set(screen.card_ids()) == set(week)
    expect(screen.map.get_by_role("status")).to_contain_text(WEEK)
    expect(_pager(screen)).to_have_count(0)
    assert screen.query() == ""


def test_a_button_shows_the_whole_record_and_leads_back_to_the_week(
    open_large: Callable[[str], Screen], rows: list[Row]
) -> None:
    screen = open_large("")
    with screen.repaint():
        _days_button(screen).click()
    screen.shows(len(rows))
    assert screen.query() == _whole(rows)
    expect(_days_button(screen)).to_have_text(WEEK)
    with screen.repaint():
        _days_button(screen).click()
    screen.shows(len(_in_week(rows)))
    assert screen.query() == ""
    expect(_days_button(screen)).to_have_text("The whole record")


def test_reload_back_and_forward_keep_the_week_and_the_whole_record_apart(
    open_large: Callable[[str], Screen], rows: list[Row]
) -> None:
    screen = open_large("")
    week = len(_in_week(rows))
    with screen.repaint():
        _days_button(screen).click()
    screen.shows(len(rows))
    screen.page.reload()
    screen.load(screen.query())
    screen.shows(len(rows))
    expect(_days_button(screen)).to_have_text(WEEK)
    with screen.repaint():
        _days_button(screen).click()
    screen.shows(week)
    screen.page.go_back()
    screen.shows(len(rows))
    screen.rest()
    screen.page.go_forward()
    screen.shows(week)
    expect(_days_button(screen)).to_have_text("The whole record")


def test_a_link_to_a_side_asks_all_days(
    open_large: Callable[[str], Screen], rows: list[Row]
) -> None:
    screen = open_large("?side=russia")
    screen.shows(len(kept_ids("?side=russia", rows)))
    assert screen.query() == "?side=russia"


def test_the_pager_turns_to_older_claims_and_back_and_ends_at_both_ends(
    whole: Screen, rows: list[Row]
) -> None:
    newer = _pager(whole).get_by_role("button", name="Newer")
    older = _pager(whole).get_by_role("button", name="Older")
    count, query = len(rows), whole.query()
    expect(_pager(whole)).to_contain_text(f"{_said(1, A_PAGE, count)}, last said first")
    expect(newer).to_be_disabled()
    first = whole.card_ids()
    _turn(whole, "Older", says=_said(51, 100, count))
    assert whole.query() == f"{query}&page=2"
    whole.has_cards(A_PAGE)
    assert set(whole.card_ids()).isdisjoint(first)
    _turn(whole, "Newer", says=_said(1, A_PAGE, count))
    assert whole.query() == query
    assert whole.card_ids() == first
    whole.load(f"{query}&page=999")
    expect(older).to_be_disabled()
    expect(newer).to_be_enabled()
    whole.has_cards(count % A_PAGE)


def test_turning_to_the_end_shows_every_claim_once(whole: Screen, rows: list[Row]) -> None:
    seen = whole.card_ids()
    for first in range(A_PAGE + 1, len(rows), A_PAGE):
        last = min(first + A_PAGE - 1, len(rows))
        _turn(whole, "Older", says=_said(first, last, len(rows)))
        seen += whole.card_ids()
    assert sorted(seen) == sorted(row["claim_id"] for row in rows)


@pytest.mark.parametrize(("clock", "day"), [("said", "said_on"), ("happened", "event_end")])
def test_the_cards_begin_with_what_is_newest_by_the_clock(
    open_large: Callable[[str], Screen], rows: list[Row], clock: str, day: str
) -> None:
    screen = open_large(_whole(rows) if clock == "said" else "?clock=happened")
    order = _newest_first(rows, day)
    first = _topics_of_cards(screen, rows)
    assert len(first) > 5
    assert first == order[: len(first)]
    _turn(screen, "Older", says=_said(51, 100, len(rows)))
    second = _topics_of_cards(screen, rows)
    # A proposition may begin on one page and go on on the next.
    start = order.index(second[0])
    assert start in {len(first) - 1, len(first)}
    assert second == order[start : start + len(second)]


def test_the_two_clocks_give_two_orders(rows: list[Row]) -> None:
    by_word, by_event = _newest_first(rows, "said_on"), _newest_first(rows, "event_end")
    assert by_word[:5] != by_event[:5]


def test_a_page_survives_a_reload_and_the_browser_s_back_turns_it_back(
    whole: Screen, rows: list[Row]
) -> None:
    query, first = whole.query(), whole.card_ids()
    _turn(whole, "Older", says=_said(51, 100, len(rows)))
    second = whole.card_ids()
    whole.load(whole.query())
    expect(_pager(whole)).to_contain_text(_said(51, 100, len(rows)))
    assert whole.card_ids() == second
    whole.page.go_back()
    expect(_pager(whole)).to_contain_text(_said(1, 50, len(rows)))
    whole.rest()
    assert (whole.query(), whole.card_ids()) == (query, first)


def test_a_filter_and_a_pick_lead_back_to_the_first_page(whole: Screen, rows: list[Row]) -> None:
    russia = len(kept_ids(f"{_whole(rows)}&side=russia", rows))
    _turn(whole, "Older", says=_said(51, 100, len(rows)))
    with whole.repaint():
        whole.pill("side", "Russia").click()
    expect(_pager(whole)).to_contain_text(_said(1, 50, russia))
    assert "page" not in whole.address()
    _turn(whole, "Older", says=_said(51, 100, russia))
    with whole.repaint():
        whole.cards.nth(3).locator(".cm-speaker").click()
    expect(whole.current).to_have_count(1)
    expect(_pager(whole)).to_have_count(0)
    assert "page" not in whole.address()
    with whole.repaint():
        whole.page.get_by_role("button", name="All claims").click()
    expect(_pager(whole)).to_contain_text(_said(1, 50, russia))


def test_the_pager_under_the_cards_turns_them_and_begins_at_their_top(
    whole: Screen, rows: list[Row]
) -> None:
    end = _pager(whole, "Pages, at the end")
    end.get_by_role("button", name="Older").click()
    expect(end).to_contain_text(_said(51, 100, len(rows)))
    expect(_pager(whole)).to_be_in_viewport()


def test_the_pager_keeps_the_keyboard_s_focus_even_at_its_end(
    open_large: Callable[[str], Screen], rows: list[Row]
) -> None:
    pages = -(-len(rows) // A_PAGE)
    screen = open_large(f"{_whole(rows)}&page={pages - 1}")
    older = _pager(screen).get_by_role("button", name="Older")
    older.focus()
    screen.page.keyboard.press("Enter")
    expect(older).to_be_disabled()
    newer = _pager(screen).get_by_role("button", name="Newer")
    expect(newer).to_be_focused()
    screen.page.keyboard.press("Enter")
    expect(older).to_be_enabled()
    expect(newer).to_be_focused()


def test_the_disc_of_many_claims_lists_them_page_by_page(whole: Screen, rows: list[Row]) -> None:
    with whole.repaint():
        whole.disc_mark.click()
    panel = whole.page.locator(".st-key-cards")
    heading = panel.get_by_role("heading", level=2)
    expect(heading).to_contain_text(re.compile(r"^\d+ claims at Bakhmut"))
    count = int(heading.inner_text().split()[0])
    assert count >= AT_BAKHMUT
    by_side, by_kind = map(_counted, panel.locator(".cm-counts dd").all_inner_texts())
    expect(_pager(whole)).to_contain_text(_said(1, 50, count))
    seen = whole.card_ids()
    for first in range(A_PAGE + 1, count, A_PAGE):
        _turn(whole, "Older", says=_said(first, min(first + A_PAGE - 1, count), count))
        seen += whole.card_ids()
    assert len(set(seen)) == len(seen) == count
    assert {row["claim_id"] for row in rows if row["place"] == "Bakhmut"} <= set(seen)
    listed = [row for row in rows if row["claim_id"] in seen]
    sides = Counter(row["side"].replace("_", " ") for row in listed)
    assert {name.lower(): number for name, number in by_side.items()} == sides
    assert by_kind == Counter(row["kind"] for row in listed)
    assert set(whole.address()) == {"from", "to", "disc", "page"}


def test_the_counts_of_a_disc_follow_the_filters(whole: Screen) -> None:
    with whole.repaint():
        whole.disc_mark.click()
    counts = whole.page.locator(".st-key-cards .cm-counts")
    before = _counted(counts.locator("dd").first.inner_text())
    with whole.repaint():
        whole.pill("side", "Russia").click()
    expect(counts).to_contain_text("Ukraine 0")
    russia = before["Russia"]
    after = _counted(counts.locator("dd").first.inner_text())
    assert after == {"Ukraine": 0, "Russia": russia, "Third party": 0}
    with whole.repaint():
        whole.page.get_by_role("button", name="All claims").click()
    expect(counts).to_have_count(0)


def test_not_placed_lists_200_and_says_where_the_rest_is(whole: Screen) -> None:
    panel = whole.tab("Not placed")
    assert len(read_to_the_end(panel.locator(".cm-cards"))) == 200
    expect(panel).to_contain_text(
        f"{UNPLACED} claims not placed, the newest 200 here, all in the table"
    )


@pytest.fixture
def who(whole: Screen) -> Locator:
    return whole.page.get_by_role("tabpanel", name="Who says what")


def _standings(rows: list[Row]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(standing_of(row["topic"], rows, ""), set()).add(row["proposition"])
    return found


def test_who_says_what_has_a_section_a_standing_contested_first(
    who: Locator, rows: list[Row]
) -> None:
    standings = _standings(rows)
    assert len(standings["contested"]) > 30
    sections = who.get_by_role("group")
    expect(sections).to_have_count(len(standings))
    expect(sections.first.locator("summary")).to_contain_text("contested")
    expect(sections.first.locator("summary")).to_contain_text(
        f"{len(standings['contested'])} propositions"
    )
    heads = sections.first.get_by_role("columnheader")
    expect(heads).to_have_text(["Proposition", "Ukraine", "Russia", "Third party"])
    names = sections.first.get_by_role("rowheader").all_inner_texts()
    assert set(names) == standings["contested"]
    # The first sections have filled the screen many times over.
    expect(who.locator("details[open]")).to_have_count(1)


def test_each_claim_stands_in_the_column_of_its_side(who: Locator, rows: list[Row]) -> None:
    _all_of(who, "Open all")
    for column, side in enumerate(("ukraine", "russia", "third_party"), start=2):
        claims = who.locator(f"tbody td:nth-child({column}) button")
        expect(claims).to_have_count(sum(row["side"] == side for row in rows))


def _all_of(who: Locator, name: str) -> None:
    button = who.get_by_role("button", name=name)
    button.focus()
    who.page.keyboard.press("Enter")


def test_sections_fold_and_open_by_keyboard_and_stay_as_they_were_left(
    whole: Screen, who: Locator
) -> None:
    whole.load(whole.query())
    summary = who.locator("summary").first
    table = who.get_by_role("table").first
    expect(table).to_be_visible()
    summary.focus()
    whole.page.keyboard.press("Enter")
    expect(table).to_be_hidden()
    with whole.repaint():
        whole.pill("side", "Russia").click()
    expect(who.locator("summary").first).to_contain_text("contested")
    expect(who.locator("details").first).not_to_have_attribute("open", re.compile(""))
    who.locator("summary").first.focus()
    whole.page.keyboard.press("Space")
    expect(who.get_by_role("table").first).to_be_visible()


def test_all_sections_fold_and_open_at_once_by_keyboard(who: Locator, rows: list[Row]) -> None:
    _all_of(who, "Fold all")
    expect(who.locator("details[open]")).to_have_count(0)
    _all_of(who, "Open all")
    expect(who.locator("details[open]")).to_have_count(len(_standings(rows)))
    expect(who.locator("tbody tr")).to_have_count(len({row["topic"] for row in rows}))


def test_the_find_box_leaves_the_propositions_that_hold_every_word(
    whole: Screen, who: Locator, rows: list[Row]
) -> None:
    topics = len({row["topic"] for row in rows})
    box = who.get_by_role("searchbox", name="Find in who says what")
    status = who.get_by_role("status")
    painted = whole.painted()
    expect(status).to_have_text(f"{topics} propositions")
    box.focus()
    # Streamlit takes single keys, r among them, as its own where they are not typed into a field.
    whole.page.keyboard.type("SIVERSK troops 3 km")
    expect(status).to_have_text(f"1 of {topics} propositions")
    expect(who.get_by_role("rowheader")).to_have_text(["Troops advanced 3 km near Siversk."])
    expect(box).to_be_focused()
    assert whole.painted() == painted
    whole.page.keyboard.press("Control+A")
    whole.page.keyboard.type("nobody said this")
    expect(status).to_have_text(f"0 of {topics} propositions")
    expect(who.get_by_role("table")).to_have_count(0)
    whole.page.keyboard.press("Control+A")
    whole.page.keyboard.press("Delete")
    expect(status).to_have_text(f"{topics} propositions")


def test_what_is_found_is_picked_and_stays_found(whole: Screen, who: Locator) -> None:
    box = who.get_by_role("searchbox", name="Find in who says what")
    box.focus()
    whole.page.keyboard.type("siversk 6")
    expect(who.get_by_role("rowheader")).to_have_count(1)
    whole.page.keyboard.press("Tab")
    claim = who.locator("tbody td button")
    claim.focus()
    with whole.repaint():
        whole.page.keyboard.press("Enter")
    expect(whole.current).to_have_attribute("data-claim", "siversk-ua-6")
    expect(box).to_have_value("siversk 6")
    expect(who.get_by_role("rowheader")).to_have_count(1)
    expect(claim).to_be_focused()


def test_numbers_go_week_by_week_with_a_column_a_side(
    open_large: Callable[[str], Screen],
) -> None:
    screen = open_large("?q=Siversk&tab=numbers")
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
def siversk(open_large: Callable[[str], Screen]) -> Screen:
    lat, lon = SIVERSK
    return open_large(f"?q=Siversk&at={lat:.4f},{lon:.4f},11")


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
