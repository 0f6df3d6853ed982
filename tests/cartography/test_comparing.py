"""The list of two narrators holds each proposition once, and its numbers are the file's."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cartography import comparing
from cartography.comparing import compared, relation_marks
from cartography.drawing import shown_of
from cartography.edition import Edition, open_edition
from claims.briefing import read_briefing
from claims.comparison import BOTH, CONTRADICT, RELATIONS, compare, said_by

DATA = Path(__file__).parents[2] / "data"
SIDES = ("ukraine", "russia")
MAY_14 = 19_491


@pytest.fixture(scope="module")
def record() -> Edition:
    return open_edition(DATA / "events.csv", geo=DATA / "geo")


def listed(record: Edition, keep: np.ndarray, narrators: tuple[str, ...] = SIDES) -> dict[str, Any]:
    found = compare(record.claims, record.voices, narrators, MAY_14)
    told: dict[str, Any] = json.loads(json.dumps(compared(record, keep, found, MAY_14)))
    return told


def until_may_14(record: Edition) -> np.ndarray:
    return (record.claims["said_day"] <= MAY_14).to_numpy(dtype=bool)


def test_each_proposition_of_a_kept_claim_stands_in_one_of_the_groups(record: Edition) -> None:
    keep = until_may_14(record)
    told = listed(record, keep)
    own = keep & (said_by(record.claims, "ukraine") | said_by(record.claims, "russia"))
    assert [group["relation"] for group in told["groups"]] == list(RELATIONS)
    assert sum(group["count"] for group in told["groups"]) == record.claims["topic"][own].nunique()
    rows = [row for group in told["groups"] for row in group["rows"]]
    topics = [{record.voices.topic[claim] for said in row for claim in said} for row in rows]
    assert all(len(topic) == 1 for topic in topics)
    assert len(set.union(*topics)) == len(topics)


def test_each_column_holds_the_words_of_its_narrator_the_newest_first(record: Edition) -> None:
    told = listed(record, until_may_14(record), ("Wagner Group", "Russian Ministry of Defence"))
    groups = {group["relation"]: group["rows"] for group in told["groups"]}
    assert told["narrators"] == ["Wagner Group", "Russian Ministry of Defence"]
    assert all(said and not other for said, other in groups["only_first"])
    assert all(other and not said for said, other in groups["only_second"])
    for row in groups["contradict"] + groups["both"]:
        assert all(row)
    for row in (row for rows in groups.values() for row in rows):
        for said, narrator in zip(row, told["narrators"], strict=True):
            assert set(record.claims["organisation"].iloc[said]) <= {narrator}
            days = record.voices.said[said].tolist()
            assert days == sorted(days, reverse=True)


def test_the_headings_say_who_speaks_with_the_same_words_for_both(record: Edition) -> None:
    headings = [group["heading"] for group in listed(record, until_may_14(record))["groups"]]
    assert headings == ["They contradict", "Both say", "Only Ukraine says", "Only Russia says"]
    assert listed(record, until_may_14(record))["asOf"] == "What each says as of 14 May 2023"


def test_the_shipped_scene_on_single_voices_counts_as_its_line_says(record: Edition) -> None:
    path = DATA / "briefings" / "bakhmut_2023-05-08_14.toml"
    days = (record.first_day, record.last_day)
    briefing, _ = read_briefing(path, record.vocabulary, set(record.claims["claim_id"]), days)
    scene = briefing.scenes[7]
    told = listed(record, shown_of(record, scene).keep, scene.compare)
    assert "27 on Ukraine, 37 on Russia" in scene.text
    assert [group["count"] for group in told["groups"]] == [0, 0, 27, 37]


def test_the_note_counts_the_week_on_which_the_record_opens(record: Edition) -> None:
    assert record.opening
    said = record.voices.said
    keep = (said >= record.opening[0]) & (said <= record.opening[1])
    counts = [group["count"] for group in listed(record, keep)["groups"]]
    note = (DATA.parent / "docs" / "comparing.md").read_text(encoding="utf-8")
    own = int(np.count_nonzero(keep & ~said_by(record.claims, "third_party")))
    assert f"{own} claims are Ukrainian or Russian, on {sum(counts)} propositions" in note
    against, alike, first, second = counts
    assert f"on {against} the two contradict each other, on {alike} they say the same," in note
    assert f"{first} are Ukraine's alone and {second} Russia's" in note


def test_a_word_that_the_filters_leave_out_still_counts_and_is_named(record: Edition) -> None:
    keep = until_may_14(record)
    found = listed(record, keep)["groups"][0]["rows"][0]
    only_first = keep & said_by(record.claims, "ukraine")
    told = listed(record, only_first)
    assert found in told["groups"][0]["rows"]
    assert set(found[1]) <= set(told["outside"])
    assert not set(found[0]) & set(told["outside"])
    assert listed(record, np.zeros_like(keep))["groups"][0]["count"] == 0


def test_long_groups_are_cut_and_counted_whole(
    record: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = listed(record, until_may_14(record))["groups"][0]
    monkeypatch.setattr(comparing, "MAX_ROWS", 2)
    cut = listed(record, until_may_14(record))["groups"][0]
    assert cut["count"] == whole["count"] > 2
    assert cut["rows"] == whole["rows"][:2]


def test_of_many_words_one_of_the_other_kind_is_shown() -> None:
    way = np.array([0, 0, 0, 0, 1], dtype=np.int8)
    assert comparing._shown([0, 1, 2, 3], way) == [0, 1, 2]  # noqa: SLF001  (few real ones say both)
    assert comparing._shown([0, 1, 2, 3, 4], way) == [0, 1, 4]  # noqa: SLF001


def test_the_marks_say_of_every_topic_what_the_comparison_says(record: Edition) -> None:
    found = compare(record.claims, record.voices, SIDES, MAY_14)
    marks = relation_marks(found)
    for name, code in (("contradict", CONTRADICT), ("both", BOTH)):
        bits = np.frombuffer(base64.b64decode(marks[name]), dtype=np.uint8)
        of_topic = np.unpackbits(bits, count=len(found.relation), bitorder="little")
        assert (of_topic == (found.relation == code)).all()
    assert len(json.dumps(marks)) < 200
