"""A sheet to draw on in layout pixels, y down: matplotlib's objects, without its global state."""

from __future__ import annotations

from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Final, Literal, TypedDict

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox, TransformedBbox

from cartography.symbols import TOKENS
from exports.type import cut, plain, properties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.artist import Artist
    from numpy.typing import NDArray

    from cartography.frame import Rect

POINTS_AN_INCH: Final = 72
"""At this resolution a point is a pixel: sizes and widths are given in layout pixels."""
COLOURS: Final = TOKENS["light"]
RIM_PX: Final = 1.5
"""Width of the stroke about a circle or polygon."""


class TextLook(TypedDict, total=False):
    """How a text looks, as `Sheet.text` takes it."""

    size_px: float
    ink: str
    weight: int
    italic: bool
    halo: float
    align: str
    middle: bool
    angle: float
    most_px: float | None


class PathLook(TypedDict, total=False):
    """How a path looks, as `Sheet.path` takes it."""

    closed: bool
    fill: str | None
    stroke: str | None
    width: float
    dashes: Sequence[float]
    alpha: float
    cap: Literal["butt", "round"]


class Sheet:
    """One page or picture.

    Parameters
    ----------
    width, height : float
        Layout pixels.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        What a canvas renders: a layout pixel is a point of it.
    """

    def __init__(self, width: float, height: float) -> None:
        size = (width / POINTS_AN_INCH, height / POINTS_AN_INCH)
        self.figure = Figure(figsize=size, dpi=POINTS_AN_INCH, facecolor=COLOURS["page"])
        self._axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_axis_off()
        self._axes.set_xlim(0.0, width)
        self._axes.set_ylim(height, 0.0)
        self._order = count(1)
        self._clip: TransformedBbox | None = None

    def clip(self, rect: Rect | None) -> None:
        """Draw only inside a rectangle from now on; None for everywhere."""
        self._clip = None
        if rect is not None:
            box = Bbox.from_extents(rect.x, rect.y, rect.right, rect.bottom)
            self._clip = TransformedBbox(box, self._axes.transData)

    def _add(self, artist: Artist) -> None:
        artist.set_zorder(next(self._order))
        self._axes.add_artist(artist)
        artist.set_clip_path(None)
        artist.set_clip_box(self._clip)
        artist.set_clip_on(self._clip is not None)

    def path(  # noqa: PLR0913  # what a pen can do
        self,
        lines: Sequence[NDArray[np.float64]],
        *,
        closed: bool = False,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 1.0,
        dashes: Sequence[float] = (),
        alpha: float = 1.0,
        cap: Literal["butt", "round"] = "butt",
    ) -> None:
        """Draw lines or outlines as one path.

        Parameters
        ----------
        lines : sequence of numpy.ndarray, shape (n, 2)
            Layout pixels.
        closed : bool, optional
        fill, stroke : str or None, optional
            Colours.
        width : float, optional
        dashes : sequence of float, optional
            Lengths on and off in layout pixels.
        alpha : float, optional
        cap : str, optional
            "butt" or "round".
        """
        if not lines:
            return
        path = Path.make_compound_path(*(_outline(line, closed=closed) for line in lines))
        # matplotlib measures dashes in widths of the line.
        pattern = tuple(length / width for length in dashes)
        self._add(
            PathPatch(
                path,
                fill=fill is not None,
                facecolor=fill or "none",
                edgecolor=stroke or "none",
                linewidth=width if stroke else 0.0,
                linestyle=(0.0, pattern) if pattern else "solid",
                alpha=alpha,
                capstyle=cap,
                joinstyle="round",
            )
        )

    def circle(  # noqa: PLR0913  # what a pen can do
        self,
        x: float,
        y: float,
        radius: float,
        fill: str,
        stroke: str | None = None,
        *,
        alpha: float = 1.0,
    ) -> None:
        """Draw a filled circle."""
        look = {"facecolor": fill, "edgecolor": stroke or "none", "alpha": alpha}
        self._add(Circle((x, y), radius, linewidth=RIM_PX if stroke else 0.0, **look))

    def polygon(
        self,
        points: Sequence[tuple[float, float]],
        fill: str,
        stroke: str | None = None,
    ) -> None:
        """Draw a filled polygon."""
        look = {"facecolor": fill, "edgecolor": stroke or "none", "joinstyle": "round"}
        self._add(Polygon(points, closed=True, linewidth=RIM_PX if stroke else 0.0, **look))

    def rect(self, rect: Rect, fill: str | None, stroke: str | None = None) -> None:
        """Draw a rectangle."""
        box = Rectangle((rect.x, rect.y), rect.w, rect.h, linewidth=1.0 if stroke else 0.0)
        box.set_facecolor(fill or "none")
        box.set_edgecolor(stroke or "none")
        self._add(box)

    def text(  # noqa: PLR0913  # what type can do
        self,
        text: str,
        x: float,
        y: float,
        *,
        size_px: float,
        ink: str = COLOURS["ink"],
        weight: int = 400,
        italic: bool = False,
        halo: float = 0.0,
        align: str = "left",
        middle: bool = False,
        angle: float = 0.0,
        most_px: float | None = None,
    ) -> None:
        """Write a line of text as it is: nothing in it means anything to the writer.

        Parameters
        ----------
        text : str
            Any text; `exports.type.plain` makes it writable.
        x, y : float
            Layout pixels: the edge or centre `align` names, and the baseline or, with `middle`,
            the middle of the line.
        size_px : float
        ink : str, optional
            A colour.
        weight : int, optional
        italic : bool, optional
        halo : float, optional
            Width of the rim in the colour of the land.
        align : str, optional
            "left", "center" or "right".
        middle : bool, optional
        angle : float, optional
            Degrees, clockwise.
        most_px : float or None, optional
            What is wider is cut.
        """
        line = plain(text)
        if most_px is not None:
            line = cut(line, size_px, most_px, weight=weight)
        artist = self._axes.text(
            x,
            y,
            line,
            fontproperties=properties(size_px, weight=weight, italic=italic),
            color=ink,
            ha=align,
            va="center_baseline" if middle else "baseline",
            rotation=-angle,
            rotation_mode="anchor",
            parse_math=False,
            zorder=next(self._order),
        )
        artist.set_clip_on(False)
        if halo:
            artist.set_path_effects([withStroke(linewidth=halo, foreground=COLOURS["land"])])

    def png(self, scale: float) -> bytes:
        """Render the sheet.

        Parameters
        ----------
        scale : float
            Pixels of the picture a layout pixel.

        Returns
        -------
        bytes
            A PNG file.
        """
        FigureCanvasAgg(self.figure)
        file = BytesIO()
        self.figure.savefig(
            file,
            format="png",
            dpi=POINTS_AN_INCH * scale,
            metadata={"Software": None},
            pil_kwargs={"compress_level": 3},
        )
        return file.getvalue()


def _outline(line: NDArray[np.float64], *, closed: bool) -> Path:
    if not closed:
        return Path(line)
    return Path(np.concatenate([line, line[:1]]), closed=True)
