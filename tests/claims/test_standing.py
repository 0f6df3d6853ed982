"""A proposition's standing comes only from who said what, on which side, up to a day."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.model import OPPOSING, SIDES, STANCES, STANDINGS, SUPPORTING, WARRING_SIDES
from claims.standing import (
    is_admission,
    standing_from_sides,
    standing_of_claims,
    standing_steps,
    standings,
)

UA, RU, UN = "Ukrainian General Staff", "Russian Ministry of Defence", "United Nations"
SIDE_OF = {UA: "ukraine", RU: "russia", UN: "third_party", "Wagner": "russia", "SBU": "ukraine"}
TEXTS = ("topic", "proposition", "stance", "claimant", "organisation", "side", "favours")

Row = dict[str, Any]


def claim(organisation: str, stance: str, day: int = 10, **other: str) -> Row:
    row = {
        "topic": "advance",
        "proposition": "Ukrainian forces advanced.",
        "stance": stance,
        "claimant": "A speaker",
        "organisation": organisation,
        "side": SIDE_OF[organisation],
        "favours": "neither",
        "said_day": day,
    }
    return row | other


def frame(*rows: Row) -> pd.DataFrame:
    claims = pd.DataFrame(list(rows), columns=[*TEXTS, "said_day"])
    return claims.astype(dict.fromkeys(TEXTS, "str") | {"said_day": "Int32"})


def standing(*rows: Row, as_of_day: int | None = None) -> str:
    return str(standings(frame(*rows), as_of_day).loc["advance", "standing"])


rows_strategy = st.lists(
    st.builds(
        claim,
        st.sampled_from([UA, RU, UN, "Wagner", "SBU"]),
        st.sampled_from(STANCES),
        st.integers(1, 6),
        topic=st.sampled_from(["advance", "losses"]),
        claimant=st.sampled_from(["One", "Two"]),
        favours=st.sampled_from(["ukraine", "russia", "neither"]),
    ),
    max_size=14,
)


def by_hand(rows: list[Row], topic: str, as_of_day: int) -> str:
    """Read the rule of the module's docstring again, slowly and without arrays."""
    said = [row for row in rows if row["topic"] == topic and row["said_day"] <= as_of_day]
    if not said:
        return ""
    words: dict[str, set[str]] = {"for": set(), "against": set(), "undecided": set()}
    for organisation in {row["organisation"] for row in said}:
        own = [row for row in said if row["organisation"] == organisation]
        decided = [row for row in own if row["stance"] != "cannot_confirm"]
        latest = max((row["said_day"] for row in decided), default=None)
        last = {row["stance"] for row in decided if row["said_day"] == latest}
        side = SIDE_OF[organisation]
        words["for"] |= {side} if last & SUPPORTING else set()
        words["against"] |= {side} if last & OPPOSING else set()
        words["undecided"] |= set() if decided else {side}
    return standing_from_sides(words["for"], words["against"], words["undecided"])


def test_one_asserting_and_one_denying_make_a_proposition_contested() -> None:
    assert standing(claim(UA, "asserts"), claim(RU, "denies")) == "contested"


def test_doubt_from_a_third_party_makes_a_proposition_contested() -> None:
    assert standing(claim(UA, "asserts"), claim(UN, "doubts")) == "contested"


def test_two_organisations_of_one_side_can_contest_each_other() -> None:
    assert standing(claim(RU, "asserts"), claim("Wagner", "denies")) == "contested"


def test_support_from_both_warring_sides_is_agreed() -> None:
    assert standing(claim(UA, "asserts"), claim("Wagner", "confirms")) == "agreed"


def test_a_single_voice_against_ends_the_agreement() -> None:
    rows = (claim(UA, "asserts"), claim("Wagner", "confirms"), claim(RU, "denies"))
    assert standing(*rows) == "contested"


def test_third_party_support_does_not_make_one_side_agreed() -> None:
    assert standing(claim(UA, "asserts"), claim(UN, "confirms")) == "one_sided"


