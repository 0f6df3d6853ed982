"""Columns of texts: what recurs is kept once, and a row holds its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import COLUMN_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

THREADS: Final = 2
FEW_ROWS: Final = 10_000
"""Below it a text a row costs less than finding out which recur, and one thread less than two."""
Codes = npt.NDArray[np.integer[Any]]

TEXT: Final = pd.Series([], dtype="str").dtype
"""Named once: pandas looks a dtype up by its name anew for each of the many columns."""
_SCAN_BYTES: Final = 1 << 18
_USED_ROWS: Final = 1 << 16
_LINE_BYTES: Final = (9, 10, 13)
_FIRST_PRINTED, _LAST_PRINTED = 32, 126
_HASH_ROWS: Final = 1 << 14
_HASH_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
"""An odd number, so that it has an inverse among the whole numbers of 64 bits."""
_HASH_INVERSE: Final = np.uint64(pow(int(_HASH_BASE), -1, 1 << 64))
_HASH_MAX_BYTES: Final = 1 << 24


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
    moved = np.empty(min(len(data), _SCAN_BYTES), np.uint8)
    for at in range(0, len(data), _SCAN_BYTES):
        block = data[at : at + _SCAN_BYTES]
        # What lies below the printed characters comes round to the top.
        above = np.subtract(block, _FIRST_PRINTED, out=moved[: len(block)])
        if above.max() <= _LAST_PRINTED - _FIRST_PRINTED:
            continue
        if not np.isin(block[above > _LAST_PRINTED - _FIRST_PRINTED], _LINE_BYTES).all():
            return False
    return True


def all_differ(texts: Any) -> bool:  # noqa: ANN401  (pyarrow carries no types)
    """Say whether no text stands there twice, in a fraction of the time of looking each one up.

    Parameters
    ----------
    texts : pyarrow.LargeStringArray
        Without a null.

    Returns
    -------
    bool
        True is certain. False may also mean that two texts have the same hash, or that they are
        too long for one.
    """
    starts = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset :][: len(texts) + 1]
    pieces = range(0, len(texts), _HASH_ROWS)
    ends = [min(at + _HASH_ROWS, len(texts)) for at in pieces]
    longest = max((int(starts[end] - starts[at]) for at, end in zip(pieces, ends, strict=True)))
    if longest > _HASH_MAX_BYTES:
        return False
    # Rabin's rolling hash: what stands before a text is subtracted, its place divided out.
    powers, inverses = np.ones((2, longest + 1), np.uint64)
    np.multiply.accumulate(np.full(longest, _HASH_BASE), out=powers[1:])
    np.multiply.accumulate(np.full(longest, _HASH_INVERSE), out=inverses[1:])
    data = np.frombuffer(texts.buffers()[2] or b"", np.uint8)
    hashes = np.empty(len(texts), np.uint64)
    for at, end in zip(pieces, ends, strict=True):
        block = data[starts[at] : starts[end]]
        sums = np.zeros(len(block) + 1, np.uint64)
        np.cumsum(np.multiply(block, powers[: len(block)], dtype=np.uint64), out=sums[1:])
        places = starts[at : end + 1] - starts[at]
        hashes[at:end] = (sums[places[1:]] - sums[places[:-1]]) * inverses[places[:-1]]
    hashes.sort()
    return not (hashes[1:] == hashes[:-1]).any()


def code_type(count: int) -> type[np.int8 | np.int16 | np.int32]:
    """Give the smallest type for the codes of so many texts, the one that pandas would choose."""
    fitting = (kind for kind in (np.int8, np.int16) if count < np.iinfo(kind).max)
    return next(fitting, np.int32)


def category_series(texts: Any, codes: Codes | Sequence[Codes]) -> pd.Series:  # noqa: ANN401  (pyarrow carries no types)
    """Make a column of recurring texts, each kept once, in alphabetical order.

    Parameters
    ----------
    texts : pyarrow.LargeStringArray
        Some may stand there twice, others be of no row.
    codes : numpy.ndarray of int, shape (rows,), or a sequence of such
        Position in `texts` of each row's cell; those of the rows one piece after another.

    Returns
    -------
    pandas.Series of category, shape (rows,)
        Its categories are the texts of the rows and no others.
    """
    pieces = [codes] if isinstance(codes, np.ndarray) else list(codes)
    used = _used(pieces, len(texts))
    encoded = (texts if used.all() else texts.filter(pa.array(used))).dictionary_encode()
    order = pc.array_sort_indices(encoded.dictionary)
    kind = code_type(len(order))
    rank = np.empty(len(order), dtype=kind)
    rank[order.to_numpy()] = np.arange(len(order), dtype=kind)
    new = np.zeros(len(texts), dtype=kind)
    new[used] = rank[encoded.indices.to_numpy(zero_copy_only=False)]
    of_row = np.empty(sum(map(len, pieces)), dtype=kind)
    at = 0
    for piece in pieces:  # straight into their place: no column is ever there twice
        np.take(new, piece, out=of_row[at : at + len(piece)], mode="clip")
        at += len(piece)
    words = pd.Index(pd.array(pa.chunked_array([encoded.dictionary.take(order)]), dtype=TEXT))
    dtype = pd.CategoricalDtype(words)
    return pd.Series(pd.Categorical.from_codes(of_row, dtype=dtype, validate=False), copy=False)


def uses_all(codes: Codes, count: int) -> bool:
    """Say whether each of so many codes is that of a row."""
    return bool(_used([codes], count).all())


def _used(pieces: Sequence[Codes], count: int) -> npt.NDArray[np.bool_]:
    """Mark the codes that rows have, at the first rows by which all of them have come up."""
    used = np.zeros(count, dtype=bool)
    for piece in pieces:
        for at in range(0, len(piece), _USED_ROWS):
            used[piece[at : at + _USED_ROWS]] = True
            if used.all():
                return used
    return used


def coded(column: pd.Series) -> tuple[Codes, pd.Index]:
    """Give each distinct text of a column a number, in alphabetical order.

    Parameters
    ----------
    column : pandas.Series of str or category, shape (n,)

    Returns
    -------
    numpy.ndarray of signed int, shape (n,)
        Shared with the column, where its categories are in order already: not to be written to.
    pandas.Index
        The text of each code.
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        words, codes = column.cat.categories, column.cat.codes.to_numpy()
        if words.is_monotonic_increasing and uses_all(codes, len(words)):
            return codes, words
    codes, words = pd.factorize(column, sort=True)
    return codes, pd.Index(words)


