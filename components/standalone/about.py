"""What a standalone file says of itself in plain HTML, readable where no script runs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from cartography.wording import visible

if TYPE_CHECKING:
    from claims.handout import Handout

HOLDS: Final = (
    "This file draws statements: who says what, where and when. It never says who is right. It"
    " holds every claim of its record, the drawn map, the timeline, the filters of the legend,"
    " search, the cards and the scenes, and asks nothing of any network; links to sources open only"
    " when they are followed."
)
LACKS: Final = (
    "What needs the page's server is not in it: who says what as a table, numbers, filters by"
    " organisation and speaker other than those of the scenes, two narrators side by side, and maps"
    " from the web."
)


def about(handout: Handout, name: str) -> str:
    """Write where a file comes from, how it may be handled and what its scenes show.

    Parameters
    ----------
    handout : Handout
    name : str
        Of the claims file.

    Returns
    -------
    str
        HTML. All that comes from the record or the briefing stands in it as text.
    """
    heading = handout.heading()
    facts = [
        ("Handling", handout.handling),
        ("Data", f"{name}, SHA-256 {handout.digest}"),
        ("Shown by the scenes", heading["shown"]),
        ("Their sources", " · ".join(handout.sources)),
    ]
    total = len(handout.keep)
    rows = "".join(_fact(name, _text(value)) for name, value in facts if value)
    scenes = "".join(_scene(part.heading(total)) for part in handout.parts)
    return f"<p>{HOLDS}</p><p>{LACKS}</p><dl>{rows}</dl><h3>The scenes</h3><ol>{scenes}</ol>"


def _scene(heading: dict[str, Any]) -> str:
    asked = " · ".join([heading["window"], *heading["filters"], f"{heading['shown']} shown"])
    as_of = f"Standing as of {heading['as_of']}" if heading["as_of"] else ""
    lines = (heading["text"], asked, as_of)
    told = "".join(f"<p>{_text(line)}</p>" for line in lines if line)
    return f"<li><b>{_text(heading['title'])}</b>{told}<p>{_link(heading['permalink'])}</p></li>"


def _link(address: str) -> str:
    """Link to the page's view, or only name it where nobody said where the page is."""
    if urlsplit(address).scheme not in {"http", "https"}:
        return f"<code>{_text(address)}</code>"
    target = escape(address)
    return f'<a href="{target}" target="_blank" rel="noopener noreferrer">{_text(address)}</a>'


def _fact(name: str, value: str) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>"


def _text(words: str) -> str:
    return escape(visible(words))
