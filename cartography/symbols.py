"""One table of looks: side, standing, stance and kind to colour, shape and words.

The legend, the cards, the exports and the browser code all read it; nobody else names a colour.
Source of the colours: the palette of Okabe and Ito for the sides, the project's own paper tones.
"""

from __future__ import annotations

from typing import Final

from claims.model import SIDES, STANDINGS
from claims.selection import CLOCK_WORDS

SIDE_WORDS: Final = {"ukraine": "Ukraine", "russia": "Russia", "third_party": "Third party"}
SIDE_SHAPES: Final = {"ukraine": "circle", "russia": "square", "third_party": "triangle"}
STANDING_WORDS: Final = {
    "contested": "contested",
    "agreed": "agreed across sides",
    "one_sided": "one side only",
    "third_party_only": "third party only",
}
STANDING_LINES: Final = {
    "contested": "split",
    "agreed": "solid",
    "one_sided": "dashed",
    "third_party_only": "dotted",
}
STANCE_WORDS: Final = {
    "asserts": "asserts",
    "confirms": "confirms",
    "denies": "denies",
    "doubts": "doubts",
    "cannot_confirm": "cannot confirm",
}
KIND_WORDS: Final = {
    "advance": "advance",
    "withdrawal": "withdrawal",
    "capture": "capture",
    "attack": "attack",
    "attack_repelled": "attack repelled",
    "strike": "strike",
    "control": "control",
    "encirclement": "encirclement",
    "losses": "losses",
    "counteroffensive": "counteroffensive",
    "supply": "supply",
    "other": "other",
}
FAVOURS_WORDS: Final = {"ukraine": "Ukraine", "russia": "Russia", "neither": "neither side"}
BOUND_WORDS: Final = {
    "": "",
    "exact": "",
    "at_least": "at least ",
    "up_to": "up to ",
    "about": "about ",
    "under": "under ",
}
PRECISION_WORDS: Final = {
    "": "place precision unknown",
    "exact": "exact place",
    "settlement": "settlement",
    "part_of_settlement": "part of a settlement",
    "sector": "sector",
    "region": "region, not placed",
    "unplaced": "not placed",
}

TOKENS: Final = {
    "light": {
        "page": "#FBFAF6",
        "panel": "#F6F3EA",
        "card": "#FFFDF8",
        "ink": "#1D1D1B",
        "second": "#3B382F",
        "third": "#5B564C",
        "line": "#E2DDD0",
        "land": "#F3F0E8",
        "built": "#DDD5C3",
        "water": "#A9C9D6",
        "water-ink": "#3F6B7E",
        "road": "#C9BEA8",
        "road-casing": "#FFFDF8",
        "border": "#8E8676",
        "ukraine": "#0072B2",
        "russia": "#D55E00",
        "third_party": "#4A4A4A",
        "ukraine-ink": "#005B8F",
        "russia-ink": "#A34700",
        "third_party-ink": "#3B3B3B",
        "outline": "#1D1D1B",
        "pen": "#A8006E",
        "halo": "#FFFFFF",
    },
    "dark": {
        "page": "#171613",
        "panel": "#1F1D19",
        "card": "#24221D",
        "ink": "#F3F0E8",
        "second": "#D8D2C4",
        "third": "#B3AC9C",
        "line": "#3A372F",
        "land": "#24221D",
        "built": "#3A362C",
        "water": "#2F4A55",
        "water-ink": "#8FB4C4",
        "road": "#4A4538",
        "road-casing": "#171613",
        "border": "#7A7364",
        "ukraine": "#56B4E9",
        "russia": "#F0803C",
        "third_party": "#C9C5BA",
        "ukraine-ink": "#7CC6F0",
        "russia-ink": "#F59A62",
        "third_party-ink": "#D8D2C4",
        "outline": "#F3F0E8",
        "pen": "#FF9BDD",
        "halo": "#171613",
    },
}
"""Colour tokens of both themes; in the browser they are the CSS variables `--cm-<name>`."""


def css_variables() -> str:
    """Write the tokens of both themes as CSS.

    Returns
    -------
    str
        Rules for `[data-cm-theme="light"]` and `[data-cm-theme="dark"]`, each declaring every
        token as `--cm-<name>`.
    """
    rules = []
    for theme, tokens in TOKENS.items():
        lines = "".join(f"  --cm-{name}: {colour};\n" for name, colour in tokens.items())
        rules.append(f'[data-cm-theme="{theme}"] {{\n{lines}}}\n')
    return "".join(rules)


def words_for_the_browser() -> dict[str, object]:
    """Gather the words the browser code needs, so that it keeps none of its own.

    Returns
    -------
    dict
        sides and standings (code and words, in the order of their codes), stances and clocks.
    """
    return {
        "sides": [[code, SIDE_WORDS[code]] for code in SIDES],
        "standings": [[code, STANDING_WORDS[code]] for code in STANDINGS],
        "stances": STANCE_WORDS,
        "clocks": CLOCK_WORDS,
    }
