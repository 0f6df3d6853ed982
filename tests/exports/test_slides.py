"""Slides, opened again: native texts, footnotes, notes, and hostile words as words."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pptx import Presentation

from cartography.drawing import shown_of
from cartography.told import told_claims
from cartography.wording import words_of
from claims.scenes import Briefing, Scene
from exports.kinds import DRAWN
from tests.exports.briefings import (
    ADVANCE,
    BRIEFING,
    GEO,
    HOSTILE,
    LINK,
    SCENES,
    WEEK,
    hostile,
    record,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def deck() -> Any:
    return Presentation(BytesIO(DRAWN["pptx"](record(), BRIEFING, geo=GEO, permalink=LINK)))


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def test_there_is_a_title_and_a_slide_a_scene_16_to_9(deck: Any) -> None:
    assert len(deck.slides) == len(SCENES) + 1
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-4)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [BRIEFING.title, *(scene.title for scene in SCENES)]


def test_the_title_slide_tells_marking_day_and_digest(deck: Any) -> None:
    said = "\n".join(texts(deck.slides[0]))
    digest = record().record.digest[:12]
    for words in ("Standing as of 14 May 2023", "848 claims", digest, "TLP:GREEN", LINK):
        assert words in said


def test_every_slide_is_marked_at_the_top_and_the_bottom(deck: Any) -> None:
    for slide in deck.slides:
        assert texts(slide).count("TLP:GREEN") == 2


def test_the_link_at_the_foot_of_a_comparing_scene_opens_its_comparison(deck: Any) -> None:
    (foot,) = (text for text in texts(deck.slides[3]) if LINK in text)
    assert foot.endswith(
        f"{LINK}?from=2023-05-08&to=2023-05-14&compare=ukraine&compare=russia&at=48.5980,37.9300,11"
    )


def test_a_scene_s_slide_tells_its_claims_with_quotes_and_footnotes(deck: Any) -> None:
    said = "\n".join(texts(deck.slides[1]))
    for words in (
        "One says so, another denies it.",
        "8\N{EN DASH}14 May 2023 · 165 of 848 claims shown · 29 of them not placed · as said",
        "Hanna Maliar: asserts [1]",
        "12 May 2023 · Deputy Minister of Defence of Ukraine",
        "denies",
        "“",
        "1 AFP, EFE; Ukrainska Pravda · https://www.pravda.com.ua/",
        "Standing as of 14 May 2023",
        f"claim={ADVANCE}",
    ):
        assert words in said, words


def test_the_notes_have_claims_and_sources_in_full(deck: Any) -> None:
    shown = shown_of(record(), SCENES[0])
    for words in words_of(record(), told_claims(record(), shown, 4)):
        for text in (words["claimant"], words["statement"], words["quote"], words["url"]):
            assert str(text) in notes(deck.slides[1])


def test_a_slide_has_one_picture_that_is_told_in_words(deck: Any) -> None:
    for slide in list(deck.slides)[1:]:
        (picture,) = [shape for shape in slide.shapes if shape.name == "Map"]
        assert picture.image.content_type == "image/png"
        told = picture._element.nvPicPr.cNvPr.get("descr")  # noqa: SLF001  # no public way
        assert "claims shown" in told


def test_nothing_on_a_slide_lies_beyond_its_edge_or_on_the_picture(deck: Any) -> None:
    for slide in list(deck.slides)[1:]:
        (picture,) = [shape for shape in slide.shapes if shape.name == "Map"]
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height + 1
            beside = (
                shape.left >= picture.left + picture.width
                or shape.top >= picture.top + picture.height
                or shape.top + shape.height <= picture.top
            )
            assert shape is picture or shape.name == "Map" or beside, shape.name


def test_the_sides_take_turns_and_have_boxes_of_one_size(deck: Any) -> None:
    shown = shown_of(record(), SCENES[1])
    sides = [str(record().claims["side"].iloc[i]) for i in told_claims(record(), shown, 4)]
    assert abs(sides.count("ukraine") - sides.count("russia")) <= 1
    heads = tuple(str(record().claims["claimant"].iloc[i]) for i in told_claims(record(), shown, 4))
    boxes = [one for one in deck.slides[2].shapes if one.has_text_frame]
    claims = [one for one in boxes if one.text_frame.text.startswith(heads)]
    assert len(claims) == 4
    assert len({(one.width, one.height) for one in claims}) == 1


def test_hostile_words_come_back_as_words(tmp_path: Path) -> None:
    edition = hostile(tmp_path)
    scene = Scene("{{ title }} <a:t>", "=cmd|' /C calc'!A0 {{x}}", WEEK, ADVANCE)
    done = DRAWN["pptx"](edition, Briefing("${t} ]]>", "", (scene,)), geo=GEO, permalink=LINK)
    deck = Presentation(BytesIO(done))
    slide = deck.slides[1]
    assert slide.shapes.title.text_frame.text == "{{ title }} <a:t>"
    assert "=cmd|' /C calc'!A0 {{x}}" in texts(slide)
    said = notes(slide)
    start = HOSTILE.split("\x01")[0].strip()
    assert start in said
    assert "\N{MATHEMATICAL LEFT ANGLE BRACKET}U+0001" in said
    for unseen in ("\x01", "\x1b", "\u202e", "\u200b"):
        assert unseen not in said
    assert "W" * 4000 in said
    assert all(len(text) < 2000 for text in texts(slide))
    fields = slide.shapes._spTree.xpath(".//a:fld | .//a:hlinkClick")  # noqa: SLF001
    assert fields == []
