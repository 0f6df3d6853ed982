"""Print one table of speed ratios: `make bench`, or `python -m benchmarks PART`."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.browsing import chromium
from benchmarks.load_speed import LARGE_ROWS, cold_start, reading, write_large
from benchmarks.page_speed import PILLS, filter_change, first_paint, transferred
from benchmarks.report import table

if TYPE_CHECKING:
    from benchmarks.report import Row

PARTS: Final = ("first", "change", "bytes", "start", "load")
VISITS: Final = 9
CHANGES: Final = 30
LARGE_VISITS: Final = 3
LARGE_CHANGES: Final = 12
TIMES: Final = 3


def measure(parts: frozenset[str]) -> tuple[list[Row], str]:
    """Measure parts of the table.

    Parameters
    ----------
    parts : frozenset of str
        Of `PARTS`.

    Returns
    -------
    list of Row
    str
        Version of the browser, "" if none was needed.
    """
    rows: list[Row] = []
    browser_version = ""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        large = write_large(folder) if parts & {"first", "change", "load"} else folder
        words = f", {LARGE_ROWS:,} claims"
        if parts & {"first", "change", "bytes"}:
            browser = stack.enter_context(chromium())
            browser_version = browser.version
            if "first" in parts:
                rows += first_paint(browser, visits=VISITS)
                rows += first_paint(browser, visits=LARGE_VISITS, claims=large, words=words)
            if "change" in parts:
                rows += filter_change(browser, changes=CHANGES)
                rows += filter_change(browser, changes=LARGE_CHANGES, claims=large, words=words)
            if "bytes" in parts:
                rows += transferred(browser, changes=len(PILLS))
        if "start" in parts:
            rows += cold_start(times=TIMES)
        if "load" in parts:
            rows += reading(large, times=TIMES)
    return rows, browser_version


def main() -> None:
    """Measure what the command line asks for and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    wanted = frozenset(parser.parse_args().parts) or frozenset(PARTS)
    unknown = wanted.difference(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    load_before = os.getloadavg()[0]
    rows, browser_version = measure(wanted)
    print(table(rows))
    print()
    print(
        f"{os.cpu_count()} cores, load average before and after"
        f" {load_before:.1f} and {os.getloadavg()[0]:.1f};"
        f" {platform.system()} {platform.machine()}, Python {platform.python_version()},"
        f" Streamlit {version('streamlit')}, pandas {version('pandas')},"
        f" Chromium {browser_version or 'not used'}, no GPU, no network."
    )
    print("A load average near or above the number of cores slows both sides; trust the ratios.")


if __name__ == "__main__":
    main()
