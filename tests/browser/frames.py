"""Where a map stands, in the words of the page's own scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from claims.positions import world_xy

if TYPE_CHECKING:
    from cartography.frame import Frame


def frame_message(frame: Frame) -> dict[str, object]:
    """Say to a script in the browser where a map stands.

    Parameters
    ----------
    frame : Frame

    Returns
    -------
    dict
        JSON-ready: `centre` (world units), `middle` (the same place in layout pixels), `factor`
        (layout pixels a world unit), whole `zoom`, and `box` (world units).
    """
    x, y = world_xy(np.array([frame.longitude]), np.array([frame.latitude]))
    return {
        "centre": [int(x[0]), int(y[0])],
        "middle": list(frame.rect.centre),
        "factor": frame.factor,
        "zoom": frame.whole_zoom,
        "box": list(frame.box()),
    }
