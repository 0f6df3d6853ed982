"""Hands out files: a view or a briefing as each kind of file there is, on request of a browser."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse

from claims import TITLE
from claims.days import iso_from_day
from claims.scenes import Briefing
from components import address, briefings, shared
from components.hand_out_desk import BusyError, Desk, Ticket
from components.parameters import last_value, parameters_of
from components.record_path import claims_path
from components.scene_of_view import scene_of_view
from exports.forms import writers
from exports.order import Order

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from typing import IO

    from starlette.requests import Request

    from cartography.edition import Edition
    from components.hand_out_desk import Written

COME_AGAIN_S: Final = 10
STEM_CHARACTERS: Final = 60
PIECE_BYTES: Final = 64 * 1024
JOB_DIGITS: Final = 32
_desk: Final = Desk()
_tickets: Final[dict[str, Ticket]] = {}


class RefusedError(Exception):
    """A request that cannot be met as it is.

    Parameters
    ----------
    status : int
        HTTP status of the answer.
    words : str
        What a viewer reads.
    """

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        self.words = words
        super().__init__(words)


@asynccontextmanager
async def desk_open() -> AsyncIterator[None]:
    """Write files for as long as the block lasts; nothing goes on after it."""
    try:
        yield
    finally:
        await _desk.close()


async def serve_export(request: Request) -> Response:
    """Serve a view or a briefing as a file, or say in words why there is none.

    The address has the page's own parameters, and of its own: `what` (view or briefing),
    `handling`, `title`, `digest` (of the record the page shows) and `job` (a name of 32
    hexadecimal digits under which `serve_progress` tells how far the file is).
    """
    kind = request.path_params["kind"]
    if kind not in writers():
        raise HTTPException(404)
    _refuse_strangers(request)
    try:
        order = await run_in_threadpool(_order, request, kind)
        written = await _written(request, order)
    except RefusedError as refusal:
        return _refusal(refusal.status, refusal.words)
    except BusyError:
        words = "Others are having files made right now. Ask again in a few seconds."
        return _refusal(503, words, retry=True)
    if written is None:  # nobody is there any more to read it
        return Response(status_code=204)
    headers = {
        "Content-Disposition": _attachment(order.stem + written.ending),
        "Content-Length": str(written.size),
        "Cache-Control": "no-store",
    }
    pieces = _pieces(written.content)
    return StreamingResponse(pieces, media_type=written.media_type, headers=headers)


async def serve_progress(request: Request) -> Response:
    """Tell how far a file is that somebody waits for; 200 whatever it is, as of the loading."""
    ticket = _tickets.get(request.path_params["job"])
    told: dict[str, object] = {"status": "over"}
    if ticket is not None:
        told = {"status": "writing", "ahead": _desk.ahead(ticket)}
        told |= {"step": ticket.step, "done": ticket.done, "total": ticket.total}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


async def serve_ready(request: Request) -> Response:
    """Get ready to write: a browser asks this when somebody looks at what can be handed out."""
    _refuse_strangers(request)
    record = await run_in_threadpool(shared.edition, wait_s=0)
    await _desk.get_ready(_ordered(record, "", Briefing("", "", ()), ""))
    return JSONResponse({"status": "ready"}, headers={"Cache-Control": "no-store"})


def _refuse_strangers(request: Request) -> None:
    # A page of another site could keep the one who writes busy, unseen, by pictures and frames.
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise HTTPException(403)


async def _written(request: Request, order: Order) -> Written | None:
    """Have the file written; None if who asked for it has gone meanwhile."""
    job = last_value(parameters_of(request), "job")
    ticket = Ticket()
    is_named = len(job) == JOB_DIGITS and job.isalnum()
    if is_named:
        _tickets[job] = ticket
    writing = asyncio.ensure_future(_desk.write(order, ticket))
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({writing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await writing if writing.done() else None
    finally:
        if is_named:
            _tickets.pop(job, None)
        for task in (writing, leaving):
            task.cancel()
        await asyncio.gather(writing, leaving, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _order(request: Request, kind: str) -> Order:
    asked = parameters_of(request)
    record = shared.edition(wait_s=0)
    if last_value(asked, "digest") not in {"", record.record.digest}:
        words = "The claims file has changed since this page was shown. Reload the page."
        raise RefusedError(409, words)
    briefing = _asked_for(asked, record)
    title, handling = last_value(asked, "title"), last_value(asked, "handling")
    # What is not said is as the briefing has it: nobody takes a marking away by saying nothing.
    briefing = replace(
        briefing, title=title or briefing.title, handling=handling or briefing.handling
    )
    return _ordered(record, kind, briefing, str(request.base_url))


def _ordered(record: Edition, kind: str, briefing: Briefing, home: str) -> Order:
    return Order(
        kind=kind,
        briefing=briefing,
        claims_path=claims_path().absolute(),
        geo=shared.GEO,
        digest=record.record.digest,
        page=home,
        stem=_stem(briefing, record) if briefing.scenes else "",
    )


def _asked_for(asked: Mapping[str, list[str]], record: Edition) -> Briefing:
    what = last_value(asked, "what")
    if what in {"", "view"}:
        return _view(asked, record)
    if what != "briefing":
        raise RefusedError(400, "What is handed out can only be the view or the briefing.")
    found = briefings.find(record, last_value(asked, "briefing"))
    if found is None:
        raise RefusedError(404, "There is no such briefing, or it is not kept any more.")
    return found


def _view(asked: Mapping[str, list[str]], record: Edition) -> Briefing:
    selection, view = address.read(asked, record)
    shown = scene_of_view(record, selection, view, record.claim_id(view.claim))
    scene = briefings.scene_at(record, view.place)
    if scene and replace(shown, view=None) == replace(scene, title="", text="", view=None):
        shown = replace(shown, title=scene.title, text=scene.text)
    return Briefing(shown.title or TITLE, "", (shown,))


def _stem(briefing: Briefing, record: Edition) -> str:
    """Name a file by its title and its days."""
    title = briefing.title or briefing.scenes[0].title
    words = "".join(sign if sign.isalnum() else " " for sign in title.lower()).split()
    stem = "-".join(words)[:STEM_CHARACTERS].strip("-") or "claims"
    selections = [scene.selection for scene in briefing.scenes]
    first = min(record.first_day if s.from_day is None else s.from_day for s in selections)
    last = max(record.last_day if s.to_day is None else s.to_day for s in selections)
    return f"{stem}_{iso_from_day(first)}_{iso_from_day(last)}"


def _attachment(name: str) -> str:
    # RFC 6266: an old reader gets the part it can read.
    plain = "".join(sign if sign.isascii() else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while piece := content.read(PIECE_BYTES):
            yield piece


def _refusal(status: int, words: str, *, retry: bool = False) -> Response:
    headers = {"Cache-Control": "no-store"}
    if retry:
        headers["Retry-After"] = str(COME_AGAIN_S)
    return JSONResponse({"status": "error", "reason": words}, status, headers=headers)
