"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from typing import TYPE_CHECKING, Final

from claims.errors import UnwritableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_REMEDY: Final = "Choose another folder, or make room; nothing was changed."


def write_whole(path: Path, pieces: Iterable[bytes]) -> int:
    """Write a file so that nobody ever sees a part of it.

    Parameters
    ----------
    path, pieces
        As one of the files of `write_all`.

    Returns
    -------
    int
        Bytes written.

    Raises
    ------
    UnwritableFileError
        As `write_all`.
    """
    return write_all({path: pieces})


def write_all(files: Mapping[Path, Iterable[bytes]]) -> int:
    """Write files that belong together so that nobody ever sees a part of one.

    Parameters
    ----------
    files : mapping of Path to iterable of bytes
        The content of each file, one piece after another. A file that is there is replaced once
        all new ones are safe on the disk; until then, and if anything goes wrong, all stay as
        they were. It keeps its permissions. An error raised while the pieces are made leaves no
        part of a file behind.

    Returns
    -------
    int
        Bytes written.

    Raises
    ------
    UnwritableFileError
        If a folder is missing or read-only, the disk is full, or a path is a folder.
    """
    size = 0
    # In the same folder: a file can only be swapped for another within one file system.
    beside = {
        path: path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}.part") for path in files
    }
    path = next(iter(files))
    try:
        try:
            for path, pieces in files.items():
                _refuse_name(path)
                size += _write(beside[path], pieces)
                if path.exists():
                    shutil.copymode(path, beside[path])
            for path, part in beside.items():
                part.replace(path)
        except BaseException:  # a cancelled export, too, leaves nothing behind
            for part in beside.values():
                with contextlib.suppress(OSError, ValueError):
                    part.unlink(missing_ok=True)
            raise
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise UnwritableFileError(
            path.name or str(path), found, "a file that can be written", _REMEDY
        ) from error
    for folder in {path.parent for path in files}:
        _settle(folder)
    return size


def _refuse_name(path: Path) -> None:
    if "\0" in str(path):
        raise UnwritableFileError(path.name, "a NUL character", "the name of a file", _REMEDY)
    if path.is_dir():
        raise UnwritableFileError(path.name, "a folder", "the name of a file", _REMEDY)


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
