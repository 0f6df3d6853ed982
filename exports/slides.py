"""A briefing as slides: a title, then a slide a scene with its map, claims and footnotes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pptx import Presentation
from pptx.util import Inches

from cartography.frame import Rect
from cartography.legend import legend_rows
from cartography.symbols import STANCE_WORDS
from cartography.told import told_claims
from cartography.wording import visible, words_of
from exports.footnotes import Footnotes
from exports.map_strip import paint_strip
from exports.scene_map import paint_maps, scene_maps
from exports.scene_page import status_line
from exports.sheet import Sheet
from exports.slide_text import add_bands, add_claim, add_text, fitting, set_title

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide

    from claims.scenes import Scene
    from exports.context import Context
    from exports.kinds import Told
    from exports.scene_map import SceneMap

WIDTH_IN, HEIGHT_IN = 40 / 3, 7.5
TITLE_ONLY: Final = 5
"""The layout of python-pptx's own template whose only text is a title."""
MAP_PX: Final = (860.0, 412.0)
STRIP_PX: Final = 88.0
PICTURE_SCALE: Final = 2.0
PICTURE_IN: Final = (0.35, 1.62, 8.05)
"""Left, top and width of the map picture."""
TEXT_IN: Final = (0.35, 0.84, 12.63, 0.4)
STATUS_IN: Final = (0.35, 1.26, 12.63, 0.32)
CLAIMS_IN: Final = (8.6, 1.62, 4.4, 4.68)
NOTES_IN: Final = (0.35, 6.36, 12.63, 0.56)
FOOT_IN: Final = (0.35, 6.94, 12.63, 0.28)
FOOT_CHARACTERS: Final = 170
MOST_CLAIMS: Final = 4
FOOTNOTE_CHARACTERS: Final = 150


def briefing_pptx(context: Context, told: Told | None = None) -> bytes:
    """Write a briefing as slides.

    Parameters
    ----------
    context : Context
    told : Told, optional
        Is told after each slide how many of how many are done.

    Returns
    -------
    bytes
        A PPTX file, 16:9. Texts of claims and scenes are text runs: nothing in them is a field,
        a placeholder or a link.

    Raises
    ------
    BadGeometryFileError
        If a file of the ground cannot be read.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH_IN), Inches(HEIGHT_IN)
    deck.core_properties.title = context.briefing.title
    deck.core_properties.subject = context.handling
    deck.core_properties.author = ""
    scenes = context.briefing.scenes
    _add_opening(deck, context)
    for number, scene in enumerate(scenes, start=1):
        if told is not None:
            told(number, len(scenes) + 1)
        _add_scene(deck, context, scene, f"Scene {number} of {len(scenes)}")
    file = BytesIO()
    deck.save(file)
    if told is not None:
        told(len(scenes) + 1, len(scenes) + 1)
    return file.getvalue()


def _slide(deck: Deck, context: Context) -> Slide:
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    add_bands(slide, context.handling, WIDTH_IN, HEIGHT_IN)
    return slide


def _add_opening(deck: Deck, context: Context) -> None:
    slide = _slide(deck, context)
    record, briefing = context.record, context.briefing
    set_title(slide, briefing.title, (0.8, 1.5, 11.7, 1.6), size_pt=36)
    count = len(briefing.scenes)
    lines = [
        f"{count} scene" if count == 1 else f"{count} scenes",
        "What is said, by whom and where; nothing here says who is right",
        context.as_of,
        f"Data: {record.record.name}, {len(record.claims):,} claims, digest {context.digest}",
        f"Handling: {context.handling}",
        context.permalink,
    ]
    box = (0.8, 3.3, 11.7, 2.6)
    add_text(slide, [(line, {"size_pt": 18}) for line in lines if line], box)
    listed = [f"{i}  {scene.title}" for i, scene in enumerate(briefing.scenes, start=1)]
    _set_notes(slide, [*lines, *listed])


def _add_scene(deck: Deck, context: Context, scene: Scene, place: str) -> None:
    slide = _slide(deck, context)
    title = scene.title or context.briefing.title
    set_title(slide, title, (0.35, 0.3, 12.63, 0.6), size_pt=24)
    add_text(slide, [(scene.text, {"size_pt": fitting(scene.text, TEXT_IN, 14)})], TEXT_IN)
    maps = scene_maps(context, scene, Rect(0, 0, *MAP_PX))
    status = status_line(context, maps)
    line = " · ".join(status)
    look = {"size_pt": fitting(line, STATUS_IN, 12), "bold": True}
    add_text(slide, [(line, look)], STATUS_IN)
    _add_picture(slide, context, maps, f"Map. {title}. {line}")
    footnotes = Footnotes()
    told: list[dict[str, Any]] = words_of(context.record, _told(context, maps))
    _add_claims(slide, told, footnotes)
    short = [_shortened(note) for note in footnotes.lines()]
    add_text(slide, [(note, {"size_pt": 8}) for note in short], NOTES_IN)
    foot = f"{place} · {context.origin(scene)} · {context.link(scene)}"
    add_text(slide, [(foot, {"size_pt": 8 if len(foot) < FOOT_CHARACTERS else 6})], FOOT_IN)
    spoken = [
        f"{words['claimant']} ({words['organisation']}) {STANCE_WORDS[words['stance']]}:"
        f" {words['statement']} {_quoted(words)} {words['when']} [{footnotes.number(words)}]"
        for words in told
    ]
    sources = ["Sources", *footnotes.lines()]
    _set_notes(slide, [title, scene.text, line, *spoken, *sources, foot, context.handling])


def _told(context: Context, maps: list[SceneMap]) -> list[int]:
    each = MOST_CLAIMS // len(maps)
    return [claim for one in maps for claim in told_claims(context.record, one.shown, each)]


def _add_picture(slide: Slide, context: Context, maps: list[SceneMap], words: str) -> None:
    width, height = MAP_PX
    sheet = Sheet(width, height + STRIP_PX)
    paint_maps(sheet, context, maps)
    rows = legend_rows([one.drawing for one in maps])
    paint_strip(sheet, rows, Rect(0, height, width, STRIP_PX))
    left, top, wide = PICTURE_IN
    picture: Any = slide.shapes.add_picture(
        BytesIO(sheet.png(PICTURE_SCALE)), Inches(left), Inches(top), width=Inches(wide)
    )
    picture.name = "Map"
    # Read aloud in place of the picture.
    picture._element.nvPicPr.cNvPr.set("descr", _line(words))  # noqa: SLF001  # no public way


def _add_claims(slide: Slide, told: list[dict[str, Any]], footnotes: Footnotes) -> None:
    left, top, wide, high = CLAIMS_IN
    each = high / MOST_CLAIMS  # every claim has the same room, however many there are
    for row, words in enumerate(told):
        add_claim(slide, words, footnotes.number(words), (left, top + row * each, wide, each))


def _set_notes(slide: Slide, lines: list[str]) -> None:
    notes: Any = slide.notes_slide.notes_text_frame
    notes.text = "\n".join(_line(line) for line in lines if line)


def _line(text: str) -> str:
    return " ".join(visible(text).split())


def _quoted(words: dict[str, Any]) -> str:
    return f"“{words['quote']}”" if words["quote"] else ""


def _shortened(note: str) -> str:
    if len(note) <= FOOTNOTE_CHARACTERS:
        return note
    return note[: FOOTNOTE_CHARACTERS - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
