"""The same quantity, by speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.model import QUANTITIES

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity and the claims that state a number for it.

    Attributes
    ----------
    column : str
        A name of `claims.model.QUANTITIES`; it carries the unit.
    claims : tuple of int
        Positions in the claims frame, by proposition, then by day said.
    values : tuple of float
        The number each states, in the column's unit.
    """

    column: str
    claims: tuple[int, ...]
    values: tuple[float, ...]


def stated_quantities(claims: pd.DataFrame, keep: NDArray[np.bool_]) -> tuple[Quantity, ...]:
    """Gather the numbers that kept claims state.

    Parameters
    ----------
    claims : pandas.DataFrame
        Needs the columns of `claims.model.QUANTITIES`, `topic` and `said_day`.
    keep : numpy.ndarray of bool, shape (n,)

    Returns
    -------
    tuple of Quantity
        Only quantities somebody states, in the order of the model.
    """
    found = []
    for column in QUANTITIES:
        stated = keep & claims[column].notna().to_numpy(dtype=bool)
        rows = claims.loc[stated, ["topic", "said_day", column]]
        if rows.empty:
            continue
        rows = rows.sort_values(["topic", "said_day"], kind="stable")
        positions = tuple(int(i) for i in rows.index)
        found.append(Quantity(column, positions, tuple(float(v) for v in rows[column])))
    return tuple(found)
