"""Serves the claims themselves: as typed arrays, and their words by blocks or one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException

from cartography.wording import BLOCK, claim_words, words_of
from claims.caches import derived
from components import shared
from components.assets import make_asset
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
    small = len(record.claims) <= SMALL_RECORD_BLOCKS * BLOCK
    return f"claims/{record.record.digest}/words{'/' if small else '.json'}"


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
    words = words_address(record)
    first_block = [f"{words}0.json"] if words.endswith("/") else []
    return [f"claims/{record.record.digest}.bin", *first_block]


@derived(most=2)
def _columns_asset(digest: str, body: bytes) -> Asset:
    return make_asset("claims/{}.bin", "application/octet-stream", body, digest)


def _asked_for(request: Request) -> Edition:
    # A browser may hold a record that has been replaced: it gets that one's or nothing.
    record = shared.edition_named(request.path_params["digest"], wait_s=0)
    if record is None:
        raise HTTPException(404)
    return record


def serve_columns(request: Request) -> Response:
    """Serve the claims as typed arrays."""
    record = _asked_for(request)
    return answer_with(_columns_asset(record.record.digest, record.columns), request)


def _words_asset(record: Edition, path: str, words: list[dict[str, object]]) -> Asset:
    body = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    return make_asset(path, "application/json", body, record.record.digest)


@derived(most=64)
def _block_of_words(record: Edition, block: int) -> Asset:
    return _words_asset(record, f"claims/{{}}/words/{block}.json", claim_words(record, block))


def serve_words(request: Request) -> Response:
    """Serve the words of a block of claims."""
    record = _asked_for(request)
    block = request.path_params["block"]
    if block * BLOCK >= max(1, len(record.claims)):
        raise HTTPException(404)
    return answer_with(_block_of_words(record, block), request)


def serve_chosen_words(request: Request) -> Response:
    """Serve the words of claims named by position, "?at=3.14.15": a large record needs no more."""
    record = _asked_for(request)
    asked = last_value(parameters_of(request), "at")[:MAX_ASKED_CHARACTERS].split(".")[:MAX_ASKED]
    positions = [int(text) for text in asked if text.isdecimal()]
    if len(positions) < len(asked) or max(positions) >= len(record.claims):
        raise HTTPException(404)
    words = _words_asset(record, "claims/{}/words.json", words_of(record, positions))
    return answer_with(words, request)
