"""The address of a view: what its parameters mean, and how a view is written as one.

Knows no session: the server reads the first address with it before a session begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from cartography.tiles import ONLINE
from claims.briefing import read_narrators
from claims.days import ASKABLE, day_from_iso, iso_from_day
from claims.model import KINDS, SIDES, STANDINGS
from claims.selection import CLOCKS, Selection, from_parameters
from components.briefings import Place, read_place, scene_at, write_place
from components.parameters import last_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cartography.edition import Edition

    Cells = tuple[tuple[int, int, int], ...]
    At = tuple[float, float, float]

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
MAX_CELLS: Final = 40
MAX_ZOOM: Final = 18
MAX_PAGE: Final = 1_000_000
NOWHERE: Final = Place()
_NO_CELLS: Final[Cells] = ()
_T = TypeVar("_T")


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
    cells = _parse(last_value(address, "disc"), _cells, _NO_CELLS, "disc", notices)
    at = _parse(last_value(address, "at"), _at, None, "place of the map", notices)
    since = _parse(last_value(address, "since"), _since, None, "day since", notices)
    view = View(
        claim=claim,
        cells=cells,
        page=_parse(last_value(address, "page"), _page, 0, "page", notices),
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


def read_cells(text: str) -> Cells:
    """Read the grid cells of a disc, "level/x/y" with spaces between; none from other text."""
    return _parse(text, _cells, _NO_CELLS, "disc", [])


def read_page(text: str) -> int:
    """Read the number of a page as the page's parts report it, from 0; 0 from other text."""
    return min(int(text[:20]), MAX_PAGE - 1) if text.isdecimal() else 0


def read_choice(choice: Mapping[str, object], selection: Selection) -> Selection:
    """Read what the map's own controls report into a selection.

    Parameters
    ----------
    choice : mapping
        Any of from and to (whole days since 1970-01-01, or None), clock, and side, kind and
        standing (lists of codes, positions in the model's vocabularies, or None for all). What
        cannot be read is passed over.
    selection : Selection
        What was asked for before.

    Returns
    -------
    Selection
    """
    first, last = (
        _askable_day(choice[name]) if name in choice else before
        for name, before in (("from", selection.from_day), ("to", selection.to_day))
    )
    if first is not None and last is not None:
        last = max(first, last)
    clock = choice.get("clock")
    return replace(
        selection,
        from_day=first,
        to_day=last,
        clock=clock if isinstance(clock, str) and clock in CLOCKS else selection.clock,
        sides=_coded(choice, "side", SIDES, selection.sides),
        kinds=_coded(choice, "kind", KINDS, selection.kinds),
        standings=_coded(choice, "standing", STANDINGS, selection.standings),
    )


def read_at(text: str) -> At | None:
    """Read the place of the map, "latitude,longitude,zoom"; None if it is no such text."""
    return _parse(text, _at, None, "place", [])


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


def _askable_day(value: object) -> int | None:
    if not isinstance(value, int):
        return None
    return min(max(value, ASKABLE[0]), ASKABLE[-1])


def _coded(
    choice: Mapping[str, object], name: str, words: Sequence[str], before: frozenset[str]
) -> frozenset[str]:
    if name not in choice:
        return before
    codes = choice[name]
    known = codes if isinstance(codes, list) else []
    return frozenset(words[code] for code in known if code in range(len(words)))


def _page(text: str) -> int:
    """Read a page of the address, where the first is 1."""
    page = int(text)
    if not 1 <= page <= MAX_PAGE:
        raise ValueError(text)
    return page - 1


def _since(text: str) -> int | None:
    day = day_from_iso(text)
    if day is None or day not in ASKABLE:
        raise ValueError(text)
    return day


def _at(text: str) -> tuple[float, float, float] | None:
    lat, lon, zoom = (float(part) for part in text.split(","))
    if not (abs(lat) <= 85 and abs(lon) <= 180 and 0 <= zoom <= MAX_ZOOM):  # noqa: PLR2004
        raise ValueError(text)
    return lat, lon, zoom
