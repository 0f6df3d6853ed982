"""Shows what could not be used: parts of the address, rows of the file, lengths not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from components import session, shared
from components.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartography.edition import Edition

MAX_PROBLEMS: Final = 200


def show(record: Edition, notices: Sequence[str]) -> None:
    """Draw the notices, if there are any.

    Parameters
    ----------
    record : Edition
    notices : sequence of str
        What in the address could not be used; text of others, shown as text.
    """
    # The place is always there: a notice that comes or goes must not make the map below anew.
    with st.container(key="notices"):
        _show_change(record)
        if notices:
            with st.container(key="address_notices"):
                st.text("\n".join(notices))
        problems = record.record.problems
        errors = sum(problem.severity == "error" for problem in problems)
        if problems or record.notices:
            rows = len({problem.row for problem in problems if problem.severity == "error"})
            faults = "1 fault" if errors == 1 else f"{errors} faults"
            words = f"{rows} of {record.record.rows_read} rows left out: {faults}"
            if not errors:
                words = f"{len(problems) + len(record.notices)} remarks on the claims file"
            with st.expander(words, key="file_notices"):
                lines = [str(problem) for problem in problems[:MAX_PROBLEMS]] + list(record.notices)
                if len(problems) > MAX_PROBLEMS:
                    lines.append(
                        f"and {len(problems) - MAX_PROBLEMS} more: python -m claims check FILE"
                    )
                st.text("\n".join(lines))


def _show_change(record: Edition) -> None:
    shelf = shared.shelf()
    shown = shelf.named(record.record.digest)
    if shown is None:  # the next record is there already: the next run tells of it
        return
    as_of = f"as of {shown.read_at:%H:%M:%S} UTC, {len(record.claims):,} claims"
    failure = shelf.failure()
    if failure:
        words = f"The file has changed and cannot be read now: the map shows it {as_of}."
        words = f"{words} {message_for(failure)}"
    elif shelf.reading():
        words = f"The file has changed and is being read: until then the map shows it {as_of}."
    elif session.has_changed():
        words = f"The file has changed: the map shows it {as_of}."
    else:
        return
    with st.container(key="change_notice", horizontal=True, vertical_alignment="center"):
        st.text(words)
        if session.has_changed():
            st.button("Close", key="change_read", on_click=session.on_change_read)


def show_failure(message: str) -> None:
    """Draw what keeps the page from being shown.

    Parameters
    ----------
    message : str
        From `components.messages`; may repeat text of others, so it is shown as text.
    """
    with st.container(key="failure"):
        st.text(message)
