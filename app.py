"""The ASGI app: Streamlit's page, our own files beside it, and the headers that guard both.

Start it with `make run` or `streamlit run app.py`.
"""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio.to_thread
import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from claims.errors import ClaimsError
from claims.exports import geojson_text
from claims.memory import keep_little
from components import (
    address,
    claim_files,
    first_sketch,
    hand_out_files,
    notices,
    present,
    record_path,
    shared,
    who_says_what,
)
from components.assets import (
    json_for_html,
    loader,
    page_script,
    page_style,
)
from components.claim_map.claim_map import map_message
from components.ground_files import ground_asset
from components.guard import Headers, ground_of, streamlit_page
from components.loading import QUICK_S, StillLoadingError
from components.loading_page import loading_page
from components.messages import message_for
from components.parameters import parameters_of
from components.served_files import serve_asset, serve_ground, serve_leaflet_image
from components.wide_packing import widen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from cartography.edition import Edition

SMALL_FILE_BYTES: Final = 5_000_000
"""Up to this size the server begins with the claims loaded; some ten thousand of them."""
SMALL_FILE_WAIT_S: Final = 3
_log = logging.getLogger(__name__)


@cache
def _streamlit_chunks() -> tuple[str, ...]:
    """Find Streamlit's own files that a component waits for; none if it names them otherwise."""
    folder = Path(str(files("streamlit") / "static" / "static" / "js"))
    names = ("BidiComponent", "serialization", "recordbatch")
    return tuple(file.name for name in names for file in sorted(folder.glob(f"{name}.*.js"))[:1])


def serve_page(request: Request) -> Response:
    """Serve Streamlit's page with our script and style in its head.

    They are there before Streamlit has started; a part of the page fetches them where they are
    missing (`components/browser/load.mjs`), so nothing hangs on this. While the claims file is
    read for the first time another page stands in, and gives way to this one by itself.
    """
    try:
        record = shared.edition(wait_s=QUICK_S)
        first = _first_view(request, record)
    except StillLoadingError as waiting:
        page = loading_page(record_path.claims_path(), waiting.progress)
        return HTMLResponse(page, headers={"Cache-Control": "no-store"})
    except (ClaimsError, OSError):  # the page says it
        first = []
    ground = ground_asset(ground_of(request.scope)).path
    # What paints the map stands before Streamlit's own scripts and is fetched as soon as these; an
    # async script is by itself fetched after all others.
    ahead = [
        *first,
        f'<link rel="stylesheet" href="{page_style().path}">',
        f'<script async fetchpriority="high" src="{page_script().path}"></script>',
        f'<script async fetchpriority="high" src="{ground}"></script>',
    ]
    early = [f'<link rel="modulepreload" href="static/js/{name}">' for name in _streamlit_chunks()]
    early += [f'<link rel="modulepreload" href="{loader().path}">']
    page = streamlit_page().replace("</head>", "".join(early) + "</head>", 1)
    page = page.replace("<script>", "".join(ahead) + "<script>", 1)
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


def _first_view(request: Request, record: Edition) -> list[str]:
    """Say what the map shows first, so that it need not wait for a session to begin."""
    selection, view = address.read(parameters_of(request), record)
    view = replace(view, at=address.map_at(record, view))
    keep = shared.keep(record, selection)
    voices = record.others(view.claim, selection.as_of_day())
    message = map_message(record, selection, view, keep=keep, voices=voices)
    stage = present.present_message(record, view, "")
    sketch = first_sketch.address_of(record, selection, view)
    claims = claim_files.wanted_first(record)
    return [
        *([_preload(sketch, "high")] if sketch else []),
        *(_preload(path, "low" if sketch else "high") for path in claims),
        _data_element("cm-first-view", {"message": message, "sketch": sketch}),
        _data_element("cm-first-stage", stage),
    ]


def _preload(path: str, priority: str) -> str:
    kind = 'rel="preload" as="fetch" crossorigin'
    return f'<link {kind} fetchpriority="{priority}" href="{path}">'


