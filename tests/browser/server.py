"""Starts the app as its users do, on a free port, and ends it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
START_WITHIN_S = 60
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")


@dataclass(frozen=True)
class Answer:
    """What a route answered.

    Attributes
    ----------
    status : int
        HTTP status.
    headers : dict of str to str
        Names in small letters.
    text : str
    """

    status: int
    headers: dict[str, str]
    text: str

    def json(self) -> Any:
        """Read the text as JSON."""
        return json.loads(self.text)


@dataclass(frozen=True)
class Server:
    """A running app.

    Attributes
    ----------
    url : str
        Its address with a slash at the end.
    """

    url: str

    def get(self, path: str) -> Answer:
        """Ask for a path without a leading slash, whatever the status of the answer.

        Raises
        ------
        urllib.error.URLError
            If nobody answers.
        """
        try:
            with urllib.request.urlopen(self.url + path, timeout=20) as answer:  # noqa: S310  # http on this machine
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return Answer(answer.status, headers, answer.read().decode())
        except urllib.error.HTTPError as refusal:
            with refusal:
                headers = {name.lower(): value for name, value in refusal.headers.items()}
                return Answer(refusal.code, headers, refusal.read().decode())


@contextmanager
def serve(
    claims: Path | None = None, *, port: int | None = None, loading: bool = False
) -> Iterator[Server]:
    """Start the app and wait until it answers.

    Parameters
    ----------
    claims : Path, optional
        The claims file; the project's own by default.
    port : int, optional
        A free one by default.
    loading : bool, optional
        Do not wait until the file is read.

    Yields
    ------
    Server

    Raises
    ------
    RuntimeError
        If it has not come up within a minute; the message holds what it printed.
    """
    variables = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    if claims is not None:
        variables["CLAIMS"] = str(claims)
    port = port or _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(  # noqa: S603  # our own app
            command, cwd=ROOT, env=variables, stdout=printed, stderr=subprocess.STDOUT
        )
        try:
            started = Server(f"http://127.0.0.1:{port}/")
            if not _comes_up(started, process, loading=loading):
                printed.seek(0)
                raise RuntimeError(printed.read().decode(errors="replace"))
            yield started
        finally:
            process.terminate()
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _comes_up(server: Server, process: subprocess.Popen[bytes], *, loading: bool) -> bool:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            answer = server.get("readyz")
            # 503 counts: a file that cannot be read is an answer too.
            if answer.status in {200, 503} and (loading or answer.json()["status"] != "loading"):
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.1)
    return False
