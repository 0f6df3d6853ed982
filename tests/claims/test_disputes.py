"""Nobody's word stands far from its denial: contested first, the answer right after the lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.disputes import MAX_CLAIMS, OPEN, OPPOSES, SUPPORTS, Dispute, Voices
from claims.model import FAVOURS, OPPOSING, SIDES, STANCES, STANDINGS
from claims.standing import is_admission, standings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Row = tuple[str, str, str, str, int]
TEXTS = ["topic", "stance", "side", "favours"]


def frame(*rows: Row) -> pd.DataFrame:
    claims = pd.DataFrame(list(rows), columns=[*TEXTS, "said_day"])
    claims = claims.astype(dict.fromkeys(TEXTS, "str") | {"said_day": "Int32"})
    return claims.assign(organisation=claims["side"], proposition="It happened.")


def ua(stance: str, day: int = 10, topic: str = "advance") -> Row:
    return (topic, stance, "ukraine", "ukraine", day)


def ru(stance: str, day: int = 10, topic: str = "advance") -> Row:
    return (topic, stance, "russia", "russia", day)


def admission(stance: str = "confirms", day: int = 10) -> Row:
    return ("advance", stance, "russia", "ukraine", day)


def un(stance: str, day: int = 10, topic: str = "advance") -> Row:
    return (topic, stance, "third_party", "neither", day)


def read(
    claims: pd.DataFrame, positions: Sequence[int] | None = None, most: int = 99
) -> list[tuple[str, tuple[int, ...]]]:
    voices = Voices.of(claims)
    rank = ranks(claims, voices)
    chosen = np.array(range(len(claims)) if positions is None else positions, dtype=np.intp)
    found, _ = voices.disputes(chosen, rank, most=most)
    return [(voices.topics[one.topic], one.claims) for one in found]


def ranks(claims: pd.DataFrame, voices: Voices) -> NDArray[np.int64]:
    of_topic = standings(claims)["standing"].reindex(voices.topics)
    return np.array([STANDINGS.index(standing) for standing in of_topic], dtype=np.int64)


def other_voices(
    claims: pd.DataFrame, chosen: int, as_of_day: int | None = None
) -> tuple[int, ...]:
    return Voices.of(claims).others(chosen, as_of_day)


def test_every_stance_speaks_for_or_against_its_proposition_or_leaves_it_open() -> None:
    voices = Voices.of(frame(*(ua(stance) for stance in STANCES)))
    ways = dict(zip(STANCES, voices.way.tolist(), strict=True))
    assert ways["asserts"] == ways["confirms"] == SUPPORTS
    assert ways["denies"] == ways["doubts"] == OPPOSES
    assert ways["cannot_confirm"] == OPEN
    assert voices.asserts.tolist() == [stance == "asserts" for stance in STANCES]


def test_the_other_voices_are_those_against_then_admissions_then_the_same_then_the_undecided() -> (
    None
):
    claims = frame(
        ua("asserts"), un("cannot_confirm"), ua("confirms"), admission(), ru("denies"), un("doubts")
    )
    assert other_voices(claims, 0) == (4, 5, 3, 2, 1)


def test_a_denial_is_answered_first_by_those_who_say_yes() -> None:
    claims = frame(ru("denies"), ru("doubts"), un("cannot_confirm"), ua("asserts"), admission())
    assert other_voices(claims, 0) == (3, 4, 1, 2)


def test_an_undecided_voice_is_shown_the_denials_first() -> None:
    claims = frame(un("cannot_confirm"), ua("asserts"), ru("denies"))
    assert other_voices(claims, 0) == (2, 1)


def test_newer_words_come_first_and_the_order_of_the_file_settles_ties() -> None:
    claims = frame(ua("asserts"), ru("denies", 8), ru("denies", 9), ru("doubts", 9))
    assert other_voices(claims, 0) == (2, 3, 1)


def test_other_voices_are_of_the_same_proposition_and_said_up_to_the_day() -> None:
    claims = frame(ua("asserts"), ru("denies", 11), ru("denies", 12), ru("denies", 9, "losses"))
    assert other_voices(claims, 0, 11) == (1,)
    assert other_voices(claims, 0, 10) == ()


def test_a_dispute_begins_with_the_first_who_asserts_and_the_denial_follows() -> None:
    claims = frame(ua("confirms"), ru("denies"), ua("asserts"), ua("asserts"))
    assert read(claims) == [("advance", (2, 1, 0, 3))]


def test_a_dispute_without_an_assertion_begins_with_its_first_claim() -> None:
    claims = frame(ru("denies"), un("doubts"))
    assert read(claims) == [("advance", (0, 1))]


def test_contested_propositions_come_first_then_the_rest_by_standing() -> None:
    claims = frame(
        un("asserts", 30, "d-third"),
        ua("asserts", 20, "c-one"),
        ua("asserts", 10, "b-agreed"),
        ru("confirms", 10, "b-agreed"),
        ua("asserts", 1, "z-contested"),
        ru("denies", 1, "z-contested"),
    )
    assert [topic for topic, _ in read(claims)] == ["z-contested", "b-agreed", "c-one", "d-third"]


def test_of_one_standing_the_last_word_said_comes_first_then_the_topic_s_name() -> None:
    claims = frame(
        ua("asserts", 5, "old"),
        ua("asserts", 9, "b-new"),
        ua("asserts", 9, "a-new"),
        ua("asserts", 7, "old"),
        ua("asserts", 6, "mid"),
    )
    assert [topic for topic, _ in read(claims)] == ["a-new", "b-new", "old", "mid"]


def test_only_the_claims_asked_for_are_grouped() -> None:
    claims = frame(ua("asserts"), ru("denies"), ua("asserts", topic="losses"))
    assert read(claims, [1]) == [("advance", (1,))]
    assert read(claims, []) == []


def test_of_too_many_propositions_the_first_are_given_and_all_are_counted() -> None:
    claims = frame(*(ua("asserts", day, f"topic-{day}") for day in range(1, 6)))
    assert [topic for topic, _ in read(claims, most=2)] == ["topic-5", "topic-4"]
    voices = Voices.of(claims)
    found, total = voices.disputes(np.arange(5), np.zeros(5, dtype=np.int64), most=2)
    assert (len(found), total) == (2, 5)


def test_of_too_many_claims_the_oldest_are_left_out() -> None:
    claims = frame(*[ua("confirms", 1)] * 3, *[ua("asserts", 2)] * MAX_CLAIMS)
    ((_, listed),) = read(claims)
    assert sorted(listed) == list(range(3, 3 + MAX_CLAIMS))


def test_a_record_of_no_claims_has_no_disputes() -> None:
    assert read(frame()) == []


def paged(
    claims: pd.DataFrame,
    size: int,
    positions: Sequence[int] | None = None,
    day: Sequence[int] | None = None,
) -> list[list[tuple[str, tuple[int, ...]]]]:
    """Give the pages up to the first that is empty."""
    voices = Voices.of(claims)
    chosen = np.array(range(len(claims)) if positions is None else positions, dtype=np.intp)
    days = voices.said if day is None else np.array(day, dtype=np.int64)
    pages: list[list[tuple[str, tuple[int, ...]]]] = []
    rank = ranks(claims, voices)
    while found := voices.page(chosen, days, rank, page=len(pages), size=size):
        pages.append([(voices.topics[one.topic], one.claims) for one in found])
    return pages


def test_pages_hold_the_newest_proposition_first_and_never_more_than_their_size() -> None:
    claims = frame(
        ua("asserts", 5, "old"), ua("asserts", 9, "new"), ru("denies", 8, "new"), ua("asserts", 7)
    )
    assert paged(claims, 2) == [[("new", (1, 2))], [("advance", (3,)), ("old", (0,))]]
    assert paged(claims, 3) == [[("new", (1, 2)), ("advance", (3,))], [("old", (0,))]]


def test_a_proposition_that_outgrows_its_page_goes_on_on_the_next_in_the_same_order() -> None:
    claims = frame(ua("confirms"), ru("denies"), ua("asserts"), ua("asserts"), un("doubts"))
    assert read(claims) == [("advance", (2, 1, 4, 0, 3))]
    assert paged(claims, 2) == [
        [("advance", (2, 1))],
        [("advance", (4, 0))],
        [("advance", (3,))],
    ]


def test_a_proposition_is_as_new_as_its_last_claim_among_those_paged() -> None:
    claims = frame(
        ua("asserts", 1, "a"), ua("confirms", 9, "a"), ua("asserts", 5, "b"), ua("asserts", 4, "c")
    )
    order = [topic for topic, _ in paged(claims, 9)[0]]
    assert order == ["a", "b", "c"]
    without_the_last_word = paged(claims, 9, [0, 2, 3])[0]
    assert [topic for topic, _ in without_the_last_word] == ["b", "c", "a"]


def test_the_newest_goes_by_the_days_given_and_not_by_those_of_saying() -> None:
    claims = frame(ua("asserts", 9, "a"), ua("asserts", 5, "b"))
    assert [topic for topic, _ in paged(claims, 9, day=[1, 2])[0]] == ["b", "a"]


def test_of_the_propositions_of_one_day_the_contested_come_first_then_the_topic_s_name() -> None:
    claims = frame(
        ua("asserts", topic="b"),
        ua("asserts", topic="a"),
        ua("asserts", topic="z"),
        ru("denies", topic="z"),
        un("asserts", 11, "new"),
    )
    assert [topic for topic, _ in paged(claims, 9)[0]] == ["new", "z", "a", "b"]


def test_there_is_no_page_of_no_claims_and_none_beyond_the_last() -> None:
    claims = frame(ua("asserts"), ru("denies"))
    assert paged(claims, 9, []) == []
    zero = np.zeros(2, dtype=np.int64)
    assert Voices.of(claims).page(np.arange(2), zero, zero, page=1, size=2) == ()
    assert paged(frame(), 9) == []


def test_a_dispute_names_its_topic_by_code() -> None:
    voices = Voices.of(frame(ua("asserts", topic="b"), ua("asserts", topic="a")))
    assert voices.topics == ["a", "b"]
    found, _ = voices.disputes(np.array([0]), np.array([0, 0]), most=1)
    assert found == (Dispute(1, (0,)),)


rows = st.lists(
    st.tuples(
        st.sampled_from(["advance", "losses"]),
        st.sampled_from(STANCES),
        st.sampled_from(SIDES),
        st.sampled_from(FAVOURS),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40)
@given(rows)
def test_every_claim_stands_once_and_no_denial_stands_behind_an_agreeing_voice(
    chosen: list[Row],
) -> None:
    claims = frame(*chosen)
    found = read(claims)
    assert sorted(i for _, listed in found for i in listed) == list(range(len(claims)))
    of_topic = standings(claims)["standing"]
    ranks = [STANDINGS.index(of_topic[topic]) for topic, _ in found]
    assert ranks == sorted(ranks)
    admits = is_admission(claims)
    for _, (lead, *answers) in found:
        if claims["stance"][lead] != "asserts":
            assert "asserts" not in set(claims["stance"][answers])
            continue
        against = [claims["stance"][i] in OPPOSING for i in answers]
        assert against == sorted(against, reverse=True)
        rest = [bool(admits[i]) for i in answers if claims["stance"][i] not in OPPOSING]
        assert rest == sorted(rest, reverse=True)


@settings(max_examples=40)
@given(rows, st.integers(1, 5))
def test_pages_hold_every_claim_once_and_all_but_the_last_are_full(
    chosen: list[Row], size: int
) -> None:
    claims = frame(*chosen)
    pages = paged(claims, size)
    sizes = [sum(len(listed) for _, listed in page) for page in pages]
    assert sizes[:-1] == [size] * (len(pages) - 1)
    listed = [i for page in pages for _, claims_of_it in page for i in claims_of_it]
    assert sorted(listed) == list(range(len(claims)))
