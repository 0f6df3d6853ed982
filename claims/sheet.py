"""A table of claims as its rules see it: each column read once, whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.cells import Cells, Days, read_cells, read_days, read_numbers

if TYPE_CHECKING:
    import pandas as pd

    from claims.cells import BoolArray, FloatArray, IntArray


class Sheet:
    """A table of text cells, each column read at most once.

    Parameters
    ----------
    table : pandas.DataFrame
        Needs every column of `model.COLUMN_NAMES` as text, "" for a blank.
    rows : numpy.ndarray of int, shape (len(table),)
        The number of each row, as a spreadsheet shows it.
    geometry_ids : frozenset of str or None
        The features that exist; None = not to be checked.
    """

    def __init__(
        self, table: pd.DataFrame, rows: IntArray, geometry_ids: frozenset[str] | None
    ) -> None:
        self.rows = rows
        self.geometry_ids = geometry_ids
        self.table = table
        self._cells: dict[str, Cells] = {}
        self._numbers: dict[str, FloatArray] = {}
        self._days: dict[str, Days] = {}

    def cells(self, name: str) -> Cells:
        """Give the distinct texts of a column."""
        if name not in self._cells:
            self._cells[name] = read_cells(self.table[name])
        return self._cells[name]

    def numbers_of_texts(self, name: str) -> FloatArray:
        """Give a column's numbers, one a distinct text; NaN where there is none."""
        if name not in self._numbers:
            self._numbers[name] = read_numbers(self.cells(name).texts)
        return self._numbers[name]

    def numbers(self, name: str) -> FloatArray:
        """Give a column's numbers, one a row; NaN where there is none."""
        return self.cells(name).spread(self.numbers_of_texts(name))

    def days(self, name: str) -> Days:
        """Give a column's days, one a distinct text."""
        if name not in self._days:
            self._days[name] = read_days(self.cells(name).texts)
        return self._days[name]

    def day_by_row(self, name: str) -> tuple[BoolArray, IntArray]:
        """Say of every row whether its day exists, and which it is, since 1970-01-01, else 0."""
        cells, days = self.cells(name), self.days(name)
        return cells.spread(days.exists), cells.spread(days.day)

    def instant_by_row(self, name: str) -> tuple[BoolArray, IntArray]:
        """Say of every row whether it states an instant, and which, in minutes since 1970."""
        cells, days = self.cells(name), self.days(name)
        return cells.spread(days.exists & days.offset_stated), cells.spread(days.minute)

    def placed(self) -> BoolArray:
        """Say of every row whether both its coordinates are numbers."""
        return ~np.isnan(self.numbers("latitude")) & ~np.isnan(self.numbers("longitude"))
