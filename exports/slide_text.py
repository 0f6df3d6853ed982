"""Native text and shapes on a slide. Every text is a plain run, whatever it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from cartography.symbols import SIDE_SHAPES, STANCE_WORDS
from cartography.wording import visible
from claims.handling import TLP_LABELS
from exports.scene_page import TLP_COLOURS
from exports.sheet import COLOURS, POINTS_AN_INCH
from exports.type import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.slide import Slide

Box = tuple[float, float, float, float]
"""Left, top, width and height in inches."""
BAND_IN: Final = 0.26
SIGN_IN: Final = 0.15
ROOM_PX_AN_INCH: Final = 64.0
"""A program without the template's face sets wider type: it is measured a tenth wider."""
SHAPES: Final = {
    "circle": MSO_SHAPE.OVAL,
    "square": MSO_SHAPE.RECTANGLE,
    "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE,
}


def _colour(token: str) -> RGBColor:
    red, green, blue = bytes.fromhex(token.removeprefix("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


def _box(box: Box) -> tuple[Any, Any, Any, Any]:
    left, top, wide, high = (Inches(length) for length in box)
    return left, top, wide, high


def set_title(slide: Slide, text: str, box: Box, *, size_pt: float) -> None:
    """Write a slide's title, which is also its name in the outline.

    Parameters
    ----------
    slide : Slide
    text : str
    box : Box
    size_pt : float
        Set smaller where the text is long.
    """
    title: Any = slide.shapes.title
    title.left, title.top, title.width, title.height = _box(box)
    look = {"size_pt": fitting(text, box, size_pt), "bold": True}
    _write(title.text_frame, [(text, look)])
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def fitting(text: str, box: Box, size_pt: float) -> float:
    """Give the largest size at which a text fits into a box.

    Parameters
    ----------
    text : str
    box : Box
    size_pt : float
        The size that is wanted.

    Returns
    -------
    float
        At least half of what is wanted.
    """
    room_px = box[2] * ROOM_PX_AN_INCH
    for part in (1.0, 0.85, 0.75, 0.65, 0.55):
        size = size_pt * part
        most = max(1, int(box[3] * POINTS_AN_INCH / (size * 1.2)))
        if len(wrapped(text, size, room_px, most=most + 1, weight=700)) <= most:
            return size
    return size_pt * 0.5


def add_text(slide: Slide, lines: Sequence[tuple[str, dict[str, Any]]], box: Box) -> None:
    """Write lines of text; none for an empty list.

    Parameters
    ----------
    slide : Slide
    lines : sequence of (str, dict)
        Each with its look: size_pt, bold, italic, ink.
    box : Box
    """
    written = [(text, look) for text, look in lines if text]
    if written:
        _write(slide.shapes.add_textbox(*_box(box)).text_frame, written)


def _write(frame: Any, lines: Sequence[tuple[str, dict[str, Any]]]) -> None:  # noqa: ANN401  # untyped
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for index, (text, look) in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.alignment = look.get("align", PP_ALIGN.LEFT)
        run = paragraph.add_run()
        run.text = " ".join(visible(text).split())
        run.font.size = Pt(look["size_pt"])
        run.font.bold = bool(look.get("bold"))
        run.font.italic = bool(look.get("italic"))
        run.font.color.rgb = _colour(look.get("ink", COLOURS["ink"]))


def add_bands(slide: Slide, handling: str, wide_in: float, high_in: float) -> None:
    """Write the handling marking at the top and the bottom.

    Parameters
    ----------
    slide : Slide
    handling : str
        From `claims.handling.handling_words`.
    wide_in, high_in : float
        Of the slide, inches.
    """
    is_label = handling in TLP_LABELS
    fill, ink = COLOURS["line"], COLOURS["ink"]
    if is_label:
        fill, ink = "#000000", TLP_COLOURS[handling]
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = _colour(COLOURS["page"])
    for top, name in ((0.0, "Handling, top"), (high_in - BAND_IN, "Handling, bottom")):
        band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_box((0, top, wide_in, BAND_IN)))
        band.name = name
        _paint(band, fill)
        look = {"size_pt": 11, "bold": True, "ink": ink, "align": PP_ALIGN.CENTER}
        _write(band.text_frame, [(handling, look)])
        band.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _paint(shape: Any, fill: str, stroke: str | None = None) -> None:  # noqa: ANN401  # untyped
    # The template's style would give it a shadow, and letters a colour of its own.
    shape._element.remove(shape._element.find(qn("p:style")))  # noqa: SLF001  # no public way
    shape.fill.solid()
    shape.fill.fore_color.rgb = _colour(fill)
    if stroke is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb = _colour(stroke)
        shape.line.width = Pt(1)


def add_claim(slide: Slide, words: dict[str, Any], footnote: int, box: Box) -> None:
    """Write a claim: its side's sign, who says it and how, the statement and the quote.

    Parameters
    ----------
    slide : Slide
    words : dict
        From `cartography.wording.words_of`.
    footnote : int
        Number of its source.
    box : Box
        What does not fit in is cut; the notes have it in full.
    """
    left, top, wide, high = box
    sign = (left, top + 0.04, SIGN_IN, SIGN_IN)
    shape = slide.shapes.add_shape(SHAPES[SIDE_SHAPES[words["side"]]], *_box(sign))
    shape.name = "Sign of the side"
    _paint(shape, COLOURS[words["side"]], COLOURS["outline"])
    room_px = (wide - 0.25) * ROOM_PX_AN_INCH
    ink = COLOURS[f"{words['side']}-ink"]
    stance = f": {STANCE_WORDS[words['stance']]} [{footnote}]"
    speaker = wrapped(words["claimant"], 12, room_px - len(stance) * 8, most=1, weight=700)
    role = f"{words['said']} · {_role(words)}"
    lines: list[tuple[str, dict[str, Any]]] = [
        ("".join(speaker) + stance, {"size_pt": 12, "bold": True, "ink": ink}),
        (_cut(role, 9, room_px, 1), {"size_pt": 9, "ink": COLOURS["third"]}),
        (_cut(words["statement"], 11, room_px, 2), {"size_pt": 11}),
    ]
    if words["quote"]:
        quote = _cut(f"“{words['quote']}”", 10, room_px, 2)
        lines.append((quote, {"size_pt": 10, "italic": True, "ink": COLOURS["second"]}))
    add_text(slide, lines, (left + 0.25, top, wide - 0.25, high))


def _role(words: dict[str, Any]) -> str:
    role = words["role"] or words["organisation"]
    return f"{role} · against their own side" if words["admission"] else str(role)


def _cut(text: str, size_pt: float, room_px: float, most: int) -> str:
    return " ".join(wrapped(text, size_pt, room_px, most=most))
