"""One selection keeps one set of claims in Python and in the browser, whatever counts it there."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from benchmarks.synthetic import synthetic_claims
from cartography.edition import open_edition
from cartography.panels import disc_claims
from claims.model import SIDES, STANDINGS
from claims.selection import CLOCKS, Selection
from components import shared
from components.address import View
from components.address_values import read_cells
from components.assets import page_script
from components.claim_map.claim_map import map_message
from tests.browser.drawn import records, selections, windows
from tests.report import DATA

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray
    from playwright.sync_api import Browser

    from cartography.edition import Edition

    Ask = Callable[[str, Edition, object], Any]
    OpenClaims = Callable[[pd.DataFrame], Edition]

same = settings(
    max_examples=40,
    derandomize=True,
    database=None,
    # To shrink an example takes minutes: the rows are drawn by a seed, not one by one.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
NO_VIEW = View()
ZOOMS = range(8, 16)
MAY_12 = 19_489

# What the map does with a selection, as in its `repaint`.
KEPT = """
const asOf = ({ clock, to }) => ClaimMap.standingsAsOf(columns, clock === "said" ? to : null);
const kept = (keep) => Array.from(keep.keys()).filter((claim) => keep[claim]);
const open = (selection) => ({ ...selection, from: null, to: null });
"""
KEEP = """asked.map(function (selection) {
  const { keep, count, notPlaced } = ClaimMap.keep(columns, selection, asOf(selection));
  return { claims: kept(keep), count, notPlaced };
})"""
MOVE = """(function () {
  const { selection, moves, zoom } = asked;
  const begun = ClaimMap.keep(columns, open(selection), asOf(selection)).keep;
  const tally = new ClaimMap.Tally(columns, begun, selection.clock);
  return moves.map(function ([from, to]) {
    const standings = asOf({ ...selection, to });
    tally.move(from, to, standings);
    const world = [0, 0, 2 ** 32, 2 ** 32];
    const { discs } = ClaimMap.gatherDiscs(columns, tally.keep, standings, zoom, world, tally);
    return { claims: kept(tally.keep), count: tally.count, notPlaced: tally.notPlaced, discs };
  });
})()"""
DAYS = """(function () {
  const standings = asOf(asked);
  const { keep } = ClaimMap.keep(columns, open(asked), standings);
  const days = ClaimMap.countDays(columns, keep, standings, asked.clock);
  const plain = ([name, value]) => [name, value.length ? Array.from(value) : value];
  return days && Object.fromEntries(Object.entries(days).map(plain));
})()"""
GATHER = """asked.zooms.map(function (zoom) {
  const standings = asOf(asked.selection);
  const { keep } = ClaimMap.keep(columns, asked.selection, standings);
  return ClaimMap.gatherDiscs(columns, keep, standings, zoom, [0, 0, 2 ** 32, 2 ** 32], null).discs;
})"""


@pytest.fixture(scope="module")
def ask(browser: Browser) -> Callable[[str, Edition, object], Any]:
    """Give the answer of the page's own scripts about a record, read from its file of columns."""
    page = browser.new_page()
    page.add_script_tag(content=page_script().body.decode())
    read = """const file = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
    const columns = ClaimMap.readColumns(file.buffer);"""

    def answer(question: str, edition: Edition, asked: object) -> Any:
        script = f"([data, asked]) => {{ {read} {KEPT} return JSON.stringify({question}); }}"
        data = base64.b64encode(edition.columns).decode()
        return json.loads(page.evaluate(script, [data, asked]))

    return answer


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> OpenClaims:
    """Give a maker of editions from the text of a claims file without a fault."""
    path = tmp_path_factory.mktemp("drawn") / "events.csv"

    def make(claims: pd.DataFrame) -> Edition:
        claims.to_csv(path, index=False)
        edition = open_edition(path, geo=DATA / "geo")
        assert len(edition.claims) == len(claims), edition.record.problems
        return edition

    return make


def message(edition: Edition, selection: Selection) -> Any:
    """Give what the page sends to the browser for a selection."""
    keep = shared.keep(edition, selection)
    return map_message(edition, selection, NO_VIEW, keep=keep, voices=())["selection"]


def expected(edition: Edition, selection: Selection) -> dict[str, object]:
    keep = shared.keep(edition, selection)
    return {
        "claims": np.flatnonzero(keep).tolist(),
        "count": int(keep.sum()),
        "notPlaced": int((keep & ~edition.positions.placed).sum()),
    }


def codes_of(edition: Edition, selection: Selection) -> NDArray[np.int8]:
    """Give the standing of each claim's topic as of the selection's day."""
    standings = shared.standings(edition, selection.as_of_day())
    return standings.code[edition.voices.topic]


def in_discs(edition: Edition, keep: NDArray[np.bool_]) -> set[int]:
    """Give the kept claims with a disc: those placed, but not those whose mark is a line."""
    lines = {i for shape in edition.shapes if shape.kind == "line" for i in shape.claims}
    return set(np.flatnonzero(keep & edition.positions.placed).tolist()) - lines


