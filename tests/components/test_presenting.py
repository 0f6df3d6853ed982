"""A scene has an address, the browser gets what Python would show, and scenes are kept by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from cartography.edition import Edition, open_edition
from claims.briefing import Briefing
from claims.caches import forget
from claims.selection import Selection
from components import briefing_state, briefings, present, session, shared
from components.address import map_at, read, write
from components.briefings import Place
from components.claim_map.claim_map import map_message
from components.scene_of_view import HOME
from tests.components.page import Page
from tests.talk import FRONT, MALIAR, talk_beside_the_report

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
MAY_12 = 19_489
ADVANCE = Selection(from_day=MAY_12, sides=frozenset({"ukraine"}))


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return talk_beside_the_report(tmp_path_factory.mktemp("talk"))


@pytest.fixture(scope="module")
def record(claims: Path) -> Edition:
    return open_edition(claims, geo=ROOT / "data" / "geo")


@pytest.fixture(autouse=True)
def the_talk(claims: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS", str(claims))


def at_scene(number: int, **more: str) -> dict[str, list[str]]:
    address = {"briefing": ["talk"], "scene": [str(number)], "present": ["1"]}
    return address | {key: [value] for key, value in more.items()}


def test_an_address_that_names_only_a_scene_shows_what_the_scene_shows(record: Edition) -> None:
    selection, view = read(at_scene(2), record)
    assert selection == ADVANCE
    assert record.claim_id(view.claim) == MALIAR
    assert view.place == Place("talk", 1, presenting=True)
    assert map_at(record, view) == (48.59, 37.99, 12)
    assert view.notices == ()


def test_filters_and_a_moved_map_in_the_address_go_before_the_scene_s(record: Edition) -> None:
    selection, view = read(at_scene(2, side="russia", at="48.0000,37.0000,9"), record)
    assert selection == Selection(sides=frozenset({"russia"}))
    assert view.claim is None
    assert map_at(record, view) == (48, 37, 9)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_scene_as_composed_is_written_as_its_number_alone(record: Edition, number: int) -> None:
    assert write(*read(at_scene(number), record), record) == at_scene(number)


@pytest.mark.parametrize(
    "selection", [Selection(), Selection(sides=frozenset({"russia"})), replace(ADVANCE, query="a")]
)
def test_what_differs_from_the_scene_comes_back(record: Edition, selection: Selection) -> None:
    _, view = read(at_scene(2), record)
    without_claim = replace(view, claim=None)
    assert read(write(selection, without_claim, record), record) == (selection, without_claim)


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ({"briefing": ["nowhere"]}, "nowhere"),
        ({"briefing": ["../events"]}, "../events"),
        ({"briefing": ["own-0123"]}, "not kept any more"),
        ({"briefing": ["talk"], "scene": ["9"]}, "1 to 4"),
        ({"briefing": ["talk"], "scene": ["0"]}, "1 to 4"),
        ({"briefing": ["talk"], "scene": ["two"]}, "two"),
        ({"briefing": ["talk"], "scene": ["²"]}, "²"),
        ({"present": ["yes"]}, "yes"),
    ],
)
def test_a_senseless_place_falls_back_with_a_notice(
    record: Edition, address: dict[str, list[str]], word: str
) -> None:
    selection, view = read(address, record)
    assert len(view.notices) == 1
    assert word in view.notices[0]
    assert selection == Selection()
    assert view.place.scene == 0
    assert not view.place.presenting


def test_a_file_that_is_no_briefing_is_named_with_its_fault_and_mended_without_a_restart(
    record: Edition, claims: Path
) -> None:
    broken = claims.parent / "briefings" / "broken.toml"
    broken.write_text("tilte = 'x'", encoding="utf-8")
    try:
        _, view = read({"briefing": ["broken"]}, record)
        assert view.place == Place()
        assert "tilte" in view.notices[1]
        broken.write_text("title = 'x'\n[[scene]]\ntitle = 'y'", encoding="utf-8")
        assert read({"briefing": ["broken"]}, record)[1].notices == ()
    finally:
        broken.unlink()


def test_a_file_that_is_not_there_any_more_takes_no_other_away(
    record: Edition, claims: Path
) -> None:
    link = claims.parent / "briefings" / "gone.toml"
    link.symlink_to(claims.parent / "nowhere.toml")
    try:
        found = briefings.shipped(record)
        assert {name for name, one in found.items() if one.briefing} == {"talk"}
        _, view = read({"briefing": ["gone"]}, record)
        assert "gone.toml: found No such file" in view.notices[1]
        told = Page(tab="briefing").texts
        assert "gone.toml: found No such file" in told
    finally:
        link.unlink()


def test_more_files_than_are_offered_are_told(
    record: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefings, "MAX_FILES", 0)
    _, view = read({"briefing": ["talk"]}, record)
    assert "by name are offered" in view.notices[1]
    told = Page(tab="briefing").texts
    assert told.count("by name are offered") == 1


def test_a_record_without_briefings_has_none(
    record: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS", str(tmp_path / "other.csv"))
    assert briefings.shipped(record) == {}


def test_the_browser_gets_of_each_scene_just_what_python_says_of_its_address(
    record: Edition,
) -> None:
    _, view = read(at_scene(1), record)
    scenes: Any = present.present_message(record, view, "")["scenes"]
    for number, scene in enumerate(scenes, start=1):
        selection, seen = read(at_scene(number), record)
        seen = replace(seen, at=map_at(record, seen))
        keep = shared.keep(record, selection)
        day = selection.as_of_day()
        voices = () if seen.claim is None else record.voices.others(seen.claim, day)
        message: Any = map_message(record, selection, seen, keep=keep, voices=voices)
        message["words"] = {name: message["words"][name] for name in present.SAID}
        assert scene["picture"] == {name: message[name] for name in (*present.PICTURE, "words")}
    assert [scene["picture"]["fit"] for scene in scenes] == [False, False, False, True]


def test_a_scene_with_words_waits_for_python_where_many_claims_are_searched(
    record: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(present, "MAX_MASK_CHARACTERS", 1)
    forget()
    _, view = read(at_scene(1), record)
    scenes: Any = present.present_message(record, view, "")["scenes"]
    forget()
    assert ["selection" in scene["picture"] for scene in scenes] == [True, True, True, False]


def test_scenes_that_are_renamed_or_pick_no_claim_search_no_claims(
    record: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Selection] = []
    monkeypatch.setattr(present, "map_message", counted := Counted(map_message))
    monkeypatch.setattr(shared, "keep", Counted(shared.keep, asked))
    forget()
    briefing = briefings.find(record, "talk")
    assert briefing
    before = present.scenes_message(record, briefing, "")
    assert counted.times == 4
    assert [one for one in asked if not one.query] == [briefing.scenes[n].selection for n in (1, 2)]
    renamed = replace(briefing.scenes[3], title="Another title", text="")
    after = present.scenes_message(
        record, replace(briefing, scenes=(*briefing.scenes[:3], renamed)), ""
    )
    assert counted.times == 4
    assert after == [*before[:3], {**before[3], "title": "Another title", "text": ""}]


def test_a_briefing_without_marking_says_that_it_is_not_set(record: Edition) -> None:
    _, view = read({"present": ["1"]}, record)
    assert present.present_message(record, view, "")["handling"] == "HANDLING NOT SET"
    _, view = read(at_scene(1), record)
    assert present.present_message(record, view, "")["handling"] == "TLP:GREEN"


def test_the_server_remembers_a_bounded_number_of_own_briefings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(briefings, "MAX_OWN", 2)
    names = [briefings.new_name() for _ in range(3)]
    assert len(set(names)) == 3
    for name in names:
        briefings.keep_own(name, Briefing(name, "", ()))
    assert [briefings.own(name) is not None for name in names] == [False, True, True]


def test_the_map_s_home_is_the_same_on_both_sides() -> None:
    script = (ROOT / "components" / "claim_map" / "map_view.js").read_text(encoding="utf-8")
    at = HOME
    home = f"{{ center: [{at.latitude:g}, {at.longitude:g}], zoom: {at.zoom:g} }}"
    assert f"const HOME = {home};" in script


class Counted:
    """A function that tells how often it was called, and with what."""

    def __init__(self, function: Callable[..., Any], asked: list[Any] | None = None) -> None:
        self.function = function
        self.asked = [] if asked is None else asked

    def __call__(self, *told: Any, **more: Any) -> Any:
        """Call it."""
        self.asked.append(told[1])
        return self.function(*told, **more)

    @property
    def times(self) -> int:
        """How often it was called."""
        return len(self.asked)


def test_a_scene_the_browser_steps_to_is_taken_over(
    record: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, view = read(at_scene(1), record)
    step = {"briefing": "talk", "scene": "3", "present": "1"}
    state: dict[str, Any] = {"cm_view": view, "cm_claim": "", "present": {"place": step}}
    monkeypatch.setattr(session, "st", SimpleNamespace(session_state=state))
    monkeypatch.setattr(shared, "edition", lambda: record)
    briefing_state.on_place()
    assert state["cm_view"].place == Place("talk", 2, presenting=True)
    assert state["cm_claim"] == FRONT
    assert state["side"] == ["russia"]
