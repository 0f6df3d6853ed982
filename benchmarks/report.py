"""Figures, their ratio and the table they are printed in."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS: Final = ("what", "median", "p95", "n", "beside it", "median", "p95", "ratio", "command")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    what : str
        What was measured, with its unit.
    values : tuple of float
        At least one.
    command : str
        What measures this row alone.
    peer : str
        What it is held against, "" for nothing.
    peer_values : tuple of float
        In the same unit and from the same run.
    """

    what: str
    values: tuple[float, ...]
    command: str
    peer: str = ""
    peer_values: tuple[float, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """Write the row's cells.

        Returns
        -------
        tuple of str
            One a heading; blank where there is nothing to hold it against.
        """
        ours = _figures(self.values)
        beside = _figures(self.peer_values) if self.peer_values else ("", "")
        ratio = ""
        if self.peer_values:
            ratio = f"{statistics.median(self.values) / statistics.median(self.peer_values):.2f}"
        count = str(len(self.values))
        return (self.what, *ours, count, self.peer, *beside, ratio, f"`{self.command}`")


def percentile_95(values: Sequence[float]) -> float:
    """Find the value that 95 % of the values do not exceed, between neighbours by proportion.

    Parameters
    ----------
    values : sequence of float
        At least one.

    Returns
    -------
    float
    """
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def table(rows: Sequence[Row]) -> str:
    """Write rows as a Markdown table.

    Parameters
    ----------
    rows : sequence of Row

    Returns
    -------
    str
    """
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _figures(values: Sequence[float]) -> tuple[str, str]:
    middle = f"{statistics.median(values):,.4g}"
    # A 95th percentile of a handful of values would only be the highest by another name.
    return middle, f"{percentile_95(values):,.4g}" if len(values) > 4 else ""  # noqa: PLR2004
