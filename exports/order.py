"""What the server and the process that writes for it say to each other, as bytes.

An order goes in pickled: both ends are one program. What comes back are frames, a letter and a
length before each, so that the server takes nothing out of them but numbers, words and content.
"""

from __future__ import annotations

import json
import pickle
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from claims import errors

if TYPE_CHECKING:
    from asyncio import StreamReader
    from pathlib import Path

    from claims.scenes import Briefing

HEAD: Final = struct.Struct("!cQ")
"""The letter of a frame, and how many bytes follow."""
PROGRESS, CONTENT, DONE, REFUSED = b"P", b"C", b"D", b"R"
"""JSON [step, done, total]; a part of the file; JSON [ending, media type]; JSON of an error."""


@dataclass(frozen=True, slots=True)
class Order:
    """A file that is asked for.

    Attributes
    ----------
    kind : str
        A key of `exports.forms.writers`; "" only to get ready for the others.
    briefing : Briefing
        With at least one scene; a view of the page is a briefing of one.
    claims_path, geo : Path
        Where the record lies.
    digest : str
        SHA-256 of the claims file as the page shows it.
    page : str
        The page's address, for permalinks.
    stem : str
        Of the file's name.
    """

    kind: str
    briefing: Briefing
    claims_path: Path
    geo: Path
    digest: str
    page: str
    stem: str


def send_order(order: Order) -> bytes:
    """Write an order as bytes."""
    body = pickle.dumps(order)
    return HEAD.pack(b"O", len(body)) + body


def read_order(stream: BinaryIO) -> Order | None:
    """Read the next order.

    Parameters
    ----------
    stream : binary file

    Returns
    -------
    Order or None
        None where the stream ends: nobody asks any more.
    """
    head = stream.read(HEAD.size)
    length = HEAD.unpack(head)[1] if len(head) == HEAD.size else 0
    body = stream.read(length)
    if not length or len(body) < length:
        return None
    order: Order = pickle.loads(body)  # noqa: S301  (the server that started us)
    return order


def write_frame(stream: BinaryIO, letter: bytes, body: object) -> None:
    """Write a frame and send it off.

    Parameters
    ----------
    stream : binary file
    letter : bytes
        `PROGRESS`, `CONTENT`, `DONE` or `REFUSED`.
    body : object
        Bytes for `CONTENT`, else what JSON can hold.
    """
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    stream.write(HEAD.pack(letter, len(data)) + data)
    stream.flush()


async def read_frame(stream: StreamReader) -> tuple[bytes, Any]:
    """Read the next frame.

    Parameters
    ----------
    stream : asyncio.StreamReader

    Returns
    -------
    bytes
        Its letter.
    object
        Its body, as `write_frame` took it.

    Raises
    ------
    asyncio.IncompleteReadError
        If the other process has ended.
    """
    letter, length = HEAD.unpack(await stream.readexactly(HEAD.size))
    data = await stream.readexactly(length)
    return letter, data if letter == CONTENT else json.loads(data)


def told_error(error: errors.ClaimsError) -> list[str]:
    """Write an error of our own as what JSON can hold."""
    return [type(error).__name__, error.where, error.found, error.expected, error.remedy]


def heard_error(told: list[str]) -> errors.ClaimsError:
    """Read what `told_error` has written."""
    name, *words = told
    kind: type[errors.ClaimsError] = getattr(errors, name)
    return kind(*words)
