"""A scene has an address, the browser gets what Python would show, and scenes are kept by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from cartography.edition import Edition, open_edition
from claims.briefing import Briefing, MapView, Scene, briefing_text
from claims.caches import forget
from claims.selection import Selection
from components import briefing_state, briefings, present, session, shared
from components.address import map_at, read, write
from components.briefings import Place
from components.claim_map.claim_map import map_message
from components.scene_of_view import HOME
from tests.talk import FRONT, MALIAR, talk_beside_the_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
        told = "\n".join(text.value for text in Page(tab="briefing").test.text)
        assert "gone.toml: found No such file" in told
    finally:
        link.unlink()


def test_more_files_than_are_offered_are_told(
    record: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefings, "MAX_FILES", 0)
    _, view = read({"briefing": ["talk"]}, record)
    assert "by name are offered" in view.notices[1]
    told = "\n".join(text.value for text in Page(tab="briefing").test.text)
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
    script = (ROOT / "components" / "claim_map" / "claim_map.js").read_text(encoding="utf-8")
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


class Page:
    """The page as the browser would get it, open on the tab that keeps scenes."""

    def __init__(self, **address: str) -> None:
        self.test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        self.test.query_params.update(address)
        self.run()

    def run(self) -> None:
        """Run the page once more."""
        self.test.run()
        assert not self.test.exception

    def press(self, key: str) -> None:
        """Press a button."""
        self.test.button(key).click()
        self.run()

    def type(self, key: str, text: str) -> None:
        """Fill the first field whose key begins so."""
        fields = [one for one in self.test.text_input if str(one.key).startswith(key)]
        fields[0].set_value(text)
        self.run()

    def keep(self, title: str) -> None:
        """Keep the page as a scene."""
        self.test.text_input("scene_title").set_value(title)
        self.press("scene_keep")

    @property
    def titles(self) -> list[str]:
        """The titles of the own scenes, in order."""
        return [scene["title"] for scene in self.part("present")["scenes"]] or [
            str(one.value) for one in self.test.text_input if "_title_" in str(one.key)
        ]

    def own(self) -> Briefing:
        """Give what the server remembers of the own scenes."""
        found = briefings.own(self.test.session_state["cm_own"])
        assert found
        return found

    def part(self, key: str) -> dict[str, Any]:
        """Give what the page sends to one of its parts."""
        (found,) = [node for node in nodes(self.test._tree) if getattr(node, "key", "") == key]  # noqa: SLF001  (no public way to components of our own)
        data: dict[str, Any] = json.loads(found.proto.json)
        return data


def last_values(page: Page) -> dict[str, str]:
    """Give the address of a page, of each parameter the last value."""
    address = page.test.query_params.items()
    return {key: one if isinstance(one, str) else one[-1] for key, one in address}


def nodes(block: Any) -> Iterator[Any]:
    """Walk through everything on the page."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from nodes(child)


def test_a_kept_scene_holds_filters_claim_place_title_and_line() -> None:
    page = Page(tab="briefing", side="russia", claim=FRONT, at="48.6800,38.0900,10")
    page.test.text_input("scene_text").set_value("The end points were not stated.")
    page.keep("Ninety-five kilometres")
    assert page.own().scenes == (
        Scene(
            "Ninety-five kilometres",
            "The end points were not stated.",
            Selection(sides=frozenset({"russia"})),
            FRONT,
            MapView(48.68, 38.09, 10),
        ),
    )
    assert page.test.text_input("scene_title").value == ""


def test_a_kept_scene_shows_all_that_it_keeps_where_the_page_does() -> None:
    page = Page(tab="briefing", briefing="talk", scene="4")
    assert page.part("map")["fit"]
    page.keep("as it was")
    assert page.own().scenes[0].view is None
    page = Page(tab="briefing")
    page.keep("nowhere")
    assert page.own().scenes[0].view == HOME


