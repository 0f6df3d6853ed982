"""What one viewer has chosen, and what all viewers share: state, address and caches.

The only file that touches `st.session_state`, `st.query_params` or a cache. The address is the
truth on arrival and after the browser's back and forward; after that the widgets are, and the
address follows them.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from cartography.edition import Edition, open_edition
from cartography.panels import Standings
from cartography.tiles import ONLINE
from claims.days import EPOCH, iso_from_day
from claims.errors import ClaimsError
from claims.selection import CLOCKS, Selection, from_parameters
from claims.standing import standing_of_claims

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from streamlit.elements.lib.mutable_tab_container import TabContainer

    Cells = tuple[tuple[int, int, int], ...]

ROOT: Final = Path(__file__).resolve().parent.parent
GEO: Final = ROOT / "data" / "geo"
LISTS: Final = {
    "side": "sides",
    "organisation": "organisations",
    "claimant": "claimants",
    "kind": "kinds",
    "standing": "standings",
}
"""Widget key and URL parameter to field of the Selection."""
WIDGETS: Final = ("from", "to", "clock", *LISTS, "q")
HAND: Final = (*WIDGETS, "cm_claim", "cm_cells", "cm_at", "cm_tab")
"""What the viewer's hand can change between two runs: widgets, and what the map reports."""
START: Final = date(1900, 1, 1)
END: Final = date(2100, 12, 31)
"""The days that can be asked for."""
TABS: Final = {
    "who": "Who says what",
    "numbers": "Numbers",
    "table": "Table",
    "unplaced": "Not placed",
    "sources": "Sources",
}
"""URL value of `tab` to the tab's name."""
MAX_CELLS: Final = 40
MAX_ZOOM: Final = 18
_NO_CELLS: Final[Cells] = ()
_T = TypeVar("_T")
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class View:
    """What a viewer has chosen apart from the filters.

    Attributes
    ----------
    claim : int or None
        Position of the selected claim.
    cells : tuple of (level, x, y)
        Grid cells of the selected disc.
    at : tuple of float or None
        Latitude and longitude of the map's centre in degrees, and its zoom.
    tab : str
        A key of `TABS`.
    ground : str
        Key of an online ground, or "" for the drawn one.
    moved : int
        Goes up each time the address, not the viewer's hand, moves the map.
    notices : tuple of str
        What in the address could not be used.
    """

    claim: int | None
    cells: tuple[tuple[int, int, int], ...]
    at: tuple[float, float, float] | None
    tab: str
    ground: str
    moved: int
    notices: tuple[str, ...]


def claims_path() -> Path:
    """Tell which file is shown: the environment's CLAIMS, else the project's own."""
    return Path(os.environ.get("CLAIMS") or ROOT / "data" / "events.csv")


def edition() -> Edition:
    """Give the record in its present state, loaded once for all viewers.

    Returns
    -------
    Edition
        Loaded anew, as a whole, when the file has changed.

    Raises
    ------
    UnreadableFileError, BadGeometryFileError
        As `cartography.edition.open_edition`.
    """
    path = claims_path()
    stamp = path.stat() if path.exists() else None
    key = (stamp.st_mtime_ns, stamp.st_size, stamp.st_ino) if stamp else ()
    with _lock:
        found = _edition(str(path), key)
    if isinstance(found, ClaimsError):
        raise found
    return found


# A file that cannot be read is read once, too: every request asks for it.
@lru_cache(maxsize=1)
def _edition(path: str, _stamp: tuple[int, ...]) -> Edition | ClaimsError:
    try:
        return open_edition(Path(path), geo=GEO)
    except ClaimsError as error:
        return error


def keep(record: Edition, selection: Selection) -> NDArray[np.bool_]:
    """Tell which claims a selection keeps.

    Parameters
    ----------
    record : Edition
    selection : Selection

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
    """
    standing = _standing_of_claims(record, selection.as_of_day())
    return selection.keep(record.claims, standing)


@lru_cache(maxsize=16)
def _standing_of_claims(record: Edition, as_of_day: int | None) -> NDArray[np.object_]:
    return standing_of_claims(record.claims, as_of_day)


