"""Start a Streamlit server of this project, wait until it answers, stop it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
HOST: Final = "127.0.0.1"
LIMIT_S: Final = 240.0
POLL_S: Final = 0.02
HTTP_OK: Final = 200
HTTP_NOT_READY: Final = 503
READY: Final = "/readyz"
LOADING: Final = "loading"
STREAMLIT_READY: Final = "/_stcore/health"


class RefusedError(Exception):
    """A server that runs and says in words why it cannot serve its claims."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers.

    Attributes
    ----------
    url : str
        Its address, with a slash at the end.
    ready_s : float
        Seconds from the start of its process to its first answer 200.
    pid : int
        Of its process.
    """

    url: str
    ready_s: float
    pid: int


@contextmanager
def serving(script: str, ready: str, *, claims: Path | None = None) -> Iterator[Server]:
    """Run a Streamlit page of this project for as long as the block lasts.

    Parameters
    ----------
    script : str
        Its path from the project's folder.
    ready : str
        The route that answers 200 once it can be used.
    claims : Path, optional
        The claims it shows; the project's own by default.

    Yields
    ------
    Server

    Raises
    ------
    RefusedError
        If it answers that it cannot serve its claims.
    TimeoutError
        If it does not answer within `LIMIT_S` seconds.
    """
    with running(streamlit_command(sys.executable, script), ready, claims=claims) as server:
        yield server


def streamlit_command(python: str, script: str) -> list[str]:
    """Write the command that serves a Streamlit page; "{port}" stands for its port.

    Parameters
    ----------
    python : str
        The interpreter.
    script : str
        Its path from the project's folder.

    Returns
    -------
    list of str
    """
    options = ["--server.address", HOST, "--server.port", "{port}", "--server.headless", "true"]
    return [python, "-m", "streamlit", "run", script, *options]


@contextmanager
def running(command: list[str], ready: str, *, claims: Path | None = None) -> Iterator[Server]:
    """Run a server for as long as the block lasts.

    Parameters
    ----------
    command : list of str
        What starts it; "{port}" in it stands for the port it is given.
    ready : str
        The route that answers 200 once it can be used.
    claims : Path, optional
        The claims it shows, in the variable CLAIMS; unset by default.

    Yields
    ------
    Server

    Raises
    ------
    RefusedError
        If it answers that it cannot serve its claims.
    TimeoutError
        If it ends, or does not answer within `LIMIT_S` seconds.
    """
    port = _free_port()
    environment = {key: value for key, value in os.environ.items() if key != "CLAIMS"}
    if claims is not None:
        environment["CLAIMS"] = str(claims)
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # our own scripts
        [part.replace("{port}", str(port)) for part in command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(port, ready):
            if process.poll() is not None or time.perf_counter() - started > LIMIT_S:
                message = f"{' '.join(command)} did not answer on {ready}"
                raise TimeoutError(message)
            time.sleep(POLL_S)
        yield Server(f"http://{HOST}:{port}/", time.perf_counter() - started, process.pid)
    finally:
        process.terminate()
        process.wait()


def fetch(url: str, *, packed: bool = False) -> bytes:
    """Ask a server for a file.

    Parameters
    ----------
    url : str
        Of a server of this module.
    packed : bool, optional
        Whether to take it as browsers do, packed with gzip.

    Returns
    -------
    bytes
        As they come over the wire.
    """
    address, _, route = url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(address, timeout=LIMIT_S)
    try:
        connection.request(
            "GET", f"/{route}", headers={"Accept-Encoding": "gzip"} if packed else {}
        )
        return connection.getresponse().read()
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(port: int, route: str) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=LIMIT_S)
    try:
        connection.request("GET", route)
        answer = connection.getresponse()
        if answer.status == HTTP_NOT_READY and route == READY:
            told = json.loads(answer.read())
            if told["status"] != LOADING:
                raise RefusedError(told["reason"])
    except OSError:  # nobody listens yet
        return False
    else:
        return answer.status == HTTP_OK
    finally:
        connection.close()
