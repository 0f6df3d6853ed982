"""The page's socket packs a run with the memory of the run before."""

from __future__ import annotations

import base64
import http.client
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tests.browser.server import Server


def test_the_page_s_socket_packs_with_the_largest_window_and_keeps_it(server: Server) -> None:
    home = urlsplit(server.url)
    asked = http.client.HTTPConnection(home.netloc, timeout=20)
    key = base64.b64encode(bytes(16)).decode()
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Origin": f"http://{home.netloc}",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": key,
        "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
    }
    asked.request("GET", "/_stcore/stream", headers=headers)
    answer = asked.getresponse()
    packing = answer.headers["Sec-WebSocket-Extensions"]
    asked.close()
    assert (answer.status, packing.split(";")[0]) == (101, "permessage-deflate")
    assert "server_no_context_takeover" not in packing
    assert re.findall(r"server_max_window_bits=(\d+)", packing) == ["15"]
