"""Giving memory back that a large file needed only while it was read."""

from __future__ import annotations

import ctypes

import pyarrow as pa


def give_back() -> None:
    """Hand freed memory back to the system, as far as the machine's own allocators allow.

    A file of a million claims is read through hundreds of arrays of some megabytes; what is left
    of them between arrays that stay would else be kept by the process for good.
    """
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # only in glibc
    if trim is not None:
        trim(0)
