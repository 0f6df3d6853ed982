"""The ground and its names draw in a real browser without the web, and no name lies on another."""

from __future__ import annotations

import importlib.resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from cartography.ground import ground_script
from cartography.symbols import css_variables
from tests.browser.rects import apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.screen import Screen

ROOT = Path(__file__).resolve().parent.parent.parent
BROWSER_CODE = ROOT / "components" / "claim_map"
LEAFLET = importlib.resources.files("js_lib_leaflet") / "static" / "js_lib_leaflet"
NAMES = ("type_scale", "canvas", "labels", "name_type", "name_stands", "names", "name_lines")


@pytest.fixture
def ground(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 900, "height": 600})
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.set_content(
        '<!doctype html><title>ground</title><div id="m" data-cm-theme="light"'
        ' style="width:900px;height:600px"></div>'
    )
    styles = (
        (LEAFLET / "leaflet.css").read_text(encoding="utf-8"),
        css_variables(),
        (ROOT / "cartography" / "ground.css").read_text(encoding="utf-8"),
    )
    for css in styles:
        page.add_style_tag(content=css)
    scripts = (
        (LEAFLET / "leaflet.js").read_text(encoding="utf-8"),
        *((BROWSER_CODE / f"{name}.js").read_text(encoding="utf-8") for name in NAMES),
        ground_script(ROOT / "data" / "geo"),
    )
    for code in scripts:
        page.add_script_tag(content=code)
    page.evaluate(
        """() => {
            const element = document.getElementById('m');
            window.map = ClaimMap.ground(element, {center: [48.6, 38.0], zoom: 10});
            const options = {names: ClaimMap.groundNames};
            window.names = new ClaimMap.NameLayer(ClaimMap.places, options).addTo(window.map);
        }"""
    )
    yield page
    page.close()
    assert [url for url in asked if url.startswith("http")] == []
    assert faults == []


def test_the_ground_opens_at_the_asked_view_and_marks_its_zoom(ground: Page) -> None:
    assert ground.locator("#m").get_attribute("data-cm-zoom") == "10"
    ground.evaluate("() => { map.setZoom(12, {animate: false}); }")
    assert ground.locator("#m").get_attribute("data-cm-zoom") == "12"
    centre = ground.evaluate("[map.getCenter().lat, map.getCenter().lng]")
    assert centre == pytest.approx([48.6, 38.0], abs=0.01)


def test_the_credit_names_the_sources_and_leaflet_without_its_prefix(ground: Page) -> None:
    credit = ground.locator(".leaflet-control-attribution")
    assert credit.inner_text() == "Ground: GeoNames, Natural Earth, drawn by hand ±1 km · Leaflet"
    assert credit.locator("svg").count() == 0


def test_main_roads_have_a_casing_wider_than_their_fill_in_the_theme_s_colours(
    ground: Page,
) -> None:
    read = "(e) => [getComputedStyle(e).stroke, parseFloat(getComputedStyle(e).strokeWidth)]"
    casing = ground.locator(".cm-road-1.cm-road-casing").first.evaluate(read)
    fill = ground.locator(".cm-road-1.cm-road-fill").first.evaluate(read)
    assert casing[0] == "rgb(255, 253, 248)"
    assert fill[0] == "rgb(201, 190, 168)"
    assert casing[1] > fill[1] > 1


def test_names_never_overlap_and_bakhmut_is_among_them_at_every_zoom(ground: Page) -> None:
    for zoom in range(8, 15):
        ground.evaluate("(zoom) => { map.setView([48.6, 38.0], zoom, {animate: false}); }", zoom)
        placed = ground.evaluate("names.placed()")
        assert "Bakhmut" in {rect["name"] for rect in placed}
        rects = [{**rect, "width": rect["w"], "height": rect["h"]} for rect in placed]
        for index, one in enumerate(rects):
            for other in rects[:index]:
                assert one["name"] == other["name"] or apart(one, other, 0)


