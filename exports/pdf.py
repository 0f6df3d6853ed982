"""A briefing as a PDF file: a one-page brief, then a page a scene, the maps as vectors."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from matplotlib.backends.backend_pdf import PdfPages

from exports.brief_page import brief_sheet
from exports.scene_page import scene_sheet

if TYPE_CHECKING:
    from exports.context import Context
    from exports.kinds import Told


def briefing_pdf(context: Context, told: Told | None = None) -> bytes:
    """Write a briefing as PDF.

    Parameters
    ----------
    context : Context
    told : Told, optional
        Is told after each page how many of how many are done.

    Returns
    -------
    bytes
        16:9 pages. The same briefing and record give the same bytes.

    Raises
    ------
    BadGeometryFileError
        If a file of the ground cannot be read.
    """
    scenes = context.briefing.scenes
    total = len(scenes) + 1
    file = BytesIO()
    about = {"Title": context.briefing.title, "Subject": context.handling, "CreationDate": None}
    with PdfPages(file, metadata=about) as pages:
        pages.savefig(brief_sheet(context).figure)
        for number, scene in enumerate(scenes, start=1):
            if told is not None:
                told(number, total)
            sheet = scene_sheet(context, scene, place=f"Scene {number} of {len(scenes)}")
            pages.savefig(sheet.figure)
    if told is not None:
        told(total, total)
    return file.getvalue()