def test_a_denial_that_nobody_answers_is_one_sided() -> None:
    assert standing(claim(RU, "denies")) == "one_sided"


def test_what_both_warring_sides_deny_is_contested_not_agreed() -> None:
    assert standing(claim(UA, "denies"), claim(RU, "doubts")) == "contested"


def test_third_parties_alone_are_third_party_only_whatever_they_say() -> None:
    for stance in STANCES:
        assert standing(claim(UN, stance)) == "third_party_only"


def test_cannot_confirm_makes_nothing_contested_or_agreed() -> None:
    assert standing(claim(UA, "asserts"), claim(RU, "cannot_confirm")) == "one_sided"
    assert standing(claim(UA, "denies"), claim(UN, "cannot_confirm")) == "one_sided"


def test_a_warring_side_that_only_cannot_confirm_leaves_the_word_to_third_parties() -> None:
    assert standing(claim(UA, "cannot_confirm"), claim(UN, "asserts")) == "third_party_only"


def test_where_nobody_says_yes_or_no_a_warring_side_makes_it_one_sided() -> None:
    assert standing(claim(UA, "cannot_confirm")) == "one_sided"
    assert standing(claim(UA, "cannot_confirm"), claim(RU, "cannot_confirm")) == "one_sided"


def test_every_pattern_of_sides_has_one_of_the_four_standings() -> None:
    subsets = [
        {side for side, taken in zip(SIDES, mask, strict=True) if taken}
        for mask in product((False, True), repeat=3)
    ]
    found = {standing_from_sides(*pattern) for pattern in product(subsets, repeat=3)}
    assert found == set(STANDINGS)


def test_agreed_always_means_support_from_both_warring_sides_and_nobody_against() -> None:
    subsets = [
        {side for side, taken in zip(SIDES, mask, strict=True) if taken}
        for mask in product((False, True), repeat=3)
    ]
    for supporting, opposing, undecided in product(subsets, repeat=3):
        agreed = standing_from_sides(supporting, opposing, undecided) == "agreed"
        assert agreed == (supporting >= set(WARRING_SIDES) and not opposing)


def test_the_latest_word_of_an_organisation_counts() -> None:
    rows = (claim(UA, "asserts", 1), claim(RU, "denies", 2), claim(RU, "confirms", 5))
    assert standing(*rows, as_of_day=4) == "contested"
    assert standing(*rows, as_of_day=5) == "agreed"


def test_an_organisation_that_says_both_on_its_latest_day_counts_as_both() -> None:
    rows = (claim(RU, "asserts", 3), claim(RU, "denies", 3))
    row = standings(frame(*rows)).loc["advance"]
    assert row["standing"] == "contested"
    assert (row["supporting_russia"], row["opposing_russia"], row["voices"]) == (1, 1, 1)


def test_cannot_confirm_does_not_withdraw_an_earlier_word() -> None:
    rows = (claim(UA, "asserts", 1), claim(RU, "denies", 2), claim(RU, "cannot_confirm", 5))
    row = standings(frame(*rows)).loc["advance"]
    assert row["standing"] == "contested"
    assert row["undecided"] == 0


def test_an_admission_is_a_claim_of_one_warring_side_that_favours_the_other() -> None:
    cells = list(product(SIDES, ("ukraine", "russia", "neither"), STANCES))
    rows = [claim(UA, stance, side=side, favours=good) for side, good, stance in cells]
    admits = is_admission(frame(*rows))
    assert {(side, good) for (side, good, _), yes in zip(cells, admits, strict=True) if yes} == {
        ("ukraine", "russia"),
        ("russia", "ukraine"),
    }
    assert admits.sum() == 2 * len(STANCES)


def test_admissions_count_organisations_not_claims() -> None:
    rows = [claim("Wagner", "confirms", day, favours="ukraine") for day in (1, 2, 3)]
    assert standings(frame(*rows)).loc["advance", "admissions"] == 1


