"""Selections of any kind, for tests that hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from claims.model import KINDS, SIDES, STANDINGS
from claims.selection import Selection

ORGANISATIONS = ("Ministry of Defence of Ukraine", "Russian Ministry of Defence", "Wagner", "AFP")
CLAIMANTS = ("Hanna Maliar", "Igor Konashenkov", "Yevgeny Prigozhin")
VOCABULARY = {"organisation": ORGANISATIONS, "claimant": CLAIMANTS}
MAY_11, MAY_12 = 19_488, 19_489

days_strategy = st.integers(MAY_11 - 3, MAY_12 + 3)
windows = st.tuples(days_strategy | st.none(), days_strategy | st.none()).map(
    lambda ends: ends if None in ends else tuple(sorted(ends))  # type: ignore[type-var]
)


@st.composite
def selections(draw: st.DrawFn, query: st.SearchStrategy[str] | None = None) -> Selection:
    """Draw any selection; `query` draws its words."""
    low, high = draw(windows)
    return Selection(
        from_day=low,
        to_day=high,
        clock=draw(st.sampled_from(["said", "happened"])),
        sides=draw(st.frozensets(st.sampled_from(SIDES))),
        organisations=draw(st.frozensets(st.sampled_from(ORGANISATIONS))),
        claimants=draw(st.frozensets(st.sampled_from(CLAIMANTS))),
        kinds=draw(st.frozensets(st.sampled_from(KINDS))),
        standings=draw(st.frozensets(st.sampled_from(STANDINGS))),
        query=draw(query if query is not None else st.text(alphabet="ab.*[ ", max_size=3)),
    )
