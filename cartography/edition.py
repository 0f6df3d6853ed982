"""One loaded record with everything that is derived from it once, for all its viewers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from cartography.wording import VERBS, extent_notes
from claims.columns import pack, without_disc
from claims.disputes import Voices
from claims.ledger import Ledger
from claims.load import Record, load_record
from claims.memory import give_back
from claims.model import STANCES
from claims.opening_days import read_opening_days
from claims.positions import Positions
from claims.progress import Meter
from claims.selection import CLOCKS
from claims.shapes import EXTENTS, Shape, stated_shapes
from claims.standing import History, standings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from claims.progress import Progress


MAX_LIT: Final = 300
"""Claims that light up beside the one that is chosen."""
_ARRANGED: Final = ("positions", "voices", "history", "ledger", "shapes")
"""What is derived from every row, in its order, before the browser's file is packed."""


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """A record and what follows from it.

    Attributes
    ----------
    record : Record
        The checked claims and sectors.
    shapes : tuple of Shape
        The geometry each claim states, EPSG:4326.
    notices : tuple of str
        What could not be drawn to scale, and why.
    positions : Positions
        Quantised positions, the same as in `columns`.
    columns : bytes
        The file of typed arrays for the browser.
    vocabulary : mapping of str to tuple of str
        The values each filter offers; the order is that of the codes in `columns`.
    first_day, last_day : int
        The days of the first and last word said, since 1970-01-01 (0 for an empty record).
    voices : Voices
        What the reading order of the claims hangs on.
    ledger : Ledger
        What the standings as of a day are counted from.
    extents : mapping of int to str
        For each claim that states an extent the kind of its shape.
    has_disc : numpy.ndarray of bool, shape (n,)
        Whether a claim is part of a disc: it is placed, and its mark is no line.
    undated : int
        Claims that state no day of the event: a window under the clock "happened" holds none.
    opening : (int, int) or None
        First and last day of saying that the page opens on; None for every day.
    """

    record: Record
    shapes: tuple[Shape, ...]
    notices: tuple[str, ...]
    positions: Positions
    columns: bytes
    vocabulary: Mapping[str, tuple[str, ...]]
    first_day: int
    last_day: int
    voices: Voices
    ledger: Ledger
    extents: Mapping[int, str]
    has_disc: NDArray[np.bool_]
    undated: int
    opening: tuple[int, int] | None

    @property
    def claims(self) -> pd.DataFrame:
        """The record's claims."""
        return self.record.claims

    def position(self, claim_id: str) -> int | None:
        """Find a claim by its name; None if there is none of it, or for ""."""
        if not claim_id:
            return None
        found = np.flatnonzero((self.claims["claim_id"] == claim_id).to_numpy(dtype=bool))
        return int(found[0]) if len(found) else None

    def claim_id(self, position: int | None) -> str:
        """Name the claim at a position; "" for None."""
        return "" if position is None else str(self.claims["claim_id"].iloc[position])

    def others(self, claim: int | None, as_of_day: int | None) -> tuple[int, ...]:
        """List the other voices on the chosen claim's proposition, those who answer it first.

        Parameters
        ----------
        claim : int or None
            Position of the claim; none is chosen, none has others.
        as_of_day : int or None
            As for `claims.disputes.Voices.others`.

        Returns
        -------
        tuple of int
            Positions.
        """
        return () if claim is None else self.voices.others(claim, as_of_day)

    def day_of(self, clock: str) -> NDArray[np.int64]:
        """Give the last day each claim bears on a clock.

        Parameters
        ----------
        clock : str
            "said" or "happened".

        Returns
        -------
        numpy.ndarray of int64, shape (n,)
            Days since 1970-01-01; under "happened" a claim that states no day of the event stands
            before all others.
        """
        if clock == "said":
            return self.voices.said
        happened = self.claims["event_last_day"].fillna(self.claims["event_first_day"])
        return happened.to_numpy(dtype=np.int64, na_value=np.iinfo(np.int64).min + 1)

    def newest(
        self, positions: NDArray[np.intp], most: int, clock: str = CLOCKS[0]
    ) -> NDArray[np.intp]:
        """Give the positions of claims, of too many only those of the latest days.

        Parameters
        ----------
        positions : numpy.ndarray of int
        most : int
            1 or more.
        clock : str, optional
            What the days go by, as in `day_of`.

        Returns
        -------
        numpy.ndarray of int
            At most so many, in the order given; of the last day that has room for some of its
            claims only, the first.
        """
        if len(positions) <= most:
            return positions
        day = self.day_of(clock)[positions]
        last = np.partition(day, -most)[-most]
        taken = day > last
        taken[np.flatnonzero(day == last)[: most - np.count_nonzero(taken)]] = True
        newest: NDArray[np.intp] = positions[taken]
        return newest

    def standings(self, as_of_day: int | None) -> pd.DataFrame:
        """Give the standing of every proposition as of a day.

        Parameters
        ----------
        as_of_day : int or None
            Days since 1970-01-01; None for the whole record.

        Returns
        -------
        pandas.DataFrame
            As `claims.standing.standings`.
        """
        return standings(self.claims, as_of_day)


