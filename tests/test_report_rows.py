"""The rows of the news report of 12 May 2023: they stay as they were first published."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from typing import Final

from claims.model import NOT_PLACED, OPPOSING, SUPPORTING, WARRING_SIDES
from tests.report import DATA, is_of_the_report

with (DATA / "events.csv").open(encoding="utf-8", newline="") as _file:
    ROWS: Final = [row for row in csv.DictReader(_file) if is_of_the_report(row)]
BY_ID: Final = {row["claim_id"]: row for row in ROWS}
AS_PUBLISHED: Final = "a0f425672e9c80dc3acc5c16bc19252e0d072cc3c667eb1b5c5020e96bc3e129"
"""SHA-256 of the 26 rows, cells parted by the unit separator and rows by line feeds."""

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


def rows_of(topic: str) -> list[dict[str, str]]:
    """Give the claims of one topic."""
    return [row for row in ROWS if row["topic"] == topic]


def test_the_26_rows_of_the_report_stand_unchanged_and_first_in_the_file() -> None:
    text = "\n".join("\x1f".join(row.values()) for row in ROWS)
    assert len(ROWS) == len(BY_ID) == 26
    assert hashlib.sha256(text.encode()).hexdigest() == AS_PUBLISHED
    with (DATA / "events.csv").open(encoding="utf-8", newline="") as file:
        first = [row["claim_id"] for row in csv.DictReader(file)][:26]
    assert first == list(BY_ID)


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
