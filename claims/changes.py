"""What is new on the record since an earlier day, or since an earlier export of it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from claims.days import LAST_DAY
from claims.errors import UnreadableFileError
from claims.model import OPPOSING, QUANTITIES
from claims.standing import standings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

EXPORT_MAX_BYTES: Final = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True, order=True)
class StandingChange:
    """A proposition whose standing was one and is another: `claims.model.STANDINGS`."""

    topic: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, order=True)
class NumberChange:
    """A quantity for which an organisation's last word on a proposition is another than it was.

    Attributes
    ----------
    topic, organisation : str
    column : str
        One of `claims.model.QUANTITIES`; it carries the unit.
    before, after : float
    claim_before, claim_after : str
        `claim_id` of the claims that state them.
    """

    topic: str
    organisation: str
    column: str
    before: float
    after: float
    claim_before: str
    claim_after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, each in the order of the record or of the alphabet.

    Attributes
    ----------
    new_claims : tuple of str
        `claim_id` of claims that were not there, in the record's order.
    new_denials : tuple of str
        Those of them that deny or doubt.
    gone_claims : tuple of str
        `claim_id` of claims that were there and are no more.
    new_topics : tuple of str
        Propositions nobody had spoken to.
    standings : tuple of StandingChange
        Of propositions spoken to both before and now, by topic.
    numbers : tuple of NumberChange
        By topic, organisation and column.
    """

    new_claims: tuple[str, ...]
    new_denials: tuple[str, ...]
    gone_claims: tuple[str, ...]
    new_topics: tuple[str, ...]
    standings: tuple[StandingChange, ...]
    numbers: tuple[NumberChange, ...]


def changes_between_days(
    claims: pd.DataFrame, earlier_day: int, later_day: int | None = None
) -> Changes:
    """Tell what came up after one day and up to another.

    Parameters
    ----------
    claims : pandas.DataFrame
        As `claims.load.Record.claims`; narrow it down first to what is looked at.
    earlier_day, later_day : int
        Days of saying since 1970-01-01, both counted as known; None = every day.

    Returns
    -------
    Changes
        Nothing is ever gone.
    """
    said = claims["said_day"].to_numpy(dtype=np.int64, na_value=LAST_DAY + 1)
    now = said <= (LAST_DAY if later_day is None else later_day)
    return _changes(claims, (said <= earlier_day) & now, now, ())


def changes_since_export(claims: pd.DataFrame, earlier_ids: Collection[str]) -> Changes:
    """Tell what the record holds that an earlier export of the same view did not, and the reverse.

    Parameters
    ----------
    claims : pandas.DataFrame
        As `claims.load.Record.claims`, narrowed down to the view that was exported.
    earlier_ids : collection of str
        The claims of the export, from `read_claim_ids`. A claim is known by its id alone: one
        that was coded anew since then counts as it is coded now.

    Returns
    -------
    Changes
    """
    before = claims["claim_id"].isin(list(earlier_ids)).to_numpy(dtype=bool)
    gone = sorted(set(earlier_ids).difference(claims["claim_id"]))
    return _changes(claims, before, np.ones(len(claims), dtype=bool), gone)


def read_claim_ids(path: Path) -> tuple[str, ...]:
    """Read which claims an earlier export holds.

    Parameters
    ----------
    path : Path
        A CSV or GeoJSON file that this project wrote.

    Returns
    -------
    tuple of str
        In the order of the file, each once.

    Raises
    ------
    UnreadableFileError
        If it is no such file.
    """
    expected = "a CSV or GeoJSON export of claims"
    remedy = "Give a file written by the export of this project."
    try:
        with path.open("rb") as file:
            data = file.read(EXPORT_MAX_BYTES + 1)
        if len(data) > EXPORT_MAX_BYTES:
            found = f"more than {EXPORT_MAX_BYTES:,} bytes"
            raise UnreadableFileError(path.name, found, "a smaller file", remedy)
        text = data.decode("utf-8-sig")
        ids = list(_geojson_ids(text) if text.lstrip().startswith("{") else _csv_ids(text))
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise UnreadableFileError(path.name, found, expected, remedy) from error
    except (ValueError, KeyError, TypeError, RecursionError, csv.Error) as error:
        found = "no column or member claim_id that can be read"
        raise UnreadableFileError(path.name, found, expected, remedy) from error
    return tuple(dict.fromkeys(ids))


def _geojson_ids(text: str) -> Iterable[str]:
    for feature in json.loads(text)["features"]:
        yield _text(feature["properties"]["claim_id"])


def _csv_ids(text: str) -> Iterable[str]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "claim_id" not in (reader.fieldnames or ()):
        raise KeyError
    for row in reader:
        yield _text(row["claim_id"])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _changes(
    claims: pd.DataFrame,
    before: NDArray[np.bool_],
    now: NDArray[np.bool_],
    gone: Iterable[str],
) -> Changes:
    is_new = now & ~before
    denying = is_new & claims["stance"].isin(OPPOSING).to_numpy(dtype=bool)
    earlier, later = (claims[rows].reset_index(drop=True) for rows in (before, now))
    standing_before = standings(earlier)["standing"].to_dict()
    standing_after = standings(later)["standing"].to_dict()
    numbers_before, numbers_after = _last_numbers(earlier), _last_numbers(later)
    return Changes(
        new_claims=tuple(claims.loc[is_new, "claim_id"]),
        new_denials=tuple(claims.loc[denying, "claim_id"]),
        gone_claims=tuple(gone),
        new_topics=tuple(sorted(map(str, set(standing_after) - set(standing_before)))),
        standings=tuple(
            sorted(
                StandingChange(str(topic), was, standing_after[topic])
                for topic, was in standing_before.items()
                if standing_after.get(topic, was) != was
            )
        ),
        numbers=tuple(
            sorted(
                NumberChange(*key, was, numbers_after[key][0], claim, numbers_after[key][1])
                for key, (was, claim) in numbers_before.items()
                if numbers_after[key][0] != was
            )
        ),
    )


def _last_numbers(claims: pd.DataFrame) -> dict[tuple[str, str, str], tuple[float, str]]:
    """Give the number each organisation stated last for each quantity of each proposition."""
    found = {}
    by_day = claims.sort_values("said_day", kind="stable")
    for column in QUANTITIES:
        stated = by_day[by_day[column].notna()]
        rows = zip(*(stated[n] for n in ("topic", "organisation", column, "claim_id")), strict=True)
        for topic, organisation, value, claim_id in rows:
            found[str(topic), str(organisation), column] = (float(value), str(claim_id))
    return found
