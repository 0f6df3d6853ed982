"""What the page shows of two narrators side by side, found once for all viewers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cartography.comparing import relation_marks
from claims.caches import derived
from claims.comparison import compare

if TYPE_CHECKING:
    from cartography.edition import Edition
    from claims.comparison import Comparison

KEPT_COMPARISONS: Final = 4


@derived(most=KEPT_COMPARISONS)
def comparison(record: Edition, narrators: tuple[str, ...], as_of_day: int | None) -> Comparison:
    """Compare two narrators as of a day.

    Parameters
    ----------
    record : Edition
    narrators : tuple of str
        Two codes of sides or names of organisations.
    as_of_day : int or None
        Days since 1970-01-01; None for the whole record.

    Returns
    -------
    Comparison
    """
    return compare(record.claims, record.voices, narrators, as_of_day)


def compared_message(
    record: Edition, narrators: tuple[str, ...], as_of_day: int | None
) -> dict[str, object] | None:
    """Say for the map who is compared and how they stand to each other on every proposition.

    Parameters
    ----------
    record : Edition
    narrators : tuple of str
        Two, or none.
    as_of_day : int or None

    Returns
    -------
    dict or None
        narrators, asOf and the marks of `cartography.comparing.relation_marks`; None to show one
        map.
    """
    if not narrators:
        return None
    marks = relation_marks(comparison(record, narrators, as_of_day))
    return {"narrators": list(narrators), "asOf": as_of_day, **marks}
