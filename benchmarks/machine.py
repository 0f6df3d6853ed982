"""What the figures were taken on: machine, versions, and how busy it was."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Final

PACKAGES: Final = ("streamlit", "pandas", "numpy", "pyarrow", "folium")
_KB_PER_GB: Final = 1024**2
_KB_PER_MB: Final = 1024


def machine(browser_version: str) -> str:
    """Tell the machine and the versions in one line.

    Parameters
    ----------
    browser_version : str
        "" if none was needed.

    Returns
    -------
    str
    """
    memory_gb = _kilobytes(Path("/proc/meminfo"), "MemTotal") / _KB_PER_GB
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    browser = f", Chromium {browser_version}" if browser_version else ""
    return (
        f"{os.cpu_count()} cores, {memory_gb:.0f} GB, {platform.system()} {platform.machine()},"
        f" Python {platform.python_version()}, {versions}{browser}, no GPU, no network"
    )


def memory_mb(pid: int, field: str = "VmRSS") -> float:
    """Read how much memory a process holds.

    Parameters
    ----------
    pid : int
    field : {"VmRSS", "VmHWM"}
        Now, or at most so far.

    Returns
    -------
    float
        Megabytes (2**20 bytes).
    """
    return _kilobytes(Path(f"/proc/{pid}/status"), field) / _KB_PER_MB


def _kilobytes(file: Path, field: str) -> int:
    lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    found = next(line for line in lines if line.startswith(f"{field}:"))
    return int(found.split()[1])
