"""The ground under the claims: a folium map of `data/geo`, served as a script.

Only strings that stand in this repository go through folium: branca renders every element's
output a second time as a Jinja template, so nothing a claim says may pass here. Colours and widths
come from `ground.css`, chosen by class; the script carries shapes and names only.
"""

from __future__ import annotations

import hashlib
import json
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import folium
from branca.element import Figure

from cartography.ground_data import (
    BOUNDS,
    credits,  # noqa: A004  # the word for it on a map
    ground_layers,
    ground_names,
    ground_places,
)
from cartography.tiles import ONLINE, Online

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from branca.element import Element

__all__ = ["ONLINE", "Online", "credits", "ground_digest", "ground_script"]

DRAWN: Final = "Drawn map"
PANE: Final = "cm-ground"
CREDIT: Final = "Ground: GeoNames, Natural Earth, drawn by hand ±1 km · Leaflet"
CENTRE: Final = (48.62, 38.02)
ZOOM: Final = 10


def _joined(features: list[dict[str, Any]]) -> dict[str, Any]:
    """Join the shapes of one layer: one path in the page in place of hundreds."""
    shapes = [feature["geometry"] for feature in features]
    joined = {
        "type": f"Multi{shapes[0]['type']}",
        "coordinates": [shape["coordinates"] for shape in shapes],
    }
    return {"type": "Feature", "properties": {}, "geometry": joined}


def _name(element: Element, numbers: Iterator[int]) -> Element:
    """Give an element a name that is the same at every build, in place of folium's random one."""
    element._id = f"cm{next(numbers)}"  # noqa: SLF001  # branca has no public way to set it
    return element


def _ground_map(geo: Path, online: str | None) -> tuple[folium.Map, folium.FeatureGroup]:
    """Build the map, and tell which of its layers is the drawn ground."""
    numbers = count()
    ground = folium.Map(
        location=CENTRE,
        zoom_start=ZOOM,
        tiles=None,
        zoom_control="topright",
        minZoom=8,
        maxZoom=15,
        max_bounds=True,
        min_lat=BOUNDS["south"],
        max_lat=BOUNDS["north"],
        min_lon=BOUNDS["west"],
        max_lon=BOUNDS["east"],
        prefer_canvas=False,
        zoom_snap=0.5,
        wheel_px_per_zoom_level=120,
        keyboard=True,
        attribution_control=True,
    )
    _name(ground, numbers)
    _name(folium.map.CustomPane(PANE, z_index=210), numbers).add_to(ground)
    drawn = folium.FeatureGroup(name=DRAWN, overlay=False, show=online is None)
    _name(drawn, numbers).add_to(ground)
    for classes, features in ground_layers(geo):
        layer = folium.GeoJson(
            {"type": "FeatureCollection", "features": [_joined(features)]},
            style_function=lambda _, classes=classes: {"className": classes},
            smooth_factor=0.6,
            control=False,
            interactive=False,
            pane=PANE,
            attribution=CREDIT,
        )
        _name(layer, numbers).add_to(drawn)
    for choice in ONLINE.values():
        _name(_online_layer(choice, chosen=choice.key == online), numbers).add_to(ground)
    control = folium.Control("Scale", imperial=False, max_width=110)
    _name(control, numbers).add_to(ground)
    _name(folium.LayerControl(position="topright", collapsed=True), numbers).add_to(ground)
    return ground, drawn


def _online_layer(choice: Online, *, chosen: bool) -> Element:
    """Make the tiles of the chosen layer; the others stand empty until the page is asked."""
    if not chosen:
        return folium.FeatureGroup(name=choice.name, overlay=False, show=False)
    return folium.TileLayer(
        tiles=choice.url,
        attr=f"{choice.credit} · Leaflet",
        name=choice.name,
        max_zoom=choice.max_zoom,
        overlay=False,
        show=True,
    )


