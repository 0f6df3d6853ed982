"""A claim in words keeps its hedges, and says what it does not state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cartography.symbols import BOUND_WORDS, PRECISION_WORDS
from cartography.wording import (
    BLOCK,
    EXTENT_CAVEATS,
    QUANTITY_WORDS,
    VERBS,
    claim_words,
    extent_notes,
    extent_title,
    number_words,
)
from claims.model import BOUNDS, COLUMN_NAMES, KINDS, QUANTITIES, STANCES
from claims.shapes import EXTENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from cartography.edition import Edition

    OpenRows = Callable[..., Edition]

RUSSIA = {"side": "russia", "favours": "russia", "organisation": "Russian Ministry of Defence"}
UNPLACED = {
    **dict.fromkeys(("place", "latitude", "longitude", "geometry_basis"), ""),
    "location_precision": "unplaced",
}


def words_of(edition: Edition, claim: int = 0) -> dict[str, Any]:
    return claim_words(edition, claim // BLOCK)[claim % BLOCK]


def notes_of(edition: Edition) -> list[dict[str, Any]]:
    return extent_notes(edition.claims, edition.shapes)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2.0, "2"),
        (0.57, "0.57"),
        (26_000.0, "26,000"),
        (95.0, "95"),
        (0.0, "0"),
        (100.0, "100"),
        (1_234.5, "1,234.5"),
        (10_000_000.0, "10,000,000"),
    ],
)
def test_a_number_is_written_as_people_do(value: float, words: str) -> None:
    assert number_words(value) == words


def test_every_quantity_has_its_title_and_every_extent_its_caveat() -> None:
    assert tuple(QUANTITY_WORDS) == QUANTITIES
    assert set(EXTENT_CAVEATS) == set(EXTENTS)


def test_a_claim_says_when_it_was_said_and_when_the_event_is_said_to_have_been(
    open_rows: OpenRows,
) -> None:
    days = {"event_start": "2023-05-08", "event_end": "2023-05-12", "time_precision": "week"}
    claim = words_of(open_rows(days))
    assert claim["said"] == "12 May 2023"
    assert claim["when"] == "said 12 May 2023 · event 8\N{EN DASH}12 May 2023"


def test_an_unknown_day_of_the_event_is_said_to_be_unknown(open_rows: OpenRows) -> None:
    when = words_of(open_rows({}))["when"]
    assert when == "said 12 May 2023 · day of the event not stated"


def test_where_tells_the_place_and_how_precise_it_is(open_rows: OpenRows) -> None:
    edition = open_rows({}, UNPLACED, {"location_precision": ""})
    assert words_of(edition, 0)["where"] == "Bakhmut · settlement"
    assert words_of(edition, 1)["where"] == "place not stated · not placed"
    assert words_of(edition, 2)["where"] == f"Bakhmut · {PRECISION_WORDS['']}"
    assert "unknown" in PRECISION_WORDS[""]


@pytest.mark.parametrize("bound", ["", *BOUNDS])
def test_the_hedge_of_a_number_comes_with_the_claim(open_rows: OpenRows, bound: str) -> None:
    edition = open_rows({"advance_km": "2", "bound": bound})
    assert words_of(edition)["hedge"] == BOUND_WORDS[bound]
    (note,) = notes_of(edition)
    expected = {
        "": "2 km advance",
        "exact": "2 km advance",
        "at_least": "At least 2 km advance",
        "up_to": "Up to 2 km advance",
        "about": "About 2 km advance",
        "under": "Under 2 km advance",
    }
    assert note["title"] == expected[bound]


def test_a_claim_says_how_it_is_drawn_and_what_the_drawing_does_not_know(
    open_rows: OpenRows,
) -> None:
    front = {"front_km": "95", "geometry_id": "soledar-sector", "location_precision": "sector"}
    edition = open_rows(
        {},
        {"advance_km": "2"},
        {"advance_km": "0.57", "bearing_deg": "270"},
        front,
        {"geometry_id": "bakhmut-north-flank", "location_precision": "sector"},
        {"location_uncertainty_m": "4000"},
    )
    assert [words_of(edition, i)["drawn"] for i in range(6)] == [
        "",
        "drawn as a ring of 2 km, direction not stated",
        "drawn as a fan of 0.57 km",
        "drawn as 95 km along the sector, end points not stated",
        "drawn as an area, outline generalised",
        "",
    ]


def test_a_front_that_could_not_be_drawn_is_not_said_to_be_drawn(open_rows: OpenRows) -> None:
    edition = open_rows({"front_km": "2000", "geometry_id": "soledar-sector"})
    assert words_of(edition)["drawn"] == ""
    assert notes_of(edition) == []


def test_the_words_are_plain_text_exactly_as_the_record_has_them(open_rows: OpenRows) -> None:
    evil = "<img src=x onerror=alert(1)> {{7*7}} ${1} **bold** ![x](http://x)"
    edition = open_rows({"statement": evil, "claimant": evil, "note": evil, "place": evil})
    claim = words_of(edition)
    assert (claim["statement"], claim["claimant"], claim["note"]) == (evil, evil, evil)
    assert claim["where"].startswith(evil)


def test_an_admission_is_marked_whatever_its_stance(open_rows: OpenRows) -> None:
    edition = open_rows({}, {**RUSSIA, "favours": "ukraine"}, {**RUSSIA, "stance": "denies"})
    assert [words_of(edition, i)["admission"] for i in range(3)] == [False, True, False]


def test_words_come_in_blocks_and_every_claim_once(open_rows: OpenRows) -> None:
    edition = open_rows(*[{"note": str(number)} for number in range(BLOCK + 2)])
    first, second, third = (claim_words(edition, block) for block in range(3))
    assert (len(first), len(second), len(third)) == (BLOCK, 2, 0)
    assert [claim["index"] for claim in (*first, *second)] == list(range(BLOCK + 2))
    assert second[1]["note"] == str(BLOCK + 1)


def test_words_and_notes_can_be_sent_as_json(real: Edition) -> None:
    words = claim_words(real, 0)
    assert json.loads(json.dumps(words, allow_nan=False)) == words
    notes = extent_notes(real.claims, real.shapes)
    assert json.loads(json.dumps(notes, allow_nan=False)) == notes


def test_no_words_of_the_record_say_none_or_nan(real: Edition) -> None:
    for claim in claim_words(real, 0):
        for name, value in claim.items():
            assert value is not None, name
            assert str(value).casefold() not in {"nan", "<na>", "none"}, name


def test_the_title_of_the_front_tells_the_attacks_and_its_length(real: Edition) -> None:
    titles = {note["title"]: note["caveat"] for note in extent_notes(real.claims, real.shapes)}
    assert titles == {
        "26 attacks repelled along 95 km": "end points not stated",
        "2 km advance": "direction not stated",
    }


@pytest.mark.parametrize(
    ("kind", "changes", "title"),
    [
        ("line", {"front_km": 95.0, "bound": "about"}, "Advance along about 95 km"),
        ("line", {"front_km": 95.0, "attacks": 1, "bound": "up_to"}, "Up to 1 advance along 95 km"),
        ("area", {"place": "Chasiv Yar", "kind": "control"}, "Control in Chasiv Yar"),
        ("area", {"place": "", "kind": "control"}, "Control"),
        ("fan", {"advance_km": 2.0, "kind": "attack_repelled"}, "2 km attacks repelled"),
        ("ring", {"advance_km": 2.0, "kind": "withdrawal"}, "2 km withdrawal"),
    ],
)
def test_a_title_keeps_hedge_number_and_the_place_s_capitals(
    kind: str, changes: dict[str, object], title: str
) -> None:
    claim = dict.fromkeys(COLUMN_NAMES) | {"kind": "advance", "bound": ""} | changes
    assert extent_title(claim, kind) == title


@pytest.mark.parametrize("kind", KINDS)
def test_no_title_shows_a_code_of_the_record(kind: str) -> None:
    claim = dict.fromkeys(COLUMN_NAMES) | {"kind": kind, "bound": "", "advance_km": 2.0}
    assert "_" not in extent_title(claim, "ring")


def test_voices_of_one_extent_share_one_note(open_rows: OpenRows) -> None:
    ring = {"advance_km": "2"}
    edition = open_rows(ring, {**ring, **RUSSIA, "stance": "confirms"})
    (note,) = notes_of(edition)
    assert note["owners"] == 2


def test_a_circle_of_doubt_has_no_note_because_no_claim_states_it(open_rows: OpenRows) -> None:
    edition = open_rows({"location_uncertainty_m": "4000"})
    assert [shape.kind for shape in edition.shapes] == ["doubt"]
    assert notes_of(edition) == []


def test_every_stance_has_its_neutral_verb() -> None:
    others = {stance: stance for stance in ("confirms", "denies", "doubts")}
    assert {**others, "asserts": "says", "cannot_confirm": "cannot confirm"} == VERBS
    assert list(VERBS) == list(STANCES)
