"""The sidebar: asks which claims the viewer wants to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cartography.symbols import KIND_WORDS, SIDE_WORDS, STANDING_WORDS
from cartography.wording import visible
from claims.days import END, START, span_words
from claims.selection import CLOCK_WORDS
from components import reports, session

if TYPE_CHECKING:
    from cartography.edition import Edition


def show(record: Edition) -> None:
    """Draw the filters; `session.chosen` reads them by their keys, the URL parameters' names.

    Parameters
    ----------
    record : Edition
        Its vocabulary is what the filters offer.
    """
    words = record.vocabulary
    _day("From", "from")
    _day("To", "to")
    _days_at_once(record)
    st.segmented_control(
        "Clock",
        list(CLOCK_WORDS),
        format_func=CLOCK_WORDS.__getitem__,
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


def _day(label: str, key: str) -> None:
    st.date_input(label, value=None, min_value=START, max_value=END, key=key, format="YYYY-MM-DD")


def _days_at_once(record: Edition) -> None:
    whole = session.shows_every_day()
    days = record.opening if whole else None
    st.button(
        span_words(*days) if days else "The whole record",
        key="days",
        on_click=reports.on_days,
        args=(days,),
        disabled=whole and not days,
        width="stretch",
    )


def _pills(label: str, words: dict[str, str], key: str) -> None:
    st.pills(label, list(words), selection_mode="multi", format_func=words.__getitem__, key=key)


def _choose(label: str, options: tuple[str, ...], key: str) -> None:
    st.multiselect(label, options, format_func=visible, key=key, placeholder=f"All {len(options)}")
