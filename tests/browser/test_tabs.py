"""Each tab opens and holds what its name promises, under the filters that are on."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

from claims.days import day_from_iso, span_words
from tests.browser.expected import kept_ids, read_rows

if TYPE_CHECKING:
    from tests.browser.screen import Screen

COLUMNS = 38


def _download(screen: Screen, panel: Locator, name: str) -> tuple[str, str]:
    with screen.page.expect_download() as waiting:
        panel.get_by_role("button", name=name, exact=True).click()
    download = waiting.value
    return download.suggested_filename, Path(download.path()).read_text(encoding="utf-8")


def test_who_says_what_has_a_row_a_proposition_and_a_cell_a_claim(screen: Screen) -> None:
    rows = read_rows()
    panel = screen.page.get_by_role("tabpanel", name="Who says what")
    expect(panel.locator("tbody tr")).to_have_count(len({row["topic"] for row in rows}))
    expect(panel.locator("tbody td button")).to_have_count(len(rows))
    contested = panel.locator("details").first
    expect(contested.locator("summary")).to_contain_text("contested")
    heads = ["Proposition", "Ukraine", "Russia", "Third party"]
    expect(contested.get_by_role("columnheader")).to_have_text(heads)
    admission = contested.locator("tbody td:nth-child(3) button", has_text="against own side")
    expect(admission.first).to_contain_text("Yevgeny Prigozhin")


def test_a_cell_of_who_says_what_picks_its_claim(screen: Screen) -> None:
    panel = screen.page.get_by_role("tabpanel", name="Who says what")
    with screen.repaint():
        panel.get_by_role("button", name="26 attacks").or_(
            panel.locator("tr", has_text="Soledar").get_by_role("button")
        ).first.click()
    expect(screen.current).to_contain_text("26 Ukrainian attacks")


def test_numbers_sets_each_stated_number_in_the_column_of_its_side(screen: Screen) -> None:
    panel = screen.tab("Numbers")
    quantities = ("advance_km", "front_km", "attacks", "area_km2", "city_share_pct", "losses")
    stated = [(row, name) for row in read_rows() for name in quantities if row[name]]
    expect(panel.locator("tbody td button")).to_have_count(len(stated))
    expect(panel.get_by_role("table")).to_have_count(len({name for _, name in stated}))
    advance = panel.get_by_role("table", name="Length of the advance, kilometres")
    ukraine, russia, third = advance.get_by_role("cell").all()
    expect(ukraine).to_contain_text(re.compile("^2Hanna Maliar, 12 May"))
    expect(russia).to_be_empty()
    expect(third).to_be_empty()
    expect(advance.locator(".cm-week")).to_have_text("8\N{EN DASH}14 May 2023")
    share = panel.get_by_role("table", name="Share of the city, per cent")
    expect(share.get_by_role("cell").nth(2)).to_contain_text("about 80")


def test_a_number_picks_its_claim(screen: Screen) -> None:
    panel = screen.tab("Numbers")
    with screen.repaint():
        panel.get_by_role("button", name="Hanna Maliar").click()
    expect(screen.current).to_contain_text("Hanna Maliar")


def test_numbers_says_so_when_no_claim_states_one(screen: Screen) -> None:
    screen.go("?tab=numbers&kind=supply")
    panel = screen.page.get_by_role("tabpanel", name="Numbers")
    expect(panel).to_contain_text("None of the claims shown states a number.")


def test_the_table_holds_a_row_a_claim_and_every_column(screen: Screen) -> None:
    grid = screen.tab("Table").locator('[role="grid"]')
    expect(grid).to_have_attribute("aria-rowcount", str(1 + len(read_rows())))
    expect(grid).to_have_attribute("aria-colcount", str(COLUMNS))
    with screen.repaint():
        screen.pill("side", "Russia").click()
    expect(grid).to_have_attribute("aria-rowcount", str(1 + len(kept_ids("?side=russia"))))


def test_the_csv_download_gives_every_column_of_the_claims_that_pass(screen: Screen) -> None:
    screen.go("?tab=table&side=russia")
    panel = screen.page.get_by_role("tabpanel", name="Table")
    name, text = _download(screen, panel, "Download CSV")
    wanted = kept_ids("?side=russia")
    assert f"{len(wanted)}-of-{len(read_rows())}" in name
    assert name.endswith(".csv")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    got = list(reader)
    assert reader.fieldnames == list(read_rows()[0])
    assert len(got[0]) == COLUMNS
    assert [row["claim_id"] for row in got] == wanted
    source = {row["claim_id"]: row for row in read_rows()}
    for row in got:
        for column in ("statement", "quote", "source_url", "note", "said_on", "event_start"):
            assert row[column] == source[row["claim_id"]][column]


def test_the_geojson_download_gives_each_claim_the_geometry_it_states(screen: Screen) -> None:
    screen.go("?tab=table&from=2023-05-12")
    panel = screen.page.get_by_role("tabpanel", name="Table")
    name, text = _download(screen, panel, "Download GeoJSON")
    assert name.endswith(".geojson")
    collection = json.loads(text)
    assert collection["type"] == "FeatureCollection"
    wanted = kept_ids("?from=2023-05-12")
    assert [feature["id"] for feature in collection["features"]] == wanted
    kinds = {
        feature["id"]: (feature["geometry"] or {}).get("type") for feature in collection["features"]
    }
    assert kinds["ru-mod-26-attacks-repelled-soledar-2023-05-12"] == "LineString"
    assert kinds["agencies-city-share-80-2023-05-12"] == "Point"
    assert kinds["ua-president-zelensky-brigades-equipped-2023-05-12"] is None


def test_not_placed_lists_what_has_no_point_on_the_map(screen: Screen) -> None:
    panel = screen.tab("Not placed")
    unplaced = [row for row in read_rows() if row["location_precision"] in {"region", "unplaced"}]
    cards = panel.locator(".cm-card")
    expect(cards).to_have_count(len(unplaced))
    shown = cards.evaluate_all("(all) => all.map((one) => one.dataset.claim)")
    assert set(shown) == {row["claim_id"] for row in unplaced}
    expect(panel).to_contain_text("Volodymyr Zelensky says Ukraine needs more time")
    expect(panel).to_contain_text("missiles and ammunition")
    expect(panel).to_contain_text("new brigades")


def test_sources_names_every_outlet_its_pages_and_the_ground(screen: Screen) -> None:
    panel = screen.tab("Sources")
    loaded = panel.locator("dl")
    expect(loaded).to_contain_text("Fileevents.csv")
    expect(loaded).to_contain_text("Rows read26Rows left out0Claims26")
    said = [day for row in read_rows() if (day := day_from_iso(row["said_on"][:10]))]
    expect(loaded).to_contain_text("Said" + span_words(min(said), max(said)))
    for row in read_rows():
        expect(panel).to_contain_text(row["outlet"])
    addresses = {row["source_url"] for row in read_rows() if row["source_url"]}
    links = panel.get_by_role("link").evaluate_all("(all) => all.map((one) => one.href)")
    assert addresses <= set(links)
    expect(panel).to_contain_text("GeoNames")
    expect(panel).to_contain_text("CC BY 4.0")
    expect(panel).to_contain_text("Natural Earth")
