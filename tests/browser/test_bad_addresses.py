"""An address that cannot be meant is answered in words; the page works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.expected import kept_ids, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen
    from tests.browser.server import Server

SENSELESS = {
    "side=evil": "evil",
    "from=2023-02-30": "2023-02-30",
    "to=x": "x",
    "clock=no": "no",
    "claim=nope": "nope",
    "at=999,1,2": "999,1,2",
    "disc=zz": "zz",
    "kind=%00": "kind",
    "standing=best": "best",
    "organisation=Nobody+at+all": "Nobody at all",
    "tab=zz": "zz",
    "ground=moon": "moon",
}


def _works(screen: Screen) -> None:
    """Check that the page shows its claims, filters them, and shows nobody a traceback."""
    text = screen.page.locator("body").inner_text()
    assert "Traceback" not in text
    assert "Error" not in text
    with screen.repaint():
        screen.pill("side", "Russia").click()
    screen.shows(len(kept_ids("?side=russia")))


@pytest.mark.parametrize("parameter", SENSELESS)
def test_a_senseless_value_is_named_and_left_out(screen: Screen, parameter: str) -> None:
    screen.tag_map()
    screen.go(f"?{parameter}")
    notice = screen.page.locator(".st-key-address_notices")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text(SENSELESS[parameter])
    screen.shows(len(read_rows()))
    assert screen.is_tagged_map(), "a notice that comes must not make the map anew"
    _works(screen)


def test_all_senseless_values_at_once_leave_a_working_page(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page("?" + "&".join(SENSELESS))
    screen.tag_map()
    screen.shows(len(read_rows()))
    notice = screen.page.locator(".st-key-address_notices")
    expect(notice).to_contain_text("evil")
    expect(notice).to_contain_text("2023-02-30")
    _works(screen)
    expect(notice).to_have_count(0)
    assert screen.is_tagged_map(), "a notice that goes must not make the map anew"


def test_a_script_in_the_search_is_searched_for_not_run(open_page: Callable[..., Screen]) -> None:
    screen = open_page("?q=%3Cscript%3Ealert(1)%3C/script%3E")
    screen.shows(0)
    box = screen.page.get_by_role("searchbox", name="Search")
    expect(box).to_have_value("<script>alert(1)</script>")
    expect(screen.map.get_by_role("status")).to_contain_text("<script>alert(1)</script>")


@pytest.mark.parametrize("query", ["?side=Russia", "?side=RUSSIA", "?side=russia"])
def test_a_side_may_be_written_in_any_case(screen: Screen, server: Server, query: str) -> None:
    screen.go(query)
    wanted = kept_ids("?side=russia")
    screen.shows(len(wanted))
    expect(screen.page.locator(".st-key-address_notices")).to_have_count(0)
    features = server.get("claims.geojson" + query).json()["features"]
    assert [feature["id"] for feature in features] == wanted


def test_a_thousand_unknown_keys_change_nothing(open_page: Callable[..., Screen]) -> None:
    screen = open_page("?" + "&".join(f"k{number}=1" for number in range(1000)))
    screen.shows(len(read_rows()))
    _works(screen)


def test_a_hundred_kilobytes_of_words_are_cut_and_said_to_be(
    open_page: Callable[..., Screen], server: Server
) -> None:
    # A web server may refuse so long a line, with an answer of its own; ours must not fall over.
    refused = server.get("?q=" + "a" * 100_000)
    assert refused.status in {200, 400, 414, 431}
    screen = open_page()
    screen.go("?q=" + "a" * 100_000)
    screen.shows(0)
    notice = screen.page.locator(".st-key-address_notices")
    expect(notice).to_contain_text("Only the first 200 characters")
    assert server.get("healthz").status == 200
