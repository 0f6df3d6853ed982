"""The page names in its headers whom a browser may ask: nobody, or the ground the user chose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen
    from tests.browser.server import Server

GROUNDS = {
    "osm": "tile.openstreetmap.org",
    "topo": "tile.opentopomap.org",
    "imagery": "server.arcgisonline.com",
}
OWN = {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}


def _policy(server: Server, path: str = "") -> dict[str, list[str]]:
    text = server.get(path).headers["content-security-policy"]
    parts = [part.split() for part in text.split(";") if part.strip()]
    return {name: values for name, *values in parts}


def _foreign(policy: dict[str, list[str]]) -> set[str]:
    return {
        value
        for values in policy.values()
        for value in values
        if value not in OWN and not value.startswith("'sha256-")
    }


@pytest.mark.parametrize("path", ["", "?ground=moon", "?side=russia", "healthz", "nowhere"])
def test_no_other_host_is_named_by_default(server: Server, path: str) -> None:
    policy = _policy(server, path)
    assert _foreign(policy) == set()
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert "'unsafe-inline'" not in policy["script-src"]


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_chosen_ground_opens_the_policy_for_its_tiles_and_nothing_else(
    server: Server, ground: str
) -> None:
    policy = _policy(server, f"?ground={ground}")
    hosts = {urlsplit(value).hostname or value for value in _foreign(policy)}
    assert hosts
    assert all(host.removeprefix("*.").endswith(GROUNDS[ground]) for host in hosts)
    only_pictures = {name: values for name, values in policy.items() if name != "img-src"}
    assert _foreign(only_pictures) == set()


@pytest.mark.parametrize("path", ["", "healthz", "readyz", "claims.geojson"])
def test_every_answer_forbids_guessing_of_types_and_tells_no_referrer(
    server: Server, path: str
) -> None:
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in {"no-referrer", "same-origin"}


def test_the_browser_itself_holds_the_policy(screen: Screen) -> None:
    refused = screen.page.evaluate(
        """async () => {
            const heard = new Promise((done) => {
                document.addEventListener("securitypolicyviolation",
                    (event) => done(event.effectiveDirective), { once: true });
                setTimeout(() => done("nothing"), 3000);
            });
            const image = new Image();
            image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
            const script = document.createElement("script");
            script.textContent = "window.ranInline = true";
            document.head.append(script);
            return [await heard, window.ranInline === undefined];
        }"""
    )
    assert refused == ["script-src-elem", True]
    # Chromium says so in the console; here that is the proof, not a fault.
    said = [fault for fault in screen.watch.said if "inline script" in fault]
    assert len(said) == 1
    screen.watch.said.remove(said[0])


def test_with_the_streets_of_openstreetmap_only_that_host_is_asked(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page("?ground=osm", allowed_host=GROUNDS["osm"])
    credit = screen.map.locator(".leaflet-control-attribution")
    expect(credit).to_contain_text("OpenStreetMap")
    expect(screen.map.locator("img.leaflet-tile").first).to_be_visible()
    assert {urlsplit(url).hostname for url in screen.watch.outside} == {GROUNDS["osm"]}
    assert all(urlsplit(url).path.startswith("/11/") for url in screen.watch.outside)


def test_where_the_online_ground_is_out_of_reach_the_drawn_one_stays_and_says_so(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page("?ground=osm", allowed_host=GROUNDS["osm"])
    screen.page.unroute_all()
    screen.watch.said.clear()
    screen.load("?ground=osm&at=48.7000,38.2000,11")
    status = screen.map.get_by_role("status")
    expect(status).to_contain_text("online ground not reached, drawn map shown")
    expect(screen.map.locator("img.leaflet-tile")).to_have_count(0)
    assert all("ERR_NAME_NOT_RESOLVED" in said for said in screen.watch.said)
    screen.watch.said.clear()


def test_an_online_ground_is_chosen_and_left_again_without_losing_the_view(
    open_page: Callable[..., Screen],
) -> None:
    screen = open_page("?side=russia", allowed_host=GROUNDS["osm"])
    assert screen.watch.outside == []
    for name, query in (("OpenStreetMap (online)", "ground=osm"), ("Drawn map", "side=russia$")):
        screen.page.get_by_role("button", name="Ground").press("Enter")
        choice = screen.page.get_by_role("radio", name=name)
        choice.hover()
        # Leaflet ignores a click in the same tick as the opening, by key or by mouse.
        screen.page.evaluate("new Promise((done) => setTimeout(done, 50))")
        choice.click()
        expect(screen.page).to_have_url(re.compile(query))
        expect(screen.map).to_have_attribute("data-ready", "true")
        screen.rest()
        assert screen.address()["side"] == ["russia"]
    credit = screen.map.locator(".leaflet-control-attribution")
    expect(credit).not_to_contain_text("OpenStreetMap")
