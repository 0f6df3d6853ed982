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
_NAME_REMEDY: Final = "Name the file after the folder, such as briefings/week.pdf."


def write_all(files: Mapping[Path, Iterable[bytes]]) -> int:
    """Write files that belong together so that nobody ever sees a part of one.

    Parameters
    ----------
    files : mapping of Path to iterable of bytes
        The content of each file, one piece after another. A file that is there is replaced once
        all new ones are safe on the disk, and keeps its permissions; until then all stay as they
        were. Only if the system then refuses to put one in its place are those before it new:
        the error names them. An error raised while the pieces are made leaves no part of a file
        behind.

    Returns
    -------
    int
        Bytes written.

    Raises
    ------
    UnwritableFileError
        If a folder is missing or read-only, the disk is full, or a path is as `refuse_name`
        refuses it.
    """
    for path in files:
        refuse_name(path)
    size = 0
    # In the same folder: a file can only be swapped for another within one file system.
    beside = {
        path: path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}.part") for path in files
    }
    path = next(iter(files))
    replaced: list[str] = []
    try:
        try:
            for path, pieces in files.items():
                size += _write(beside[path], pieces)
                if path.exists():
                    shutil.copymode(path, beside[path])
            for path, part in beside.items():
                part.replace(path)
                replaced.append(path.name)
        except BaseException:  # a cancelled export, too, leaves nothing behind
            for part in beside.values():
                with contextlib.suppress(OSError, ValueError):
                    part.unlink(missing_ok=True)
            raise
    except OSError as error:
        found = error.strerror or type(error).__name__
        remedy = _REMEDY
        if replaced:
            remedy = f"Write all of them anew: only {', '.join(replaced)} could be replaced."
        raise UnwritableFileError(path.name, found, "a file that can be written", remedy) from error
    for folder in {path.parent for path in files}:
        _settle(folder)
    return size


def refuse_name(path: Path) -> None:
    """Refuse a path at which no file can be written.

    Parameters
    ----------
    path : Path

    Raises
    ------
    UnwritableFileError
        If it ends in no name, as ".", "/" and "" do, holds a NUL character or is a folder.
    """
    expected = "the name of a file"
    if not path.name:
        raise UnwritableFileError(str(path), "a path without a name", expected, _NAME_REMEDY)
    if "\0" in str(path):
        raise UnwritableFileError(path.name, "a NUL character", expected, _REMEDY)
    if path.is_dir():
        raise UnwritableFileError(path.name, "a folder", expected, _NAME_REMEDY)


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
