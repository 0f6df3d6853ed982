"""The page that stands in for the map while the claims file is read for the first time."""

from __future__ import annotations

from functools import cache
from html import escape
from string import Template
from typing import TYPE_CHECKING, Final, NamedTuple

from claims import TITLE
from components.assets import HERE, loading_script, loading_style, type_face
from components.header import TAGLINE
from components.loading import WAITING

if TYPE_CHECKING:
    from pathlib import Path

    from components.loading import Progress


class Step(NamedTuple):
    """How a step of the loading is told.

    Attributes
    ----------
    words : str
        What is done.
    share : int
        Its part of the whole in per cent, as a large CSV file takes it.
    counted : str
        What its figures count.
    """

    words: str
    share: int
    counted: str


STEPS: Final = {
    WAITING: Step("Waiting until the file is written in full", 0, ""),
    "reading": Step("Reading the file", 60, "MB"),
    "checking": Step("Checking every row", 12, "values checked"),
    "typing": Step("Reading numbers, days and words", 9, "values read"),
    "arranging": Step("Gathering who answers whom", 7, "entries"),
    "packing": Step("Packing the claims for the browser", 12, "values packed"),
}
"""`WAITING` and the steps of `claims.progress.STEPS`, in their order."""


def loading_page(path: Path, progress: Progress) -> str:
    """Write the page.

    Parameters
    ----------
    path : Path
        The claims file; only its name is shown.
    progress : Progress
        How far it is; the page asks `/loading` from there on.

    Returns
    -------
    str
        HTML that needs no script to be read.
    """
    return _template().substitute(
        title=escape(TITLE),
        tagline=escape(TAGLINE),
        file=escape(path.name),
        font=type_face(lambda file: f"static/media/{file.name}"),
        style=loading_style().path,
        script=loading_script().path,
        steps="".join(_step(key, progress) for key in STEPS),
    )


@cache
def _template() -> Template:
    return Template((HERE / "browser" / "loading.html").read_text(encoding="utf-8"))


def _step(key: str, progress: Progress) -> str:
    step, now = STEPS[key], key == progress.step
    marks = f' data-done="{progress.done}" data-total="{progress.total}"' if now else ""
    marks += ' aria-current="step"' if now else " hidden" if key == WAITING else ""
    told = f'data-step="{key}" data-share="{step.share}" data-counted="{step.counted}"'
    return f"<li {told}{marks}>{escape(step.words)}</li>"
