"""What changed: from cold by a link, by keyboard, on the map, and since an export of the page."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import axe_findings
from tests.browser.expected import AGAINST, kept_ids, read_rows
from tests.browser.profiles import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen
    from tests.browser.server import Server

RECORD = Path(__file__).resolve().parents[2] / "data" / "events.csv"
ROWS = read_rows(RECORD)
WINDOW = "?from=2023-05-01&to=2023-05-12"
SINCE_10 = f"{WINDOW}&tab=changed&since=2023-05-10"
INK = (29, 29, 27)
SOLEDAR_SECTOR_LATITUDE = "48.6249"


@pytest.fixture
def open_record(
    open_page: Callable[..., Screen], revisit: Callable[..., Screen], own: Server
) -> Callable[..., Screen]:
    """Give a maker of pages on the project's own record."""

    def start(query: str = "", **how: object) -> Screen:
        return open_page(query, home=own.url, **how) if how else revisit(own, query)

    return start


def new_rows(first: str, last: str) -> list[dict[str, str]]:
    return [row for row in ROWS if first < row["said_on"][:10] <= last]


def panel_of(screen: Screen) -> Locator:
    return screen.page.get_by_role("tabpanel", name="What changed")


def counts(screen: Screen) -> dict[str, int]:
    """Read the counts at the head of the list."""
    summary = screen.page.get_by_role("navigation", name="What changed, by kind")
    expect(summary).to_be_visible()
    texts = [one.partition(" ") for one in summary.get_by_role("button").all_inner_texts()]
    return {name: int(count) for count, _, name in texts}


def group(screen: Screen, name: str) -> Locator:
    return (
        panel_of(screen)
        .locator("details.cm-fold", has_text=name)
        .filter(has=screen.page.locator("summary b", has_text=name))
    )


def test_a_link_gives_from_cold_what_a_plain_count_says(
    open_record: Callable[..., Screen],
) -> None:
    screen = open_record(SINCE_10, fresh=True)
    rows = new_rows("2023-05-10", "2023-05-12")
    found = counts(screen)
    assert found["New claims"] == len(rows)
    assert found["New denials and doubts"] == sum(row["stance"] in AGAINST for row in rows)
    assert found["Standings that changed"] == 3
    claims = group(screen, "New claims")
    sides = Counter(row["side"] for row in rows)
    expect(claims.locator("summary")).to_contain_text(
        f"Ukraine {sides['ukraine']} · Russia {sides['russia']} · "
        f"Third party {sides['third_party']}"
    )
    heads = ["Proposition", "Ukraine", "Russia", "Third party"]
    expect(claims.get_by_role("columnheader")).to_have_text(heads)
    shown = claims.locator("[data-claim]").evaluate_all("(all) => all.map((e) => e.dataset.claim)")
    assert set(shown) == {row["claim_id"] for row in rows}
    widths = claims.get_by_role("columnheader").evaluate_all(
        "(all) => all.slice(1).map((head) => Math.round(head.getBoundingClientRect().width))"
    )
    assert len(set(widths)) == 1


def test_a_standing_that_changed_shows_both_and_opens_the_claim_that_turned_it(
    open_record: Callable[..., Screen],
) -> None:
    screen = open_record(SINCE_10)
    row = group(screen, "Standings that changed").locator(
        "tbody tr", has_text="Ukrainian forces advanced near Bakhmut in the week to 12 May"
    )
    expect(row.locator(".cm-badge")).to_have_text(["one side only", "contested"])
    with screen.repaint():
        row.get_by_role("button").click()
    expect(screen.current).to_have_attribute("data-claim", "ru-mod-denies-advance-2023-05-11")
    assert screen.address()["claim"] == ["ru-mod-denies-advance-2023-05-11"]
    assert screen.open_tab() == "What changed"


def test_a_number_that_moved_tells_who_from_and_to(open_record: Callable[..., Screen]) -> None:
    screen = open_record("?from=2023-05-01&to=2023-05-07&tab=changed&since=2023-05-06")
    numbers = group(screen, "Numbers that moved")
    expect(numbers.get_by_role("button")).to_contain_text("Yevgeny Prigozhin, Wagner Group")
    expect(numbers.get_by_role("button")).to_contain_text("0.17, 6 May → up to 0.28")
    expect(numbers).to_contain_text("Length of the advance, kilometres")


