"""Numbers in few bytes: whole numbers of one to four bytes as planes, columns that follow others.

A **plane** holds one byte of every number, the lowest first: where numbers are small or alike
the planes of their high bytes are nearly constant, and any packer makes them vanish.

A column **follows** another if what it says mostly hangs on what the other says, as the side
hangs on the claimant. Then a table (one value a code of the other column) and the exceptions
stand for it: a bit a row that tells them, and their values in the order of the rows.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Whole = NDArray[np.unsignedinteger]

_SAMPLE_ROWS: Final = 65_536
_VARINT_BITS: Final = 7


@dataclass(frozen=True, slots=True)
class Following:
    """A column as a table over the codes of another, and its exceptions.

    Attributes
    ----------
    table : numpy.ndarray of unsigned int, shape (codes of the other column,)
    other : numpy.ndarray of uint8, shape (ceil(n / 8),) or (0,)
        One bit a row, the lowest first: 1 where the table does not hold. Empty if it always does.
    values : numpy.ndarray of unsigned int
        What those rows say instead.
    """

    table: Whole
    other: NDArray[np.uint8]
    values: Whole


def bits_text(flags: NDArray[np.bool_]) -> str:
    """Write flags for a message to the browser, a bit each.

    Parameters
    ----------
    flags : numpy.ndarray of bool, shape (n,)

    Returns
    -------
    str
        Base64 of ceil(n / 8) bytes, the lowest bit of each the first.
    """
    return base64.b64encode(np.packbits(flags, bitorder="little").tobytes()).decode()


def width(largest: int) -> int:
    """Tell how many bytes the largest of some whole numbers takes.

    Parameters
    ----------
    largest : int
        0 to 2**32 - 1.

    Returns
    -------
    int
        1 to 4.
    """
    return max(1, (int(largest).bit_length() + 7) // 8)


def planes(values: Whole, size: int) -> bytes:
    """Write numbers as planes of bytes, that of the lowest bytes first.

    Parameters
    ----------
    values : numpy.ndarray of unsigned int, shape (n,)
        Higher bytes than those asked for are left out.
    size : int
        Bytes a number, 1 to 4.

    Returns
    -------
    bytes
        `size` times n.
    """
    little = np.ascontiguousarray(values, dtype="<u4").view(np.uint8).reshape(-1, 4)
    return little[:, :size].T.tobytes()


def follow(values: Whole, key: NDArray[np.integer], keys: int, size: int) -> Following | None:
    """Let a column follow another, if that takes fewer bytes than writing it.

    Parameters
    ----------
    values : numpy.ndarray of unsigned int, shape (n,)
    key : numpy.ndarray of int, shape (n,)
        Codes of the other column, 0 to `keys` - 1.
    keys : int
    size : int
        Bytes a value.

    Returns
    -------
    Following or None
    """
    table = _usual(values, key, keys)
    differs = table[key] != values
    exceptions = int(differs.sum())
    bits = (len(values) + 7) // 8 if exceptions else 0
    if (keys + exceptions) * size + bits >= len(values) * size:
        return None
    other = np.packbits(differs, bitorder="little") if exceptions else np.empty(0, np.uint8)
    return Following(table, other, values[differs])


def _usual(values: Whole, key: NDArray[np.integer], keys: int) -> Whole:
    """Give for each key what its rows say most often, judged by a sample, else its first row."""
    table = np.zeros(keys, dtype=values.dtype)
    table[key[::-1]] = values[::-1]  # of several, the one written last stays
    step = max(1, len(values) // _SAMPLE_ROWS)
    pairs = (key[::step].astype(np.uint64) << np.uint64(32)) | values[::step].astype(np.uint64)
    found, counts = np.unique(pairs, return_counts=True)
    order = np.argsort(counts, kind="stable")
    often = found[order]
    table[often >> np.uint64(32)] = (often & np.uint64(0xFFFFFFFF)).astype(values.dtype)
    return table


def varints(values: NDArray[np.int64]) -> bytes:
    """Write signed numbers in as few bytes as each needs: zigzag, then 7 bits a byte.

    Parameters
    ----------
    values : numpy.ndarray of int64

    Returns
    -------
    bytes
        As in protocol buffers: 0, -1, 1, -2 are 0, 1, 2, 3; the lowest 7 bits come first, the
        highest bit of a byte tells that another follows.
    """
    left = (values << 1) ^ (values >> 63)
    rest = left.astype(np.uint64)
    sizes = np.ones(len(rest), dtype=np.int64)
    for count in range(1, 10):
        sizes += rest >= np.uint64(1) << np.uint64(_VARINT_BITS * count)
    starts = np.cumsum(sizes) - sizes
    written = np.zeros(int(sizes.sum()), dtype=np.uint8)
    for at in range(int(sizes.max(initial=0))):
        rows = sizes > at
        low = (rest[rows] >> np.uint64(_VARINT_BITS * at)) & np.uint64(0x7F)
        more = (sizes[rows] > at + 1).astype(np.uint64) << np.uint64(_VARINT_BITS)
        written[starts[rows] + at] = (low | more).astype(np.uint8)
    return written.tobytes()


class PackedFile:
    """Arrays packed one after another, and the directory that tells where each stands.

    Parameters
    ----------
    added : callable, optional
        Called after each array.
    """

    def __init__(self, added: Callable[[], None] = lambda: None) -> None:
        self._added = added
        self._directory: dict[str, dict[str, object]] = {}
        self._body = bytearray()

    def add(self, name: str, values: Whole, *, top: int = 0) -> None:
        """Add numbers as planes.

        Parameters
        ----------
        name : str
        values : numpy.ndarray of unsigned int
        top : int, optional
            The number that stands for "none"; kept as the largest of three bytes if it has four.
        """
        size = _size(values, top)
        self._append(name, planes(values, size), {"bytes": size, "length": len(values)})

    def add_varints(self, name: str, values: NDArray[np.int64]) -> None:
        """Add signed numbers as varints.

        Parameters
        ----------
        name : str
        values : numpy.ndarray of int64
        """
        written = varints(values)
        self._append(name, written, {"varints": len(written), "length": len(values)})

    def add_following(
        self, name: str, values: Whole, leader: tuple[str, Whole, int], *, top: int = 0
    ) -> None:
        """Add numbers as a table over another column's codes, or as planes if that is shorter.

        Parameters
        ----------
        name : str
        values : numpy.ndarray of unsigned int
        leader : (str, numpy.ndarray of unsigned int, int)
            The other column's name, its codes and how many codes there are.
        top : int, optional
            As for `add`.
        """
        size = _size(values, top)
        found = follow(values, leader[1], leader[2], size)
        if found is None:
            self.add(name, values, top=top)
            return
        written = planes(found.table, size) + found.other.tobytes() + planes(found.values, size)
        entry = {"bytes": size, "length": len(values), "by": leader[0], "keys": leader[2]}
        self._append(name, written, {**entry, "others": len(found.values)})

    def finish(self) -> tuple[dict[str, dict[str, object]], bytes]:
        """Give the directory and the bytes.

        Returns
        -------
        dict
            For each array its start among the bytes (`at`), its `length` in numbers and either
            `bytes` a number or the bytes of all `varints`; of one that follows another also `by`
            whom, the `keys` of the table and the number of `others`, the exceptions.
        bytes
        """
        return self._directory, bytes(self._body)

    def _append(self, name: str, written: bytes, entry: dict[str, object]) -> None:
        self._directory[name] = {"at": len(self._body), **entry}
        self._body += written
        self._added()


def _size(values: Whole, top: int) -> int:
    return min(width(top), 3) if top else width(int(values.max(initial=0)))
