"""Sources as numbered footnotes: the same source has one number in one document."""

from __future__ import annotations

from typing import Any, Final

from cartography.wording import visible

_FIELDS: Final = ("outlet", "url", "title")
"""The headline stands last: where room ends, the address is still whole."""


class Footnotes:
    """Gives numbers to the sources of claims, in the order in which they are asked for."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}

    def number(self, words: dict[str, Any]) -> int:
        """Give the number of a claim's source.

        Parameters
        ----------
        words : dict
            Of a claim, from `cartography.wording.words_of`.

        Returns
        -------
        int
            From 1.
        """
        source = tuple(" ".join(visible(str(words[name])).split()) for name in _FIELDS)
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def lines(self) -> list[str]:
        """List the sources in full, each with its number."""
        return [
            f"{number} {' · '.join(part for part in source if part)}"
            for source, number in self._numbers.items()
        ]
