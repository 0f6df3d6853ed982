"""What one viewer has chosen: state and address.

The only file that touches `st.session_state` or `st.query_params`. The address is the truth on
arrival and after the browser's back and forward; after that the widgets are, and the address
follows them. What all viewers share is in `components.shared`.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from claims.days import EPOCH, iso_from_day
from claims.selection import CLOCKS, Selection
from components.address import TABS, View, map_at, read, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.elements.lib.mutable_tab_container import TabContainer

    from cartography.edition import Edition

LISTS: Final = {
    "side": "sides",
    "organisation": "organisations",
    "claimant": "claimants",
    "kind": "kinds",
    "standing": "standings",
}
"""Widget key and URL parameter to field of the Selection."""
WIDGETS: Final = ("from", "to", "clock", *LISTS, "q")
HAND: Final = (*WIDGETS, "cm_claim", "cm_view")
"""What the viewer's hand can change between two runs: widgets, and what the map reports."""
FLUSH_S: Final = 0.025
"""Two of Streamlit's batches of 10 ms, the server's and the browser's, and a little."""
FIRST_FLUSH_S: Final = 0.12
"""On arrival the browser is still busy starting Streamlit when the first messages come."""


def arrive(record: Edition) -> View:
    """Read the address if it, not the viewer's hand, has changed; call before any widget is drawn.

    Parameters
    ----------
    record : Edition

    Returns
    -------
    View
        The viewer's choices apart from the filters, with the scene's place of the map where
        there is one and the viewer has not moved it.
    """
    state = st.session_state
    address = _address()
    hand = {key: state.get(key) for key in HAND}
    first = "cm_address" not in state
    state["cm_runs"] = state.get("cm_runs", 0) + 1
    # A run that was sent before the browser learnt its new address still carries the old one:
    # only where the hand has changed nothing either does another address mean back or forward.
    if first or (address != state["cm_address"] and hand == state["cm_hand"]):
        selection, asked = read(address, record)
        show(selection)
        moved = 1 if first else view().moved + 1
        state["cm_view"] = replace(asked, moved=moved)
        state["cm_claim"] = record.claim_id(asked.claim)
        state["cm_address"] = address
    elif hand != state["cm_hand"]:
        # A notice about the address stands until the viewer goes on from it.
        change(notices=())
        if any(hand[key] != state["cm_hand"][key] for key in WIDGETS):
            change(page=0)
    # The file may have changed since the claim was picked: its name stays, its position may not.
    change(claim=record.position(claim()))
    digest = record.record.digest
    if state.get("cm_digest", digest) != digest:
        state["cm_changed"] = True
    state["cm_digest"] = digest
    return replace(view(), at=map_at(record, view()))


def has_changed() -> bool:
    """Tell whether the file has changed while the viewer looked, and he has not been told."""
    return bool(st.session_state.get("cm_changed"))


def on_change_read() -> None:
    """Note that the viewer has read that the file has changed."""
    st.session_state["cm_changed"] = False


def let_the_browser_draw() -> None:
    """Pause until what is drawn so far is on its way, so that the browser shows it by itself.

    Streamlit sends messages, and draws them, in batches: without the pause the map would wait for
    every widget and panel of the page to be laid out with it.
    """
    first = st.session_state["cm_runs"] == 1
    time.sleep(FIRST_FLUSH_S if first else FLUSH_S)


def leave(selection: Selection, record: Edition) -> None:
    """Write the choices of this run into the address.

    Parameters
    ----------
    selection : Selection
        What the widgets say.
    record : Edition
    """
    state = st.session_state
    address = write(selection, view(), record)
    if address != _address():
        st.query_params.from_dict(address)
    state["cm_address"] = address
    # Last: whatever differs from this when the next run begins, the viewer's hand has changed.
    state["cm_hand"] = {key: state.get(key) for key in HAND}


def _address() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def view() -> View:
    """Give the viewer's choices apart from the filters; after `arrive` only."""
    found: View = st.session_state["cm_view"]
    return found


