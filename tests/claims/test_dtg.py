"""Date-time groups and local time say the moment, and no hour that nobody stated."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.dtg import date_time_group, kyiv_offset, local_time_words


@pytest.mark.parametrize(
    ("text", "group", "local"),
    [
        ("2023-05-12T12:00:00Z", "121200ZMAY23", "12 May 2023, 15:00 (UTC+3)"),
        ("2023-05-12T01:30+03:00", "112230ZMAY23", "12 May 2023, 01:30 (UTC+3)"),
        ("2023-01-05T23:59+00:00", "052359ZJAN23", "6 January 2023, 01:59 (UTC+2)"),
        ("2023-05-12", "12MAY23", "12 May 2023"),
        ("2023-05-12T12:00", "", ""),
        ("9999-12-31T23:59-12:00", "", ""),
        ("yesterday", "", ""),
        ("", "", ""),
    ],
)
def test_a_moment_is_written_both_ways(text: str, group: str, local: str) -> None:
    assert (date_time_group(text), local_time_words(text)) == (group, local)


@given(st.datetimes(datetime(1997, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_kyivs_clock_agrees_with_the_table_of_time_zones(moment: datetime) -> None:
    assert kyiv_offset(moment) == moment.astimezone(ZoneInfo("Europe/Kiev")).utcoffset()
