"""Every word of the record has its look, no side looks better, and all of it can be read."""

from __future__ import annotations

import re
from itertools import product

import pytest

from cartography import symbols
from cartography.symbols import TOKENS, css_variables, words_for_the_browser
from claims.model import (
    BOUNDS,
    FAVOURS,
    KINDS,
    LOCATION_PRECISIONS,
    SIDES,
    STANCES,
    STANDINGS,
)

THEMES = ("light", "dark")
SHEETS = ("page", "panel", "card")
INKS = ("ink", "second", "third")
TEXT_CONTRAST, GRAPHIC_CONTRAST = 4.5, 3.0
"""WCAG 2.2, success criteria 1.4.3 and 1.4.11."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, for a colour written #rrggbb."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: str, first: str, second: str) -> float:
    low, high = sorted(luminance(TOKENS[theme][name]) for name in (first, second))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_contrast_wcag_names() -> None:
    assert (luminance("#ffffff") + 0.05) / (luminance("#000000") + 0.05) == pytest.approx(21)


@pytest.mark.parametrize(
    ("table", "vocabulary"),
    [
        (symbols.SIDE_WORDS, SIDES),
        (symbols.SIDE_SHAPES, SIDES),
        (symbols.STANDING_WORDS, STANDINGS),
        (symbols.STANDING_LINES, STANDINGS),
        (symbols.STANCE_WORDS, STANCES),
        (symbols.KIND_WORDS, KINDS),
        (symbols.FAVOURS_WORDS, FAVOURS),
        (symbols.BOUND_WORDS, ("", *BOUNDS)),
        (symbols.PRECISION_WORDS, ("", *LOCATION_PRECISIONS)),
    ],
)
def test_every_code_of_a_vocabulary_has_its_entry_and_nothing_else(
    table: dict[str, str], vocabulary: tuple[str, ...]
) -> None:
    assert tuple(table) == vocabulary


@pytest.mark.parametrize("table", [symbols.SIDE_SHAPES, symbols.STANDING_LINES])
def test_no_two_codes_look_the_same_without_colour(table: dict[str, str]) -> None:
    assert len(set(table.values())) == len(table)


def test_words_of_one_vocabulary_differ_and_none_is_empty() -> None:
    for table in (symbols.SIDE_WORDS, symbols.STANDING_WORDS, symbols.KIND_WORDS):
        assert all(table.values())
        assert len(set(table.values())) == len(table)


def test_only_an_exact_or_unhedged_number_stands_without_a_hedge() -> None:
    bare = [code for code, words in symbols.BOUND_WORDS.items() if not words]
    assert bare == ["", "exact"]
    assert all(words == "" or words.endswith(" ") for words in symbols.BOUND_WORDS.values())


def test_the_side_colours_of_the_light_theme_are_those_of_okabe_and_ito() -> None:
    assert TOKENS["light"]["ukraine"] == "#0072B2"
    assert TOKENS["light"]["russia"] == "#D55E00"


def test_both_themes_name_the_same_tokens_as_plain_colours() -> None:
    assert tuple(TOKENS) == THEMES
    assert list(TOKENS["light"]) == list(TOKENS["dark"])
    for theme in THEMES:
        assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in TOKENS[theme].values())


@pytest.mark.parametrize("theme", THEMES)
def test_every_side_has_a_colour_of_its_own_and_one_for_its_words(theme: str) -> None:
    for suffix in ("", "-ink"):
        colours = {TOKENS[theme][side + suffix] for side in SIDES}
        assert len(colours) == len(SIDES)


@pytest.mark.parametrize(("theme", "ink", "sheet"), list(product(THEMES, INKS, SHEETS)))
def test_text_can_be_read_on_every_sheet(theme: str, ink: str, sheet: str) -> None:
    assert contrast(theme, ink, sheet) >= TEXT_CONTRAST


@pytest.mark.parametrize(("theme", "side"), list(product(THEMES, SIDES)))
def test_a_side_s_words_can_be_read_on_the_land_and_on_every_sheet(theme: str, side: str) -> None:
    for ground in ("land", *SHEETS):
        assert contrast(theme, f"{side}-ink", ground) >= TEXT_CONTRAST, ground


@pytest.mark.parametrize(("theme", "side"), list(product(THEMES, SIDES)))
def test_a_side_s_mark_stands_out_from_the_land(theme: str, side: str) -> None:
    assert contrast(theme, side, "land") >= GRAPHIC_CONTRAST


@pytest.mark.parametrize("theme", THEMES)
def test_names_of_waters_can_be_read_on_the_land(theme: str) -> None:
    assert contrast(theme, "water-ink", "land") >= TEXT_CONTRAST


@pytest.mark.parametrize("theme", THEMES)
def test_outline_and_halo_part_a_mark_from_whatever_lies_under_it(theme: str) -> None:
    assert contrast(theme, "outline", "halo") >= 7
    for ground in ("land", "built", "water"):
        assert contrast(theme, "outline", ground) >= TEXT_CONTRAST, ground


def test_the_style_declares_every_token_once_a_theme() -> None:
    css = css_variables()
    for theme, tokens in TOKENS.items():
        block = css.split(f'[data-cm-theme="{theme}"] {{')[1].split("}")[0]
        declared = dict(re.findall(r"--cm-([a-z_-]+): (#[0-9A-F]{6});", block))
        assert declared == tokens


def test_the_browser_gets_sides_and_standings_in_the_order_of_their_codes() -> None:
    words = words_for_the_browser()
    assert words["sides"] == [[side, symbols.SIDE_WORDS[side]] for side in SIDES]
    assert words["standings"] == [[code, symbols.STANDING_WORDS[code]] for code in STANDINGS]
    assert words["stances"] == symbols.STANCE_WORDS