def test_the_counts_of_a_topic_are_the_ones_counted_by_hand() -> None:
    table = standings(
        frame(
            claim(UA, "asserts", 3),
            claim("SBU", "confirms", 4),
            claim(RU, "denies", 2),
            claim(RU, "denies", 7),
            claim("Wagner", "confirms", 5, favours="ukraine"),
            claim(UN, "cannot_confirm", 6),
        )
    )
    assert table.loc["advance"].to_dict() == {
        "proposition": "Ukrainian forces advanced.",
        "standing": "contested",
        "claims": 6,
        "voices": 5,
        "voices_ukraine": 2,
        "voices_russia": 2,
        "voices_third_party": 1,
        "supporting_ukraine": 2,
        "supporting_russia": 1,
        "supporting_third_party": 0,
        "opposing_ukraine": 0,
        "opposing_russia": 1,
        "opposing_third_party": 0,
        "undecided": 1,
        "admissions": 1,
        "first_said_day": 2,
        "last_said_day": 7,
    }


def test_an_organisation_listed_under_two_sides_is_a_voice_on_each() -> None:
    rows = (claim(UN, "asserts", 1, side="ukraine"), claim(UN, "confirms", 2, side="russia"))
    row = standings(frame(*rows)).loc["advance"]
    assert row["standing"] == "agreed"
    assert (row["voices"], row["voices_ukraine"], row["voices_russia"]) == (2, 1, 1)


def test_a_topic_nobody_has_spoken_of_yet_has_no_row() -> None:
    claims = frame(claim(UA, "asserts", 5), claim(UA, "asserts", 3, topic="losses"))
    assert list(standings(claims, 4).index) == ["losses"]
    assert standings(claims, 2).empty


def test_an_empty_frame_has_no_standings_and_no_steps() -> None:
    assert standings(frame()).empty
    assert standing_steps(frame()).empty
    assert list(standing_steps(frame()).columns) == ["topic", "day", "standing"]
    assert standing_of_claims(frame()).shape == (0,)


def test_a_claim_without_a_said_day_counts_nowhere() -> None:
    claims = frame(claim(UA, "asserts", 5), claim(RU, "denies") | {"said_day": None})
    assert standings(claims).loc["advance", "standing"] == "one_sided"
    assert list(standing_of_claims(claims)) == ["one_sided", ""]
    assert len(standing_steps(claims)) == 1


def test_steps_name_the_days_on_which_a_standing_changes_and_no_other() -> None:
    steps = standing_steps(
        frame(
            claim(UA, "asserts", 1),
            claim("SBU", "confirms", 2),
            claim(RU, "denies", 3),
            claim(RU, "confirms", 6),
        )
    )
    assert steps.to_dict("list") == {
        "topic": ["advance"] * 3,
        "day": [1, 3, 6],
        "standing": ["one_sided", "contested", "agreed"],
    }


@settings(max_examples=40)
@given(rows=rows_strategy)
def test_standings_are_what_the_rule_gives_by_hand(rows: list[Row]) -> None:
    claims = frame(*rows)
    for day in range(8):
        table = standings(claims, day)
        for topic in ("advance", "losses"):
            found = table["standing"].get(topic, "")
            assert found == by_hand(rows, topic, day)


@settings(max_examples=40)
@given(rows=rows_strategy)
def test_steps_agree_with_standings_on_every_day(rows: list[Row]) -> None:
    claims = frame(*rows)
    steps = standing_steps(claims)
    assert not steps.duplicated(["topic", "day"]).any()
    changed = steps["standing"] != steps["standing"].shift()
    assert (changed | (steps["topic"] != steps["topic"].shift())).all()
    for day in range(8):
        held = steps[steps["day"] <= day].groupby("topic")["standing"].last()
        assert held.to_dict() == standings(claims, day)["standing"].to_dict()


@settings(max_examples=40)
@given(rows=rows_strategy)
def test_each_claim_has_the_standing_of_its_topic_or_none_if_said_later(rows: list[Row]) -> None:
    claims = frame(*rows)
    for day in (0, 3, 6):
        expected = [
            by_hand(rows, row["topic"], day) if row["said_day"] <= day else "" for row in rows
        ]
        assert list(standing_of_claims(claims, day)) == expected


