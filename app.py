"""The ASGI app: Streamlit's page, our own files beside it, and the headers that guard both.

Start it with `make run` or `streamlit run app.py`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
from contextlib import asynccontextmanager
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio.to_thread
import streamlit as st
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from cartography.tiles import ONLINE
from cartography.wording import BLOCK, claim_words, words_of
from claims.errors import ClaimsError
from claims.exports import geojson_text
from components import address, notices, session
from components.assets import LEAFLET, Asset, loader, make_asset, page_script, page_style
from components.claim_map.claim_map import map_message
from components.ground_files import ground_asset
from components.messages import message_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from cartography.edition import Edition

FOR_EVER: Final = "public, max-age=31536000, immutable"
MAX_ASKED: Final = 250
"""The most claims whose words one request may ask for."""
MAX_ASKED_CHARACTERS: Final = 4000
LEAFLET_IMAGES: Final = frozenset({"layers.png", "layers-2x.png"})
_log = logging.getLogger(__name__)


@cache
def _streamlit_page() -> str:
    """Read the page that Streamlit serves."""
    page: str = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    return page


@cache
def _inline_script_hash() -> str:
    """Hash Streamlit's one inline script, so that the policy allows it and no other."""
    found = re.search(r"<script>(.*?)</script>", _streamlit_page(), re.DOTALL)
    script = found.group(1) if found else ""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


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
            f"script-src 'self' blob: 'sha256-{_inline_script_hash()}'",
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
        "content-security-policy": security_policy(_ground(scope)),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _ground(scope: Scope) -> str:
    return QueryParams(scope.get("query_string", b"")).get("ground", "")


@cache
def _streamlit_chunks() -> tuple[str, ...]:
    """Find Streamlit's own files that a component waits for; none if it names them otherwise."""
    folder = Path(str(files("streamlit") / "static" / "static" / "js"))
    names = ("BidiComponent", "serialization", "recordbatch")
    return tuple(file.name for name in names for file in sorted(folder.glob(f"{name}.*.js"))[:1])


def serve_page(request: Request) -> Response:
    """Serve Streamlit's page with our script and style in its head.

    They are there before Streamlit has started; a part of the page fetches them where they are
    missing (`components/browser/load.mjs`), so nothing hangs on this.
    """
    ground = ground_asset(_ground(request.scope)).path
    early = [f'<link rel="modulepreload" href="static/js/{name}">' for name in _streamlit_chunks()]
    early += [
        f'<link rel="modulepreload" href="{loader().path}">',
        f'<link rel="stylesheet" href="{page_style().path}">',
        f'<script async src="{page_script().path}"></script>',
        f'<script async src="{ground}"></script>',
        *_first_view(request),
    ]
    page = _streamlit_page().replace("</head>", "".join(early) + "</head>", 1)
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


def _first_view(request: Request) -> list[str]:
    """Say what the map shows first, so that it need not wait for a session to begin."""
    try:
        record = session.edition()
    except (ClaimsError, OSError):
        return []
    selection, view = address.read(_parameters(request), record)
    keep = session.keep(record, selection)
    as_of_day = selection.as_of_day()
    voices = () if view.claim is None else record.voices.others(view.claim, as_of_day)
    message = map_message(record, selection, view, keep=keep, voices=voices)
    # A "<" in the words of an address could close the element.
    text = json.dumps(message).replace("<", "\\u003c")
    digest = record.record.digest
    fetched = [f"claims/{digest}.bin", f"claims/{digest}/words/0.json"]
    return [
        *(f'<link rel="preload" as="fetch" crossorigin href="{path}">' for path in fetched),
        f'<script type="application/json" id="cm-first-view">{text}</script>',
    ]


def _parameters(request: Request) -> dict[str, list[str]]:
    query = request.query_params
    return {key: query.getlist(key) for key in query}


