"""Serves the claims themselves: as typed arrays, and their words by blocks or one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException

from cartography.wording import BLOCK, claim_words, words_of
from claims.caches import derived
from components import shared
from components.assets import json_asset, make_asset
from components.parameters import last_value, parameters_of
from components.served_files import answer_with

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cartography.edition import Edition
    from components.assets import Asset

SMALL_RECORD_BLOCKS: Final = 8
"""Up to so many blocks the words of a record come as whole blocks, of which a browser keeps all."""
MAX_ASKED: Final = 250
"""The most claims whose words one request may ask for."""
MAX_ASKED_CHARACTERS: Final = 4000


def is_small(record: Edition) -> bool:
    """Tell whether a browser may as well have all words of a record."""
    return len(record.claims) <= SMALL_RECORD_BLOCKS * BLOCK


def words_address(record: Edition) -> str:
    """Say where a browser asks for the words of claims.

    Parameters
    ----------
    record : Edition

    Returns
    -------
    str
        Of a small record "claims/<digest>/words/", to which a block's number and ".json" are put;
        of a larger one, whose claims shown together lie far apart, "claims/<digest>/words.json",
        to which their positions are put: "?at=3.14.15".
    """
    return f"claims/{record.record.digest}/words{'/' if is_small(record) else '.json'}"


def wanted_first(record: Edition) -> list[str]:
    """Say what a browser needs of the claims for any view.

    Parameters
    ----------
    record : Edition

    Returns
    -------
    list of str
        Addresses.
    """
    first_block = [f"{words_address(record)}0.json"] if is_small(record) else []
    return [f"claims/{record.record.digest}.bin", *first_block]


@derived(most=2)
def _columns_asset(digest: str, body: bytes) -> Asset:
    return make_asset("claims/{}.bin", "application/octet-stream", body, digest)


def asked_for(request: Request) -> Edition:
    """Give the record that a request names, which may have been replaced meanwhile.

    Raises
    ------
    HTTPException
        404 if it is not known any more.
    """
    record = shared.edition_named(request.path_params["digest"], wait_s=0)
    if record is None:
        raise HTTPException(404)
    return record


def serve_columns(request: Request) -> Response:
    """Serve the claims as typed arrays."""
    record = asked_for(request)
    return answer_with(_columns_asset(record.record.digest, record.columns), request)


@derived(most=64)
def _block_of_words(record: Edition, block: int) -> Asset:
    path = f"claims/{{}}/words/{block}.json"
    return json_asset(path, claim_words(record, block), record.record.digest)


def serve_words(request: Request) -> Response:
    """Serve the words of a block of claims."""
    record = asked_for(request)
    block = request.path_params["block"]
    if block * BLOCK >= max(1, len(record.claims)):
        raise HTTPException(404)
    return answer_with(_block_of_words(record, block), request)


def serve_chosen_words(request: Request) -> Response:
    """Serve the words of claims named by position, "?at=3.14.15": a large record needs no more."""
    record = asked_for(request)
    asked = last_value(parameters_of(request), "at")[:MAX_ASKED_CHARACTERS].split(".")[:MAX_ASKED]
    positions = [int(text) for text in asked if text.isdecimal()]
    if len(positions) < len(asked) or max(positions) >= len(record.claims):
        raise HTTPException(404)
    words = words_of(record, positions)
    return answer_with(json_asset("claims/{}/words.json", words, record.record.digest), request)
