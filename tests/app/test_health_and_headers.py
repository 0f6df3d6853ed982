"""Whether the server lives and is ready, and the headers and hosts that guard every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cartography.tiles import ONLINE
from claims.errors import UnreadableFileError
from components import shared
from components.messages import FALLBACK
from tests.app.answers import DIGEST, ROWS, expected_policy, settled
from tests.report import report_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.asgi import Client


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
