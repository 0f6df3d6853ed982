"""A file with faults is shown as far as it is good, and what is wrong is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.expected import read_rows
from tests.browser.hostile import empty_file, faulty_file, unreadable_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.screen import Screen
    from tests.browser.server import Server


def test_good_rows_are_shown_and_each_bad_row_is_named_with_its_reason(
    open_page: Callable[..., Screen], serve_file: Callable[[Path], Server], tmp_path: Path
) -> None:
    server = serve_file(faulty_file(tmp_path))
    screen = open_page(home=server.url)
    rows = read_rows()
    assert screen.total() == screen.shown() == len(rows) - 2
    assert rows[1]["claim_id"] not in screen.card_ids()
    notice = screen.page.locator(".st-key-file_notices")
    expect(notice).to_contain_text(f"2 of {len(rows)} rows left out")
    notice.get_by_text("rows left out").click()
    expect(notice).to_contain_text("row 3, column side: found 'nobody'")
    expect(notice).to_contain_text("row 5, column latitude: found '148.5'")
    expect(notice).to_contain_text("ukraine")
    ready = server.get("readyz")
    assert ready.json()["claims"] == len(rows) - 2


def test_an_unreadable_file_is_said_to_be_one_and_the_server_lives(
    open_page: Callable[..., Screen], serve_file: Callable[[Path], Server], tmp_path: Path
) -> None:
    server = serve_file(unreadable_file(tmp_path))
    ready = server.get("readyz")
    assert ready.status == 503
    assert "cannot be read" in ready.json()["reason"]
    assert server.get("healthz").status == 200
    assert server.get("claims.geojson").status == 503
    screen = open_page(home=server.url, ready=False)
    main = screen.page.get_by_role("main")
    expect(main).to_contain_text("The claims file cannot be read.")
    expect(main).to_contain_text("unreadable.csv")
    text = screen.page.locator("body").inner_text()
    assert "Traceback" not in text
    assert str(tmp_path) not in text


def test_a_missing_file_is_said_to_be_missing(
    open_page: Callable[..., Screen], serve_file: Callable[[Path], Server], tmp_path: Path
) -> None:
    server = serve_file(tmp_path / "nowhere.csv")
    assert server.get("readyz").status == 503
    screen = open_page(home=server.url, ready=False)
    expect(screen.page.get_by_role("main")).to_contain_text("cannot be read")
    assert str(tmp_path) not in screen.page.locator("body").inner_text()


def test_a_file_with_a_header_only_opens_an_honest_empty_page(
    open_page: Callable[..., Screen], serve_file: Callable[[Path], Server], tmp_path: Path
) -> None:
    server = serve_file(empty_file(tmp_path))
    assert server.get("readyz").json()["claims"] == 0
    screen = open_page(home=server.url)
    assert screen.total() == screen.shown() == 0
    expect(screen.map).to_contain_text("The file holds no claims.")
    screen.has_cards(0)
    for name in ("Numbers", "Table", "Not placed", "Sources", "Who says what"):
        screen.tab(name)
        screen.rest()
    assert "Traceback" not in screen.page.locator("body").inner_text()
    assert server.get("claims.geojson").json()["features"] == []
