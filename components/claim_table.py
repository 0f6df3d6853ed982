"""Shows the kept claims as a table, and hands them out as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from cartography.wording import visible
from claims.exports import csv_text, geojson_text
from claims.model import COLUMN_NAMES, COLUMNS, NUMERIC

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cartography.edition import Edition

MAX_ROWS: Final = 10_000
"""More than anybody reads: the whole of a large record would be sent to the browser."""
READ_FIRST: Final = ("said_on", "claimant", "stance", "statement", "proposition", "quote", "place")
"""The columns a reader looks for; all the others follow in the order of the file."""


def show(record: Edition, keep: NDArray[np.bool_]) -> None:
    """Draw the table with its downloads.

    Parameters
    ----------
    record : Edition
    keep : numpy.ndarray of bool, shape (n,)
    """
    name = f"bakhmut-claims-{int(keep.sum())}-of-{len(keep)}-{record.record.digest[:8]}"
    downloads = st.container(horizontal=True)
    downloads.download_button(
        "Download CSV",
        lambda: csv_text(record.claims, keep),
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
    )
    downloads.download_button(
        "Download GeoJSON",
        lambda: geojson_text(record.claims, keep, record.shapes, digest=record.record.digest),
        file_name=f"{name}.geojson",
        mime="application/geo+json",
        on_click="ignore",
    )
    rows = record.newest(np.flatnonzero(keep), MAX_ROWS)
    if len(rows) < keep.sum():
        st.text(
            f"The {len(rows):,} of {int(keep.sum()):,} claims last said; the downloads have all."
        )
    shown = record.claims.loc[rows, list(COLUMN_NAMES)]
    texts = [name for name in COLUMN_NAMES if name not in NUMERIC]
    st.dataframe(
        shown.assign(**{name: shown[name].map(visible) for name in texts}),
        hide_index=True,
        height=420,
        column_order=[*READ_FIRST, *(name for name in COLUMN_NAMES if name not in READ_FIRST)],
        column_config={
            column.name: st.column_config.Column(help=column.meaning) for column in COLUMNS
        },
        alt="The claims that pass the filters, one row a claim, every column",
    )
