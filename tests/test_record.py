"""What the whole record must be: form, words, numbers, days, places and grades of every row."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from claims.load import load_record
from claims.model import (
    COLUMN_NAMES,
    COLUMNS,
    NOT_PLACED,
    QUANTITIES,
    QUOTE_MAX_WORDS,
    SUPPORTING,
    WARRING_SIDES,
    Column,
)
from claims.standing import standings
from tests.report import DATA, is_of_the_report

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str]

BYTES: Final = (DATA / "events.csv").read_bytes()
ROWS: Final = list(csv.DictReader(BYTES.decode("utf-8").splitlines()))
RESEARCHED: Final = [row for row in ROWS if not is_of_the_report(row)]
TOPICS: Final = defaultdict(list)
for _row in ROWS:
    TOPICS[_row["topic"]].append(_row)

FIRST_DAY, LAST_DAY = date(2023, 1, 1), date(2023, 6, 30)
VERBS: Final = re.compile(r"\b(says?|den(y|ies)|confirms?|reports?|asks?|cannot confirm)\b")
LOADED: Final = re.compile(
    r"\b(terroris\w*|invader\w*|occup\w*|regimes?|liberat\w*|hero\w*|mercenar\w*|massacr\w*"
    r"|rout(ed|s)?|brutal\w*|enem(y|ies)|blood\w*|massive\w*|eliminat\w*|aggress\w*|atroc\w*"
    r"|hordes?|orcs?|puppets?|nazis?|illegal\w*|flee\w*|fled|collaps\w*|humiliat\w*|besieged"
    r"|heav(y|ily)|admit\w*|conced\w*|boast\w*|insist\w*|claims|claimed|alleg\w*|lie[sd]?|lying"
    r"|only|even|so-called|self-proclaimed|hard-won|militants?|traitor\w*|coward\w*"
    r"|special (military )?operation|artyomovsk|kiev)\b",
    re.IGNORECASE,
)
CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
RECORDED_SENTENCES: Final = frozenset(
    (DATA.parent / "tests" / "excerpts.sha256").read_text("ascii").split()
)
"""First 12 digits of the SHA-256 of every passage seen on a page while the rows were researched,
whole and by sentences of six words or more: what stands there is not to be repeated here."""

SECTOR_M: Final = {
    "city": 10_000,
    "town": 10_000,
    "village": 5_000,
    "landmark": 3_000,
    "water": 4_000,
}
"""Radius of doubt of what is said to be near a place, by its kind, as data/README.md says."""


def given(row: Row, *columns: str) -> list[str]:
    """Give the cells of the columns that are not blank."""
    return [row[column] for column in columns if row[column]]


def features(name: str) -> list[dict[str, Any]]:
    """Read the features of a file of `data/geo`."""
    text = (DATA / "geo" / f"{name}.geojson").read_text("utf-8")
    found: list[dict[str, Any]] = json.loads(text)["features"]
    return found


def words_of(text: str) -> str:
    """Give the bare words of a text as they were hashed."""
    return " ".join(re.findall(r"\w+", text.casefold()))


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    record = load_record(DATA / "events.csv", geo=DATA / "geo")
    assert record.problems == ()
    return record.claims


def test_the_file_is_utf8_without_bom_with_line_feeds_and_one_final_newline() -> None:
    assert not BYTES.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in BYTES
    assert BYTES.endswith(b"\n")
    assert not BYTES.endswith(b"\n\n")


def test_the_header_is_the_models_columns_in_order_and_no_row_is_ragged() -> None:
    table = list(csv.reader(BYTES.decode("utf-8").splitlines(), strict=True))
    assert tuple(table[0]) == COLUMN_NAMES
    assert {len(row) for row in table} == {len(COLUMN_NAMES)}


def test_the_record_is_as_large_as_it_promises(claims: pd.DataFrame) -> None:
    table = standings(claims)
    admissions = [
        row
        for row in ROWS
        if row["side"] in WARRING_SIDES and row["favours"] not in {row["side"], "neither"}
    ]
    assert len(ROWS) >= 400
    assert len(table) >= 110
    assert (table["standing"] == "contested").sum() >= 40
    assert len(admissions) >= 60
    assert {row["side"] for row in admissions} == set(WARRING_SIDES)


def test_it_spans_january_to_june_2023_and_is_dense_in_may() -> None:
    months = Counter(row["said_on"][:7] for row in ROWS)
    assert sorted(months) == [f"2023-0{month}" for month in range(1, 7)]
    assert months["2023-05"] > len(ROWS) / 2


def test_both_sides_have_room_and_third_parties_too() -> None:
    sides = Counter(row["side"] for row in ROWS)
    assert 0.75 <= sides["ukraine"] / sides["russia"] <= 1.33
    assert sides["third_party"] >= len(ROWS) / 10


def test_every_claim_has_its_own_name_which_tells_side_and_day() -> None:
    assert len({row["claim_id"] for row in ROWS}) == len(ROWS)
    prefixes = {"ukraine": "ua-", "russia": "ru-", "third_party": "tp-"}
    for row in RESEARCHED:
        assert row["claim_id"].startswith(prefixes[row["side"]])
        assert row["claim_id"].endswith(row["said_on"])


def test_no_two_claims_say_the_same_sentence() -> None:
    assert max(Counter(row["statement"] for row in ROWS).values()) == 1


def test_a_topic_has_one_proposition_and_a_proposition_one_topic() -> None:
    pairs = {(row["topic"], row["proposition"]) for row in ROWS}
    assert len(pairs) == len({topic for topic, _ in pairs}) == len({text for _, text in pairs})


def test_a_proposition_is_one_sentence_that_names_its_year_and_its_topic_ends_in_a_day() -> None:
    for topic, rows in TOPICS.items():
        proposition = rows[0]["proposition"]
        assert re.search(r"\b202[23]\b", proposition) or is_of_the_report(rows[0]), topic
        assert proposition.endswith(".")
        assert ". " not in proposition
        assert re.search(r"-2023-\d\d(-\d\d)?$", topic), topic


def test_a_topic_speaks_of_one_kind_of_event_and_of_one_actor() -> None:
    for topic, rows in TOPICS.items():
        # The report's "recaptured" is a capture to the advance of the others.
        kinds = {row["kind"] for row in rows if not is_of_the_report(row)}
        assert len(kinds) <= 1, topic
        assert len({row["actor"] for row in rows} - {""}) <= 1, topic


@pytest.mark.parametrize("column", COLUMNS, ids=COLUMN_NAMES)
def test_every_cell_keeps_to_its_columns_kind_vocabulary_and_range(column: Column) -> None:
    cells = [row[column.name] for row in ROWS]
    assert cells == [cell.strip() for cell in cells]
    assert all(cells) or not column.required
    for cell in filter(None, cells):
        assert not column.allowed or cell in column.allowed
        assert column.kind != "slug" or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell)
        assert column.kind != "whole" or cell.isdecimal()
        if column.low is not None and column.high is not None:
            assert column.low <= float(cell) <= column.high


def test_every_day_is_an_iso_date_and_no_event_ends_after_it_was_told() -> None:
    for row in ROWS:
        said = date.fromisoformat(row["said_on"])
        assert FIRST_DAY <= said <= LAST_DAY
        days = [date.fromisoformat(day) for day in given(row, "event_start", "event_end")]
        assert [*days, said] == sorted([*days, said]), row["claim_id"]


def test_a_time_precision_stands_exactly_where_the_event_has_days() -> None:
    for row in ROWS:
        assert len(given(row, "event_start", "event_end", "time_precision")) in {0, 3}


def test_every_quote_is_short_and_bare_of_quotation_marks() -> None:
    quotes = [row["quote"] for row in ROWS if row["quote"]]
    assert len(quotes) >= 150
    assert max(len(quote.split()) for quote in quotes) <= QUOTE_MAX_WORDS
    assert not re.search('["\N{LEFT DOUBLE QUOTATION MARK}\u00ab]', " ".join(quotes))


def test_a_quote_in_cyrillic_has_its_translation_in_the_note() -> None:
    foreign = [row for row in ROWS if CYRILLIC.search(row["quote"])]
    assert foreign
    for row in foreign:
        assert "Translation:" in row["note"], row["claim_id"]


def test_every_statement_is_one_sentence_that_names_its_speaker_and_a_neutral_verb() -> None:
    for row in ROWS:
        speaker = re.sub(r" \(.*\)", "", row["claimant"]).casefold()
        statement = row["statement"].casefold()
        assert speaker in statement or speaker.split()[-1] in statement, row["claim_id"]
        assert VERBS.search(row["statement"]), row["claim_id"]
        assert row["statement"].endswith(".")
        assert ". " not in row["statement"]


@pytest.mark.parametrize("column", ["statement", "proposition", "role", "organisation", "place"])
def test_our_own_words_hold_none_that_judges(column: str) -> None:
    found = {row["claim_id"]: hit.group() for row in ROWS if (hit := LOADED.search(row[column]))}
    assert found == {}


def test_no_sentence_of_ours_is_one_of_the_pages_the_rows_were_researched_on() -> None:
    assert len(RECORDED_SENTENCES) > 500
    for row in RESEARCHED:
        for column in ("statement", "proposition", "note"):
            for sentence in (row[column], *re.split(r"(?<=[.!?])\s+", row[column])):
                digest = hashlib.sha256(words_of(sentence).encode()).hexdigest()[:12]
                assert digest not in RECORDED_SENTENCES, (row["claim_id"], sentence)


def test_an_organisation_speaks_for_one_side_and_a_speaker_for_one_organisation_a_day() -> None:
    sides, employers = defaultdict(set), defaultdict(set)
    for row in ROWS:
        sides[row["organisation"]].add(row["side"])
        employers[row["claimant"], row["said_on"]].add(row["organisation"])
    assert {name: found for name, found in sides.items() if len(found) > 1} == {}
    assert {name: found for name, found in employers.items() if len(found) > 1} == {}


def test_placed_claims_lie_in_the_area_and_the_others_have_no_position() -> None:
    for row in ROWS:
        cells = given(row, "latitude", "longitude", "location_uncertainty_m", "geometry_basis")
        if row["location_precision"] in NOT_PLACED:
            assert cells == []
            assert row["geometry_id"] == ""
            continue
        assert len(cells) == 4, row["claim_id"]
        assert 47.9 <= float(row["latitude"]) <= 49.2
        assert 37 <= float(row["longitude"]) <= 39


def test_a_claim_in_an_area_stands_at_the_areas_point_and_is_as_doubtful_as_it_is_wide() -> None:
    areas = {f["properties"]["id"]: f["properties"] for f in features("sectors")}
    in_areas = [row for row in ROWS if "point" in areas.get(row["geometry_id"], {})]
    assert len(in_areas) >= 50
    for row in in_areas:
        area = areas[row["geometry_id"]]
        assert [float(row["longitude"]), float(row["latitude"])] == area["point"], row["claim_id"]
        assert float(row["location_uncertainty_m"]) == area["uncertainty_m"]
        assert row["location_precision"] in {"sector", "part_of_settlement"}
        assert row["geometry_basis"] == "digitised"


def test_every_other_position_is_the_gazetteers_for_a_place_the_claim_names() -> None:
    gazetteer = {
        (f["geometry"]["coordinates"][0], f["geometry"]["coordinates"][1]): f["properties"]
        for f in features("places")
    }
    areas = {f["properties"]["id"] for f in features("sectors") if "point" in f["properties"]}
    for row in ROWS:
        if row["location_precision"] in NOT_PLACED or row["geometry_id"] in areas:
            continue
        place = gazetteer[float(row["longitude"]), float(row["latitude"])]
        names = " ".join([place["name"], *place["other_names"]]).casefold()
        words = [word for word in re.findall(r"[\w'-]+", names) if len(word) > 3 or word == "sil"]
        told = any(word in row["place"].casefold() for word in words)
        assert told, (row["claim_id"], row["place"], place["name"])
        radius = float(row["location_uncertainty_m"])
        if row["geometry_id"]:
            assert row["geometry_id"] == "soledar-sector"
        elif row["location_precision"] == "sector":
            assert radius == SECTOR_M[str(place["kind"])], row["claim_id"]
        else:
            assert radius == place["uncertainty_m"], row["claim_id"]


def test_a_hedge_stands_exactly_where_one_number_stands() -> None:
    for row in ROWS:
        count = len(given(row, *QUANTITIES))
        assert count or not row["bound"], row["claim_id"]
        assert count != 1 or row["bound"], row["claim_id"]


def test_the_numbers_of_both_sides_stand_side_by_side_in_some_week() -> None:
    sides = defaultdict(set)
    for row in ROWS:
        for name in given(row, "advance_km", "losses"):
            week = date.fromisoformat(row["said_on"]).isocalendar().week
            sides["losses" if name == row["losses"] else "advance", week].add(row["side"])
    both = [key for key, found in sides.items() if set(WARRING_SIDES) <= found]
    assert {kind for kind, _ in both} == {"advance", "losses"}


def test_every_grade_follows_the_rule_of_the_readme(claims: pd.DataFrame) -> None:
    agreed = standings(claims).query("standing == 'agreed'")
    firm = set()
    for topic in agreed.index:
        voices = {
            (r["organisation"], r["side"]) for r in TOPICS[topic] if r["stance"] in SUPPORTING
        }
        if len({name for name, _ in voices}) >= 3 and {s for _, s in voices} >= set(WARRING_SIDES):
            firm.add(topic)
    assert firm
    for row in ROWS:
        supports = row["topic"] in firm and row["stance"] in SUPPORTING
        graded = supports and row["source_url"] and not is_of_the_report(row)
        unconfirmed = "not confirmed" in row["note"].casefold()
        wanted = "2" if graded and not unconfirmed else "6"
        assert (row["source_reliability"], row["information_credibility"]) == ("F", wanted), row


def test_every_researched_row_links_the_page_it_was_seen_on() -> None:
    for row in RESEARCHED:
        assert row["source_url"].startswith(("http://", "https://")), row["claim_id"]
        assert row["outlet"]
