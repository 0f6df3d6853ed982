"""How the project starts a Chromium: for tests, figures and the screenshot."""

from __future__ import annotations

import shutil
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""No graphics card, nothing of its own over the network, and no way to the outside."""


def find_chromium() -> str | None:
    """Find the system's Chromium; None where Playwright's own has to do."""
    return next(filter(None, map(shutil.which, NAMES)), None)
