"""A small file beside the record says on which days its page opens; a broken one stops nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claims.opening_days import MAX_BYTES, opening_file, read_opening_days

if TYPE_CHECKING:
    from pathlib import Path

MAY_8, MAY_14 = 19_485, 19_491


@pytest.fixture
def record_path(tmp_path: Path) -> Path:
    return tmp_path / "events.csv"


def told(record_path: Path, text: str) -> tuple[tuple[int, int] | None, str]:
    opening_file(record_path).write_text(text, encoding="utf-8")
    return read_opening_days(record_path)


def opening(first: str, last: str) -> str:
    return f"[opening]\nfrom = {first}\nto = {last}\n"


def test_the_days_are_read_from_the_file_of_the_record_s_name(record_path: Path) -> None:
    assert told(record_path, opening("2023-05-08", "2023-05-14")) == ((MAY_8, MAY_14), "")
    assert read_opening_days(record_path.with_suffix(".parquet")) == ((MAY_8, MAY_14), "")
    assert read_opening_days(record_path.with_name("other.csv")) == (None, "")


def test_a_record_without_such_a_file_opens_on_every_day(record_path: Path) -> None:
    assert read_opening_days(record_path) == (None, "")


def test_a_page_may_open_on_one_day(record_path: Path) -> None:
    assert told(record_path, opening("2023-05-08", "2023-05-08")) == ((MAY_8, MAY_8), "")


def test_a_record_that_is_itself_named_toml_is_not_its_own_sidecar(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text(opening("2023-05-08", "2023-05-14"), encoding="utf-8")
    assert read_opening_days(path) == (None, "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "no such table"),
        ('opening = "May"', "no such table"),
        ("[opening]\nfrom = 2023-05-08\n", "2023-05-08, None"),
        (opening("2023-05-14", "2023-05-08"), "2023-05-14, 2023-05-08"),
        (opening('"2023-05-08"', '"2023-05-14"'), "2023-05-08, 2023-05-14"),
        (opening("2023-05-08T06:00:00", "2023-05-14"), "2023-05-08 06:00:00, 2023-05-14"),
        (opening("1969-12-31", "2023-05-14"), "1969-12-31, 2023-05-14"),
        (opening("2023-05-08", "2101-01-01"), "2023-05-08, 2101-01-01"),
        ("from 8 to 14 May", "no TOML that can be read"),
        ("deep = " + "[" * (MAX_BYTES - 10), "no TOML that can be read"),
    ],
)
def test_what_is_no_first_and_last_day_is_told_and_opens_on_every_day(
    record_path: Path, text: str, found: str
) -> None:
    days, fault = told(record_path, text)
    assert days is None
    assert fault.startswith(f"events.toml: found {found}")
    assert "expected [opening] with from and to" in fault
    assert fault.endswith("The page opens on every day.")


def test_a_file_that_is_no_text_is_told(record_path: Path) -> None:
    opening_file(record_path).write_bytes(b"\xff\xfe[opening]")
    assert read_opening_days(record_path)[1].startswith("events.toml: found no TOML")


def test_a_folder_in_the_file_s_place_is_told(record_path: Path) -> None:
    opening_file(record_path).mkdir()
    days, fault = read_opening_days(record_path)
    assert days is None
    assert fault.startswith("events.toml: found Is a directory, expected [opening]")


def test_a_long_value_is_cut_in_what_is_told(record_path: Path) -> None:
    fault = told(record_path, opening('"' + "9" * 5000 + '"', "2023-05-14"))[1]
    assert len(fault) < 300
