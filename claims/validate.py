"""Ask every rule of every row, and tell all bad rows at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from claims.model import BY_NAME, COLUMN_NAMES
from claims.progress import Meter
from claims.rules import RULES
from claims.sheet import Sheet
from claims.texts import FEW_ROWS, THREADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from claims.errors import Problem
    from claims.progress import Progress
    from claims.rules import Rule


def check_rows(
    table: pd.DataFrame, rows: np.ndarray, *, geometry_ids: frozenset[str] | None
) -> tuple[Problem, ...]:
    """Find every breach of every rule in a table of claims.

    Parameters
    ----------
    table : pandas.DataFrame
        Needs every column of `model.COLUMN_NAMES`, all cells text, "" for a blank. Not changed.
    rows : numpy.ndarray of int, shape (len(table),)
        The number of each row as a spreadsheet shows it; the first claim stands in row 2.
    geometry_ids : frozenset of str or None
        The features of `data/geo/sectors.geojson`; None = do not check `geometry_id`.

    Returns
    -------
    tuple of Problem
        By row, then by the column's place in the file; problems of the file as a whole first.

    Raises
    ------
    KeyError
        If the table lacks a column.
    """
    return check_sheet(Sheet(table, np.asarray(rows, dtype=np.int64), geometry_ids))


def check_sheet(sheet: Sheet, progress: Progress | None = None) -> tuple[Problem, ...]:
    """Find every breach of every rule in a sheet whose cells may be of further use.

    Parameters
    ----------
    sheet : Sheet
    progress : Progress, optional
        Is told how far the step checking is.

    Returns
    -------
    tuple of Problem
        As `check_rows` gives them.
    """
    rows = len(sheet.rows)
    asked = [(rule, name) for rule in RULES if rule.fault is not None for name in rule.columns]
    meter = Meter(progress, "checking", rows * len(asked))

    def ask(question: tuple[Rule, str]) -> list[Problem]:
        found = list(_breaches(*question, sheet))
        meter.add(rows)
        return found

    if rows < FEW_ROWS:  # threads cost a small record more than they save
        found = [ask(question) for question in asked]
    else:
        for name in COLUMN_NAMES:  # before any thread asks for them
            sheet.cells(name)
        with ThreadPoolExecutor(THREADS) as pool:
            found = list(pool.map(ask, asked))
    problems = [problem for breaches in found for problem in breaches]
    places = {name: place for place, name in enumerate(COLUMN_NAMES)}
    problems.sort(key=lambda problem: places[problem.column])
    problems.sort(key=attrgetter("row"))
    return tuple(problems)


def _breaches(rule: Rule, name: str, sheet: Sheet) -> Iterator[Problem]:
    if rule.fault is None:
        return
    column = BY_NAME[name]
    clashes = rule.fault(sheet, column)
    positions = np.flatnonzero(clashes)
    if not len(positions):
        return
    cells = sheet.cells(name)
    if rule.once_when_most:
        filled = int(np.count_nonzero(~cells.blank()))
        if len(positions) * 2 > filled:
            found = f"{len(positions)} of {filled} values, such as {cells.at(positions[0])}"
            yield rule.problem(0, found, column)
            return
    for position in positions.tolist():
        yield rule.problem(
            int(sheet.rows[position]),
            cells.at(position),
            column,
            other=int(clashes[position]),
        )
