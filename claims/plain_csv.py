"""Read a large CSV at once if its form is without fault; the rest is left to the careful way."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from claims.model import OWN_TEXTS
from claims.progress import Meter
from claims.texts import own_series, recurring_series

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from claims.progress import Progress

WORTH_BYTES: Final = 1 << 20
"""Below this size the careful way takes no time worth saving."""
_BLOCK_BYTES: Final = 1 << 23
_SCAN_BYTES: Final = 1 << 24
_QUOTE, _LINE_FEED, _CARRIAGE_RETURN = 34, 10, 13


def read_plain_csv(
    data: bytes,
    header: Sequence[str],
    separator: str,
    wanted: Sequence[str],
    progress: Progress | None = None,
) -> dict[str, pd.Series] | None:
    """Read the rows of a CSV in UTF-8 if every row and every quotation mark is as it should be.

    Parameters
    ----------
    data : bytes
        UTF-8, the header line included.
    header : sequence of str
        The names of the columns in the order of the file.
    separator : str
        One character.
    wanted : sequence of str
        The columns to read, the first of them blank in no row.
    progress : Progress, optional
        Is told how far the step reading is.

    Returns
    -------
    dict of str to pandas.Series, or None
        The columns without outer blanks. None if a row has too many cells or too few or may be
        blank, a quotation mark stands where RFC 4180 has none, or there is a NUL: the careful
        way then tells the row and the fault.
    """
    first_line = data[: data.find(b"\n") + 1]
    if (
        not first_line
        or b'"' in first_line
        or b"\0" in data
        or not quotes_are_regular(data, ord(separator))
    ):
        return None
    types = {
        name: pa.large_string() if name in OWN_TEXTS else pa.dictionary(pa.int32(), pa.string())
        for name in wanted
    }
    meter = Meter(progress, "reading", len(data))
    try:
        table = pa_csv.read_csv(
            pa.PythonFile(_Counted(data, meter), mode="r"),
            read_options=pa_csv.ReadOptions(
                column_names=list(header), skip_rows=1, block_size=_BLOCK_BYTES
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=separator, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=types, include_columns=list(wanted), strings_can_be_null=False
            ),
        )
    except pa.ArrowException:  # the careful way finds the row, and the words for it
        return None
    meter.reach(len(data))
    first = table[wanted[0]]
    first = first.cast(pa.large_string()) if pa.types.is_dictionary(first.type) else first
    if pc.any(pc.equal(first, "")).as_py():
        return None
    return {name: _series(table[name]) for name in wanted}


def _series(column: Any) -> pd.Series:  # noqa: ANN401  (pyarrow carries no types)
    if pa.types.is_dictionary(column.type):
        return recurring_series(column)
    return own_series(pc.utf8_trim_whitespace(column))


class _Counted(io.BytesIO):
    """Bytes that tell how many of them are read."""

    def __init__(self, data: bytes, meter: Meter) -> None:
        super().__init__(data)
        self._meter = meter

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on, and count what was read before: that is worked through by now."""
        self._meter.reach(self.tell())
        return super().read(size)


def quotes_are_regular(data: bytes, separator: int) -> bool:
    """Say whether quotation marks stand only about whole cells, or doubled inside such.

    Parameters
    ----------
    data : bytes
    separator : int
        The byte between two cells.

    Returns
    -------
    bool
        Only then do all readers of CSV see the same cells: some take what follows a closing mark
        as part of the cell, others as a fault.
    """
    text = np.frombuffer(data, np.uint8)
    quotes = _find(text, _QUOTE)
    if not len(quotes):
        return True
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    edge = np.zeros(256, dtype=bool)
    edge[[separator, _LINE_FEED, _CARRIAGE_RETURN, _QUOTE]] = True
    before = edge[text[np.maximum(opening - 1, 0)]] | (opening == 0)
    after = edge[text[np.minimum(closing + 1, len(text) - 1)]] | (closing == len(text) - 1)
    return bool(before.all() and after.all())


def _find(text: NDArray[np.uint8], byte: int) -> NDArray[np.int64]:
    starts = range(0, len(text), _SCAN_BYTES)
    found = [np.flatnonzero(text[at : at + _SCAN_BYTES] == byte) + at for at in starts]
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)
