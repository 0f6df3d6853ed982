"""Which claims hold a word, whatever its case, in any of the columns that are searched."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from claims.texts import FEW_ROWS, THREADS

if TYPE_CHECKING:
    import numpy.typing as npt

    Flags = npt.NDArray[np.bool_]

SEARCHED: Final = (
    "proposition",
    "statement",
    "quote",
    "claimant",
    "role",
    "organisation",
    "place_names",
    "outlet",
    "note",
)
"""The columns that the free-text filter looks through."""
_ASCII_END: Final = 128
_BATCH_ROWS: Final = 16_384
"""So few that a batch in small letters stays near the processor while it is looked through."""
_FOLDS_OTHERWISE: Final = (
    r"[^\x00-\x7F\x{A0}-\x{B4}\x{B6}-\x{DE}\x{E0}-\x{12F}\x{131}-\x{148}\x{14A}-\x{17E}"
    r"\x{300}-\x{344}\x{400}-\x{4FF}\x{2010}-\x{205E}\x{20A0}-\x{20BF}\x{2116}]"
)
"""All but letters of Europe and Cyrillic, accents, dashes and quotation marks: only of those is it
certain that Arrow (RE2), which folds one letter to one, finds what Python's casefold would."""


def has_word(claims: pd.DataFrame, word: str, wanted: Flags) -> Flags:
    """Tell which claims hold a word.

    Parameters
    ----------
    claims : pandas.DataFrame, n rows
        Needs the columns `SEARCHED`, as text or as categories.
    word : str
        Casefolded, not empty, without white space. It is looked for in each column by itself, and
        in `place_names` in each spelling: no spelling or cell runs over into the next.
    wanted : numpy.ndarray of bool, shape (n,)
        The claims that matter; of the others nothing need be found out.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        True only where wanted.
    """
    found = np.zeros(len(claims), dtype=bool)
    by_row = []
    for name in SEARCHED:
        column = claims[name]
        if not isinstance(column.dtype, pd.CategoricalDtype):
            by_row.append(column)
            continue
        every = np.ones(len(column.cat.categories), dtype=bool)
        hits = contains(column.cat.categories, word, every)
        if hits.any():  # a blank column, say, need not be spread over a million rows
            found |= hits.take(column.cat.codes.to_numpy(), mode="clip")
    found &= wanted
    for column in by_row:
        found |= contains(column, word, wanted & ~found)
    return found


def contains(texts: pd.Series | pd.Index, word: str, wanted: Flags) -> Flags:
    """Tell which texts hold a word.

    Parameters
    ----------
    texts : pandas.Series or pandas.Index of str, shape (n,)
    word : str
        Casefolded, not empty.
    wanted : numpy.ndarray of bool, shape (n,)
        The texts that matter.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        Whether the casefolded text holds the word; False where it is not wanted.
    """
    column = pa.array(texts, pa.large_string())
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    found = np.zeros(len(wanted), dtype=bool)
    batches = []
    at = 0
    for chunk in chunks:
        for start in range(0, len(chunk), _BATCH_ROWS):
            batch = chunk.slice(start, _BATCH_ROWS)
            rows = slice(at, at + len(batch))
            at += len(batch)
            if wanted[rows].any():
                batches.append((batch, rows))

    def look(one: tuple[Any, slice]) -> None:
        batch, rows = one
        found[rows] = _in_batch(batch, word)

    if len(found) < FEW_ROWS:  # threads cost a small record more than they save
        for one in batches:
            look(one)
    else:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(look, batches))
    return found & wanted


def _in_batch(texts: Any, word: str) -> Flags:  # noqa: ANN401  (pyarrow carries no types)
    pattern = re.escape(word)  # as a pattern it is found five times as fast
    if _is_ascii(texts):
        return _flags(pc.match_substring_regex(pc.ascii_lower(texts), pattern))
    found = _flags(pc.match_substring_regex(texts, f"(?i){pattern}"))
    otherwise = _flags(pc.match_substring_regex(texts, _FOLDS_OTHERWISE))
    for position in np.flatnonzero(otherwise).tolist():
        found[position] = word in texts[position].as_py().casefold()
    return found


def _is_ascii(texts: Any) -> bool:  # noqa: ANN401  (pyarrow carries no types)
    _, places, data = texts.buffers()
    if data is None:
        return True
    ends = np.frombuffer(places, np.int64)
    first, last = ends[texts.offset], ends[texts.offset + len(texts)]
    return bool(np.frombuffer(data, np.uint8)[first:last].max(initial=0) < _ASCII_END)


def _flags(answer: Any) -> Flags:  # noqa: ANN401  (pyarrow carries no types)
    return np.array(answer.fill_null(False).to_numpy(zero_copy_only=False), dtype=bool)  # noqa: FBT003
