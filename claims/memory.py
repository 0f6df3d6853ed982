"""Large arrays come and go by the hundred: letting the system have back what is free again."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Final

import pyarrow as pa

_MMAP_THRESHOLD: Final = -3
"""glibc's number for the size from which on a piece of memory is the system's own, `mallopt(3)`."""
_OWN_PIECE_BYTES: Final = 1 << 20


@cache
def keep_little() -> None:
    """Let each large array be a piece of memory of its own, which goes back when it is freed.

    By default glibc learns from the first large array freed to keep all later ones for itself, and
    does so for each thread: every viewer's first look at a large record would cost memory for good.
    """
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)  # only in glibc
    if set_option is not None:
        set_option(_MMAP_THRESHOLD, _OWN_PIECE_BYTES)


def give_back() -> None:
    """Hand freed memory back to the system, as far as the machine's own allocators allow."""
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
