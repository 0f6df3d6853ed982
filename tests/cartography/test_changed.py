"""What changed is listed by groups, each side with the same room, and what is left out is told."""

from __future__ import annotations

import base64
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cartography.changed import (
    MAX_CLAIMS,
    MAX_GONE,
    changes_csv,
    lighting,
    since_day,
    what_changed,
)
from cartography.edition import open_edition
from claims.changes import Changes, changes_since_day, changes_since_export
from claims.model import OPPOSING, STANDINGS
from claims.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from cartography.edition import Edition

    OpenRows = Callable[..., Edition]

DATA = Path(__file__).parents[2] / "data"
MAY_10, MAY_11, MAY_12 = 19_487, 19_488, 19_489
RUSSIA = {
    "side": "russia",
    "favours": "russia",
    "organisation": "Russian Ministry of Defence",
    "claimant": "Igor Konashenkov",
}
OTHER = {"topic": "losses", "proposition": "Many were lost.", "kind": "losses"}


@pytest.fixture(scope="module")
def whole() -> Edition:
    """Give the project's own record."""
    return open_edition(DATA / "events.csv", geo=DATA / "geo")


def since(edition: Edition, day: int, selection: Selection | None = None) -> Changes:
    asked = selection or Selection()
    keep = asked.keep(edition.claims, np.zeros(len(edition.claims), dtype=np.int8))
    return changes_since_day(
        edition.claims,
        edition.voices,
        edition.ledger,
        keep,
        since=day,
        as_of_day=asked.as_of_day(),
    )


def panel(edition: Edition, day: int, selection: Selection | None = None) -> dict[str, Any]:
    changes = since(edition, day, selection)
    return what_changed(edition, selection or Selection(), changes, since=day, export=None)


def groups(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {group["key"]: group for group in found["groups"]}


@pytest.fixture
def small(open_rows: OpenRows) -> Edition:
    """Give a record of four claims on 11 May and five on 12 May, on three propositions."""
    first = {"said_on": "2023-05-11"}
    return open_rows(
        {**first, "advance_km": "2", "bound": "exact"},
        {**first, **OTHER, "losses": "100", "bound": "about"},
        {**first, **OTHER, "organisation": "General Staff", "losses": "80", "bound": "about"},
        {**first, **OTHER, **RUSSIA, "stance": "cannot_confirm"},
        {**RUSSIA, "stance": "denies"},
        {**RUSSIA, "stance": "doubts", "organisation": "Wagner Group"},
        {**OTHER, "losses": "150", "bound": "at_least"},
        {**OTHER, "organisation": "General Staff", "losses": "80", "bound": "exact"},
        {"topic": "bridge", "proposition": "A bridge fell.", "stance": "doubts", **RUSSIA},
    )


def test_new_claims_and_denials_are_listed_by_proposition_and_counted_by_side(
    small: Edition,
) -> None:
    found = groups(panel(small, MAY_11))
    assert list(found) == ["claims", "denials", "standings", "numbers"]
    claims, denials = found["claims"], found["denials"]
    assert (claims["count"], claims["counts"], claims["more"]) == (5, [2, 3, 0], 0)
    assert claims["words"] == "1 proposition nobody had spoken to"
    assert {frozenset(row["claims"]) for row in claims["rows"]} == {
        frozenset({4, 5}),
        frozenset({6, 7}),
        frozenset({8}),
    }
    assert (denials["count"], denials["counts"]) == (3, [0, 3, 0])
    assert {frozenset(row["claims"]) for row in denials["rows"]} == {
        frozenset({4, 5}),
        frozenset({8}),
    }


def test_a_standing_that_changed_names_both_standings_and_who_turned_it(small: Edition) -> None:
    (row,) = groups(panel(small, MAY_11))["standings"]["rows"]
    assert small.claims["topic"].iloc[row["about"]] == "advance"
    assert [STANDINGS[row[when]] for when in ("before", "after")] == ["one_sided", "contested"]
    assert row["claims"] == [4, 5]
    assert (row["left"], row["outside"]) == (0, 0)


def test_who_turned_a_standing_from_outside_the_filters_is_counted_and_not_shown(
    small: Edition,
) -> None:
    ukraine = Selection(sides=frozenset({"ukraine"}))
    (row,) = groups(panel(small, MAY_11, ukraine))["standings"]["rows"]
    assert row["claims"] == []
    assert row["outside"] == 2


def test_a_number_that_moved_tells_from_what_to_what(small: Edition) -> None:
    (row,) = groups(panel(small, MAY_11))["numbers"]["rows"]
    assert row == {
        "quantity": "People lost",
        "claims": [6],
        "earlier": 1,
        "before": "100",
        "after": "150",
    }


def test_what_is_gone_is_told_only_of_an_export(small: Edition) -> None:
    keep = np.ones(len(small.claims), dtype=bool)
    ids = ["claim-0", "claim-1", "claim-2", "claim-3", *(f"gone-{n:03}" for n in range(300))]
    changes = changes_since_export(small.claims, small.voices, keep, ids)
    found = what_changed(small, Selection(), changes, since=0, export=len(ids))
    gone = groups(found)["gone"]
    assert gone["rows"] == [f"gone-{n:03}" for n in range(MAX_GONE)]
    assert (gone["count"], gone["more"]) == (300, 300 - MAX_GONE)
    assert groups(found)["claims"]["count"] == 5
    assert "The export holds 304 claims" in str(found["hint"])


def test_of_too_many_claims_the_newest_are_listed_and_the_rest_is_counted(whole: Edition) -> None:
    group = groups(panel(whole, whole.first_day - 1))["claims"]
    shown = [claim for row in group["rows"] for claim in row["claims"]]
    assert group["count"] == len(whole.claims)
    assert len(shown) == MAX_CLAIMS
    assert group["more"] == len(whole.claims) - MAX_CLAIMS
    assert max(whole.voices.said[shown]) == whole.last_day


def test_of_the_project_s_record_each_group_holds_what_a_plain_count_says(whole: Edition) -> None:
    selection = Selection(to_day=MAY_12)
    found = groups(panel(whole, MAY_10, selection))
    rows = [
        row for row in whole.claims.to_dict("records") if MAY_10 < int(row["said_day"]) <= MAY_12
    ]
    assert found["claims"]["count"] == len(rows) > 0
    assert sum(found["claims"]["counts"]) == len(rows)
    assert found["denials"]["count"] == sum(row["stance"] in OPPOSING for row in rows) > 0
    before, now = (whole.standings(day)["standing"] for day in (MAY_10, MAY_12))
    turned = {topic for topic in before.index if before[topic] != now[topic]}
    named = {whole.claims["topic"].iloc[row["about"]] for row in found["standings"]["rows"]}
    assert named == turned
    assert turned


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (Selection(to_day=MAY_12), "said after 11 May 2023 and up to 12 May 2023"),
        (Selection(to_day=MAY_11), "Nothing can be new since 11 May 2023"),
        (Selection(clock="happened"), "by the day of saying, whatever the clock"),
    ],
)
def test_the_hint_says_what_counts_as_new(real: Edition, selection: Selection, words: str) -> None:
    assert words in panel(real, MAY_11, selection)["hint"]


