"""One line of text for a heading: no character that breaks, hides or turns what stands there."""

from __future__ import annotations

import unicodedata
from typing import Final

_TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Marks that change the direction of what follows, so that it reads otherwise than it is."""


def one_line(text: str, *, most: int) -> str:
    """Make a text fit to stand in one line of a heading.

    Parameters
    ----------
    text : str
        Any text.
    most : int
        How many characters may be left, 1 or more.

    Returns
    -------
    str
        Words with single spaces between; control characters and line ends count as spaces, marks
        that turn the direction of reading and characters that no text may hold are gone. A text
        that is too long ends in an ellipsis. To tidy it again changes nothing.
    """
    letters = (" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    line = " ".join("".join(sign for sign in letters if _is_text(sign)).split())
    if len(line) <= most:
        return line
    return line[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def cut_notice(name: str, text: str, most: int) -> str:
    """Warn of a text that is cut when it becomes a line.

    Parameters
    ----------
    name : str
        What the text is.
    text : str
    most : int
        As for `one_line`.

    Returns
    -------
    str
        A sentence, or "" if all of the text stays.
    """
    if len(one_line(text, most=len(text) + 1)) <= most:
        return ""
    return f"The {name} has {len(text):,} characters; it is cut to {most}."


def _is_text(sign: str) -> bool:
    # Half a surrogate pair and the 66 noncharacters can stand in no file that others read.
    is_noncharacter = ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef"  # noqa: PLR2004
    return not (is_noncharacter or sign in _TURNING or unicodedata.category(sign) == "Cs")
