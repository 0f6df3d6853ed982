"""A file is written whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from claims.errors import UnwritableFileError
from claims.whole_file import write_all

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "out.txt"
    path.write_bytes(b"as it was")
    return path


def unchanged(old: Path) -> bool:
    return list(old.parent.iterdir()) == [old] and old.read_bytes() == b"as it was"


def test_a_file_is_replaced_and_the_bytes_are_counted(old: Path) -> None:
    assert write_all({old: [b"new ", b"words"]}) == 9
    assert old.read_bytes() == b"new words"
    assert list(old.parent.iterdir()) == [old]


def test_an_error_half_way_leaves_the_old_file_and_no_part(old: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_all({old: pieces()})
    assert unchanged(old)


def test_a_full_disk_is_told_and_leaves_the_old_file(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFileError, match=r"out\.txt: found No space left on device"):
        write_all({old: [b"x"]})
    assert unchanged(old)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_real_full_device_is_told(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_open = os.open

    def on_the_full_disk(path: Any, flags: int, mode: int = 0o777) -> int:
        if str(path).endswith(".part"):
            return real_open("/dev/full", os.O_WRONLY)
        return real_open(path, flags, mode)

    monkeypatch.setattr(os, "open", on_the_full_disk)
    with pytest.raises(UnwritableFileError, match="No space left on device"):
        write_all({old: [b"x" * 100_000]})
    assert unchanged(old)


def test_a_read_only_folder_is_told(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Any, *_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(UnwritableFileError, match="Permission denied"):
        write_all({old: [b"x"]})
    assert unchanged(old)


def test_of_two_files_none_is_written_if_one_cannot_be(old: Path) -> None:
    with pytest.raises(UnwritableFileError, match="No such file"):
        write_all({old: [b"new"], old.parent / "none" / "b": [b"b"]})
    assert unchanged(old)


def test_if_the_second_of_two_cannot_be_replaced_the_new_one_is_named(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_replace, second = Path.replace, old.with_name("second.txt")

    def refused(part: Path, to: Path) -> Path:
        if to == second:
            raise OSError(errno.EBUSY, "Device or resource busy")
        return real_replace(part, to)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(UnwritableFileError, match=r"only out\.txt could be replaced"):
        write_all({old: [b"new"], second: [b"new"]})
    assert old.read_bytes() == b"new"
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("path", ["", ".", "/"])
def test_a_path_without_a_name_is_told(path: str) -> None:
    with pytest.raises(UnwritableFileError, match="found a path without a name, expected the name"):
        write_all({Path(path): [b"x"]})


def test_a_folder_is_told_and_stays(tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    with pytest.raises(UnwritableFileError, match="taken: found a folder"):
        write_all({folder: [b"x"]})
    assert list(tmp_path.iterdir()) == [folder]


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFileError, match="a NUL character"):
        write_all({tmp_path / "a\0b": [b"x"]})
    assert list(tmp_path.iterdir()) == []


def test_a_file_keeps_its_permissions(old: Path) -> None:
    old.chmod(0o640)
    write_all({old: [b"x"]})
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
