"""Days are counted from 1970-01-01 and written the same on every machine."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.days import (
    FIRST_DAY,
    LAST_DAY,
    day_from_iso,
    day_words,
    iso_from_day,
    span_words,
    week_of,
)

TWELFTH_OF_MAY = 19_489


def test_the_twelfth_of_may_2023_is_day_19489() -> None:
    assert day_from_iso("2023-05-12") == TWELFTH_OF_MAY
    assert day_words(TWELFTH_OF_MAY) == "12 May 2023"


def test_the_first_of_january_1970_is_day_0() -> None:
    assert iso_from_day(0) == "1970-01-01"


@given(day=st.integers(FIRST_DAY, LAST_DAY))
def test_a_day_comes_back_from_its_date(day: int) -> None:
    assert day_from_iso(iso_from_day(day)) == day


@given(text=st.text(alphabet="0123456789-WT: ٣", max_size=12))
def test_only_a_long_iso_date_is_read_as_a_day(text: str) -> None:
    day = day_from_iso(text)
    assert day is None or iso_from_day(day) == text


@pytest.mark.parametrize(
    "text", ["", "20230512", "2023-W19-5", "2023-5-12", "2023-02-29", "0000-01-01", "2023-05-12 "]
)
def test_other_texts_are_no_day(text: str) -> None:
    assert day_from_iso(text) is None


@pytest.mark.parametrize("day", [FIRST_DAY - 1, LAST_DAY + 1, 10**12])
def test_a_day_outside_the_calendar_is_refused_with_its_range(day: int) -> None:
    with pytest.raises(ValueError, match="years 1 to 9999"):
        iso_from_day(day)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2023-05-12", "2023-05-12", "12 May 2023"),
        ("2023-05-11", "2023-05-12", "11\N{EN DASH}12 May 2023"),
        ("2023-04-30", "2023-05-02", "30 April \N{EN DASH} 2 May 2023"),
        ("2022-12-30", "2023-01-02", "30 December 2022 \N{EN DASH} 2 January 2023"),
        ("2022-05-11", "2023-05-12", "11 May 2022 \N{EN DASH} 12 May 2023"),
        ("2023-05-03", "", "from 3 May 2023"),
        ("", "2023-05-12", "until 12 May 2023"),
        ("", "", "all days"),
    ],
)
def test_a_span_names_month_and_year_once_where_both_ends_share_them(
    first: str, last: str, words: str
) -> None:
    assert span_words(day_from_iso(first), day_from_iso(last)) == words


def test_month_names_are_english_whatever_the_locale() -> None:
    names = "January February March April May June July August September October November December"
    found = [day_words((date(2023, month, 1) - date(1970, 1, 1)).days) for month in range(1, 13)]
    assert found == [f"1 {name} 2023" for name in names.split()]


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        ("2023-05-08", "2023-05-08"),
        ("2023-05-12", "2023-05-08"),
        ("2023-05-14", "2023-05-08"),
        ("2023-05-15", "2023-05-15"),
        ("2023-01-01", "2022-12-26"),
        ("1970-01-01", "1969-12-29"),
        ("0001-01-01", "0001-01-01"),
    ],
)
def test_a_week_begins_on_its_monday(day: str, monday: str) -> None:
    number = day_from_iso(day)
    assert number is not None
    assert iso_from_day(week_of(number)) == monday
