"""Who says what: sent with the page of a small record, asked for in a large one once in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from cartography import panels
from components import address, shared
from components.assets import json_asset
from components.claim_files import asked_for, is_small
from components.parameters import parameters_of
from components.served_files import answer_with

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cartography.edition import Edition
    from claims.selection import Selection

FILE: Final = "who-says-what.json"


def message(record: Edition, selection: Selection) -> dict[str, object]:
    """Say what the part shows.

    Parameters
    ----------
    record : Edition
    selection : Selection

    Returns
    -------
    dict
        JSON-ready: as `cartography.panels.who_says_what`; of a large record only `ask`, the
        address where a browser gets it.
    """
    if is_small(record):
        return _content(record, selection)
    query = urlencode(selection.to_parameters(), doseq=True)
    return {"ask": f"claims/{record.record.digest}/{FILE}?{query}"}


def serve(request: Request) -> Response:
    """Serve who says what in the selection that the address names."""
    record = asked_for(request)
    selection, _ = address.read_selection(parameters_of(request), record)
    content = _content(record, selection)
    return answer_with(json_asset(f"claims/{{}}/{FILE}", content, record.record.digest), request)


def _content(record: Edition, selection: Selection) -> dict[str, object]:
    day = selection.as_of_day()
    keep, standings = shared.keep(record, selection), shared.standings(record, day)
    return panels.who_says_what(record, keep, day, standings)
