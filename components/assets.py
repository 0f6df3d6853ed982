"""The browser code of the page, put together from its files once and named by its content."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from cartography.symbols import css_variables, words_for_the_browser

if TYPE_CHECKING:
    from collections.abc import Callable

HERE: Final = Path(__file__).parent
CARTOGRAPHY: Final = HERE.parent / "cartography"
LEAFLET: Final = "js_lib_leaflet"
TYPE_FILES: Final = "SourceSansVF-Upright.*.woff2"
MAP_SCRIPTS: Final = (
    "type_scale",
    "canvas",
    "days",
    "columns",
    "histogram",
    "player",
    "bars",
    "timeline",
    "discs",
    "tally",
    "draw",
    "fresh",
    "labels",
    "name_type",
    "name_stands",
    "names",
    "name_lines",
    "marks",
    "notes",
    "legend",
    "choice",
    "ahead",
    "bounds",
    "pills",
    "extents",
    "relations",
    "counting",
    "flight",
    "map_files",
    "geodesic",
    "spotlight",
    "pen",
    "measure",
    "pointing_panel",
    "pointing",
    "claim_layer",
    "claim_labels",
    "sketch",
    "narrators",
    "twin",
    "map_corner",
    "map_view",
    "claim_map",
    "map_places",
    "early",
)
PART_SCRIPTS: Final = (
    "clicker",
    "stage",
    "present",
    "header",
    "hand_out",
    "as_read",
    "cards",
    "compared",
    "sides",
    "matrix",
    "numbers",
    "changed",
    "sources",
    "start",
)


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


def json_asset(pattern: str, content: object, digest: str) -> Asset:
    """Write what belongs to a record as a JSON file, and pack it.

    Parameters
    ----------
    pattern : str
        Its path with `{}` where the digest goes.
    content : object
        JSON-ready.
    digest : str
        Of the record.

    Returns
    -------
    Asset
    """
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return make_asset(pattern, "application/json", body, digest)


@cache
def page_script() -> Asset:
    """Put the page's scripts together: Leaflet, the map, the other parts.

    Returns
    -------
    Asset
        `page.js`, classic scripts in the order they need each other.
    """
    leaflet = files(LEAFLET) / "static" / LEAFLET / "leaflet.js"
    symbols = f"{{ symbols: {json.dumps(words_for_the_browser())} }}"
    words = f"window.ClaimMap = Object.assign(window.ClaimMap || {{}}, {symbols});"
    texts = [leaflet.read_text(encoding="utf-8"), words]
    texts += [_read(HERE / "browser" / f"{name}.js") for name in ("dom", "words", "part_words")]
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
        _read(HERE / "claim_map" / "twin.css"),
        _read(HERE / "claim_map" / "pointing.css"),
        _read(HERE / "browser" / "page.css"),
        _read(HERE / "browser" / "present.css"),
        _read(HERE / "browser" / "hand_out.css"),
    ]
    return make_asset("assets/{}/page.css", "text/css; charset=utf-8", "\n".join(texts).encode())


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def type_face(source: Callable[[Path], str]) -> str:
    """Write the rule for the type that Streamlit brings.

    Parameters
    ----------
    source : callable
        From the type's file to where a page finds it.

    Returns
    -------
    str
        CSS; nothing if Streamlit names its file otherwise.
    """
    media = Path(str(files("streamlit") / "static" / "static" / "media"))
    rule = (
        '@font-face { font-family: "Source Sans"; font-weight: 200 900;'
        ' src: url("%s") format("woff2"); }'
    )
    return "".join(rule % source(file) for file in sorted(media.glob(TYPE_FILES))[:1])


def json_for_html(data: object) -> str:
    """Write JSON for an element of a page: nothing in it can close that, or open another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def source_hash(text: str) -> str:
    """Name a script or style that stands in a page, as a Content-Security-Policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def loader() -> Asset:
    """Give the module that brings the page's script and style into the page once.

    Returns
    -------
    Asset
        `load.js`, whose `mount(part, component)` draws a part of the page.
    """
    text = _read(HERE / "browser" / "load.mjs")
    text = text.replace("PAGE_SCRIPT", page_script().path).replace("PAGE_STYLE", page_style().path)
    return make_asset("assets/{}/load.js", JAVASCRIPT, text.encode())


@cache
def loading_script() -> Asset:
    """Give the script of the page that stands in while the claims file is read.

    Returns
    -------
    Asset
        `loading.js`.
    """
    text = _read(HERE / "browser" / "loading.mjs")
    return make_asset("assets/{}/loading.js", JAVASCRIPT, text.encode())


@cache
def loading_style() -> Asset:
    """Give the style of the page that stands in while the claims file is read.

    Returns
    -------
    Asset
        `loading.css`: the colour tokens and the page's few rules.
    """
    text = css_variables() + _read(HERE / "browser" / "loading.css")
    return make_asset("assets/{}/loading.css", "text/css; charset=utf-8", text.encode())


# Streamlit sends a component's code with every run: what it sends only fetches the loader.
_MOUNT: Final = """let load = import(document.baseURI.replace(/[?#].*/, "") + "%(loader)s");
export default (component) => {
  let gone, undo;
  load.then((page) => page.mount("%(part)s", component, () => gone)).then((f) => (undo = f));
  return () => { gone = true; if (undo) undo(); };
};"""


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
    js = _MOUNT % {"part": part, "loader": loader().path}
    return st.components.v2.component(f"claims_{part}", js=js, isolate_styles=False)
