"""The first picture of a large record: the server counts it, and it stays when the claims come."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from benchmarks.synthetic import synthetic_claims, write_claims
from cartography.drawing import shown_of
from cartography.edition import open_edition
from cartography.frame import HOME, Frame, Rect
from cartography.sketch import sketch_of
from claims.scenes import Scene
from claims.selection import Selection
from components import shared
from components.address import View
from components.claim_map.claim_map import map_message
from tests.browser.frames import frame_message
from tests.exports.briefings import ADVANCE, GEO, WEEK, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page, Route

    from cartography.edition import Edition
    from tests.browser.screen import Screen
    from tests.browser.server import Server

ROWS = 3000
COMING = "the claims are still coming"
WINDOW = Rect(0, 0, 1280, 720)
PLACES = [HOME, (48.62, 38.02, 9.5), (48.59, 37.99, 13.0)]
SELECTIONS = [
    Selection(),
    WEEK,
    Selection(sides=frozenset({"russia"})),
    Selection(from_day=19_400, to_day=19_489, clock="happened"),
    Selection(standings=frozenset({"contested"})),
]
# What the layer of claims finds, from the claims and from their sketch.
FIND = """([data, asked]) => {
  const { selection, frame, lit, sketch } = asked;
  const { box, zoom } = frame;
  const at = (axis) => (world) => (world - frame.centre[axis]) * frame.factor + frame.middle[axis];
  const scale = { factor: frame.factor, x: at(0), y: at(1) };
  const disc = ({ first, ...more }) => more;
  const extent = ({ shape, index, claims, path, ...more }) => ({
    ...more, shape: [shape.kind, shape.closed, shape.extent, shape.size_km],
  });
  const told = (columns, view, lit) => {
    const { keep, standings } = view;
    const { drawn } = ClaimMap.findExtents(columns, view, scale, box, new Set(lit));
    const found = ClaimMap.gatherDiscs(columns, keep, standings, zoom, box, null, view);
    return { full: found.full, discs: found.discs.map(disc), extents: drawn.map(extent) };
  };
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const columns = ClaimMap.readColumns(bytes.buffer);
  const standings = ClaimMap.standingsAsOf(columns, ClaimMap.asOf(selection));
  const { keep } = ClaimMap.keep(columns, selection, standings);
  const claims = told(columns, { keep, standings }, lit);
  const first = ClaimMap.readSketch(sketch, ClaimMap.levelOf(zoom));
  const sketchLit = [first.view.claim, ...first.view.voices].filter((one) => one !== null);
  return JSON.stringify([claims, told(first.columns, first.view, sketchLit), first.view.cells]);
}"""


def both(
    scripts: Page, edition: Edition, scene: Scene, at: tuple[float, float, float], out: float = 0
) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """Give what is drawn of the claims and of their sketch, and the cells that light up."""
    keep = shared.keep(edition, scene.selection)
    message = map_message(edition, scene.selection, View(), keep=keep, voices=())
    shown = shown_of(edition, scene)
    frame = Frame(WINDOW, *at[:2], at[2] - out)
    asked = {
        "selection": message["selection"],
        "lit": sorted(shown.lit),
        "sketch": sketch_of(edition, shown, at),
        "frame": frame_message(frame),
    }
    data = base64.b64encode(edition.columns).decode()
    claims, sketch, cells = json.loads(scripts.evaluate(FIND, [data, asked]))
    # The server sends places in whole world units, each 9 mm wide.
    for theirs, ours in zip(claims["discs"], sketch["discs"], strict=True):
        assert (ours.pop("x"), ours.pop("y")) == pytest.approx(
            (theirs.pop("x"), theirs.pop("y")), abs=2
        )
    return claims, sketch, cells


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda one: " ".join(one.describe({})))
@pytest.mark.parametrize("out", [0, 1], ids=["as wide", "on a phone"])
def test_the_sketch_of_a_record_draws_what_its_claims_draw(
    scripts: Page, selection: Selection, out: int
) -> None:
    scene = Scene("", "", selection)
    places = PLACES[:1] if out else PLACES
    for at in places:
        claims, sketch, _ = both(scripts, record(), scene, at, out)
        assert sketch == claims
        assert claims["discs"]
    assert any(both(scripts, record(), scene, at)[0]["extents"] for at in places)


def test_the_sketch_of_an_invented_record_draws_what_its_claims_draw(
    scripts: Page, tmp_path: Path
) -> None:
    path = tmp_path / "events.csv"
    synthetic_claims(6000).to_csv(path, index=False)
    edition = open_edition(path, geo=GEO)
    for at in PLACES:
        claims, sketch, _ = both(scripts, edition, Scene("", "", Selection()), at)
        assert sketch == claims
        assert claims["discs"]


def test_a_picked_claim_lights_up_in_the_sketch_too(scripts: Page) -> None:
    claims, sketch, cells = both(scripts, record(), Scene("", "", WEEK, claim=ADVANCE), HOME)
    assert sketch == claims
    assert any(extent["lit"] for extent in sketch["extents"])
    discs = {cell for disc in sketch["discs"] for cell in disc["cells"]}
    assert cells
    assert discs.issuperset(cells)


@pytest.fixture(scope="module")
def many(serve_file: Callable[[Path], Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    path = tmp_path_factory.mktemp("many") / "many.csv"
    write_claims(path, ROWS)
    return serve_file(path)


@pytest.fixture
def held(open_page: Callable[..., Screen], many: Server) -> Iterator[tuple[Screen, list[Route]]]:
    """Open a page whose claims do not come before they are let go."""
    screen = open_page("", home=many.url)
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    screen.page.route(re.compile(r"/claims/\w+\.bin$"), hold)
    yield screen, asked
    screen.page.unroute_all(behavior="ignoreErrors")


def let_go(screen: Screen, asked: list[Route]) -> None:
    while asked:
        asked.pop().continue_()
    expect(screen.map).to_have_attribute("data-ready", "true", timeout=30_000)
    screen.rest()


def sketched(screen: Screen) -> None:
    """Load the page and wait for its first picture."""
    screen.load(ready=False)
    expect(screen.map).to_have_attribute("data-painted", re.compile(r"\d+"), timeout=30_000)


def test_the_first_picture_stands_before_the_claims_come_and_stays(
    held: tuple[Screen, list[Route]],
) -> None:
    screen, asked = held
    sketched(screen)
    assert screen.map.get_attribute("data-ready") is None
    assert (screen.shown(), screen.total()) == (ROWS, ROWS)
    expect(screen.map.get_by_role("status")).to_contain_text(COMING)
    expect(screen.map.get_by_role("status")).to_contain_text("3,000 of 3,000 claims shown")
    # In the room it is going to have: half a pixel more would blur another edge of each disc.
    expect(screen.page.locator(".cm-early")).to_have_count(0)
    screen.rest()
    expect(screen.map.locator(".cm-legend")).to_be_hidden()
    expect(screen.marks).to_have_count(0)
    lat, lon, _ = HOME
    before = screen.canvas_patch(lat, lon, 200)
    assert len({tuple(before[at : at + 4]) for at in range(0, len(before), 4)}) > 50
    let_go(screen, asked)
    expect(screen.marks.first).to_be_attached()
    expect(screen.map.locator(".cm-legend")).to_be_visible()
    expect(screen.map.get_by_role("status")).not_to_contain_text(COMING)
    assert screen.canvas_patch(lat, lon, 200) == before


def test_a_map_moved_before_the_claims_come_does_not_look_as_if_there_were_none(
    held: tuple[Screen, list[Route]],
) -> None:
    screen, asked = held
    sketched(screen)
    screen.page.evaluate("() => leafletMap.setView([48.7, 38.1], 12, { animate: false })")
    expect(screen.map.get_by_role("status")).to_contain_text(COMING, timeout=500)
    expect(screen.map.locator(".cm-claims")).to_have_count(0)
    let_go(screen, asked)
    assert screen.view()[2] == 12
    expect(screen.marks.first).to_be_attached()
    expect(screen.map.get_by_role("status")).not_to_contain_text(COMING)


def test_a_filter_chosen_before_the_claims_come_counts_when_they_are_there(
    held: tuple[Screen, list[Route]],
) -> None:
    screen, asked = held
    sketched(screen)
    screen.pill("side", "Russia").click()
    expect(screen.map.locator(".cm-claims")).to_have_count(0)
    let_go(screen, asked)
    assert 0 < screen.shown() < ROWS
    assert "side" in screen.address()


def test_a_sketch_that_cannot_be_had_is_not_missed(
    open_page: Callable[..., Screen], many: Server
) -> None:
    screen = open_page("", home=many.url)
    screen.page.route(re.compile("/sketch-"), lambda route: route.fulfill(status=503, body=""))
    screen.load()
    assert screen.shown() == ROWS
    said = screen.watch.said
    said[:] = [one for one in said if "503" not in one]
