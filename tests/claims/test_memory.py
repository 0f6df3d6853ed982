"""A file is refused before it is read where memory does not suffice, and only there."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest

from claims import opening, parquet
from claims.errors import UnreadableFileError
from claims.load import load_record
from claims.memory import available_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd

    from tests.claims.conftest import MakeRow, WriteCsv

GB = 1024**3
MEMINFO = "MemTotal:       24000000 kB\nMemAvailable:    2097152 kB\nHugePages_Total:       0\n"


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture(autouse=True)
def no_limit_on_address_space(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    monkeypatch.setattr(resource, "getrlimit", lambda _: endless)


def test_the_system_tells_what_it_has_left(tmp_path: Path) -> None:
    assert available_bytes(write(tmp_path, {"proc/meminfo": MEMINFO})) == 2 * GB


def test_a_machine_that_tells_nothing_is_not_known(tmp_path: Path) -> None:
    assert available_bytes(tmp_path) is None


def test_a_control_group_of_version_2_or_one_above_it_leaves_less(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "proc/meminfo": MEMINFO,
            "proc/self/cgroup": "0::/app/web\n",
            "sys/fs/cgroup/app/web/memory.max": "max\n",
            "sys/fs/cgroup/app/web/memory.current": "100\n",
            "sys/fs/cgroup/app/memory.max": "1000\n",
            "sys/fs/cgroup/app/memory.current": "700\n",
            "sys/fs/cgroup/app/memory.stat": "anon 600\ninactive_file 50\n",
        },
    )
    assert available_bytes(root) == 350


def test_a_control_group_of_version_1_seen_from_a_container_leaves_less(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "proc/meminfo": MEMINFO,
            "proc/self/cgroup": "4:memory:/docker/abc\n1:cpu:/docker/abc\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": "1000\n",
            "sys/fs/cgroup/memory/memory.usage_in_bytes": "900\n",
        },
    )
    assert available_bytes(root) == 100


def test_a_control_group_without_a_limit_takes_nothing_away(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "proc/meminfo": MEMINFO,
            "proc/self/cgroup": "4:memory:/\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
            "sys/fs/cgroup/memory/memory.usage_in_bytes": "900\n",
        },
    )
    assert available_bytes(root) == 2 * GB


def test_a_limit_on_address_space_counts_what_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(
        tmp_path, {"proc/meminfo": MEMINFO, "proc/self/status": "Name:\tx\nVmSize:\t  1024 kB\n"}
    )
    monkeypatch.setattr(resource, "getrlimit", lambda _: (GB, GB))
    assert available_bytes(root) == GB - 1024 * 1024


def test_a_group_beyond_its_limit_leaves_nothing(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "proc/self/cgroup": "0::/\n",
            "sys/fs/cgroup/memory.max": "1000\n",
            "sys/fs/cgroup/memory.current": "1200\n",
        },
    )
    assert available_bytes(root) == 0


def leave(monkeypatch: pytest.MonkeyPatch, left: int | None) -> None:
    monkeypatch.setattr(opening, "available_bytes", lambda: left)


def test_a_csv_is_refused_unread_where_memory_does_not_suffice(
    write_csv: WriteCsv, make_row: MakeRow, geo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv([make_row()])
    size = path.stat().st_size
    leave(monkeypatch, size * opening.CSV_MEMORY_TIMES)
    assert len(load_record(path, geo=geo).claims) == 1
    leave(monkeypatch, size * opening.CSV_MEMORY_TIMES - 1)
    with pytest.raises(UnreadableFileError, match="of memory to read") as caught:
        load_record(path, geo=geo)
    assert caught.value.where == "events.csv"
    assert caught.value.expected == "at most the 1 MB that are left here"
    assert "split the file" in caught.value.remedy


def test_a_parquet_file_is_refused_by_its_rows_and_what_it_unpacks_to(
    make_row: MakeRow,
    make_table: Callable[[Sequence[dict[str, str]]], pd.DataFrame],
    geo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "events.parquet"
    make_table([make_row() for _ in range(3_000)]).to_parquet(path)
    leave(monkeypatch, path.stat().st_size + 3_000 * parquet.ROW_BYTES)
    with pytest.raises(UnreadableFileError, match="of memory to read"):
        load_record(path, geo=geo)
    leave(monkeypatch, 3_000 * 10_000)
    assert len(load_record(path, geo=geo).claims) == 3_000


def test_where_nothing_is_known_of_memory_nothing_is_refused(
    write_csv: WriteCsv, make_row: MakeRow, geo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(monkeypatch, None)
    assert len(load_record(write_csv([make_row()]), geo=geo).claims) == 1
