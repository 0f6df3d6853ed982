"""The type of pictures: DejaVu Sans, which comes with matplotlib and holds Cyrillic."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from matplotlib.font_manager import FontProperties, findfont, get_font

from cartography.wording import visible

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

FAMILY: Final = "DejaVu Sans"
NARROWER: Final = 0.9
"""DejaVu runs wider than the page's type: at nine tenths of the size it fills the same room."""
BOLD: Final = 600
MISSING: Final = "\N{WHITE SQUARE}"
ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
KEPT_WIDTHS: Final = 8192
"""Measured texts that are remembered: names and words recur from scene to scene."""
_PIXELS: Final = 64.0
_DPI: Final = 72


def properties(size_px: float, *, weight: int = 400, italic: bool = False) -> FontProperties:
    """Give a face to matplotlib.

    Parameters
    ----------
    size_px : float
        In layout pixels, as the page would ask for.
    weight : int, optional
        600 and more is bold.
    italic : bool, optional
    """
    return FontProperties(
        family=FAMILY,
        size=size_px * NARROWER,
        weight="bold" if weight >= BOLD else "normal",
        style="oblique" if italic else "normal",
    )


@lru_cache(maxsize=8)
def _path(*, bold: bool) -> str:
    found = findfont(properties(10, weight=700 if bold else 400))
    return str(found)


def _font(*, weight: int) -> FT2Font:
    # matplotlib keeps one of these a thread.
    return get_font(_path(bold=weight >= BOLD))


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    return frozenset(_font(weight=400).get_charmap())


def plain(text: str) -> str:
    """Make a text writable: unseen characters are marked, signs the face lacks are squares.

    Parameters
    ----------
    text : str
        Any text of a record or a briefing.

    Returns
    -------
    str
        One line.
    """
    line = " ".join(visible(text).split())
    if line.isascii():
        return line
    known = _signs()
    return "".join(sign if ord(sign) in known else MISSING for sign in line)


@lru_cache(maxsize=KEPT_WIDTHS)
def text_width(text: str, size_px: float, *, weight: int = 400) -> float:
    """Measure a text.

    Parameters
    ----------
    text : str
        Of `plain`.
    size_px : float
    weight : int, optional

    Returns
    -------
    float
        Layout pixels.
    """
    if not text:
        return 0.0
    font = _font(weight=weight)
    font.set_size(size_px * NARROWER, _DPI)
    font.set_text(text, 0.0)
    width, _ = font.get_width_height()
    return float(width / _PIXELS)


def measure(text: str, size_px: float, *, weight: int = 400) -> float:
    """Measure any text, as `cartography.names.Measure` wants it."""
    return text_width(plain(text), size_px, weight=weight)


def cut(text: str, size_px: float, width_px: float, *, weight: int = 400) -> str:
    """Shorten a line to a width, with an ellipsis where something is left out."""
    if text_width(text, size_px, weight=weight) <= width_px:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        tried = text[:middle].rstrip() + ELLIPSIS
        if text_width(tried, size_px, weight=weight) <= width_px:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def wrapped(
    text: str, size_px: float, width_px: float, *, most: int, weight: int = 400
) -> list[str]:
    """Break a text into lines.

    Parameters
    ----------
    text : str
    size_px : float
    width_px : float
        No line is wider.
    most : int
        Lines; the last ends in an ellipsis if not all the text finds room.
    weight : int, optional

    Returns
    -------
    list of str
    """
    # What cannot be seen on so many lines need not be measured.
    words = plain(text[: most * 400]).split()
    space = text_width(" ", size_px, weight=weight)
    lines: list[str] = []
    while words and len(lines) < most:
        if len(lines) == most - 1:
            lines.append(cut(" ".join(words), size_px, width_px, weight=weight))
            break
        line, wide = words[0], text_width(words[0], size_px, weight=weight)
        del words[0]
        if wide > width_px:
            fitting = _head(line, size_px, width_px, weight)
            words.insert(0, line[fitting:])
            line = line[:fitting]
        while words and wide <= width_px:
            wide += space + text_width(words[0], size_px, weight=weight)
            if wide <= width_px:
                line = f"{line} {words.pop(0)}"
        lines.append(line)
    return lines


def _head(word: str, size_px: float, width_px: float, weight: int) -> int:
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(word[:middle], size_px, weight=weight) <= width_px:
            low = middle
        else:
            high = middle - 1
    return low
