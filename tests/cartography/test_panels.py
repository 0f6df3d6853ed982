"""Panels show which claims, in which order, and say how many they leave out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from cartography import panels
from cartography.panels import MAX_CARDS, NO_STANDING, Standings
from claims.columns import world_xy
from claims.model import STANDINGS

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
UNPLACED = {
    **dict.fromkeys(("place", "latitude", "longitude", "geometry_basis"), ""),
    "location_precision": "unplaced",
}
SOLEDAR = {"place": "Soledar", "latitude": "48.6834", "longitude": "38.0895"}
MAY_11, MAY_12 = 19_488, 19_489


def everything(edition: Edition) -> np.ndarray:
    return np.ones(len(edition.claims), dtype=bool)


def without(edition: Edition, *positions: int) -> np.ndarray:
    keep = everything(edition)
    keep[list(positions)] = False
    return keep


def now(edition: Edition) -> Standings:
    return Standings(edition, None)


def cell(edition: Edition, claim: int, level: int) -> tuple[int, int, int]:
    row = edition.claims.iloc[claim]
    x, y = world_xy(np.array([float(row["longitude"])]), np.array([float(row["latitude"])]))
    return level, int(x[0]) >> (32 - level), int(y[0]) >> (32 - level)


def listed(panel: dict[str, Any]) -> list[tuple[int, ...]]:
    return [tuple(group["claims"]) for group in panel["groups"]]


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
    assert (panel["more"], panel["picked"]) == (0, False)
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
    assert panels.numbers(edition, keep) == {"quantities": []}
    assert panels.sources(edition, keep, [])["outlets"] == []


def test_of_more_claims_than_cards_the_newest_are_shown_and_the_rest_counted(
    open_rows: OpenRows,
) -> None:
    old = {"said_on": "2023-05-10"}
    edition = open_rows(*[old] * 3, *[{}] * MAX_CARDS)
    panel: dict[str, Any] = panels.all_cards(edition, everything(edition), now(edition))
    assert panel["heading"] == "53 claims, the newest 50 as cards"
    assert panel["more"] == 3
    assert sorted(i for group in listed(panel) for i in group) == list(range(3, 53))


def test_a_disc_lists_the_kept_claims_of_its_cells(open_rows: OpenRows) -> None:
    edition = open_rows({}, {**RUSSIA, "stance": "denies"}, SOLEDAR, OTHER, UNPLACED)
    at_bakhmut = [cell(edition, 0, 12)]
    panel: dict[str, Any] = panels.disc_cards(
        edition, without(edition, 3), at_bakhmut, now(edition)
    )
    assert panel["heading"] == "2 claims at Bakhmut"
    assert listed(panel) == [(0, 1)]
    assert panel["picked"] is True


def test_a_disc_of_many_places_names_two_of_them(open_rows: OpenRows) -> None:
    near = {"place": "Opytne", "latitude": "48.5600", "longitude": "38.0100"}
    edition = open_rows({}, SOLEDAR, near)
    cells = list({cell(edition, claim, 6) for claim in range(3)})
    panel: dict[str, Any] = panels.disc_cards(edition, everything(edition), cells, now(edition))
    assert panel["heading"] == "3 claims at Bakhmut and Soledar and nearby"
    panel = panels.disc_cards(edition, without(edition, 2), cells, now(edition))
    assert panel["heading"] == "2 claims at Bakhmut and Soledar"


def test_a_disc_that_the_filters_empty_says_so(open_rows: OpenRows) -> None:
    edition = open_rows({})
    panel: dict[str, Any] = panels.disc_cards(
        edition, ~everything(edition), [cell(edition, 0, 9)], now(edition)
    )
    assert panel["heading"] == "No claim here now"
    assert panel["hint"] == "The filters leave no claim at this place."


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


def test_of_too_many_voices_the_rest_is_counted(open_rows: OpenRows) -> None:
    edition = open_rows(*[{}] * (MAX_CARDS + 4))
    panel = picked(edition, everything(edition), 0)
    assert len(listed(panel)[0]) == MAX_CARDS + 1
    assert panel["more"] == 3


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


def test_the_matrix_lists_every_proposition_that_is_kept_contested_first(
    open_rows: OpenRows,
) -> None:
    edition = open_rows(OTHER, {}, {**RUSSIA, "stance": "denies"})
    panel: dict[str, Any] = panels.who_says_what(edition, everything(edition), None, now(edition))
    assert listed(panel) == [(1, 2), (0,)]
    assert panel["asOf"] == "Standing as of 12 May 2023"
    assert panel["more"] == 0
    panel = panels.who_says_what(edition, without(edition, 1, 2), None, now(edition))
    assert listed(panel) == [(0,)]


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
    assert (len(panel["groups"]), panel["more"]) == (2, 3)


def test_the_numbers_stand_side_by_side_against_the_highest(open_rows: OpenRows) -> None:
    edition = open_rows(
        {"advance_km": "2", "bound": "exact"},
        {**RUSSIA, "advance_km": "0.5", "bound": "up_to"},
        {**OTHER, "losses": "26000", "bound": "about"},
    )
    panel: dict[str, Any] = panels.numbers(edition, everything(edition))
    advance, losses = panel["quantities"]
    assert advance["title"] == "Length of the advance, kilometres"
    assert advance["highest"] == "2"
    assert list(advance["rows"]) == [(0, "2", 1.0), (1, "0.5", 0.25)]
    assert list(losses["rows"]) == [(2, "26,000", 1.0)]


def test_a_highest_number_of_nought_divides_nothing(open_rows: OpenRows) -> None:
    edition = open_rows({"losses": "0", "kind": "losses"})
    panel: dict[str, Any] = panels.numbers(edition, everything(edition))
    (quantity,) = panel["quantities"]
    assert list(quantity["rows"]) == [(0, "0", 0.0)]


def test_only_kept_numbers_are_shown(open_rows: OpenRows) -> None:
    edition = open_rows({"advance_km": "2"}, {"advance_km": "9"})
    panel: dict[str, Any] = panels.numbers(edition, without(edition, 1))
    (quantity,) = panel["quantities"]
    assert list(quantity["rows"]) == [(0, "2", 1.0)]


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


def test_every_panel_of_the_record_can_be_sent_as_json(real: Edition) -> None:
    keep, standings = everything(real), now(real)
    cells = [cell(real, 0, 9)]
    for panel in (
        panels.all_cards(real, keep, standings),
        panels.disc_cards(real, keep, cells, standings),
        picked(real, keep, 0),
        panels.not_placed(real, keep, standings),
        panels.who_says_what(real, keep, None, standings),
        panels.numbers(real, keep),
        panels.sources(real, keep, []),
    ):
        json.dumps(panel, allow_nan=False)


def test_the_record_s_first_dispute_sets_the_denial_right_after_the_claim(real: Edition) -> None:
    panel: dict[str, Any] = panels.all_cards(real, everything(real), now(real))
    assert panel["heading"] == f"26 claims, {len(real.voices.topics)} propositions"
    first = listed(panel)[0]
    ids = real.claims["claim_id"].iloc[list(first)].tolist()
    assert ids[:3] == [
        "ua-mod-maliar-advance-2km-2023-05-12",
        "ru-mod-denies-advance-2023-05-11",
        "ru-wagner-prigozhin-counterattacks-2023-05-12",
    ]