def test_a_day_is_picked_by_keyboard_and_a_group_reached(
    open_record: Callable[..., Screen],
) -> None:
    screen = open_record(f"{WINDOW}&tab=changed")
    assert counts(screen)["New claims"] == len(new_rows("2023-05-11", "2023-05-12"))
    day = screen.page.get_by_role("group", name="New since").get_by_role("spinbutton")
    day.first.focus()
    with screen.repaint():
        screen.page.keyboard.type("20230509")
        screen.page.keyboard.press("Escape")
    rows = new_rows("2023-05-09", "2023-05-12")
    to_denials = screen.page.locator('[data-key="to-denials"]')
    expect(to_denials).to_contain_text(str(sum(row["stance"] in AGAINST for row in rows)))
    assert screen.address()["since"] == ["2023-05-09"]
    to_denials.focus()
    screen.page.keyboard.press("Enter")
    summary = group(screen, "New denials and doubts").locator("summary")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    screen.page.keyboard.press("Tab")
    screen.page.keyboard.press("Tab")
    with screen.repaint():
        screen.page.keyboard.press("Enter")
    expect(screen.current).to_have_count(1)


def test_reload_and_back_keep_the_day(open_record: Callable[..., Screen]) -> None:
    screen = open_record(SINCE_10)
    before = counts(screen)
    screen.load(screen.query())
    assert counts(screen) == before
    screen.go(f"{WINDOW}&tab=changed&since=2023-05-08")
    expect(screen.page.locator('[data-key="to-claims"] b')).to_have_text(
        str(len(new_rows("2023-05-08", "2023-05-12")))
    )
    with screen.repaint():
        screen.page.go_back()
    expect(screen.page.locator('[data-key="to-claims"] b')).to_have_text(str(before["New claims"]))


def test_the_map_marks_what_is_new_while_the_tab_is_open(
    open_record: Callable[..., Screen],
) -> None:
    screen = open_record(SINCE_10)
    rows = new_rows("2023-05-10", "2023-05-12")
    expect(screen.map.locator(".cm-keys")).to_contain_text(
        f"{len(rows)} claims new since 10 May 2023"
    )
    marked = screen.map.get_by_role("button", name="new since 10 May 2023")
    soledar = marked.and_(
        screen.map.get_by_role("button", name=re.compile("^[0-9]+ claims?, Soledar"))
    )
    expect(soledar).to_have_count(1)
    label = soledar.get_attribute("aria-label") or ""
    there = [row for row in rows if row["latitude"] == SOLEDAR_SECTOR_LATITUDE]
    assert label.endswith(f"; {len(there)} new since 10 May 2023")
    lit = plate_pixels(screen, soledar)
    assert lit > 60
    with screen.repaint():
        screen.tab("Numbers")
    expect(marked).to_have_count(0)
    expect(screen.map.locator(".cm-keys")).not_to_contain_text("new since")
    plain = screen.map.get_by_role("button", name=label.rpartition(";")[0])
    assert plate_pixels(screen, plain) < lit / 3


def plate_pixels(screen: Screen, mark: Locator) -> int:
    """Count pixels of the ink's colour at the upper right of a mark."""
    box = mark.bounding_box()
    assert box is not None
    reach = box["width"] / 2 + 5
    x = box["x"] + box["width"] / 2 + reach * 0.71
    y = box["y"] + box["height"] / 2 - reach * 0.71
    lat, lon = screen.page.evaluate(
        """([x, y]) => {
            const home = leafletMap.getContainer().getBoundingClientRect();
            const at = leafletMap.containerPointToLatLng([x - home.x, y - home.y]);
            return [at.lat, at.lng];
        }""",
        [x, y],
    )
    patch = screen.canvas_patch(lat, lon, 7)
    pixels = [tuple(patch[at : at + 3]) for at in range(0, len(patch), 4)]
    return sum(all(abs(a - b) < 12 for a, b in zip(one, INK, strict=True)) for one in pixels)


def test_the_list_and_the_map_follow_the_filters(open_record: Callable[..., Screen]) -> None:
    screen = open_record(SINCE_10)
    with screen.repaint():
        screen.pill("side", "Russia").click()
    rows = [row for row in new_rows("2023-05-10", "2023-05-12") if row["side"] == "russia"]
    expect(screen.page.locator('[data-key="to-claims"] b')).to_have_text(str(len(rows)))
    expect(screen.map.locator(".cm-keys")).to_contain_text(
        f"{len(rows)} claims new since 10 May 2023"
    )