def test_on_a_stage_of_1080p_towns_have_18_pixels_or_more_and_names_still_never_overlap(
    ground: Page,
) -> None:
    ground.set_viewport_size({"width": 1920, "height": 1080})
    ground.evaluate(
        """() => {
            document.documentElement.dataset.cmPresent = "";
            Object.assign(document.getElementById("m").style, {width: "1400px", height: "900px"});
            map.invalidateSize({animate: false});
        }"""
    )
    for zoom in range(8, 15):
        ground.evaluate("(zoom) => { map.setView([48.6, 38.0], zoom, {animate: false}); }", zoom)
        placed = ground.evaluate("names.placed()")
        places = [rect for rect in placed if "size" in rect]
        assert "Bakhmut" in {rect["name"] for rect in places}
        assert min(rect["size"] for rect in places if rect["rank"] <= 2) >= 18
        assert min(rect["size"] for rect in places) >= 16
        # The room that is kept is that of the large type.
        assert all(rect["h"] >= rect["size"] for rect in places)
        rects = [{**rect, "width": rect["w"], "height": rect["h"]} for rect in placed]
        for index, one in enumerate(rects):
            for other in rects[:index]:
                assert one["name"] == other["name"] or apart(one, other, 0)


@pytest.mark.parametrize(
    ("size", "scale"), [((1920, 1080), 1.6), ((1280, 720), 1.6 * 2 / 3), ((390, 844), 1)]
)
def test_type_grows_with_the_stage_and_never_below_its_size_on_the_page(
    ground: Page, size: tuple[int, int], scale: float
) -> None:
    ground.set_viewport_size({"width": size[0], "height": size[1]})
    assert ground.evaluate("ClaimMap.typeScale()") == 1
    ground.evaluate("() => { document.documentElement.dataset.cmPresent = ''; }")
    assert ground.evaluate("ClaimMap.typeScale()") == pytest.approx(scale)


def test_names_give_way_to_what_the_claims_take(ground: Page) -> None:
    before = ground.evaluate("names.placed().find((rect) => rect.name === 'Bakhmut')")
    taken = [{"x": before["x"], "y": before["y"], "w": before["w"], "h": before["h"]}]
    after = ground.evaluate(
        """(taken) => {
            names.placeTowns(taken);
            return names.finish([]).placed().find((rect) => rect.name === 'Bakhmut');
        }""",
        taken,
    )
    assert (after["x"], after["y"]) != (before["x"], before["y"])


def test_towns_do_not_move_for_notes_that_keep_clear_of_them_and_villages_do(ground: Page) -> None:
    ground.evaluate("() => { map.setView([48.6, 38.0], 12, {animate: false}); }")
    alone = {rect["name"]: rect for rect in ground.evaluate("names.placed()") if "rank" in rect}
    village = next(rect for rect in alone.values() if rect["rank"] > 2)
    noted = ground.evaluate(
        """(note) => {
            const towns = names.placeTowns([]);
            return {towns, placed: names.finish([note]).placed()};
        }""",
        {name: village[name] for name in ("x", "y", "w", "h")},
    )
    places = {rect["name"]: rect for rect in noted["placed"] if "rank" in rect}
    towns = [rect for rect in places.values() if rect["rank"] <= 2]
    assert noted["towns"] == [{name: rect[name] for name in ("x", "y", "w", "h")} for rect in towns]
    assert len(towns) > 0
    assert places.get(village["name"]) != village


@pytest.fixture
def driven(ground: Page) -> Page:
    """Let the test place the names, and count how often their canvas is drawn anew."""
    ground.evaluate(
        """() => {
            names.remove();
            const options = {names: ClaimMap.groundNames, driven: true};
            window.names = new ClaimMap.NameLayer(ClaimMap.places, options).addTo(window.map);
            window.drawn = 0;
            const blank = ClaimMap.blankCanvas;
            ClaimMap.blankCanvas = (...given) => { drawn += 1; return blank(...given); };
        }"""
    )
    return ground


