"""The tile layers of the web a reader may opt in to; none is asked for by default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Online:
    """A tile layer the reader may choose; none is loaded by default.

    Attributes
    ----------
    key : str
        The word the page's address and the scripts use.
    title : str
        What it is called.
    provider : str
        The name under which `xyzservices` knows it, parts joined by a dot.
    hosts : tuple of str
        Every origin the template can ask, for the Content-Security-Policy.
    """

    key: str
    title: str
    provider: str
    hosts: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in the layer control."""
        return f"{self.title} (online)"

    @property
    def url(self) -> str:
        """Address template in Leaflet's form."""
        known = self._known()
        return str(known["url"]).replace("{variant}", known.get("variant", ""))

    @property
    def credit(self) -> str:
        """Whom to name, plain text."""
        return str(self._known()["attribution"]).replace("(C)", "©").replace(" -- ", " · ")

    @property
    def max_zoom(self) -> int:
        """Largest zoom the tiles are made for."""
        return int(self._known().get("max_zoom", 18))

    def _known(self) -> Any:  # noqa: ANN401  # xyzservices is untyped
        # Not at the server's start: it reads some hundred providers, and most readers ask for none.
        from xyzservices import providers  # noqa: PLC0415

        return providers.flatten()[self.provider]


ONLINE: Final = {
    online.key: online
    for online in (
        Online(
            "osm",
            "OpenStreetMap",
            "OpenStreetMap.Mapnik",
            ("https://tile.openstreetmap.org",),
        ),
        Online(
            "topo",
            "OpenTopoMap",
            "OpenTopoMap",
            (
                "https://a.tile.opentopomap.org",
                "https://b.tile.opentopomap.org",
                "https://c.tile.opentopomap.org",
            ),
        ),
        Online(
            "imagery",
            "Esri imagery",
            "Esri.WorldImagery",
            ("https://server.arcgisonline.com",),
        ),
    )
}
"""The tile layers one may opt in to, by key."""
