"""What the tests of the server look for in its answers."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
import time
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tests.report import report_path

if TYPE_CHECKING:
    from tests.asgi import Answer, Client

ROWS = list(csv.DictReader(report_path().read_text(encoding="utf-8").splitlines()))
DIGEST = hashlib.sha256(report_path().read_bytes()).hexdigest()
FRONT = "ru-mod-26-attacks-repelled-soledar-2023-05-12"
FOR_EVER = "public, max-age=31536000, immutable"


def settled(client: Client) -> Answer:
    """Ask whether the claims are loaded until they are no longer being loaded."""
    deadline = time.monotonic() + 10
    while (answer := client.get("/readyz")).json()["status"] == "loading":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return answer


def inline_script_hash() -> str:
    page = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def expected_policy(pictures: str = "") -> str:
    return (
        "default-src 'self'; "
        f"script-src 'self' blob: 'sha256-{inline_script_hash()}'; "
        "style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:{pictures}; "
        "font-src 'self' data:; "
        "connect-src 'self'; "
        "worker-src 'self' blob:; "
        "object-src 'none'; "
        "base-uri 'none'; "
        "form-action 'self'; "
        "frame-ancestors 'none'"
    )


def first_view(page: str) -> dict[str, Any]:
    """Read what the page's head says the map shows first."""
    (text,) = re.findall(r'<script type="application/json" id="cm-first-view">(.*?)</script>', page)
    found: dict[str, Any] = json.loads(text)["message"]
    return found
