"""Two narrators are a part of the view: in the address, in a scene, and in what the page sends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cartography.edition import Edition, open_edition
from claims.selection import Selection
from components import present, reports, shared
from components.address import read, write
from components.claim_map.claim_map import map_message
from tests.components.page import Page
from tests.components.viewer import FRONT, browsers_of
from tests.report import report_path
from tests.talk import talk_beside_the_report

if TYPE_CHECKING:
    from tests.components.viewer import Arrive, Browser

SIDES = ["ukraine", "russia"]
RIVALS = ["Wagner Group", "Russian Ministry of Defence"]
GEO = Path(__file__).parents[2] / "data" / "geo"


@pytest.fixture(autouse=True)
def the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS", str(report_path()))


@pytest.mark.parametrize("pair", [SIDES, SIDES[::-1], RIVALS, ["third_party", "Wagner Group"]])
def test_a_pair_in_the_address_is_read_written_and_kept_by_a_reload(
    arrive: Arrive, pair: list[str]
) -> None:
    browser = arrive(compare=pair)
    view, selection = browser.run()
    assert (view.compare, view.notices) == (tuple(pair), ())
    assert selection == Selection()
    assert browser.address == {"compare": pair}
    assert arrive(**browser.address).run()[0] == view


def test_a_side_may_be_written_as_people_write_it(arrive: Arrive) -> None:
    browser = arrive(compare=["Third Party", "UKRAINE"])
    assert browser.run()[0].compare == ("third_party", "ukraine")
    assert browser.address == {"compare": ["third_party", "ukraine"]}


@pytest.mark.parametrize(
    ("pair", "word"),
    [
        (["ukraine", "Narnia"], "“Narnia” is no side or organisation"),
        (["ukraine"], "two different narrators"),
        (["russia", "Russia"], "two different narrators"),
        (["ukraine", "russia", "third_party"], "two different narrators"),
    ],
)
def test_what_cannot_be_compared_is_told_and_one_map_is_shown(
    arrive: Arrive, pair: list[str], word: str
) -> None:
    browser = arrive(compare=pair)
    view, _ = browser.run()
    assert view.compare == ()
    assert [word in notice for notice in view.notices] == [True]
    assert browser.address == {}


def test_blank_values_compare_nobody_and_say_nothing(arrive: Arrive) -> None:
    view, _ = arrive(compare=["", " "]).run()
    assert (view.compare, view.notices) == ((), ())


def test_comparing_is_no_filter_an_address_with_it_alone_opens_on_the_record_s_days(
    arrive_on_opening_day: Arrive,
) -> None:
    browser = arrive_on_opening_day(compare=SIDES)
    selection = browser.run()[1]
    assert selection == arrive_on_opening_day().run()[1] != Selection()
    assert browser.address == {"compare": SIDES}


def asks(browser: Browser, names: object) -> tuple[Any, Any]:
    return browser.run(browser.sends(reports.on_compare, compare=names))


def test_the_map_sets_two_side_by_side_swaps_them_and_shows_one_again(arrive: Arrive) -> None:
    browser = arrive(side="russia", claim=FRONT)
    browser.run()
    assert asks(browser, RIVALS)[0].compare == tuple(RIVALS)
    assert browser.address == {"side": ["russia"], "claim": [FRONT], "compare": RIVALS}
    assert asks(browser, RIVALS[::-1])[0].compare == tuple(RIVALS[::-1])
    view, selection = asks(browser, [])
    assert view.compare == ()
    assert selection.sides == {"russia"}
    assert browser.address == {"side": ["russia"], "claim": [FRONT]}


@pytest.mark.parametrize("junk", [None, "ukraine", 3, ["ukraine"], ["ukraine", 7], [["a"], ["b"]]])
def test_what_the_map_may_not_ask_shows_one_map(arrive: Arrive, junk: object) -> None:
    browser = arrive(compare=SIDES)
    browser.run()
    assert asks(browser, junk)[0].compare == ()


def test_back_and_forward_bring_the_pair_back(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    asks(browser, SIDES)
    browser.address = {}
    assert browser.run()[0].compare == ()
    browser.address = {"compare": SIDES}
    assert browser.run()[0].compare == tuple(SIDES)


SCENE = 'title = "Rivals"\nfrom = 2023-05-12\ncompare = ["ukraine", "russia"]\n'
AT_SCENE = {"briefing": ["talk"], "scene": ["5"]}


@pytest.fixture
def with_a_scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """Give the report beside a briefing whose fifth scene compares."""
    claims = talk_beside_the_report(tmp_path)
    talk = tmp_path / "briefings" / "talk.toml"
    talk.write_text(f"{talk.read_text(encoding='utf-8')}\n[[scene]]\n{SCENE}", encoding="utf-8")
    monkeypatch.setenv("CLAIMS", str(claims))
    return open_edition(claims, geo=GEO)


def test_a_scene_brings_its_pair_and_its_number_is_address_enough(with_a_scene: Edition) -> None:
    selection, view = read(AT_SCENE, with_a_scene)
    assert view.compare == tuple(SIDES)
    assert write(selection, view, with_a_scene) == AT_SCENE


@pytest.mark.parametrize("pair", [[], RIVALS, SIDES[::-1]])
@pytest.mark.parametrize("sides", [[], ["russia"]])
def test_another_pair_than_the_scene_s_comes_back_and_so_does_one_map(
    with_a_scene: Edition, monkeypatch: pytest.MonkeyPatch, pair: list[str], sides: list[str]
) -> None:
    browser = browsers_of(with_a_scene, monkeypatch)(**AT_SCENE)
    browser.run()
    browser.run(side=sides)
    view, selection = asks(browser, pair)
    reread, again = read(browser.address, with_a_scene)
    assert (again.compare, reread) == (tuple(pair), selection)
    assert view.compare == tuple(pair)


def test_the_page_sends_the_map_its_pair_and_lists_what_each_says() -> None:
    page = Page(compare=SIDES)
    sent = page.part("map")["compare"]
    assert sent["narrators"] == SIDES
    assert sent["asOf"] is None
    assert page.part("map")["words"]["filters"] == ["as said"]
    told = page.part("compared")
    assert sum(group["count"] for group in told["groups"]) > 10
    assert not page.has("cards")


def test_a_picked_claim_takes_the_list_s_place_and_one_map_sends_no_pair() -> None:
    assert Page(compare=SIDES, claim=FRONT).part("cards")["picked"]
    assert not Page(compare=SIDES, claim=FRONT).has("compared")
    assert Page().part("map")["compare"] is None


def test_words_count_up_to_the_end_of_the_window() -> None:
    before = Page(compare=SIDES, to="2023-05-11").part("map")["compare"]
    after = Page(compare=SIDES, to="2023-05-12").part("map")["compare"]
    assert after["asOf"] - before["asOf"] == 1
    assert after["contradict"] != before["contradict"]
    assert Page(compare=SIDES, to="2023-05-11", clock="happened").part("map")["compare"] == {
        **Page(compare=SIDES).part("map")["compare"]
    }


def test_the_browser_gets_of_a_scene_the_pair_that_python_says_of_its_address(
    with_a_scene: Edition,
) -> None:
    selection, view = read(AT_SCENE, with_a_scene)
    scenes: Any = present.present_message(with_a_scene, view, "")["scenes"]
    keep = shared.keep(with_a_scene, selection)
    said = map_message(with_a_scene, selection, view, keep=keep, voices=())
    assert scenes[4]["picture"]["compare"] == said["compare"] is not None
    assert scenes[4]["picture"]["words"]["filters"] == ["as said"]
    assert [scene["picture"]["compare"] for scene in scenes[:4]] == [None] * 4


def test_a_view_of_two_is_kept_as_a_scene_and_shown_again() -> None:
    page = Page(compare=SIDES, tab="briefing")
    page.test.button("scene_keep").click()
    page.run()
    page.test.session_state["cm_view"] = replace(page.test.session_state["cm_view"], compare=())
    page.run()
    assert page.part("map")["compare"] is None
    page.test.button("scene_0_show").click()
    page.run()
    assert page.part("map")["compare"]["narrators"] == SIDES
