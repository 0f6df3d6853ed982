"""Read one file of claims in a process of its own and print the seconds and megabytes it took."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import pandas as pd

from benchmarks.machine import memory_mb
from claims.load import load_record

GEO = Path(__file__).resolve().parent.parent / "data" / "geo"


def main() -> None:
    """Read a file: `python -m benchmarks.load_once record|pandas FILE`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load_once", description=__doc__)
    parser.add_argument("reader", choices=["record", "pandas"])
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    started = time.perf_counter()
    if options.reader == "record":
        load_record(options.file, geo=GEO)
    else:
        pd.read_csv(options.file, dtype="str", keep_default_na=False)
    print(time.perf_counter() - started, memory_mb(os.getpid(), "VmHWM"))


if __name__ == "__main__":
    main()
