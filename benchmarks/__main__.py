"""Print one table of speed ratios: `make bench`, or `python -m benchmarks PART`."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import store
from benchmarks.browsing import FAILURES, chromium
from benchmarks.bytes_sent import transferred
from benchmarks.growth import growth
from benchmarks.handing_out import handing_out
from benchmarks.load_speed import cold_start, reading
from benchmarks.machine import machine
from benchmarks.map_speed import frames, map_changes
from benchmarks.memory_use import memory
from benchmarks.page_speed import filter_change, first_paint
from benchmarks.peer_speed import peers
from benchmarks.plan import FULL, QUICK
from benchmarks.scene_speed import scenes
from benchmarks.server import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from benchmarks.plan import Plan
    from benchmarks.report import Row

IN_BROWSER: Final[dict[str, Callable[[Browser, Plan], list[Row]]]] = {
    "map": map_changes,
    "frames": frames,
    "scenes": scenes,
    "change": filter_change,
    "first": first_paint,
    "bytes": transferred,
    "memory": memory,
    "growth": growth,
    "export": handing_out,
    "peers": peers,
}
WITHOUT_BROWSER: Final[dict[str, Callable[[Plan], list[Row]]]] = {
    "start": cold_start,
    "load": reading,
}
PARTS: Final = (*IN_BROWSER, *WITHOUT_BROWSER)
OUT: Final = ROOT / "out"


def measure(name: str, plan: Plan) -> store.Part:
    """Measure one part of the table.

    Parameters
    ----------
    name : str
        Of `PARTS`.
    plan : Plan

    Returns
    -------
    Part
    """
    before = os.getloadavg()[0]
    browser_version = ""
    with ExitStack() as stack:
        if name in WITHOUT_BROWSER:
            rows = WITHOUT_BROWSER[name](plan)
        else:
            # Peers draw with WebGL; nothing else may, so that no figure of ours leans on it.
            browser = stack.enter_context(chromium(webgl=name == "peers"))
            browser_version = browser.version
            rows = IN_BROWSER[name](browser, plan)
    told = machine(browser_version)
    today = datetime.now(tz=UTC).date().isoformat()
    return store.Part(name, today, told, (before, os.getloadavg()[0]), tuple(rows))


def main() -> None:
    """Measure what the command line asks for, keep it, and print the table of all that is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--table", action="store_true", help="measure nothing, print what is kept")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="put the table between its marks"
    )
    parser.add_argument(
        "--quick", action="store_true", help="small sizes: only to see that it runs"
    )
    options = parser.parse_args()
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    kept = OUT / ("bench-quick" if options.quick else "bench")
    wanted = [] if options.table else options.parts or PARTS
    failed = []
    for name in wanted:
        print(f"measuring: {name}", flush=True)
        try:
            store.save(kept, measure(name, QUICK if options.quick else FULL))
        except (*FAILURES, LookupError) as error:  # the other parts can still be measured
            print(f"{name} failed: {error}", file=sys.stderr)
            failed.append(name)
    found = store.load(kept, PARTS)
    if not found:
        parser.error("nothing is kept yet")
    text = store.render(found)
    print(text)
    if options.write:
        store.write_between_marks(options.write, text)
    if failed:
        sys.exit(f"not measured: {', '.join(failed)}")


if __name__ == "__main__":
    main()
