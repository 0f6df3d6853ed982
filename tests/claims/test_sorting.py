"""Rows come in order whether they fit one number or not; names that differ are known to."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import texts
from claims.sorting import ends, sorted_rows, starts
from claims.texts import all_differ, is_plain

NUMBERS = st.integers(-5, 5) | st.sampled_from([-(2**40), 2**40])


@given(rows=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=20))
def test_rows_are_sorted_by_their_first_column_then_the_next(
    rows: list[tuple[int, int, int]],
) -> None:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    found = [column.tolist() for column in sorted_rows(*columns)]
    assert list(zip(*found, strict=True)) == sorted(rows)


def test_a_new_run_starts_where_any_key_changes_and_the_last_one_ends() -> None:
    begins = starts(np.array([1, 1, 2, 2]), np.array([5, 5, 5, 6]))
    assert begins.tolist() == [True, False, True, True]
    assert ends(begins).tolist() == [False, True, True, True]


@pytest.mark.parametrize("rows", [2, 1 << 14])
@given(found=st.lists(st.text(st.sampled_from("ab-\u0436"), max_size=4), min_size=1, max_size=12))
def test_texts_are_said_to_differ_only_if_they_do(rows: int, found: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_HASH_ROWS", rows)
        array = pa.array(["x", *found], pa.large_string())
        assert all_differ(array) == (len(set(found)) == len(found))
        assert all_differ(array.slice(1)) == (len(set(found)) == len(found))


def test_of_texts_too_long_for_a_hash_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_HASH_MAX_BYTES", 3)
    assert not all_differ(pa.array(["abcd", "efgh"], pa.large_string()))


@pytest.mark.parametrize("letter", [chr(code) for code in (0, 8, 9, 10, 13, 31, 32, 126, 127, 233)])
def test_plain_is_printable_ascii_with_tabs_and_line_ends(letter: str) -> None:
    array = pa.array(["word", letter], pa.large_string())
    assert is_plain(array) == (letter in "\t\n\r" or (letter.isascii() and letter.isprintable()))
