"""The script of the ground as a file the app serves."""

from __future__ import annotations

from functools import cache

from cartography.tiles import ONLINE
from components.assets import JAVASCRIPT, Asset, make_asset
from components.shared import GEO


@cache
def ground_asset(online: str) -> Asset:
    """Make the ground's script for the drawn map or an online layer.

    Parameters
    ----------
    online : str
        A key of `cartography.tiles.ONLINE`; anything else means the drawn map.

    Returns
    -------
    Asset
        Its path is `ground/<digest>.js`.
    """
    # Not at the server's start: folium takes a tenth of it, and the claims are read meanwhile.
    from cartography.ground import ground_digest, ground_script  # noqa: PLC0415

    script = ground_script(GEO, online=online if online in ONLINE else None)
    return make_asset("ground/{}.js", JAVASCRIPT, script.encode(), ground_digest(script))
