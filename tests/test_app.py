"""What the server answers: its own routes beside the page, and the headers that guard both."""

from __future__ import annotations

import base64
import csv
import gzip
import hashlib
import json
import re
import threading
import time
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from pyproj import Geod
from shapely.geometry import shape

from cartography.edition import open_edition
from cartography.tiles import ONLINE
from claims.errors import UnreadableFileError
from claims.model import SIDES
from components import shared
from components.assets import loader, loading_script, loading_style, page_script, page_style
from components.ground_files import ground_asset
from components.messages import FALLBACK
from tests.asgi import Answer, Client
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cartography.edition import Edition

DATA = Path(__file__).parents[1] / "data"
ROWS = list(csv.DictReader(report_path().read_text(encoding="utf-8").splitlines()))
DIGEST = hashlib.sha256(report_path().read_bytes()).hexdigest()
FRONT = "ru-mod-26-attacks-repelled-soledar-2023-05-12"
FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    patch = pytest.MonkeyPatch()
    patch.setenv("CLAIMS", str(report_path()))
    patch.setattr("streamlit.runtime.Runtime._instance", None)
    patch.setattr("streamlit.config._main_script_path", None)
    from app import app  # noqa: PLC0415  (it takes note of the process when it is imported)

    with Client(app) as started:
        yield started
    patch.undo()


