"""The sidebar: asks which claims the viewer wants to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cartography.symbols import KIND_WORDS, SIDE_WORDS, STANDING_WORDS
from components import session

if TYPE_CHECKING:
    from cartography.edition import Edition
    from claims.selection import Selection

CLOCK_NAMES = {"said": "as said", "happened": "as it happened"}


def ask(record: Edition) -> Selection:
    """Draw the filters and read them.

    Parameters
    ----------
    record : Edition
        Its vocabulary is what the filters offer.

    Returns
    -------
    Selection
        What is chosen now.
    """
    words = record.vocabulary
    first = st.date_input(
        "From",
        value=None,
        min_value=session.START,
        max_value=session.END,
        key="from",
        format="YYYY-MM-DD",
    )
    last = st.date_input(
        "To",
        value=None,
        min_value=session.START,
        max_value=session.END,
        key="to",
        format="YYYY-MM-DD",
    )
    st.segmented_control(
        "Clock",
        list(CLOCK_NAMES),
        format_func=CLOCK_NAMES.__getitem__,
        key="clock",
        required=True,
        label_visibility="collapsed",
    )
    _pills("Side", SIDE_WORDS, "side")
    _choose("Organisation", words["organisation"], "organisation")
    _choose("Speaker", words["claimant"], "claimant")
    st.multiselect(
        "Kind",
        words["kind"],
        format_func=KIND_WORDS.__getitem__,
        key="kind",
        placeholder=f"All {len(words['kind'])}",
    )
    _pills("Standing", STANDING_WORDS, "standing")
    st.text_input("Search", key="q", type="search", placeholder="words, names, places", live=True)
    return session.chosen(first, last)


def _pills(label: str, words: dict[str, str], key: str) -> None:
    st.pills(label, list(words), selection_mode="multi", format_func=words.__getitem__, key=key)


def _choose(label: str, options: tuple[str, ...], key: str) -> None:
    st.multiselect(label, options, key=key, placeholder=f"All {len(options)}")