def lit_voices(others: Sequence[int], keep: NDArray[np.bool_]) -> tuple[int, ...]:
    """Say which voices light up with the chosen claim.

    Parameters
    ----------
    others : sequence of int
        From `Edition.others`.
    keep : numpy.ndarray of bool, shape (n,)
        What is shown.

    Returns
    -------
    tuple of int
        Those that are shown, at most `MAX_LIT`.
    """
    return tuple(voice for voice in others if keep[voice])[:MAX_LIT]


def open_edition(path: Path, *, geo: Path, progress: Progress | None = None) -> Edition:
    """Load a file and derive what its viewers share.

    Parameters
    ----------
    path : Path
        A CSV or Parquet file of claims.
    geo : Path
        The folder of `sectors.geojson` and `places.geojson`.
    progress : Progress, optional
        Is told how far the loading is, through all of `claims.progress.STEPS`.

    Returns
    -------
    Edition

    Raises
    ------
    UnreadableFileError
        If the file is no table of claims.
    BadGeometryFileError
        If a file of `geo` is missing or broken.
    """
    return edition_of(load_record(path, geo=geo, progress=progress), path, progress=progress)


def edition_of(record: Record, path: Path, *, progress: Progress | None = None) -> Edition:
    """Derive from a loaded record what its viewers share.

    Parameters
    ----------
    record : Record
    path : Path
        The file it was read from; the days it opens on are told beside it.
    progress : Progress, optional
        Is told how far the arranging and packing are.

    Returns
    -------
    Edition
    """
    claims = record.claims
    verbs = [VERBS[stance] for stance in STANCES]
    opening, fault = read_opening_days(path)
    meter = Meter(progress, "arranging", len(claims) * len(_ARRANGED))
    with ThreadPoolExecutor(1) as beside:  # the shapes are made one by one, the rest at once
        drawing = beside.submit(stated_shapes, record)
        positions = Positions(claims)
        meter.add(len(claims))
        voices = Voices.of(claims)
        meter.add(len(claims))
        history = History.of(claims)
        meter.add(len(claims))
        ledger = Ledger(claims, history)
        meter.add(len(claims))
        shapes, notices = drawing.result()
        meter.add(len(claims))
    notes = extent_notes(claims, shapes)
    has_disc = positions.placed.copy()
    has_disc[without_disc(shapes)] = False
    first_day, last_day = record.days() or (0, 0)
    edition = Edition(
        record=record,
        shapes=shapes,
        notices=(*notices, fault) if fault else notices,
        positions=positions,
        columns=pack(
            record,
            shapes,
            positions,
            notes,
            verbs=verbs,
            history=history,
            progress=progress,
        ),
        vocabulary=record.vocabulary(),
        first_day=first_day,
        last_day=last_day,
        voices=voices,
        ledger=ledger,
        extents={i: shape.kind for shape in shapes if shape.kind in EXTENTS for i in shape.claims},
        has_disc=has_disc,
        undated=int(claims["event_first_day"].isna().sum()),
        opening=opening,
    )
    give_back()
    return edition
