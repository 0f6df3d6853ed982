"""Claims files as somebody might make them who means harm, or who was merely careless."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from tests.browser.expected import read_rows

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ("statement", "quote", "role", "note", "outlet", "source_title", "actor")
NAMES = ("claimant", "organisation", "place", "proposition")
ATTACKS = (
    "{{7*191}} ${x} `tick`",
    "</script><script>window.__pwned = 1</script>",
    '<img src=x onerror="window.__pwned = 1">',
    "![x](http://evil.test/a.png) [l](javascript:window.__pwned=1)",
    "abc\N{RIGHT-TO-LEFT OVERRIDE}cba :red[x] $\\alpha$",
    "=cmd|'/C calc'!A0",
)
"""A template, an end of script, an element, markdown, a turn of direction, a formula."""


def attack_of(number: int) -> str:
    """Give the attack that row `number` (from 0) carries."""
    return ATTACKS[number % len(ATTACKS)]


def write_rows(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write rows as a claims file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(read_rows()[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def hostile_file(folder: Path) -> Path:
    """Write the project's claims with an attack in every column that takes free text."""
    rows = read_rows()
    topics: dict[str, str] = {}
    for number, row in enumerate(rows):
        attack = attack_of(number)
        for column in TEXTS:
            row[column] = attack
        for column in NAMES:
            if row[column] or column != "place":
                row[column] = f"{attack} {row[column]}"
        row["proposition"] = topics.setdefault(row["topic"], row["proposition"])
        if not number % 2:
            row["source_url"] = ""
    return write_rows(folder / "hostile.csv", rows)


def faulty_file(folder: Path) -> Path:
    """Write the project's claims, the second with a wrong side, the fourth off the globe."""
    rows = read_rows()
    rows[1]["side"] = "nobody"
    rows[3]["latitude"] = "148.5"
    return write_rows(folder / "faulty.csv", rows)


def empty_file(folder: Path) -> Path:
    """Write a file that has the header and no claim."""
    return write_rows(folder / "empty.csv", [])


def unreadable_file(folder: Path) -> Path:
    """Write a file that is no table at all."""
    path = folder / "unreadable.csv"
    path.write_bytes(b"\x00\xff\xfe\x00PNG not a table\x00" * 40)
    return path
