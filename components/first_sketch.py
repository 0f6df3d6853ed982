"""The sketch of a large record's first picture: which address has one, and serving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from cartography.drawing import Shown
from cartography.edition import lit_voices
from cartography.sketch import sketch_of
from claims.caches import derived
from components import address, shared
from components.address_values import at_in, parse
from components.assets import json_asset
from components.claim_files import asked_for, is_small
from components.parameters import last_value, parameters_of
from components.served_files import answer_with

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cartography.edition import Edition
    from claims.selection import Selection
    from components.address import View
    from components.address_values import At
    from components.assets import Asset

FILE: Final = "sketch-1.json"
"""Browsers keep it for ever: what is in it by other names has another name."""
KEPT: Final = 8
"""Sketches that the server remembers, for all viewers together."""


def address_of(record: Edition, selection: Selection, view: View) -> str | None:
    """Say where a browser finds the sketch of a first picture.

    Parameters
    ----------
    record : Edition
    selection : Selection
    view : View
        With the place of the map that a scene asks for.

    Returns
    -------
    str or None
        None of a small record, whose claims come as soon, and where the picture is more than
        claims in one map: two narrators, what changed, or a view that fits what is kept.
    """
    fits = view.at is None and bool(view.place.briefing)
    if is_small(record) or view.compare or view.tab == "changed" or fits:
        return None
    query = dict(selection.to_parameters())
    if view.claim is not None:
        query["claim"] = [record.claim_id(view.claim)]
    if view.at:
        query["at"] = [",".join(map(str, view.at))]
    return f"claims/{record.record.digest}/{FILE}?{urlencode(query, doseq=True)}"


def serve(request: Request) -> Response:
    """Serve the sketch of the view that the address names."""
    record = asked_for(request)
    asked = parameters_of(request)
    selection, _ = address.read_selection(asked, record)
    claim = record.position(last_value(asked, "claim"))
    at = parse(last_value(asked, "at"), at_in, None, "place of the map", [])
    return answer_with(_sketch(record, selection, claim, at), request)


@derived(most=KEPT)
def _sketch(record: Edition, selection: Selection, claim: int | None, at: At | None) -> Asset:
    day = selection.as_of_day()
    keep = shared.keep(record, selection)
    voices = lit_voices(record.others(claim, day), keep)
    shown = Shown(selection, keep, shared.standings(record, day), claim, voices)
    content = sketch_of(record, shown, at)
    return json_asset(f"claims/{{}}/{FILE}", content, record.record.digest)