def test_an_export_that_the_page_has_written_is_compared_with(
    open_record: Callable[..., Screen], tmp_path: Path
) -> None:
    screen = open_record("?from=2023-05-01&to=2023-05-10&tab=table")
    table = screen.page.get_by_role("tabpanel", name="Table")
    with screen.page.expect_download() as waiting:
        table.get_by_role("button", name="Download CSV").click()
    path = tmp_path / "export of 10 May.csv"
    waiting.value.save_as(path)
    screen.go(f"{WINDOW}&tab=changed")
    panel = panel_of(screen)
    panel.get_by_text("Or since an earlier export").click()
    expect(panel).to_contain_text("It stays with you and is not in the address")
    with screen.repaint():
        panel.locator("input[type=file]").set_input_files(path)
    old = kept_ids("?from=2023-05-01&to=2023-05-10", ROWS)
    expect(panel).to_contain_text(f"Compared with export of 10 May.csv: {len(old)} claims")
    assert counts(screen) == {
        "New claims": len(new_rows("2023-05-10", "2023-05-12")),
        "New denials and doubts": sum(
            row["stance"] in AGAINST for row in new_rows("2023-05-10", "2023-05-12")
        ),
        "Standings that changed": 3,
        "Numbers that moved": 0,
        "Claims that are gone": 0,
    }
    expect(screen.map.locator(".cm-keys")).to_contain_text("claims not in the earlier export")
    assert "since" not in screen.address()
    panel.get_by_role("button", name="Compare with a day again").click()
    expect(panel).not_to_contain_text("Compared with export")


def test_axe_finds_nothing_with_an_export_or_after_a_bad_file(
    open_page: Callable[..., Screen], tmp_path: Path
) -> None:
    screen = open_page("?tab=changed")
    panel = panel_of(screen)
    panel.get_by_text("Or since an earlier export").click()
    for text, told in (("claim_id\none-that-was\n", "Compared with"), ("a,b\n", "expected")):
        path = tmp_path / "export.csv"
        path.write_text(text, encoding="utf-8")
        panel.locator("input[type=file]").set_input_files(path)
        expect(panel).to_contain_text(told)
        assert axe_findings(screen) == []


def test_a_file_that_is_no_export_is_told_as_text(
    open_record: Callable[..., Screen], tmp_path: Path
) -> None:
    path = tmp_path / "evil.geojson"
    evil = "<img src=x onerror=alert(1)>{{7*7}}"
    path.write_text(json.dumps({"features": [{"properties": {"claim_id": [evil]}}]}), "utf-8")
    screen = open_record(SINCE_10)
    before = counts(screen)
    panel = panel_of(screen)
    panel.get_by_text("Or since an earlier export").click()
    panel.locator("input[type=file]").set_input_files(path)
    expect(panel).to_contain_text("The file cannot be compared with. The uploaded file: found")
    expect(panel).to_contain_text("<img src=x onerror=alert(1)>")
    expect(panel.locator("img")).to_have_count(0)
    assert counts(screen) == before


def test_the_list_is_handed_out_as_a_file(open_record: Callable[..., Screen]) -> None:
    screen = open_record(SINCE_10)
    with screen.page.expect_download() as waiting:
        panel_of(screen).get_by_role("button", name="Download the list as CSV").click()
    assert "since-2023-05-10" in waiting.value.suggested_filename
    rows = read_rows(Path(waiting.value.path()))
    listed = [row["claim_id"] for row in rows if row["change"].startswith("new")]
    wanted = [row["claim_id"] for row in new_rows("2023-05-10", "2023-05-12")]
    assert sorted(listed) == sorted(wanted)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_on_a_phone_it_is_whole_and_axe_finds_nothing(
    open_record: Callable[..., Screen], colours: str
) -> None:
    screen = open_record(SINCE_10, size=PHONE, colours=colours)
    panel = panel_of(screen)
    panel.scroll_into_view_if_needed()
    main = screen.page.get_by_test_id("stMain")
    width, room = main.evaluate("(main) => [main.scrollWidth, main.clientWidth]")
    assert width <= room
    entry = group(screen, "Standings that changed").get_by_role("button").first
    entry.scroll_into_view_if_needed()
    box = entry.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    assert axe_findings(screen) == []
