"""The address of a view: what its parameters mean, and how a view is written as one.

Knows no session: the server reads the first address with it before a session begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cartography.tiles import ONLINE
from claims.briefing import read_narrators
from claims.days import iso_from_day
from claims.selection import Selection, from_parameters
from components.address_values import NO_CELLS, at_in, cells_in, page_in, parse, since_in
from components.briefings import Place, read_place, scene_at, write_place
from components.parameters import last_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cartography.edition import Edition
    from components.address_values import At, Cells


TABS: Final = {
    "who": "Who says what",
    "numbers": "Numbers",
    "changed": "What changed",
    "table": "Table",
    "unplaced": "Not placed",
    "sources": "Sources",
    "briefing": "Briefing",
}
"""URL value of `tab` to the tab's name."""
ASKING: Final = frozenset(
    ("from", "to", "clock", "side", "organisation", "claimant", "kind", "standing", "q", "claim")
)
"""The parameters that ask for claims."""
FIRST_TAB: Final = next(iter(TABS))
NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a viewer has chosen apart from the filters; by default nothing, as on arrival.

    Attributes
    ----------
    claim : int or None
        Position of the selected claim.
    cells : tuple of (level, x, y)
        Grid cells of the selected disc.
    page : int
        Which page of the cards, 0 for the newest.
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
    place : Place
        Where in a briefing the viewer is. Its scene is what an address that asks for nothing
        shows.
    since : int or None
        The day since which "What changed" tells, in days since 1970-01-01; None for the usual one.
    compare : tuple of str
        Two narrators side by side, codes of sides or names of organisations; or none.
    """

    claim: int | None = None
    cells: Cells = ()
    page: int = 0
    at: At | None = None
    tab: str = FIRST_TAB
    ground: str = ""
    moved: int = 1
    notices: tuple[str, ...] = ()
    place: Place = NOWHERE
    since: int | None = None
    compare: tuple[str, ...] = ()


def read(address: Mapping[str, Sequence[str]], record: Edition) -> tuple[Selection, View]:
    """Read an address. One that asks for nothing gives the days on which the record opens.

    Parameters
    ----------
    address : mapping of str to sequence of str
        URL parameters.
    record : Edition
        What claims, organisations and speakers there are.

    Returns
    -------
    Selection
    View
        As on arrival: `moved` is 1. What could not be read falls back, with a notice.
    """
    selection, told = read_selection(address, record)
    place, lost = read_place(address, record)
    notices = [*told, *lost]
    claim_id = last_value(address, "claim")
    claim = record.position(claim_id)
    compare = read_narrators(_all(address, "compare"), record.vocabulary, notices)
    if not ASKING.intersection(name for name in address if last_value(address, name).strip()):
        selection, claim, narrators = unasked(record, place)
        compare = compare or narrators
    elif (record.opening or place.briefing) and selection == _every_day(record):
        # So `write` names the whole record: no day is asked for.
        selection = Selection()
    if claim_id and claim is None:
        notices.append(f"There is no claim “{claim_id[:40]}” in this record.")
    tab, ground = last_value(address, "tab"), last_value(address, "ground")
    for name, value, known in (("tab", tab, TABS), ("ground", ground, ONLINE)):
        if value and value not in known:
            notices.append(f"There is no {name} “{value[:40]}”.")
    cells = parse(last_value(address, "disc"), cells_in, NO_CELLS, "disc", notices)
    at = parse(last_value(address, "at"), at_in, None, "place of the map", notices)
    since = parse(last_value(address, "since"), since_in, None, "day since", notices)
    view = View(
        claim=claim,
        cells=cells,
        page=parse(last_value(address, "page"), page_in, 0, "page", notices),
        at=at,
        tab=tab if tab in TABS else FIRST_TAB,
        ground=ground if ground in ONLINE else "",
        notices=tuple(notices),
        place=place,
        since=since,
        compare=compare,
    )
    return selection, view


def unasked(record: Edition, place: Place) -> tuple[Selection, int | None, tuple[str, ...]]:
    """Give what an address shows that asks for nothing: the scene's claims, else the opening.

    Parameters
    ----------
    record : Edition
    place : Place

    Returns
    -------
    Selection
    int or None
        Position of the claim that is picked.
    tuple of str
        The narrators side by side.
    """
    scene = scene_at(record, place)
    if scene is None:
        return opening(record), None, ()
    return scene.selection, record.position(scene.claim), scene.compare


def opening(record: Edition) -> Selection:
    """Give what the page of a record shows before anybody has asked for anything.

    Parameters
    ----------
    record : Edition

    Returns
    -------
    Selection
    """
    first, last = record.opening or (None, None)
    return Selection(from_day=first, to_day=last)


def read_selection(
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
    return from_parameters(parameters, record.vocabulary)


def map_at(record: Edition, view: View) -> At | None:
    """Give where the map stands: where the viewer moved it, else where the scene has it.

    Parameters
    ----------
    record : Edition
    view : View

    Returns
    -------
    (float, float, float) or None
        Latitude and longitude of the centre in degrees, and the zoom.
    """
    scene = scene_at(record, view.place)
    if view.at or scene is None or scene.view is None:
        return view.at
    return scene.view.latitude, scene.view.longitude, scene.view.zoom


def write(selection: Selection, view: View, record: Edition) -> dict[str, list[str]]:
    """Write a view as an address; the map's place stands last.

    Parameters
    ----------
    selection : Selection
    view : View
    record : Edition

    Returns
    -------
    dict of str to list of str
        URL parameters; defaults are left out, and so is what the scene shows, or the days on
        which the record opens.
    """
    address = _write_asked(selection, view, record)
    if view.cells:
        address["disc"] = [" ".join("/".join(map(str, cell)) for cell in view.cells)]
    if view.page:
        address["page"] = [str(view.page + 1)]
    if view.tab != FIRST_TAB:
        address["tab"] = [view.tab]
    if view.since is not None:
        address["since"] = [iso_from_day(view.since)]
    if view.ground:
        address["ground"] = [view.ground]
    address |= write_place(view.place)
    if view.at:
        lat, lon, zoom = view.at
        address["at"] = [f"{lat:.4f},{lon:.4f},{zoom:g}"]
    return address


def _write_asked(selection: Selection, view: View, record: Edition) -> dict[str, list[str]]:
    """Write what asks for claims, and the pair that is compared."""
    address = dict(selection.to_parameters())
    *asked, narrators = unasked(record, view.place)
    # To end a scene's comparison is to ask for something: an address without it would begin it.
    is_unasked = [selection, view.claim] == asked and bool(view.compare or not narrators)
    if is_unasked:
        address = {}
    elif not address and view.claim is None:
        # An address that asks for nothing would open on the first days.
        address = _every_day(record).to_parameters()
    if view.claim is not None and not is_unasked:
        address["claim"] = [record.claim_id(view.claim)]
    if view.compare and not (is_unasked and view.compare == narrators):
        address["compare"] = list(view.compare)
    return address


def _every_day(record: Edition) -> Selection:
    return Selection(from_day=record.first_day, to_day=record.last_day)


def _all(address: Mapping[str, Sequence[str]], name: str) -> list[str]:
    return [value for value in address.get(name, ()) if value.strip()]
