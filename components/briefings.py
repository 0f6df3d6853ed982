"""The briefings there are to present, and where in one an address stands."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.briefing import Briefing, read_briefing
from claims.caches import derived
from claims.errors import BadBriefingError
from components.parameters import last_value
from components.record_path import briefings_path, file_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cartography.edition import Edition
    from claims.briefing import Scene

OWN: Final = "own-"
"""How the name of scenes begins that a viewer keeps on the page; the rest nobody can guess."""
MAX_OWN: Final = 200
"""Own briefings that the server remembers, the last changed, so that a reload finds them."""
_own: Final[OrderedDict[str, Briefing]] = OrderedDict()
_lock = threading.Lock()
MAX_FILES: Final = 20
SHOWN_CHARACTERS: Final = 40


@dataclass(frozen=True, slots=True)
class Shelved:
    """A briefing's file beside the record.

    Attributes
    ----------
    briefing : Briefing or None
        None if the file cannot be used.
    notices : tuple of str
        What in it could not be used; may repeat text of the file.
    """

    briefing: Briefing | None
    notices: tuple[str, ...]


_TOO_MANY: Final = Shelved(
    None,
    (f"Of the files in its folder the first {MAX_FILES} by name are offered; take some out.",),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which briefing a viewer is.

    Attributes
    ----------
    briefing : str
        The file's name without its ending, the name of own scenes, or "" for none.
    scene : int
        Position of the scene.
    presenting : bool
        Whether the page shows nothing but the presentation.
    """

    briefing: str = ""
    scene: int = 0
    presenting: bool = False


class _ClaimIds(Collection[str]):
    """The names of the claims, without a set of them: a briefing asks for a few of a million."""

    def __init__(self, record: Edition) -> None:
        self._record = record

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._record.position(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._record.claims["claim_id"])

    def __len__(self) -> int:
        return len(self._record.claims)


def shipped(record: Edition) -> Mapping[str, Shelved]:
    """Read the briefings that lie beside the record; anew where a file has changed.

    Parameters
    ----------
    record : Edition

    Returns
    -------
    mapping of str to Shelved
        By the file's name without its ending, in alphabetical order. After the first `MAX_FILES`
        they are not read, and told so.
    """
    try:
        paths = sorted(briefings_path().glob("*.toml"))
    except OSError:  # no folder to look into
        return {}
    found = {path.stem: _shelved(record, path, file_stamp(path)) for path in paths[:MAX_FILES]}
    return found | dict.fromkeys((path.stem for path in paths[MAX_FILES:]), _TOO_MANY)


@derived(most=2 * MAX_FILES)
def _shelved(record: Edition, path: Path, _changed: tuple[int, ...]) -> Shelved:
    try:
        return Shelved(*read(path, record))
    except BadBriefingError as error:
        return Shelved(None, (str(error),))


def read(
    path: Path, record: Edition, data: bytes | None = None
) -> tuple[Briefing, tuple[str, ...]]:
    """Read a briefing's file against a record.

    Parameters
    ----------
    path : Path
    record : Edition
    data : bytes, optional
        What the file holds where a viewer has sent it: the path then only names it.

    Returns
    -------
    Briefing
    tuple of str
        What in it could not be used.

    Raises
    ------
    BadBriefingError
        As `claims.briefing.read_briefing`.
    """
    days = (record.first_day, record.last_day)
    return read_briefing(path, record.vocabulary, _ClaimIds(record), days, data)


def new_name() -> str:
    """Name an own briefing so that only who has its link finds it."""
    return OWN + secrets.token_hex(8)


def keep_own(name: str, briefing: Briefing) -> None:
    """Remember an own briefing as it is now; the one not changed for the longest time may go.

    Parameters
    ----------
    name : str
        From `new_name`.
    briefing : Briefing
    """
    with _lock:
        _own[name] = briefing
        _own.move_to_end(name)
        while len(_own) > MAX_OWN:
            _own.popitem(last=False)


def own(name: str) -> Briefing | None:
    """Give the own scenes of a name; None if they are not kept."""
    return _own.get(name)


def find(record: Edition, name: str) -> Briefing | None:
    """Find a briefing by its name in the address.

    Parameters
    ----------
    record : Edition
    name : str

    Returns
    -------
    Briefing or None
        None if there is none of the name with a scene in it.
    """
    found = _own.get(name)
    if name and found is None:
        shelved = shipped(record).get(name)
        found = shelved.briefing if shelved else None
    return found if found and found.scenes else None


def offered(record: Edition, own_name: str) -> Mapping[str, Briefing]:
    """Give the briefings that a viewer may choose from.

    Parameters
    ----------
    record : Edition
    own_name : str
        Name of the scenes that he keeps himself, or "".

    Returns
    -------
    mapping of str to Briefing
        By name, each with a scene in it; his own last.
    """
    found = {name: one.briefing for name, one in shipped(record).items()}
    found[own_name] = _own.get(own_name)
    return {name: one for name, one in found.items() if one and one.scenes}


def scene_at(record: Edition, place: Place) -> Scene | None:
    """Give the scene of a place; None where there is no briefing."""
    briefing = find(record, place.briefing)
    return briefing.scenes[min(place.scene, len(briefing.scenes) - 1)] if briefing else None


def read_place(
    address: Mapping[str, Sequence[str]], record: Edition
) -> tuple[Place, tuple[str, ...]]:
    """Read where in a briefing an address stands.

    Parameters
    ----------
    address : mapping of str to sequence of str
        URL parameters; looked at are `briefing`, `scene` (from 1) and `present` (1).
    record : Edition

    Returns
    -------
    Place
    tuple of str
        What could not be used.
    """
    name, scene, present = (
        last_value(address, key).strip() for key in ("briefing", "scene", "present")
    )
    notices = []
    briefing = find(record, name)
    if name and briefing is None:
        notices.append(f"There is no briefing “{name[:SHOWN_CHARACTERS]}”.")
        shelved = shipped(record).get(name)
        if shelved:
            notices[-1] = f"The briefing “{name[:SHOWN_CHARACTERS]}” cannot be shown."
            notices += shelved.notices
        elif name.startswith(OWN):
            notices[-1] = "These scenes are not kept any more: load them from their saved file."
    if present not in {"", "0", "1"}:
        notices.append(f"present is “{present[:SHOWN_CHARACTERS]}”, it can only be 1.")
    number = int(scene[:6]) if scene.isdecimal() and scene.isascii() else 0
    last = len(briefing.scenes) if briefing else 0
    if briefing and scene and not 1 <= number <= last:
        told = f"There is no scene “{scene[:SHOWN_CHARACTERS]}”: the briefing has 1 to {last}."
        notices.append(told)
        number = 0
    place = Place(name if briefing else "", max(number - 1, 0) if briefing else 0, present == "1")
    return place, tuple(notices)


def write_place(place: Place) -> dict[str, list[str]]:
    """Write a place as URL parameters; defaults are left out, a briefing names its scene."""
    address = {}
    if place.briefing:
        address = {"briefing": [place.briefing], "scene": [str(place.scene + 1)]}
    if place.presenting:
        address["present"] = ["1"]
    return address
