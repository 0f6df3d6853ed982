"""Scenes are kept, put in order, renamed, copied, saved and loaded by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claims.briefing import Briefing, MapView, Scene, briefing_text
from claims.selection import Selection
from components import briefings
from components.scene_of_view import HOME
from tests.components.page import Page
from tests.talk import FRONT, talk_beside_the_report

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return talk_beside_the_report(tmp_path_factory.mktemp("talk"))


@pytest.fixture(autouse=True)
def the_talk(claims: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS", str(claims))


class Composer(Page):
    """The page open on the tab that keeps scenes."""

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


def test_a_kept_scene_holds_filters_claim_place_title_and_line() -> None:
    page = Composer(tab="briefing", side="russia", claim=FRONT, at="48.6800,38.0900,10")
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
    page = Composer(tab="briefing", briefing="talk", scene="4")
    assert page.part("map")["fit"]
    page.keep("as it was")
    assert page.own().scenes[0].view is None
    page = Composer(tab="briefing")
    page.keep("nowhere")
    assert page.own().scenes[0].view == HOME


def test_scenes_are_put_in_order_renamed_deleted_and_brought_back() -> None:
    page = Composer(tab="briefing")
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
    page = Composer(tab="briefing", side="russia")
    page.keep("the Russian side")
    page.test.pills("side").set_value(["ukraine"])
    page.run()
    page.press("scene_0_show")
    assert page.part("map")["selection"]["side"] == [1]
    again = Composer(**page.address)
    assert again.part("map")["selection"]["side"] == [1]
    assert again.titles == ["the Russian side"]
    again.keep("one more")
    assert [scene.title for scene in again.own().scenes] == ["the Russian side", "one more"]
    assert Composer(**again.address).titles == ["the Russian side", "one more"]
    again.press("briefing_undo")
    assert [scene.title for scene in again.own().scenes] == ["the Russian side"]


def test_who_opens_the_link_of_own_scenes_cannot_change_them() -> None:
    presenter = Composer(tab="briefing", side="russia")
    presenter.keep("the Russian side")
    presenter.press("scene_0_show")
    name = presenter.test.session_state["cm_own"]
    reader = Composer(**presenter.address)
    assert reader.test.session_state["cm_own"] == name
    reader.type("scene_0_title", "mocked")
    reader.press("scene_0_delete")
    assert reader.own().scenes == ()
    assert [scene.title for scene in presenter.own().scenes] == ["the Russian side"]
    presenter.keep("one more")
    assert presenter.test.session_state["cm_own"] == name, "his own need no copy"
    assert presenter.address["briefing"] == [name]


def test_a_scene_that_is_gone_meanwhile_is_not_renamed_or_deleted() -> None:
    presenter = Composer(tab="briefing")
    for title in ("first", "second"):
        presenter.keep(title)
    presenter.press("scene_0_show")
    reader = Composer(**presenter.address)
    presenter.press("scene_1_delete")
    reader.type("scene_1_title", "another")
    assert reader.titles == ["first"]
    assert reader.test.button("briefing_undo").disabled


def test_a_copy_of_a_shipped_briefing_is_changed_and_the_file_is_not(claims: Path) -> None:
    before = (claims.parent / "briefings" / "talk.toml").read_bytes()
    page = Composer(tab="briefing")
    page.press("briefing_copy_talk")
    assert len(page.own().scenes) == 4
    page.press("scene_0_delete")
    assert len(page.own().scenes) == 3
    assert (claims.parent / "briefings" / "talk.toml").read_bytes() == before


def test_a_file_that_cannot_be_loaded_is_told_and_the_scenes_stay() -> None:
    page = Composer(tab="briefing")
    page.keep("mine")
    page.test.file_uploader("briefing_file_0").upload("other.toml", b"tilte = 1", "text/plain")
    page.run()
    assert [scene.title for scene in page.own().scenes] == ["mine"]
    assert "tilte" in page.texts
    assert "the file.toml" in page.texts


def test_a_saved_file_is_loaded_again() -> None:
    page = Composer(tab="briefing", side="ukraine")
    page.keep("mine")
    saved = briefing_text(page.own())
    other = Composer(tab="briefing")
    (field,) = other.test.file_uploader
    field.upload("briefing.toml", saved.encode(), "text/plain")
    other.run()
    assert other.own() == page.own()
    (empty,) = other.test.file_uploader
    assert (empty.key != field.key, empty.value) == (True, None), "the bytes are given back"
