"""What the figures hang on: the probe's clock, and the plain page that the map is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from benchmarks.browsing import change, fresh_context, visit
from benchmarks.page_speed import OUR_LOOK
from benchmarks.plain_page import plain_page
from benchmarks.synthetic import write_claims

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

LATE_PAGE = """<button>go</button><p>0</p><script>
document.querySelector("button").addEventListener("click", () =>
  [[150, "1"], [300, "2"], [900, "3"]].forEach(([wait, text]) =>
    setTimeout(() => (document.querySelector("p").textContent = text), wait)));
</script>"""
TEXT_LOOK = '() => { const p = document.querySelector("p"); return p && p.textContent; }'


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("plain") / "claims.parquet"
    write_claims(file, 3_000)
    return file


@pytest.fixture(scope="module")
def plain(browser: Browser, claims: Path) -> Iterator[Page]:
    with plain_page(claims) as url:
        page, _ = visit(fresh_context(browser, OUR_LOOK), url)
        yield page
        page.context.close()


def test_a_change_is_timed_to_the_last_picture_before_a_quarter_of_a_second_of_rest(
    browser: Browser,
) -> None:
    context = fresh_context(browser, TEXT_LOOK)
    context.route("**/*", lambda route: route.fulfill(body=LATE_PAGE, content_type="text/html"))
    page, _ = visit(context, "http://127.0.0.1:9/")
    settled_ms = change(page, "button")
    context.close()
    # The second text, not the first of 150 ms, and not the third, which comes after a rest.
    assert 300 <= settled_ms < 900


def test_the_plain_page_shows_the_claims_of_the_side_that_is_clicked(
    plain: Page, claims: Path
) -> None:
    sides = pd.read_parquet(claims, columns=["side"])["side"].value_counts()
    root = plain.get_by_test_id("claim-map")
    assert root.get_attribute("data-shown") == "3000"
    for number, side in enumerate(("ukraine", "russia", "third_party")):
        change(plain, f'[data-key="legend-side-{number}"]')
        assert root.get_attribute("data-shown") == str(sides[side])
    change(plain, '[data-key="legend-side-2"]')
    assert root.get_attribute("data-shown") == "3000"


def test_the_plain_page_follows_the_brush_and_counts_all_its_discs(
    plain: Page, claims: Path
) -> None:
    chart, grip = plain.locator("#chart").bounding_box(), plain.locator("#grip").bounding_box()
    assert chart is not None
    assert grip is not None
    y = chart["y"] + chart["height"] / 2
    plain.mouse.move(grip["x"] + grip["width"] / 2, y)
    plain.mouse.down()
    plain.mouse.move(chart["x"] + chart["width"] / 2, y)
    plain.mouse.up()
    events = pd.read_parquet(claims, columns=["event_start", "event_end"]).apply(pd.to_datetime)
    first = events["event_start"].min()
    days = (events["event_end"].max() - first).days + 1
    last = first + pd.Timedelta(days=int(days / 2 + 0.5))
    shown = int(plain.get_by_test_id("claim-map").get_attribute("data-shown") or 0)
    assert shown == int((events["event_start"] <= last).sum())
