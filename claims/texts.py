"""Columns of texts: what recurs is kept once, and a row holds its number."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import COLUMN_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

THREADS: Final = 2
Codes = npt.NDArray[np.integer[Any]]

TEXT: Final = pd.Series([], dtype="str").dtype
"""Named once: pandas looks a dtype up by its name anew for each of the many columns."""
_SCAN_BYTES: Final = 1 << 22
_IS_PLAIN: Final = np.isin(np.arange(256), [9, 10, 13, *range(32, 127)])


def is_plain(texts: Any) -> bool:  # noqa: ANN401  (pyarrow carries no types)
    """Say whether texts hold nothing but printable ASCII, tabs and line ends.

    Parameters
    ----------
    texts : pyarrow.LargeStringArray

    Returns
    -------
    bool
        One look at all their bytes at once: what it lets pass, no rule about letters need see.
    """
    buffer = texts.buffers()[2]
    if buffer is None:
        return True
    data = np.frombuffer(buffer, np.uint8)
    starts = range(0, len(data), _SCAN_BYTES)
    return all(bool(_IS_PLAIN[data[at : at + _SCAN_BYTES]].all()) for at in starts)


def category_series(texts: Any, codes: Codes) -> pd.Series:  # noqa: ANN401  (pyarrow carries no types)
    """Make a column of recurring texts, each kept once, in alphabetical order.

    Parameters
    ----------
    texts : pyarrow.LargeStringArray
        Some may stand there twice.
    codes : numpy.ndarray of int, shape (rows,)
        Position in `texts` of each row's cell.

    Returns
    -------
    pandas.Series of category, shape (rows,)
    """
    encoded = texts.dictionary_encode()
    order = pc.array_sort_indices(encoded.dictionary)
    rank = np.empty(len(order), dtype=np.int32)
    rank[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    new = rank[encoded.indices.to_numpy(zero_copy_only=False)]
    words = pd.Index(pd.array(pa.chunked_array([encoded.dictionary.take(order)]), dtype=TEXT))
    kind = pd.CategoricalDtype(words)
    return pd.Series(pd.Categorical.from_codes(new[codes], dtype=kind, validate=False))


def recurring_series(column: pa.ChunkedArray) -> pd.Series:
    """Make a column of recurring texts from what Arrow read as a dictionary.

    Parameters
    ----------
    column : pyarrow.ChunkedArray of dictionary
        Texts may have blanks about them; what is missing counts as blank.

    Returns
    -------
    pandas.Series of category

    Raises
    ------
    pyarrow.ArrowInvalid
        If a text is no UTF-8.
    """
    chunks = column.unify_dictionaries().chunks
    if not chunks:
        return pd.Series([], dtype="str")
    texts = chunks[0].dictionary.cast(pa.large_string())
    texts.validate(full=True)
    texts = pc.utf8_trim_whitespace(pc.fill_null(texts, ""))
    blank = len(texts)
    texts = pa.concat_arrays([texts, pa.array([""], pa.large_string())])
    codes = [pc.fill_null(chunk.indices, blank).to_numpy() for chunk in chunks]
    return category_series(texts, np.concatenate(codes))


def contains(texts: pd.Series[str], word: str) -> npt.NDArray[np.bool_]:
    """Tell in which texts a word occurs.

    Parameters
    ----------
    texts : pandas.Series of str, shape (n,)
    word : str

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
    """
    pattern = re.escape(word)  # as a pattern it is found five times as fast
    column = pa.array(texts, pa.large_string())
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda chunk: pc.match_substring_regex(chunk, pattern), chunks))
    flags = [np.asarray(one.fill_null(False).to_numpy(zero_copy_only=False)) for one in found]  # noqa: FBT003
    return np.concatenate([np.empty(0, dtype=bool), *flags])


def own_series(column: pa.ChunkedArray) -> pd.Series:
    """Make a column of texts that nearly every row has to itself.

    Parameters
    ----------
    column : pyarrow.ChunkedArray of large_string

    Returns
    -------
    pandas.Series of str
        In one piece, so that whoever looks at it again need not copy it.
    """
    return pd.Series(pd.array(pa.chunked_array([column.combine_chunks()]), dtype="str"))


def whole_table(columns: Mapping[str, pd.Series], rows: int) -> pd.DataFrame:
    """Put columns into a table of all the record's columns.

    Parameters
    ----------
    columns : mapping of str to pandas.Series
    rows : int

    Returns
    -------
    pandas.DataFrame
        The columns of `model.COLUMN_NAMES` in their order; one that is missing is blank.
    """
    blank = category_series(pa.array([""], pa.large_string()), np.zeros(rows, dtype=np.int8))
    return pd.DataFrame({name: columns.get(name, blank) for name in COLUMN_NAMES}, copy=False)
