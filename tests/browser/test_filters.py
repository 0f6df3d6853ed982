"""Every filter, set as a user sets it, narrows the whole page and leaves the map where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.expected import kept_ids, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.browser.screen import Screen


@pytest.fixture
def steady(screen: Screen) -> Iterator[Screen]:
    """Give the page, and hold afterwards that its map was neither made anew nor moved."""
    screen.tag_map()
    before = screen.view()
    yield screen
    assert screen.is_tagged_map()
    assert screen.view() == pytest.approx(before, abs=1e-9)
    assert "at" not in screen.address()
    assert screen.unexpected() == []


def _page_follows(screen: Screen, query: str) -> None:
    """Check every part of the page against what the file keeps under a query."""
    wanted = kept_ids(query)
    topics = {row["topic"] for row in read_rows() if row["claim_id"] in wanted}
    screen.shows(len(wanted))
    expect(screen.page).to_have_url(screen.home + query)
    expect(screen.map.get_by_role("status")).to_contain_text(
        f"{len(wanted)} of {len(read_rows())} claims shown"
    )
    screen.has_cards(len(wanted))
    assert sorted(screen.card_ids()) == sorted(wanted)
    matrix = screen.page.locator(".st-key-matrix")
    expect(matrix.locator("tbody tr")).to_have_count(len(topics))
    expect(matrix.locator("tbody td button")).to_have_count(len(wanted))


def _choose(screen: Screen, label: str, names: tuple[str, ...]) -> None:
    for name in names:
        with screen.repaint():
            screen.page.get_by_role("combobox", name=label).click()
            screen.page.keyboard.type(name)
            screen.page.get_by_role("option", name=name, exact=True).click()
    screen.page.keyboard.press("Escape")


def _type_day(screen: Screen, label: str, digits: str) -> None:
    with screen.repaint():
        screen.page.get_by_role("group", name=label).get_by_role("spinbutton").first.click()
        screen.page.keyboard.type(digits)
        screen.page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("key", "name", "query"),
    [
        ("side", "Ukraine", "?side=ukraine"),
        ("side", "Russia", "?side=russia"),
        ("side", "Third party", "?side=third_party"),
        ("standing", "contested", "?standing=contested"),
        ("standing", "agreed across sides", "?standing=agreed"),
        ("standing", "one side only", "?standing=one_sided"),
        ("standing", "third party only", "?standing=third_party_only"),
    ],
)
def test_a_pill_keeps_its_claims_and_a_second_click_brings_all_back(
    steady: Screen, key: str, name: str, query: str
) -> None:
    pill = steady.pill(key, name)
    expect(pill).to_have_attribute("aria-pressed", "false")
    with steady.repaint():
        pill.click()
    expect(pill).to_have_attribute("aria-pressed", "true")
    _page_follows(steady, query)
    with steady.repaint():
        pill.click()
    _page_follows(steady, "")


def test_two_sides_together_keep_the_claims_of_both(steady: Screen) -> None:
    for name in ("Ukraine", "Russia"):
        with steady.repaint():
            steady.pill("side", name).click()
    wanted = kept_ids("?side=ukraine&side=russia")
    steady.shows(len(wanted))
    steady.has_cards(len(wanted))


@pytest.mark.parametrize(
    ("label", "names", "query"),
    [
        ("Organisation", ("Wagner Group",), "?organisation=Wagner+Group"),
        ("Speaker", ("Hanna Maliar",), "?claimant=Hanna+Maliar"),
        ("Kind", ("advance", "attack repelled"), "?kind=advance&kind=attack_repelled"),
    ],
)
def test_a_list_in_the_sidebar_keeps_what_is_chosen_in_it(
    steady: Screen, label: str, names: tuple[str, ...], query: str
) -> None:
    _choose(steady, label, names)
    _page_follows(steady, query)


def test_the_search_keeps_claims_with_all_the_words_whatever_their_case(steady: Screen) -> None:
    box = steady.page.get_by_role("searchbox", name="Search")
    with steady.repaint():
        box.fill("Prigozhin BAKHMUT")
    _page_follows(steady, "?q=Prigozhin+BAKHMUT")
    with steady.repaint():
        box.fill("")
    _page_follows(steady, "")


def test_the_search_knows_the_other_spelling_of_a_place(steady: Screen) -> None:
    with steady.repaint():
        steady.page.get_by_role("searchbox", name="Search").fill("Artyomovsk")
    bakhmut = [row["claim_id"] for row in read_rows() if row["place"] == "Bakhmut"]
    assert len(bakhmut) > 10
    steady.has_cards(len(bakhmut))
    assert set(steady.card_ids()) == set(bakhmut)


def test_typed_days_bound_the_claims_by_the_day_they_were_said(steady: Screen) -> None:
    _type_day(steady, "To", "20230511")
    _page_follows(steady, "?to=2023-05-11")
    _type_day(steady, "From", "20230511")
    _page_follows(steady, "?from=2023-05-11&to=2023-05-11")
    expect(steady.map.get_by_role("status")).to_contain_text("11 May 2023")


def test_the_other_clock_bounds_the_claims_by_the_days_of_the_event(steady: Screen) -> None:
    with steady.repaint():
        steady.page.locator(".st-key-clock").get_by_text("as it happened").click()
    _page_follows(steady, "?clock=happened")
    _type_day(steady, "To", "20230511")
    _page_follows(steady, "?to=2023-05-11&clock=happened")
    with steady.repaint():
        steady.page.get_by_role("radio", name="as said").locator("..").get_by_text(
            "as said"
        ).click()
    _page_follows(steady, "?to=2023-05-11")


def test_filters_of_every_kind_narrow_together(steady: Screen) -> None:
    with steady.repaint():
        steady.pill("side", "Russia").click()
    with steady.repaint():
        steady.pill("standing", "one side only").click()
    _choose(steady, "Speaker", ("Yevgeny Prigozhin",))
    with steady.repaint():
        steady.page.get_by_role("searchbox", name="Search").fill("headline")
    wanted = kept_ids("?side=russia&standing=one_sided&claimant=Yevgeny+Prigozhin&q=headline")
    assert len(wanted) == 2
    steady.has_cards(2)
    assert set(steady.card_ids()) == set(wanted)
    steady.shows(2)


def test_two_pills_clicked_in_one_breath_lose_nothing(steady: Screen) -> None:
    boxes = [steady.pill("side", name).bounding_box() for name in ("Ukraine", "Russia")]
    with steady.repaint():
        for box in boxes:
            assert box is not None
            steady.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wanted = kept_ids("?side=ukraine&side=russia")
    steady.shows(len(wanted))
    steady.has_cards(len(wanted))
    assert sorted(steady.address()["side"]) == ["russia", "ukraine"]


def test_an_empty_choice_says_so_and_offers_all_claims_again(steady: Screen) -> None:
    _choose(steady, "Kind", ("encirclement",))
    steady.shows(0)
    expect(steady.map.get_by_text("No claim matches these filters.")).to_be_visible()
    steady.has_cards(0)
    expect(steady.page.locator(".st-key-matrix tbody")).to_have_count(0)
    with steady.repaint():
        steady.map.get_by_role("button", name="Show all claims").click()
    _page_follows(steady, "")


def test_a_filter_keeps_the_map_where_the_user_moved_it(open_page: Callable[..., Screen]) -> None:
    screen = open_page("?at=48.7000,38.1000,11")
    screen.tag_map()
    before = screen.view()
    assert before == pytest.approx((48.7, 38.1, 11), abs=2e-3)
    with screen.repaint():
        screen.pill("side", "Russia").click()
    screen.shows(len(kept_ids("?side=russia")))
    assert screen.is_tagged_map()
    assert screen.view() == pytest.approx(before, abs=1e-9)
    assert screen.address()["at"] == ["48.7000,38.1000,11"]
