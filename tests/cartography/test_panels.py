"""Panels show which claims, in which order, and say how many they leave out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartography import panels
from cartography.edition import open_edition
from cartography.panels import MAX_UNPLACED, MAX_VOICES, NO_STANDING, PAGE_CARDS, Order, Standings
from claims.model import STANDINGS
from tests.cartography.panel_rows import (
    OTHER,
    RUSSIA,
    UNPLACED,
    cell,
    everything,
    listed,
    now,
    without,
)
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import pytest

    from cartography.edition import Edition

    OpenRows = Callable[..., Edition]

DATA = Path(__file__).parents[2] / "data"
MAY_11, MAY_12 = 19_488, 19_489


def test_the_standing_of_a_topic_holds_as_of_the_day(open_rows: OpenRows) -> None:
    edition = open_rows({"said_on": "2023-05-11"}, {**RUSSIA, "stance": "denies"}, OTHER)
    assert edition.voices.topics == ["advance", "losses"]
    later, earlier = Standings(edition, MAY_12), Standings(edition, MAY_11)
    assert [STANDINGS[code] for code in later.code] == ["contested", "one_sided"]
    assert STANDINGS[earlier.code[0]] == "one_sided"
    assert earlier.code[1] == NO_STANDING
    assert not earlier.counts[1].any()


def test_voices_are_counted_for_and_against_by_side(open_rows: OpenRows) -> None:
    third = {"side": "third_party", "favours": "neither", "organisation": "OSCE"}
    edition = open_rows(
        {},
        {"claimant": "Another of the same ministry"},
        {"organisation": "General Staff"},
        {**RUSSIA, "stance": "denies"},
        {**third, "stance": "doubts"},
    )
    (counts,) = now(edition).counts.tolist()
    assert counts == [2, 0, 0, 1, 0, 1]


def test_all_cards_list_every_kept_claim_once_by_proposition(open_rows: OpenRows) -> None:
    edition = open_rows(OTHER, {}, {**RUSSIA, "stance": "denies"}, {"stance": "confirms"})
    panel: dict[str, Any] = panels.all_cards(edition, everything(edition), now(edition))
    assert panel["heading"] == "4 claims, 2 propositions"
    assert listed(panel) == [(1, 2, 3), (0,)]
    assert (panel["pager"], panel["picked"]) == (None, False)
    assert [group["standing"] for group in panel["groups"]] == [
        STANDINGS.index("contested"),
        STANDINGS.index("one_sided"),
    ]


def test_a_heading_of_one_is_in_the_singular(open_rows: OpenRows) -> None:
    edition = open_rows({}, OTHER)
    panel: dict[str, Any] = panels.all_cards(edition, without(edition, 1), now(edition))
    assert panel["heading"] == "1 claim, 1 proposition"


def test_no_claim_left_says_what_to_do(open_rows: OpenRows) -> None:
    edition = open_rows({})
    panel: dict[str, Any] = panels.all_cards(edition, ~everything(edition), now(edition))
    assert panel["heading"] == "0 claims, 0 propositions"
    assert panel["groups"] == []
    assert "Widen the days" in panel["hint"]


def test_a_record_of_no_claims_has_its_panels_too(open_rows: OpenRows) -> None:
    edition = open_rows()
    keep, standings = everything(edition), now(edition)
    assert panels.all_cards(edition, keep, standings)["groups"] == []
    assert panels.not_placed(edition, keep, standings)["groups"] == []
    assert panels.who_says_what(edition, keep, None, standings)["asOf"] == ""
    sources = panels.sources(edition, keep, [])
    assert sources["outlets"] == []
    assert (sources["read"], sources["left_out"], sources["span"]) == (0, 0, "")


def test_cards_are_read_from_the_newest_proposition_to_the_oldest(open_rows: OpenRows) -> None:
    edition = open_rows({"said_on": "2023-05-11"}, {**RUSSIA, **OTHER})
    panel: dict[str, Any] = panels.all_cards(edition, everything(edition), now(edition))
    assert listed(panel) == [(1,), (0,)]


def test_as_many_claims_as_fit_a_page_need_no_pager(open_rows: OpenRows) -> None:
    edition = open_rows(*[{}] * PAGE_CARDS)
    panel: dict[str, Any] = panels.all_cards(edition, everything(edition), now(edition))
    assert panel["pager"] is None
    assert len(listed(panel)[0]) == PAGE_CARDS


def test_of_more_claims_than_cards_the_newest_are_on_the_first_page(open_rows: OpenRows) -> None:
    old = {**OTHER, "said_on": "2023-05-10"}
    edition = open_rows(*[old] * 3, *[{}] * PAGE_CARDS)
    keep, standings = everything(edition), now(edition)
    first: dict[str, Any] = panels.all_cards(edition, keep, standings)
    assert first["heading"] == "53 claims, 2 propositions"
    assert [sorted(claims) for claims in listed(first)] == [list(range(3, 53))]
    words = "1\N{EN DASH}50 of 53, last said first"
    assert first["pager"] == {"page": 0, "last": 1, "words": words}
    second: dict[str, Any] = panels.all_cards(edition, keep, standings, Order(page=1))
    assert second["heading"] == first["heading"]
    assert listed(second) == [(0, 1, 2)]
    words = "51\N{EN DASH}53 of 53, last said first"
    assert second["pager"] == {"page": 1, "last": 1, "words": words}


def test_under_the_clock_of_events_the_last_event_stands_first(open_rows: OpenRows) -> None:
    early = {"event_start": "2023-05-01", "event_end": "2023-05-01", "time_precision": "day"}
    late = {"event_start": "2023-05-09", "event_end": "2023-05-09", "time_precision": "day"}
    edition = open_rows(
        {"topic": "early", **early},
        {"topic": "late", **late, "said_on": "2023-05-10"},
        {"topic": "undated"},
    )
    keep, standings = everything(edition), now(edition)
    by_event = Order(clock="happened", size=2)
    panel: dict[str, Any] = panels.all_cards(edition, keep, standings, by_event)
    assert listed(panel) == [(1,), (0,)]
    assert panel["pager"]["words"] == "1\N{EN DASH}2 of 3, last events first"
    as_said: dict[str, Any] = panels.all_cards(edition, keep, standings, Order(size=2))
    assert listed(as_said) == [(0,), (2,)]


def test_a_page_beyond_the_last_is_the_last(open_rows: OpenRows) -> None:
    edition = open_rows({}, OTHER, {"topic": "supply"})
    keep, standings = everything(edition), now(edition)
    last: dict[str, Any] = panels.all_cards(edition, keep, standings, Order(page=2, size=1))
    assert listed(last) == [(2,)]
    assert panels.all_cards(edition, keep, standings, Order(page=99, size=1)) == last
    emptied: dict[str, Any] = panels.all_cards(edition, ~keep, standings, Order(page=99, size=1))
    assert (emptied["groups"], emptied["pager"]) == ([], None)


def test_a_group_that_goes_on_on_the_next_page_keeps_its_proposition_s_standing(
    open_rows: OpenRows,
) -> None:
    edition = open_rows({}, {**RUSSIA, "stance": "denies"})
    keep, standings = everything(edition), now(edition)
    for page, claims in enumerate(([0], [1])):
        order = Order(page=page, size=1)
        panel: dict[str, Any] = panels.all_cards(edition, keep, standings, order)
        (group,) = panel["groups"]
        assert list(group["claims"]) == claims
        assert group["standing"] == STANDINGS.index("contested")
        assert list(group["counts"]) == [1, 0, 0, 1, 0, 0]


def picked(edition: Edition, keep: np.ndarray, claim: int) -> dict[str, Any]:
    voices = edition.voices.others(claim, None)
    return panels.claim_and_voices(edition, keep, claim, voices, now(edition))


def test_a_claim_stands_first_and_those_who_answer_it_follow(open_rows: OpenRows) -> None:
    admission = {**RUSSIA, "favours": "ukraine", "stance": "confirms"}
    edition = open_rows({"stance": "confirms"}, admission, {**RUSSIA, "stance": "denies"}, {})
    panel = picked(edition, everything(edition), 3)
    assert listed(panel) == [(3, 2, 1, 0)]
    assert panel["heading"] == "One claim and who answers it"
    assert (panel["hint"], panel["claim"], panel["picked"]) == ("", 3, True)


def test_voices_outside_the_filters_are_counted_and_not_shown(open_rows: OpenRows) -> None:
    edition = open_rows({}, {**RUSSIA, "stance": "denies"}, {"stance": "confirms"})
    panel = picked(edition, without(edition, 1), 0)
    assert listed(panel) == [(0, 2)]
    assert panel["hint"] == "1 other voice on this proposition outside the filters."
    panel = picked(edition, without(edition, 1, 2), 0)
    assert listed(panel) == [(0,)]
    assert panel["hint"] == "2 other voices on this proposition outside the filters."


def test_a_chosen_claim_stays_even_where_the_filters_leave_it_out(open_rows: OpenRows) -> None:
    edition = open_rows({}, {**RUSSIA, "stance": "denies"})
    assert listed(picked(edition, without(edition, 0), 0)) == [(0, 1)]


def test_a_claim_nobody_answers_says_so(open_rows: OpenRows) -> None:
    edition = open_rows({}, OTHER)
    panel = picked(edition, everything(edition), 0)
    assert panel["heading"] == "One claim"
    assert panel["hint"] == "Nobody else in this record speaks to this proposition."


def test_of_too_many_voices_the_first_are_shown_and_the_hint_says_so(
    open_rows: OpenRows,
) -> None:
    edition = open_rows(*[{}] * (MAX_VOICES + 3), {**RUSSIA, "stance": "denies"})
    panel = picked(edition, everything(edition), 0)
    assert len(listed(panel)[0]) == 1 + MAX_VOICES
    assert listed(panel)[0][1] == MAX_VOICES + 3
    assert panel["hint"] == "The first 200 voices of 203 are shown."
    assert panel["pager"] is None
    panel = picked(edition, without(edition, MAX_VOICES + 3), 0)
    hidden = "1 other voice on this proposition outside the filters."
    assert panel["hint"] == f"{hidden} The first 200 voices of 202 are shown."


def test_as_many_voices_as_are_shown_need_no_word(open_rows: OpenRows) -> None:
    edition = open_rows(*[{}] * (MAX_VOICES + 1))
    assert picked(edition, everything(edition), 0)["hint"] == ""


def test_a_claim_said_after_the_chosen_day_has_no_standing_yet(open_rows: OpenRows) -> None:
    edition = open_rows({}, {**OTHER, "said_on": "2023-05-11"})
    standings = Standings(edition, MAY_11)
    panel: dict[str, Any] = panels.claim_and_voices(edition, everything(edition), 0, (), standings)
    assert panel["groups"][0]["standing"] is None


def test_what_is_not_placed_is_listed_and_what_stands_on_the_map_is_not(
    open_rows: OpenRows,
) -> None:
    region = {**UNPLACED, "place": "Donetsk oblast", "location_precision": "region"}
    edition = open_rows({}, UNPLACED, {**OTHER, **region})
    panel: dict[str, Any] = panels.not_placed(edition, everything(edition), now(edition))
    assert panel["heading"] == "2 claims not placed"
    assert sorted(i for group in listed(panel) for i in group) == [1, 2]
    panel = panels.not_placed(edition, without(edition, 1, 2), now(edition))
    assert panel["heading"] == "0 claims not placed"
    assert panel["hint"] == "Every claim that passes the filters stands on the map."


def test_of_too_much_that_is_not_placed_the_newest_is_listed_and_the_heading_says_so(
    open_rows: OpenRows,
) -> None:
    old = {**UNPLACED, **OTHER, "said_on": "2023-05-10"}
    edition = open_rows(old, *[UNPLACED] * MAX_UNPLACED)
    panel: dict[str, Any] = panels.not_placed(edition, everything(edition), now(edition))
    assert panel["heading"] == "201 claims not placed, the newest 200 here, all in the table"
    assert [sorted(claims) for claims in listed(panel)] == [list(range(1, 201))]
    assert panel["pager"] is None


def test_the_matrix_lists_every_proposition_that_is_kept_contested_first(
    open_rows: OpenRows,
) -> None:
    edition = open_rows(OTHER, {}, {**RUSSIA, "stance": "denies"})
    panel: dict[str, Any] = panels.who_says_what(edition, everything(edition), None, now(edition))
    contested, one_sided = STANDINGS.index("contested"), STANDINGS.index("one_sided")
    assert panel["rows"] == [[contested, 1, 2], [one_sided, 0]]
    assert panel["asOf"] == "Standing as of 12 May 2023"
    assert panel["more"] == 0
    panel = panels.who_says_what(edition, without(edition, 1, 2), None, now(edition))
    assert panel["rows"] == [[one_sided, 0]]


def test_the_matrix_lists_a_proposition_that_has_no_standing_yet(open_rows: OpenRows) -> None:
    edition = open_rows({})
    before = Standings(edition, MAY_11)
    panel: dict[str, Any] = panels.who_says_what(edition, everything(edition), MAY_11, before)
    assert panel["rows"] == [[None, 0]]


def test_the_matrix_names_the_day_up_to_which_words_count(open_rows: OpenRows) -> None:
    edition = open_rows({})
    panel: dict[str, Any] = panels.who_says_what(
        edition, everything(edition), MAY_11, Standings(edition, MAY_11)
    )
    assert panel["asOf"] == "Standing as of 11 May 2023"


def test_the_matrix_says_how_many_propositions_it_leaves_out(
    open_rows: OpenRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "MAX_ROWS", 2)
    edition = open_rows(*[{"topic": f"topic-{number}"} for number in range(5)])
    panel: dict[str, Any] = panels.who_says_what(edition, everything(edition), None, now(edition))
    assert (len(panel["rows"]), panel["more"]) == (2, 3)


def test_sources_count_the_kept_claims_of_each_outlet_and_name_each_page_once(
    open_rows: OpenRows,
) -> None:
    page = {"outlet": "BBC", "source_url": "https://example.org/1", "source_title": "One"}
    bare = {"outlet": "BBC", "source_url": "https://example.org/2"}
    edition = open_rows({"outlet": "AFP"}, page, page, bare)
    ground: list[dict[str, object]] = [{"name": "rivers"}]
    panel: dict[str, Any] = panels.sources(edition, everything(edition), ground)
    assert [(one["outlet"], one["claims"]) for one in panel["outlets"]] == [("BBC", 3), ("AFP", 1)]
    assert panel["outlets"][0]["pages"] == [
        {"url": "https://example.org/1", "title": "One"},
        {"url": "https://example.org/2", "title": "https://example.org/2"},
    ]
    assert panel["outlets"][1]["pages"] == []
    assert (panel["file"], panel["claims"]) == ("events.csv", 4)
    assert panel["digest"] == edition.record.digest
    assert panel["ground"] == ground
    only_afp: dict[str, Any] = panels.sources(edition, without(edition, 1, 2, 3), ground)
    assert [one["outlet"] for one in only_afp["outlets"]] == ["AFP"]


def test_sources_tell_what_was_read_of_the_file_and_what_was_left_out(
    real: Edition, tmp_path: Path
) -> None:
    lines = report_path().read_text(encoding="utf-8").splitlines(keepends=True)
    for row in (1, 4):
        lines[row] = re.sub(",(ukraine|russia|third_party),", ",nobody,", lines[row], count=1)
    path = tmp_path / "faulty.csv"
    path.write_text("".join(lines), encoding="utf-8", newline="")
    faulty = open_edition(path, geo=DATA / "geo")
    panel: dict[str, Any] = panels.sources(faulty, without(faulty, 0), [])
    assert (panel["file"], panel["read"]) == ("faulty.csv", 26)
    assert (panel["left_out"], panel["claims"]) == (2, 24)
    whole = panels.sources(real, everything(real), [])
    assert (whole["read"], whole["left_out"], whole["claims"]) == (26, 0, 26)
    assert whole["span"] == "11\N{EN DASH}12 May 2023"


def test_every_panel_of_the_record_can_be_sent_as_json(real: Edition) -> None:
    keep, standings = everything(real), now(real)
    cells = [cell(real, 0, 9)]
    for panel in (
        panels.all_cards(real, keep, standings),
        panels.disc_cards(real, keep, cells, standings),
        picked(real, keep, 0),
        panels.not_placed(real, keep, standings),
        panels.who_says_what(real, keep, None, standings),
        panels.sources(real, keep, []),
    ):
        json.dumps(panel, allow_nan=False)


def test_the_report_s_first_dispute_sets_the_denial_right_after_the_claim(real: Edition) -> None:
    panel: dict[str, Any] = panels.all_cards(real, everything(real), now(real))
    assert panel["heading"] == f"26 claims, {len(real.voices.topics)} propositions"
    first = listed(panel)[0]
    ids = real.claims["claim_id"].iloc[list(first)].tolist()
    assert ids[:3] == [
        "ua-mod-maliar-advance-2km-2023-05-12",
        "ru-mod-denies-advance-2023-05-11",
        "ru-wagner-prigozhin-counterattacks-2023-05-12",
    ]
