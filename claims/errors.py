"""What went wrong: where, what was found, what was expected and the remedy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault in one place of a file.

    Attributes
    ----------
    row : int
        Row number as a spreadsheet shows it: the header is row 1, the first claim row 2.
        0 stands for the file as a whole.
    column : str
        Column name, or "" when the whole row or file is meant.
    found : str
        The value as it stands in the file, cut to 80 characters.
    rule : str
        The rule it breaks, a clause that can follow "must" ("be a number from -90 to 90").
    remedy : str
        What to do about it, a sentence.
    severity : str
        "error" (the row is left out) or "warning" (the row is kept).
    """

    row: int
    column: str
    found: str
    rule: str
    remedy: str
    severity: str = "error"

    def __str__(self) -> str:
        """Say the whole problem in one line."""
        where = f"row {self.row}" if self.row else "file"
        if self.column:
            where += f", column {self.column}"
        return f"{where}: found {self.found!r}, must {self.rule}. {self.remedy}"


class ClaimsError(Exception):
    """Base of every error this project raises on purpose.

    Parameters
    ----------
    where : str
        The file or part the error is about (a name, never a path of the machine).
    found : str
        What was there.
    expected : str
        What should have been there.
    remedy : str
        What the reader can do about it.
    """

    def __init__(self, where: str, found: str, expected: str, remedy: str) -> None:
        self.where = where
        self.found = found
        self.expected = expected
        self.remedy = remedy
        super().__init__(f"{where}: found {found}, expected {expected}. {remedy}")


class UnreadableFileError(ClaimsError):
    """The file cannot be read as a table of claims at all."""


class BadGeometryFileError(ClaimsError):
    """A file of `data/geo` cannot be read or lacks what it must hold."""


class ImpossibleLengthError(ClaimsError):
    """A length, radius or bearing from which no geometry can be made."""


class LineTooShortError(ClaimsError):
    """A course is shorter than the length that is to be drawn along it."""


class BadBriefingError(ClaimsError):
    """A file that is no briefing, or asks for what no scene has."""


class UnwritableFileError(ClaimsError):
    """A file could not be written; what stood there before is as it was."""
