"""Serves the files that a browser keeps for ever, each under the digest of its content."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cartography.tiles import ONLINE
from components.assets import (
    LEAFLET,
    loader,
    loading_script,
    loading_style,
    page_script,
    page_style,
)
from components.ground_files import ground_asset

if TYPE_CHECKING:
    from starlette.requests import Request

    from components.assets import Asset

FOR_EVER: Final = "public, max-age=31536000, immutable"
LEAFLET_IMAGES: Final = frozenset({"layers.png", "layers-2x.png"})


def answer_with(asset: Asset, request: Request) -> Response:
    """Answer a request with a file, packed where the browser takes it so.

    Parameters
    ----------
    asset : Asset
    request : starlette.requests.Request

    Returns
    -------
    starlette.responses.Response
        304 without a body if the browser has the file.

    Raises
    ------
    HTTPException
        404 if the request asks for another digest than the file's.
    """
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
    """Serve a script or style of the page or of the one that stands in while the file is read."""
    assets = {
        "page.css": page_style,
        "page.js": page_script,
        "load.js": loader,
        "loading.css": loading_style,
        "loading.js": loading_script,
    }
    found = assets.get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return answer_with(found(), request)


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
    return answer_with((wanted or assets)[0], request)
