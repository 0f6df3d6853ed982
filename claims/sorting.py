"""Rows of whole numbers in order, and where in it something new begins."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def sorted_rows(*columns: Whole) -> tuple[Whole, ...]:
    """Sort rows of whole numbers by their columns, the first before the others.

    Parameters
    ----------
    *columns : numpy.ndarray of int64, shape (n,)

    Returns
    -------
    tuple of numpy.ndarray of int64, shape (n,)
        The columns. Together they make one number a row, if that fits 64 bits: numbers are sorted
        many times as fast as an order of rows is found.
    """
    spans = [(int(key.min()), int(np.ptp(key)) + 1) if len(key) else (0, 1) for key in columns]
    if math.prod(span for _, span in spans) >= np.iinfo(np.int64).max:
        order = np.lexsort(columns[::-1])
        return tuple(column[order] for column in columns)
    joined = np.zeros(len(columns[0]), dtype=np.int64)
    for key, (low, span) in zip(columns, spans, strict=True):
        joined *= span
        joined += key - low
    joined.sort()
    found = []
    for low, span in reversed(spans):
        joined, rest = np.divmod(joined, span)
        found.append(rest + low)
    return tuple(reversed(found))


def starts(*keys: Whole) -> Flags:
    """Mark the rows of sorted keys at which any key differs from the row before."""
    begins = np.ones(len(keys[0]), dtype=bool)
    begins[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return begins


def ends(starts: Flags) -> Flags:
    """Mark the rows before each start, and the last row."""
    return np.append(starts[1:], True)[: len(starts)]
