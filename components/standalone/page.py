"""Writes a briefing as one HTML file that needs no server and no network."""

from __future__ import annotations

import base64
import re
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from cartography.wording import visible
from claims.errors import UnwritableFileError
from claims.handout import hand_out
from components.assets import json_for_html, page_script, page_style, source_hash, type_face
from components.ground_files import ground_asset
from components.standalone.about import about
from components.standalone.tables import tables

if TYPE_CHECKING:
    from cartography.edition import Edition
    from claims.scenes import Briefing

MOST_CLAIMS: Final = 20_000
"""A file of more claims opens too slowly to be handed to anybody."""
HERE: Final = Path(__file__).parent
HOST_SCRIPTS: Final = ("reading", "search", "host")
_PICTURES: Final = re.compile(r"url\(images/[^)]*\)")
_MAPS_OF_SOURCE: Final = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def refuse_too_many(claims: int) -> None:
    """Refuse a record that is too large for one file.

    Parameters
    ----------
    claims : int
        How many claims the record has.

    Raises
    ------
    UnwritableFileError
        If these are more than `MOST_CLAIMS`.
    """
    if claims > MOST_CLAIMS:
        raise UnwritableFileError(
            where="HTML file",
            found=f"a record of {claims:,} claims",
            expected=f"at most {MOST_CLAIMS:,}: the file holds the whole record",
            remedy="Write the claims of the briefing or view with `export csv` first, and export"
            " that file: `--claims <the new file>`.",
        )


def standalone_html(record: Edition, briefing: Briefing, *, permalink: str = "") -> bytes:
    """Write a briefing as an HTML file.

    Parameters
    ----------
    record : Edition
        All its claims go into the file, so that the viewer can change days and filters.
    briefing : Briefing
        At least one scene; a view of the page is a briefing of one.
    permalink : str, optional
        Address of the page, without parameters.

    Returns
    -------
    bytes
        The same for the same record and briefing.

    Raises
    ------
    UnwritableFileError
        If the record has more than `MOST_CLAIMS` claims.
    BadGeometryFileError
        If a file of the ground cannot be read.
    """
    refuse_too_many(len(record.claims))
    handout = hand_out(briefing, record.record, page=permalink)
    script, style = _script(), _style()
    page = _template().substitute(
        policy=security_policy(script, style),
        title=escape(visible(handout.title)),
        handling=escape(visible(handout.handling)),
        about=about(handout, record.record.name),
        style=style,
        data=json_for_html(tables(record, briefing, handout.keep)),
        script=script,
    )
    return page.encode("utf-8", "replace")


def security_policy(script: str, style: str) -> str:
    """Write the Content-Security-Policy of a file: its own script and style, and nothing else.

    Parameters
    ----------
    script, style : str
        What stands between the tags.

    Returns
    -------
    str
        The content of the file's meta element. The file's type is part of its style.
    """
    rules = [
        "default-src 'none'",
        f"script-src '{source_hash(script)}'",
        f"style-src '{source_hash(style)}'",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(rules)


@cache
def _template() -> Template:
    return Template((HERE / "page.html").read_text(encoding="utf-8"))


@cache
def _script() -> str:
    """Put the page's script, the ground's and the one that stands in for the server together."""
    texts = [page_script().body.decode(), ground_asset("").body.decode()]
    texts += [(HERE / f"{name}.js").read_text(encoding="utf-8") for name in HOST_SCRIPTS]
    # A file beside this one that tells of Leaflet's source: there is none.
    return _MAPS_OF_SOURCE.sub("", "\n;\n".join(texts))


@cache
def _style() -> str:
    """Put the page's style and the file's own together, with the type."""
    texts = [type_face(_embedded), page_style().body.decode()]
    texts.append((HERE / "standalone.css").read_text(encoding="utf-8"))
    # Leaflet's pictures belong to controls that a file without a network does not show.
    return _PICTURES.sub("none", "\n".join(texts))


def _embedded(file: Path) -> str:
    return f"data:font/woff2;base64,{base64.b64encode(file.read_bytes()).decode()}"
