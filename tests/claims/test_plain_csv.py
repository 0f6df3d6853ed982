"""The quick way through a large CSV and the careful one give the same rows and the same faults."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import reading
from claims.plain_csv import quotes_are_regular, read_plain_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    MakeRow = Callable[..., dict[str, str]]

from claims.model import COLUMN_NAMES
from tests.claims.conftest import as_csv


@pytest.fixture
def rows(make_row: MakeRow) -> list[dict[str, str]]:
    odd = ('says, "so"', "two\nlines", " blanks ", "Бахмут", "back\r\nto front", '"', "")
    return [make_row(note=note, claim_id=f"c-{i}") for i, note in enumerate(odd)]


def both_ways(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, list[list[str]]]:
    """Read a text in both ways; say whether the quick one took it, and give its cells."""
    data = text.encode()
    seen = []

    def quick(*args: object) -> object:
        seen.append(reading_quick(*args))  # type: ignore[arg-type]
        return seen[-1]

    reading_quick = read_plain_csv
    monkeypatch.setattr(reading, "read_plain_csv", quick)
    monkeypatch.setattr(reading, "WORTH_BYTES", len(data) + 1)
    careful = reading.read_csv_table(data, "events.csv")
    monkeypatch.setattr(reading, "WORTH_BYTES", 0)
    found = reading.read_csv_table(data, "events.csv")
    monkeypatch.setattr(reading, "read_plain_csv", reading_quick)
    cells = [found.table[name].astype(object).tolist() for name in COLUMN_NAMES]
    assert cells == [careful.table[name].astype(object).tolist() for name in COLUMN_NAMES]
    assert found.rows.tolist() == careful.rows.tolist()
    assert (found.problems, found.rows_read) == (careful.problems, careful.rows_read)
    return seen[-1] is not None, cells


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_both_ways_give_the_same_cells(
    rows: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch, separator: str
) -> None:
    text = as_csv(rows, COLUMN_NAMES, separator)
    took, cells = both_ways(text, monkeypatch)
    assert took
    assert cells[COLUMN_NAMES.index("note")][:2] == ['says, "so"', "two\nlines"]


def test_columns_that_are_missing_unknown_or_in_another_order_are_no_hindrance(
    rows: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [*COLUMN_NAMES[:0:-1], "mine", COLUMN_NAMES[0]]
    names.remove("role")
    some = [{name: row.get(name, "x") for name in names} for row in rows]
    took, _ = both_ways(as_csv(some, names), monkeypatch)
    assert took


@pytest.mark.parametrize(
    "oddity",
    [
        "one,cell,too,few\r\n",
        "\r\n",
        "," * (len(COLUMN_NAMES) - 1) + "\r\n",
        "c-9" + ',a"b' + "," * (len(COLUMN_NAMES) - 2) + "\r\n",
    ],
)
def test_what_is_odd_is_left_to_the_careful_way(
    rows: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch, oddity: str
) -> None:
    took, _ = both_ways(as_csv(rows, COLUMN_NAMES) + oddity, monkeypatch)
    assert not took


cells = st.text(alphabet='a",\n\r ', max_size=5)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=5))
def test_marks_as_a_writer_sets_them_are_regular(written: Sequence[Sequence[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(written)
    assert quotes_are_regular(text.getvalue().encode(), ord(","))


@given(st.text(alphabet='a",\n', max_size=12))
def test_where_marks_are_regular_a_strict_reader_finds_no_fault(text: str) -> None:
    if quotes_are_regular(text.encode(), ord(",")):
        list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("text", ['a,"b"c', 'a,b"c"', 'a,"b', 'a,""b', 'a "b",c'])
def test_marks_in_other_places_are_not_regular(text: str) -> None:
    assert not quotes_are_regular(text.encode(), ord(","))
