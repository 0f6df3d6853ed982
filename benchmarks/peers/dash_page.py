"""dash-leaflet: GeoJSON made on the server, drawn as dots on a canvas."""

from __future__ import annotations

import argparse

import dash_leaflet as leaflet
from dash import Dash, Input, Output, dcc, html

from benchmarks.peers.events import CENTRE, CHOICES, COLOURS, ZOOM, kept

PAGE = """<!doctype html>
<html><head>{%metas%}{%css%}<script>
window.peer = {
  dot: function (feature, at) {
    const look = { radius: 3, stroke: false, fillOpacity: 1, fillColor: feature.properties.colour };
    const dot = L.circleMarker(at, look);
    dot.once("add", function () { window.map = dot._map; });
    return dot;
  },
};
</script></head><body>{%app_entry%}{%config%}{%scripts%}{%renderer%}</body></html>"""


def collection(choice: str) -> dict[str, object]:
    """Write the kept events as GeoJSON.

    Parameters
    ----------
    choice : str
        Of `CHOICES`.

    Returns
    -------
    dict
    """
    features = [
        {
            "type": "Feature",
            "properties": {"colour": COLOURS[side]},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for lon, lat, side in kept(choice).itertuples(index=False)
    ]
    return {"type": "FeatureCollection", "features": features}


def main() -> None:
    """Serve the page: `python -m benchmarks.peers.dash_page PORT`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    port = parser.parse_args().port
    app = Dash(index_string=PAGE)
    dots = leaflet.GeoJSON(id="dots", pointToLayer={"variable": "peer.dot"})
    app.layout = html.Div(
        [
            dcc.RadioItems(list(CHOICES), CHOICES[0], id="side", inline=True),
            leaflet.Map(
                [dots], center=CENTRE, zoom=ZOOM, preferCanvas=True, style={"height": "500px"}
            ),
        ]
    )
    app.callback(Output("dots", "data"), Input("side", "value"))(collection)
    app.run(host="127.0.0.1", port=port, debug=False)


if __name__ == "__main__":
    main()
