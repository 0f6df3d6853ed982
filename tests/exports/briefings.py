"""Scenes and records for the tests of exports."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING, Final

from cartography.edition import open_edition
from claims.days import day_from_iso
from claims.scenes import Briefing, MapView, Scene
from claims.selection import Selection
from tests.report import DATA, report_path

if TYPE_CHECKING:
    from pathlib import Path

    from cartography.edition import Edition

GEO: Final = DATA / "geo"
WEEK: Final = Selection(day_from_iso("2023-05-08"), day_from_iso("2023-05-14"))
NEAR: Final = MapView(48.598, 37.93, 11)
ADVANCE: Final = "ua-mod-maliar-advance-2km-2023-05-12"
SCENES: Final = (
    Scene("Two kilometres", "One says so, another denies it.", WEEK, ADVANCE, NEAR),
    Scene("The whole week", "", WEEK),
    Scene("Side by side", "", WEEK, view=NEAR, compare=("ukraine", "russia")),
)
BRIEFING: Final = Briefing("The week near Bakhmut", "TLP:GREEN", SCENES)
LINK: Final = "https://maps.example/"
HOSTILE: Final = (
    "{{ 7*7 }} ${x} $\\frac{1}{2}$ <b>&amp;]]> =1+1 _x0041_ \x01\x1b[2J \u202eabc \u200b\ud7ff"
    " שלום \U0001f600 中文 " + "W" * 4000
)


@cache
def record() -> Edition:
    """Open the record that ships with the project."""
    return open_edition(DATA / "events.csv", geo=GEO)


@cache
def report() -> Edition:
    """Open the news report's own claims."""
    return open_edition(report_path(), geo=GEO)


def hostile(folder: Path, text: str = HOSTILE) -> Edition:
    """Open the news report with hostile words in every text of every claim."""
    with report_path().open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        claims = [
            {
                **row,
                "claimant": text[:300],
                "role": text[:300],
                "statement": text,
                "quote": text[:60],
                "outlet": text[:300],
                "source_title": text,
            }
            for row in rows
        ]
        names = rows.fieldnames or []
    path = folder / "events.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(claims)
    edition = open_edition(path, geo=GEO)
    assert len(edition.claims) == len(claims), edition.record.problems
    return edition
