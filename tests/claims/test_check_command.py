"""`python -m claims check FILE` tells every bad row and says by its exit what it found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claims.__main__ import main, printable

if TYPE_CHECKING:
    from collections.abc import Callable

    Row = dict[str, str]
    MakeRow = Callable[..., Row]
    WriteCsv = Callable[..., Path]
    Check = Callable[..., tuple[int, list[str]]]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def check(write_csv: WriteCsv, geo: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    def run(*rows: Row, name: str = "events.csv") -> tuple[int, list[str]]:
        code = main(["check", str(write_csv(rows, name=name)), "--geo", str(geo)])
        return code, capsys.readouterr().out.splitlines()

    return run


def test_a_clean_file_ends_with_0_and_one_line(check: Check, make_row: MakeRow) -> None:
    code, lines = check(make_row(), make_row())
    assert code == 0
    assert len(lines) == 1
    assert lines[0].startswith(
        "events.csv: 2 rows read, 2 claims kept, 0 bad rows, 0 errors, 0 warnings; digest "
    )
    assert len(lines[0].rpartition(" ")[2]) == 12


def test_a_header_alone_is_clean(check: Check) -> None:
    code, lines = check()
    assert code == 0
    assert lines[0].startswith("events.csv: 0 rows read, 0 claims kept")


def test_warnings_alone_end_with_0(check: Check, make_row: MakeRow) -> None:
    code, lines = check(make_row(source_url="data:x"))
    assert code == 0
    assert lines[0].startswith("warning: row 2, column source_url: found 'data:x', must")
    assert "1 claim kept, 0 bad rows, 0 errors, 1 warning;" in lines[1]


def test_bad_rows_end_with_1_and_a_line_each(check: Check, make_row: MakeRow) -> None:
    code, lines = check(make_row(latitude="91"), make_row(), make_row(side="x"))
    assert code == 1
    assert lines[0] == (
        "error: row 2, column latitude: found '91', must be a number from -90 to 90."
        " Check the number and its unit against the source."
    )
    assert lines[1] == (
        "error: row 4, column side: found 'x', must be one of: ukraine, russia, third_party."
        " Choose one of these words."
    )
    assert "3 rows read, 1 claim kept, 2 bad rows, 2 errors, 0 warnings;" in lines[2]


def test_a_row_with_two_errors_is_one_bad_row(check: Check, make_row: MakeRow) -> None:
    code, lines = check(make_row(latitude="91", side="x"))
    assert code == 1
    assert "1 bad row, 2 errors" in lines[-1]


def test_1_500_bad_rows_are_counted_but_1_000_printed(check: Check, make_row: MakeRow) -> None:
    code, lines = check(*(make_row(side="x") for _ in range(1_500)))
    assert code == 1
    assert len(lines) == 1_002
    assert lines[1_000] == "and 500 more"
    assert "1,500 bad rows, 1,500 errors" in lines[1_001]


def test_errors_are_printed_before_warnings(check: Check, make_row: MakeRow) -> None:
    _, lines = check(make_row(source_url="data:x"), make_row(side="x"))
    assert [line.split(":")[0] for line in lines[:2]] == ["error", "warning"]


def test_what_cannot_be_read_ends_with_2_and_a_message(
    geo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "gone.csv"), "--geo", str(geo)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("cannot be read: gone.csv: found no such file, expected a file.")


def test_a_broken_geo_folder_ends_with_2(
    write_csv: WriteCsv, make_row: MakeRow, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_csv([make_row()])
    assert main(["check", str(path), "--geo", str(tmp_path / "nowhere")]) == 2
    assert "sectors.geojson" in capsys.readouterr().err


def test_no_character_reaches_the_terminal_that_it_would_obey(
    check: Check, make_row: MakeRow
) -> None:
    hostile = "\x1b[2J\u202e\u200b"
    _, lines = check(make_row(side=hostile, note=hostile, topic="a\nb"), name="e\u202ev.csv")
    assert all(line.isprintable() for line in lines)
    assert any(r"\x1b[2J\u202e\u200b" in line for line in lines)
    assert lines[-1].startswith(r"e\u202ev.csv: ")


def test_letters_of_any_script_stay_readable() -> None:
    assert printable("Бахмут, 北") == "Бахмут, 北"
    assert printable("a\u2028b\ud800") == r"a\u2028b\ud800"


def run_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, outside the project's folder."""
    return subprocess.run(  # noqa: S603  (our own interpreter and module)
        [sys.executable, "-m", "claims", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_the_command_runs_from_any_folder_with_the_project_s_own_ground(
    write_csv: WriteCsv, make_row: MakeRow
) -> None:
    done = run_process("check", str(write_csv([make_row()])))
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 claim kept" in done.stdout


def test_a_console_without_cyrillic_still_gets_its_lines(
    write_csv: WriteCsv, make_row: MakeRow, geo: Path
) -> None:
    path = str(write_csv([make_row(side="Україна")]))
    done = run_process("check", path, "--geo", str(geo), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, "")
    assert r"\u0423\u043a\u0440" in done.stdout


def test_an_unreadable_file_gives_no_traceback(tmp_path: Path) -> None:
    done = run_process("check", str(tmp_path))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "found a folder" in done.stderr
