"""The page opens without the web and shows every claim of the file."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.expected import read_rows
from tests.report import DATA

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen
    from tests.browser.server import Server


def test_the_page_opens_offline_and_shows_every_row_of_the_file(screen: Screen) -> None:
    rows = read_rows()
    assert len(rows) > 20
    assert screen.total() == len(rows)
    assert screen.shown() == len(rows)
    assert sorted(screen.card_ids()) == sorted(row["claim_id"] for row in rows)
    assert screen.address() == {}
    assert screen.unexpected() == []


def test_the_page_says_its_name_and_how_many_claims_of_how_many_it_shows(screen: Screen) -> None:
    rows = read_rows()
    expect(screen.page).to_have_title("Bakhmut Claims Map")
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Bakhmut Claims Map")
    unplaced = sum(row["location_precision"] in {"region", "unplaced"} for row in rows)
    status = screen.map.get_by_role("status")
    expect(status).to_contain_text(f"{len(rows)} of {len(rows)} claims shown")
    expect(status).to_contain_text(f"{unplaced} of them not placed")
    expect(status).to_contain_text("all sides")
    expect(status).to_contain_text("as said")


def test_the_map_carries_legend_scale_and_credit_without_a_flag(screen: Screen) -> None:
    legend = screen.map.get_by_role("listitem")
    words = legend.all_inner_texts()
    assert {"Ukraine says", "Russia says", "Third party says"} <= set(words)
    assert {"contested", "one side only"} <= set(words)
    expect(screen.map.locator(".leaflet-control-scale-line")).to_have_text("5 km")
    credit = screen.map.locator(".leaflet-control-attribution")
    expect(credit).to_contain_text("GeoNames")
    expect(credit).to_contain_text("Leaflet")
    assert credit.locator("svg, img").count() == 0


def test_the_server_says_it_is_alive_and_ready_with_the_file_s_claims(server: Server) -> None:
    assert server.get("healthz").json() == {"status": "ok"}
    ready = server.get("readyz")
    assert ready.status == 200
    assert ready.json()["status"] == "ready"
    assert ready.json()["claims"] == len(read_rows())


def test_a_link_on_the_map_opens_the_list_of_claims_that_are_not_placed(screen: Screen) -> None:
    screen.map.get_by_role("button", name="see the list").click()
    panel = screen.page.get_by_role("tabpanel", name="Not placed")
    expect(panel.locator(".cm-card").first).to_be_visible()
    expect(screen.page).to_have_url(screen.home + "?tab=unplaced")


def test_the_project_s_own_record_opens_on_its_days_and_then_as_a_whole(
    open_page: Callable[..., Screen], own: Server
) -> None:
    rows = read_rows(DATA / "events.csv")
    days = tomllib.loads((DATA / "events.toml").read_text(encoding="utf-8"))["opening"]
    first, last = days["from"].isoformat(), days["to"].isoformat()
    opening = [row for row in rows if first <= row["said_on"] <= last]
    screen = open_page(home=own.url)
    assert screen.total() == len(rows) > len(opening)
    screen.shows(len(opening))
    with screen.repaint():
        screen.page.get_by_role("button", name="The whole record").click()
    screen.shows(len(rows))
