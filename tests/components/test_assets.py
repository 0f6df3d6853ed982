"""The browser code is whole, named by its content, closed to the web, and agrees with Python."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from cartography.symbols import TOKENS, words_for_the_browser
from cartography.tiles import ONLINE
from cartography.wording import BLOCK
from claims import columns
from components.assets import (
    MAP_SCRIPTS,
    PART_SCRIPTS,
    Asset,
    loader,
    loading_script,
    loading_style,
    make_asset,
    page_script,
    page_style,
)
from components.ground_files import ground_asset

COMPONENTS = Path(__file__).parents[2] / "components"
SCRIPTS = sorted(path for kind in ("js", "mjs") for path in COMPONENTS.rglob(f"*.{kind}"))
ALONE = COMPONENTS / "standalone"
STYLES = sorted([*COMPONENTS.rglob("*.css"), *COMPONENTS.parent.glob("cartography/*.css")])
TEXT_TO_CODE = (
    *("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("),
    *("srcdoc", "DOMParser", "createContextualFragment", "localStorage", "javascript:"),
)
PARTS = ("header", "map", "present", "cards", "matrix", "numbers", "sources")


def assets() -> list[Asset]:
    scripts = [loader(), page_script(), loading_script()]
    return [*scripts, page_style(), loading_style(), ground_asset("")]


def read(name: str) -> str:
    (path,) = [path for path in SCRIPTS if path.name == name]
    return path.read_text(encoding="utf-8")


def test_an_asset_is_named_by_its_content_and_packed() -> None:
    asset = make_asset("some/{}/file.js", "text/javascript", b"let x = 1;")
    assert asset.path == f"some/{hashlib.sha256(b'let x = 1;').hexdigest()[:16]}/file.js"
    assert gzip.decompress(asset.packed) == asset.body == b"let x = 1;"
    assert make_asset("some/{}/file.js", "text/javascript", b"let x = 2;").path != asset.path


def test_the_same_content_packs_to_the_same_bytes() -> None:
    assert make_asset("{}", "x", b"a" * 999).packed == make_asset("{}", "x", b"a" * 999).packed


@pytest.mark.parametrize("number", range(5))
def test_each_file_of_the_page_has_its_digest_in_its_path(number: int) -> None:
    asset = assets()[number]
    assert hashlib.sha256(asset.body).hexdigest()[:16] in asset.path


def test_every_script_of_the_house_is_in_the_page_once() -> None:
    script = page_script().body.decode()
    for path in SCRIPTS:
        if path.suffix == ".js":
            wanted = 0 if path.parent == ALONE else 1
            assert script.count(path.read_text(encoding="utf-8")) == wanted, path.name
    assert {path.stem for path in SCRIPTS if path.parent != ALONE} == {
        *MAP_SCRIPTS,
        *PART_SCRIPTS,
        "dom",
        "words",
        "part_words",
        "load",
        "loading",
    }


def test_leaflet_comes_first_then_the_words_then_what_builds_on_them() -> None:
    script = page_script().body.decode()
    order = [
        script.index(text)
        for text in (
            "Leaflet 1.9.4",
            "window.ClaimMap = Object.assign",
            read("dom.js"),
            read("columns.js"),
        )
    ]
    assert order == sorted(order)
    assert order[0] < 100


def test_every_style_of_the_house_is_in_the_page() -> None:
    style = page_style().body.decode()
    assert len(STYLES) >= 3
    for path in STYLES:
        if path.parent == ALONE:
            continue
        served = loading_style().body.decode() if path.name == "loading.css" else style
        assert path.read_text(encoding="utf-8") in served, path.name
    for theme, tokens in TOKENS.items():
        assert f'[data-cm-theme="{theme}"]' in style
        assert f"--cm-land: {tokens['land']};" in style


def _bare_classes(style: str) -> set[str]:
    """Find the classes of ours that a style file rules wherever they stand, alone."""
    text = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    # What is said in :is(), :not() or :has() is a condition; it may hold commas and spaces.
    while (plain := re.sub(r"\([^()]*\)", "", text)) != text:
        text = plain
    heads = [part.strip() for head in re.findall(r"([^{};]+)\{", text) for part in head.split(",")]
    alone = [re.fullmatch(r"[a-z]*\.(cm-[\w-]+)(?:\[[^]]*\]|::?[a-z-]+)*", head) for head in heads]
    return {found[1] for found in alone if found}


def test_a_class_is_ruled_everywhere_by_one_style_file_only() -> None:
    owners: dict[str, set[str]] = {}
    for path in STYLES:
        for name in _bare_classes(path.read_text(encoding="utf-8")):
            owners.setdefault(name, set()).add(path.name)
    assert owners["cm-kind"] == {"claim_map.css"}
    assert owners["cm-file-kind"] == {"hand_out.css"}
    assert {name: files for name, files in owners.items() if len(files) > 1} == {}


def test_styles_ask_for_nothing_but_leaflet_s_own_pictures() -> None:
    asked = set(re.findall(r"url\(([^)]*)\)", page_style().body.decode()))
    beside = {name for name in asked if not name.strip("\"'").startswith(("data:", "#"))}
    assert beside <= {"images/layers.png", "images/layers-2x.png", "images/marker-icon.png"}
    assert "@import" not in page_style().body.decode()


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_no_file_of_ours_names_an_address_of_the_web(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.findall(r"https?://[a-z0-9]", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_of_ours_turns_text_into_code_or_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [word for word in TEXT_TO_CODE if word in text] == []


def test_the_loader_names_the_page_s_script_and_style() -> None:
    text = loader().body.decode()
    assert f'"{page_script().path}"' in text
    assert f'"{page_style().path}"' in text
    assert "PAGE_" not in text


@pytest.mark.parametrize("part", PARTS)
def test_every_part_that_python_mounts_exists_in_the_browser(part: str) -> None:
    assert f"ClaimMap.parts.{part} = function" in page_script().body.decode()


def test_the_browser_has_python_s_words() -> None:
    pattern = (
        r"^window\.ClaimMap = Object\.assign\(window\.ClaimMap \|\| \{\}, \{ symbols: (.*) \}\);$"
    )
    (found,) = re.findall(pattern, page_script().body.decode(), re.MULTILINE)
    assert json.loads(found) == json.loads(json.dumps(words_for_the_browser()))


@pytest.mark.parametrize(
    ("name", "constant", "value"),
    [
        ("words.js", "BLOCK", BLOCK),
        ("columns.js", "VERSION", columns.VERSION),
        ("columns.js", "NO_DAY", columns.NO_DAY),
        ("reading.js", "NO_DAY", columns.NO_DAY),
    ],
)
def test_numbers_that_both_sides_must_know_are_the_same(
    name: str, constant: str, value: int
) -> None:
    assert re.findall(rf"const {constant} = (\d+);", read(name)) == [str(value)]


def test_an_unknown_ground_is_the_drawn_one_and_a_known_one_is_another() -> None:
    assert ground_asset("nowhere").path == ground_asset("").path
    paths = {ground_asset(key).path for key in ("", *ONLINE)}
    assert len(paths) == 1 + len(ONLINE)
    assert all(re.fullmatch(r"ground/[0-9a-f]{16}\.js", path) for path in paths)
