"""The files beside the page: each under its digest, packed, kept for ever, and no others."""

from __future__ import annotations

import gzip
import re
import time
from typing import TYPE_CHECKING

import pytest

from cartography.tiles import ONLINE
from components.assets import loader, page_script, page_style
from components.ground_files import ground_asset
from tests.app.answers import DIGEST, FOR_EVER, ROWS, settled
from tests.report import report_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.asgi import Client


def test_the_columns_are_kept_for_ever_under_the_digest_of_their_file(client: Client) -> None:
    answer = client.get(f"/claims/{DIGEST}.bin")
    assert answer.status == 200
    assert answer.body[:4] == b"CMAP"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == FOR_EVER
    assert "Accept-Encoding" in answer.headers["vary"]


def test_the_columns_of_another_file_are_not_found(client: Client) -> None:
    for digest in ("0" * 64, DIGEST[:-1], DIGEST.upper(), DIGEST + "0"):
        answer = client.get(f"/claims/{digest}.bin")
        assert answer.status == 404
        assert "cache-control" not in answer.headers


def files_served() -> list[str]:
    """Give the address of every file that is kept for ever."""
    assets = [loader(), page_script(), page_style(), *(ground_asset(k) for k in ("", *ONLINE))]
    return [f"/claims/{DIGEST}.bin", f"/claims/{DIGEST}/words/0.json"] + [
        f"/{asset.path}" for asset in assets
    ]


@pytest.mark.parametrize("number", range(len(files_served())))
def test_a_kept_file_is_packed_when_asked_and_not_sent_twice(client: Client, number: int) -> None:
    address = files_served()[number]
    plain = client.get(address)
    packed = client.get(address, accept_encoding="gzip, br")
    assert (plain.status, packed.status) == (200, 200)
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body)
    assert plain.headers["cache-control"] == packed.headers["cache-control"] == FOR_EVER
    again = client.get(address, if_none_match=plain.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == plain.headers["etag"]
    assert client.get(address, if_none_match='"other"').status == 200


def test_files_of_other_names_or_digests_are_not_found(client: Client) -> None:
    script, style = page_script().path, page_style().path
    for address in (
        script.replace("/page.js", "/other.js"),
        script.replace("page.js", "page.css"),
        re.sub("/[0-9a-f]{16}/", f"/{'0' * 16}/", script),
        re.sub("/[0-9a-f]{16}/", f"/{'0' * 16}/", style),
        "ground/0000000000000000.js",
        f"claims/{DIGEST}/words/1.json",
        f"claims/{DIGEST}/words.json",
        f"claims/{DIGEST}/words.json?at=",
        f"claims/{DIGEST}/words.json?at=0.x",
        f"claims/{DIGEST}/words.json?at=-1",
        f"claims/{DIGEST}/words.json?at={len(ROWS)}",
        f"claims/{'0' * 64}/words/0.json",
    ):
        assert client.get(f"/{address}").status == 404, address


def test_two_files_never_share_a_tag(client: Client) -> None:
    tags = [client.get(address).headers["etag"] for address in files_served()]
    assert len(set(tags)) == len(tags)


def test_the_ground_is_a_script_and_an_online_one_names_its_own_hosts_only(client: Client) -> None:
    drawn = client.get(f"/{ground_asset('').path}")
    assert drawn.headers["content-type"] == "text/javascript; charset=utf-8"
    assert b"http" not in drawn.body
    assert ONLINE["osm"].url.encode() in client.get(f"/{ground_asset('osm').path}").body
    assert ground_asset("nowhere").path == ground_asset("").path


def test_the_words_of_chosen_claims_are_those_of_their_block(client: Client) -> None:
    block = client.get(f"/claims/{DIGEST}/words/0.json").json()
    chosen = client.get(f"/claims/{DIGEST}/words.json?at=3.0.7")
    assert chosen.json() == [block[3], block[0], block[7]]
    assert chosen.headers["cache-control"] == FOR_EVER


def test_the_words_of_a_block_of_claims_are_served_as_json(client: Client) -> None:
    words = client.get(f"/claims/{DIGEST}/words/0.json").json()
    assert [claim["id"] for claim in words] == [row["claim_id"] for row in ROWS]
    assert [claim["statement"] for claim in words] == [row["statement"] for row in ROWS]


@pytest.mark.parametrize("name", ["layers.png", "layers-2x.png"])
def test_the_two_pictures_leaflet_asks_for_are_served(client: Client, name: str) -> None:
    answer = client.get(f"/assets/any/images/{name}")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert answer.body.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["marker-icon.png", "..%2fleaflet.js", "%2e%2e", "layers.png%00"])
def test_no_other_picture_is_served(client: Client, name: str) -> None:
    assert client.get(f"/assets/any/images/{name}").status in {400, 404}


def test_files_of_the_record_before_are_its_own_and_never_the_next_one_s(
    client: Client, no_claims: Path
) -> None:
    no_claims.write_bytes(report_path().read_bytes())
    assert settled(client).json()["digest"] == DIGEST
    addresses = [f"/claims/{DIGEST}.bin", f"/claims/{DIGEST}/words/0.json"]
    before = [client.get(address).body for address in addresses]
    lines = report_path().read_bytes().splitlines(keepends=True)
    no_claims.write_bytes(b"".join(lines[:4]))
    deadline = time.monotonic() + 10
    while client.get("/readyz").json()["digest"] == DIGEST:
        assert time.monotonic() < deadline
    assert client.get("/readyz").json()["claims"] == 3
    assert [client.get(address).body for address in addresses] == before
    no_claims.write_bytes(b"".join(lines[:6]))
    while client.get("/readyz").json()["claims"] == 3:
        assert time.monotonic() < deadline
    assert [client.get(address).status for address in addresses] == [404, 404]
