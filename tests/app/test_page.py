"""The page: its head, its first view, and what stands in while the claims are read."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from cartography.edition import open_edition
from claims.model import SIDES
from components import shared
from components.assets import loading_script, loading_style, page_script
from components.ground_files import ground_asset
from tests.app.answers import DIGEST, FRONT, ROWS, first_view, inline_script_hash, settled
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cartography.edition import Edition
    from tests.asgi import Client


def test_the_page_s_head_names_what_it_needs_and_all_of_it_is_there(client: Client) -> None:
    answer = client.get("/?side=russia")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"
    named = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)"', answer.body.decode())
    assert {f"claims/{DIGEST}.bin", page_script().path, ground_asset("").path} <= set(named)
    for path in named:
        assert client.get(f"/{path.removeprefix('./')}").status == 200, path


def test_the_page_carries_no_script_but_the_one_the_policy_names(client: Client) -> None:
    answer = client.get("/")
    inline = re.findall(r"<script>(.*?)</script>", answer.body.decode(), re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in inline]
    assert hashes == [inline_script_hash()]
    assert not re.findall(r" on[a-z]+=", answer.body.decode())


def test_the_first_view_is_that_of_the_address(client: Client) -> None:
    page = client.get(f"/?side=russia&claim={FRONT}&at=48.6,38,11&ground=osm").body.decode()
    view = first_view(page)
    assert view["selection"]["side"] == [SIDES.index("russia")]
    assert ROWS[view["claim"]]["claim_id"] == FRONT
    assert view["at"] == [48.6, 38, 11]
    assert view["ground"] == ground_asset("osm").path
    assert f'src="{ground_asset("osm").path}"' in page


def test_no_words_of_an_address_become_markup_of_the_page(client: Client) -> None:
    evil = "</script><script>alert(1)</script><!--"
    page = client.get(f"/?q={quote(evil)}&ground={quote(evil)}&at={quote(evil)}").body.decode()
    assert "alert(1)</script>" not in page
    shown = " ".join(first_view(page)["words"]["filters"])
    assert "</script><script>" in shown


@pytest.fixture
def slow_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Name a file whose reading does not end before the event is set."""
    path, may_end = tmp_path / "slow.csv", threading.Event()
    path.write_bytes(report_path().read_bytes())

    def open_slowly(path: Path, *, geo: Path, progress: Callable[[str, int, int], None]) -> Edition:
        progress("checking", 3, 9)
        assert may_end.wait(20)
        return open_edition(path, geo=geo)

    monkeypatch.setenv("CLAIMS", str(path))
    monkeypatch.setattr("components.loading.SETTLE_S", 0)
    monkeypatch.setattr("components.loading.open_edition", open_slowly)
    yield may_end
    may_end.set()
    shared.edition()
    monkeypatch.undo()
    shared.edition()


def test_while_the_claims_are_read_another_page_stands_in_and_tells_how_far_it_is(
    client: Client, slow_file: threading.Event
) -> None:
    answer = client.get("/?side=russia")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    page = answer.body.decode()
    assert 'data-step="checking" data-share="12"' in page
    assert "slow.csv" in page
    assert "cm-first-view" not in page
    assert not re.findall(r"<script>| on[a-z]+=", page)
    named = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)"', page)
    assert {loading_script().path, loading_style().path} <= set(named)
    for path in named:
        assert client.get(f"/{path}").status == 200, path
    far = {"status": "loading", "step": "checking", "done": 3, "total": 9}
    told = client.get("/loading")
    assert (told.status, told.json(), told.headers["cache-control"]) == (200, far, "no-store")
    for address in ("/readyz", "/claims.geojson", f"/claims/{DIGEST}.bin"):
        refused = client.get(address)
        assert (refused.status, refused.json()) == (503, far), address
        assert refused.headers["retry-after"] == "1"
    assert client.get("/healthz").status == 200
    slow_file.set()
    assert settled(client).json()["claims"] == len(ROWS)
    assert client.get("/loading").json() == {"status": "over"}
    assert first_view(client.get("/?side=russia").body.decode())["selection"]["side"] == [1]


def test_the_page_itself_comes_even_without_claims(client: Client, no_claims: Path) -> None:
    assert settled(client).status == 503
    answer = client.get("/")
    assert answer.status == 200
    assert b"Traceback" not in answer.body
    assert b"cm-first-view" not in answer.body
    assert str(no_claims.parent) not in answer.body.decode()
