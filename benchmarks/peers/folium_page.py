"""streamlit-folium: the map stays, the events are a feature group that is sent anew."""

from __future__ import annotations

import folium
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.peers.events import CENTRE, CHOICES, COLOURS, ZOOM, kept

choice = st.radio("Side", CHOICES, horizontal=True)
events = kept(choice)
features = [
    {
        "type": "Feature",
        "properties": {"side": side},
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    }
    for lon, lat, side in events.itertuples(index=False)
]
group = folium.FeatureGroup("events")
folium.GeoJson(
    {"type": "FeatureCollection", "features": features},
    marker=folium.CircleMarker(radius=3, stroke=False, fill=True),
    style_function=lambda feature: {"fillColor": COLOURS[feature["properties"]["side"]]},
).add_to(group)
ground = folium.Map(CENTRE, zoom_start=ZOOM, tiles=None, prefer_canvas=True)
st_folium(ground, feature_group_to_add=group, returned_objects=[], width=900, height=500)
