"""A pill of the sidebar paints the map before the server has heard of it, and both then agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from tests.browser.expected import kept_ids

if TYPE_CHECKING:
    from tests.browser.screen import Screen

HOLD = """() => {
    window.held = [];
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) { window.held.push([this, data]); };
    window.release = () => {
        WebSocket.prototype.send = send;
        for (const [socket, data] of window.held) send.call(socket, data);
        return window.held.length;
    };
}"""


@pytest.mark.parametrize(
    ("group", "role", "name", "query"),
    [
        ("side", "button", "Russia", "?side=russia"),
        ("standing", "button", "contested", "?standing=contested"),
        ("clock", "radio", "as it happened", "?clock=happened"),
    ],
)
def test_the_map_does_not_wait_for_the_server(
    screen: Screen, group: str, role: Literal["button", "radio"], name: str, query: str
) -> None:
    wanted = len(kept_ids(query))
    once = screen.painted() + 1
    screen.page.evaluate(HOLD)
    screen.page.locator(f".st-key-{group}").get_by_role(role, name=name, exact=True).click()
    # Not only the count, which may be the same before.
    expect(screen.map).to_have_attribute("data-painted", str(once))
    expect(screen.map).to_have_attribute("data-shown", str(wanted))
    assert screen.page.evaluate("release()") >= 1
    expect(screen.page).to_have_url(screen.home + query)
    screen.rest()
    assert screen.painted() == once, "the server's answer is the picture that stands already"
    screen.shows(wanted)
    assert screen.unexpected() == []


def test_an_answer_to_an_earlier_choice_does_not_undo_a_later_one(screen: Screen) -> None:
    pending = screen.page.evaluate(
        """() => {
            const choice = new ClaimMap.Choice();
            const none = { side: null, kind: null };
            const [first, second] = [{ side: [0] }, { side: [0, 1] }];
            choice.put(first); choice.sent();
            choice.put(second); choice.sent();
            const seen = [];
            choice.answered(none, { ...none, ...first });
            seen.push(choice.over(first).side);
            choice.answered({ ...none, ...first }, { ...none, side: [1, 0] });
            seen.push(choice.parts);
            choice.put(first); choice.sent();
            choice.answered({ ...none, ...second }, { ...none, side: [2] });
            seen.push(choice.parts);
            return seen;
        }"""
    )
    assert pending == [[0, 1], None, None]


def test_pills_of_another_kind_are_left_to_the_server(screen: Screen) -> None:
    """Should a later Streamlit name or count its pills otherwise, the map waits for the answer."""
    screen.page.evaluate(
        """() => document.querySelectorAll(".st-key-side button").forEach(
            (pill) => { pill.lastChild.append("?"); })"""
    )
    with screen.repaint():
        screen.page.locator(".st-key-side button").first.click()
    screen.shows(len(kept_ids("?side=ukraine")))
    assert screen.unexpected() == []
