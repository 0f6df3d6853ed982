"""The briefings that ship with the project say what the record says, and no more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from cartography.edition import Edition, open_edition
from claims.briefing import read_briefing
from claims.model import QUANTITIES, WARRING_SIDES
from claims.scenes import NARRATORS
from claims.standing import standing_of_claims
from tests.test_record import LOADED

if TYPE_CHECKING:
    import pandas as pd

    from claims.scenes import Scene

DATA: Final = Path(__file__).resolve().parent.parent / "data"
FILES: Final = sorted((DATA / "briefings").glob("*.toml"))
A_CLAIM: Final = re.compile(r"\b[0-9]+ claims\b")
"""The noun; the verb is one of the words that judge."""
A_DAY: Final = re.compile(r"\b[0-9]+(?: to [0-9]+)? May\b")
A_NUMBER: Final = re.compile(r"(?<![\w.])[0-9]+(?:\.[0-9]+)?(?![\w])")
MAX_LINE: Final = 180


@pytest.fixture(scope="module")
def record() -> Edition:
    return open_edition(DATA / "events.csv", geo=DATA / "geo")


def scenes(record: Edition, path: Path) -> tuple[Scene, ...]:
    briefing, notices = read_briefing(
        path,
        record.vocabulary,
        set(record.claims["claim_id"]),
        (record.first_day, record.last_day),
    )
    assert notices == ()
    assert briefing.handling
    return briefing.scenes


def kept(record: Edition, scene: Scene) -> pd.DataFrame:
    standing = standing_of_claims(record.claims, scene.selection.as_of_day())
    return record.claims[scene.selection.keep(record.claims, standing)]


def test_one_briefing_of_6_to_8_scenes_ships() -> None:
    assert [path.stem for path in FILES] == ["bakhmut_2023-05-08_14"]


each = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@each
def test_every_scene_is_complete_and_short(record: Edition, path: Path) -> None:
    found = scenes(record, path)
    assert 6 <= len(found) <= 8
    for scene in found:
        assert 0 < len(scene.title) <= 50
        assert 0 < len(scene.text) <= MAX_LINE, len(scene.text)
        assert scene.text.endswith(".")
        assert scene.view
        assert scene.selection.from_day
        assert scene.selection.to_day


@each
def test_every_scene_keeps_claims_and_its_own_among_them(record: Edition, path: Path) -> None:
    selected = 0
    for scene in scenes(record, path):
        claims = kept(record, scene)
        assert len(claims) > 0, scene.title
        if scene.claim:
            selected += 1
            assert scene.claim in set(claims["claim_id"]), scene.title
        if scene.compare:
            narrators = set(claims["side"]) | set(claims["organisation"])
            assert len(narrators.intersection(scene.compare)) == NARRATORS
    assert selected >= 5


@each
def test_who_is_named_speaks_in_that_scene(record: Edition, path: Path) -> None:
    speakers = {name for name in record.claims["claimant"] if " " in name}
    for scene in scenes(record, path):
        named = {name for name in speakers if name in scene.text}
        assert named <= set(kept(record, scene)["claimant"]), scene.title


@each
def test_every_number_is_one_that_a_kept_claim_states_or_a_count(
    record: Edition, path: Path
) -> None:
    for scene in scenes(record, path):
        claims = kept(record, scene)
        stated = {float(v) for name in QUANTITIES for v in claims[name].dropna()}
        counts = {float(len(claims)), float(claims["topic"].nunique())}
        for _, of_side in claims.groupby("side", observed=True):
            counts |= {float(len(of_side)), float(of_side["topic"].nunique())}
        words = A_DAY.sub("", f"{scene.title} {scene.text}")
        if scene.selection.standings:
            words = words.replace("the week's 93 propositions", "")
            week = type(scene.selection)(scene.selection.from_day, scene.selection.to_day)
            standing = standing_of_claims(record.claims, None)
            assert record.claims[week.keep(record.claims, standing)]["topic"].nunique() == 93
        numbers = {float(number) for number in A_NUMBER.findall(words)}
        assert numbers <= stated | counts, (scene.title, numbers - stated - counts)


@each
def test_no_word_judges(record: Edition, path: Path) -> None:
    for scene in scenes(record, path):
        words = A_CLAIM.sub("", f"{scene.title} {scene.text}")
        assert LOADED.search(words) is None, scene.title


@each
def test_scenes_that_show_one_warring_side_alone_are_as_many_for_each(
    record: Edition, path: Path
) -> None:
    asked = [scene.selection.sides or None for scene in scenes(record, path)]
    shown = [set(kept(record, scene)["side"]) for scene in scenes(record, path)]
    alone = {side: shown.count({side}) for side in WARRING_SIDES}
    # Two of Russia's: its ministry has a scene, and its ministry beside Wagner another.
    assert alone == {"ukraine": 1, "russia": 2}
    assert asked.count(frozenset({"ukraine"})) == 1