def check_discs(edition: Edition, selection: Selection, discs: list[dict[str, Any]]) -> None:
    """Compare discs with the claims that Python finds in their cells."""
    keep, standing = shared.keep(edition, selection), codes_of(edition, selection)
    side = edition.claims["side"].map(SIDES.index).to_numpy(dtype=np.int64)
    found: list[int] = []
    for disc in discs:
        cells = read_cells(" ".join(disc["cells"]))
        assert len(cells) == len(disc["cells"])
        claims = disc_claims(edition, keep, cells)
        assert len(claims) == disc["count"]
        assert np.bincount(side[claims], minlength=len(SIDES)).tolist() == disc["sides"]
        counted = np.bincount(standing[claims], minlength=len(STANDINGS) + 1)
        assert counted[: len(STANDINGS)].tolist() == disc["standings"]
        assert disc["first"] in claims
        found += claims.tolist()
    assert sorted(found) == sorted(in_discs(edition, keep))


@same
@given(claims=records(), data=st.data())
def test_the_same_claims_are_kept(
    ask: Ask, opened: OpenClaims, claims: pd.DataFrame, data: st.DataObject
) -> None:
    edition = opened(claims)
    asked = data.draw(st.lists(selections(edition), min_size=1, max_size=8))
    found = ask(KEEP, edition, [message(edition, selection) for selection in asked])
    for selection, answer in zip(asked, found, strict=True):
        note(str(selection))
        assert answer == expected(edition, selection)


@same
@given(claims=records(), data=st.data())
def test_a_window_that_moves_in_the_map_keeps_what_python_keeps_where_it_stands(
    ask: Ask, opened: OpenClaims, claims: pd.DataFrame, data: st.DataObject
) -> None:
    edition = opened(claims)
    selection = data.draw(selections(edition, standings=False))
    moves = data.draw(st.lists(windows(edition), min_size=1, max_size=6))
    zoom = data.draw(st.sampled_from(ZOOMS))
    asked = {"selection": message(edition, selection), "moves": moves, "zoom": zoom}
    for (low, high), answer in zip(moves, ask(MOVE, edition, asked), strict=True):
        moved = replace(selection, from_day=low, to_day=high)
        note(str(moved))
        discs = answer.pop("discs")
        assert answer == expected(edition, moved)
        check_discs(edition, moved, discs)


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_window_that_moves_before_the_record_leaves_no_claim(
    ask: Ask, opened: OpenClaims, clock: str
) -> None:
    """Those of the record's first day stayed."""
    day = {"said_on": "2023-05-12", "event_start": "2023-05-12", "event_end": "2023-05-12"}
    edition = opened(synthetic_claims(3).assign(**day))
    moves = [(MAY_12 - 9, MAY_12 - 2), (MAY_12, MAY_12), (MAY_12 - 9, MAY_12 - 1), (0, MAY_12)]
    selection = message(edition, Selection(clock=clock))
    answers = ask(MOVE, edition, {"selection": selection, "moves": moves, "zoom": 11})
    assert [answer["count"] for answer in answers] == [0, 3, 0, 3]


@same
@given(claims=records(), data=st.data())
def test_the_bars_count_the_days_of_what_the_other_filters_leave(
    ask: Ask, opened: OpenClaims, claims: pd.DataFrame, data: st.DataObject
) -> None:
    edition = opened(claims)
    selection = data.draw(selections(edition))
    answer = ask(DAYS, edition, message(edition, selection))
    said = selection.clock == "said"
    names = ["said_day", "said_day"] if said else ["event_first_day", "event_last_day"]
    days = edition.claims[names].set_axis(["first", "last"], axis="columns").dropna().astype(int)
    if days.empty:
        assert answer is None
        return
    first, count = days["first"].min(), days["last"].max() - days["first"].min() + 1
    assert (answer["first"], answer["days"]) == (first, count)
    standing = codes_of(edition, selection)
    keep = replace(selection, from_day=None, to_day=None).keep(edition.claims, standing)
    counts = np.zeros((count, len(SIDES)), dtype=np.int64)
    contested = np.zeros(count, dtype=np.int64)
    for claim, low, high in days.loc[keep[days.index]].itertuples():
        rows = slice(low - first, high - first + 1)
        counts[rows, SIDES.index(edition.claims["side"].iloc[claim])] += 1
        if standing[claim] == STANDINGS.index("contested"):
            contested[rows] = 1
    assert answer["counts"] == counts.ravel().tolist()
    assert answer["contested"] == contested.tolist()


@same
@given(claims=records(), data=st.data())
def test_a_disc_holds_the_claims_that_python_finds_in_its_cells(
    ask: Ask, opened: OpenClaims, claims: pd.DataFrame, data: st.DataObject
) -> None:
    edition = opened(claims)
    selection = data.draw(selections(edition))
    zooms = data.draw(st.lists(st.sampled_from(ZOOMS), min_size=1, max_size=3))
    asked = {"selection": message(edition, selection), "zooms": zooms}
    for zoom, discs in zip(zooms, ask(GATHER, edition, asked), strict=True):
        note(f"zoom {zoom}")
        check_discs(edition, selection, discs)
