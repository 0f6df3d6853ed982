"""The open page as a reader meets it: what it shows, and the hands that change it."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from tests.browser.watch import Watch

# Leaflet names no map to the outside; the tests ask it where it looks.
LEAFLET_TELLS = """(() => {
  let leaflet;
  Object.defineProperty(window, "L", {
    configurable: true,
    get: () => leaflet,
    set: (given) => {
      leaflet = given;
      given.Map.addInitHook(function () {
        window.leafletMap = this;
        (window.leafletMaps ||= []).push(this);
      });
    },
  });
})();"""
STEP = """(query) => {
    history.pushState({}, "", location.pathname + query);
    dispatchEvent(new PopStateEvent("popstate", {state: {}}));
}"""
TO_THE_TOP = """() => {
    document.activeElement.blur();
    for (const one of document.querySelectorAll("*"))
        if (one.scrollTop || one.scrollLeft) one.scrollTo(0, 0);
}"""
RUN_WITHIN_S = 15


def read_to_the_end(panel: Locator) -> list[str]:
    """Scroll through a list of cards, which comes as it is read, and back to where it was.

    Parameters
    ----------
    panel : playwright.sync_api.Locator
        The part that shows the cards.

    Returns
    -------
    list of str
        The claims of all its cards, in order.
    """
    found: list[str] = panel.evaluate(
        """async (panel) => {
            const cards = () => [...panel.querySelectorAll(".cm-card")];
            const places = [];
            for (let box = panel; box; box = box.parentElement) places.push([box, box.scrollTop]);
            const late = performance.now() + 30000;
            while (cards().length < Number(panel.dataset.cards)) {
                if (performance.now() > late) throw new Error("no more cards come");
                cards().pop()?.scrollIntoView({ block: "end" });
                await new Promise((done) => setTimeout(done, 20));
            }
            for (const [box, top] of places) box.scrollTop = top;
            return cards().map((one) => one.dataset.claim);
        }"""
    )
    return found


class Screen:
    """One open page of the app."""

    def __init__(self, page: Page, home: str, watch: Watch) -> None:
        self.page = page
        self.home = home
        self.watch = watch
        self.map = page.get_by_test_id("claim-map")
        self.cards = page.locator(".st-key-cards .cm-card")
        self.current = page.locator(".st-key-cards .cm-card.cm-current")
        self.marks = page.locator(".cm-mark")
        self.ring_mark = page.get_by_role("button", name=re.compile("^2 km advance"))
        self.line_mark = page.get_by_role("button", name=re.compile("along 95 km"))
        self.disc_mark = page.get_by_role("button", name=re.compile(r"^\d+ claims?, Bakhmut"))

    def load(self, query: str = "", *, ready: bool = True) -> None:
        """Open the page under a query string ("?side=russia")."""
        self.page.bring_to_front()
        # The first view stands before the server's first run of the page has begun.
        self.watch.runs = True
        self.page.goto(self.home + query)
        if ready:
            expect(self.map).to_have_attribute("data-ready", "true", timeout=30_000)
            self.rest()
            expect(self.page.locator(".cm-early")).to_have_count(0)
            # Streamlit fetches each widget's code only when the page first has one.
            for drawn_late in (".st-key-from [role=spinbutton]", ".st-key-q input"):
                expect(self.page.locator(drawn_late).first).to_be_attached()

    def go(self, query: str) -> None:
        """Step to another address without a reload, as the browser's back and forward do."""
        if self.query() == query:
            return
        with self.repaint():
            self.page.evaluate(STEP, query)

    def bring(self, query: str) -> None:
        """Step to another address, or load it where a step does not lead all the way.

        A map that has been moved stays where it is when the address names no place.
        """
        if self.query() != query and "at=" not in self.query() + query:
            asked, deadline = self.watch.runs_asked, time.monotonic() + RUN_WITHIN_S
            self.page.evaluate(STEP, query)
            while self.watch.runs_asked == asked and time.monotonic() < deadline:
                self.page.wait_for_timeout(10)
            self.rest()
        if self.query() != query:
            self.load(query)

    @contextmanager
    def repaint(self) -> Iterator[None]:
        """Wait, after what is done within, until the map has painted again and the page rests."""
        before = self.painted()
        yield
        self.page.wait_for_function(
            """(before) => {
                const map = document.querySelector('[data-testid="claim-map"]');
                return map && Number(map.dataset.painted) > before;
            }""",
            arg=before,
        )
        # The map may have painted before the server is asked, which Streamlit does a little later.
        self.page.evaluate("new Promise((done) => setTimeout(done, 60))")
        self.rest()

    def rest(self) -> None:
        """Wait until the server's runs of the page have ended and what they sent is drawn.

        Raises
        ------
        TimeoutError
            If a run takes longer than 15 seconds.
        """
        deadline = time.monotonic() + RUN_WITHIN_S
        while self.watch.runs:
            if time.monotonic() > deadline:
                raise TimeoutError(self.page.url)
            self.page.wait_for_timeout(10)
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")

    def _number(self, name: str) -> int:
        return int(self.map.get_attribute(name) or -1)

    def shown(self) -> int:
        """Read how many claims the map shows."""
        return self._number("data-shown")

    def total(self) -> int:
        """Read of how many claims."""
        return self._number("data-total")

    def painted(self) -> int:
        """Read how often the map has painted."""
        return self._number("data-painted")

    def shows(self, count: int) -> None:
        """Wait until the map shows so many claims."""
        expect(self.map).to_have_attribute("data-shown", str(count))

    def address(self) -> dict[str, list[str]]:
        """Read the parameters of the address."""
        return parse_qs(urlsplit(self.page.url).query)

    def query(self) -> str:
        """Read the query string with its question mark, "" where there is none."""
        query = urlsplit(self.page.url).query
        return f"?{query}" if query else ""

    def has_cards(self, count: int) -> None:
        """Wait until the list beside the map is of so many cards, and see them all."""
        panel = self.page.locator(".st-key-cards .cm-cards")
        expect(panel).to_have_attribute("data-cards", str(count))
        self.card_ids()

    def card_ids(self) -> list[str]:
        """Read the claims of the cards beside the map, in order, to the last.

        All are drawn as for paper, which takes less time than to scroll through them.
        """
        panel = self.page.locator(".st-key-cards .cm-cards")
        self.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(panel.locator(".cm-card")).to_have_count(int(panel.get_attribute("data-cards") or 0))
        found: list[str] = self.cards.evaluate_all("(all) => all.map((one) => one.dataset.claim)")
        return found

    def view(self) -> tuple[float, float, float]:
        """Ask Leaflet for latitude, longitude and zoom of the map."""
        lat, lon, zoom = self.page.evaluate(
            "[leafletMap.getCenter().lat, leafletMap.getCenter().lng, leafletMap.getZoom()]"
        )
        return lat, lon, zoom

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """Give where on the page, in CSS pixels, the map shows a place."""
        x, y = self.page.evaluate(
            """(place) => {
                const home = leafletMap.getContainer().getBoundingClientRect();
                const point = leafletMap.latLngToContainerPoint(place);
                return [home.x + point.x, home.y + point.y];
            }""",
            [lat, lon],
        )
        return x, y

    def is_bare(self, x: float, y: float) -> bool:
        """Tell whether nothing but the map's canvas and ground lies at a point of the page."""
        bare: bool = self.page.evaluate(
            """([x, y]) => {
                const top = document.elementFromPoint(x, y);
                return Boolean(top && top.closest(".cm-leaflet")) &&
                    !top.closest("button, a, .leaflet-control, .cm-mark, .cm-furniture");
            }""",
            [x, y],
        )
        return bare

    def canvas_patch(self, lat: float, lon: float, half_px: int) -> list[int]:
        """Read the colours of the claims' canvas in a square about a place, 4 numbers a pixel."""
        found: list[int] = self.page.evaluate(
            """([x, y, half]) => {
                const canvas = leafletMap.getPane("cm-claims").querySelector("canvas");
                const box = canvas.getBoundingClientRect();
                const scale = canvas.width / box.width;
                const [px, py] = [(x - box.x) * scale, (y - box.y) * scale].map(Math.round);
                const size = 2 * half + 1;
                // Read from a copy: reading a canvas often changes how Chromium keeps it.
                const copy = document.createElement("canvas").getContext("2d");
                copy.drawImage(canvas, px - half, py - half, size, size, 0, 0, size, size);
                const pixels = copy.getImageData(0, 0, size, size);
                return Array.from(pixels.data);
            }""",
            [*self.point(lat, lon), half_px],
        )
        return found

    def tag_map(self) -> None:
        """Mark the map's elements, so that a new map would be told from this one."""
        self.page.evaluate(
            """() => {
                window.tagged = [document.querySelector('[data-testid="claim-map"]'),
                    leafletMap.getContainer()];
                window.taggedMap = leafletMap;
            }"""
        )

    def is_tagged_map(self) -> bool:
        """Tell whether the map on the page is the very one that was marked."""
        same: bool = self.page.evaluate(
            """() => window.taggedMap === leafletMap &&
                window.tagged[0] === document.querySelector('[data-testid="claim-map"]') &&
                window.tagged.every((element) => element.isConnected)"""
        )
        return same

    def pill(self, key: str, name: str) -> Locator:
        """Find a pill of the sidebar by its widget's key and its words."""
        return self.page.locator(f".st-key-{key}").get_by_role("button", name=name, exact=True)

    def tab(self, name: str) -> Locator:
        """Open a tab and give its panel."""
        self.page.get_by_role("tab", name=name).click()
        panel = self.page.get_by_role("tabpanel", name=name)
        expect(panel).to_be_visible()
        return panel

    def open_tab(self) -> str:
        """Read the name of the open tab."""
        return self.page.locator('[role="tab"][aria-selected="true"]').inner_text()

    def unexpected(self) -> Any:
        """List what the page did and should not have done so far."""
        return self.watch.faults()