def test_scenes_are_put_in_order_renamed_deleted_and_brought_back() -> None:
    page = Page(tab="briefing")
    for title in ("first", "second", "third"):
        page.keep(title)
    page.press("scene_2_Up")
    assert [scene.title for scene in page.own().scenes] == ["first", "third", "second"]
    page.press("scene_0_delete")
    assert [scene.title for scene in page.own().scenes] == ["third", "second"]
    page.type("scene_1_title", "the last")
    assert [scene.title for scene in page.own().scenes] == ["third", "the last"]
    for _ in range(2):
        page.press("briefing_undo")
    assert [scene.title for scene in page.own().scenes] == ["first", "third", "second"]
    for _ in range(4):
        page.press("briefing_undo")
    assert page.own().scenes == ()
    assert page.test.button("briefing_undo").disabled


def test_an_own_scene_is_shown_again_and_its_address_survives_a_reload() -> None:
    page = Page(tab="briefing", side="russia")
    page.keep("the Russian side")
    page.test.pills("side").set_value(["ukraine"])
    page.run()
    page.press("scene_0_show")
    assert page.part("map")["selection"]["side"] == [1]
    again = Page(**last_values(page))
    assert again.part("map")["selection"]["side"] == [1]
    assert again.titles == ["the Russian side"]
    again.keep("one more")
    assert [scene.title for scene in again.own().scenes] == ["the Russian side", "one more"]
    assert Page(**last_values(again)).titles == ["the Russian side", "one more"]
    again.press("briefing_undo")
    assert [scene.title for scene in again.own().scenes] == ["the Russian side"]


def test_who_opens_the_link_of_own_scenes_cannot_change_them() -> None:
    presenter = Page(tab="briefing", side="russia")
    presenter.keep("the Russian side")
    presenter.press("scene_0_show")
    name = presenter.test.session_state["cm_own"]
    reader = Page(**last_values(presenter))
    assert reader.test.session_state["cm_own"] == name
    reader.type("scene_0_title", "mocked")
    reader.press("scene_0_delete")
    assert reader.own().scenes == ()
    assert [scene.title for scene in presenter.own().scenes] == ["the Russian side"]
    presenter.keep("one more")
    assert presenter.test.session_state["cm_own"] == name, "his own need no copy"
    assert last_values(presenter)["briefing"] == name


def test_a_scene_that_is_gone_meanwhile_is_not_renamed_or_deleted() -> None:
    presenter = Page(tab="briefing")
    for title in ("first", "second"):
        presenter.keep(title)
    presenter.press("scene_0_show")
    reader = Page(**last_values(presenter))
    presenter.press("scene_1_delete")
    reader.type("scene_1_title", "another")
    assert reader.titles == ["first"]
    assert reader.test.button("briefing_undo").disabled


def test_a_copy_of_a_shipped_briefing_is_changed_and_the_file_is_not(claims: Path) -> None:
    before = (claims.parent / "briefings" / "talk.toml").read_bytes()
    page = Page(tab="briefing")
    page.press("briefing_copy_talk")
    assert len(page.own().scenes) == 4
    page.press("scene_0_delete")
    assert len(page.own().scenes) == 3
    assert (claims.parent / "briefings" / "talk.toml").read_bytes() == before


def test_a_file_that_cannot_be_loaded_is_told_and_the_scenes_stay() -> None:
    page = Page(tab="briefing")
    page.keep("mine")
    page.test.file_uploader("briefing_file_0").upload("other.toml", b"tilte = 1", "text/plain")
    page.run()
    assert [scene.title for scene in page.own().scenes] == ["mine"]
    told = "\n".join(text.value for text in page.test.text)
    assert "tilte" in told
    assert "the file.toml" in told


def test_a_saved_file_is_loaded_again() -> None:
    page = Page(tab="briefing", side="ukraine")
    page.keep("mine")
    saved = briefing_text(page.own())
    other = Page(tab="briefing")
    (field,) = other.test.file_uploader
    field.upload("briefing.toml", saved.encode(), "text/plain")
    other.run()
    assert other.own() == page.own()
    (empty,) = other.test.file_uploader
    assert (empty.key != field.key, empty.value) == (True, None), "the bytes are given back"


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
