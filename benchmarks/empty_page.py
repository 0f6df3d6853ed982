"""The least a Streamlit page can be: what the first painted map is measured against."""

from __future__ import annotations

import streamlit as st

st.write("x")