@lru_cache(maxsize=16)
def standings(record: Edition, as_of_day: int | None) -> Standings:
    """Give the standing of every proposition as of a day.

    Parameters
    ----------
    record : Edition
    as_of_day : int or None
        Days since 1970-01-01; None for the whole record.

    Returns
    -------
    Standings
    """
    return Standings(record, as_of_day)


def arrive(record: Edition) -> View:
    """Read the address if it, not a widget, has changed; call before any widget is drawn.

    Parameters
    ----------
    record : Edition

    Returns
    -------
    View
        The viewer's choices apart from the filters.
    """
    state = st.session_state
    address = _address()
    values = {key: state.get(key) for key in HAND}
    first = "cm_address" not in state
    # A run that was sent before the browser learnt its new address still carries the old one:
    # only where the hand has changed nothing either does another address mean back or forward.
    if first or (address != state["cm_address"] and values == state["cm_values"]):
        _read_address(address, record)
        state["cm_moved"] = state.get("cm_moved", 0) + 1
        state["cm_address"] = address
    return View(
        claim=_claim_position(record, state["cm_claim"]),
        cells=state["cm_cells"],
        at=state["cm_at"],
        tab=state["cm_tab"],
        ground=state["cm_ground"],
        moved=state["cm_moved"],
        notices=state["cm_notices"],
    )


def leave(selection: Selection) -> None:
    """Write the choices of this run into the address; call after the widgets are drawn.

    Parameters
    ----------
    selection : Selection
        What the widgets say.
    """
    state = st.session_state
    address = address_of(selection)
    state["cm_values"] = {key: state.get(key) for key in HAND}
    if address != _address():
        st.query_params.from_dict(address)
    state["cm_address"] = address
    # A notice about the address stands until the viewer goes on from it.
    if address != state.setdefault("cm_noticed_at", address):
        state["cm_notices"] = ()


def address_of(selection: Selection) -> dict[str, list[str]]:
    """Give the address of the present view; the map's place stands last.

    Parameters
    ----------
    selection : Selection

    Returns
    -------
    dict of str to list of str
        URL parameters.
    """
    state = st.session_state
    address = dict(selection.to_parameters())
    if state["cm_claim"]:
        address["claim"] = [state["cm_claim"]]
    if state["cm_cells"]:
        address["disc"] = [" ".join("/".join(map(str, cell)) for cell in state["cm_cells"])]
    if state["cm_tab"] != next(iter(TABS)):
        address["tab"] = [state["cm_tab"]]
    if state["cm_ground"]:
        address["ground"] = [state["cm_ground"]]
    if state["cm_at"]:
        lat, lon, zoom = state["cm_at"]
        address["at"] = [f"{lat:.4f},{lon:.4f},{zoom:g}"]
    return address


def _address() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _read_address(address: Mapping[str, Sequence[str]], record: Edition) -> None:
    state = st.session_state
    selection, notices = from_address(address, record)
    _show(selection)
    more: list[str] = []
    claim = _last(address, "claim")
    if claim and _claim_position(record, claim) is None:
        more.append(f"There is no claim “{claim[:40]}” in this record.")
        claim = ""
    state["cm_claim"] = claim
    state["cm_cells"] = _parse(_last(address, "disc"), _cells, _NO_CELLS, "disc", more)
    state["cm_at"] = _parse(_last(address, "at"), _at, None, "place of the map", more)
    tab, ground = _last(address, "tab"), _last(address, "ground")
    state["cm_tab"] = tab if tab in TABS else next(iter(TABS))
    state["cm_ground"] = ground if ground in ONLINE else ""
    state["cm_notices"] = (*notices, *more)
    state.pop("cm_noticed_at", None)


def _show(selection: Selection) -> None:
    state = st.session_state
    for key, day in (("from", selection.from_day), ("to", selection.to_day)):
        state[key] = None if day is None else date.fromisoformat(iso_from_day(day))
    state["clock"] = selection.clock
    for key, field in LISTS.items():
        state[key] = sorted(getattr(selection, field))
    state["q"] = selection.query


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


