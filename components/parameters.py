"""The parameters of an address, as a request carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import QueryParams

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request


def parameters_of(request: Request) -> dict[str, list[str]]:
    """Give every value of each parameter of a request's address."""
    query = QueryParams(request.scope["query_string"])
    return {name: query.getlist(name) for name in query}


def last_value(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    """Give the last value of a parameter, which is the one that counts; "" if there is none."""
    return (parameters.get(name) or [""])[-1]
