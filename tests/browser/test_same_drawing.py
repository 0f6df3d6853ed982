"""A picture shows what the page shows: discs, extents and notes as the page's own scripts find."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.synthetic import synthetic_claims
from cartography.discs import disc_radius, full_disc, gather_discs, short_count
from cartography.drawing import shown_of
from cartography.edition import open_edition
from cartography.extents import find_extents
from cartography.frame import Frame, Rect
from cartography.labels import NOTE_SIDES, label_rect
from cartography.notes import note_lines
from cartography.symbols import STANDING_WORDS
from claims.scenes import Scene
from claims.selection import Selection
from components import shared
from components.address import View
from components.claim_map.claim_map import map_message
from tests.browser.frames import frame_message
from tests.exports.briefings import ADVANCE, GEO, WEEK, record, report

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from cartography.edition import Edition

RECT = Rect(24, 126, 920, 546)
NO_VIEW = View()
FRAMES = [
    Frame(RECT, 48.598, 37.93, 11),
    Frame(RECT, 48.62, 38.02, 9.5),
    Frame(RECT, 48.6, 38.0, 8),
    Frame(RECT, 48.59, 37.99, 13),
]
SELECTIONS = [
    WEEK,
    Selection(),
    Selection(sides=frozenset({"russia"})),
    Selection(from_day=19_400, to_day=19_489, clock="happened"),
    Selection(standings=frozenset({"contested"})),
    Selection(query="nothing says this"),
]
FIND = """([data, asked]) => {
  const file = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const columns = ClaimMap.readColumns(file.buffer);
  const { selection, frame, lit, words } = asked;
  const asOf = selection.clock === "said" ? selection.to : null;
  const standings = ClaimMap.standingsAsOf(columns, asOf);
  const { keep } = ClaimMap.keep(columns, selection, standings);
  const at = (axis) => (world) => (world - frame.centre[axis]) * frame.factor + frame.middle[axis];
  const scale = { factor: frame.factor, x: at(0), y: at(1) };
  const view = { keep, standings };
  const { box, zoom } = frame;
  const { drawn, left } = ClaimMap.findExtents(columns, view, scale, box, new Set(lit));
  const { discs, full } = ClaimMap.gatherDiscs(columns, keep, standings, zoom, box, null);
  const noteOf = (one) => columns.noteOf.get(one.index);
  return JSON.stringify({
    left,
    full,
    discs: discs.map((one) => ({
      count: one.count,
      sides: one.sides,
      standing: ClaimMap.discStanding(one.standings),
      radius: one.radius,
      x: one.x,
      y: one.y,
      cells: one.cells,
    })),
    extents: drawn.map((one) => ({
      index: one.index,
      kind: one.shape.kind,
      claims: one.claims,
      side: one.side,
      other: one.other,
      standing: one.standing,
      lit: one.lit,
      fill: one.fill,
      radius: one.radius,
      centre: one.centre,
      note: one.isStated ? ClaimMap.noteLines(noteOf(one), keep, words[one.standing]) : [],
    })),
  });
}"""


def found_by_the_page(scripts: Page, edition: Edition, scene: Scene, frame: Frame) -> Any:
    keep = shared.keep(edition, scene.selection)
    message = map_message(edition, scene.selection, NO_VIEW, keep=keep, voices=())
    asked = {
        "selection": message["selection"],
        "lit": sorted(shown_of(edition, scene).lit),
        "words": list(STANDING_WORDS.values()),
        "frame": frame_message(frame),
    }
    data = base64.b64encode(edition.columns).decode()
    return json.loads(scripts.evaluate(FIND, [data, asked]))


def check(scripts: Page, edition: Edition, scene: Scene, frame: Frame) -> int:
    """Compare, and give how many marks there were to compare."""
    theirs = found_by_the_page(scripts, edition, scene, frame)
    shown = shown_of(edition, scene)
    code = shown.standings.code
    discs, full = gather_discs(edition, shown.keep, code, frame.whole_zoom, frame.box())
    extents, left = find_extents(edition, shown.keep, code, frame, shown.lit)
    assert full == theirs["full"]
    assert {name: getattr(left, name) for name in theirs["left"]} == theirs["left"]
    for ours, disc in zip(discs, theirs["discs"], strict=True):
        assert (ours.count, ours.sides) == (disc["count"], disc["sides"])
        assert ours.standing == disc["standing"]
        assert (ours.x, ours.y, ours.radius) == pytest.approx(
            (disc["x"], disc["y"], disc["radius"])
        )
        assert ["/".join(map(str, cell)) for cell in ours.cells] == disc["cells"]
    for one, extent in zip(extents, theirs["extents"], strict=True):
        for name in ("index", "kind", "side", "other", "standing", "lit"):
            assert getattr(one, name) == extent[name], name
        assert (list(one.claims), one.is_filled) == (extent["claims"], extent["fill"])
        assert one.radius == pytest.approx(extent["radius"])
        assert one.centre == pytest.approx(extent["centre"], abs=1e-4)
        if one.is_stated:
            assert list(note_lines(edition, one, shown.keep)) == extent["note"]
    return len(discs) + len(extents)


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda one: " ".join(one.describe({})))
def test_a_picture_of_the_record_shows_what_the_page_shows(
    scripts: Page, selection: Selection
) -> None:
    marks = [check(scripts, record(), Scene("", "", selection), frame) for frame in FRAMES]
    assert any(marks) != bool(selection.query)


def test_a_chosen_claim_lights_up_the_same_marks(scripts: Page) -> None:
    for edition in (record(), report()):
        scene = Scene("", "", WEEK, claim=ADVANCE)
        assert shown_of(edition, scene).lit
        assert check(scripts, edition, scene, FRAMES[0])


@pytest.mark.parametrize("rows", [400, 6000])
def test_a_picture_of_an_invented_record_shows_what_the_page_shows(
    scripts: Page, tmp_path: Path, rows: int
) -> None:
    path = tmp_path / "events.csv"
    synthetic_claims(rows).to_csv(path, index=False)
    edition = open_edition(path, geo=GEO)
    for frame in FRAMES:
        assert check(scripts, edition, Scene("", "", Selection()), frame)


def test_numbers_sizes_and_places_of_labels_are_those_of_the_page(scripts: Page) -> None:
    counts = [*range(200), 999, 1000, 1050, 1250, 9949, 9950, 99_999, 999_499, 999_500, 12_345_678]
    theirs = scripts.evaluate(
        """([counts, sides]) => ({
          words: counts.map(ClaimMap.shortCount),
          full: counts.map(ClaimMap.fullDisc),
          radius: counts.map((count) => ClaimMap.discRadius(count, 500)),
          offsets: sides.map((side) => ClaimMap.labelOffset(side, {width: 50, height: 20, gap: 9})),
        })""",
        [counts, list(NOTE_SIDES)],
    )
    assert [short_count(count) for count in counts] == theirs["words"]
    assert [full_disc(count) for count in counts] == theirs["full"]
    assert [disc_radius(count, 500) for count in counts] == pytest.approx(theirs["radius"])
    for side, offset in zip(NOTE_SIDES, theirs["offsets"], strict=True):
        rect = label_rect((0, 0), side, (50, 20), 9)
        assert (rect.x, rect.y) == pytest.approx(offset)
