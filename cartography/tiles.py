"""The tile layers of the web a reader may opt in to; none is asked for by default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import xyzservices.providers


@dataclass(frozen=True, slots=True)
class Online:
    """A tile layer the reader may choose; none is loaded by default.

    Attributes
    ----------
    key : str
        The word the page's address and the scripts use.
    name : str
        The name in the layer control.
    url : str
        Address template in Leaflet's form.
    credit : str
        Whom to name, plain text.
    hosts : tuple of str
        Every origin the template can ask, for the Content-Security-Policy.
    max_zoom : int
        Largest zoom the tiles are made for.
    """

    key: str
    name: str
    url: str
    credit: str
    hosts: tuple[str, ...]
    max_zoom: int


def _online(key: str, name: str, provider: Any, hosts: tuple[str, ...]) -> Online:  # noqa: ANN401  # xyzservices is untyped
    return Online(
        key=key,
        name=f"{name} (online)",
        url=str(provider["url"]).replace("{variant}", provider.get("variant", "")),
        credit=str(provider["attribution"]).replace("(C)", "©").replace(" -- ", " · "),
        hosts=hosts,
        max_zoom=int(provider.get("max_zoom", 18)),
    )


ONLINE: Final = {
    online.key: online
    for online in (
        _online(
            "osm",
            "OpenStreetMap",
            xyzservices.providers.OpenStreetMap.Mapnik,
            ("https://tile.openstreetmap.org",),
        ),
        _online(
            "topo",
            "OpenTopoMap",
            xyzservices.providers.OpenTopoMap,
            (
                "https://a.tile.opentopomap.org",
                "https://b.tile.opentopomap.org",
                "https://c.tile.opentopomap.org",
            ),
        ),
        _online(
            "imagery",
            "Esri imagery",
            xyzservices.providers.Esri.WorldImagery,
            ("https://server.arcgisonline.com",),
        ),
    )
}
"""The tile layers one may opt in to, by key."""
