"""`st.map`."""

from __future__ import annotations

import streamlit as st

from benchmarks.peers.events import CHOICES, kept

choice = st.radio("Side", CHOICES, horizontal=True)
st.map(kept(choice)[["lat", "lon"]], height=500)
