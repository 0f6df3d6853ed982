"""Read a Parquet file of claims as the same table of text that a CSV gives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from claims.errors import UnreadableFileError
from claims.model import BY_NAME, COLUMN_NAMES, OWN_TEXTS
from claims.opening import refuse_without_memory, too_large
from claims.progress import Meter, Progress
from claims.reading import TextTable, check_header
from claims.texts import THREADS, own_series, recurring_series, whole_table

MAX_ROWS: Final = 20_000_000
MAX_UNPACKED_BYTES: Final = 32 * 1024**3
ROW_BYTES: Final = 250
UNPACKED_TIMES: Final = 1.25
"""What reading takes at its highest: bytes a row, and sizes of our columns once unpacked.

Measured; see docs/a-million-claims.md."""
REMEDY: Final = "Write the file anew, with the columns of data/README.md."
_MINUTE_S: Final = 60


def read_parquet_table(data: bytes, name: str, progress: Progress | None = None) -> TextTable:
    """Read the bytes of a Parquet file, only the record's columns.

    Numbers, dates and times may have their native types; a time without a zone counts as a date
    at midnight and else as a time without an offset, which its rule refuses.

    Parameters
    ----------
    data : bytes
    name : str
        The file's name, for messages.
    progress : Progress, optional
        Is told how far the step reading is.

    Returns
    -------
    TextTable

    Raises
    ------
    UnreadableFileError
        If it is no whole Parquet file, too large, lacks a required column or holds in one of
        the columns what cannot be a cell.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        _refuse_large(file, name)
        header = list(file.schema_arrow.names)
        problems = check_header(header, f"{name}, schema")
        sizes = _bytes_of_columns(file, "total_compressed_size")
        wanted = [column for column in COLUMN_NAMES if column in header]
        meter = Meter(progress, "reading", sum(sizes.get(column, 0) for column in wanted))

        def take(column: str) -> pd.Series:
            # A reader for each column: one must not be asked for two at a time.
            read = _open(data, file.metadata, column).read(columns=[column])[column]
            series = _series(read, f"{name}, column {column}")
            meter.add(sizes.get(column, 0))
            return series

        # Two at a time, the largest first: all at once would need a third more memory.
        order = sorted(wanted, key=lambda column: -sizes.get(column, 0))
        with ThreadPoolExecutor(THREADS) as pool:
            table = dict(zip(order, pool.map(take, order), strict=True))
    except MemoryError:  # Arrow's own is one of its exceptions too
        raise
    except (pa.ArrowException, OSError) as error:
        found = f"no Parquet file that can be read ({str(error).splitlines()[0][:200]})"
        raise UnreadableFileError(name, found, "a whole Parquet file", REMEDY) from error
    rows = np.arange(2, file.metadata.num_rows + 2, dtype=np.int64)
    frame = whole_table(table, len(rows))
    return TextTable(frame, rows, tuple(problems), len(rows))


def _open(data: bytes, metadata: pq.FileMetaData, column: str) -> pq.ParquetFile:
    """Open a file so that recurring texts are read as codes, without a text a row."""
    kind = metadata.schema.to_arrow_schema().field(column).type
    recurring = [column] if _is_text(kind) and column not in OWN_TEXTS else []
    source = pa.BufferReader(data)
    return pq.ParquetFile(source, metadata=metadata, read_dictionary=recurring)


def _bytes_of_columns(file: pq.ParquetFile, what: str) -> dict[str, int]:
    """Tell how many bytes each of our columns takes, packed or unpacked as the file names it."""
    sizes: dict[str, int] = {}
    for at in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(at)
        for place in range(group.num_columns):
            chunk = group.column(place)
            name = chunk.path_in_schema
            if name in BY_NAME:
                sizes[name] = sizes.get(name, 0) + getattr(chunk, what)
    return sizes


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _refuse_large(file: pq.ParquetFile, name: str) -> None:
    metadata = file.metadata
    if metadata.num_rows > MAX_ROWS:
        raise too_large(name, f"{metadata.num_rows:,} rows, more than {MAX_ROWS:,}")
    unpacked_bytes = sum(_bytes_of_columns(file, "total_uncompressed_size").values())
    if unpacked_bytes > MAX_UNPACKED_BYTES:
        raise too_large(name, f"{unpacked_bytes:,} bytes once unpacked")
    needed_bytes = int(metadata.num_rows * ROW_BYTES + unpacked_bytes * UNPACKED_TIMES)
    refuse_without_memory(name, needed_bytes)


def _series(column: pa.ChunkedArray, where: str) -> pd.Series:
    if pa.types.is_dictionary(column.type) and _is_text(column.type.value_type):
        return recurring_series(column)
    return own_series(_to_text(column, where))


def _to_text(column: pa.ChunkedArray, where: str) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind):
        column = _times_to_text(column)
    elif pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        found = f"the type {kind}"
        raise UnreadableFileError(where, found, "text, a number or a date", REMEDY)
    column = column.cast(pa.large_string())
    column.validate(full=True)
    return pc.utf8_trim_whitespace(pc.fill_null(column, ""))


def _times_to_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write times as ISO 8601; Arrow's own form for a zone needs files a machine may lack."""
    times = pd.Series(column.cast(pa.timestamp("us", column.type.tz)).to_pandas())
    zoned = column.type.tz is not None
    local = times.dt.tz_localize(None) if zoned else times
    seconds = pa.array(local, pa.timestamp("us"), from_pandas=True).cast(
        pa.timestamp("s"), safe=False
    )
    text = pc.replace_substring(seconds.cast(pa.large_string()), " ", "T")
    if zoned:
        offset_s = (local - times.dt.tz_convert("UTC").dt.tz_localize(None)).dt.total_seconds()
        texts: Any = offset_s.map({o: _offset_text(o) for o in offset_s.dropna().unique()})
        offsets = pa.array(texts, pa.large_string(), from_pandas=True)
        return pa.chunked_array(
            [pc.binary_join_element_wise(text, offsets, pa.scalar("", pa.large_string()))]
        )
    days = pc.utf8_slice_codeunits(text, 0, 10)
    return pa.chunked_array([pc.if_else(pc.match_substring(text, "T00:00:00"), days, text)])


def _offset_text(offset_s: float) -> str:
    hours, minutes = divmod(int(abs(offset_s)) // _MINUTE_S, 60)
    return f"{'-' if offset_s < 0 else '+'}{hours:02d}:{minutes:02d}"