def ground_script(geo: Path, *, online: str | None = None) -> str:
    """Write the ground as JavaScript that defines `ClaimMap.ground(element, options)`.

    The function takes the element to draw in and `{center: [lat, lon], zoom}` (both may be left
    out) and returns the Leaflet map. The script also carries `ClaimMap.places` and
    `ClaimMap.groundNames` for the name layer. When the reader chooses a tile layer the script does
    not carry, it calls `ClaimMap.onOnlineGround(key)` if the page has set that; key is null when
    the reader goes back from carried tiles to the drawn map. Tiles that cannot be had give way to
    the drawn map, and `ClaimMap.onOnlineFailed()` is called.

    Parameters
    ----------
    geo : pathlib.Path
        The folder `data/geo`, EPSG:4326.
    online : str or None
        Key of `ONLINE` whose tiles are loaded and shown; None loads nothing from outside.

    Returns
    -------
    str
        The same text for the same data, whoever builds it.

    Raises
    ------
    KeyError
        If `online` is no key of `ONLINE`.
    BadGeometryFileError
        If a file of `geo` cannot be read.
    """
    if online is not None and online not in ONLINE:
        raise KeyError(online)
    ground, drawn = _ground_map(geo, online)
    root = ground.get_root()
    if not isinstance(root, Figure):
        message = "folium no longer puts its map in a figure"
        raise TypeError(message)
    root.render()
    script = root.script.render()
    name = ground.get_name()
    # The map opens where it is wanted: to open it elsewhere and to move it would draw all twice.
    for written, wanted in (
        (f'L.map(\n                "{name}",', "L.map(\n                element,"),
        (f"center: {list(CENTRE)},", "center: centre,"),
        (f'"zoom": {ZOOM},', '"zoom": zoom,'),
    ):
        if script.count(written) != 1:
            message = "folium no longer opens its map as this file expects"
            raise RuntimeError(message)
        script = script.replace(written, wanted)
    return _SCRIPT % {
        "places": _embed(ground_places(geo)),
        "names": _embed(ground_names(geo)),
        "keys": _embed({choice.name: choice.key for choice in ONLINE.values()}),
        "online": _embed(online),
        "centre": _embed(CENTRE),
        "zoom": _embed(ZOOM),
        "folium": script,
        "map": name,
        "drawn": drawn.get_name(),
    }


_SCRIPT: Final = """(function () {
'use strict';
window.ClaimMap = window.ClaimMap || {};
window.ClaimMap.places = %(places)s;
window.ClaimMap.groundNames = %(names)s;
window.ClaimMap.ground = function (element, options) {
var onlineKeys = %(keys)s, carried = %(online)s, wanted = options || {};
var centre = wanted.center || %(centre)s, zoom = wanted.zoom === undefined ? %(zoom)s : wanted.zoom;
// Room drawn beyond the edge, so that panning shows no bare strip.
L.SVG.mergeOptions({padding: 0.5});
%(folium)s
var map = %(map)s;
map.attributionControl.setPrefix(false);
var markZoom = function () {
  element.setAttribute('data-cm-zoom', String(Math.round(map.getZoom())));
};
map.on('zoomend', markZoom);
map.on('baselayerchange', function (event) {
  var key = onlineKeys[event.name] || null;
  if (key !== carried && window.ClaimMap.onOnlineGround) { window.ClaimMap.onOnlineGround(key); }
});
map.eachLayer(function (layer) {
  if (!(layer instanceof L.TileLayer)) { return; }
  var any = false;
  layer.once('tileload', function () { any = true; });
  layer.on('tileerror', function () {
    if (any || carried === null) { return; }
    carried = null;
    map.removeLayer(layer);
    map.addLayer(%(drawn)s);
    if (window.ClaimMap.onOnlineFailed) { window.ClaimMap.onOnlineFailed(); }
  });
});
var toggle = element.querySelector('.leaflet-control-layers-toggle');
toggle.title = 'Ground';
toggle.setAttribute('aria-label', 'Ground');
markZoom();
return map;
};
})();
"""


def _embed(value: object) -> str:
    """Write JSON that is safe inside a script, in a page or not."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def ground_digest(script: str) -> str:
    """Name a script by its content, for an address that may be cached for ever.

    Parameters
    ----------
    script : str
        What `ground_script` returned.

    Returns
    -------
    str
        16 hexadecimal digits of its SHA-256.
    """
    return hashlib.sha256(script.encode()).hexdigest()[:16]
