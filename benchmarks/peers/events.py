"""The claims as a peer gets them: position, side and colour, without words."""

from __future__ import annotations

import os
from functools import cache
from typing import Final

import pandas as pd

SIDES: Final = {"Ukraine": "ukraine", "Russia": "russia", "Third party": "third_party"}
CHOICES: Final = ("All", *SIDES)
COLOURS: Final = {"ukraine": "#0072B2", "russia": "#D55E00", "third_party": "#444444"}
CENTRE: Final = (48.598, 37.93)
ZOOM: Final = 10


@cache
def placed_events() -> pd.DataFrame:
    """Read the placed claims of the Parquet file that the variable CLAIMS names.

    Returns
    -------
    pandas.DataFrame
        `lon` and `lat` (EPSG:4326 degrees), `side`.
    """
    columns = ["longitude", "latitude", "side"]
    frame = pd.read_parquet(os.environ["CLAIMS"], columns=columns)
    frame = frame[frame["longitude"] != ""]
    lon, lat = (frame[name].astype(float) for name in columns[:2])
    return pd.DataFrame({"lon": lon, "lat": lat, "side": frame["side"]}).reset_index(drop=True)


def kept(choice: str) -> pd.DataFrame:
    """Keep the events of one side.

    Parameters
    ----------
    choice : str
        Of `CHOICES`.

    Returns
    -------
    pandas.DataFrame
        As from `placed_events`.
    """
    events = placed_events()
    return events if choice == "All" else events[events["side"] == SIDES[choice]]
