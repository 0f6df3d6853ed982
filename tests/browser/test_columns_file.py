"""What the browser unpacks from the file of columns is what the file says, array by array."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from cartography.edition import open_edition
from tests.packed import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from cartography.edition import Edition

from benchmarks.synthetic import synthetic_claims
from tests.report import DATA, report_path

SCRIPTS = [DATA.parent / "components" / "claim_map" / name for name in ("days.js", "columns.js")]
UNPACK = """(data) => {
  const buffer = Uint8Array.from(atob(data), (one) => one.charCodeAt(0)).buffer;
  try {
    const columns = ClaimMap.readColumns(buffer);
    const at = {};
    for (const [name, array] of Object.entries(columns.at))
      at[name] = { type: array.constructor.name, values: Array.from(array) };
    const notes = columns.shapes.map((_, shape) => columns.noteOf.get(shape) || null);
    return { n: columns.n, at, notes };
  } catch (error) { return { error: error.message }; }
}"""
TYPES = {"uint8": "Uint8Array", "uint16": "Uint16Array", "uint32": "Uint32Array"}


@pytest.fixture(scope="module")
def unpack(browser: Browser) -> Callable[[bytes], Any]:
    """Give the browser's own reading of a file."""
    page = browser.new_page()
    page.evaluate("window.ClaimMap = {}")
    for script in SCRIPTS:
        page.add_script_tag(path=script)
    return lambda data: page.evaluate(UNPACK, base64.b64encode(data).decode())


@pytest.fixture(scope="module", params=["report", "whole", "invented", "many", "none"])
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Open small and large, near and far records."""
    known = {"report": report_path(), "whole": DATA / "events.csv"}
    path = known.get(request.param)
    if path is None:
        rows = {"invented": 3000, "many": 700, "none": 0}[request.param]
        claims = synthetic_claims(max(rows, 1)).head(rows)
        if request.param == "many":
            claims["claimant"] = [f"Speaker {i}" for i in range(rows)]
            claims["topic"] = claims["claim_id"]
        path = tmp_path_factory.mktemp("columns") / "events.csv"
        claims.to_csv(path, index=False)
    return open_edition(path, geo=DATA / "geo")


def test_every_array_is_the_same(unpack: Callable[[bytes], Any], edition: Edition) -> None:
    found, expected = unpack(edition.columns), read(edition.columns)
    assert found["n"] == len(edition.claims)
    for name, values in expected.arrays.items():
        assert found["at"][name]["values"] == values.tolist(), name
    assert found["at"]["x"]["values"] == edition.positions.x.tolist()
    assert found["at"]["placed"]["values"] == edition.positions.placed.astype(int).tolist()
    assert found["at"]["topic"]["values"] == edition.voices.topic.tolist()


def test_the_types_are_those_the_map_counts_on(
    unpack: Callable[[bytes], Any], edition: Edition
) -> None:
    types = {name: array["type"] for name, array in unpack(edition.columns)["at"].items()}
    assert types["x"] == TYPES[edition.positions.x.dtype.name]
    assert {types[name] for name in ("said", "first", "last")} == {"Uint16Array"}
    assert {types[name] for name in ("side", "kind", "disc")} == {"Uint8Array"}
    assert types["step_topic"] == "Uint32Array"
    assert types["shape_points"] == "Float64Array"


def test_a_note_names_who_states_the_extent_first_and_then_who_answers(
    unpack: Callable[[bytes], Any], tmp_path: Path
) -> None:
    rows = synthetic_claims(4).assign(
        topic=["a", "a", "a", "b"], proposition=["A.", "A.", "A.", "B."],
        stance=["confirms", "asserts", "denies", "asserts"],
        claimant=["Joins in", "States it", "Answers", "Elsewhere"],
        advance_km=["", "2", "", ""], said_on="2023-05-12", longitude="38.0", latitude="48.6",
        location_precision="settlement", geometry_basis="gazetteer",
    )  # fmt: skip
    rows.to_csv(tmp_path / "events.csv", index=False)
    opened = open_edition(tmp_path / "events.csv", geo=DATA / "geo")
    (note,) = unpack(opened.columns)["notes"]
    assert note["owners"] == 1
    assert [voice["text"] for voice in note["voices"]] == [
        "States it says, 12 May",
        "Answers denies",
        "Joins in confirms",
    ]
    assert [voice["claim"] for voice in note["voices"]] == [1, 2, 0]


def test_a_file_of_another_version_is_refused_with_what_to_do(
    unpack: Callable[[bytes], Any],
) -> None:
    data = open_edition(report_path(), geo=DATA / "geo").columns
    older = data[:4] + bytes([1, 0]) + data[6:]
    message = "The claims file has version 1, this page reads 2. Reload the page."
    assert unpack(older) == {"error": message}
    assert unpack(b"PK" + data[2:]) == {"error": "The claims file is not one of this map's."}
