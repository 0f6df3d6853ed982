"""Start a Streamlit server of this project, wait until it answers, stop it."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
HOST: Final = "127.0.0.1"
LIMIT_S: Final = 120.0
POLL_S: Final = 0.02
HTTP_OK: Final = 200


@contextmanager
def serving(script: str, ready: str, *, claims: Path | None = None) -> Iterator[tuple[str, float]]:
    """Run a page for as long as the block lasts.

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
    tuple of str and float
        Its address, and the seconds from the start of the process to its first 200.

    Raises
    ------
    TimeoutError
        If it does not answer within `LIMIT_S` seconds.
    """
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += ["--server.address", HOST, "--server.port", str(port)]
    environment = {key: value for key, value in os.environ.items() if key != "CLAIMS"}
    if claims is not None:
        environment["CLAIMS"] = str(claims)
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # our own script in our own interpreter
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _answers(port, ready):
            if process.poll() is not None or time.perf_counter() - started > LIMIT_S:
                message = f"{script} did not answer on {ready}"
                raise TimeoutError(message)
            time.sleep(POLL_S)
        yield f"http://{HOST}:{port}/", time.perf_counter() - started
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(port: int, route: str) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=LIMIT_S)
    try:
        connection.request("GET", route)
        return connection.getresponse().status == HTTP_OK
    except OSError:  # nobody listens yet
        return False
    finally:
        connection.close()
