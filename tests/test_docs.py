"""What the documents promise is there: commands, files, parameters, settings, routes, figures."""

from __future__ import annotations

import importlib.util
import json
import re
import struct
import tomllib
from itertools import chain, combinations, product
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from benchmarks.__main__ import PARTS
from benchmarks.synthetic import synthetic_claims
from cartography.edition import Edition, open_edition
from cartography.tiles import ONLINE
from claims.load import load_record
from claims.model import SIDES, STANDINGS
from claims.selection import CLOCKS, Selection
from claims.standing import standing_from_sides, standings
from components import address, record_path, session
from components.briefings import Place

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
GEO = ROOT / "data" / "geo"
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOTES = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *NOTES]
HEADINGS = ["Problem", "Verified facts", "Decision", "Errors", "Tests", "Out of scope"]
FIRST_SCREEN_LINES = 22
TOP_FOLDERS = (
    *("claims", "cartography", "exports", "components"),
    *("data", "docs", "scripts", "tests"),
)

page_of = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
note_of = pytest.mark.parametrize("note", NOTES, ids=lambda note: note.name)


@pytest.fixture(scope="module")
def record() -> Edition:
    return open_edition(ROOT / "data" / "events.csv", geo=GEO)


def _table(text: str, heading: str) -> list[list[str]]:
    """Read the rows of the Markdown table whose first heading cell is the one given."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def _code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_first_screen_says_what_it_is_shows_it_and_gives_the_two_commands() -> None:
    first = "\n".join(README.splitlines()[:FIRST_SCREEN_LINES])
    assert first.startswith("# Bakhmut Claims Map\n")
    assert "never says who is right" in first
    assert "(docs/screenshot.png)" in first
    assert "    make run" in first
    assert "    make test" in first
    assert "Where the data comes from" in first
    assert "limits" in first


def test_the_readme_needs_the_python_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"Python {project['requires-python'].removeprefix('>=')} or newer" in README


def test_the_screenshot_is_a_png_of_1280_by_720() -> None:
    data = (ROOT / "docs" / "screenshot.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (1280, 720)


@page_of
def test_every_make_target_named_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE)
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"(?:`|^    |= )(?:CLAIMS=\S+ )?make ([a-z-]+)", text, re.MULTILINE)
    assert set(named) <= set(targets)


def test_the_readme_names_what_people_run() -> None:
    for command in ("run", "test", "lint", "bench", "screenshot"):
        assert re.search(rf"make {command}\b", README), command


@page_of
def test_every_module_named_as_a_command_can_be_run(page: Path) -> None:
    for name in re.findall(r"python -m ([a-z_.]+)", page.read_text(encoding="utf-8")):
        found = importlib.util.find_spec(name)
        assert found is not None, name
        if found.submodule_search_locations:
            assert importlib.util.find_spec(f"{name}.__main__") is not None, name


@page_of
def test_every_link_leads_to_a_file(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@page_of
def test_every_path_named_exists(page: Path) -> None:
    for word in _code(page.read_text(encoding="utf-8")):
        path = word.removeprefix("python ").split()[0]
        if path.split("/")[0] in TOP_FOLDERS and "/" in path and "<" not in path:
            assert list(ROOT.glob(path.rstrip("/"))), word


def test_the_folder_listing_names_everything_that_lies_there_and_nothing_else() -> None:
    listing = README.split("security headers")[0].rsplit("\n\n", 1)[1]
    listing += README.split(listing)[1].split("\n\n")[0]
    named = {line.split()[0].rstrip("/") for line in listing.splitlines()}
    for name in named:
        assert (ROOT / name).exists(), name
    code = {path.parent.name for path in ROOT.glob("*/*.py")} - {".venv"}
    assert code - {"tests"} <= named | {"tests"}
    assert {path.name for path in ROOT.glob("*.py")} <= named


def test_every_parameter_of_the_address_is_in_the_readme_and_no_other(record: Edition) -> None:
    place = Place("talk", 1, presenting=True)
    at, pair = (48.6, 38.0, 10), ("ukraine", "russia")
    view = address.View(
        claim=0,
        cells=((1, 0, 0),),
        page=1,
        at=at,
        tab="table",
        ground="osm",
        place=place,
        since=19_487,
        compare=pair,
    )
    written = address.write(Selection(), view, record)
    named = [name for row in _table(README, "parameter") for name in _code(row[0])]
    assert sorted(named) == sorted({*session.WIDGETS, *written})


def test_every_example_address_in_the_readme_is_read_without_a_notice(record: Edition) -> None:
    for row in _table(README, "parameter"):
        (example,) = _code(row[2])
        parameters = parse_qs(example, strict_parsing=True)
        assert set(parameters) <= set(_code(row[0])), example
        selection, view = address.read(parameters, record)
        assert view.notices == (), example
        assert address.write(selection, view, record) == parameters, example


def test_the_readme_lists_every_code_that_an_address_may_hold() -> None:
    codes = {name: _code(row[1]) for row in _table(README, "parameter") for name in _code(row[0])}
    assert codes["clock"] == list(CLOCKS)
    assert codes["side"] == list(SIDES)
    assert codes["standing"] == list(STANDINGS)
    assert codes["tab"] == list(address.TABS)
    assert codes["ground"] == list(ONLINE)


def test_every_setting_in_the_readme_is_read_with_its_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = {_code(row[0])[0]: row[2].strip("`") for row in _table(README, "setting")}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    in_make = dict(re.findall(r"^(HOST|PORT) \?= (\S+)$", makefile, re.MULTILINE))
    assert settings == {**in_make, "CLAIMS": "data/events.csv"}
    monkeypatch.delenv("CLAIMS", raising=False)
    assert record_path.claims_path() == ROOT / settings["CLAIMS"]
    monkeypatch.setenv("CLAIMS", "my-claims.csv")
    assert record_path.claims_path() == Path("my-claims.csv")


@page_of
def test_every_route_named_exists(page: Path) -> None:
    routes = re.findall(r'Route\("([^"]+)"', (ROOT / "app.py").read_text(encoding="utf-8"))
    shapes = {re.sub(r"\{[^}]*\}", "<>", route) for route in routes}
    for named in re.findall(r"`(?:GET )?(/[a-z][^` ]*)`", page.read_text(encoding="utf-8")):
        assert re.sub(r"<[^>]*>", "<>", named) in shapes, named


def test_the_routes_for_people_are_in_the_readme() -> None:
    assert [row[0] for row in _table(README, "route")] == [
        "`/healthz`",
        "`/readyz`",
        "`/claims.geojson`",
    ]


def test_the_readme_and_the_note_count_the_claims_of_the_record() -> None:
    whole = load_record(ROOT / "data" / "events.csv", geo=GEO).claims
    claims, propositions = len(whole), whole["topic"].nunique()
    assert f"holds {claims} claims on {propositions} propositions" in README
    assert f"- {claims} claims, coded by hand" in README
    note = (ROOT / "docs" / "the-record.md").read_text(encoding="utf-8")
    contested = int((standings(whole)["standing"] == "contested").sum())
    assert f"| {claims} on {propositions} |" in note
    assert f"| {contested} contested, " in note


@note_of
def test_every_note_has_the_six_headings_in_order(note: Path) -> None:
    headings = re.findall(r"^## (.+)$", note.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == HEADINGS


@note_of
def test_every_note_can_be_found_from_the_readme(note: Path) -> None:
    assert f"(docs/{note.name})" in README


def test_the_change_log_begins_with_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", log, re.MULTILINE)[0] == project["version"]


def test_the_notice_names_every_source_of_the_ground() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for file in GEO.glob("*.origin.json"):
        for source in json.loads(file.read_text(encoding="utf-8"))["from"]:
            words = source.split(",")[0].split(" Georeferenced")[0].split(" 1:")[0]
            assert words in notice or words.startswith("drawn by hand"), source


def test_the_note_on_the_ground_gives_the_accuracy_that_each_file_states() -> None:
    text = (ROOT / "docs" / "ground.md").read_text(encoding="utf-8")
    told = {_code(row[0])[0]: row[3] for row in _table(text, "file")}
    stated = {
        file.name.removesuffix(".origin.json"): json.loads(file.read_text(encoding="utf-8"))
        for file in GEO.glob("*.origin.json")
    }
    assert told == {name: f"{o['accuracy_m'] / 1000:g} km" for name, o in stated.items()}


def _sets(sides: tuple[str, ...]) -> list[frozenset[str]]:
    lengths = range(len(sides) + 1)
    return [frozenset(c) for c in chain.from_iterable(combinations(sides, n) for n in lengths)]


WARRING = frozenset({"ukraine", "russia"})
MEANINGS: dict[str, Callable[[frozenset[str]], bool]] = {
    "any": lambda _: True,
    "anyone": bool,
    "nobody": lambda sides: not sides,
    "both warring sides": lambda sides: sides >= WARRING,
    "a warring side": lambda sides: bool(sides & WARRING),
    "one warring side, with or without third parties": lambda sides: len(sides & WARRING) == 1,
    "third parties only": lambda sides: sides == {"third_party"},
}


def test_the_table_of_standings_is_what_the_code_does() -> None:
    text = (ROOT / "docs" / "standing.md").read_text(encoding="utf-8")
    lines = _table(text, "supporting")
    used = set()
    for voices in product(_sets(SIDES), repeat=3):
        if not any(voices):
            continue
        fitting = (
            number
            for number, line in enumerate(lines)
            if all(MEANINGS[words](sides) for words, sides in zip(line, voices, strict=False))
        )
        first = next(fitting)
        used.add(first)
        assert standing_from_sides(*voices) == lines[first][3], voices
    assert used == set(range(len(lines)))


def test_the_note_on_speed_names_a_command_for_every_figure() -> None:
    text = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
    for row in _table(text, "what"):
        (command,) = _code(row[-1])
        assert command.removeprefix("python -m benchmarks ") in PARTS, command


def test_invented_claims_pass_the_check_and_come_again_with_the_same_seed(tmp_path: Path) -> None:
    frame = synthetic_claims(500, seed=7)
    file = tmp_path / "invented.csv"
    frame.to_csv(file, index=False)
    found = load_record(file, geo=GEO)
    assert (len(found.claims), found.problems) == (500, ())
    assert set(found.claims["side"]) == set(SIDES)
    assert frame.equals(synthetic_claims(500, seed=7))
    assert not frame.equals(synthetic_claims(500, seed=8))


def test_no_document_holds_a_path_of_a_machine() -> None:
    for page in (*PAGES, ROOT / "NOTICE", ROOT / "LICENSE"):
        assert not re.search(r"/(home|root|work|tmp|Users)/", page.read_text(encoding="utf-8"))
