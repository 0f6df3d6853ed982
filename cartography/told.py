"""Which claims a picture, page or slide tells in words, each side with the same room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.model import SIDES

if TYPE_CHECKING:
    from cartography.drawing import Shown
    from cartography.edition import Edition


def told_claims(record: Edition, shown: Shown, most: int) -> list[int]:
    """Choose the claims that are told in words.

    Parameters
    ----------
    record : Edition
    shown : Shown
    most : int
        How many there is room for.

    Returns
    -------
    list of int
        The chosen claim and who answers it; without one the claims that are most answered. The
        sides take turns, so that none has more than one claim more than another while that one
        still has any to tell.
    """
    if shown.claim is not None and shown.keep[shown.claim]:
        order = [shown.claim, *shown.voices]
    else:
        positions = np.flatnonzero(shown.keep)
        found, _ = record.voices.disputes(positions, shown.standings.code, most=most)
        order = [claim for dispute in found for claim in dispute.claims]
    waiting: dict[str, list[int]] = {side: [] for side in SIDES}
    sides = record.claims["side"]
    for claim in order:
        waiting[str(sides.iloc[claim])].append(claim)
    # Who speaks first keeps the first turn.
    turns = sorted(
        (side for side in SIDES if waiting[side]), key=lambda side: order.index(waiting[side][0])
    )
    told: list[int] = []
    while len(told) < most and any(waiting.values()):
        for side in turns:
            if waiting[side] and len(told) < most:
                told.append(waiting[side].pop(0))
    return told
