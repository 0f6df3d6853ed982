"""Rows that differ from a plain one, and what the tests of panels ask of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cartography.panels import Standings
from claims.positions import world_xy

if TYPE_CHECKING:
    from cartography.edition import Edition

RUSSIA: Final = {
    "side": "russia",
    "favours": "russia",
    "organisation": "Russian Ministry of Defence",
    "claimant": "Igor Konashenkov",
}
OTHER: Final = {"topic": "losses", "proposition": "Many were lost.", "kind": "losses"}
UNPLACED: Final = {
    **dict.fromkeys(("place", "latitude", "longitude", "geometry_basis"), ""),
    "location_precision": "unplaced",
}
SOLEDAR: Final = {"place": "Soledar", "latitude": "48.6834", "longitude": "38.0895"}


def everything(edition: Edition) -> np.ndarray:
    """Keep every claim."""
    return np.ones(len(edition.claims), dtype=bool)


def without(edition: Edition, *positions: int) -> np.ndarray:
    """Keep every claim but some."""
    keep = everything(edition)
    keep[list(positions)] = False
    return keep


def now(edition: Edition) -> Standings:
    """Give the standings of the whole record."""
    return Standings(edition, None)


def cell(edition: Edition, claim: int, level: int) -> tuple[int, int, int]:
    """Name the cell of a grid in which a claim lies: level, x, y."""
    row = edition.claims.iloc[claim]
    x, y = world_xy(np.array([float(row["longitude"])]), np.array([float(row["latitude"])]))
    return level, int(x[0]) >> (32 - level), int(y[0]) >> (32 - level)


def listed(panel: dict[str, Any]) -> list[tuple[int, ...]]:
    """Give the claims of a panel, a tuple a group."""
    return [tuple(group["claims"]) for group in panel["groups"]]
