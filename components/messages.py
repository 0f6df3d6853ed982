"""The one table from what went wrong to what a viewer reads."""

from __future__ import annotations

from typing import Final

from claims.errors import (
    BadBriefingError,
    BadGeometryFileError,
    ClaimsError,
    ImpossibleLengthError,
    LineTooShortError,
    UnreadableFileError,
    UnwritableFileError,
)

MESSAGES: Final[dict[type[Exception], str]] = {
    UnreadableFileError: "The claims file cannot be read.",
    BadGeometryFileError: "A file of the map's ground cannot be read.",
    LineTooShortError: "A claim states a length that does not fit its sector.",
    ImpossibleLengthError: "A claim states a length that cannot be drawn.",
    BadBriefingError: "A briefing's file cannot be used.",
    UnwritableFileError: "A file cannot be written.",
    ClaimsError: "The claims cannot be shown.",
    OSError: "A file of the map cannot be read on the server.",
    MemoryError: "The claims file is too large for this machine.",
}
FALLBACK: Final = "Something failed on our side. Reload the page; the address keeps your view."


def message_for(error: Exception) -> str:
    """Say an error to a viewer.

    Parameters
    ----------
    error : Exception

    Returns
    -------
    str
        Plain text without a traceback or a path; errors of our own also say what to do.
    """
    kinds = type(error).__mro__
    words = next((MESSAGES[kind] for kind in kinds if kind in MESSAGES), FALLBACK)
    return f"{words} {error}" if isinstance(error, ClaimsError) else words