@settings(max_examples=40)
@given(rows=rows_strategy, later=rows_strategy)
def test_a_later_claim_never_changes_an_earlier_day(rows: list[Row], later: list[Row]) -> None:
    after = [row | {"said_day": row["said_day"] + 6} for row in later]
    pd.testing.assert_frame_equal(
        standings(frame(*rows, *after), 6), standings(frame(*rows), 6), check_exact=True
    )


@settings(max_examples=40)
@given(rows=rows_strategy)
def test_five_people_of_one_organisation_are_one_voice(rows: list[Row]) -> None:
    chorus = [row | {"claimant": f"Speaker {n}"} for row in rows for n in range(5)]
    once, five = standings(frame(*rows)), standings(frame(*chorus))
    pd.testing.assert_series_equal(five.pop("claims"), once.pop("claims") * 5)
    pd.testing.assert_frame_equal(five, once)


@settings(max_examples=40)
@given(rows=rows_strategy)
def test_swapping_the_sides_mirrors_everything_and_changes_no_standing(rows: list[Row]) -> None:
    swap = {"ukraine": "russia", "russia": "ukraine"}
    mirrored = frame(
        *(
            row
            | {
                "side": swap.get(row["side"], row["side"]),
                "favours": swap.get(row["favours"], row["favours"]),
            }
            for row in rows
        )
    )
    table = standings(frame(*rows))
    names = {
        f"{name}_{side}": f"{name}_{swap[side]}"
        for name in ("voices", "supporting", "opposing")
        for side in WARRING_SIDES
    }
    pd.testing.assert_frame_equal(
        standings(mirrored), table.rename(columns=names)[list(table.columns)]
    )
    pd.testing.assert_frame_equal(standing_steps(mirrored), standing_steps(frame(*rows)))


@settings(max_examples=40)
@given(rows=rows_strategy, data=st.data())
def test_the_order_of_the_rows_never_matters(rows: list[Row], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(rows))
    pd.testing.assert_frame_equal(standings(frame(*shuffled)), standings(frame(*rows)))
    pd.testing.assert_frame_equal(standing_steps(frame(*shuffled)), standing_steps(frame(*rows)))


@settings(max_examples=40)
@given(rows=rows_strategy)
def test_voices_add_up_over_the_sides_and_every_voice_has_a_word_or_none(rows: list[Row]) -> None:
    table = standings(frame(*rows))
    by_side = table[[f"voices_{side}" for side in SIDES]].sum(axis=1)
    assert (by_side == table["voices"]).all()
    words = table.filter(regex="^(supporting|opposing)_").sum(axis=1) + table["undecided"]
    assert (words >= table["voices"]).all()


def test_no_question_changes_the_frame_it_is_asked_of() -> None:
    claims = frame(claim(UA, "asserts", 3), claim(RU, "denies", 2))
    before = claims.copy()
    standings(claims)
    standing_steps(claims)
    standing_of_claims(claims, 2)
    is_admission(claims)
    pd.testing.assert_frame_equal(claims, before)


@pytest.mark.parametrize("day", [None, 3])
def test_twenty_thousand_claims_agree_with_their_steps(day: int | None) -> None:
    random = np.random.default_rng(12)
    count = 20_000
    claims = frame(
        *(
            claim(organisation, stance, int(said), topic=f"topic-{topic}")
            for organisation, stance, said, topic in zip(
                random.choice([UA, RU, UN, "Wagner", "SBU"], count),
                random.choice(STANCES, count),
                random.integers(0, 6, count),
                random.integers(0, 4000, count),
                strict=True,
            )
        )
    )
    steps = standing_steps(claims)
    if day is not None:
        steps = steps[steps["day"] <= day]
    held = steps.groupby("topic")["standing"].last()
    assert held.to_dict() == standings(claims, day)["standing"].to_dict()
