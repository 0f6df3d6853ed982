"""What each kind of file is called, what it holds and how long it takes: one table for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims import export_command
from exports import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.export_command import Writer

ZIP_ENDING: Final = ".zip"
ZIP_TYPE: Final = "application/zip"


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file, in words.

    Attributes
    ----------
    words : str
        Its name.
    holds : str
        What it holds, a short phrase.
    ending : str
        What follows the stem of its file's name, the point included.
    media_type : str
    first_s, scene_s, thousand_s : float
        Seconds that a file takes on two cores, that each scene adds, and each thousand claims.
    pictures : bool
        Whether a file shows one scene only: of several there is a file each.
    """

    words: str
    holds: str
    ending: str
    media_type: str
    first_s: float
    scene_s: float
    thousand_s: float
    pictures: bool = False


FORMS: Final[Mapping[str, Form]] = {
    "pptx": Form(
        "Slides (PPTX)",
        "a slide a scene: map, claims and sources; the words can be edited",
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        *(0.5, 0.35, 0.01),
    ),
    "pdf": Form(
        "Pages (PDF)",
        "a one-page brief, then a page a scene; maps as vectors",
        ".pdf",
        "application/pdf",
        *(0.5, 0.3, 0.01),
    ),
    "html": Form(
        "One page (HTML)",
        "a page that opens in any browser without a network",
        ".html",
        "text/html",
        *(0.5, 0.2, 0.01),
    ),
    "png": Form(
        "Picture (PNG)",
        "1920 x 1080 pixels, a picture a scene",
        ".png",
        "image/png",
        *(0.2, 0.4, 0.01),
        pictures=True,
    ),
    "png-4k": Form(
        "Picture 4K (PNG)",
        "3840 x 2160 pixels, a picture a scene",
        "_4k.png",
        "image/png",
        *(0.2, 0.7, 0.01),
        pictures=True,
    ),
    "kml": Form(
        "For a globe (KML)",
        "every claim with its geometry, day and side's colour",
        ".kml",
        "application/vnd.google-earth.kml+xml",
        *(0.2, 0.0, 0.26),
    ),
    "geojson": Form(
        "For a map program (GeoJSON)",
        "every claim with its geometry and all columns",
        ".geojson",
        "application/geo+json",
        *(0.2, 0.0, 0.12),
    ),
    "csv": Form(
        "Table (CSV)",
        "every column, and the heading in a file beside it, packed together",
        ".csv",
        "text/csv",
        *(0.2, 0.0, 0.06),
    ),
}
"""In the order in which they are offered; the seconds are those of `docs/handing-out.md`."""


def writers() -> Mapping[str, Writer]:
    """Give what lays out the files of each kind.

    Returns
    -------
    mapping of str to callable
        The keys are those of `FORMS`, in its order.
    """
    found: Mapping[str, Writer] = {**export_command.KINDS, **kinds.KINDS}
    return {name: found[name] for name in FORMS}
