"""`data/README.md` and the model say the same: every column, every value, every command."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Final

import pytest

from claims.days import day_words
from claims.model import BY_NAME, COLUMN_NAMES, Column
from claims.opening_days import read_opening_days
from tests.report import is_of_the_report

ROOT: Final = Path(__file__).parents[1]
TEXT: Final = (ROOT / "data" / "README.md").read_text("utf-8")
HEADER: Final = (
    "column",
    "group",
    "meaning",
    "type",
    "unit",
    "allowed values",
    "blank allowed",
    "example",
)


def table() -> list[dict[str, str]]:
    """Read the table of columns, one dictionary a line."""
    lines = [line for line in TEXT.splitlines() if line.startswith("|")]
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    assert cells[0] == HEADER
    return [dict(zip(HEADER, row, strict=True)) for row in cells[2:]]


TABLE: Final = {row["column"].strip("`"): row for row in table()}


def allowed_words(column: Column) -> str:
    """Write what a column allows as the table must."""
    if column.allowed:
        return ", ".join(f"`{value}`" for value in column.allowed)
    if column.low is None or column.high is None:
        return ""
    return f"{column.low:.0f} to {column.high:.0f}"


def test_the_table_lists_every_column_of_the_model_in_order_and_no_other() -> None:
    assert tuple(row["column"].strip("`") for row in table()) == COLUMN_NAMES


@pytest.mark.parametrize("name", COLUMN_NAMES)
def test_the_tables_line_says_what_the_model_says(name: str) -> None:
    column, line = BY_NAME[name], TABLE[name]
    assert line["group"] == column.group
    assert line["meaning"] == column.meaning
    assert line["type"] == column.kind
    assert line["allowed values"] == allowed_words(column)
    assert line["blank allowed"] == ("no" if column.required else "yes")
    assert line["example"] == f"`{column.example}`"


@pytest.mark.parametrize(
    ("suffix", "unit"),
    [("_km", "km"), ("_km2", "km²"), ("_pct", "per cent"), ("_m", "metres"), ("_deg", "degrees")],
)
def test_the_unit_in_the_table_is_the_unit_in_the_name(suffix: str, unit: str) -> None:
    units = {line["unit"] for name, line in TABLE.items() if name.endswith(suffix)}
    assert units == {unit}


def test_every_type_in_the_table_is_explained_above_it() -> None:
    explained = set(re.findall(r"\*(\w+)\*", TEXT.split("| column |")[0]))
    assert {line["type"] for line in TABLE.values()} <= explained


def test_every_python_command_named_exists() -> None:
    modules = re.findall(r"python -m (\w+)", TEXT)
    assert "claims" in modules
    for module in modules:
        assert (ROOT / module / "__main__.py").is_file()


def test_every_make_command_named_is_a_target() -> None:
    targets = re.findall(r"^(\w[\w-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = re.findall(r"`make (\w[\w-]*)`", TEXT)
    assert named
    assert set(named) <= set(targets)


def test_every_file_named_is_there() -> None:
    named = re.findall(r"\b(data/[\w./-]+\.\w+)", TEXT)
    assert "data/events.csv" in named
    for path in named:
        assert (ROOT / path).is_file()


def rows() -> list[dict[str, str]]:
    """Read the record as plain CSV."""
    with (ROOT / "data" / "events.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_numbers_it_tells_are_those_of_the_record() -> None:
    told = re.search(r"It holds (\d+) claims on (\d+) propositions", TEXT)
    assert told
    claims = rows()
    assert (int(told[1]), int(told[2])) == (len(claims), len({row["topic"] for row in claims}))
    report = re.search(r"AFP and EFE\": (\d+) claims on (\d+) propositions", TEXT)
    assert report
    of_report = [row for row in claims if is_of_the_report(row)]
    assert (int(report[1]), int(report[2])) == (26, len({row["topic"] for row in of_report}))
    assert len(of_report) == 26


def test_every_actor_of_the_record_is_a_word_it_lists() -> None:
    listed = re.search(r"`actor` is a short plain word.*", TEXT)
    assert listed
    words = set(re.findall(r"`(\w+)`", listed.group()))
    assert {row["actor"] for row in rows()} - {""} == words - {"actor"}


def test_it_tells_the_rule_of_the_grades_and_what_the_rest_means() -> None:
    chapter = TEXT.split("## Reliability and credibility")[1].split("\n## ")[0]
    for part in ("**F**", "**6**", "**2**", "cannot be judged", "three organisations"):
        assert part in chapter


def test_the_days_it_says_the_page_opens_on_are_those_of_the_file_beside_the_record() -> None:
    days, fault = read_opening_days(ROOT / "data" / "events.csv")
    assert days is not None
    assert fault == ""
    first, last = (day_words(day).split()[0] for day in days)
    assert f"({first} to {last} May 2023)" in TEXT


@pytest.mark.parametrize(
    ("kind", "words"),
    [("city", "Bakhmut 4,000 m"), ("town", "Soledar 2,500 m")],
)
def test_the_radii_of_doubt_it_tells_are_the_gazetteers(kind: str, words: str) -> None:
    name, metres, _ = words.split()
    features = json.loads((ROOT / "data" / "geo" / "places.geojson").read_text("utf-8"))["features"]
    [place] = [f["properties"] for f in features if f["properties"]["name"] == name]
    assert place["kind"] == kind
    assert place["uncertainty_m"] == int(metres.replace(",", ""))
    assert words in TEXT
