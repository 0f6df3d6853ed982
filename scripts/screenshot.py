"""Take `docs/screenshot.png`: the page at 1280 x 720 with one claim picked and no network.

Run as `make screenshot`, or `python -m scripts.screenshot [FILE]`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from benchmarks.chromium import FLAGS, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
HOST: Final = "127.0.0.1"
PICKED: Final = "ua-mod-maliar-advance-2km-2023-05-12"
VIEW: Final = f"from=2023-05-08&to=2023-05-14&claim={PICKED}"
WIDTH_PX: Final = 1280
HEIGHT_PX: Final = 720
LIMIT_S: Final = 60
HTTP_OK: Final = 200


@contextmanager
def serving() -> Iterator[str]:
    """Run the app with the project's own claims for as long as the block lasts.

    Yields
    ------
    str
        Its address.

    Raises
    ------
    TimeoutError
        If it is not ready within `LIMIT_S` seconds.
    """
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.address", HOST, "--server.port", str(port)]
    environment = {key: value for key, value in os.environ.items() if key != "CLAIMS"}
    process = subprocess.Popen(  # noqa: S603  # our own app in our own interpreter
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + LIMIT_S
        while not is_ready(port):
            if time.monotonic() > end or process.poll() is not None:
                message = "the app did not become ready"
                raise TimeoutError(message)
            time.sleep(0.1)
        yield f"http://{HOST}:{port}/"
    finally:
        process.terminate()
        process.wait()


def is_ready(port: int) -> bool:
    """Ask the app whether the claims are loaded.

    Parameters
    ----------
    port : int

    Returns
    -------
    bool
    """
    connection = http.client.HTTPConnection(HOST, port, timeout=LIMIT_S)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == HTTP_OK
    except OSError:  # nobody listens yet
        return False
    finally:
        connection.close()


def take(url: str, file: Path) -> None:
    """Open the page and save what it shows once nothing is left to paint.

    Parameters
    ----------
    url : str
    file : Path
        A PNG.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": WIDTH_PX, "height": HEIGHT_PX})
        page.set_default_timeout(LIMIT_S * 1000)
        page.goto(url)
        page.wait_for_selector("[data-testid='claim-map'][data-ready='true']")
        page.wait_for_selector(".cm-card")
        page.evaluate("document.fonts.ready.then(() => true)")
        page.wait_for_timeout(1500)  # the parts under the map come after it
        page.screenshot(path=file)
        browser.close()


def main() -> None:
    """Take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "docs" / "screenshot.png")
    parser.add_argument("--query", default=VIEW, help="the view, as URL parameters")
    options = parser.parse_args()
    with serving() as url:
        take(f"{url}?{options.query}", options.file)
    print(options.file.name)


if __name__ == "__main__":
    main()
