"""`st.pydeck_chart` with a scatter plot."""

from __future__ import annotations

import pydeck
import streamlit as st

from benchmarks.peers.events import CENTRE, CHOICES, COLOURS, ZOOM, kept

choice = st.radio("Side", CHOICES, horizontal=True)
events = kept(choice)
rgb = {side: [int(code[at : at + 2], 16) for at in (1, 3, 5)] for side, code in COLOURS.items()}
layer = pydeck.Layer(
    "ScatterplotLayer",
    events.assign(colour=events["side"].map(rgb)),
    get_position=["lon", "lat"],
    get_fill_color="colour",
    get_radius=200,
)
view = pydeck.ViewState(latitude=CENTRE[0], longitude=CENTRE[1], zoom=ZOOM)
st.pydeck_chart(pydeck.Deck([layer], initial_view_state=view, map_style=None), height=500)
