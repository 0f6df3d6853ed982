"""The standalone file in Chromium, from file:// and without a network: all of it works there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from cartography import panels
from claims.selection import Selection
from components.standalone.page import standalone_html
from tests.browser.alone import WEEK, answered, card_ids, ids_of, status
from tests.browser.axe import RULES
from tests.browser.profiles import DESKTOP, PHONE
from tests.components.standalone_file import ATTACKS, shipped_briefing
from tests.exports.briefings import BRIEFING, hostile, record

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.alone import Open


def axe_findings(page: Page) -> list[str]:
    page.evaluate("new Promise((done) => setTimeout(done, 300))")
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]]


def test_search_keeps_map_and_cards_to_the_words_and_a_scene_brings_its_own(
    open_file: Open,
) -> None:
    page = open_file()
    box = page.get_by_role("searchbox", name="Search")
    box.press_sequentially("reservoir p")
    expect(page.get_by_test_id("stage")).to_have_count(0)
    keep, standings = answered(replace(WEEK, query="reservoir p"))
    expect(page.get_by_test_id("claim-map")).to_have_attribute("data-shown", str(keep.sum()))
    wanted = panels.all_cards(record(), keep, standings)
    assert card_ids(page) == ids_of(wanted)
    expect(status(page)).to_contain_text("words \N{LEFT DOUBLE QUOTATION MARK}reservoir p")
    page.get_by_role("button", name="Scene 2: ").click()
    expect(box).to_have_value("72nd Brigade")
    box.fill("")
    expect(status(page)).not_to_contain_text("words")


def test_the_briefing_is_presented_by_the_clicker_alone_and_a_reload_keeps_the_scene(
    open_file: Open,
) -> None:
    page = open_file()
    stage = page.get_by_test_id("stage")
    scenes = shipped_briefing().scenes
    page.keyboard.press("p")
    for number, scene in enumerate(scenes, start=1):
        expect(stage.get_by_role("heading", level=2)).to_have_text(scene.title)
        expect(stage.locator(".cm-stage-count")).to_have_text(f"{number} of {len(scenes)}")
        page.keyboard.press("PageDown")
    expect(page.get_by_text("TLP:CLEAR").and_(page.locator(".cm-handling"))).to_have_count(2)
    page.keyboard.press("PageUp")
    expect(stage.locator("[data-claim]")).to_have_attribute("data-claim", scenes[-2].claim)
    page.keyboard.press(".")
    expect(page.locator(".cm-stage-blank")).to_be_visible()
    page.keyboard.press("PageUp")
    expect(page.locator(".cm-stage-blank")).not_to_be_visible()
    expect(stage.get_by_role("heading", level=2)).to_have_text(scenes[-3].title)
    page.reload()
    expect(stage.get_by_role("heading", level=2)).to_have_text(scenes[-3].title)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(stage).to_have_count(0)
    expect(page.locator("#cm-alone-scene h2")).to_have_text(scenes[-3].title)
    page.go_back()
    expect(stage.get_by_role("heading", level=2)).to_have_text(scenes[-3].title)


def test_the_legend_filters_map_and_cards(open_file: Open) -> None:
    page = open_file()
    page.get_by_role("button", name="Russia says", exact=True).click()
    selection = Selection(WEEK.from_day, WEEK.to_day, sides=frozenset({"russia"}))
    keep, standings = answered(selection)
    expect(page.get_by_test_id("claim-map")).to_have_attribute("data-shown", str(keep.sum()))
    expect(status(page)).to_contain_text("Russia only")
    wanted = panels.all_cards(record(), keep, standings)
    expect(page.locator(".cm-cards h2")).to_have_text(str(wanted["heading"]))
    assert card_ids(page) == ids_of(wanted)
    page.get_by_role("button", name="Older").first.click()
    expect(page.locator(".cm-pager").first).to_contain_text("51\N{EN DASH}")
    second = panels.all_cards(record(), keep, standings, panels.Order(page=1))
    assert card_ids(page) == ids_of(second)


def test_the_brush_moves_the_days_of_map_cards_and_standings(open_file: Open) -> None:
    page = open_file()
    page.get_by_role("slider", name="Last day").press("ArrowLeft")
    assert WEEK.to_day is not None
    keep, standings = answered(Selection(WEEK.from_day, WEEK.to_day - 1))
    expect(page.get_by_test_id("claim-map")).to_have_attribute("data-shown", str(keep.sum()))
    wanted = panels.all_cards(record(), keep, standings)
    expect(page.locator(".cm-cards h2")).to_have_text(str(wanted["heading"]))
    assert card_ids(page) == ids_of(wanted)
    expect(status(page)).to_contain_text("8\N{EN DASH}13 May 2023")
    expect(page.locator("#cm-alone-origin")).to_contain_text("Standing as of 13 May 2023")
    page.get_by_role("slider", name="First day").press("Home")
    page.get_by_role("slider", name="Last day").press("End")
    expect(page.get_by_test_id("claim-map")).to_have_attribute("data-shown", "848")


def test_a_mark_brings_up_its_claim_and_a_disc_its_claims(open_file: Open) -> None:
    page = open_file()
    page.get_by_role("button", name="26 attacks repelled along 95 km").press("Enter")
    current = page.locator(".cm-card.cm-current")
    expect(current).to_contain_text("26")
    claim = record().position(current.get_attribute("data-claim") or "")
    assert claim is not None
    keep, standings = answered(WEEK)
    voices = record().voices.others(claim, WEEK.as_of_day())
    answer = panels.claim_and_voices(record(), keep, claim, voices, standings)
    assert card_ids(page) == ids_of(answer)
    page.get_by_role("button", name="All claims").click()
    expect(current).to_have_count(0)
    page.get_by_role("button", name="87 claims, ").press("Enter")
    expect(page.locator(".cm-cards h2")).to_contain_text("87 claims at Bakhmut")
    expect(page.locator(".cm-counts")).to_contain_text("Ukraine 45Russia 33Third party 9")


def test_what_is_not_placed_is_listed(open_file: Open) -> None:
    page = open_file()
    page.get_by_role("button", name="see the list").click()
    keep, standings = answered(WEEK)
    wanted = panels.not_placed(record(), keep, standings)
    expect(page.locator(".cm-cards h2")).to_have_text(str(wanted["heading"]))
    assert card_ids(page) == ids_of(wanted)
    page.get_by_role("button", name="All claims").click()
    expect(page.locator(".cm-cards h2")).to_contain_text("165 claims")


def test_no_claim_left_offers_all_of_them(open_file: Open) -> None:
    page = open_file("?scene=2")
    page.get_by_role("slider", name="First day").press("Home")
    page.get_by_role("slider", name="Last day").press("Home")
    page.get_by_role("button", name="Show all claims").click()
    expect(page.get_by_test_id("claim-map")).to_have_attribute("data-shown", "848")
    expect(status(page)).to_contain_text("as said · all sides · 848 of 848")


@pytest.mark.parametrize("query", ["?scene=3&at=48.5,37.9,10", "?scene=99", "?scene=x&at=1,2"])
def test_an_address_gives_scene_and_place_and_what_makes_no_sense_is_passed_over(
    open_file: Open, query: str
) -> None:
    page = open_file(query)
    number = {"?scene=3&at=48.5,37.9,10": 3, "?scene=99": 8, "?scene=x&at=1,2": 1}[query]
    scenes = shipped_briefing().scenes
    expect(page.locator("#cm-alone-scene h2")).to_have_text(scenes[number - 1].title)
    expect(page.locator("[data-cm-zoom]")).to_have_attribute(
        "data-cm-zoom",
        "10" if number != 8 else str(round(scenes[7].view.zoom if scenes[7].view else 0)),
    )


def test_sources_and_headings_are_read_without_a_server(open_file: Open) -> None:
    page = open_file()
    page.get_by_text("About this file, its scenes and its sources").click()
    expect(page.locator("#cm-alone-sources")).to_contain_text("Drawn with Leaflet")
    link = page.locator("#cm-alone-sources a").first
    assert (link.get_attribute("href") or "").startswith("http")
    assert link.get_attribute("rel") == "noopener noreferrer"
    expect(page.locator(".cm-alone-about")).to_contain_text(record().record.digest)
    assert axe_findings(page) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_words_are_only_words(open_file: Open, attack: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_bytes(standalone_html(hostile(tmp_path, attack), BRIEFING))
    page = open_file("?scene=2", path=path)
    expect(page.locator(".cm-statement").first).to_contain_text(attack[:20])
    assert page.evaluate("window.pwned") is None
    assert page.locator("img").count() == 0


def test_a_frame_that_may_not_write_an_address_presents_all_the_same(
    browser: Browser, week_file: Path
) -> None:
    context = browser.new_context(offline=True, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(week_file.read_text(encoding="utf-8"))
    expect(page.get_by_test_id("claim-map")).to_have_attribute("data-ready", "true")
    page.keyboard.press("p")
    page.keyboard.press("PageDown")
    title = shipped_briefing().scenes[1].title
    expect(page.get_by_test_id("stage").get_by_role("heading", level=2)).to_have_text(title)
    context.close()
    assert errors == []


def test_without_scripts_the_file_says_what_it_holds(browser: Browser, week_file: Path) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(week_file.as_uri())
    expect(page.get_by_text("The map needs JavaScript")).to_be_visible()
    page.get_by_text("About this file, its scenes and its sources").click()
    expect(page.get_by_text(record().record.digest)).to_be_visible()
    for scene in shipped_briefing().scenes:
        expect(page.get_by_text(scene.title, exact=True)).to_be_visible()
    context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_map_marking_and_scale_are_on_screen(open_file: Open, size: tuple[int, int]) -> None:
    page = open_file(size=size)
    width, height = size
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for presenting in (False, True):
        if presenting:
            page.keyboard.press("p")
            page.keyboard.press("PageDown")
            page.wait_for_timeout(200)
        marking = ".cm-handling" if presenting else ".cm-alone-marking"
        for one in page.locator(marking).all():
            expect(one).to_be_in_viewport(ratio=1)
        for part in (".cm-status", ".leaflet-control-scale", ".leaflet-control-attribution"):
            expect(page.locator(part).first).to_be_in_viewport()
        box = page.get_by_test_id("claim-map").bounding_box()
        assert box
        assert box["height"] > 0.4 * height


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing(open_file: Open, size: tuple[int, int], colours: str) -> None:
    page = open_file("?scene=3", size=size, colours=colours)
    assert axe_findings(page) == []
    page.locator(".cm-leaflet").focus()
    page.keyboard.press("p")
    expect(page.get_by_test_id("stage").locator("[data-claim]")).to_be_visible()
    assert axe_findings(page) == []
