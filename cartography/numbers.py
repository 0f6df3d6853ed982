"""The same quantity as different speakers number it, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cartography.wording import QUANTITY_WORDS, number_words
from claims.days import DAYS_A_WEEK, FIRST_DAY, span_words, week_of
from claims.quantities import stated_quantities
from claims.selection import CLOCKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cartography.edition import Edition

MAX_NUMBERS: Final = 400
WEEK_WORDS: Final = {"said": "by the day of saying", "happened": "by the day of the event"}


def numbers_by_week(
    record: Edition, keep: NDArray[np.bool_], clock: str = CLOCKS[0]
) -> dict[str, object]:
    """Set the numbers that kept claims state side by side, week by week.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    clock : str, optional
        Which day of a claim the weeks go by.

    Returns
    -------
    dict
        quantities: title, highest (in words), count, shown (of too many the newest), and weeks:
        when (in words) and rows, one a proposition, each a list of (position, number in words,
        share of the highest).
    """
    day = record.day_of(clock)
    panels = []
    for quantity in stated_quantities(record.claims, keep):
        highest = max(quantity.values) or 1.0
        weeks: dict[int, dict[int, list[tuple[int, str, float]]]] = {}
        stated = dict(zip(quantity.claims, quantity.values, strict=True))
        shown = record.newest(np.array(quantity.claims, dtype=np.intp), MAX_NUMBERS, clock).tolist()
        for position in shown:
            value = stated[position]
            monday = week_of(int(day[position]))
            figure = (position, number_words(value), round(value / highest, 4))
            topics = weeks.setdefault(monday, {})
            topics.setdefault(int(record.voices.topic[position]), []).append(figure)
        panels.append(
            {
                "title": QUANTITY_WORDS[quantity.column],
                "highest": number_words(highest),
                "count": len(quantity.claims),
                "shown": len(shown),
                "weeks": [
                    {"when": _week_words(monday), "rows": list(weeks[monday].values())}
                    for monday in sorted(weeks)
                ],
            }
        )
    return {"quantities": panels, "weeksGo": WEEK_WORDS[clock]}


def _week_words(monday: int) -> str:
    return "no day stated" if monday < FIRST_DAY else span_words(monday, monday + DAYS_A_WEEK - 1)
