"""What is derived from a record and kept for all who ask, until another record is shown."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
_caches: Final[list[Callable[[], None]]] = []


def derived(*, most: int) -> Callable[[Callable[..., _T]], Callable[..., _T]]:
    """Make the decorator that keeps what is derived from a record until another one is shown.

    Parameters
    ----------
    most : int
        How many results are kept, for all who ask together.

    Returns
    -------
    callable
    """

    def decorate(function: Callable[..., _T]) -> Callable[..., _T]:
        cached = lru_cache(maxsize=most)(function)
        _caches.append(cached.cache_clear)
        return cached

    return decorate


def forget() -> None:
    """Give back what was derived from a file as it was: of no use any more, and large."""
    for clear in _caches:
        clear()
