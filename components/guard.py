"""The headers that guard every answer, and the page they are written for."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.datastructures import QueryParams

from cartography.tiles import ONLINE
from components.assets import source_hash

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


@cache
def streamlit_page() -> str:
    """Read the page that Streamlit serves.

    Returns
    -------
    str
        HTML.
    """
    page: str = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    return page


@cache
def _inline_script_hash() -> str:
    """Hash Streamlit's one inline script, so that the policy allows it and no other."""
    found = re.search(r"<script>(.*?)</script>", streamlit_page(), re.DOTALL)
    return source_hash(found.group(1) if found else "")


def security_policy(ground: str) -> str:
    """Write the Content-Security-Policy.

    Parameters
    ----------
    ground : str
        Key of the online ground the viewer chose, or "": only its hosts may send pictures.

    Returns
    -------
    str
        The header's value.
    """
    hosts = " ".join(ONLINE[ground].hosts) if ground in ONLINE else ""
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' blob: '{_inline_script_hash()}'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {hosts}".strip(),
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


class Headers:
    """Middleware that adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_headers(scope)]
            await send(message)

        await self.app(scope, receive, send_guarded)


def _headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    headers = {
        "content-security-policy": security_policy(ground_of(scope)),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def ground_of(scope: Scope) -> str:
    """Read which ground an address asks for.

    Parameters
    ----------
    scope : mapping
        ASGI's scope of a request.

    Returns
    -------
    str
        Whatever the address says, known or not; "" where it says nothing.
    """
    return QueryParams(scope.get("query_string", b"")).get("ground", "")