def test_the_hint_tells_of_days_that_the_window_leaves_out(real: Edition) -> None:
    window = Selection(from_day=MAY_12, to_day=MAY_12)
    assert "before 12 May 2023 lies outside" in panel(real, MAY_10, window)["hint"]
    assert "lies outside" not in panel(real, MAY_11, window)["hint"]


def test_without_a_day_asked_for_it_is_the_day_before_the_last_one_shown(real: Edition) -> None:
    assert since_day(real, Selection(), None) == real.last_day - 1
    assert since_day(real, Selection(to_day=MAY_11), None) == MAY_10
    assert since_day(real, Selection(to_day=MAY_11, clock="happened"), None) == real.last_day - 1
    assert since_day(real, Selection(to_day=MAY_11), MAY_12) == MAY_12


def test_the_map_gets_a_day_or_of_an_export_a_bit_a_claim(real: Edition) -> None:
    assert lighting(real, MAY_11, None) == {
        "since": MAY_11,
        "mask": None,
        "words": "new since 11 May 2023",
    }
    in_export = np.ones(len(real.claims), dtype=bool)
    in_export[[3, 11]] = False
    lit = lighting(real, MAY_11, in_export)
    assert lit["since"] is None
    bits = base64.b64decode(str(lit["mask"]))
    assert [n for n in range(len(real.claims)) if bits[n >> 3] >> (n & 7) & 1] == [3, 11]


def test_the_file_has_a_row_a_change_and_runs_in_no_spreadsheet(open_rows: OpenRows) -> None:
    edition = open_rows(
        {"said_on": "2023-05-11", "advance_km": "2", "bound": "exact"},
        {"claimant": "=1+1", "advance_km": "3", "bound": "exact"},
        {**RUSSIA, "stance": "denies"},
    )
    text = changes_csv(edition, since(edition, MAY_11))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["change"], row["claim_id"]) for row in rows] == [
        ("new claim", "claim-1"),
        ("new denial or doubt", "claim-2"),
        ("standing", "claim-2"),
        ("number", "claim-1"),
    ]
    assert rows[0]["claimant"] == "'=1+1"
    assert (rows[2]["before"], rows[2]["after"]) == ("one side only", "contested")
    assert (rows[3]["before"], rows[3]["after"], rows[3]["claim_before"]) == ("2", "3", "claim-0")
    assert rows[3]["quantity"] == "Length of the advance, kilometres"