def codes_in(column: pd.Series, words: Sequence[str]) -> npt.NDArray[np.int8]:
    """Give each text of a column its place in a short list; -1 for one that is not there.

    Parameters
    ----------
    column : pandas.Series of str or category, shape (n,)
    words : sequence of str
        At most 127.

    Returns
    -------
    numpy.ndarray of int8, shape (n,)
    """
    if not isinstance(column.dtype, pd.CategoricalDtype):
        codes: npt.NDArray[np.int8] = pd.Categorical(column, categories=list(words)).codes
        return codes
    places = pd.Index(words).get_indexer(column.cat.categories).astype(np.int8)
    return places.take(column.cat.codes.to_numpy(), mode="clip")


def text_list(words: pd.Index) -> list[str]:
    """Give texts as Python's own, at once."""
    texts: list[str] = pa.array(words, pa.large_string()).to_pylist()
    return texts


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
        If a text is no UTF-8, or a code that of no text.
    """
    chunks = column.chunks
    if not chunks:
        return pd.Series([], dtype="str")
    if any(not chunk.dictionary.equals(chunks[0].dictionary) for chunk in chunks[1:]):
        chunks = column.unify_dictionaries().chunks
    for chunk in chunks:  # a broken file may hold codes of no text
        chunk.validate(full=True)
    texts = chunks[0].dictionary.cast(pa.large_string())
    texts = pc.utf8_trim_whitespace(pc.fill_null(texts, ""))
    blank = len(texts)
    texts = pa.concat_arrays([texts, pa.array([""], pa.large_string())])
    return category_series(
        texts,
        [pc.fill_null(chunk.indices, blank).to_numpy(zero_copy_only=False) for chunk in chunks],
    )


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
