"""Packs what goes over the page's socket with the memory of what went before.

A run of the page says mostly what the run before said. Deflate refers back to it if its window
holds it: uvicorn's sans-IO sockets take one of 4 kB, about the last message; the largest, 32 kB,
holds a whole run. uvicorn has no setting for it, so the factory it makes its packing with is
replaced. It costs some 250 kB of memory a viewer.
"""

from __future__ import annotations

from typing import Final

from uvicorn.protocols.websockets import websockets_sansio_impl
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

WINDOW_BITS: Final = 15
"""Of 2 to the power of so many bytes; the most there is."""


def widen() -> None:
    """Let the sockets of servers that start from now on refer back to a whole run of the page."""
    vars(websockets_sansio_impl)["ServerPerMessageDeflateFactory"] = _wide


def _wide(**_: object) -> ServerPerMessageDeflateFactory:
    return ServerPerMessageDeflateFactory(
        server_max_window_bits=WINDOW_BITS, compress_settings={"memLevel": 8}
    )
