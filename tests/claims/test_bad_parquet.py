"""Parquet files that are none, are damaged or are too large: refused with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from claims import parquet
from claims.errors import UnreadableFileError
from claims.load import load_record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd

    from claims.load import Record

    Row = dict[str, str]
    MakeRow = Callable[..., Row]
    WriteCsv = Callable[..., Path]
    LoadRows = Callable[..., Record]
    Load = Callable[[bytes], Record]
    MakeTable = Callable[[Sequence[Row]], pd.DataFrame]


@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.99])
def test_a_truncated_parquet_file_is_refused(
    kept: float, geo: Path, make_row: MakeRow, make_table: MakeTable, tmp_path: Path
) -> None:
    path = tmp_path / "events.parquet"
    make_table([make_row()]).to_parquet(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(UnreadableFileError, match=r"^events\.parquet: found"):
        load_record(path, geo=geo)


def test_a_parquet_file_with_damaged_text_is_refused(
    geo: Path, make_row: MakeRow, make_table: MakeTable, tmp_path: Path
) -> None:
    path = tmp_path / "events.parquet"
    make_table([make_row() for _ in range(50)]).to_parquet(path, compression=None)
    data = bytearray(path.read_bytes())
    data[data.index(b"Hanna Maliar says") + 3] = 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(UnreadableFileError, match=r"^events\.parquet"):
        load_record(path, geo=geo)


def test_csv_named_parquet_is_refused(good: bytes, geo: Path, tmp_path: Path) -> None:
    (tmp_path / "events.parquet").write_bytes(good)
    with pytest.raises(UnreadableFileError, match="no Parquet file"):
        load_record(tmp_path / "events.parquet", geo=geo)


def test_a_parquet_column_of_lists_is_refused_by_name(
    geo: Path, make_row: MakeRow, make_table: MakeTable, tmp_path: Path
) -> None:
    table = make_table([make_row()])
    table["note"] = [["a", "b"]]
    table.to_parquet(tmp_path / "events.parquet")
    with pytest.raises(UnreadableFileError, match=r"^events\.parquet, column note: found the type"):
        load_record(tmp_path / "events.parquet", geo=geo)


def test_a_parquet_file_lacking_a_required_column_is_refused(
    geo: Path, make_row: MakeRow, make_table: MakeTable, tmp_path: Path
) -> None:
    make_table([make_row()]).drop(columns="side").to_parquet(tmp_path / "events.parquet")
    with pytest.raises(UnreadableFileError, match="the columns side too"):
        load_record(tmp_path / "events.parquet", geo=geo)


def test_a_parquet_file_of_too_many_rows_is_refused_unread(
    make_row: MakeRow, make_table: MakeTable, geo: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    make_table([make_row(), make_row()]).to_parquet(tmp_path / "events.parquet")
    monkeypatch.setattr(parquet, "MAX_ROWS", 1)
    with pytest.raises(UnreadableFileError, match="found 2 rows, more than 1") as caught:
        load_record(tmp_path / "events.parquet", geo=geo)
    assert "split it" in caught.value.remedy


def test_a_parquet_file_that_unpacks_to_too_much_is_refused_unread(
    make_row: MakeRow, make_table: MakeTable, geo: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    make_table([make_row()]).to_parquet(tmp_path / "events.parquet")
    monkeypatch.setattr(parquet, "MAX_UNPACKED_BYTES", 100)
    with pytest.raises(UnreadableFileError, match="bytes once unpacked"):
        load_record(tmp_path / "events.parquet", geo=geo)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.7])
def test_a_parquet_file_with_a_broken_page_in_the_middle_is_told(
    make_row: MakeRow, make_table: MakeTable, geo: Path, tmp_path: Path, share: float
) -> None:
    path = tmp_path / "events.parquet"
    make_table([make_row() for _ in range(3_000)]).to_parquet(path, compression="zstd")
    data = bytearray(path.read_bytes())
    at = int(len(data) * share)
    data[at : at + 400] = b"\xff" * 400
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match="no Parquet file that can be read") as caught:
        load_record(path, geo=geo)
    assert "\n" not in caught.value.found
    assert caught.value.where == "events.parquet"


def test_too_little_memory_for_a_parquet_file_is_no_damage_of_the_file(
    make_row: MakeRow, make_table: MakeTable, geo: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def fail(*_: object) -> None:
        raise pa.ArrowMemoryError

    make_table([make_row()]).to_parquet(tmp_path / "events.parquet")
    monkeypatch.setattr(parquet, "recurring_series", fail)
    with pytest.raises(UnreadableFileError, match="more than this machine's memory holds"):
        load_record(tmp_path / "events.parquet", geo=geo)
