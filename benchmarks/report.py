"""Figures, the bars they are held to, and the table they are printed in."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS: Final = (
    "what",
    "median",
    "p95",
    "n",
    "beside it",
    "median",
    "p95",
    "ratio",
    "bar",
    "met",
    "command",
)
FEWEST_FOR_P95: Final = 15
"""A 95th percentile of a handful of values would only be the highest by another name."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure is held to.

    Attributes
    ----------
    at_most : float
        The figure, or its ratio, may not be larger.
    unit : str
        Of the figure; "x" if the ratio to what stands beside it is meant.
    by : {"median", "p95"}
        Which figure, on both sides, is held to it.
    """

    at_most: float
    unit: str
    by: Literal["median", "p95"] = "median"

    def words(self) -> str:
        """Say it.

        Returns
        -------
        str
        """
        return f"{self.by} at most {self.at_most:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    what : str
        What was measured, with its unit.
    values : tuple of float
        None if it could not be measured; `why` then says why.
    command : str
        What measures this row alone.
    peer : str
        What it is held against, "" for nothing.
    peer_values : tuple of float
        In the same unit and from the same run.
    bar : Bar or None
    why : str
        Why there is no figure, on this side or beside it; else "".
    """

    what: str
    values: tuple[float, ...]
    command: str
    peer: str = ""
    peer_values: tuple[float, ...] = ()
    bar: Bar | None = None
    why: str = ""

    def cells(self) -> tuple[str, ...]:
        """Write the row's cells.

        Returns
        -------
        tuple of str
            One a heading; blank where there is nothing to tell.
        """
        ratio = self._ratio("median")
        return (
            self.what,
            *_figures(self.values),
            str(len(self.values) or ""),
            self.peer,
            *_figures(self.peer_values),
            "" if ratio is None else f"{ratio:.2f}",
            self.bar.words() if self.bar else "",
            self._verdict(),
            f"`{self.command}`",
        )

    def _ratio(self, by: Literal["median", "p95"]) -> float | None:
        ours, beside = _figure(self.values, by), _figure(self.peer_values, by)
        return None if ours is None or not beside else ours / beside

    def _verdict(self) -> str:
        if self.why:
            return f"not measured: {self.why}"
        if self.bar is None:
            return ""
        by = self.bar.by
        found = self._ratio(by) if self.bar.unit == "x" else _figure(self.values, by)
        if found is None:
            return f"open: fewer than {FEWEST_FOR_P95} values" if by == "p95" else "open"
        return f"{'yes' if found <= self.bar.at_most else 'no'}: {found:,.4g} {self.bar.unit}"


def percentile_95(values: Sequence[float]) -> float:
    """Find the value that 95 % of the values do not exceed, between neighbours by proportion.

    Parameters
    ----------
    values : sequence of float
        At least two.

    Returns
    -------
    float
    """
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


def _figure(values: Sequence[float], by: Literal["median", "p95"]) -> float | None:
    if by == "median":
        return statistics.median(values) if values else None
    return percentile_95(values) if len(values) >= FEWEST_FOR_P95 else None


def _figures(values: Sequence[float]) -> tuple[str, str]:
    both = _figure(values, "median"), _figure(values, "p95")
    middle, high = ("" if value is None else f"{value:,.4g}" for value in both)
    return middle, high