def _file(asset: Asset, request: Request) -> Response:
    if request.url.path != f"/{asset.path}":
        raise HTTPException(404)
    etag = f'"{hashlib.sha256(asset.path.encode()).hexdigest()[:16]}"'
    headers = {"Cache-Control": FOR_EVER, "ETag": etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(asset.body, media_type=asset.kind, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(asset.packed, media_type=asset.kind, headers=headers)


def serve_asset(request: Request) -> Response:
    """Serve the page's loader, script or style."""
    assets = {"page.css": page_style, "page.js": page_script, "load.js": loader}
    found = assets.get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return _file(found(), request)


def serve_leaflet_image(request: Request) -> Response:
    """Serve one of the pictures Leaflet's style asks for."""
    name = request.path_params["name"]
    if name not in LEAFLET_IMAGES:
        raise HTTPException(404)
    body = (files(LEAFLET) / "static" / LEAFLET / "images" / name).read_bytes()
    return Response(body, media_type="image/png", headers={"Cache-Control": FOR_EVER})


def serve_ground(request: Request) -> Response:
    """Serve the script that draws the ground."""
    assets = [ground_asset(key) for key in ("", *ONLINE)]
    wanted = [asset for asset in assets if request.url.path == f"/{asset.path}"]
    return _file((wanted or assets)[0], request)


@lru_cache(maxsize=2)
def _columns_asset(digest: str, body: bytes) -> Asset:
    return make_asset("claims/{}.bin", "application/octet-stream", body, digest)


def serve_columns(request: Request) -> Response:
    """Serve the claims as typed arrays."""
    record = session.edition()
    return _file(_columns_asset(record.record.digest, record.columns), request)


@lru_cache(maxsize=64)
def _words_asset(record: Edition, block: int) -> Asset:
    words = claim_words(record, block)
    body = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    path = f"claims/{{}}/words/{block}.json"
    return make_asset(path, "application/json", body, record.record.digest)


def serve_words(request: Request) -> Response:
    """Serve the words of a block of claims."""
    record = session.edition()
    block = request.path_params["block"]
    if block * BLOCK >= max(1, len(record.claims)):
        raise HTTPException(404)
    return _file(_words_asset(record, block), request)


def serve_chosen_words(request: Request) -> Response:
    """Serve the words of claims named by position, "?at=3.14.15": a large record needs no more."""
    record = session.edition()
    asked = request.query_params.get("at", "")[:MAX_ASKED_CHARACTERS].split(".")[:MAX_ASKED]
    positions = [int(text) for text in asked if text.isdecimal()]
    if len(positions) < len(asked) or max(positions) >= len(record.claims):
        raise HTTPException(404)
    words = words_of(record, positions)
    body = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    path = "claims/{}/words.json"
    return _file(make_asset(path, "application/json", body, record.record.digest), request)


def serve_geojson(request: Request) -> Response:
    """Serve the claims that the address keeps, each with the geometry it states."""
    record = session.edition()
    selection, _ = address.read_selection(_parameters(request), record)
    keep = session.keep(record, selection)
    text = geojson_text(record.claims, keep, record.shapes, digest=record.record.digest)
    return Response(text, media_type="application/geo+json")


def healthz(_: Request) -> Response:
    """Tell that the server is alive."""
    return JSONResponse({"status": "ok"})


def readyz(_: Request) -> Response:
    """Tell whether the claims are loaded."""
    try:
        record = session.edition()
    except (ClaimsError, OSError) as error:
        return JSONResponse({"status": "not ready", "reason": message_for(error)}, 503)
    digest = record.record.digest
    return JSONResponse({"status": "ready", "claims": len(record.claims), "digest": digest})


def allowed_hosts() -> list[str]:
    """Name the hosts a request may be addressed to.

    Returns
    -------
    list of str
        This machine's own names while the server listens to it alone, so that no other site can
        reach the map through a name of its own that points here; else any.
    """
    here = ["127.0.0.1", "localhost", "[::1]"]
    address = st.get_option("server.address")
    return here if address in {"127.0.0.1", "localhost", "::1"} else ["*"]


def refuse(_: Request, error: Exception) -> Response:
    """Answer an error of our own on a route, in words and without a traceback."""
    return JSONResponse({"status": "error", "reason": message_for(error)}, 503)


def show_script_error(error: Exception) -> bool:
    """Show a failure of the page as one sentence, and keep the details for the server's log."""
    _log.error("The page failed", exc_info=error)
    notices.show_failure(message_for(error))
    return True


@asynccontextmanager
async def _load_first(_: st.App) -> AsyncIterator[None]:
    def load() -> Edition | None:
        loader(), ground_asset("")
        try:
            return session.edition()
        except (ClaimsError, OSError) as error:
            _log.error("No claims: %s", message_for(error))  # the page says it too
            return None

    await anyio.to_thread.run_sync(load)
    yield


app = st.App(
    Path(__file__).with_name("dashboard.py"),
    lifespan=_load_first,
    routes=[
        Route("/", serve_page),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/claims.geojson", serve_geojson),
        Route("/claims/{digest}.bin", serve_columns),
        Route("/claims/{digest}/words.json", serve_chosen_words),
        Route("/claims/{digest}/words/{block:int}.json", serve_words),
        Route("/ground/{digest}.js", serve_ground),
        Route("/assets/{digest}/images/{name}", serve_leaflet_image),
        Route("/assets/{digest}/{name}", serve_asset),
    ],
    middleware=[
        Middleware(Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts(), www_redirect=False),
    ],
    exception_handlers={ClaimsError: refuse, OSError: refuse},
    on_script_error=show_script_error,
)
