"""The browser code of the page, put together from its files once and named by its content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from cartography.symbols import css_variables

if TYPE_CHECKING:
    from collections.abc import Callable

HERE: Final = Path(__file__).parent
CARTOGRAPHY: Final = HERE.parent / "cartography"
LEAFLET: Final = "js_lib_leaflet"
MAP_SCRIPTS: Final = (
    "columns",
    "discs",
    "draw",
    "labels",
    "names",
    "marks",
    "notes",
    "legend",
    "claim_layer",
    "claim_map",
)
PART_SCRIPTS: Final = ("header", "cards", "matrix", "numbers", "sources")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file the app serves for ever under its digest.

    Attributes
    ----------
    path : str
        Where the app serves it, from the page's folder; holds the digest.
    kind : str
        Media type.
    body : bytes
    packed : bytes
        The body, gzipped.
    """

    path: str
    kind: str
    body: bytes
    packed: bytes


JAVASCRIPT: Final = "text/javascript; charset=utf-8"


def make_asset(pattern: str, kind: str, body: bytes, digest: str | None = None) -> Asset:
    """Name a file by its content and pack it.

    Parameters
    ----------
    pattern : str
        Its path with `{}` where the digest goes.
    kind : str
        Media type.
    body : bytes
    digest : str, optional
        The name of the content; the first 16 digits of its SHA-256 by default.

    Returns
    -------
    Asset
    """
    name = digest or hashlib.sha256(body).hexdigest()[:16]
    return Asset(pattern.format(name), kind, body, gzip.compress(body, 6, mtime=0))


@cache
def page_script() -> Asset:
    """Put the page's scripts together: Leaflet, the map, the other parts.

    Returns
    -------
    Asset
        `page.js`, classic scripts in the order they need each other.
    """
    leaflet = files(LEAFLET) / "static" / LEAFLET / "leaflet.js"
    texts = [leaflet.read_text(encoding="utf-8"), _read(HERE / "browser" / "dom.js")]
    texts += [_read(HERE / "claim_map" / f"{name}.js") for name in MAP_SCRIPTS]
    texts += [_read(HERE / "browser" / f"{name}.js") for name in PART_SCRIPTS]
    return make_asset("assets/{}/page.js", JAVASCRIPT, "\n;\n".join(texts).encode())


@cache
def page_style() -> Asset:
    """Put the page's styles together: Leaflet's, the colour tokens, the ground, the parts.

    Returns
    -------
    Asset
        `page.css`.
    """
    leaflet = files(LEAFLET) / "static" / LEAFLET / "leaflet.css"
    texts = [leaflet.read_text(encoding="utf-8"), css_variables()]
    texts += [
        _read(CARTOGRAPHY / "ground.css"),
        _read(HERE / "claim_map" / "claim_map.css"),
        _read(HERE / "browser" / "page.css"),
    ]
    return make_asset("assets/{}/page.css", "text/css; charset=utf-8", "\n".join(texts).encode())


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


_LOADER: Final = """const P = "%(part)s", J = "%(script)s", C = "%(style)s";
function load() {
  return (window.ClaimMapReady ??= new Promise((done, fail) => {
    const css = document.createElement("link");
    css.rel = "stylesheet";
    css.href = C;
    const js = document.createElement("script");
    js.src = J;
    js.onload = done;
    js.onerror = fail;
    document.head.append(css, js);
  }));
}
export default function (component) {
  if (window.ClaimMap) return window.ClaimMap.parts[P](component);
  let gone = false, undo;
  load().then(() => { if (!gone) undo = window.ClaimMap.parts[P](component); });
  return () => { gone = true; if (undo) undo(); };
}
"""


def page_part(part: str) -> Callable[..., object]:
    """Register a part of the page whose browser code is `ClaimMap.parts[part]`.

    Parameters
    ----------
    part : str
        Its name in the browser code.

    Returns
    -------
    callable
        Streamlit's mounting command of the component.
    """
    js = _LOADER % {"part": part, "script": page_script().path, "style": page_style().path}
    return st.components.v2.component(f"claims_{part}", js=js, isolate_styles=False)
