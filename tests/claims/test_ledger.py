"""What the ledger counts as of any day is what the standings of that day say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.ledger import Ledger
from claims.model import SIDES, STANCES, STANDINGS
from claims.standing import standing_of_claims, standings

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSPOKEN = len(STANDINGS)
said = st.tuples(
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(STANCES),
    st.sampled_from(["Ministry", "Army", "Agency"]),
    st.sampled_from(SIDES),
    st.integers(100, 106),
)


def frame(rows: Sequence[tuple[str, str, str, str, int]]) -> pd.DataFrame:
    names = ["topic", "stance", "organisation", "side", "said_day"]
    claims = pd.DataFrame(list(rows), columns=names)
    return claims.assign(
        said_day=claims["said_day"].astype("Int32"), favours="neither", proposition=claims["topic"]
    )


@settings(max_examples=200)
@given(st.lists(said, min_size=1, max_size=20), st.integers(98, 108) | st.none())
def test_counts_and_standings_are_those_of_the_day(
    rows: list[tuple[str, str, str, str, int]], as_of_day: int | None
) -> None:
    claims = frame(rows)
    ledger = Ledger(claims)
    tally = ledger.tally(as_of_day)
    codes = ledger.standings(tally, UNSPOKEN)
    table = standings(claims, as_of_day)
    for at, topic in enumerate(sorted(set(claims["topic"]))):
        if topic not in table.index:
            assert codes[at] == UNSPOKEN
            assert not tally[at].any()
            continue
        assert STANDINGS[codes[at]] == table.loc[topic, "standing"]
        for side, counts in zip(SIDES, tally[at], strict=True):
            assert counts[0] == table.loc[topic, f"supporting_{side}"]
            assert counts[1] == table.loc[topic, f"opposing_{side}"]
        assert tally[at, :, 2].sum() == table.loc[topic, "undecided"]


@given(st.lists(said, min_size=1, max_size=20))
def test_claims_have_the_standing_of_their_topic(
    rows: list[tuple[str, str, str, str, int]],
) -> None:
    claims = frame(rows)
    ledger = Ledger(claims)
    codes = ledger.standings(ledger.tally(None), UNSPOKEN)
    of_claims = codes[pd.factorize(claims["topic"], sort=True)[0]]
    assert [STANDINGS[code] for code in of_claims] == standing_of_claims(claims).tolist()


def test_no_claims_make_an_empty_ledger() -> None:
    assert Ledger(frame([])).tally(None).shape == (0, 3, 3)
    assert Ledger.standings(np.zeros((0, 3, 3), np.int32), UNSPOKEN).tolist() == []
