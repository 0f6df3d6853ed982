"""The handling marking of what is handed out: a TLP 2.0 label, free text, or a plain warning."""

from __future__ import annotations

from typing import Final

from claims.headings import cut_notice, one_line

TLP_LABELS: Final = ("TLP:RED", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:GREEN", "TLP:CLEAR")
"""FIRST, Traffic Light Protocol, version 2.0 (August 2022): capitals, no space in a label."""
NOT_SET: Final = "HANDLING NOT SET"
HANDLING_MAX_CHARACTERS: Final = 80


def handling_label(text: str) -> str:
    """Spell a handling marking.

    Parameters
    ----------
    text : str
        What somebody wrote.

    Returns
    -------
    str
        The TLP 2.0 label, exactly spelt, if the text is one but for capitals and spaces; else the
        text as one line of at most `HANDLING_MAX_CHARACTERS`; "" if nothing was set.
    """
    line = one_line(text, most=HANDLING_MAX_CHARACTERS)
    folded = "".join(line.split()).upper()
    if folded in TLP_LABELS:
        return folded
    return "" if line == NOT_SET else line


def handling_words(text: str) -> str:
    """Give the marking that is shown at the top and the bottom of everything handed out.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        As `handling_label`; `NOT_SET` if nothing was set.
    """
    return handling_label(text) or NOT_SET


def handling_notices(text: str) -> tuple[str, ...]:
    """Warn of a marking that is cut, or looks like a TLP label and is none of version 2.0.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of str
        A sentence each. "TLP:WHITE" was a label of version 1.
    """
    label = handling_label(text)
    told = [cut_notice("handling", text, HANDLING_MAX_CHARACTERS)]
    if label.upper().startswith("TLP") and label not in TLP_LABELS:
        told.append(
            f"The handling {label!r} is no label of TLP 2.0, which has {', '.join(TLP_LABELS)};"
            " it is shown as free text."
        )
    return tuple(filter(None, told))
