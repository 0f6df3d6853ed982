"""Files of invented claims, made once a size and kept for later runs."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.server import ROOT
from benchmarks.synthetic import PLACES

FOLDER: Final = ROOT / "out" / "bench-claims"
MADE_BY: Final = (Path(__file__).with_name("synthetic.py"), PLACES, ROOT / "claims" / "model.py")


def claims_file(rows: int, suffix: str = "parquet") -> Path:
    """Give a file of invented claims, made now if it is not there.

    Parameters
    ----------
    rows : int
    suffix : {"parquet", "csv"}, optional

    Returns
    -------
    Path
        Its name tells the version of what made it, so that no old one is taken for a new one.
    """
    made_by = hashlib.sha256(b"".join(file.read_bytes() for file in MADE_BY)).hexdigest()[:8]
    file = FOLDER / f"{rows}-{made_by}.{suffix}"
    if not file.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f"unfinished-{file.name}")
        # A process of its own: what it needs at most must not count as the measuring one's.
        command = [sys.executable, "-m", "benchmarks.synthetic", str(rows), str(unfinished)]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  # our own module
        unfinished.rename(file)
    return file
