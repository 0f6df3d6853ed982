"""One widget and one text: what no filter of any Streamlit page can be faster than."""

from __future__ import annotations

import streamlit as st

choice = st.radio("Side", ["Ukraine", "Russia", "Third party"])
st.write(f"chosen {choice}")
