"""Handing out from the page, by mouse and by keyboard: what comes is the file, whole and marked."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect
from pptx import Presentation

from tests.browser.axe import axe_findings
from tests.browser.profiles import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Download, Locator, Route

    from tests.browser.screen import Screen
    from tests.browser.server import Server

WRITTEN_WITHIN_MS = 30_000


@pytest.fixture
def opened(open_page: Callable[..., Screen], talk: Server) -> Callable[..., Screen]:
    """Open the page of the report and what it hands out."""

    def start(query: str = "", **more: object) -> Screen:
        screen = open_page(query, home=talk.url, **more)
        screen.page.get_by_role("button", name="Hand out", exact=True).click()
        expect(dialog(screen)).to_be_visible()
        return screen

    return start


def dialog(screen: Screen) -> Locator:
    return screen.page.get_by_role("dialog", name="Hand out")


def kind(screen: Screen, name: str) -> Locator:
    return dialog(screen).get_by_role("button", name=name)


def content(download: Download, folder: Path) -> bytes:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path.read_bytes()


def test_a_filtered_view_as_a_table_by_the_mouse(
    opened: Callable[..., Screen], tmp_path: Path
) -> None:
    screen = opened("?side=russia")
    shown = screen.shown()
    dialog(screen).get_by_label("Handling marking").select_option("TLP:AMBER")
    with screen.page.expect_download(timeout=WRITTEN_WITHIN_MS) as coming:
        kind(screen, "Table (CSV)").click()
    packed = ZipFile(io.BytesIO(content(coming.value, tmp_path)))
    table, beside = packed.namelist()
    rows = list(csv.DictReader(packed.read(table).decode().splitlines()))
    assert len(rows) == shown
    assert {row["side"] for row in rows} == {"russia"}
    (heading,) = json.loads(packed.read(beside))["notes"]
    assert heading["handling"] == "TLP:AMBER"
    assert heading["filters"] == ["Russia only"]
    assert heading["permalink"].startswith(f"{screen.home}?side=russia")
    expect(dialog(screen).get_by_role("status")).to_contain_text(table)


def test_a_briefing_as_slides_and_as_pages_by_the_keyboard_alone(
    open_page: Callable[..., Screen], talk: Server, tmp_path: Path
) -> None:
    screen = open_page(home=talk.url)
    opener = screen.page.get_by_role("button", name="Hand out", exact=True)
    opener.focus()
    keys = screen.page.keyboard
    keys.press("Enter")
    expect(dialog(screen).get_by_label("This view")).to_be_focused()
    keys.press("ArrowDown")
    expect(dialog(screen).get_by_label("Two days in May")).to_be_checked()
    expect(dialog(screen).get_by_label("Handling marking")).to_contain_text("TLP:GREEN")
    for _ in range(2):
        keys.press("Tab")
    expect(kind(screen, "Slides (PPTX)")).to_be_focused()
    with screen.page.expect_download(timeout=WRITTEN_WITHIN_MS) as coming:
        keys.press("Enter")
    slides: Any = Presentation(io.BytesIO(content(coming.value, tmp_path))).slides
    assert len(slides) == 5
    assert coming.value.suggested_filename.startswith("two-days-in-may_")
    expect(kind(screen, "Slides (PPTX)")).to_be_focused()
    keys.press("Tab")
    with screen.page.expect_download(timeout=WRITTEN_WITHIN_MS) as coming:
        keys.press("Space")
    pages = content(coming.value, tmp_path)
    assert len(re.findall(rb"/Type /Page\b(?!s)", pages)) == 5
    assert b"/Subject (TLP:GREEN)" in pages
    # A letter that starts a presentation on the page does not do so behind what is open.
    keys.press("p")
    expect(screen.page.get_by_test_id("stage")).to_have_count(0)
    keys.press("Escape")
    expect(dialog(screen)).to_have_count(0)
    expect(opener).to_be_focused()


def test_progress_is_shown_and_a_cancelled_file_never_comes(
    opened: Callable[..., Screen],
) -> None:
    screen = opened()
    downloads: list[Download] = []

    def note(download: Download) -> None:
        downloads.append(download)

    screen.page.on("download", note)
    dialog(screen).get_by_label("Two days in May").check()
    kind(screen, "Picture 4K (PNG)").click()
    expect(dialog(screen).get_by_role("progressbar")).to_be_visible()
    expect(kind(screen, "Pages (PDF)")).to_have_attribute("aria-disabled", "true")
    assert axe_findings(screen) == []
    dialog(screen).get_by_role("button", name="Cancel").click()
    expect(dialog(screen).get_by_role("status")).to_have_text("Cancelled: there is no file.")
    expect(dialog(screen).get_by_role("progressbar")).not_to_be_visible()
    # The next one does not wait for what nobody wants any more.
    with screen.page.expect_download(timeout=WRITTEN_WITHIN_MS) as coming:
        kind(screen, "For a globe (KML)").click()
    assert downloads == [coming.value]


def test_how_far_it_is_and_who_comes_before_is_said_in_words(
    opened: Callable[..., Screen],
) -> None:
    screen = opened()
    told = {"status": "writing", "ahead": 2, "step": "", "done": 0, "total": 0}

    def tell(route: Route) -> None:
        route.fulfill(json=told)

    def hold(_: Route) -> None:
        """Let the file wait."""

    screen.page.route("**/export/progress/*", tell)
    screen.page.route("**/export/pdf?*", hold)
    kind(screen, "Pages (PDF)").click()
    work = dialog(screen).locator(".cm-file-work")
    expect(work).to_contain_text("Waiting: 2 files before this one")
    told.update({"ahead": 0, "step": "drawing", "done": 2, "total": 8})
    expect(work).to_contain_text("Drawing page 3 of 8")
    expect(dialog(screen).get_by_role("progressbar")).to_have_attribute("value", "2")
    dialog(screen).get_by_role("button", name="Cancel").click()
    screen.page.unroute_all()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 503, "json": {"reason": "Others are having files made."}}, "Others are"),
        ({"status": 403, "body": "no"}, "The server refuses this file."),
        (None, "The server cannot be reached"),
    ],
)
def test_what_goes_wrong_is_said_in_words(
    opened: Callable[..., Screen], answer: dict[str, Any] | None, words: str
) -> None:
    screen = opened()
    screen.page.route(
        "**/export/kml?*", lambda r: r.fulfill(**answer) if answer else r.abort("failed")
    )
    kind(screen, "For a globe (KML)").click()
    expect(dialog(screen).get_by_role("alert")).to_contain_text(words)
    expect(kind(screen, "For a globe (KML)")).to_have_attribute("aria-disabled", "false")
    screen.page.unroute_all()
    # The browser itself writes a failed answer into its console.
    said = screen.watch.said
    assert all("Failed to load resource" in line for line in said)
    said.clear()


def test_own_scenes_are_handed_out_from_their_tab(
    open_page: Callable[..., Screen], talk: Server, tmp_path: Path
) -> None:
    screen = open_page("?tab=briefing&side=ukraine", home=talk.url)
    screen.page.get_by_label("Title of the scene").fill("Mine {{7*7}} <b>")
    screen.page.get_by_role("button", name="Keep this view as a scene").click()
    screen.page.get_by_role("button", name="Hand out these scenes").click()
    expect(dialog(screen).get_by_label("My scenes")).to_be_checked()
    with screen.page.expect_download(timeout=WRITTEN_WITHIN_MS) as coming:
        kind(screen, "For a map program (GeoJSON)").click()
    heading = json.loads(content(coming.value, tmp_path))["metadata"]
    assert heading["title"] == "Mine {{7*7}} <b>"
    assert heading["filters"] == ["Ukraine only"]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing_and_everything_is_within_the_window(
    opened: Callable[..., Screen], size: tuple[int, int], colours: str
) -> None:
    screen = opened(size=size, colours=colours)
    dialog(screen).get_by_label("Handling marking").select_option("other")
    assert axe_findings(screen) == []
    box = dialog(screen).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert box["y"] + box["height"] <= size[1]
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_header_of_a_phone_holds_every_button(
    open_page: Callable[..., Screen], talk: Server
) -> None:
    screen = open_page(home=talk.url, size=PHONE)
    boxes = []
    for name in ("Present", "Hand out", "Copy link"):
        box = screen.page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["height"] >= 24
        boxes.append(box)
    for left, right in pairwise(boxes):
        assert left["x"] + left["width"] <= right["x"]
    assert boxes[-1]["x"] + boxes[-1]["width"] <= PHONE[0]
