"""Who says what of some hundred claims: sections by standing, folded, opened and searched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.expected import standing_of

if TYPE_CHECKING:
    from tests.browser.expected import Row
    from tests.browser.screen import Screen

RANK = {"contested": 0, "agreed": 1, "one_sided": 2, "third_party_only": 3}


@pytest.fixture
def who(large_page: Screen) -> Locator:
    return large_page.page.get_by_role("tabpanel", name="Who says what")


def _standings(rows: list[Row]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(standing_of(row["topic"], rows, ""), set()).add(row["proposition"])
    return found


def test_who_says_what_has_a_section_a_standing_contested_first(
    who: Locator, large_rows: list[Row]
) -> None:
    standings = _standings(large_rows)
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


def test_each_claim_stands_in_the_column_of_its_side(who: Locator, large_rows: list[Row]) -> None:
    _all_of(who, "Open all")
    for column, side in enumerate(("ukraine", "russia", "third_party"), start=2):
        claims = who.locator(f"tbody td:nth-child({column}) button")
        expect(claims).to_have_count(sum(row["side"] == side for row in large_rows))


def _all_of(who: Locator, name: str) -> None:
    button = who.get_by_role("button", name=name)
    button.focus()
    who.page.keyboard.press("Enter")


def test_sections_fold_and_open_by_keyboard_and_stay_as_they_were_left(
    large_page: Screen, who: Locator
) -> None:
    large_page.load(large_page.query())
    summary = who.locator("summary").first
    table = who.get_by_role("table").first
    expect(table).to_be_visible()
    summary.focus()
    large_page.page.keyboard.press("Enter")
    expect(table).to_be_hidden()
    with large_page.repaint():
        large_page.pill("side", "Russia").click()
    expect(who.locator("summary").first).to_contain_text("contested")
    expect(who.locator("details").first).not_to_have_attribute("open", re.compile(""))
    who.locator("summary").first.focus()
    large_page.page.keyboard.press("Space")
    expect(who.get_by_role("table").first).to_be_visible()


def test_all_sections_fold_and_open_at_once_by_keyboard(
    who: Locator, large_rows: list[Row]
) -> None:
    _all_of(who, "Fold all")
    expect(who.locator("details[open]")).to_have_count(0)
    _all_of(who, "Open all")
    expect(who.locator("details[open]")).to_have_count(len(_standings(large_rows)))
    expect(who.locator("tbody tr")).to_have_count(len({row["topic"] for row in large_rows}))


def test_the_find_box_leaves_the_propositions_that_hold_every_word(
    large_page: Screen, who: Locator, large_rows: list[Row]
) -> None:
    topics = len({row["topic"] for row in large_rows})
    box = who.get_by_role("searchbox", name="Find in who says what")
    status = who.get_by_role("status")
    painted = large_page.painted()
    expect(status).to_have_text(f"{topics} propositions")
    box.focus()
    # Streamlit takes single keys, r among them, as its own where they are not typed into a field.
    large_page.page.keyboard.type("SIVERSK troops 3 km")
    expect(status).to_have_text(f"1 of {topics} propositions")
    expect(who.get_by_role("rowheader")).to_have_text(["Troops advanced 3 km near Siversk."])
    expect(box).to_be_focused()
    assert large_page.painted() == painted
    large_page.page.keyboard.press("Control+A")
    large_page.page.keyboard.type("nobody said this")
    expect(status).to_have_text(f"0 of {topics} propositions")
    expect(who.get_by_role("table")).to_have_count(0)
    large_page.page.keyboard.press("Control+A")
    large_page.page.keyboard.press("Delete")
    expect(status).to_have_text(f"{topics} propositions")


def test_what_is_found_is_picked_and_stays_found(large_page: Screen, who: Locator) -> None:
    box = who.get_by_role("searchbox", name="Find in who says what")
    box.focus()
    large_page.page.keyboard.type("siversk 6")
    expect(who.get_by_role("rowheader")).to_have_count(1)
    large_page.page.keyboard.press("Tab")
    claim = who.locator("tbody td button")
    claim.focus()
    with large_page.repaint():
        large_page.page.keyboard.press("Enter")
    expect(large_page.current).to_have_attribute("data-claim", "siversk-ua-6")
    expect(box).to_have_value("siversk 6")
    expect(who.get_by_role("rowheader")).to_have_count(1)
    expect(claim).to_be_focused()