def _data_element(name: str, data: dict[str, object]) -> str:
    return f'<script type="application/json" id="{name}">{json_for_html(data)}</script>'


def serve_geojson(request: Request) -> Response:
    """Serve the claims that the address keeps, each with the geometry it states."""
    record = shared.edition(wait_s=0)
    selection, _ = address.read_selection(parameters_of(request), record)
    keep = shared.keep(record, selection)
    text = geojson_text(record.claims, keep, record.shapes, digest=record.record.digest)
    return Response(text, media_type="application/geo+json")


def healthz(_: Request) -> Response:
    """Tell that the server is alive."""
    return JSONResponse({"status": "ok"})


def readyz(request: Request) -> Response:
    """Tell whether the claims are loaded, and how far that is while it goes on."""
    try:
        record = shared.edition(wait_s=0)
    except StillLoadingError as waiting:
        return refuse_for_now(request, waiting)
    except (ClaimsError, OSError) as error:
        return JSONResponse({"status": "not ready", "reason": message_for(error)}, 503)
    digest = record.record.digest
    return JSONResponse({"status": "ready", "claims": len(record.claims), "digest": digest})


def loading(_: Request) -> Response:
    """Tell the page that stands in for the map how far the reading is; 200 whatever it is.

    A browser writes every 503 into its console, and this is asked for many times.
    """
    progress = shared.shelf().first_reading()
    told = {"status": "loading", **asdict(progress)} if progress else {"status": "over"}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


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


def refuse_for_now(_: Request, error: Exception) -> Response:
    """Answer that the claims are still being read, and how far that is."""
    assert isinstance(error, StillLoadingError)  # noqa: S101  (the app sends no other)
    answer = {"status": "loading", **asdict(error.progress)}
    return JSONResponse(answer, 503, headers={"Retry-After": "1"})


def show_script_error(error: Exception) -> bool:
    """Show a failure of the page as one sentence, and keep the details for the server's log."""
    _log.error("The page failed", exc_info=error)
    notices.show_failure(message_for(error))
    return True


@asynccontextmanager
async def _load_first(_: st.App) -> AsyncIterator[None]:
    def load() -> None:
        path = record_path.claims_path()
        with suppress(StillLoadingError, ClaimsError, OSError):  # the page says it
            is_small = not path.is_file() or path.stat().st_size <= SMALL_FILE_BYTES
            shared.edition(wait_s=SMALL_FILE_WAIT_S if is_small else 0)
        loader(), ground_asset("")

    widen()
    keep_little()  # before there are threads whose memory would stay apart
    await anyio.to_thread.run_sync(load)
    async with hand_out_files.desk_open():
        yield


app = st.App(
    Path(__file__).with_name("dashboard.py"),
    lifespan=_load_first,
    routes=[
        Route("/", serve_page),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/loading", loading),
        Route("/claims.geojson", serve_geojson),
        Route("/export", hand_out_files.serve_ready),
        Route("/export/{kind}", hand_out_files.serve_export),
        Route("/export/progress/{job}", hand_out_files.serve_progress),
        Route("/claims/{digest}.bin", claim_files.serve_columns),
        Route(f"/claims/{{digest}}/{who_says_what.FILE}", who_says_what.serve),
        Route(f"/claims/{{digest}}/{first_sketch.FILE}", first_sketch.serve),
        Route("/claims/{digest}/words.json", claim_files.serve_chosen_words),
        Route("/claims/{digest}/words/{block:int}.json", claim_files.serve_words),
        Route("/ground/{digest}.js", serve_ground),
        Route("/assets/{digest}/images/{name}", serve_leaflet_image),
        Route("/assets/{digest}/{name}", serve_asset),
    ],
    middleware=[
        Middleware(Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts(), www_redirect=False),
    ],
    exception_handlers={
        StillLoadingError: refuse_for_now,
        ClaimsError: refuse,
        OSError: refuse,
    },
    on_script_error=show_script_error,
)
