"""A mark, a line or a ring is picked where it is drawn; its claim and its answers come up."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.expected import read_rows

if TYPE_CHECKING:
    from tests.browser.screen import Screen
    from tests.browser.server import Server

MALIAR = "ua-mod-maliar-advance-2km-2023-05-12"
DENIAL = "ru-mod-denies-advance-2023-05-11"
PRIGOZHIN = "ru-wagner-prigozhin-counterattacks-2023-05-12"
SOLEDAR = "ru-mod-26-attacks-repelled-soledar-2023-05-12"
BAKHMUT = (48.5956, 38.0005)
KM_PER_DEGREE = 111.2
EMPTY_GROUND = (48.50, 38.05)


def _off_bakhmut(bearing_deg: float, km: float) -> tuple[float, float]:
    """Give the place so far from Bakhmut; good to some metres, a pixel is 50 m wide."""
    lat, lon = BAKHMUT
    north, east = math.cos(math.radians(bearing_deg)), math.sin(math.radians(bearing_deg))
    across = KM_PER_DEGREE * math.cos(math.radians(lat))
    return lat + km * north / KM_PER_DEGREE, lon + km * east / across


def _bare_ring_point(screen: Screen) -> tuple[float, float]:
    """Find a place 2 km from Bakhmut where no button lies over the ring."""
    for bearing_deg in range(90, 450, 15):
        place = _off_bakhmut(bearing_deg, 2.0)
        if screen.is_bare(*screen.point(*place)):
            return place
    message = "the whole ring lies under buttons"
    raise AssertionError(message)


def _drawn_line(server: Server) -> list[tuple[float, float]]:
    features = server.get("claims.geojson?q=Soledar&kind=attack_repelled").json()["features"]
    assert [feature["id"] for feature in features] == [SOLEDAR]
    return [(lat, lon) for lon, lat in features[0]["geometry"]["coordinates"]]


def _strength(patch: list[int]) -> int:
    """Sum the opacity of a patch of the canvas: how much is drawn there."""
    return sum(patch[3::4])


def test_picking_the_2_km_mark_brings_its_claim_and_then_who_denies_it(screen: Screen) -> None:
    screen.ring_mark.click()
    expect(screen.current).to_have_count(1)
    assert screen.card_ids()[:3] == [MALIAR, DENIAL, PRIGOZHIN]
    expect(screen.cards.nth(0)).to_contain_text("Hanna Maliar")
    expect(screen.cards.nth(1)).to_contain_text("denies")
    expect(screen.cards.nth(2)).to_contain_text("against own side")
    expect(screen.ring_mark).to_have_attribute("aria-pressed", "true")
    expect(screen.page).to_have_url(f"{screen.home}?claim={MALIAR}")
    topic = next(row["topic"] for row in read_rows() if row["claim_id"] == MALIAR)
    others = {row["claim_id"] for row in read_rows() if row["topic"] == topic}
    assert set(screen.card_ids()) == others


def test_each_card_tells_speaker_role_words_both_dates_place_and_source(screen: Screen) -> None:
    screen.ring_mark.click()
    expect(screen.current).to_have_count(1)
    rows: dict[str, dict[str, str]] = {row["claim_id"]: row for row in read_rows()}
    for claim_id, card in zip(screen.card_ids(), screen.cards.all(), strict=True):
        row = rows[claim_id]
        for column in ("claimant", "role", "statement", "quote", "place", "outlet"):
            expect(card).to_contain_text(row[column])
        expect(card.get_by_role("img")).to_have_attribute(
            "aria-label", {"ukraine": "Ukraine", "russia": "Russia"}[row["side"]]
        )
        expect(card).to_contain_text(f"said {int(row['said_on'][-2:])} May 2023")
        happened = "event 8\N{EN DASH}12 May" if row["event_start"] else "day of the event not"
        expect(card).to_contain_text(happened)
        if row["source_url"]:
            link = card.get_by_role("link")
            expect(link).to_have_attribute("href", row["source_url"])
            expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_the_ring_is_drawn_2_km_from_bakhmut_and_not_at_1_5_or_3_km(screen: Screen) -> None:
    for bearing_deg in (60, 90, 120, 270, 300):
        on = _strength(screen.canvas_patch(*_off_bakhmut(bearing_deg, 2.0), 1))
        assert on > 9 * 200
        for km in (1.5, 3.0):
            assert _strength(screen.canvas_patch(*_off_bakhmut(bearing_deg, km), 1)) < 9 * 60


def test_the_geometry_of_the_voice_that_is_answered_lights_up(screen: Screen) -> None:
    place = _bare_ring_point(screen)
    at_rest = screen.canvas_patch(*place, 6)
    with screen.repaint():
        screen.page.locator(f'[data-claim="{DENIAL}"] .cm-speaker').click()
    expect(screen.current).to_have_attribute("data-claim", DENIAL)
    lit = screen.canvas_patch(*place, 6)
    assert _strength(lit) > 1.05 * _strength(at_rest)


def test_a_claim_of_another_proposition_lights_no_ring(screen: Screen) -> None:
    place = _bare_ring_point(screen)
    at_rest = screen.canvas_patch(*place, 6)
    with screen.repaint():
        screen.line_mark.click()
    expect(screen.current).to_have_attribute("data-claim", SOLEDAR)
    assert screen.canvas_patch(*place, 6) == at_rest


def test_picking_the_95_km_mark_brings_one_claim_that_nobody_answers(screen: Screen) -> None:
    with screen.repaint():
        screen.line_mark.click()
    screen.has_cards(1)
    expect(screen.current).to_have_attribute("data-claim", SOLEDAR)
    panel = screen.page.locator(".st-key-cards")
    expect(panel).to_contain_text("Nobody else in this record speaks to this proposition.")
    expect(screen.current).to_contain_text("95 km along the sector, end points not stated")
    assert screen.address()["claim"] == [SOLEDAR]


def test_picking_the_disc_brings_every_claim_placed_at_bakhmut_by_a_point(screen: Screen) -> None:
    with screen.repaint():
        screen.disc_mark.click()
    placed = {row["claim_id"] for row in read_rows() if row["place"] == "Bakhmut"}
    screen.has_cards(len(placed))
    assert set(screen.card_ids()) == placed
    expect(screen.page.locator(".st-key-cards")).to_contain_text(f"{len(placed)} claims at Bakhmut")
    expect(screen.disc_mark).to_have_attribute("aria-pressed", "true")
    assert "disc" in screen.address()


def test_all_claims_come_back_with_the_button_over_the_cards(screen: Screen) -> None:
    with screen.repaint():
        screen.line_mark.click()
    with screen.repaint():
        screen.page.get_by_role("button", name="All claims").click()
    screen.has_cards(len(read_rows()))
    assert screen.address() == {}


def test_a_click_on_the_ring_itself_picks_its_claim(screen: Screen) -> None:
    x, y = screen.point(*_bare_ring_point(screen))
    with screen.repaint():
        screen.page.mouse.click(x, y)
    expect(screen.current).to_have_attribute("data-claim", MALIAR)


def test_a_click_on_the_line_itself_picks_its_claim(screen: Screen, server: Server) -> None:
    frame: Any = screen.map.bounding_box()
    ring = screen.point(*BAKHMUT)
    points = [screen.point(*place) for place in _drawn_line(server)]
    bare = [
        (x, y)
        for x, y in points
        if frame["y"] < y < frame["y"] + frame["height"]
        and math.hypot(x - ring[0], y - ring[1]) > 80
        and screen.is_bare(x, y)
    ]
    assert len(bare) > 10
    with screen.repaint():
        screen.page.mouse.click(*bare[len(bare) // 3])
    expect(screen.current).to_have_attribute("data-claim", SOLEDAR)


def test_a_click_on_empty_ground_ends_the_choice(screen: Screen) -> None:
    with screen.repaint():
        screen.ring_mark.click()
    with screen.repaint():
        screen.page.mouse.click(*screen.point(*EMPTY_GROUND))
    expect(screen.current).to_have_count(0)
    screen.has_cards(len(read_rows()))
    assert screen.address() == {}


def test_dragging_the_map_by_a_mark_moves_it_and_picks_nothing(screen: Screen) -> None:
    box: Any = screen.disc_mark.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = screen.view()
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    screen.page.mouse.move(x + 60, y + 20, steps=4)
    screen.page.mouse.move(x + 120, y + 40, steps=4)
    screen.page.mouse.up()
    expect(screen.page).to_have_url(re.compile(r"[?&]at="))
    screen.rest()
    after = screen.view()
    assert after[1] < before[1]
    assert after[2] == before[2]
    expect(screen.current).to_have_count(0)
    assert set(screen.address()) == {"at"}
    screen.has_cards(len(read_rows()))
