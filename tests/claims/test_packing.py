"""Packed numbers come back as they were, and take no more bytes than they need."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from claims.packing import PackedFile, bits_text, follow, planes, varints, width
from tests.packed import _numbers, _varints

numbers = st.integers(0, 2**32 - 1)


def back(file: PackedFile) -> dict[str, list[int]]:
    directory, body = file.finish()
    stored: dict[str, np.ndarray] = {}
    for name, entry in directory.items():
        stored[name] = _numbers(body, entry, stored)
    return {name: values.tolist() for name, values in stored.items()}


@given(st.lists(numbers))
def test_numbers_come_back(values: list[int]) -> None:
    file = PackedFile()
    file.add("values", np.array(values, dtype=np.uint32))
    assert back(file) == {"values": values}


@given(st.lists(st.integers(-(2**40), 2**40)))
def test_varints_come_back(values: list[int]) -> None:
    assert _varints(varints(np.array(values, dtype=np.int64))) == values


def test_a_small_number_takes_a_byte_and_the_order_is_that_of_protocol_buffers() -> None:
    assert varints(np.array([0, -1, 1, -2, 63, 64])) == bytes([0, 1, 2, 3, 126, 128, 1])


def test_planes_hold_the_low_bytes_first() -> None:
    assert planes(np.array([0x0102, 0x0304], dtype=np.uint16), 2) == bytes([2, 4, 1, 3])


def test_width_is_what_the_largest_needs() -> None:
    assert [width(n) for n in (0, 255, 256, 65_536, 2**24)] == [1, 1, 2, 3, 4]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 300))))
def test_a_column_that_follows_another_comes_back(rows: list[tuple[int, int]]) -> None:
    key = np.array([row[0] for row in rows], dtype=np.uint8)
    values = np.array([row[1] for row in rows], dtype=np.uint16)
    file = PackedFile()
    file.add("key", key)
    file.add_following("values", values, ("key", key, 4))
    assert back(file) == {"key": key.tolist(), "values": values.tolist()}


def test_a_column_follows_only_where_that_is_shorter() -> None:
    key = np.arange(100, dtype=np.uint8) % 2
    assert follow(key + 7, key, 2, 1) is not None
    assert follow(np.arange(100, dtype=np.uint8), key, 2, 1) is None


def test_the_first_flag_is_the_lowest_bit_of_the_first_byte() -> None:
    # By hand: 1 + 4 = 5 and 1; in base64 the bytes 5, 1 are "BQE=".
    flags = np.array([True, False, True, False, False, False, False, False, True])
    assert bits_text(flags) == "BQE="


def test_the_usual_value_is_the_one_most_rows_have_not_the_first() -> None:
    key = np.zeros(100, dtype=np.uint8)
    values = np.full(100, 9, dtype=np.uint8)
    values[0] = 1
    found = follow(values, key, 1, 1)
    assert found is not None
    assert found.table.tolist() == [9]
    assert found.values.tolist() == [1]


def test_not_placed_is_kept_in_three_bytes() -> None:
    top = 2**32 - 1
    file = PackedFile()
    file.add("x", np.array([5, top], dtype=np.uint32), top=top)
    assert back(file) == {"x": [5, 2**24 - 1]}
