"""Composes: keeps what the page shows as scenes, puts them in order, saves and loads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from claims.briefing import briefing_text
from claims.handling import HANDLING_MAX_CHARACTERS, NOT_SET
from claims.scenes import TEXT_MAX_CHARACTERS, TITLE_MAX_CHARACTERS
from components import briefing_state, briefings, hand_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartography.edition import Edition
    from claims.briefing import Briefing, Scene

UPLOAD_MB: Final = 1
"""As large as a briefing's file may be."""


def show(record: Edition) -> None:
    """Draw the tab.

    Parameters
    ----------
    record : Edition
    """
    own = briefing_state.own()
    _keep()
    shipped = briefings.shipped(record)
    faults = [notice for one in shipped.values() if not one.briefing for notice in one.notices]
    told = [*briefing_state.told(), *dict.fromkeys(faults)]
    if told:
        with st.container(key="briefing_notices"):
            st.text("\n".join(told))
    ids = briefing_state.own_ids()
    if own.scenes:
        _head(own)
    for index, (scene, number) in enumerate(zip(own.scenes, ids, strict=True)):
        _scene(scene, index, number, last=len(ids) - 1)
    _files(own, [name for name, one in shipped.items() if one.briefing])


def _keep() -> None:
    with st.container(key="briefing_keep", horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Title of the scene",
            key="scene_title",
            max_chars=TITLE_MAX_CHARACTERS,
            placeholder="what this view shows",
        )
        st.text_input("One line of text", key="scene_text", max_chars=TEXT_MAX_CHARACTERS)
        st.button("Keep this view as a scene", key="scene_keep", on_click=briefing_state.on_keep)


def _head(own: Briefing) -> None:
    with st.container(key="briefing_head", horizontal=True, vertical_alignment="bottom"):
        _field("Title of the briefing", "title", own.title, TITLE_MAX_CHARACTERS)
        _field("Handling marking", "handling", own.handling, HANDLING_MAX_CHARACTERS)


def _field(label: str, field: str, value: str, most: int) -> None:
    # The key changes with the value, so that undo and a loaded file show in the field.
    key = f"briefing_{field}_{hash(value)}"
    st.text_input(
        label,
        value,
        key=key,
        max_chars=most,
        placeholder=NOT_SET if field == "handling" else "",
        on_change=briefing_state.on_head,
        args=(field, key),
    )


def _scene(scene: Scene, index: int, number: int, *, last: int) -> None:
    name = f"{index + 1}"
    with st.container(key=f"scene_{number}", horizontal=True, vertical_alignment="center"):
        st.button(
            f"Show {name}",
            key=f"scene_{number}_show",
            on_click=briefing_state.on_show,
            args=(index,),
        )
        for field, value, most in (
            ("title", scene.title, TITLE_MAX_CHARACTERS),
            ("text", scene.text, TEXT_MAX_CHARACTERS),
        ):
            key = f"scene_{number}_{field}_{hash(value)}"
            st.text_input(
                f"{field.capitalize()} of scene {name}",
                value,
                key=key,
                max_chars=most,
                label_visibility="collapsed",
                on_change=briefing_state.on_rename,
                args=(index, field, key),
            )
        for words, by, off in (("Up", -1, index == 0), ("Down", 1, index == last)):
            st.button(
                words,
                key=f"scene_{number}_{words}",
                help=f"Move scene {name} {words.lower()}",
                on_click=briefing_state.on_move,
                args=(index, by),
                disabled=off,
            )
        st.button(
            "Delete",
            key=f"scene_{number}_delete",
            help=f"Delete scene {name}; Undo brings it back",
            on_click=briefing_state.on_delete,
            args=(index,),
        )


def _files(own: Briefing, shipped: Sequence[str]) -> None:
    with st.container(key="briefing_files", horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Undo",
            key="briefing_undo",
            on_click=briefing_state.on_undo,
            disabled=not briefing_state.has_undo(),
        )
        if own.scenes:
            st.download_button(
                "Save as a file",
                lambda: briefing_text(own),
                file_name="briefing.toml",
                mime="application/toml",
                key="briefing_save",
                on_click="ignore",
            )
        for name in shipped:
            st.button(
                f"Take over {name}",
                key=f"briefing_copy_{name}",
                on_click=briefing_state.on_copy,
                args=(name,),
            )
    if own.scenes:
        hand_out.show_button(briefing_state.own_name())
    field = briefing_state.field_of_file()
    with st.expander("Load a saved file", key="briefing_load"):
        st.file_uploader(
            "A file saved here, or of data/briefings",
            type="toml",
            max_upload_size=UPLOAD_MB,
            key=field,
            on_change=briefing_state.on_load,
            args=(field,),
        )
