"""What a viewer does with a briefing: steps in it, and keeps scenes of his own, with undo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.briefing import Briefing
from claims.errors import BadBriefingError
from claims.scenes import MAX_SCENES
from components import briefings, session, shared
from components.briefings import Place, read_place, scene_at
from components.scene_of_view import scene_of_view

if TYPE_CHECKING:
    from cartography.edition import Edition

MAX_UNDO: Final = 50
NEW: Final = Briefing("", "", ())


def on_place() -> None:
    """Go where the presentation has gone; the browser shows it already."""
    told = session.reported("present", "place")
    if not isinstance(told, dict):
        return
    record = shared.edition()
    place, _ = read_place({str(key): [str(value)] for key, value in told.items()}, record)
    session.change(place=place)
    if place.presenting:
        _show_scene(record, place)


def _show_scene(record: Edition, place: Place) -> None:
    scene = scene_at(record, place)
    if scene:
        session.show(scene.selection)
        session.pick(scene.claim)
        session.change(at=None, cells=(), page=0, notices=(), compare=scene.compare)


def own_name() -> str:
    """Name the scenes that stand under the tab; "" if there are none.

    They are the viewer's own once he has changed something in this session. Who comes by the
    address of own scenes reads them, be it a reload of his own page or somebody else's link: the
    server cannot tell the two apart. His first change then goes to a copy under a new name, and
    the address to that, so that a reload goes on with it and whoever sent the link keeps his.
    """
    name: str = session.recall("own") or ""
    at_hand = session.view().place.briefing
    if not name and at_hand.startswith(briefings.OWN):
        session.remember("own", at_hand)
        session.remember("own_read", at_hand)
        return at_hand
    return name


def own() -> Briefing:
    """Give the scenes that the viewer keeps himself; no scene if there are none yet."""
    found = briefings.own(own_name())
    return found or NEW


def own_ids() -> tuple[int, ...]:
    """Give each own scene a number that stays its own in another order."""
    ids: tuple[int, ...] = session.recall("own_ids") or ()
    scenes = own().scenes
    if len(ids) != len(scenes):
        ids = tuple(range(len(scenes)))
        session.remember("own_ids", ids)
    return ids


def has_undo() -> bool:
    """Tell whether there is a change of the own scenes to take back."""
    return bool(session.recall("own_undo"))


def _change(briefing: Briefing, ids: tuple[int, ...]) -> None:
    before = (own(), own_ids())
    session.remember("own_undo", [*(session.recall("own_undo") or []), before][-MAX_UNDO:])
    _set(briefing, ids)


def _set(briefing: Briefing, ids: tuple[int, ...]) -> None:
    before = own_name()
    is_mine = before and before != session.recall("own_read")
    name = before if is_mine else briefings.new_name()
    session.remember("own", name)
    session.remember("own_ids", ids)
    session.remember("own_told", ())
    briefings.keep_own(name, briefing)
    place = session.view().place
    if before and place.briefing == before:
        last = len(briefing.scenes) - 1
        place = Place(name, min(place.scene, last), place.presenting) if last >= 0 else Place()
        session.change(place=place)


def on_keep() -> None:
    """Keep what the page shows as one more scene."""
    record = shared.edition()
    briefing, ids = own(), own_ids()
    if len(briefing.scenes) == MAX_SCENES:
        session.remember("own_told", (f"A briefing has at most {MAX_SCENES} scenes.",))
        return
    shown = scene_of_view(record, session.chosen(record), session.view(), session.claim())
    title = session.typed("scene_title") or f"Scene {len(briefing.scenes) + 1}"
    scene = replace(shown, title=title, text=session.typed("scene_text") or "")
    _change(replace(briefing, scenes=(*briefing.scenes, scene)), (*ids, max(ids, default=-1) + 1))
    session.empty("scene_title", "scene_text")


def on_move(index: int, by: int) -> None:
    """Put an own scene before or behind its neighbour.

    Parameters
    ----------
    index : int
    by : int
        -1 or 1.
    """
    briefing, to = own(), index + by
    if not (0 <= index < len(briefing.scenes) and 0 <= to < len(briefing.scenes)):
        return
    scenes, ids = list(briefing.scenes), list(own_ids())
    scenes[index], scenes[to] = scenes[to], scenes[index]
    ids[index], ids[to] = ids[to], ids[index]
    _change(replace(briefing, scenes=tuple(scenes)), tuple(ids))


def on_delete(index: int) -> None:
    """Take an own scene out."""
    briefing, ids = own(), own_ids()
    scenes = briefing.scenes
    if not 0 <= index < len(scenes):
        return
    _change(
        replace(briefing, scenes=scenes[:index] + scenes[index + 1 :]),
        ids[:index] + ids[index + 1 :],
    )


def on_rename(index: int, field: str, key: str) -> None:
    """Take over the title or the line of text that was typed for an own scene, if it is there.

    Parameters
    ----------
    index : int
    field : str
        "title" or "text".
    key : str
        Of the text field.
    """
    briefing = own()
    if not 0 <= index < len(briefing.scenes):
        return
    scenes = list(briefing.scenes)
    scene = scenes[index]
    words = {"title": scene.title, "text": scene.text, field: session.typed(key) or ""}
    scenes[index] = replace(scene, title=words["title"], text=words["text"])
    _change(replace(briefing, scenes=tuple(scenes)), own_ids())


def on_head(field: str, key: str) -> None:
    """Take over the title or the handling marking of the own briefing, as `on_rename`."""
    briefing = own()
    words = {"title": briefing.title, "handling": briefing.handling}
    words[field] = session.typed(key) or ""
    changed = replace(briefing, title=words["title"], handling=words["handling"])
    _change(changed, own_ids())


def on_show(index: int) -> None:
    """Show an own scene on the page."""
    record = shared.edition()
    place = Place(own_name(), index)
    session.change(place=place, moved=session.view().moved + 1)
    _show_scene(record, place)


def on_undo() -> None:
    """Take back the last change of the own scenes."""
    undo = session.recall("own_undo")
    if undo:
        briefing, ids = undo[-1]
        session.remember("own_undo", undo[:-1])
        _set(briefing, ids)


def on_copy(name: str) -> None:
    """Go on with a copy of a briefing as own scenes."""
    found = briefings.find(shared.edition(), name)
    if found:
        _replace(found)


def on_load(key: str) -> None:
    """Read an uploaded file as own scenes; what is wrong with it is told, and nothing is lost.

    Parameters
    ----------
    key : str
        Of the field that took the file.
    """
    upload = session.typed(key)
    if upload is None:
        return
    # Another field takes the next file: Streamlit keeps the bytes as long as this one stands.
    session.remember("own_files", (session.recall("own_files") or 0) + 1)
    try:
        found, told = briefings.read(Path("the file.toml"), shared.edition(), upload.getvalue())
    except BadBriefingError as error:
        session.remember("own_told", (f"The file cannot be loaded. {error}",))
        return
    _replace(found)
    session.remember("own_told", told)


def field_of_file() -> str:
    """Name the field that takes the next file."""
    return f"briefing_file_{session.recall('own_files') or 0}"


def _replace(briefing: Briefing) -> None:
    first = max(own_ids(), default=-1) + 1
    _change(briefing, tuple(range(first, first + len(briefing.scenes))))


def told() -> tuple[str, ...]:
    """Give what is to be said about the last file or scene; may repeat text of the file."""
    return session.recall("own_told") or ()
