"""What everything handed out says of itself: title, days, filters, counts, sources, handling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.days import day_words
from claims.dtg import date_time_group, local_time_words
from claims.grid import mgrs_reference
from claims.handling import handling_words
from claims.model import NOT_PLACED, SIDES
from claims.standing import standing_of_claims

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from claims.load import Record
    from claims.scenes import Briefing, Scene

ADDED: Final = ("mgrs", "said_dtg", "said_local", "scenes")
"""What a handout adds to each claim: grid square, time as group and in Kyiv, its scenes."""
_WORDS: Final = {side: side.replace("_", " ").capitalize() for side in SIDES}


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One scene of what is handed out, or the one view.

    Attributes
    ----------
    scene : Scene
    keep : numpy.ndarray of bool, shape (n,)
        Which claims it shows.
    as_of : str
        The day up to which claims count for a standing.
    asked : tuple of str
        Window, clock and filters in short phrases, from `Selection.describe`.
    permalink : str
        The page's address of the scene.
    """

    scene: Scene
    keep: NDArray[np.bool_]
    as_of: str
    asked: tuple[str, ...]
    permalink: str

    def heading(self, total: int) -> dict[str, Any]:
        """Give what stands above the scene, in the words of a file."""
        return {
            "title": self.scene.title,
            "text": self.scene.text,
            "as_of": self.as_of,
            "window": f"{self.asked[0]}, {self.asked[1]}",
            "filters": list(self.asked[2:]),
            "shown": shown_words(int(self.keep.sum()), total),
            "permalink": self.permalink,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Handout:
    """What is handed out: the claims of all scenes together, and what is said of them.

    Attributes
    ----------
    title : str
    handling : str
        The marking as it is shown; never blank.
    digest : str
        SHA-256 of the file the claims come from.
    sources : tuple of str
        The outlets of the claims that are kept, in alphabetical order.
    parts : tuple of Part
        One a scene, in their order.
    """

    title: str
    handling: str
    digest: str
    sources: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def keep(self) -> NDArray[np.bool_]:
        """Which claims any scene shows, shape (n,)."""
        kept: NDArray[np.bool_] = np.logical_or.reduce([part.keep for part in self.parts])
        return kept

    def scenes_of(self, position: int) -> list[str]:
        """Name the scenes that show a claim, "1. Title"; none if there is but one scene."""
        if len(self.parts) == 1:
            return []
        return [
            f"{number}. {part.scene.title}"
            for number, part in enumerate(self.parts, start=1)
            if part.keep[position]
        ]

    def added(self, claim: Mapping[str, Any]) -> dict[str, str]:
        """Give what a handout adds to a claim.

        Parameters
        ----------
        claim : mapping
            Columns of `claims.model.COLUMN_NAMES`, and its `position` in the record.

        Returns
        -------
        dict of str to str
            A text for each of `ADDED`; "" where there is none.
        """
        latitude, longitude, doubt_m = (
            None if pd.isna(claim[name]) else float(claim[name])
            for name in ("latitude", "longitude", "location_uncertainty_m")
        )
        square = ""
        is_listed = claim["location_precision"] in NOT_PLACED
        if latitude is not None and longitude is not None and not is_listed:
            square = mgrs_reference(latitude, longitude, doubt_m)
        return {
            "mgrs": square,
            "said_dtg": date_time_group(claim["said_on"]),
            "said_local": local_time_words(claim["said_on"]),
            "scenes": "; ".join(self.scenes_of(claim["position"])),
        }

    def heading(self) -> dict[str, Any]:
        """Give the whole heading as plain data.

        Returns
        -------
        dict
            title, handling, data_digest, shown, sources, and of one scene its own heading, of
            several `scenes`, a list of them.
        """
        keep = self.keep
        total = len(keep)
        heading: dict[str, Any] = {} if len(self.parts) > 1 else self.parts[0].heading(total)
        heading |= {
            "title": self.title,
            "handling": self.handling,
            "data_digest": self.digest,
            "shown": shown_words(int(keep.sum()), total),
            "sources": list(self.sources),
        }
        if len(self.parts) > 1:
            heading["scenes"] = [part.heading(total) for part in self.parts]
        return heading


def hand_out(briefing: Briefing, record: Record, *, page: str = "") -> Handout:
    """Gather what a briefing hands out.

    Parameters
    ----------
    briefing : Briefing
        With at least one scene. A view of the page is a briefing of one.
    record : Record
    page : str, optional
        The address at which the page is served, which permalinks then begin with.

    Returns
    -------
    Handout

    Raises
    ------
    ValueError
        If the briefing has no scene.
    """
    if not briefing.scenes:
        message = "a briefing without a scene hands out nothing, must have at least one"
        raise ValueError(message)
    days = record.days()
    parts = tuple(_part(scene, record, days, page) for scene in briefing.scenes)
    kept = np.logical_or.reduce([part.keep for part in parts])
    outlets = record.claims.loc[kept, "outlet"].unique()
    return Handout(
        title=briefing.title or parts[0].scene.title,
        handling=handling_words(briefing.handling),
        digest=record.digest,
        sources=tuple(sorted(str(outlet) for outlet in outlets if outlet)),
        parts=parts,
    )


def shown_words(shown: int, total: int) -> str:
    """Say how many of how many claims are shown, as the page does."""
    return f"{shown:,} of {total:,} claims"


def _part(scene: Scene, record: Record, days: tuple[int, int] | None, page: str) -> Part:
    selection = scene.selection
    as_of_day = selection.as_of_day()
    standing = np.full(len(record.claims), "", dtype=object)
    if selection.standings:  # else nobody asks for it
        standing = standing_of_claims(record.claims, as_of_day)
    last = as_of_day if as_of_day is not None else days and days[1]
    return Part(
        scene=scene,
        keep=selection.keep(record.claims, standing),
        as_of=day_words(last) if last is not None else "",
        asked=selection.describe(_WORDS),
        permalink=scene.permalink(page, days),
    )
