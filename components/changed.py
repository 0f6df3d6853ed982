"""Asks since when, shows what changed, and keeps the earlier export a viewer has given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from cartography.changed import changes_csv, since_day, what_changed
from cartography.wording import visible
from claims.caches import derived
from claims.changes import Changes, changes_since_day, changes_since_export, find_claims
from claims.days import ASKABLE, END, EPOCH, START, iso_from_day
from claims.earlier_export import read_claim_ids
from claims.errors import UnreadableFileError
from components import panel, session, shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cartography.edition import Edition
    from claims.selection import Selection

UPLOAD_MB: Final = 10
NAME_CHARACTERS: Final = 60


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """An earlier export, as one viewer gave it.

    Attributes
    ----------
    name : str
        Of the file, to be shown as text.
    ids : tuple of str
        `claim_id` of its claims.
    digest : str
        Of the record in which they were looked up.
    bits : numpy.ndarray of uint8
        A bit for each claim of that record: is it in the export?
    """

    name: str
    ids: tuple[str, ...]
    digest: str
    bits: NDArray[np.uint8]

    @classmethod
    def of(cls, name: str, ids: tuple[str, ...], record: Edition) -> Earlier:
        """Look the claims of an export up in a record."""
        found, _ = find_claims(record.claims, ids)
        return cls(name, ids, record.record.digest, np.packbits(found))


def show(record: Edition, selection: Selection, asked: int | None) -> None:
    """Draw the tab.

    Parameters
    ----------
    record : Edition
    selection : Selection
        The filters that the list follows.
    asked : int or None
        The day since which the viewer wants to know, in days since 1970-01-01.
    """
    since = since_day(record, selection, asked)
    earlier = _earlier(record)
    with st.container(key="changed_ask", horizontal=True, vertical_alignment="top"):
        _ask_day(record, since, earlier)
        st.download_button(
            "Download the list as CSV",
            lambda: changes_csv(record, _changes(record, selection, since, earlier)),
            file_name=_file_name(record, since, earlier),
            mime="text/csv",
            key="changed_csv",
            on_click="ignore",
        )
        _ask_export()
    if earlier:
        with st.container(key="changed_export", horizontal=True, vertical_alignment="center"):
            st.text(f"Compared with {earlier.name}: {len(earlier.ids):,} claims")
            st.button("Compare with a day again", key="changed_drop", on_click=on_drop)
    told = session.recall("changed_told")
    if told:
        with st.container(key="changed_notice"):
            st.text(told)
    panel.show("changed", _listed(record, selection, since, earlier), record)


def in_export(record: Edition) -> NDArray[np.bool_] | None:
    """Tell which claims the viewer's earlier export holds.

    Parameters
    ----------
    record : Edition

    Returns
    -------
    numpy.ndarray of bool, shape (n,), or None
        None where a day is compared with.
    """
    earlier = _earlier(record)
    if earlier is None:
        return None
    return np.unpackbits(earlier.bits, count=len(record.claims)).view(np.bool_)


def on_day() -> None:
    """Take over the day since which the viewer wants to know; none means the usual one."""
    day = session.typed("since")
    session.change(since=None if day is None else (day - EPOCH).days)
    on_drop()


def on_drop() -> None:
    """Compare with a day again, and forget the export."""
    session.remember("changed_earlier", None)
    session.remember("changed_listed", None)
    session.remember("changed_told", "")


def on_upload(key: str) -> None:
    """Read an uploaded export; what is wrong with it is told, and the page stays as it was.

    Parameters
    ----------
    key : str
        Of the field that took the file.
    """
    upload = session.typed(key)
    if upload is None:
        return
    # Another field takes the next file: Streamlit keeps the bytes as long as this one stands.
    session.remember("changed_files", (session.recall("changed_files") or 0) + 1)
    try:
        ids = read_claim_ids(upload.getvalue(), "The uploaded file")
    except UnreadableFileError as error:
        session.remember("changed_told", f"The file cannot be compared with. {error}")
        return
    name = visible(upload.name[:NAME_CHARACTERS])
    session.remember("changed_earlier", Earlier.of(name, ids, shared.edition()))
    session.remember("changed_told", "")


def _ask_day(record: Edition, since: int, earlier: Earlier | None) -> None:
    # Where an export stands in for the day the field is empty, so that any day can be chosen.
    known = earlier is None and len(record.claims) > 0 and since in ASKABLE
    session.put("since", date.fromisoformat(iso_from_day(since)) if known else None)
    st.date_input(
        "New since",
        value=None,
        min_value=START,
        max_value=END,
        key="since",
        format="YYYY-MM-DD",
        on_change=on_day,
        width=240,
    )


def _ask_export() -> None:
    key = f"changed_file_{session.recall('changed_files') or 0}"
    with st.expander("Or since an earlier export", key="changed_upload"):
        st.file_uploader(
            "A CSV or GeoJSON file that the tab Table has written. It stays with you and is not in "
            "the address: a reload or a shared link compares with the day.",
            type=["csv", "geojson", "json"],
            max_upload_size=UPLOAD_MB,
            key=key,
            on_change=on_upload,
            args=(key,),
        )


def _earlier(record: Edition) -> Earlier | None:
    earlier: Earlier | None = session.recall("changed_earlier")
    if earlier and earlier.digest != record.record.digest:
        earlier = Earlier.of(earlier.name, earlier.ids, record)
        session.remember("changed_earlier", earlier)
    return earlier


def _changes(record: Edition, selection: Selection, since: int, earlier: Earlier | None) -> Changes:
    keep = shared.keep(record, selection)
    if earlier:
        return changes_since_export(record.claims, record.voices, keep, earlier.ids)
    return changes_since_day(
        record.claims,
        record.voices,
        record.ledger,
        keep,
        since=since,
        as_of_day=selection.as_of_day(),
    )


@derived(most=8)
def _listed_since_day(record: Edition, selection: Selection, since: int) -> dict[str, object]:
    # Only what is listed is kept, some kilobytes, and not the changes of a large record.
    changes = _changes(record, selection, since, None)
    return what_changed(record, selection, changes, since=since, export=None)


def _listed(
    record: Edition, selection: Selection, since: int, earlier: Earlier | None
) -> dict[str, object]:
    if earlier is None:
        return _listed_since_day(record, selection, since)
    # What hangs on a viewer's own file goes when he does: nothing of it is kept for all.
    asked = (record.record.digest, selection, earlier)
    kept: tuple[object, dict[str, object]] = session.recall("changed_listed") or (None, {})
    if kept[0] != asked:
        changes = _changes(record, selection, since, earlier)
        listed = what_changed(record, selection, changes, since=since, export=len(earlier.ids))
        kept = asked, listed
        session.remember("changed_listed", kept)
    return kept[1]


def _file_name(record: Edition, since: int, earlier: Earlier | None) -> str:
    when = "an-export" if earlier else iso_from_day(since)
    return f"bakhmut-claims-changed-since-{when}-{record.record.digest[:8]}.csv"