@pytest.fixture
def no_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Name a file that is not there."""
    path = tmp_path / "missing.csv"
    monkeypatch.setenv("CLAIMS", str(path))
    # A file written to this very moment counts as written in full.
    monkeypatch.setattr("components.loading.SETTLE_S", 0)
    yield path
    monkeypatch.undo()
    shared.edition()


def features(client: Client, query: str = "") -> dict[str, dict[str, Any]]:
    answer = client.get(f"/claims.geojson?{query}")
    assert answer.status == 200
    return {feature["id"]: feature for feature in answer.json()["features"]}


def test_healthz_says_ok(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status, answer.json()) == (200, {"status": "ok"})


def test_readyz_names_the_claims_and_the_digest_of_their_file(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status == 200
    assert answer.json() == {"status": "ready", "claims": len(ROWS), "digest": DIGEST}


def test_readyz_is_503_with_a_reason_when_the_claims_cannot_be_had(
    client: Client, no_claims: Path
) -> None:
    answer = settled(client)
    assert answer.status == 503
    assert answer.json()["status"] == "not ready"
    assert "missing.csv" in answer.json()["reason"]
    assert str(no_claims.parent) not in answer.body.decode()
    assert client.get("/healthz").status == 200


def test_a_folder_in_place_of_the_claims_is_503_too(client: Client, no_claims: Path) -> None:
    no_claims.mkdir()
    answer = settled(client)
    assert answer.status == 503
    assert "found a folder" in answer.json()["reason"]


def settled(client: Client) -> Answer:
    """Ask whether the claims are loaded until they are no longer being loaded."""
    deadline = time.monotonic() + 10
    while (answer := client.get("/readyz")).json()["status"] == "loading":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return answer


def test_the_claims_come_back_when_the_file_does(client: Client, no_claims: Path) -> None:
    assert settled(client).status == 503
    no_claims.write_bytes(report_path().read_bytes())
    assert settled(client).json()["claims"] == len(ROWS)


@pytest.mark.parametrize("address", ["/claims.geojson", f"/claims/{DIGEST}.bin"])
def test_without_claims_their_files_are_refused_in_words(
    client: Client, no_claims: Path, address: str
) -> None:
    assert settled(client).status == 503
    answer = client.get(address)
    assert answer.status == 503
    assert answer.json()["status"] == "error"
    assert str(no_claims.parent) not in answer.body.decode()
    assert b"Traceback" not in answer.body


def test_the_geojson_holds_every_claim_with_the_geometry_it_states(client: Client) -> None:
    answer = client.get("/claims.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["digest"] == DIGEST
    found = features(client)
    assert list(found) == [row["claim_id"] for row in ROWS]
    line = shape(found[FRONT]["geometry"])
    assert Geod(ellps="WGS84").geometry_length(line) == pytest.approx(95_000, rel=0.005)


def test_the_geojson_has_no_geometry_for_what_is_not_placed(client: Client) -> None:
    without = {name for name, feature in features(client).items() if not feature["geometry"]}
    listed = {
        row["claim_id"] for row in ROWS if row["location_precision"] in {"region", "unplaced"}
    }
    assert without == listed
    assert listed


@pytest.mark.parametrize(
    ("query", "column", "kept"),
    [
        ("side=russia", "side", {"russia"}),
        ("side=russia&side=third_party", "side", {"russia", "third_party"}),
        ("organisation=Wagner+Group", "organisation", {"Wagner Group"}),
        ("claimant=Hanna%20Maliar", "claimant", {"Hanna Maliar"}),
        ("kind=losses&kind=supply", "kind", {"losses", "supply"}),
        ("to=2023-05-11", "said_on", {"2023-05-11"}),
        ("from=2023-05-12&to=2023-05-12&clock=said", "said_on", {"2023-05-12"}),
        ("from=2023-05-11&to=2023-05-11&clock=happened&kind=attack_repelled", "claim_id", {FRONT}),
    ],
)
def test_the_geojson_honours_the_parameters_of_the_page(
    client: Client, query: str, column: str, kept: set[str]
) -> None:
    expected = [row["claim_id"] for row in ROWS if row[column] in kept]
    assert 0 < len(expected) < len(ROWS)
    assert list(features(client, query)) == expected


def test_the_geojson_honours_standing_and_words(client: Client) -> None:
    topics = {f["properties"]["topic"] for f in features(client, "standing=contested").values()}
    assert topics == {
        "ukrainian-advance-near-bakhmut-2023-05-12",
        "ukrainian-counteroffensive-begun-2023-05-11",
    }
    assert list(features(client, "q=beat+OFF")) == [FRONT]


@pytest.mark.parametrize(
    "query",
    [
        "side=mars",
        "from=yesterday",
        "clock=%00",
        "claim=x&at=1,2&disc=9&tab=7",
        "side=%ff%fe",
        "&&=",
    ],
)
def test_values_that_mean_nothing_fall_back_to_every_claim(client: Client, query: str) -> None:
    assert len(features(client, query)) == len(ROWS)


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


@pytest.mark.parametrize(
    "address", ["/", "/healthz", "/claims.geojson", "/claims/0.bin", "/?ground=nowhere", "/x/y/z"]
)
def test_every_answer_carries_the_security_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["content-security-policy"] == expected_policy()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["permissions-policy"] == "camera=(), microphone=(), geolocation=()"


@pytest.mark.parametrize("key", list(ONLINE))
def test_only_the_chosen_ground_s_hosts_may_send_pictures(client: Client, key: str) -> None:
    policy = client.get(f"/?ground={key}").headers["content-security-policy"]
    assert policy == expected_policy(" " + " ".join(ONLINE[key].hosts))
    assert len(ONLINE[key].hosts) > 0


def test_no_address_can_write_into_the_policy(client: Client) -> None:
    for ground in ("osm;script-src%20*", "%0d%0ax-evil:%201", "https://evil.example", "OSM"):
        headers = client.get(f"/?ground={ground}").headers
        assert headers["content-security-policy"] == expected_policy()
        assert "x-evil" not in headers


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:9", "localhost", "[::1]:8501"])
def test_this_machine_s_own_names_are_answered(client: Client, host: str) -> None:
    assert client.get("/healthz", host=host).status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "localhost.evil.example"])
def test_a_name_of_somebody_else_that_points_here_is_refused(client: Client, host: str) -> None:
    for address in ("/", "/claims.geojson"):
        assert client.get(address, host=host).status == 400


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("127.0.0.1", ["127.0.0.1", "localhost", "[::1]"]),
        ("localhost", ["127.0.0.1", "localhost", "[::1]"]),
        ("0.0.0.0", ["*"]),  # noqa: S104  (what an operator may choose)
        ("192.0.2.7", ["*"]),
        (None, ["*"]),
    ],
)
def test_whoever_opens_the_server_to_others_may_name_it_as_they_like(
    monkeypatch: pytest.MonkeyPatch, client: Client, address: str | None, hosts: list[str]
) -> None:
    from app import allowed_hosts  # noqa: PLC0415  (as in the client)

    assert client.get("/healthz").status == 200
    monkeypatch.setattr("streamlit.get_option", {"server.address": address}.get)
    assert allowed_hosts() == hosts


def test_a_failure_of_the_page_is_one_sentence_and_the_rest_goes_to_the_log(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from app import show_script_error  # noqa: PLC0415  (as in the client)

    assert client.get("/healthz").status == 200
    shown: list[str] = []
    monkeypatch.setattr("components.notices.show_failure", shown.append)
    assert show_script_error(KeyError("/some/secret/path")) is True
    assert shown == [FALLBACK]
    assert "/some/secret/path" in caplog.text
    show_script_error(UnreadableFileError("mine.csv", "no such file", "a file", "Name a file."))
    assert shown[1] == (
        "The claims file cannot be read. "
        "mine.csv: found no such file, expected a file. Name a file."
    )


def first_view(page: str) -> dict[str, Any]:
    """Read what the page's head says the map shows first."""
    (text,) = re.findall(r'<script type="application/json" id="cm-first-view">(.*?)</script>', page)
    found: dict[str, Any] = json.loads(text)
    return found


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


def test_the_page_itself_comes_even_without_claims(client: Client, no_claims: Path) -> None:
    assert settled(client).status == 503
    answer = client.get("/")
    assert answer.status == 200
    assert b"Traceback" not in answer.body
    assert b"cm-first-view" not in answer.body
    assert str(no_claims.parent) not in answer.body.decode()


@pytest.mark.parametrize("address", ["/healthz", "/claims.geojson", "/"])
def test_an_address_with_thousands_of_parameters_is_answered(client: Client, address: str) -> None:
    query = "&".join(f"side=s{number}" for number in range(3_000))
    answer = client.get(f"{address}?{query}")
    assert answer.status == 200
    assert answer.headers["content-security-policy"] == expected_policy()


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/claims.geojson"])
def test_our_routes_are_for_reading_only(client: Client, address: str) -> None:
    assert client.get(address, method="POST").status == 405
    head = client.get(address, method="HEAD")
    assert head.status == 200


def test_the_session_reads_the_project_s_record_again_after_these_tests(client: Client) -> None:
    assert client.get("/readyz").json()["digest"] == shared.edition().record.digest == DIGEST
