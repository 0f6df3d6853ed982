"""What stands in a picture: true lengths, the colours of the one table, and what explains it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib.image import imread
from matplotlib.patches import PathPatch
from matplotlib.text import Text

from cartography.discs import Disc
from cartography.drawing import Drawing, drawing_of, shown_of
from cartography.extents import Left
from cartography.frame import Frame, Rect, degrees, fitted
from cartography.symbols import TOKENS
from claims.geodesy import distance_m
from claims.model import SIDES
from claims.positions import WORLD, world_xy
from claims.scenes import Scene
from claims.selection import Selection
from exports.context import Context
from exports.marks import paint_claims
from exports.scene_map import bar_length
from exports.scene_page import HEIGHT, WIDTH, scene_sheet
from exports.sheet import Sheet
from exports.type import measure, plain, text_width, wrapped
from tests.exports.briefings import ADVANCE, BRIEFING, GEO, LINK, SCENES, record, report

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cartography.extents import Extent

SCALE = 3.0
RECT = Rect(0, 0, 1280, 720)
LIGHT = TOKENS["light"]


def drawn(kind: str, size_km: float, zoom: float) -> tuple[Drawing, Extent]:
    """Draw the extent of a size, alone, in the middle of a map."""
    edition = report()
    index = next(
        i for i, one in enumerate(edition.shapes) if (one.kind, one.size_km) == (kind, size_km)
    )
    middle = edition.shapes[index].geometry.centroid
    frame = Frame(RECT, middle.y, middle.x, zoom)
    shown = shown_of(edition, Scene("", "", Selection()))
    drawing = drawing_of(edition, shown, frame, geo=GEO, measure=measure)
    extent = next(one for one in drawing.extents if one.index == index)
    alone = replace(drawing, discs=[], extents=[extent], notes=[], names=[])
    return alone, extent


def pixels(sheet: Sheet) -> NDArray[np.float64]:
    picture: NDArray[np.float64] = imread(BytesIO(sheet.png(SCALE)))
    return picture[..., :3]


def place(frame: Frame, x: float, y: float) -> tuple[float, float]:
    """Give longitude and latitude of a layout pixel, by the formula of the projection."""
    ((cx,), (cy,)) = world_xy(np.array([frame.longitude]), np.array([frame.latitude]))
    mx, my = frame.rect.centre
    units = WORLD / 256 / 2**frame.zoom
    lat, lon = degrees(cx + (x - mx) * units, cy + (y - my) * units)
    return lon, lat


def colour(name: str) -> NDArray[np.float64]:
    return np.array([int(LIGHT[name][i : i + 2], 16) / 255 for i in (1, 3, 5)])


def test_a_claimed_advance_of_2_km_is_2_km_in_the_pixels_of_a_picture() -> None:
    drawing, extent = drawn("ring", 2.0, 12)
    extent.handle = None
    sheet = Sheet(WIDTH, HEIGHT)
    paint_claims(sheet, drawing)
    row = pixels(sheet)[round(extent.centre[1] * SCALE)]
    inks = [colour(side) for side in SIDES]
    hit = np.array([min(np.abs(pixel - ink).max() for ink in inks) < 0.1 for pixel in row])
    columns = np.flatnonzero(hit) + 0.5
    west = columns[columns < extent.centre[0] * SCALE].mean() / SCALE
    east = columns[columns > extent.centre[0] * SCALE].mean() / SCALE
    ends = [place(drawing.frame, x, extent.centre[1]) for x in (west, east)]
    assert distance_m(*ends[0], *ends[1]) == pytest.approx(4000, rel=0.005)


def test_a_claimed_front_of_95_km_is_95_km_along_the_line_that_is_painted() -> None:
    drawing, extent = drawn("line", 95.0, 9)
    sheet = Sheet(WIDTH, HEIGHT)
    paint_claims(sheet, drawing)
    # The scalebar and the signs aside, the line is painted as its rim and its colour.
    paths = [np.asarray(one.get_path().vertices) for one in sheet.figure.axes[0].findobj(PathPatch)]
    longest = max(paths, key=len)
    assert len(longest) == len(extent.lines[0])
    points = [place(drawing.frame, x, y) for x, y in longest]
    along = sum(distance_m(*a, *b) for a, b in pairwise(points))
    assert along == pytest.approx(95_000, rel=0.005)


@pytest.mark.parametrize("zoom", [8, 10.5, 13])
def test_the_scale_bar_is_as_long_as_it_says(zoom: float) -> None:
    frame = Frame(RECT, 48.6, 38.0, zoom)
    km, long_px = bar_length(frame)
    ends = [place(frame, 640 + side * long_px / 2, 360) for side in (-1, 1)]
    assert distance_m(*ends[0], *ends[1]) == pytest.approx(km * 1000, rel=0.005)
    assert 40 < long_px <= 110


@pytest.mark.parametrize("side", SIDES)
def test_a_disc_of_one_side_has_that_sides_colour(side: str) -> None:
    counts = [3 if one == side else 0 for one in SIDES]
    disc = Disc(0, 0, 3, counts, [0, 0, 3, 0], [], radius=20, px=100, py=100, home=(100, 100))
    frame = Frame(RECT, 48.6, 38.0, 11)
    sheet = Sheet(WIDTH, HEIGHT)
    paint_claims(sheet, Drawing(frame, [disc], 68, [], Left(), [], []))
    found = pixels(sheet)[int((100 + 0.7 * disc.radius) * SCALE), int(100 * SCALE)]
    assert found == pytest.approx(colour(side), abs=0.01)


def test_the_wedges_of_a_disc_are_as_wide_as_the_sides_claims_are_many() -> None:
    disc = Disc(0, 0, 4, [1, 3, 0], [0, 4, 0, 0], [], radius=30, px=100, py=100, home=(100, 100))
    sheet = Sheet(200, 200)
    paint_claims(sheet, Drawing(Frame(RECT, 48.6, 38, 11), [disc], 68, [], Left(), [], []))
    turns = np.arange(0, 2 * np.pi, 0.002)
    near_rim = 0.93 * disc.radius
    rows, columns = (
        ((100 + near_rim * along) * SCALE).astype(int) for along in (np.sin(turns), np.cos(turns))
    )
    rim = pixels(sheet)[rows, columns]
    seen = [int((np.abs(rim - colour(side)).max(axis=1) < 0.02).sum()) for side in SIDES]
    assert seen[1] / seen[0] == pytest.approx(3, rel=0.05)
    assert seen[2] == 0


def texts(sheet: Sheet) -> list[str]:
    return [str(one.get_text()) for one in sheet.figure.axes[0].findobj(Text) if one.get_text()]


def test_a_picture_explains_itself() -> None:
    context = Context(record(), BRIEFING, GEO, LINK)
    said = texts(scene_sheet(context, SCENES[0]))
    whole = "\n".join(said)
    assert said.count("TLP:GREEN") == 2
    for words in (
        "Two kilometres",
        "One says so, another denies it.",
        "8\N{EN DASH}14 May 2023",
        "165 of 848 claims shown · 29 of them not placed · as said · all sides",
        "Ukraine says",
        "Russia says",
        "contested",
        "Ground: GeoNames, Natural Earth, drawn by hand ±1 km",
        "5 km",
        "Standing as of 14 May 2023",
        f"digest {record().record.digest[:12]}",
        f"{LINK}?from=2023-05-08&to=2023-05-14&claim={ADVANCE}&at=48.5980,37.9300,11",
        "Hanna Maliar",
        "Bakhmut",
    ):
        assert words in whole, words


def test_a_picture_without_a_marking_says_so() -> None:
    context = Context(record(), replace(BRIEFING, handling=""), GEO, LINK)
    assert texts(scene_sheet(context, SCENES[1])).count("HANDLING NOT SET") == 2


def test_two_narrators_have_two_maps_of_one_view_that_count_their_own_claims() -> None:
    said = texts(scene_sheet(Context(record(), BRIEFING, GEO, LINK), SCENES[2]))
    heads = [one for one in said if one.endswith("claims shown") and ": " in one]
    assert heads == ["Ukraine: 60 claims shown", "Russia: 83 claims shown"]
    assert any("60 and 83 of 848 claims shown" in one for one in said)
    assert said.count("10 km") + said.count("5 km") == 2


def test_a_scene_whose_claim_is_gone_is_drawn_without_one() -> None:
    scene = replace(SCENES[0], claim="no-such-claim")
    assert shown_of(record(), scene).lit == frozenset()
    assert "Two kilometres" in texts(scene_sheet(Context(record(), BRIEFING, GEO, LINK), scene))


def test_the_discs_that_light_up_are_those_that_hold_a_lit_claim() -> None:
    edition = record()
    shown = shown_of(edition, SCENES[0])
    drawing = drawing_of(edition, shown, Frame(RECT, 48.6, 38.0, 10), geo=GEO, measure=measure)
    for disc in drawing.discs:
        held = np.flatnonzero(edition.positions.in_cells(disc.cells) & edition.has_disc)
        assert disc.lit == bool(shown.lit.intersection(held.tolist()))
    assert {disc.lit for disc in drawing.discs} == {True, False}


def test_a_scene_that_keeps_nothing_shows_the_page_s_first_view() -> None:
    frame = fitted(RECT, np.empty((0, 2)))
    assert (frame.latitude, frame.longitude, frame.zoom) == (48.598, 37.93, 11.0)
    nothing = Scene("Nothing", "", Selection(query="xyzzy plugh"))
    said = texts(scene_sheet(Context(record(), BRIEFING, GEO, LINK), nothing))
    assert any("0 of 848 claims shown" in one for one in said)


def test_no_line_is_wider_than_its_room_and_what_is_left_out_is_marked() -> None:
    lines = wrapped("one two three " * 40 + "W" * 300, 12, 150, most=4)
    assert len(lines) == 4
    assert all(text_width(line, 12) <= 150 for line in lines)
    assert lines[-1].endswith("…")
    assert wrapped("a few words", 12, 500, most=4) == ["a few words"]


def test_signs_that_the_face_lacks_are_squares_and_unseen_ones_are_marked() -> None:
    assert plain("Бахмут 中\u202e\n\tx") == "Бахмут \N{WHITE SQUARE}⟨U+202E⟩ x".replace(
        "⟨", plain("⟨")
    ).replace("⟩", plain("⟩"))
