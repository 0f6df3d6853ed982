"""The news report of 12 May 2023 by itself: a small real record for tests.

Its 26 rows are taken from `data/events.csv`, where they stand among the others.
"""

from __future__ import annotations

import atexit
import csv
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).resolve().parents[1] / "data"
OUTLETS: Final = ("AFP, EFE", "Not named")
"""How the `outlet` of a row from the report begins: the report itself, or its headlines."""


def is_of_the_report(row: dict[str, str]) -> bool:
    """Tell whether a row of the record comes from the report."""
    return row["outlet"].startswith(OUTLETS)


@cache
def report_path() -> Path:
    """Write the report's rows to a file of their own, once, and give its path."""
    folder = Path(tempfile.mkdtemp(prefix="report-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "events.csv"
    with (DATA / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        of_report = [row for row in rows if is_of_the_report(row)]
        names = rows.fieldnames or []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(of_report)
    return path