def claim() -> str:
    """Name the claim that is picked; "" if none is. After `arrive` only."""
    found: str = st.session_state["cm_claim"]
    return found


def recall(name: str) -> Any:  # noqa: ANN401  # whatever was remembered
    """Give what another part of the page remembers of this viewer; None if nothing yet."""
    return st.session_state.get(f"cm_{name}")


def remember(name: str, value: object) -> None:
    """Remember something of this viewer for another part of the page."""
    st.session_state[f"cm_{name}"] = value


def typed(key: str) -> Any:  # noqa: ANN401  # text, a file, or nothing
    """Give what a widget holds, by its key; None if it is not drawn."""
    return st.session_state.get(key)


def put(key: str, value: object) -> None:
    """Set what a widget holds, before it is drawn."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def empty(*keys: str) -> None:
    """Empty text fields, before they are drawn."""
    for key in keys:
        st.session_state[key] = ""


def change(**choices: Any) -> None:  # noqa: ANN401  # each field has its own type
    """Change the viewer's choices apart from the filters.

    Parameters
    ----------
    **choices
        Fields of `components.address.View`.
    """
    st.session_state["cm_view"] = replace(view(), **choices)


def pick(claim_id: str) -> None:
    """Pick a claim by its name, or none by ""."""
    st.session_state["cm_claim"] = claim_id


def show(selection: Selection) -> None:
    """Set the filters, before their widgets are drawn.

    Parameters
    ----------
    selection : Selection
    """
    state = st.session_state
    show_days(selection.from_day, selection.to_day)
    state["clock"] = selection.clock
    for key, field in LISTS.items():
        state[key] = sorted(getattr(selection, field))
    state["q"] = selection.query


def show_days(first: int | None, last: int | None) -> None:
    """Set the days of the window, before their widgets are drawn; None = open on that end."""
    for key, day in (("from", first), ("to", last)):
        st.session_state[key] = None if day is None else date.fromisoformat(iso_from_day(day))


def chosen(record: Edition) -> Selection:
    """Make a Selection of what the filter widgets hold.

    Streamlit knows a widget's value before the run that draws it, and `arrive` has set the values
    that come from the address: the map need not wait for the widgets.

    Parameters
    ----------
    record : Edition
        Values it does not offer are passed over.

    Returns
    -------
    Selection
        A window that ends before it begins is taken as its first day.
    """
    state = st.session_state
    days: list[int | None] = []
    for key in ("from", "to"):
        day = state.get(key)
        days.append(None if day is None else (day - EPOCH).days)
    from_day, to_day = days
    if from_day is not None and to_day is not None:
        to_day = max(from_day, to_day)
    lists = {
        field: frozenset(state.get(key) or ()).intersection(record.vocabulary[key])
        for key, field in LISTS.items()
    }
    return Selection(
        from_day=from_day,
        to_day=to_day,
        clock=state.get("clock") or CLOCKS[0],
        query=state.get("q") or "",
        **lists,
    )


def reported(part: str, name: str) -> object:
    """Give what a part of the page has reported with this run.

    Parameters
    ----------
    part : str
        Key of the component.
    name : str
        What it calls its report.

    Returns
    -------
    object
        Comes from the browser and may be anything; None if nothing was reported.
    """
    return st.session_state[part].get(name)


def shows_every_day() -> bool:
    """Tell whether no day is asked for."""
    state = st.session_state
    return state.get("from") is None and state.get("to") is None


def on_tab() -> None:
    """Remember which tab is open."""
    opened = st.session_state.get("tab")
    names = list(TABS.values())
    change(tab=list(TABS)[names.index(opened) if opened in names else 0])


def tabs() -> Sequence[TabContainer]:
    """Draw the tabs under the map; only the open one is filled.

    Returns
    -------
    sequence of Streamlit tab containers
        In the order of `TABS`.
    """
    state = st.session_state
    opened = TABS[view().tab]
    if state.get("tab") != opened:
        state["tab"] = opened
    return st.tabs(list(TABS.values()), key="tab", on_change=on_tab)
