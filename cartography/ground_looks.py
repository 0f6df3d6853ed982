"""How the layers of the ground look at a zoom: the colours and widths of `ground.css`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTHS: Final = {8: 0.66, 9: 0.78, 10: 1.0, 11: 1.25, 12: 1.6, 13: 2.1, 14: 2.8, 15: 3.6}
"""`--cm-w`, the measure of all lines, at each whole zoom."""
LOCAL: Final = {8: 0.0, 9: 0.0, 10: 0.0, 11: 0.8}
LESSER: Final = {8: 0.55, 9: 0.8}
VILLAGE: Final = {8: 0.0, 9: 0.7}
LEAST_ZOOM, MOST_ZOOM = 8, 15
CASED: Final = {1: (4.2, 2.0), 2: (2.8, 1.2), 3: (2.0, 0.8)}
"""Widths of a road's casing and fill, by its rank."""
RIVERS: Final = {1: (2.5, 1.0), 2: (1.7, 1.0), 3: (1.1, 0.85)}
"""Width and opacity of a river, by its rank."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one layer is drawn.

    Attributes
    ----------
    fill, stroke : str or None
        Tokens of `cartography.symbols.TOKENS`.
    width : float
        Layout pixels.
    opacity : float
    dashes : tuple of float
        Layout pixels on and off.
    cap : str
        "butt" or "round".
    """

    stroke: str | None
    width: float
    fill: str | None = None
    opacity: float = 1.0
    dashes: tuple[float, ...] = ()
    cap: Literal["butt", "round"] = "round"


def look_of(classes: str, zoom: int) -> Look:
    """Give the look of a layer.

    Parameters
    ----------
    classes : str
        CSS classes, from `cartography.ground_data.ground_layers`.
    zoom : int
        Whole zoom level.

    Returns
    -------
    Look

    Raises
    ------
    KeyError
        If no look is known for the classes.
    """
    return dict(_looks(min(MOST_ZOOM, max(LEAST_ZOOM, zoom))))[classes]


def _looks(zoom: int) -> Iterator[tuple[str, Look]]:
    w, local, lesser = WIDTHS[zoom], LOCAL.get(zoom, 1.0), LESSER.get(zoom, 1.0)
    near = 0.75 if zoom > LEAST_ZOOM + 1 else 0.0
    yield "cm-graticule", Look("line", 1.0, opacity=near, cap="butt")
    yield "cm-graticule cm-graticule-half", Look("line", 1.0, opacity=0.75, cap="butt")
    yield "cm-built cm-built-town", Look("built", w, fill="built")
    village = VILLAGE.get(zoom, 1.0)
    yield "cm-built cm-built-village", Look("built", w, fill="built", opacity=village)
    yield "cm-lake", Look("water", 0.6 * w, fill="water")
    canal = (6 * w, 1.6 * w)
    yield "cm-canal", Look("water", 1.1 * w, opacity=0.9, dashes=canal, cap="butt")
    for rank, (wide, opacity) in RIVERS.items():
        yield f"cm-river cm-river-{rank}", Look("water", wide * w, opacity=opacity)
    border = (9.0, 3.0, 1.5, 3.0)
    oblast = Look("border", 0.5 + 0.5 * w, opacity=0.8, dashes=border, cap="butt")
    yield "cm-border cm-border-oblast", oblast
    state = Look("border", 0.9 + 0.6 * w, dashes=border, cap="butt")
    yield "cm-border cm-border-state", state
    yield "cm-rail", Look("border", 0.8 * w, opacity=0.55 * lesser, cap="butt")
    ticks = (0.8 * w, 7 * w)
    yield "cm-rail-ticks", Look("border", 3.4 * w, opacity=0.5 * lesser, dashes=ticks, cap="butt")
    for rank, opacity in ((1, 1.0), (2, lesser), (3, local)):
        casing, fill = CASED[rank]
        name = f"cm-road-{rank}"
        yield f"cm-road cm-road-casing {name}", Look("road-casing", casing * w, opacity=opacity)
        yield f"cm-road cm-road-fill {name}", Look("road", fill * w, opacity=opacity)
