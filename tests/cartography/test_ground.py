"""The ground's script is deterministic, closed to the web and evaluates nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cartography.ground import ONLINE, ground_digest, ground_script
from cartography.ground import credits as ground_credits
from cartography.symbols import TOKENS
from claims.errors import BadGeometryFileError

ROOT = Path(__file__).resolve().parent.parent.parent
GEO = ROOT / "data" / "geo"


@pytest.fixture(scope="module")
def script() -> str:
    return ground_script(GEO)


def test_the_same_data_give_the_same_script_and_digest(script: str) -> None:
    again = ground_script(GEO)
    assert script == again
    assert ground_digest(script) == ground_digest(again)
    assert re.fullmatch(r"[0-9a-f]{16}", ground_digest(script))


def test_another_ground_has_another_digest(script: str) -> None:
    assert ground_digest(script) != ground_digest(ground_script(GEO, online="osm"))


def test_the_script_is_one_function_that_takes_the_element(script: str) -> None:
    assert script.startswith("(function () {")
    assert script.endswith("})();\n")
    assert "window.ClaimMap.ground = function (element, options) {" in script
    assert script.count("L.map(") == 1
    assert re.search(r"L\.map\(\s*element,", script)


def test_the_drawn_ground_names_no_address(script: str) -> None:
    assert "http" not in script
    assert "//" not in re.sub(r"(?m)^// .*$", "", script)


@pytest.mark.parametrize("word", ["eval(", "new Function", "{{", "{%", "innerHTML", "$.", "jQuery"])
def test_the_script_holds_nothing_that_is_evaluated_or_templated(script: str, word: str) -> None:
    assert word not in script
    assert word not in ground_script(GEO, online="imagery")


@pytest.mark.parametrize("key", ["osm", "topo", "imagery"])
def test_a_chosen_tile_layer_is_the_only_address_in_the_script(key: str) -> None:
    addresses = re.findall(r"https?://[^\"'\s]+", ground_script(GEO, online=key))
    assert addresses == [ONLINE[key].url]


def test_online_hosts_are_exactly_the_origins_the_templates_can_ask() -> None:
    for online in ONLINE.values():
        subdomains = ("a", "b", "c") if "{s}" in online.url else ("",)
        asked = {
            re.sub(r"^(https://[^/]+)/.*$", r"\1", online.url.replace("{s}", letter))
            for letter in subdomains
        }
        assert set(online.hosts) == asked
        assert "{variant}" not in online.url
        assert "<" not in online.credit
        assert online.credit


def test_an_unknown_tile_layer_is_refused() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        ground_script(GEO, online="nowhere")


def test_the_layer_control_lists_the_drawn_map_and_every_tile_layer(script: str) -> None:
    assert '"Drawn map" :' in script
    for online in ONLINE.values():
        assert f'"{online.name}" :' in script


def test_the_script_carries_every_place_with_its_rank(script: str) -> None:
    embedded = re.search(r"window\.ClaimMap\.places = (\[.*?\]);\n", script)
    assert embedded is not None
    places = json.loads(embedded.group(1))
    stored = json.loads((GEO / "places.geojson").read_text(encoding="utf-8"))["features"]
    assert len(places) == len(stored)
    assert places[0] == {
        "name": "Bakhmut",
        "lat": 48.5956,
        "lon": 38.0005,
        "rank": 1,
        "minZoom": 7,
        "kind": "city",
    }


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    for path in GEO.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "roads.geojson").write_text("[]", encoding="utf-8")
    with pytest.raises(BadGeometryFileError, match=r"roads\.geojson"):
        ground_script(tmp_path)


def test_the_credits_name_source_accuracy_and_method_of_every_file() -> None:
    rows = ground_credits(GEO)
    assert len(rows) == len(list(GEO.glob("*.geojson")))
    for row in rows:
        assert {"title", "from", "accuracy_m", "how_made"} <= set(row)


def test_the_style_sheet_takes_every_colour_from_the_table_of_symbols() -> None:
    css = (ROOT / "cartography" / "ground.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\(--cm-([a-z-]+)\)", css)) - {"w", "lesser", "local", "village"}
    assert used <= set(TOKENS["light"])
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", css) == []
    assert "http" not in css


def test_every_layer_of_the_script_has_a_rule_in_the_style_sheet(script: str) -> None:
    css = (ROOT / "cartography" / "ground.css").read_text(encoding="utf-8")
    layers = re.findall(r'"className": "([^"]+)"', script)
    assert len(layers) >= 15
    assert [layer for layer in layers if f".{layer.split()[0]}" not in css] == []
