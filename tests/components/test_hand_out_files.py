"""The routes that hand out files: whole, with their heading, and only what one may have."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import json
import re
import struct
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from pptx import Presentation
from starlette.applications import Starlette
from starlette.routing import Route

from claims.handling import NOT_SET
from claims.scenes import Briefing, Scene
from claims.selection import Selection
from components import briefings, hand_out_files, shared
from components.hand_out import OWN, hand_out_message
from components.hand_out_desk import BusyError, Desk, Ticket
from components.record_path import claims_path
from exports.forms import FORMS, writers
from tests.asgi import Answer, Client
from tests.report import report_path
from tests.talk import FRONT, talk_beside_the_report

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

    from exports.order import Order

KML = "{http://www.opengis.net/kml/2.2}"
HOME = "http://127.0.0.1:8501/"
DIGEST = hashlib.sha256(report_path().read_bytes()).hexdigest()
BEGINNINGS = {
    "pptx": b"PK",
    "pdf": b"%PDF-",
    "png": b"\x89PNG",
    "png-4k": b"\x89PNG",
    "kml": b"<?xml",
    "geojson": b'{"type": "FeatureCollection"',
    "csv": b"PK",
    "html": b"<!doctype html>",
}
PAIR = """
[[scene]]
title = "Side by side"
compare = ["russia", "third_party"]
"""
HOSTILE = "{{7*7}} <b>&amp;</b> ${1} \r\nSet-Cookie: a=b \u202e../../etc/passwd \x00 =1+1"
STALLED = (sys.executable, "-c", "import sys, time; sys.stdin.buffer.read(1); time.sleep(60)")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    patch = pytest.MonkeyPatch()
    patch.setenv("CLAIMS", str(talk_beside_the_report(tmp_path_factory.mktemp("talk"))))
    shared.edition()
    routes = [
        Route("/export", hand_out_files.serve_ready),
        Route("/export/{kind}", hand_out_files.serve_export),
        Route("/export/progress/{job}", hand_out_files.serve_progress),
    ]
    app = Starlette(routes=routes, lifespan=lambda _: hand_out_files.desk_open())
    with Client(app) as started:
        yield started
    patch.undo()


def export(client: Client, kind: str, /, **parameters: str) -> Answer:
    return client.get(f"/export/{kind}?{urlencode(parameters)}")


def ordered(client: Client, monkeypatch: pytest.MonkeyPatch, address: str) -> Order:
    """Give what the process would be told to write."""
    orders: list[Order] = []

    async def write(_desk: Desk, order: Order, _ticket: Ticket) -> None:
        orders.append(order)
        raise BusyError

    monkeypatch.setattr(Desk, "write", write)
    assert client.get(f"/export/{address}").status == 503
    (order,) = orders
    return order


def heading_of(answer: Answer) -> Any:
    assert answer.status == 200, answer.body
    return json.loads(answer.body)["metadata"]


def name_of(answer: Answer) -> str:
    return answer.headers["content-disposition"].split("filename*=UTF-8''")[1]


@pytest.mark.parametrize("kind", list(writers()))
def test_every_kind_is_handed_out_as_what_it_is(client: Client, kind: str) -> None:
    answer = export(client, kind, side="russia", handling="tlp:green")
    assert answer.status == 200
    assert answer.body.startswith(BEGINNINGS[kind])
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["cache-control"] == "no-store"
    form = FORMS[kind]
    is_packed = kind == "csv"
    assert name_of(answer).endswith(form.ending + ".zip" * is_packed)
    kind_of_content = answer.headers["content-type"].split(";")[0]
    assert kind_of_content == ("application/zip" if is_packed else form.media_type)


def test_a_file_says_of_itself_what_the_page_says(client: Client) -> None:
    asked = {"from": "2023-05-12", "to": "2023-05-12", "side": "russia"}
    answer = export(client, "geojson", **asked, kind="attack_repelled", title="One day")
    heading = heading_of(answer)
    features = json.loads(answer.body)["features"]
    assert FRONT in {feature["id"] for feature in features}
    permalink = f"{HOME}?{urlencode({**asked, 'kind': 'attack_repelled'})}&at=48.5980,37.9300,11"
    assert heading["title"] == "One day"
    assert heading["as_of"] == "12 May 2023"
    assert heading["window"] == "12 May 2023, as said"
    assert heading["filters"] == ["Russia only", "attack_repelled"]
    assert heading["shown"] == f"{len(features)} of 26 claims"
    outlets = {feature["properties"]["outlet"] for feature in features}
    assert heading["sources"] == sorted(outlets)
    assert heading["handling"] == NOT_SET
    assert heading["data_digest"] == DIGEST
    assert heading["permalink"].replace("%2C", ",") == permalink
    assert name_of(answer) == "one-day_2023-05-12_2023-05-12.geojson"


def test_the_heading_of_a_table_lies_beside_it(client: Client) -> None:
    answer = export(client, "csv", what="briefing", briefing="talk")
    packed = ZipFile(io.BytesIO(answer.body))
    table, beside = packed.namelist()
    assert name_of(answer) == f"{table}.zip"
    assert table.startswith("two-days-in-may_20")
    assert beside == f"{table}-metadata.json"
    (heading,) = json.loads(packed.read(beside))["notes"]
    rows = list(csv.DictReader(packed.read(table).decode().splitlines()))
    assert heading["shown"] == f"{len(rows)} of 26 claims"
    assert heading["handling"] == "TLP:GREEN"
    assert heading["scenes"][0]["title"] == "Two days in May"
    assert answer.body == export(client, "csv", what="briefing", briefing="talk").body


def test_slides_carry_title_days_counts_marking_digest_and_address(client: Client) -> None:
    answer = export(client, "pptx", what="briefing", briefing="talk", handling="TLP:RED")
    deck = Presentation(io.BytesIO(answer.body))
    slides: list[Any] = list(deck.slides)
    texts = [[s.text_frame.text for s in one.shapes if s.has_text_frame] for one in slides]
    assert len(texts) == 5
    for text in texts:
        assert text.count("TLP:RED") == 2
    first, second = " ".join(texts[1]), " ".join(texts[2])
    assert "Two days in May" in first
    assert "of 26 claims" in first
    assert DIGEST[:12] in first
    assert "Ukraine only" in second
    assert f"{HOME}?from=2023-05-12" in second
    assert "as of" in first.lower()


def test_pages_are_one_a_scene_and_the_brief(client: Client) -> None:
    answer = export(client, "pdf", what="briefing", briefing="talk")
    assert len(re.findall(rb"/Type /Page\b(?!s)", answer.body)) == 5
    assert b"/Subject (TLP:GREEN)" in answer.body
    assert name_of(answer).endswith(".pdf")


def test_pictures_of_several_scenes_come_packed_together(client: Client) -> None:
    packed = ZipFile(io.BytesIO(export(client, "png", what="briefing", briefing="talk").body))
    sizes = {struct.unpack(">II", packed.read(name)[16:24]) for name in packed.namelist()}
    assert (len(packed.namelist()), sizes) == (4, {(1920, 1080)})


def test_a_view_within_a_scene_is_that_scene_until_a_filter_changes(client: Client) -> None:
    at_hand = {"briefing": "talk", "scene": "2"}
    assert heading_of(export(client, "geojson", **at_hand))["title"] == (
        "An advance of two kilometres"
    )
    other = heading_of(export(client, "geojson", **at_hand, side="russia"))
    assert (other["title"], other["filters"]) == ("Bakhmut Claims Map", ["Russia only"])


@pytest.mark.parametrize(
    ("at_hand", "title", "narrators"),
    [
        ({}, "", ("ukraine", "russia")),
        ({"briefing": "talk", "scene": "2"}, "", ("ukraine", "russia")),
        ({"briefing": "talk", "scene": "5"}, "Side by side", ("russia", "third_party")),
        ({"briefing": "talk", "scene": "5"}, "", ("ukraine", "russia")),
        ({"briefing": "talk", "scene": "5", "side": "russia"}, "", ("ukraine", "russia")),
    ],
)
def test_two_maps_of_a_view_are_handed_out_as_the_two_that_are_shown(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    at_hand: dict[str, str],
    title: str,
    narrators: tuple[str, str],
) -> None:
    path = claims_path().parent / "briefings" / "talk.toml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + PAIR, encoding="utf-8")
    try:
        asked = urlencode({**at_hand, "compare": narrators}, doseq=True)
        (scene,) = ordered(client, monkeypatch, f"png?{asked}").briefing.scenes
    finally:
        path.write_text(before, encoding="utf-8")
    assert (scene.compare, scene.title) == (narrators, title)


def test_hostile_words_stay_words_and_leave_the_headers_alone(client: Client) -> None:
    answer = export(client, "kml", title=HOSTILE, handling=HOSTILE, q=HOSTILE)
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
    assert re.fullmatch(r"[\w.%-]+", name_of(answer))
    assert ".." not in name_of(answer)
    name = ET.fromstring(answer.body).findtext(f"{KML}Document/{KML}name")  # noqa: S314  (ours)
    assert name is not None
    assert "{{7*7}} <b>&amp;</b> ${1}" in name


def test_a_title_in_cyrillic_names_the_file(client: Client) -> None:
    answer = export(client, "geojson", title="Бахмут, травень")
    assert name_of(answer).startswith(quote("бахмут-травень_20"))
    plain = answer.headers["content-disposition"].split('filename="')[1].split('"')[0]
    assert plain.isascii()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("exe", 404, ""),
        ("pdf?what=everything", 400, "only be the view or the briefing"),
        ("pdf?what=briefing", 404, "no such briefing"),
        ("pdf?what=briefing&briefing=../talk", 404, "no such briefing"),
        (f"pdf?what=briefing&briefing=own-{'0' * 16}", 404, "not kept any more"),
        (f"pdf?digest={'0' * 64}", 409, "has changed since this page was shown"),
    ],
)
def test_what_cannot_be_had_is_refused_in_words(
    client: Client, address: str, status: int, words: str
) -> None:
    answer = client.get(f"/export/{address}")
    assert answer.status == status
    assert words in answer.body.decode()
    assert "content-disposition" not in answer.headers


def test_bad_values_of_the_address_fall_back_as_on_the_page(client: Client) -> None:
    heading = heading_of(export(client, "geojson", side="mars", at="x,y,z", digest=DIGEST))
    assert heading["filters"] == []


def test_own_scenes_are_had_by_their_name_and_offered_to_nobody_else(client: Client) -> None:
    name = briefings.new_name()
    mine = Briefing("Mine", "", (Scene("Only I", "", Selection(sides=frozenset({"russia"}))),))
    briefings.keep_own(name, mine)
    found = heading_of(export(client, "geojson", what="briefing", briefing=name))
    assert found["filters"] == ["Russia only"]
    record = shared.edition()
    offered: Any = hand_out_message(record, name)["briefings"]
    assert [one["title"] for one in offered] == ["Two days in May", f"{OWN}: Mine"]
    others: Any = hand_out_message(record, "")["briefings"]
    assert [one["name"] for one in others] == ["talk"]


def test_the_page_offers_every_kind_that_there_is_with_its_words(client: Client) -> None:
    assert client.get("/export").status == 200
    offered: Any = hand_out_message(shared.edition(), "")["kinds"]
    assert [one["kind"] for one in offered] == list(writers())
    assert all(one["words"] and one["holds"] and one["first_s"] > 0 for one in offered)


def test_a_page_of_another_site_cannot_keep_the_writer_busy(client: Client) -> None:
    for address in ("/export", "/export/pdf"):
        assert client.get(address, sec_fetch_site="cross-site").status == 403


def test_where_too_many_wait_one_is_asked_to_come_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_out_files, "_desk", Desk(most=0))
    answer = export(client, "csv")
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "Ask again" in answer.json()["reason"]


def test_a_file_under_way_is_told_of_by_its_own_name_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = "0123456789abcdef" * 2
    ticket = Ticket("drawing", 3, 8)
    monkeypatch.setitem(hand_out_files._tickets, job, ticket)  # noqa: SLF001  (as if under way)
    told = client.get(f"/export/progress/{job}").json()
    assert told == {"status": "writing", "ahead": 0, "step": "drawing", "done": 3, "total": 8}
    assert client.get("/export/progress/other").json() == {"status": "over"}


def test_a_browser_that_goes_away_ends_the_work(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(STALLED)
    monkeypatch.setattr(hand_out_files, "_desk", desk)
    job = "f" * 32
    seen: list[object] = []

    async def leave_soon() -> None:
        asked: list[MutableMapping[str, Any]] = [
            {"type": "http.disconnect"},
            {"type": "http.request", "body": b""},
        ]

        async def receive() -> MutableMapping[str, Any]:
            if len(asked) == 1:
                while desk._process is None:  # noqa: ASYNC110, SLF001  (started by the other task)
                    await asyncio.sleep(0.01)
                seen.append((desk._process.pid, job in hand_out_files._tickets))  # noqa: SLF001
            return asked.pop()

        async def send(_: MutableMapping[str, Any]) -> None:
            """Nobody listens."""

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/export/csv",
            "query_string": f"job={job}".encode(),
            "headers": [(b"host", b"127.0.0.1:8501")],
            "scheme": "http",
            "server": ("127.0.0.1", 8501),
            "root_path": "",
        }
        await asyncio.wait_for(client.application(scope, receive, send), timeout=10)
        assert desk._process is None  # noqa: SLF001
        await desk.close()

    client.runner.run(leave_soon())
    assert len(seen) == 1
    assert client.get(f"/export/progress/{job}").json() == {"status": "over"}
