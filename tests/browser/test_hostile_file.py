"""Text of a claims file is shown as the text it is: it never runs, links or formats."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.expected import kept_ids, read_rows
from tests.browser.hostile import ATTACKS, attack_of, hostile_file, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen
    from tests.browser.server import Server

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
OVERRIDE_SHOWN = "\N{MATHEMATICAL LEFT ANGLE BRACKET}U+202E\N{MATHEMATICAL RIGHT ANGLE BRACKET}"


@pytest.fixture(scope="module")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_file(tmp_path_factory.mktemp("claims"))


@pytest.fixture(scope="module")
def hostile(serve_file: Callable[[Path], Server], hostile_path: Path) -> Server:
    return serve_file(hostile_path)


@pytest.fixture
def attacked(revisit: Callable[..., Screen], hostile: Server) -> Screen:
    return revisit(hostile)


def _nothing_ran(screen: Screen) -> None:
    assert screen.page.evaluate("window.__pwned") is None
    assert screen.page.locator("img[src='x'], img[src*='evil']").count() == 0
    assert screen.page.locator("a[href^='javascript']").count() == 0
    assert screen.unexpected() == []


def _shown(text: str) -> str:
    return text.replace(OVERRIDE, OVERRIDE_SHOWN)


def test_cards_show_every_attack_word_for_word(attacked: Screen) -> None:
    attacked.has_cards(len(read_rows()))
    cards = {
        card.get_attribute("data-claim"): card.text_content() or "" for card in attacked.cards.all()
    }
    for number, row in enumerate(read_rows()):
        wanted = _shown(attack_of(number))
        # Once each: speaker, role, statement, quote, place, outlet, note.
        assert cards[row["claim_id"]].count(wanted) >= 6
    assert "1337" not in "".join(cards.values())
    _nothing_ran(attacked)


def test_a_turn_of_direction_is_shown_as_its_name_everywhere(attacked: Screen) -> None:
    expect(attacked.page.locator(".st-key-matrix")).to_contain_text(OVERRIDE_SHOWN)
    attacked.page.get_by_text("remarks on the claims file").click()
    text = attacked.page.locator("body").inner_text()
    assert text.count(OVERRIDE_SHOWN) > 20
    assert OVERRIDE not in text


@pytest.mark.parametrize("name", ["Who says what", "Numbers", "Table", "Not placed", "Sources"])
def test_every_tab_shows_the_attacks_as_text(attacked: Screen, name: str) -> None:
    panel = attacked.tab(name)
    attacked.rest()
    expect(panel.locator("table, .cm-card, li").first).to_be_attached()
    text = panel.text_content() or ""
    found = [attack for attack in ATTACKS if _shown(attack)[:12] in text]
    assert len(found) >= (1 if name in {"Numbers", "Table"} else 3)
    _nothing_ran(attacked)


@pytest.mark.parametrize("label", ["Organisation", "Speaker"])
def test_the_sidebar_s_lists_offer_the_attacks_as_text(attacked: Screen, label: str) -> None:
    box = attacked.page.get_by_role("combobox", name=label)
    for attack in ATTACKS:
        wanted = _shown(attack)
        box.click()
        attacked.page.keyboard.insert_text(wanted[:9])
        found = attacked.page.get_by_role("option").filter(has_text=wanted)
        expect(found.first, wanted).to_be_visible()
        attacked.page.keyboard.press("Escape")
        box.fill("")
    _nothing_ran(attacked)


def test_a_hostile_name_can_be_chosen_and_its_claims_come(
    attacked: Screen, hostile_path: Path
) -> None:
    box = attacked.page.get_by_role("combobox", name="Speaker")
    box.click()
    attacked.page.keyboard.insert_text("</script>")
    with attacked.repaint():
        attacked.page.get_by_role("option").filter(has_text="</script>").first.click()
    [name] = attacked.address()["claimant"]
    assert name.startswith(ATTACKS[1])
    wanted = kept_ids("?claimant=" + quote(name), read_rows(hostile_path))
    assert wanted
    attacked.shows(len(wanted))
    attacked.page.keyboard.press("Escape")
    expect(attacked.map.get_by_role("status")).to_contain_text("</script><script>")
    _nothing_ran(attacked)


@pytest.mark.parametrize("mark", range(3))
def test_picking_and_hovering_a_mark_of_hostile_claims_runs_nothing(
    attacked: Screen, mark: int
) -> None:
    button = attacked.marks.nth(mark)
    button.hover()
    with attacked.repaint():
        button.click()
    expect(attacked.cards.first).to_be_visible()
    _nothing_ran(attacked)


def test_searching_for_a_template_finds_its_claims_and_runs_nothing(
    attacked: Screen, hostile_path: Path
) -> None:
    with attacked.repaint():
        attacked.page.get_by_role("searchbox", name="Search").fill("{{7*191}}")
    wanted = kept_ids("?q=" + quote("{{7*191}}"), read_rows(hostile_path))
    assert 0 < len(wanted) < len(read_rows())
    attacked.shows(len(wanted))
    expect(attacked.map.get_by_role("status")).to_contain_text("{{7*191}}")
    _nothing_ran(attacked)


def test_an_attack_in_the_address_s_organisation_is_shown_as_text(
    open_page: Callable[..., Screen], hostile: Server
) -> None:
    screen = open_page("?organisation=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E", home=hostile.url)
    notice = screen.page.locator(".st-key-address_notices")
    expect(notice).to_contain_text("<img src=x onerror=alert(1)>")
    _nothing_ran(screen)


def test_no_text_cell_of_the_csv_download_runs_as_a_formula(attacked: Screen) -> None:
    panel = attacked.tab("Table")
    with attacked.page.expect_download() as waiting:
        panel.get_by_role("button", name="Download CSV", exact=True).click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(read_rows())
    cells = [cell for row in rows for cell in row.values()]
    assert "'" + ATTACKS[5] in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_the_table_itself_hands_out_no_file_of_its_own(attacked: Screen) -> None:
    panel = attacked.tab("Table")
    attacked.rest()
    expect(panel.locator('[role="grid"]')).to_be_attached()
    # Its own download would write cells as they are: =cmd would run in a spreadsheet.
    assert panel.get_by_role("button", name="Download as CSV").count() == 0


def test_a_javascript_address_of_a_source_is_refused_or_shown_without_a_link(
    open_page: Callable[..., Screen],
    serve_file: Callable[[Path], Server],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    rows = read_rows()
    for row in rows[:3]:
        row["source_url"] = "javascript:window.__pwned=1"
    path = write_rows(tmp_path_factory.mktemp("claims") / "links.csv", rows)
    screen = open_page("?tab=sources", home=serve_file(path).url)
    assert screen.total() in {len(rows), len(rows) - 3}
    if screen.total() < len(rows):
        expect(screen.page.locator(".st-key-file_notices")).to_contain_text("3 of 26 rows left out")
    _nothing_ran(screen)
