"""How large a disc is drawn: comparable among many claims, legible, and steady while days move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.screen import Screen


def test_a_full_disc_stands_for_a_round_number_that_no_cell_exceeds(screen: Screen) -> None:
    full = screen.page.evaluate(
        "[0, 1, 68, 69, 100, 101, 482, 1001, 144000, 1e6, 1000001].map(ClaimMap.fullDisc)"
    )
    assert full == [68, 68, 68, 100, 100, 200, 500, 2000, 200_000, 10**6, 2 * 10**6]


def test_among_many_claims_the_area_of_a_disc_grows_with_them(screen: Screen) -> None:
    few, half, full, beyond = screen.page.evaluate(
        "[1, 100000, 200000, 300000].map((count) => ClaimMap.discRadius(count, 200000))"
    )
    assert few < 9
    assert (half - few) / (full - few) == pytest.approx(0.5**0.5, rel=0.01)
    assert full == beyond == 34


def test_every_number_has_room_in_its_disc(screen: Screen) -> None:
    counts = [1, 9, 10, 99, 100, 999, 1000, 9949, 9950, 99_499, 999_499, 999_500, 9_949_999]
    texts, radii = screen.page.evaluate(
        """(counts) => [
            counts.map(ClaimMap.shortCount),
            counts.map((count) => ClaimMap.discRadius(count, 1e7)),
        ]""",
        counts,
    )
    assert texts == [
        *("1", "9", "10", "99", "100", "999", "1.0k", "9.9k", "10k", "99k", "999k", "1.0M", "9.9M"),
    ]
    assert all(radius >= 3.8 * len(text) for text, radius in zip(texts, radii, strict=True))


def test_discs_do_not_grow_back_while_the_days_move(screen: Screen) -> None:
    fulls = screen.page.evaluate(
        """async () => {
            const digest = (await (await fetch("readyz")).json()).digest;
            const file = await fetch("claims/" + digest + ".bin");
            const columns = ClaimMap.readColumns(await file.arrayBuffer());
            const n = columns.n;
            const standings = ClaimMap.standingsAsOf(columns, null);
            const tally = { full: 5000, countIn: (grid) =>
                ClaimMap.countCells(columns, grid, new Uint8Array(n).fill(1), standings),
                someIn: () => 0 };
            const world = [0, 0, 2 ** 32, 2 ** 32];
            const keep = new Uint8Array(n).fill(1);
            const held = ClaimMap.gatherDiscs(columns, keep, standings, 10, world, tally);
            const anew = ClaimMap.gatherDiscs(columns, keep, standings, 10, world, null);
            return [held.full, held.discs[0].radius < anew.discs[0].radius];
        }"""
    )
    assert fulls == [5000, True]
