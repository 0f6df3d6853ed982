"""The numbers of different speakers stand side by side, week by week."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from cartography import numbers
from cartography.numbers import numbers_by_week

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from cartography.edition import Edition

    OpenRows = Callable[..., Edition]

RUSSIA = {
    "side": "russia",
    "favours": "russia",
    "organisation": "Russian Ministry of Defence",
    "claimant": "Igor Konashenkov",
}
OTHER = {"topic": "losses", "proposition": "Many were lost.", "kind": "losses"}
MAY_8_TO_14 = "8\N{EN DASH}14 May 2023"


def everything(edition: Edition) -> np.ndarray:
    return np.ones(len(edition.claims), dtype=bool)


def figures(quantity: dict[str, Any]) -> dict[str, list[list[tuple[int, str, float]]]]:
    return {week["when"]: week["rows"] for week in quantity["weeks"]}


def test_the_numbers_of_a_week_stand_side_by_side_against_the_highest(
    open_rows: OpenRows,
) -> None:
    edition = open_rows(
        {"advance_km": "2", "bound": "exact"},
        {**RUSSIA, "advance_km": "0.5", "bound": "up_to"},
        {**OTHER, "losses": "26000", "bound": "about"},
    )
    panel: dict[str, Any] = numbers_by_week(edition, everything(edition))
    advance, losses = panel["quantities"]
    assert advance["title"] == "Length of the advance, kilometres"
    assert (advance["highest"], advance["count"]) == ("2", 2)
    assert figures(advance) == {MAY_8_TO_14: [[(0, "2", 1.0), (1, "0.5", 0.25)]]}
    assert figures(losses) == {MAY_8_TO_14: [[(2, "26,000", 1.0)]]}
    assert panel["weeksGo"] == "by the day of saying"


def test_each_proposition_has_its_own_row_in_each_week(open_rows: OpenRows) -> None:
    other = {"topic": "another-advance", "advance_km": "4"}
    before = {"advance_km": "1", "said_on": "2023-05-07"}
    edition = open_rows({"advance_km": "2"}, other, before)
    panel: dict[str, Any] = numbers_by_week(edition, everything(edition))
    (quantity,) = panel["quantities"]
    assert figures(quantity) == {
        "1\N{EN DASH}7 May 2023": [[(2, "1", 0.25)]],
        MAY_8_TO_14: [[(0, "2", 0.5)], [(1, "4", 1.0)]],
    }
    assert [week["when"] for week in quantity["weeks"]] == ["1\N{EN DASH}7 May 2023", MAY_8_TO_14]


def test_under_the_clock_of_events_the_weeks_go_by_the_last_day_of_the_event(
    open_rows: OpenRows,
) -> None:
    days = {"event_start": "2023-05-01", "event_end": "2023-05-08", "time_precision": "day"}
    edition = open_rows({"advance_km": "2", **days, "said_on": "2023-05-15"}, {"advance_km": "1"})
    panel: dict[str, Any] = numbers_by_week(edition, everything(edition), "happened")
    (quantity,) = panel["quantities"]
    assert figures(quantity) == {
        "no day stated": [[(1, "1", 0.5)]],
        MAY_8_TO_14: [[(0, "2", 1.0)]],
    }
    assert panel["weeksGo"] == "by the day of the event"


def test_a_highest_number_of_nought_divides_nothing(open_rows: OpenRows) -> None:
    edition = open_rows({"losses": "0", "kind": "losses"})
    panel: dict[str, Any] = numbers_by_week(edition, everything(edition))
    (quantity,) = panel["quantities"]
    assert figures(quantity) == {MAY_8_TO_14: [[(0, "0", 0.0)]]}


def test_only_kept_numbers_are_shown(open_rows: OpenRows) -> None:
    edition = open_rows({"advance_km": "2"}, {"advance_km": "9"})
    panel: dict[str, Any] = numbers_by_week(edition, np.array([True, False]))
    (quantity,) = panel["quantities"]
    assert quantity["count"] == 1
    assert figures(quantity) == {MAY_8_TO_14: [[(0, "2", 1.0)]]}


def test_of_too_many_numbers_the_newest_go_by_the_clock_of_the_weeks(
    open_rows: OpenRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers, "MAX_NUMBERS", 1)
    late = {"event_start": "2023-05-09", "event_end": "2023-05-09", "said_on": "2023-05-10"}
    edition = open_rows({"losses": "9", "bound": "about"}, {"losses": "5", **late})
    for clock, newest in (("said", 0), ("happened", 1)):
        panel: dict[str, Any] = numbers_by_week(edition, everything(edition), clock)
        ((week,),) = [quantity["weeks"] for quantity in panel["quantities"]]
        assert [claim for claim, _, _ in week["rows"][0]] == [newest]


def test_of_too_many_numbers_the_newest_are_shown_and_all_are_counted(
    open_rows: OpenRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers, "MAX_NUMBERS", 2)
    days = ("2023-05-11", "2023-05-12", "2023-05-10")
    edition = open_rows(*[{"losses": "9", "bound": "about", "said_on": day} for day in days])
    panel: dict[str, Any] = numbers_by_week(edition, everything(edition))
    [losses] = panel["quantities"]
    assert (losses["count"], losses["shown"]) == (3, 2)
    figures = [claim for week in losses["weeks"] for row in week["rows"] for claim, _, _ in row]
    assert sorted(figures) == [0, 1]


def test_a_record_of_no_claims_has_no_numbers(open_rows: OpenRows) -> None:
    edition = open_rows()
    assert numbers_by_week(edition, everything(edition))["quantities"] == []


def test_the_numbers_of_the_record_can_be_sent_as_json(real: Edition) -> None:
    panel = numbers_by_week(real, everything(real))
    assert panel["quantities"]
    json.dumps(panel, allow_nan=False)
