"""Panel with datashader: the server paints a picture, the browser shows it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import datashader
import panel as pn
from datashader import transfer_functions

from benchmarks.peers.events import CHOICES, kept

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH_PX, HEIGHT_PX = 1000, 560
WEST, EAST, SOUTH, NORTH = 37.2, 38.7, 48.2, 49.0


def picture(choice: str) -> Image:
    """Paint the kept events.

    Parameters
    ----------
    choice : str
        Of `CHOICES`.

    Returns
    -------
    PIL.Image.Image
    """
    canvas = datashader.Canvas(WIDTH_PX, HEIGHT_PX, (WEST, EAST), (SOUTH, NORTH))
    shade = transfer_functions.shade(canvas.points(kept(choice), "lon", "lat"))
    painted: Image = transfer_functions.dynspread(shade).to_pil()
    return painted


def page() -> pn.Column:
    """Make one viewer's page.

    Returns
    -------
    panel.Column
    """
    side = pn.widgets.RadioButtonGroup(options=list(CHOICES), value=CHOICES[0])
    return pn.Column(side, pn.pane.PNG(pn.bind(picture, side), width=WIDTH_PX))


def main() -> None:
    """Serve the page: `python -m benchmarks.peers.panel_page PORT`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    pn.serve({"/": page}, port=parser.parse_args().port, address="127.0.0.1", show=False)


if __name__ == "__main__":
    main()