def on_pick(part: str) -> Callable[[], None]:
    """Make the callback for a claim or disc picked in a part of the page.

    Parameters
    ----------
    part : str
        Key of the component.

    Returns
    -------
    callable
    """

    def picked() -> None:
        picks = st.session_state[part].get("pick")
        if not isinstance(picks, dict):
            return
        state = st.session_state
        claim = picks.get("claim")
        ids = edition().claims["claim_id"]
        state["cm_claim"] = ""
        if isinstance(claim, int) and 0 <= claim < len(ids):
            state["cm_claim"] = str(ids.iloc[claim])
        cells = picks.get("cells")
        words = " ".join(map(str, cells)) if isinstance(cells, list) else ""
        state["cm_cells"] = _parse(words, _cells, _NO_CELLS, "disc", [])

    return picked


def on_map_moved() -> None:
    """Remember where the viewer moved the map."""
    at = st.session_state["map"].get("at")
    st.session_state["cm_at"] = _parse(str(at or ""), _at, None, "place", [])


def on_clear() -> None:
    """Take every filter away."""
    _show(Selection())


def on_tab() -> None:
    """Remember which tab is open."""
    opened = st.session_state.get("tab")
    names = list(TABS.values())
    st.session_state["cm_tab"] = list(TABS)[names.index(opened) if opened in names else 0]


def on_map_tab() -> None:
    """Open the tab that a link on the map asks for."""
    wanted = st.session_state["map"].get("tab")
    if wanted in TABS:
        st.session_state["cm_tab"] = wanted


def tabs() -> Sequence[TabContainer]:
    """Draw the tabs under the map; only the open one is filled.

    Returns
    -------
    sequence of Streamlit tab containers
        In the order of `TABS`.
    """
    state = st.session_state
    opened = TABS[state["cm_tab"]]
    if state.get("tab") != opened:
        state["tab"] = opened
    return st.tabs(list(TABS.values()), key="tab", on_change=on_tab)


def from_address(
    parameters: Mapping[str, Sequence[str]], record: Edition
) -> tuple[Selection, tuple[str, ...]]:
    """Read a selection from an address, for the page and for the app's own routes.

    Parameters
    ----------
    parameters : mapping of str to sequence of str
        URL parameters.
    record : Edition

    Returns
    -------
    Selection
    tuple of str
        What could not be used.
    """
    selection, notices = from_parameters(parameters, record.vocabulary)
    first, last = selection.from_day, selection.to_day
    askable = range((START - EPOCH).days, (END - EPOCH).days + 1)
    outside = [day for day in (first, last) if day is not None and day not in askable]
    if not outside:
        return selection, notices
    selection = replace(
        selection,
        from_day=None if first in outside else first,
        to_day=None if last in outside else last,
    )
    told = [f"The day {iso_from_day(d)} lies outside {START} to {END}." for d in outside]
    return selection, (*notices, *told)


def _claim_position(record: Edition, claim_id: str) -> int | None:
    if not claim_id:
        return None
    found = record.claims.index[record.claims["claim_id"] == claim_id]
    return int(found[0]) if len(found) else None


def _last(address: Mapping[str, Sequence[str]], name: str) -> str:
    values = address.get(name) or [""]
    return values[-1]


def _parse(text: str, read: Callable[[str], _T], default: _T, name: str, notices: list[str]) -> _T:
    if not text:
        return default
    try:
        return read(text[:2000])
    except ValueError:
        notices.append(f"The {name} “{text[:40]}” in the address could not be read.")
        return default


def _cells(text: str) -> tuple[tuple[int, int, int], ...]:
    cells = []
    for part in text.split()[:MAX_CELLS]:
        level, x, y = (int(number) for number in part.split("/"))
        if not (0 <= level < 32 and 0 <= x < 2**level and 0 <= y < 2**level):  # noqa: PLR2004
            raise ValueError(part)
        cells.append((level, x, y))
    return tuple(cells)


def _at(text: str) -> tuple[float, float, float] | None:
    lat, lon, zoom = (float(part) for part in text.split(","))
    if not (abs(lat) <= 85 and abs(lon) <= 180 and 0 <= zoom <= MAX_ZOOM):  # noqa: PLR2004
        raise ValueError(text)
    return lat, lon, zoom
