"""The commands: `python -m claims check FILE` tells every bad row, `export` writes files."""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.errors import ClaimsError
from claims.export_command import add_export, run_export
from claims.load import load_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.load import Record

CLEAN, BAD_ROWS, UNREADABLE = 0, 1, 2
MAX_LINES: Final = 1_000
DATA: Final = Path(__file__).resolve().parent.parent / "data"
GEO: Final = DATA / "geo"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line after the program's name; that of the process by default.

    Returns
    -------
    int
        0 if no row is bad (there may be warnings), 1 if rows are bad, 2 if the file cannot be
        read at all; of an export as `claims.export_command.run_export` says.
    """
    parser = argparse.ArgumentParser(prog="python -m claims", description="Look at claims.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="tell every bad row of a file, with its reason")
    check.add_argument("file", help="a CSV or Parquet file of claims")
    check.add_argument("--geo", type=Path, default=GEO, help="folder of sectors and places")
    add_export(commands, DATA)
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console without Cyrillic must not stop us
            stream.reconfigure(errors="backslashreplace")
    if options.command == "export":
        return run_export(options, printable)
    try:
        record = load_record(Path(options.file), geo=options.geo)
    except ClaimsError as error:
        sys.stderr.write(f"cannot be read: {printable(str(error))}\n")
        return UNREADABLE
    try:
        sys.stdout.write("\n".join(report_lines(record)) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BAD_ROWS if _bad_rows(record) else CLEAN


def report_lines(record: Record) -> list[str]:
    """Tell what was found in a file.

    Parameters
    ----------
    record : Record

    Returns
    -------
    list of str
        A line a problem, at most `MAX_LINES`, errors first; then one that counts everything.
        No line holds a character that a terminal would obey.
    """
    problems = sorted(record.problems, key=lambda problem: problem.severity)
    lines = [printable(f"{problem.severity}: {problem}") for problem in problems[:MAX_LINES]]
    if len(problems) > MAX_LINES:
        lines.append(f"and {len(problems) - MAX_LINES:,} more")
    errors = sum(problem.severity == "error" for problem in problems)
    lines.append(
        printable(
            f"{record.name}: {_count(record.rows_read, 'row')} read,"
            f" {_count(len(record.claims), 'claim')} kept,"
            f" {_count(_bad_rows(record), 'bad row')},"
            f" {_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')};"
            f" digest {record.digest[:12]}"
        )
    )
    return lines


def printable(text: str) -> str:
    """Write control, direction and zero-width characters as escapes.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        One line, safe to send to a terminal.
    """
    if text.isprintable():
        return text
    escaped = (ascii(sign)[1:-1] if not sign.isprintable() else sign for sign in text)
    return "".join(escaped)


def _bad_rows(record: Record) -> int:
    return record.rows_read - len(record.claims)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
