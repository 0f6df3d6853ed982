"""The ground of pictures has the widths and opacities of the page's style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cartography.ground_data import ground_layers
from cartography.ground_looks import look_of

ROOT = Path(__file__).resolve().parents[2]
CSS = (ROOT / "cartography" / "ground.css").read_text(encoding="utf-8")
CLASSES = [classes for classes, _ in ground_layers(ROOT / "data" / "geo")]
ZOOMS = range(8, 16)


def declared(classes: str, zoom: int) -> dict[str, str]:
    """Give what the style sheet declares for an element of a layer, the more special rule last."""
    plain = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    rules = []
    for order, (selectors, body) in enumerate(re.findall(r"([^{}]+)\{([^}]*)\}", plain)):
        for selector in selectors.split(","):
            parts = selector.split()
            level = 0
            if parts and parts[0].startswith("[data-cm-zoom"):
                if parts[0] not in {"[data-cm-zoom]", f'[data-cm-zoom="{zoom}"]'}:
                    continue
                level = 1
                parts = parts[1:]
            names = set(parts[0].strip(".").split(".")) if parts else set()
            if len(parts) <= 1 and names <= {*classes.split()}:
                rules.append((level + len(names), order, body))
    found: dict[str, str] = {}
    for *_, body in sorted(rules):
        found.update(re.findall(r"([\w-]+)\s*:\s*([^;]+);", body))
    return found


def number(text: str, values: dict[str, str]) -> float:
    """Work out a number, a variable or a product or sum of them, pixels as they are."""
    text = re.sub(r"var\((--[\w-]+)\)", lambda one: values[one.group(1)], text)
    terms = text.replace("calc", "").replace("px", "").strip("() ").split("+")
    total = 0.0
    for term in terms:
        product = 1.0
        for factor in term.split("*"):
            product *= float(factor)
        total += product
    return total


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("classes", CLASSES)
def test_a_layer_looks_as_the_style_sheet_says(classes: str, zoom: int) -> None:
    rules = declared(classes, zoom)
    look = look_of(classes, zoom)
    assert look.width == pytest.approx(number(rules["stroke-width"], rules))
    assert look.opacity == pytest.approx(number(rules["stroke-opacity"], rules))
    assert rules["stroke"] == f"var(--cm-{look.stroke})"
    fill = rules.get("fill", "none")
    assert fill == (f"var(--cm-{look.fill})" if look.fill else "none")
    lengths = re.findall(r"calc\([^)]*\)[^)]*\)|[\d.]+px", rules.get("stroke-dasharray", ""))
    assert list(look.dashes) == pytest.approx([number(one, rules) for one in lengths])
