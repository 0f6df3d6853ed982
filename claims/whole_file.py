"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from typing import TYPE_CHECKING, Final

from claims.errors import UnwritableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_REMEDY: Final = "Choose another folder, or make room; nothing was changed."


def write_whole(path: Path, pieces: Iterable[bytes]) -> int:
    """Write a file so that nobody ever sees a part of it.

    Parameters
    ----------
    path : Path
        A file that is there is replaced once the new one is safe on the disk; until then, and if
        anything goes wrong, it stays as it was. It keeps its permissions.
    pieces : iterable of bytes
        The content, one piece after another. An error raised while they are made leaves no part
        of a file behind.

    Returns
    -------
    int
        Bytes written.

    Raises
    ------
    UnwritableFileError
        If the folder is missing or read-only, the disk is full, or the path is a folder.
    """
    # In the same folder: a file can only be swapped for another within one file system.
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}.part")
    try:
        if path.is_dir():
            raise UnwritableFileError(path.name, "a folder", "the name of a file", _REMEDY)
        try:
            size = _write(beside, pieces)
            if path.exists():
                shutil.copymode(path, beside)
            beside.replace(path)
        except BaseException:  # a cancelled export, too, leaves nothing behind
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        # ValueError: a name that no file can have, such as one with a NUL character.
        found = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise UnwritableFileError(
            path.name or str(path), found, "a file that can be written", _REMEDY
        ) from error
    _settle(path.parent)
    return size


def _write(beside: Path, pieces: Iterable[bytes]) -> int:
    size = 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(beside, flags, 0o666), "wb") as file:
        for piece in pieces:
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size


def _settle(folder: Path) -> None:
    # The new name, too, must outlive a power cut; where folders cannot be opened it does anyway.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
