"""How much is measured: the sizes and the number of times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes and numbers of one run.

    Attributes
    ----------
    middle, large, huge : int
        Claims in the invented files.
    peer_rows : tuple of int
        Claims that the peers are given.
    visits, large_visits : int
        Visits to a page of the project's own record, and of a large one.
    changes : int
        Filter changes a row.
    peer_changes : int
        Filter changes of a peer.
    frames : int
        Moves of a drag, and frames of a play, at least.
    viewers : int
        Further viewers after the first.
    times : int
        Starts of a server, readings of a file.
    """

    middle: int = 100_000
    large: int = 1_000_000
    huge: int = 10_000_000
    peer_rows: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    visits: int = 9
    large_visits: int = 7
    changes: int = 20
    peer_changes: int = 6
    frames: int = 180
    viewers: int = 5
    times: int = 3


FULL: Final = Plan()
QUICK: Final = Plan(
    middle=1_000,
    large=10_000,
    huge=100_000,
    peer_rows=(1_000,),
    visits=2,
    large_visits=2,
    changes=4,
    peer_changes=2,
    frames=60,
    viewers=2,
    times=1,
)
"""Shows in a few minutes that everything runs; its figures say nothing."""
