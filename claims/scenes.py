"""What a briefing is: scenes in their order, each a view of the claims with a title and a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from claims.handling import handling_label
from claims.headings import one_line
from claims.selection import Selection

if TYPE_CHECKING:
    from typing import Any

TITLE_MAX_CHARACTERS: Final = 120
TEXT_MAX_CHARACTERS: Final = 400
NARRATORS: Final = 2
MAX_SCENES: Final = 100
MAX_LATITUDE_DEG: Final = 85.0
MAX_LONGITUDE_DEG: Final = 180.0
MAX_ZOOM: Final = 18.0
ONE_VALUE: Final = ("from", "to", "clock", "q", "claim", "at")
"""Parameters of the address that stand there once; the others may be repeated."""
DAY_KEYS: Final = ("from", "to")
MANY_VALUES: Final = ("side", "organisation", "claimant", "kind", "standing")
SCENE_KEYS: Final = ("title", "text", *ONE_VALUE, *MANY_VALUES, "compare")
BRIEFING_KEYS: Final = ("title", "handling", "scene")


@dataclass(frozen=True, slots=True)
class MapView:
    """Where the map stands, in WGS 84. Kept as finely as an address writes it.

    Attributes
    ----------
    latitude, longitude : float
        The map's centre in degrees, four decimals; latitude -85 to 85, longitude -180 to 180.
    zoom : float
        Zoom level of the web map, 0 to 18, two decimals.

    Raises
    ------
    ValueError
        If one of them is out of range or no number.
    """

    latitude: float
    longitude: float
    zoom: float

    def __post_init__(self) -> None:
        """Refuse a place off the map, and round."""
        fits = (
            abs(self.latitude) <= MAX_LATITUDE_DEG
            and abs(self.longitude) <= MAX_LONGITUDE_DEG
            and 0 <= self.zoom <= MAX_ZOOM
        )
        if not fits:
            message = (
                f"view {self.latitude}, {self.longitude}, {self.zoom} must lie from -85 to 85,"
                " -180 to 180 and 0 to 18"
            )
            raise ValueError(message)
        # Adding 0.0 makes -0.0 a plain zero, which is written without a sign.
        object.__setattr__(self, "latitude", round(float(self.latitude), 4) + 0.0)
        object.__setattr__(self, "longitude", round(float(self.longitude), 4) + 0.0)
        object.__setattr__(self, "zoom", round(float(self.zoom), 2) + 0.0)

    @classmethod
    def from_address(cls, text: str) -> MapView | None:
        """Read the address's parameter `at`.

        Parameters
        ----------
        text : str
            "latitude,longitude,zoom".

        Returns
        -------
        MapView or None
            None if the text is no such place.
        """
        try:
            latitude, longitude, zoom = (float(part) for part in text[:200].split(","))
            return cls(latitude, longitude, zoom)
        except ValueError:
            return None

    def to_address(self) -> str:
        """Write the place as the address's parameter `at`."""
        return f"{self.latitude:.4f},{self.longitude:.4f},{self.zoom:g}"


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of a briefing. All texts may hold any words: show them as text.

    Attributes
    ----------
    title : str
        One line, at most `TITLE_MAX_CHARACTERS`; what is longer is cut on making the scene.
    text : str
        One line, at most `TEXT_MAX_CHARACTERS`; cut likewise. May be "".
    selection : Selection
        Window, clock and filters.
    claim : str
        `claim_id` of the selected claim, or "".
    view : MapView or None
        Where the map stands; None = where everything kept can be seen.
    compare : tuple of str
        Two narrators to set side by side, each the code of a side or an organisation's name; or
        none.

    Raises
    ------
    ValueError
        If there are narrators, but not two different ones.
    """

    title: str
    text: str
    selection: Selection
    claim: str = ""
    view: MapView | None = None
    compare: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Tidy the words, and refuse a comparison of one or of the same."""
        object.__setattr__(self, "title", one_line(self.title, most=TITLE_MAX_CHARACTERS))
        object.__setattr__(self, "text", one_line(self.text, most=TEXT_MAX_CHARACTERS))
        if self.compare and not (len(self.compare) == NARRATORS == len(set(self.compare))):
            message = f"compare is {self.compare!r}, must be none or two different narrators"
            raise ValueError(message)

    def parameters(self, days: tuple[int, int] | None = None) -> dict[str, list[str]]:
        """Give the scene as parameters of the page's address.

        Parameters
        ----------
        days : (int, int), optional
            First and last day of the record, whole days since 1970-01-01. With them a scene that
            asks for nothing names them: an address without a filter or a claim would open on the
            days of the record's opening.

        Returns
        -------
        dict of str to list of str
            Only what differs from the default; the map's place stands last. Title and text are
            no part of it.
        """
        parameters = self.selection.to_parameters()
        if not parameters and not self.claim and days is not None:
            parameters = Selection(from_day=days[0], to_day=days[1]).to_parameters()
        if self.claim:
            parameters["claim"] = [self.claim]
        if self.compare:  # asks for no claims: the days stand beside it
            parameters["compare"] = list(self.compare)
        if self.view is not None:
            parameters["at"] = [self.view.to_address()]
        return parameters

    def permalink(self, page: str, days: tuple[int, int] | None) -> str:
        """Write the page's address of the scene.

        Parameters
        ----------
        page : str
            The address at which the page is served, without parameters; may be "".
        days : (int, int) or None
            First and last day of the record as `parameters` takes them; None of an empty one.

        Returns
        -------
        str
            The page's own address where there is nothing to say beside it.
        """
        query = urlencode(self.parameters(days), doseq=True, safe=",:")
        return f"{page}?{query}" if query else page


@dataclass(frozen=True, slots=True)
class Briefing:
    """Scenes in the order in which they are shown.

    Attributes
    ----------
    title : str
        One line, at most `TITLE_MAX_CHARACTERS`; what is longer is cut.
    handling : str
        A label of TLP 2.0 or free text, as `claims.handling.handling_label` spells it; "" if not
        set. `claims.handling.handling_words` is what is shown.
    scenes : tuple of Scene
        At most `MAX_SCENES`. May be empty while somebody composes it; no such file is read.

    Raises
    ------
    ValueError
        If there are more scenes.
    """

    title: str
    handling: str
    scenes: tuple[Scene, ...]

    def __post_init__(self) -> None:
        """Tidy the words, and refuse more scenes than anybody shows."""
        object.__setattr__(self, "title", one_line(self.title, most=TITLE_MAX_CHARACTERS))
        object.__setattr__(self, "handling", handling_label(self.handling))
        if len(self.scenes) > MAX_SCENES:
            message = f"{len(self.scenes)} scenes, must be at most {MAX_SCENES}"
            raise ValueError(message)

    def table(self) -> dict[str, Any]:
        """Give the briefing as the table its file holds, named as in the page's address."""
        return {
            "title": self.title,
            "handling": self.handling,
            "scene": [_scene_table(scene) for scene in self.scenes],
        }


def _scene_table(scene: Scene) -> dict[str, Any]:
    table: dict[str, Any] = {"title": scene.title, "text": scene.text}
    for name, values in scene.parameters().items():
        table[name] = values[0] if name in ONE_VALUE else values
        if name in DAY_KEYS:
            table[name] = date.fromisoformat(values[0])
    return table
