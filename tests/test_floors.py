"""The house's floors: a file imports only what stands below it, read from its own lines."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("claims", "cartography", "exports", "components", "dashboard", "app")
"""From the ground up."""
PYTHON = sorted([*ROOT.glob("*.py"), *(p for one in FLOORS for p in (ROOT / one).rglob("*.py"))])


@cache
def imported(path: Path) -> set[str]:
    """Give the dotted names of all modules a file imports, in functions and for types too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by dots"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def roots(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


def floor_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def files_of(*floors: str) -> list[Path]:
    found = [path for path in PYTHON if floor_of(path) in floors]
    assert found
    return found


def test_every_floor_has_files_and_nothing_else_lies_beside_them() -> None:
    assert {floor_of(path) for path in PYTHON} == set(FLOORS)


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_a_file_imports_no_higher_floor(path: Path) -> None:
    above = FLOORS[FLOORS.index(floor_of(path)) + 1 :]
    assert roots(path).isdisjoint(above)


def test_the_app_starts_the_page_by_its_path_and_does_not_import_it() -> None:
    assert "dashboard" not in roots(ROOT / "app.py")


@pytest.mark.parametrize("path", files_of("claims"), ids=named)
def test_claims_know_no_screen(path: Path) -> None:
    assert roots(path).isdisjoint({"streamlit", "folium", "branca", "starlette", "xyzservices"})


@pytest.mark.parametrize("path", files_of("cartography"), ids=named)
def test_cartography_knows_no_streamlit(path: Path) -> None:
    assert roots(path).isdisjoint({"streamlit", "starlette"})


@pytest.mark.parametrize("path", files_of("components", "dashboard"), ids=named)
def test_the_page_does_no_tables_and_draws_no_ground_itself(path: Path) -> None:
    assert roots(path).isdisjoint({"pandas", "geopandas", "folium", "branca", "pyproj", "shapely"})


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_only_geodesy_measures(path: Path) -> None:
    if named(path) != "claims/geodesy.py":
        assert "pyproj" not in roots(path)


@pytest.mark.parametrize("path", files_of("components", "dashboard", "app"), ids=named)
def test_only_session_holds_state_and_address(path: Path) -> None:
    text = ast.dump(ast.parse(path.read_text(encoding="utf-8")))
    if path.name != "session.py":
        assert "attr='session_state'" not in text
        assert "attr='query_params'" not in text
        assert "attr='cache_data'" not in text
        assert "attr='cache_resource'" not in text


def test_the_page_reads_as_a_story_of_less_than_100_lines() -> None:
    page = (ROOT / "dashboard.py").read_text(encoding="utf-8")
    assert len(page.splitlines()) < 100
    assert "def " not in page


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_no_file_reads_a_geography_by_a_driver_that_looks_at_the_content(path: Path) -> None:
    # A VRT under another name would read other files of the machine.
    text = path.read_text(encoding="utf-8")
    assert "geopandas.read_file" not in text
    assert "gpd.read_file" not in text
    assert not imported(path) & {"fiona", "pyogrio"}


@pytest.mark.parametrize("path", files_of("components", "dashboard", "app"), ids=named)
def test_no_text_passes_through_html_of_streamlit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for word in ("unsafe_allow_html", "st.html", "st.markdown", "st.write("):
        assert word not in text
