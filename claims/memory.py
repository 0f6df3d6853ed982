"""The machine's memory: how much is left, and letting the system have back what is free again."""

from __future__ import annotations

import ctypes
import resource
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa

_MMAP_THRESHOLD: Final = -3
"""glibc's number for the size from which on a piece of memory is the system's own, `mallopt(3)`."""
_OWN_PIECE_BYTES: Final = 1 << 20
_ARENA_MAX: Final = -8
"""glibc's number for how many threads may keep freed memory apart from each other."""
_KB: Final = 1024
_NO_LIMIT: Final = 1 << 60
"""A cgroup of version 1 without a limit names a number near the largest there is."""


@cache
def keep_little() -> None:
    """Let each large array be a piece of memory of its own, which goes back when it is freed.

    By default glibc learns from the first large array freed to keep all later ones for itself, and
    does so for each thread: every viewer's first look at a large record would cost memory for good.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)  # only in glibc
    if set_option is not None:
        set_option(_MMAP_THRESHOLD, _OWN_PIECE_BYTES)
        set_option(_ARENA_MAX, 2)


def give_back() -> None:
    """Hand freed memory back to the system, as far as the machine's own allocators allow."""
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def available_bytes(root: Path = Path("/")) -> int | None:
    """Tell how much more memory this process can have.

    Parameters
    ----------
    root : Path, optional
        Where `proc` and `sys` stand; another folder in tests.

    Returns
    -------
    int or None
        The least of what the system has left, what the process's control groups (version 2 or 1)
        leave it and what its own limit on address space leaves it; None if none can be known.
    """
    process = _numbers(root / "proc/self/status")
    left = [_numbers(root / "proc/meminfo").get("MemAvailable"), *_left_by_groups(root)]
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and "VmSize" in process:
        left.append(limit - process["VmSize"])
    known = [max(0, one) for one in left if one is not None]
    return min(known, default=None)


def _left_by_groups(root: Path) -> list[int]:
    """Read what each control group above the process leaves, as `cgroups(7)` tells."""
    left = []
    for line in _read(root / "proc/self/cgroup").splitlines():
        controllers, _, path = line.partition(":")[2].partition(":")
        if controllers not in {"", "memory"}:
            continue
        base = root / "sys/fs/cgroup" / controllers
        # A container may see the whole machine's path but only its own group: go up to the root.
        inside = Path(path.strip("/"))
        for folder in (inside, *inside.parents) if inside.parts else (inside,):
            left += _left_by_group(base / folder)
    return left


def _left_by_group(folder: Path) -> list[int]:
    for limit_name, used_name, cache_name in (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        limit, used = _read(folder / limit_name).strip(), _read(folder / used_name).strip()
        if not (limit.isdecimal() and used.isdecimal()) or int(limit) >= _NO_LIMIT:
            continue
        found = dict(line.split(maxsplit=1) for line in _lines_of_two(folder / "memory.stat"))
        cached = found.get(cache_name, "0")  # given back as soon as it is needed
        return [int(limit) - int(used) + (int(cached) if cached.isdecimal() else 0)]
    return []


def _lines_of_two(path: Path) -> list[str]:
    return [line for line in _read(path).splitlines() if len(line.split()) == 2]  # noqa: PLR2004


def _numbers(path: Path) -> dict[str, int]:
    """Read lines such as "MemAvailable:  23 kB", in bytes."""
    lines = (line.replace(":", " ").split() for line in _read(path).splitlines())
    return {
        line[0]: int(line[1]) * _KB
        for line in lines
        if len(line) == 3 and line[1].isdecimal() and line[2] == "kB"  # noqa: PLR2004
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):  # no such file on this machine
        return ""
