"""Each kind of file: its size and pages, what it refuses, and that it is whole or nothing."""

from __future__ import annotations

import csv
import re
import shutil
import struct
import subprocess
import sys
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from cartography.symbols import TOKENS
from claims.errors import BadBriefingError, BadGeometryFileError
from claims.export_command import Job
from claims.handout import hand_out
from claims.load import load_record
from claims.model import SIDES
from claims.scenes import Briefing
from claims.whole_file import write_all
from exports.kinds import DRAWN, KINDS
from tests.exports.briefings import BRIEFING, GEO, LINK, SCENES, hostile, record
from tests.report import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE = Briefing("One", "", SCENES[:1])


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def pages_of(pdf: bytes) -> int:
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


@pytest.mark.parametrize(("kind", "size"), [("png", (1920, 1080)), ("png-4k", (3840, 2160))])
def test_a_picture_has_the_size_that_is_asked_for(kind: str, size: tuple[int, int]) -> None:
    assert size_of(DRAWN[kind](record(), ONE, geo=GEO, permalink=LINK)) == size


def test_a_picture_of_several_scenes_is_refused_with_the_remedy() -> None:
    with pytest.raises(BadBriefingError, match="PDF or PPTX"):
        DRAWN["png"](record(), BRIEFING, geo=GEO)


def test_a_pdf_has_a_page_a_scene_and_the_brief() -> None:
    assert pages_of(DRAWN["pdf"](record(), BRIEFING, geo=GEO, permalink=LINK)) == len(SCENES) + 1


def test_a_pdf_holds_its_maps_as_vectors() -> None:
    assert b"/Subtype /Image" not in DRAWN["pdf"](record(), ONE, geo=GEO)


def test_the_same_briefing_gives_the_same_pdf() -> None:
    assert DRAWN["pdf"](record(), ONE, geo=GEO) == DRAWN["pdf"](record(), ONE, geo=GEO)


@pytest.mark.parametrize("kind", ["pdf", "pptx"])
def test_progress_counts_every_page_once(kind: str) -> None:
    heard: list[tuple[int, int]] = []
    DRAWN[kind](
        record(), BRIEFING, geo=GEO, progress=lambda done, total: heard.append((done, total))
    )
    total = len(SCENES) + 1
    assert heard == [(done, total) for done in range(1, total + 1)]


@pytest.mark.parametrize("kind", ["pdf", "pptx"])
def test_an_export_cancelled_half_way_leaves_what_was_there(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "briefing"
    path.write_bytes(b"before")

    def cancel(done: int, total: int) -> None:
        if done == total - 1:
            raise KeyboardInterrupt

    def pieces() -> Iterator[bytes]:
        yield DRAWN[kind](record(), BRIEFING, geo=GEO, progress=cancel)

    with pytest.raises(KeyboardInterrupt):
        write_all({path: pieces()})
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"before"]


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_hostile_words_are_drawn_as_they_are(kind: str, tmp_path: Path) -> None:
    edition = hostile(tmp_path)
    title = "$\\frac{$ {{ 1/0 }} \x00 " + "W" * 500
    scene = SCENES[0].__class__(title, title, SCENES[0].selection, SCENES[0].claim)
    assert DRAWN[kind](edition, Briefing(title, title, (scene,)), geo=GEO, permalink=LINK)


def test_pictures_are_drawn_in_several_threads_at_once() -> None:
    alone = DRAWN["png"](record(), ONE, geo=GEO)
    drawn: list[bytes] = []
    threads = [
        Thread(target=lambda: drawn.append(DRAWN["png"](record(), ONE, geo=GEO))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [alone] * 3


def asked(briefing: Briefing, out: Path, geo: Path = GEO) -> tuple[Job, list[tuple[str, int, int]]]:
    heard: list[tuple[str, int, int]] = []

    def hear(step: str, done: int, total: int) -> None:
        heard.append((step, done, total))

    claims, given = record().record, hand_out(briefing, record().record, page=LINK)
    job = Job(briefing, claims, given, DATA / "events.csv", geo, LINK, out, hear)
    return job, heard


def test_a_job_for_pages_gives_the_file_that_is_asked_for(tmp_path: Path) -> None:
    job, heard = asked(ONE, tmp_path / "out.pdf")
    files = KINDS["pdf"](job)
    assert list(files) == [job.out]
    assert heard == []
    assert b"".join(files[job.out]) == DRAWN["pdf"](record(), ONE, geo=GEO, permalink=LINK)
    assert heard == [("drawing", 1, 2), ("drawing", 2, 2)]


@pytest.mark.parametrize("kind", ["png", "pdf", "pptx"])
def test_the_ground_is_that_of_the_folder_the_job_names(tmp_path: Path, kind: str) -> None:
    geo = shutil.copytree(GEO, tmp_path / "geo")
    (geo / "roads.geojson").write_text("[]", encoding="utf-8")
    job, _ = asked(ONE, tmp_path / "out", geo)
    with pytest.raises(BadGeometryFileError, match=r"roads\.geojson"):
        b"".join(KINDS[kind](job)[job.out])


def test_what_cannot_be_drawn_true_is_told_of_a_picture(tmp_path: Path) -> None:
    file = DATA / "events.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        row = next(row for row in rows if row["front_km"] == "95")
    path = tmp_path / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(row))
        writer.writeheader()
        writer.writerow({**row, "front_km": "999"})
    claims = load_record(path, geo=GEO)
    given = hand_out(ONE, claims)
    job = Job(ONE, claims, given, path, GEO, "", tmp_path / "out.png", lambda *_: None)
    b"".join(KINDS["png"](job)[job.out])
    assert [row["claim_id"] in notice for notice in job.notices] == [True]


def test_a_job_for_pictures_gives_one_a_scene_beside_each_other(tmp_path: Path) -> None:
    job, _ = asked(BRIEFING, tmp_path / "out.png")
    files = KINDS["png"](job)
    assert [path.name for path in files] == ["out.png", "out-2.png", "out-3.png"]
    for content, scene in zip(files.values(), SCENES, strict=True):
        alone = replace(BRIEFING, scenes=(scene,))
        assert b"".join(content) == DRAWN["png"](record(), alone, geo=GEO, permalink=LINK)


def test_the_kinds_are_known_without_loading_what_draws_them() -> None:
    code = "import sys, exports.kinds; print(sorted({'matplotlib', 'pptx'} & set(sys.modules)))"
    told = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_kml_has_the_colours_of_the_page(tmp_path: Path) -> None:
    job, _ = asked(ONE, tmp_path / "out.kml")
    text = b"".join(KINDS["kml"](job)[job.out]).decode()
    for side in SIDES:
        red, green, blue = (TOKENS["light"][side].lower()[i : i + 2] for i in (1, 3, 5))
        style = text.split(f'<Style id="{side}">')[1].split("</Style>")[0]
        assert f"<LineStyle><color>ff{blue}{green}{red}</color></LineStyle>" in style
