"""What the first record must be: the rules and key facts of `data/events.csv`, as plain CSV."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from claims.model import (
    COLUMN_NAMES,
    COLUMNS,
    NOT_PLACED,
    OPPOSING,
    QUANTITIES,
    QUOTE_MAX_WORDS,
    SUPPORTING,
    WARRING_SIDES,
    Column,
)

DATA: Final = Path(__file__).parents[1] / "data"
BYTES: Final = (DATA / "events.csv").read_bytes()
ROWS: Final = list(csv.DictReader(BYTES.decode("utf-8").splitlines()))
BY_ID: Final = {row["claim_id"]: row for row in ROWS}

LINKED_OUTLETS: Final = {
    "https://www.pravda.com.ua/eng/news/2023/05/12/7401823/": "Ukrainska Pravda",
    "https://www.pravda.com.ua/eng/news/2023/05/12/7401873/": "Ukrainska Pravda",
    "https://www.pravda.com.ua/eng/news/2023/05/12/7401930/": "Ukrainska Pravda",
    "https://ca.sports.yahoo.com/news/ukraine-war-live-wagner-boss-070343394.html?src=rss": (
        "The Telegraph via Yahoo"
    ),
    "https://novayagazeta.eu/articles/2023/05/12/russian-military-bloggers-claim-ukrainian-"
    "counteroffensive-underway-russian-defence-ministry-denies-reports-russian-defences-"
    "breached-en-news": "Novaya Gazeta Europe",
    "https://kyivindependent.com/defense-ministry-confirms-ukrainian-advance-in-bakhmut-area": (
        "Kyiv Independent"
    ),
    "https://www.themoscowtimes.com/2023/05/12/wagner-chief-says-russian-army-fleeing-near-"
    "bakhmut-a81122": "The Moscow Times",
}
"""The only pages the record may link to: each carries the statement of its rows."""

VERBS: Final = re.compile(r"\b(says?|den(y|ies)|confirms?|reports?|asks?)\b")
LOADED: Final = re.compile(
    r"\b(terroris\w*|invader\w*|occup\w*|regime\w*|liberat\w*|hero\w*|mercenar\w*|massacr\w*"
    r"|rout(ed|s)?|brutal\w*|enem(y|ies)|blood\w*|massive\w*|eliminat\w*|aggress\w*|atroc\w*"
    r"|hordes?|puppets?|nazis?|illegal\w*|flee\w*|fled|collaps\w*|humiliat\w*|besieged|heav(y|ily)"
    r"|admit\w*|conced\w*|boast\w*|insist\w*|claims|claimed|alleg\w*|lie[sd]?|lying|only|even"
    r"|special military operation|artyomovsk|kiev)\b",
    re.IGNORECASE,
)


def rows_of(topic: str) -> list[dict[str, str]]:
    """Give the claims of one topic."""
    return [row for row in ROWS if row["topic"] == topic]


def given(row: dict[str, str], *columns: str) -> list[str]:
    """Give the cells of the columns that are not blank."""
    return [row[column] for column in columns if row[column]]


def test_the_file_is_utf8_without_bom_with_line_feeds_and_one_final_newline() -> None:
    assert not BYTES.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in BYTES
    assert BYTES.endswith(b"\n")
    assert not BYTES.endswith(b"\n\n")


def test_the_header_is_the_models_columns_in_order_and_no_row_is_ragged() -> None:
    table = list(csv.reader(BYTES.decode("utf-8").splitlines(), strict=True))
    assert tuple(table[0]) == COLUMN_NAMES
    assert {len(row) for row in table} == {len(COLUMN_NAMES)}


def test_the_report_gives_between_20_and_30_claims_each_with_its_own_name() -> None:
    assert 20 <= len(ROWS) <= 30
    assert len(BY_ID) == len(ROWS)


def test_no_two_claims_say_the_same_sentence() -> None:
    assert max(Counter(row["statement"] for row in ROWS).values()) == 1


def test_a_topic_has_one_proposition_and_a_proposition_one_topic() -> None:
    pairs = {(row["topic"], row["proposition"]) for row in ROWS}
    assert len(pairs) == len({topic for topic, _ in pairs}) == len({text for _, text in pairs})


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
        assert said in {date(2023, 5, 11), date(2023, 5, 12)}
        days = [date.fromisoformat(day) for day in given(row, "event_start", "event_end")]
        assert [*days, said] == sorted([*days, said]), row["claim_id"]


def test_a_time_precision_stands_exactly_where_the_event_has_days() -> None:
    for row in ROWS:
        assert len(given(row, "event_start", "event_end", "time_precision")) in {0, 3}


def test_every_quote_is_short_and_bare_of_quotation_marks() -> None:
    quotes = [row["quote"] for row in ROWS if row["quote"]]
    assert len(quotes) >= 10
    assert max(len(quote.split()) for quote in quotes) <= QUOTE_MAX_WORDS
    assert not re.search('["\N{LEFT DOUBLE QUOTATION MARK}\u00ab]', " ".join(quotes))


def test_every_statement_is_one_sentence_that_names_its_speaker_and_a_neutral_verb() -> None:
    for row in ROWS:
        speaker = re.sub(r" \(.*\)", "", row["claimant"])
        assert speaker.casefold() in row["statement"].casefold(), row["claim_id"]
        assert VERBS.search(row["statement"]), row["claim_id"]
        assert row["statement"].endswith(".")
        assert ". " not in row["statement"]


@pytest.mark.parametrize("column", ["statement", "proposition"])
def test_our_own_sentences_hold_no_word_that_judges(column: str) -> None:
    found = {row["claim_id"]: hit.group() for row in ROWS if (hit := LOADED.search(row[column]))}
    assert found == {}


def test_placed_claims_lie_in_the_area_and_the_others_have_no_position() -> None:
    for row in ROWS:
        cells = given(row, "latitude", "longitude", "location_uncertainty_m", "geometry_basis")
        if row["location_precision"] in NOT_PLACED:
            assert cells == []
            assert row["geometry_id"] == ""
            continue
        assert len(cells) == 4
        assert 48 <= float(row["latitude"]) <= 49.2
        assert 37 <= float(row["longitude"]) <= 39


def test_every_position_is_that_of_the_place_on_the_drawn_ground() -> None:
    features = json.loads((DATA / "geo" / "places.geojson").read_text("utf-8"))["features"]
    ground = {f["properties"]["name"]: f["geometry"]["coordinates"] for f in features}
    for row in ROWS:
        if row["latitude"]:
            name = row["place"].removesuffix(" sector")
            assert [float(row["longitude"]), float(row["latitude"])] == ground[name]


def test_a_hedge_stands_exactly_where_one_number_stands() -> None:
    for row in ROWS:
        assert bool(row["bound"]) == (len(given(row, *QUANTITIES)) == 1), row["claim_id"]


def test_reliability_and_credibility_cannot_be_judged_anywhere() -> None:
    assert {(r["source_reliability"], r["information_credibility"]) for r in ROWS} == {("F", "6")}


def test_only_known_pages_are_linked_and_their_outlet_is_named() -> None:
    linked = {row["source_url"]: row["outlet"] for row in ROWS if row["source_url"]}
    assert set(linked) == set(LINKED_OUTLETS)
    for url, outlet in linked.items():
        assert outlet.endswith(f"; {LINKED_OUTLETS[url]}")


def test_a_row_without_a_link_names_no_other_outlet_and_no_title() -> None:
    unlinked = [row for row in ROWS if not row["source_url"]]
    assert {row["outlet"] for row in unlinked} == {"AFP, EFE", "Not named"}
    assert {row["source_title"] for row in unlinked} == {""}


def test_the_deputy_ministers_rows_note_both_spellings_of_the_report() -> None:
    notes = [row["note"] for row in ROWS if row["claimant"] == "Hanna Maliar"]
    assert len(notes) == 3
    assert all("Ganna Maliar" in note and "Hanna Malyar" in note for note in notes)


def test_the_advance_of_two_kilometres_has_no_direction_and_a_week_of_days() -> None:
    row = BY_ID["ua-mod-maliar-advance-2km-2023-05-12"]
    assert [r["claim_id"] for r in ROWS if r["advance_km"]] == [row["claim_id"]]
    assert (row["advance_km"], row["bearing_deg"], row["time_precision"]) == ("2", "", "week")
    assert (row["event_start"], row["event_end"]) == ("2023-05-08", "2023-05-12")
    assert (row["place"], row["location_precision"]) == ("Bakhmut", "settlement")


def test_the_26_attacks_and_the_95_kilometres_stand_in_one_row_along_the_sector() -> None:
    row = BY_ID["ru-mod-26-attacks-repelled-soledar-2023-05-12"]
    assert [r["claim_id"] for r in ROWS if r["attacks"] or r["front_km"]] == [row["claim_id"]]
    assert (row["attacks"], row["front_km"]) == ("26", "95")
    assert (row["kind"], row["favours"]) == ("attack_repelled", "russia")
    assert (row["location_precision"], row["geometry_id"]) == ("sector", "soledar-sector")


def test_about_80_per_cent_of_the_city_is_the_agencies_word_and_favours_russia() -> None:
    row = BY_ID["agencies-city-share-80-2023-05-12"]
    assert (row["city_share_pct"], row["bound"], row["kind"]) == ("80", "about", "control")
    assert (row["side"], row["favours"]) == ("third_party", "russia")


def test_the_advance_is_asserted_by_ukraine_denied_by_the_ministry_and_confirmed_by_wagner() -> (
    None
):
    stances = defaultdict(set)
    for row in rows_of("ukrainian-advance-near-bakhmut-2023-05-12"):
        stances[row["organisation"]].add(row["stance"])
        assert row["favours"] == ("russia" if row["stance"] in OPPOSING else "ukraine")
    assert stances.pop("Russian Ministry of Defence") == {"denies"}
    assert stances.pop("Wagner Group") == {"confirms"}
    assert stances.pop("Ministry of Defence of Ukraine") == {"asserts"}
    assert set().union(*stances.values()) <= SUPPORTING


def test_the_admissions_are_those_of_prigozhin() -> None:
    warring = [row for row in ROWS if row["side"] in WARRING_SIDES]
    against = [row for row in warring if row["favours"] not in {row["side"], "neither"}]
    assert {row["claimant"] for row in against} == {"Yevgeny Prigozhin"}
    assert len(against) == 3


def test_correspondents_and_the_president_answer_each_other_and_are_not_placed() -> None:
    rows = rows_of("ukrainian-counteroffensive-begun-2023-05-11")
    assert {(row["side"], row["stance"]) for row in rows} == {
        ("russia", "asserts"),
        ("ukraine", "denies"),
    }
    assert {row["location_precision"] for row in rows} == {"unplaced"}
    assert {row["said_on"] for row in rows} == {"2023-05-11"}


def test_what_the_president_says_is_nowhere_pinned() -> None:
    rows = [row for row in ROWS if row["claimant"] == "Volodymyr Zelensky"]
    assert len(rows) == 6
    assert {row["location_precision"] for row in rows} <= NOT_PLACED