def test_names_that_claims_drive_wait_for_them_and_are_drawn_once_a_layout(driven: Page) -> None:
    canvas = driven.locator("canvas.cm-names")
    expect(canvas).to_be_hidden()
    driven.evaluate("() => { map.setView([48.7, 38.1], 11, {animate: false}); }")
    expect(canvas).to_be_hidden()
    assert driven.evaluate("[drawn, names.placed()]") == [0, []]
    note = {"x": 300, "y": 200, "w": 120, "h": 50}
    place = "(note) => { const towns = names.placeTowns([]); names.finish([note]); return towns; }"
    towns = driven.evaluate(place, note)
    expect(canvas).to_be_visible()
    assert driven.evaluate("drawn") == 1
    assert len(towns) > 0
    assert driven.evaluate(place, note) == towns
    assert driven.evaluate("drawn") == 1
    driven.evaluate("() => { names.placeTowns([]); names.finish([]); }")
    assert driven.evaluate("drawn") == 2


def test_names_that_wait_show_nothing_until_they_are_placed_again(driven: Page) -> None:
    canvas = driven.locator("canvas.cm-names")
    driven.evaluate("() => { names.placeTowns([]); names.finish([]); }")
    before = driven.evaluate("names.placed()")
    driven.evaluate(
        """() => {
            names.wait();
            map.setView([48.7, 38.1], 11, {animate: false});
            names.redraw();
        }"""
    )
    expect(canvas).to_be_hidden()
    assert driven.evaluate("names.placed()") == before
    driven.evaluate("() => { names.placeTowns([]); names.finish([]); }")
    expect(canvas).to_be_visible()
    assert driven.evaluate("names.placed()") != before


def test_on_the_page_a_move_lays_names_and_claims_out_once(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page()
    screen.page.wait_for_timeout(300)  # the labels of the first view
    drawn = """async (move) => {
        const seen = [];
        const blank = ClaimMap.blankCanvas;
        ClaimMap.blankCanvas = (pen, ...more) => {
            seen.push(pen.canvas.className.split(" ")[0]);
            return blank(pen, ...more);
        };
        if (move === "pan") leafletMap.panBy([40, 30], {animate: false});
        else leafletMap.setView([48.6, 38.0], leafletMap.getZoom() + 1, {animate: false});
        ClaimMap.blankCanvas = blank;
        // Stale notes are wiped before others are placed.
        return seen.filter((one) => one === "cm-names" || one === "cm-claims-canvas").sort();
    }"""
    once = ["cm-claims-canvas", "cm-names"]
    assert screen.page.evaluate(drawn, "pan") == once
    assert screen.page.evaluate(drawn, "zoom") == once
    expect(screen.page.locator("canvas.cm-names")).to_be_visible()


def test_choosing_a_tile_layer_tells_the_page_which_one(ground: Page) -> None:
    ground.evaluate("() => { ClaimMap.onOnlineGround = (key) => { window.chosen = key; }; }")
    radio = ground.locator(".leaflet-control-layers label", has_text="OpenTopoMap").locator("input")
    radio.evaluate("(input) => { input.click(); }")
    assert ground.evaluate("window.chosen") == "topo"


def test_names_stay_on_their_places_while_the_map_zooms(ground: Page) -> None:
    drift_px = ground.evaluate(
        """() => new Promise((done) => {
            const place = [48.5956, 38.0005];
            const before = map.latLngToContainerPoint(place);
            let stretched = null;
            map.on('zoomanim', () => {
                const canvas = document.querySelector('canvas.cm-names');
                stretched = new DOMMatrix(canvas.style.transform)
                    .transformPoint(new DOMPoint(before.x, before.y));
                const pane = L.DomUtil.getPosition(map.getPane('mapPane'));
                stretched = {x: stretched.x + pane.x, y: stretched.y + pane.y};
            });
            map.once('zoomend', () => {
                const after = map.latLngToContainerPoint(place);
                done(Math.hypot(after.x - stretched.x, after.y - stretched.y));
            });
            map.panBy([37, 23], {animate: false});
            const moved = map.latLngToContainerPoint(place);
            before.x = moved.x;
            before.y = moved.y;
            map.setZoomAround([200, 150], 11, {animate: true});
        })"""
    )
    assert drift_px < 1.5
