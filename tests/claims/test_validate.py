"""Every rule of the record, one row at a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.model import BY_NAME, COLUMN_NAMES, COLUMNS
from claims.rules import RULES
from claims.validate import check_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claims.errors import Problem

    Row = dict[str, str]
    MakeRow = Callable[..., Row]
    MakeTable = Callable[[Sequence[Row]], pd.DataFrame]
    Check = Callable[..., list[tuple[int, str, str]]]

SECTORS = frozenset({"soledar-sector"})
RULE_OF_CLAUSE = {
    rule.must.format(
        low=f"{column.low or 0:g}",
        high=f"{column.high or 0:.0f}",
        allowed=", ".join(column.allowed),
    ): rule.name
    for rule in RULES
    for column in COLUMNS
}


def told(problems: Sequence[Problem]) -> list[tuple[int, str, str]]:
    """Say row, column and rule name of each problem."""
    return [(p.row, p.column, RULE_OF_CLAUSE[p.rule]) for p in problems]


@pytest.fixture
def check(make_row: MakeRow, make_table: MakeTable) -> Check:
    def ask(**changes: str) -> list[tuple[int, str, str]]:
        table = make_table([make_row(**changes)])
        return told(check_rows(table, np.array([2]), geometry_ids=SECTORS))

    return ask


def test_a_good_row_breaks_no_rule(check: Check) -> None:
    assert check() == []


def test_an_empty_table_breaks_no_rule(make_table: MakeTable) -> None:
    assert check_rows(make_table([]), np.array([], dtype=int), geometry_ids=SECTORS) == ()


ERRORS = {
    "a required cell left blank": ({"claimant": ""}, "claimant", "required"),
    "a speaker of zero-width characters": ({"claimant": "\u200b"}, "claimant", "required"),
    "a NUL in the text": ({"note": "a\x00b"}, "note", "valid_text"),
    "half a surrogate pair": ({"note": "a\ud800b"}, "note", "valid_text"),
    "capitals in a slug": ({"topic": "Advance"}, "topic", "slug"),
    "an unknown side": ({"side": "wagner"}, "side", "code"),
    "a misspelt hedge": ({"bound": "upto"}, "bound", "code"),
    "a decimal comma": ({"latitude": "48,5956"}, "latitude", "decimal_point"),
    "a comma in thousands": ({"losses": "1,000"}, "losses", "decimal_point"),
    "NaN": ({"latitude": "NaN"}, "latitude", "number"),
    "a number too large for any": ({"advance_km": "1e400"}, "advance_km", "number"),
    "infinity": ({"location_uncertainty_m": "inf"}, "location_uncertainty_m", "number"),
    "a unit": ({"advance_km": "2 km"}, "advance_km", "number"),
    "digits of another script": ({"advance_km": "٢"}, "advance_km", "number"),
    "a hexadecimal number": ({"advance_km": "0x10"}, "advance_km", "number"),
    "half an attack": ({"attacks": "26.5"}, "attacks", "whole_number"),
    "latitude 91": ({"latitude": "91"}, "latitude", "range"),
    "longitude 181": ({"longitude": "181"}, "longitude", "range"),
    "a negative doubt": ({"location_uncertainty_m": "-1"}, "location_uncertainty_m", "range"),
    "a huge doubt": ({"location_uncertainty_m": "1e9"}, "location_uncertainty_m", "range"),
    "101 per cent": ({"city_share_pct": "101"}, "city_share_pct", "range"),
    "day before month": ({"said_on": "13/02/2023"}, "said_on", "date_form"),
    "month before day": ({"said_on": "02/13/2023"}, "said_on", "date_form"),
    "a date of 8 digits": ({"said_on": "20230512"}, "said_on", "date_form"),
    "a line end after the date": ({"said_on": "2023-05-12\n"}, "said_on", "date_form"),
    "30 February": ({"event_start": "2023-02-30"}, "event_start", "date_exists"),
    "29 February in 2023": ({"event_start": "2023-02-29"}, "event_start", "date_exists"),
    "month 13": ({"event_start": "2023-13-02"}, "event_start", "date_exists"),
    "hour 24": ({"said_on": "2023-05-12T24:00Z"}, "said_on", "date_exists"),
    "an offset of 15 hours": ({"said_on": "2023-05-12T10:00+15:00"}, "said_on", "date_exists"),
    "a time without offset": ({"said_on": "2023-05-12T10:00"}, "said_on", "date_offset"),
    "the year 9999": ({"event_start": "9999-01-01"}, "event_start", "date_range"),
    "the year 0": ({"event_start": "0000-01-01"}, "event_start", "date_range"),
    "13 words of quote": ({"quote": "a b c d e f g h i j k l m"}, "quote", "quote_length"),
    "an unknown sector": ({"geometry_id": "moon"}, "geometry_id", "known_geometry"),
    "no latitude": ({"latitude": ""}, "latitude", "both_coordinates"),
    "no longitude": ({"longitude": ""}, "longitude", "both_coordinates"),
    "a settlement without coordinates": (
        {"latitude": "", "longitude": ""},
        "location_precision",
        "position_for_precision",
    ),
    "an end before the start": (
        {"event_start": "2023-05-11", "event_end": "2023-05-10"},
        "event_end",
        "event_order",
    ),
    "an end an hour before the start": (
        {"event_start": "2023-05-11T10:00+03:00", "event_end": "2023-05-11T06:00Z"},
        "event_end",
        "event_order",
    ),
}


@pytest.mark.parametrize(("changes", "column", "rule"), ERRORS.values(), ids=ERRORS.keys())
def test_a_row_is_left_out_for(
    changes: Row, column: str, rule: str, make_row: MakeRow, make_table: MakeTable
) -> None:
    problems = check_rows(make_table([make_row(**changes)]), np.array([7]), geometry_ids=SECTORS)
    assert (7, column, rule) in told(problems)
    assert any(p.severity == "error" for p in problems if p.column == column)


WARNINGS = {
    "an unknown optional code": (
        {"location_precision": "hamlet"},
        "location_precision",
        "optional_code",
    ),
    "a javascript address": ({"source_url": "javascript:alert(1)"}, "source_url", "web_address"),
    "a data address": ({"source_url": "data:text/html,x"}, "source_url", "web_address"),
    "a space in an address": ({"source_url": "https://a.org/ x"}, "source_url", "web_address"),
    "a direction override": ({"note": "abc\u202edef"}, "note", "visible_characters"),
    "a zero-width space": ({"place": "Bakh\u200bmut"}, "place", "visible_characters"),
    "a terminal's escape": ({"note": "\x1b[31mred"}, "note", "visible_characters"),
    "a look-alike letter": ({"place": "B\u0430khmut"}, "place", "one_script_a_word"),
    "a text of 100,001 characters": ({"note": "a" * 100_001}, "note", "cell_length"),
    "latitude and longitude 0": (
        {"latitude": "0", "longitude": "0.0"},
        "latitude",
        "not_null_island",
    ),
    "the north pole": ({"latitude": "90"}, "latitude", "not_edge_of_world"),
    "the antimeridian": ({"longitude": "-180"}, "longitude", "not_edge_of_world"),
    "coordinates of a region": (
        {"location_precision": "region"},
        "location_precision",
        "no_position_for_region",
    ),
    "an event two days after the words": (
        {"event_start": "2023-05-14", "event_end": ""},
        "event_start",
        "event_before_words",
    ),
}


@pytest.mark.parametrize(("changes", "column", "rule"), WARNINGS.values(), ids=WARNINGS.keys())
def test_a_row_is_kept_with_a_warning_for(
    changes: Row, column: str, rule: str, make_row: MakeRow, make_table: MakeTable
) -> None:
    problems = check_rows(make_table([make_row(**changes)]), np.array([7]), geometry_ids=SECTORS)
    assert told(problems) == [(7, column, rule)]
    assert problems[0].severity == "warning"


GOOD = {
    "blank precision": {"location_precision": ""},
    "a region without coordinates": {
        "location_precision": "region",
        "latitude": "",
        "longitude": "",
    },
    "a leap day": {"event_start": "2020-02-29"},
    "a time with offset": {"said_on": "2023-05-12T14:30:00.5+03:00"},
    "a time in UTC": {"said_on": "2023-05-12T14:30Z"},
    "the eve of the event": {"event_start": "2023-05-13", "event_end": ""},
    "12 words and a dash": {"quote": "a b c d e f — g h i j k l"},
    "12 words in Ukrainian": {
        "quote": "ми не втратили жодної позиції біля Бахмута за цей один тиждень нині"
    },
    "a whole number with a point": {"attacks": "26.0"},
    "a sector of the file": {"geometry_id": "soledar-sector"},
    "100,000 characters": {"note": "a" * 100_000},
    "names in Ukrainian": {"claimant": "Ганна Маляр", "organisation": "Міністерство оборони"},
    "an address with a path": {"source_url": "HTTPS://example.org:8080/a?b=c&d=%20#e"},
}


@pytest.mark.parametrize("changes", GOOD.values(), ids=GOOD.keys())
def test_no_fault_is_found_in(changes: Row, check: Check) -> None:
    assert check(**changes) == []


def test_all_faults_of_all_rows_are_told_at_once(make_row: MakeRow, make_table: MakeTable) -> None:
    rows = [make_row(side="", latitude="91"), make_row(), make_row(kind="battle")]
    problems = check_rows(make_table(rows), np.array([2, 3, 9]), geometry_ids=SECTORS)
    assert [(p.row, p.column) for p in problems] == [
        (2, "side"),
        (2, "latitude"),
        (9, "kind"),
    ]


def test_a_problem_says_where_what_why_and_what_to_do(
    make_row: MakeRow, make_table: MakeTable
) -> None:
    problems = check_rows(make_table([make_row(latitude="91")]), np.array([4]), geometry_ids=None)
    assert str(problems[0]) == (
        "row 4, column latitude: found '91', must be a number from -90 to 90."
        " Check the number and its unit against the source."
    )


def test_a_long_value_is_cut_to_80_characters(make_row: MakeRow, make_table: MakeTable) -> None:
    problems = check_rows(make_table([make_row(side="x" * 999)]), np.array([2]), geometry_ids=None)
    assert problems[0].found == "x" * 80


def test_half_a_surrogate_pair_is_told_as_it_stands(
    make_row: MakeRow, make_table: MakeTable
) -> None:
    table = make_table([make_row(), make_row(note="a\ud800")])
    problems = check_rows(table, np.array([2, 3]), geometry_ids=None)
    assert [(p.row, p.found) for p in problems] == [(3, "a\ud800")]


def test_a_repeated_claim_id_names_the_row_that_has_it_first(
    make_row: MakeRow, make_table: MakeTable
) -> None:
    table = make_table([make_row(claim_id="a"), make_row(claim_id="b"), make_row(claim_id="a")])
    problems = check_rows(table, np.array([2, 3, 5]), geometry_ids=None)
    assert told(problems) == [(5, "claim_id", "unique_claim_id")]
    assert problems[0].remedy.startswith("Row 2 has it first")


def test_repeats_are_found_among_thousands_of_rows(make_row: MakeRow) -> None:
    table = pd.DataFrame([make_row()] * 3_000, dtype="str")
    table["claim_id"] = [f"claim-{i}" for i in range(2_999)] + ["claim-7"]
    table["topic"] = [f"topic-{i}" for i in range(2_999)] + ["topic-8"]
    table.loc[2_999, "proposition"] = "Something else happened."
    problems = check_rows(table, np.arange(2, 3_002), geometry_ids=None)
    assert told(problems) == [
        (3_001, "claim_id", "unique_claim_id"),
        (3_001, "proposition", "one_proposition_a_topic"),
    ]
    assert [p.remedy.split()[1] for p in problems] == ["9", "10"]


def test_a_topic_with_two_propositions_names_the_first_row(
    make_row: MakeRow, make_table: MakeTable
) -> None:
    table = make_table([make_row(), make_row(proposition="Something else happened.")])
    problems = check_rows(table, np.array([2, 3]), geometry_ids=None)
    assert told(problems) == [(3, "proposition", "one_proposition_a_topic")]
    assert problems[0].remedy.startswith("Row 2 has the topic first")


def test_sectors_are_not_checked_when_none_are_given(
    make_row: MakeRow, make_table: MakeTable
) -> None:
    table = make_table([make_row(geometry_id="moon")])
    assert check_rows(table, np.array([2]), geometry_ids=None) == ()


def test_one_swapped_point_is_told_by_its_row(make_row: MakeRow, make_table: MakeTable) -> None:
    rows = [make_row(), make_row(), make_row(latitude="38.0005", longitude="48.5956")]
    problems = check_rows(make_table(rows), np.array([2, 3, 4]), geometry_ids=None)
    assert told(problems) == [(4, "latitude", "latitude_first")]


def test_a_file_of_swapped_points_is_told_once(make_row: MakeRow, make_table: MakeTable) -> None:
    rows = [make_row(latitude="38.0005", longitude="48.5956") for _ in range(9)]
    problems = check_rows(make_table(rows), np.arange(2, 11), geometry_ids=None)
    assert [(p.row, p.severity) for p in problems] == [(0, "warning")]
    assert problems[0].found == "9 of 9 values, such as 38.0005"


def test_points_elsewhere_in_the_world_are_not_called_swapped(check: Check) -> None:
    assert check(latitude="51.5", longitude="-0.1") == []


def test_the_table_is_not_changed(make_row: MakeRow, make_table: MakeTable) -> None:
    table = make_table([make_row(latitude="91", source_reliability="Z")])
    before = table.copy(deep=True)
    check_rows(table, np.array([2]), geometry_ids=SECTORS)
    pd.testing.assert_frame_equal(table, before)


def test_every_rule_has_its_own_name_and_known_columns() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(column in BY_NAME for rule in RULES for column in rule.columns)


def test_every_rule_on_cells_is_broken_by_a_row_of_these_tests() -> None:
    asked = {rule.name for rule in RULES if rule.fault is not None}
    single = {case[2] for case in (*ERRORS.values(), *WARNINGS.values())}
    several = {"unique_claim_id", "one_proposition_a_topic", "latitude_first"}
    assert asked == single | several


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=30), column=st.sampled_from(COLUMN_NAMES))
def test_no_text_in_any_column_breaks_the_checking_itself(text: str, column: str) -> None:
    table = pd.DataFrame([dict.fromkeys(COLUMN_NAMES, "") | {column: text}], dtype=object)
    problems = check_rows(table, np.array([2]), geometry_ids=SECTORS)
    assert all(p.found == "" or p.column == column for p in problems)


@settings(deadline=None, max_examples=30)
@given(day=st.dates())
def test_a_day_of_the_calendar_is_out_of_range_or_fine(day: object) -> None:
    row = dict.fromkeys(COLUMN_NAMES, "") | {"event_start": str(day)}
    table = pd.DataFrame([row], dtype=object)
    problems = check_rows(table, np.array([2]), geometry_ids=None)
    rules = {name for _, column, name in told(problems) if column == "event_start"}
    assert rules == (set() if 1970 <= int(str(day)[:4]) <= 2100 else {"date_range"})


def test_100_000_rows_are_checked_within_two_and_a_half_seconds(make_row: MakeRow) -> None:
    row = make_row()
    columns = {name: [row[name]] * 100_000 for name in COLUMN_NAMES}
    columns["claim_id"] = [f"claim-{i}" for i in range(100_000)]
    columns["statement"] = [
        f"Hanna Maliar says it, for the time number {i}." for i in range(100_000)
    ]
    columns["latitude"] = [f"{48 + i / 100_000:.5f}" for i in range(100_000)]
    table = pd.DataFrame(columns, dtype="str")
    start = time.process_time()
    assert check_rows(table, np.arange(2, 100_002), geometry_ids=SECTORS) == ()
    assert time.process_time() - start < 2.5
