"""The direct labels of stated extents: who says it, who answers; the same words as on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cartography.symbols import STANDING_WORDS
from cartography.wording import VERBS, extent_notes, visible
from claims.days import day_words
from claims.model import STANDINGS, SUPPORTING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cartography.edition import Edition
    from cartography.extents import Extent

MOST_NOTES: Final = 8
MOST_FOR_NOTES: Final = 30


def notable(extents: list[Extent]) -> list[Extent]:
    """Give the extents that ask for a note, in the order in which they get one.

    Parameters
    ----------
    extents : list of Extent
        Drawn, the topmost last, their signs placed.

    Returns
    -------
    list of Extent
        What is chosen first, then what is answered; none where many are drawn: notes give way
        first as it gets crowded.
    """
    if sum(extent.is_stated for extent in extents) > MOST_FOR_NOTES:
        return []
    asking = [extent for extent in reversed(extents) if extent.handle and extent.kind != "doubt"]
    return sorted(asking, key=lambda one: 0 if one.lit else 1 if one.standing == 0 else 2)


def note_lines(record: Edition, extent: Extent, keep: NDArray[np.bool_]) -> tuple[str, ...]:
    """Write the note of an extent for what is kept.

    Parameters
    ----------
    record : Edition
    extent : Extent
    keep : numpy.ndarray of bool, shape (n,)

    Returns
    -------
    tuple of str
        Title, who states it, who answers or what is not stated, with the standing. Texts of
        claims are data: characters that change a text unseen are marked.
    """
    (note,) = extent_notes(record.claims, [record.shapes[extent.index]])
    title, caveat = str(note["title"]), str(note["caveat"])
    owners = record.shapes[extent.index].claims
    topics = np.unique(record.voices.topic[list(owners)])
    others = np.flatnonzero(keep & np.isin(record.voices.topic, topics))
    stances, said_days = record.claims["stance"], record.claims["said_day"]
    answers = [int(i) for i in others if i not in owners]
    # Who answers comes before who joins in: a note must not show one side alone.
    answers.sort(key=lambda i: (stances.iloc[i] in SUPPORTING, i))
    lead = extent.claims[0]
    said = day_words(int(said_days.iloc[lead])).rsplit(" ", 1)[0]
    last = caveat
    if answers:
        more = f" · {len(answers) - 1} more" if len(answers) > 1 else ""
        last = f"{_voice(record, answers[0])}{more}"
        title = f"{title}, {caveat}" if caveat else title
    standing = STANDING_WORDS[STANDINGS[extent.standing]]
    lines = (title, f"{_voice(record, lead)}, {said}", f"{last} · {standing}" if last else standing)
    return tuple(visible(line) for line in lines)


def _voice(record: Edition, claim: int) -> str:
    speaker, stance = (record.claims[name].iloc[claim] for name in ("claimant", "stance"))
    return f"{speaker} {VERBS[str(stance)]}"
