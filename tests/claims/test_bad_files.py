"""Files in other clothes: read and said so, or refused with a reason, never guessed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claims import load as loading
from claims import opening
from claims.errors import UnreadableFileError
from claims.load import load_record
from claims.model import COLUMN_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from claims.load import Record

    Row = dict[str, str]
    MakeRow = Callable[..., Row]
    WriteCsv = Callable[..., Path]
    LoadRows = Callable[..., Record]
    Load = Callable[[bytes], Record]
    MakeTable = Callable[[Sequence[Row]], pd.DataFrame]

KYIV_NOTE = "Переклад зі слів речника, день зазначено за повідомленням"


@pytest.fixture
def load(tmp_path: Path, geo: Path) -> Load:
    def from_bytes(data: bytes) -> Record:
        path = tmp_path / "events.csv"
        path.write_bytes(data)
        return load_record(path, geo=geo)

    return from_bytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_file_is_read_without_a_word_in(
    encoding: str, load_rows: LoadRows, make_row: MakeRow
) -> None:
    record = load_rows([make_row(note=KYIV_NOTE)], encoding=encoding)
    assert record.claims["note"].tolist() == [KYIV_NOTE]
    assert record.problems == ()


def test_windows_1251_is_read_with_a_warning(load_rows: LoadRows, make_row: MakeRow) -> None:
    record = load_rows([make_row(note=KYIV_NOTE)], encoding="cp1251")
    assert record.claims["note"].tolist() == [KYIV_NOTE]
    assert [(p.row, p.found, p.severity) for p in record.problems] == [
        (0, "Windows-1251", "warning")
    ]


@pytest.mark.parametrize(
    ("encoding", "note"), [("cp1252", "Générale réalité à Orléans"), ("koi8-r", KYIV_NOTE[:8])]
)
def test_another_8_bit_encoding_is_refused_with_its_line(
    encoding: str, note: str, load_rows: LoadRows, make_row: MakeRow
) -> None:
    with pytest.raises(UnreadableFileError, match=r"^events\.csv, line 3: found the byte 0x"):
        load_rows([make_row(), make_row(note=note)], encoding=encoding)


def test_half_a_surrogate_pair_in_utf_16_costs_one_row(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    record = load_rows([make_row(note="\udc00"), make_row()], encoding="utf-16")
    assert record.claims["row"].tolist() == [3]


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_any_line_end_is_read(line_end: str, good: bytes, load: Load) -> None:
    record = load(good.replace(b"\r\n", line_end.encode()))
    assert (len(record.claims), record.problems) == (2, ())


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_separator_is_read_with_a_warning(
    delimiter: str, load_rows: LoadRows, make_row: MakeRow
) -> None:
    record = load_rows([make_row()], delimiter=delimiter)
    assert len(record.claims) == 1
    assert [(p.row, p.found, p.severity) for p in record.problems] == [(0, delimiter, "warning")]


def test_a_quoted_cell_may_hold_commas_quotation_marks_and_lines(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    note = 'He said "no", then\nleft; twice'
    record = load_rows([make_row(note=note), make_row(side="x")])
    assert record.claims["note"].tolist() == [note]
    assert [p.row for p in record.problems] == [3]


def test_rows_of_the_wrong_length_are_told_by_number(good: bytes, load: Load) -> None:
    lines = good.splitlines()
    record = load(b"\r\n".join([*lines, lines[1] + b",x", b"only,two"]))
    assert [(p.row, p.column, p.found) for p in record.problems] == [
        (4, "", "39 cells instead of 38"),
        (5, "", "2 cells instead of 38"),
    ]
    assert (len(record.claims), record.rows_read) == (2, 4)


def test_blank_lines_are_passed_over_and_blank_cells_told(good: bytes, load: Load) -> None:
    head, first, second = good.splitlines()
    record = load(b"\n".join([head, first, b"", b"," * (len(COLUMN_NAMES) - 1), second, b""]))
    assert [(p.row, p.severity) for p in record.problems] == [(4, "warning")]
    assert record.claims["row"].tolist() == [2, 5]
    assert record.rows_read == 2


def test_a_quotation_mark_never_closed_names_the_line_it_opens_on(good: bytes, load: Load) -> None:
    with pytest.raises(UnreadableFileError, match=r"^events\.csv, line 4: .*quotation mark"):
        load(good + b'"open,\r\n' + good.splitlines()[1] + b"\r\n")


def test_a_column_twice_is_refused(good: bytes, load: Load) -> None:
    with pytest.raises(UnreadableFileError, match="'topic' more than once"):
        load(good.replace(b"proposition", b"topic", 1))


def test_all_missing_required_columns_are_named_at_once(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    columns = [name for name in COLUMN_NAMES if name not in {"side", "said_on"}]
    row = {name: text for name, text in make_row().items() if name in columns}
    with pytest.raises(UnreadableFileError, match="expected the columns side, said_on too"):
        load_rows([row], columns=columns)


def test_a_missing_optional_column_is_blank_with_a_warning(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    columns = [name for name in COLUMN_NAMES if name != "quote"]
    row = {name: text for name, text in make_row().items() if name in columns}
    record = load_rows([row], columns=columns)
    assert record.claims["quote"].tolist() == [""]
    assert [(p.row, p.column, p.severity) for p in record.problems] == [(0, "quote", "warning")]


def test_an_unknown_column_is_told_and_not_read(load_rows: LoadRows, make_row: MakeRow) -> None:
    name = "<img src=x onerror=alert(1)>"
    record = load_rows([make_row() | {name: "x"}], columns=[*COLUMN_NAMES, name])
    assert [(p.row, p.column, p.severity) for p in record.problems] == [(0, name, "warning")]
    assert name not in record.claims.columns


def test_the_columns_may_stand_in_any_order(load_rows: LoadRows, make_row: MakeRow) -> None:
    record = load_rows([make_row()], columns=sorted(COLUMN_NAMES))
    assert record.problems == ()
    assert record.claims.loc[0, "claimant"] == "Hanna Maliar"


OTHER_FORMATS = {
    "nothing": (b"", "an empty file"),
    "blanks": (b" \r\n\t\n", "an empty file"),
    "a virtual layer": (b"<OGRVRTDataSource><SrcDataSource>/etc/passwd", "XML"),
    "XML after a BOM": (b"\xef\xbb\xbf\n<?xml version='1.0'?>", "XML"),
    "GeoJSON": (b'{"type": "FeatureCollection"}', "JSON"),
    "a spreadsheet": (b"PK\x03\x04rest", "a zip archive or a spreadsheet"),
    "gzip": (b"\x1f\x8b\x08rest", "a gzip archive"),
    "Parquet": (b"PAR1rest", "a Parquet file"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "the byte 0x89"),
    "plain words": (b"Ukraine says it advanced.\n", "a header line that begins"),
    "a BOM alone": (b"\xef\xbb\xbf", "a header line that begins"),
    "zeros": (b"\x00" * 64, "a header line that begins"),
    "1,001 columns": (b"a," * 1_000 + b"b\n", "1,001 columns"),
    "200,000 columns": (b";" * 200_000 + b"\n", "200,001 columns"),
}


@pytest.mark.parametrize(("data", "found"), OTHER_FORMATS.values(), ids=OTHER_FORMATS.keys())
def test_a_file_named_csv_is_refused_when_it_holds(data: bytes, found: str, load: Load) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        load(data)
    assert found in caught.value.found
    assert caught.value.where.startswith("events.csv")
    assert caught.value.remedy


def test_three_million_lines_of_csv_are_refused_unparsed(good: bytes, load: Load) -> None:
    with pytest.raises(UnreadableFileError, match="more than 2,500,000 lines"):
        load(good + b"x\n" * 3_000_000)


def test_a_line_of_endless_cells_is_refused_unparsed(
    good: bytes, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "CSV_MAX_SEPARATORS", 1_000)
    with pytest.raises(UnreadableFileError, match="more than 1,000 cells"):
        load(good + b"," * 1_000)


def test_a_file_too_large_is_refused_unread(
    good: bytes, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "FILE_MAX_BYTES", len(good) - 1)
    with pytest.raises(UnreadableFileError, match="a smaller file"):
        load(good)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/events.csv",
        "https://example.org/events.csv",
        "file:///etc/passwd",
        "/vsicurl/http://example.org/events.csv",
        "/vsizip/events.zip/events.csv",
        "WFS:http://example.org",
    ],
)
def test_an_address_is_refused_as_a_file(address: str, geo: Path) -> None:
    with pytest.raises(UnreadableFileError, match="an address or a virtual path"):
        load_record(Path(address), geo=geo)


def test_a_folder_is_refused(geo: Path) -> None:
    with pytest.raises(UnreadableFileError, match="found a folder"):
        load_record(geo, geo=geo)


def test_a_missing_file_is_named_without_its_folder(geo: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"^gone\.csv: found no such file") as caught:
        load_record(tmp_path / "gone.csv", geo=geo)
    assert str(tmp_path) not in str(caught.value)


def test_a_pipe_is_refused_and_not_waited_for(geo: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UnreadableFileError, match="a device or a pipe"):
        load_record(tmp_path / "pipe.csv", geo=geo)


def test_a_file_without_permission_is_refused(
    good: bytes, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFileError, match=r"events\.csv: found Permission denied"):
        load(good)


def test_a_name_too_long_for_the_disk_is_refused(geo: Path) -> None:
    with pytest.raises(UnreadableFileError):
        load_record(Path("a" * 5_000 + ".csv"), geo=geo)


def test_a_csv_of_other_columns_names_those_it_lacks(load: Load) -> None:
    with pytest.raises(UnreadableFileError, match="claim_id, topic, proposition") as caught:
        load(b"date,town,what\n2023-05-12,Bakhmut,shelling\n" * 40_000)
    assert caught.value.where == "events.csv, line 1"


def test_too_little_memory_is_told_and_no_traceback(
    good: bytes, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(loading, "make_claims", fail)
    with pytest.raises(UnreadableFileError, match="more than this machine's memory holds"):
        load(good)
