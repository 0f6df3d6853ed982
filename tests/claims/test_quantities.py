"""Numbers for the same thing stand together, each under the claim that states it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from claims.model import QUANTITIES
from claims.quantities import Quantity, stated_quantities

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.load import Record

    MakeRow = Callable[..., dict[str, str]]
    LoadRows = Callable[..., Record]

NONE = {"advance_km": "", "bound": ""}


def everything(record: Record) -> np.ndarray:
    return np.ones(len(record.claims), dtype=bool)


def test_a_quantity_holds_each_number_with_its_claim(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    record = load_rows([make_row(), make_row(**NONE), make_row(advance_km="0.57")])
    assert stated_quantities(record.claims, everything(record)) == (
        Quantity("advance_km", (0, 2), (2.0, 0.57)),
    )


def test_a_stated_nought_is_a_number(load_rows: LoadRows, make_row: MakeRow) -> None:
    record = load_rows([make_row(**NONE, losses="0", kind="losses")])
    assert stated_quantities(record.claims, everything(record)) == (
        Quantity("losses", (0,), (0.0,)),
    )


def test_quantities_nobody_states_are_left_out_and_the_rest_keep_the_model_s_order(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    other = make_row(**NONE, losses="500", attacks="26", front_km="95")
    record = load_rows([make_row(), other])
    found = [q.column for q in stated_quantities(record.claims, everything(record))]
    assert found == ["advance_km", "front_km", "attacks", "losses"]
    assert found == [name for name in QUANTITIES if name in found]


def test_only_kept_claims_count(load_rows: LoadRows, make_row: MakeRow) -> None:
    record = load_rows([make_row(), make_row(advance_km="3")])
    assert stated_quantities(record.claims, np.array([False, True])) == (
        Quantity("advance_km", (1,), (3.0,)),
    )
    assert stated_quantities(record.claims, np.array([False, False])) == ()


def test_numbers_stand_by_proposition_then_by_day_said(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    record = load_rows(
        [
            make_row(topic="b", proposition="B."),
            make_row(topic="a", proposition="A.", said_on="2023-05-14"),
            make_row(topic="a", proposition="A.", said_on="2023-05-13"),
        ]
    )
    (quantity,) = stated_quantities(record.claims, everything(record))
    assert quantity.claims == (2, 1, 0)


@pytest.mark.parametrize("column", QUANTITIES)
def test_every_quantity_of_the_model_is_gathered(
    load_rows: LoadRows, make_row: MakeRow, column: str
) -> None:
    record = load_rows([make_row(**{**NONE, column: "7"})])
    assert stated_quantities(record.claims, everything(record)) == (Quantity(column, (0,), (7.0,)),)
