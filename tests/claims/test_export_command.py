"""`python -m claims export` writes what the briefing or the address shows, or nothing."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from shapely.geometry import Polygon, shape

from claims.__main__ import main
from claims.export_command import CANCELLED, NOTHING, WITH_NOTICES, WRITTEN, Job, Teller
from claims.handout import ADDED, hand_out
from claims.kml import kml_pieces
from claims.load import load_record
from claims.model import COLUMN_NAMES
from claims.scenes import Briefing, Scene
from claims.selection import Selection
from claims.shapes import stated_shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.load import Record

    LoadRows = Callable[..., Record]
    MakeRow = Callable[..., dict[str, str]]
    WriteCsv = Callable[..., Path]

DATA = Path(__file__).parents[2] / "data"
SHIPPED = DATA / "briefings" / "bakhmut_2023-05-08_14.toml"
FRONT = "ru-mod-26-attacks-repelled-soledar-2023-05-12"
KML = "{http://www.opengis.net/kml/2.2}"
HOSTILE = "]]>\x01\x0b<script>alert(1)</script>&amp;$[claim_id]\ufffe{{7*7}}"


@pytest.fixture(scope="module")
def real() -> Record:
    return load_record(DATA / "events.csv", geo=DATA / "geo")


def export(kind: str, out: Path, *more: str) -> int:
    asked = more or ("--briefing", str(SHIPPED))
    return main(["export", kind, "-o", str(out), *asked])


def test_the_shipped_briefing_as_csv_has_its_heading_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "week.csv"
    assert export("csv", out) == WRITTEN
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [*COLUMN_NAMES, *ADDED]
    assert len(rows) == len({row["claim_id"] for row in rows}) == 165
    front = next(row for row in rows if row["claim_id"] == FRONT)
    assert front["scenes"].startswith("1. One week, 165 claims; 4. Russia says: 26 attacks")
    described = json.loads(out.with_name("week.csv-metadata.json").read_text(encoding="utf-8"))
    assert described["url"] == "week.csv"
    (heading,) = described["notes"]
    assert heading["handling"] == "TLP:CLEAR"
    assert heading["shown"] == "165 of 848 claims"
    assert len(heading["scenes"]) == 8
    assert heading["scenes"][3]["permalink"].startswith("?from=2023-05-11&to=2023-05-12&")
    names = [column["name"] for column in described["tableSchema"]["columns"]]
    assert names == list(rows[0])


def test_an_exported_csv_still_loads_as_claims(tmp_path: Path, real: Record) -> None:
    out = tmp_path / "week.csv"
    assert export("csv", out) == WRITTEN
    back = load_record(out, geo=DATA / "geo")
    assert len(back.claims) == 165
    assert {problem.column for problem in back.problems} == set(ADDED)
    assert {problem.severity for problem in back.problems} == {"warning"}
    assert set(back.claims["claim_id"]) <= set(real.claims["claim_id"])


def test_a_view_as_geojson_carries_its_heading(tmp_path: Path, real: Record) -> None:
    out = tmp_path / "view.geojson"
    address = (
        "http://127.0.0.1:8501/?from=2023-05-12&to=2023-05-12&side=Russia&kind=attack_repelled"
    )
    code = export("geojson", out, "--url", address, "--handling", "tlp:green", "--title", "One day")
    assert code == WRITTEN
    collection = json.loads(out.read_text(encoding="utf-8"))
    heading = collection["metadata"]
    assert heading["title"] == "One day"
    assert heading["handling"] == "TLP:GREEN"
    assert heading["as_of"] == "12 May 2023"
    assert heading["window"] == "12 May 2023, as said"
    assert heading["filters"] == ["Russia only", "attack_repelled"]
    assert heading["data_digest"] == collection["digest"] == real.digest
    assert heading["permalink"] == "?from=2023-05-12&to=2023-05-12&side=russia&kind=attack_repelled"
    assert heading["sources"]
    assert heading["shown"] == f"{len(collection['features'])} of 848 claims"
    front = next(one for one in collection["features"] if one["id"] == FRONT)
    assert front["geometry"]["type"] == "LineString"
    assert front["properties"]["mgrs"].startswith("37U ")
    assert front["properties"]["said_dtg"] == "12MAY23"
    assert front["properties"]["said_local"] == "12 May 2023"
    assert front["properties"]["scenes"] is None


def test_an_address_that_asks_for_nothing_gives_the_days_the_page_opens_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export("csv", tmp_path / "a.csv", "--url", "?at=48,38,9") == WRITTEN
    assert "165 of 848 claims" in capsys.readouterr().out


def test_what_an_address_asks_for_in_vain_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = export("csv", tmp_path / "a.csv", "--url", "?side=mars&claim=none")
    assert code == WITH_NOTICES
    told = capsys.readouterr().err
    assert "The side" in told
    assert "no such claim" in told


def test_an_address_that_compares_is_written_with_both_narrators(tmp_path: Path) -> None:
    address = "?from=2023-05-12&compare=Ukraine&compare=Wagner"
    out = tmp_path / "a.geojson"
    assert export("geojson", out, "--url", address) == WITH_NOTICES
    assert "compare" not in json.loads(out.read_text(encoding="utf-8"))["metadata"]["permalink"]
    assert export("geojson", out, "--url", "?from=2023-05-12&compare=Ukraine&compare=russia") == 0
    heading = json.loads(out.read_text(encoding="utf-8"))["metadata"]
    assert heading["permalink"] == "?from=2023-05-12&compare=ukraine&compare=russia"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("?briefing=x&scene=3", "The scene of a briefing is not read from an address"),
        ("?at=here", "The place of the map “here” is no latitude,longitude,zoom"),
        ("?compare=ukraine", "A comparison needs two different narrators"),
        ("?from=3000-01-01", "The first day “3000-01-01” lies outside the years 1900 to 2100"),
    ],
)
def test_what_of_an_address_has_no_part_in_the_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, told: str
) -> None:
    assert export("csv", tmp_path / "a.csv", "--url", address) == WITH_NOTICES
    assert told in capsys.readouterr().err


def test_opening_days_that_cannot_be_read_are_told(
    make_row: MakeRow, write_csv: WriteCsv, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = write_csv([make_row()])
    claims.with_suffix(".toml").write_text("opening = 3", encoding="utf-8")
    out = claims.with_name("a.csv")
    assert export("csv", out, "--url", "?", "--claims", str(claims)) == WITH_NOTICES
    assert "events.toml: found no such table" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--title", "--handling"])
def test_words_of_the_command_line_that_are_cut_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert export("csv", tmp_path / "a.csv", "--url", "?", option, "x" * 200) == WITH_NOTICES
    assert f"The {option[2:]} has 200 characters; it is cut to" in capsys.readouterr().err


def test_a_geometry_that_cannot_be_drawn_true_is_told_where_it_is_drawn(
    make_row: MakeRow, write_csv: WriteCsv, geo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = make_row(claim_id="too-long", advance_km="", front_km="95", geometry_id="soledar-sector")
    claims = write_csv([row])
    more = ("--url", "?", "--claims", str(claims), "--geo", str(geo))
    for kind, told in (("geojson", 1), ("kml", 1), ("csv", 0)):
        assert export(kind, claims.with_name("out"), *more) == (WITH_NOTICES if told else WRITTEN)
        assert capsys.readouterr().err.count("Not drawn to scale (too-long)") == told


def _drawn(element: ET.Element) -> Any:
    """Read a KML geometry back as GeoJSON coordinates."""
    return [
        [float(part) for part in pair.split(",")]
        for pair in (element.findtext(f".//{KML}coordinates") or "").split()
    ]


def test_the_kml_has_the_geometry_of_the_geojson(tmp_path: Path) -> None:
    assert export("geojson", tmp_path / "a.geojson") == WRITTEN
    assert export("kml", tmp_path / "a.kml") == WRITTEN
    features = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"]
    marks = ET.parse(tmp_path / "a.kml").getroot().findall(f".//{KML}Placemark")  # noqa: S314 - our own file
    assert len(marks) == len(features) == 165
    kinds = set()
    for mark, feature in zip(marks, features, strict=True):
        if feature["geometry"] is None:
            assert mark.find(f".//{KML}coordinates") is None
            continue
        geometry = shape(feature["geometry"])
        kinds.add(geometry.geom_type)
        rings = [geometry.exterior] if isinstance(geometry, Polygon) else [geometry]
        if not geometry.geom_type.startswith("Multi"):
            assert _drawn(mark) == [list(pair) for pair in rings[0].coords]
    assert {"Point", "LineString", "Polygon"} <= kinds


def test_hostile_words_stay_words_in_kml(load_rows: LoadRows, make_row: MakeRow) -> None:
    record = load_rows([make_row()])
    claims = record.claims.assign(statement=HOSTILE, claimant=HOSTILE, quote=HOSTILE, note=HOSTILE)
    hostile = type(record)(
        claims,
        record.problems,
        record.rows_read,
        record.digest,
        record.name,
        record.sectors,
        record.aliases,
    )
    handout = hand_out(Briefing(HOSTILE, HOSTILE, (Scene(HOSTILE, "", Selection()),)), hostile)
    shapes, _ = stated_shapes(hostile)
    text = "".join(kml_pieces(hostile, shapes, handout, colours={"ukraine": "#0072B2"}))
    root = ET.fromstring(text)  # noqa: S314 - our own file; a character XML forbids would end it
    assert root.find(f".//{KML}script") is None
    clean = HOSTILE.replace("\x01", "\ufffd").replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd")
    name = root.findtext(f".//{KML}Placemark/{KML}name")
    assert name is not None
    assert name.startswith(clean)
    values = {data.get("name"): data.findtext(f"{KML}value") for data in root.iter(f"{KML}Data")}
    assert values["note"] == clean
    for described in root.iter(f"{KML}description"):
        assert "<script" not in (described.text or "")
        assert "$[" not in (described.text or "")
    assert root.findtext(f".//{KML}LineStyle/{KML}color") == "ffb27200"


def test_scenes_are_named_by_number_and_a_handling_not_set_is_said(
    load_rows: LoadRows, make_row: MakeRow
) -> None:
    scenes = (Scene("=1+1", "", Selection()), Scene("x", "", Selection()))
    handout = hand_out(Briefing("=1+1", "", scenes), load_rows([make_row()]))
    assert handout.scenes_of(0) == ["1. =1+1", "2. x"]
    assert handout.handling == "HANDLING NOT SET"


def test_a_briefing_without_a_scene_hands_out_nothing(real: Record) -> None:
    with pytest.raises(ValueError, match="at least one"):
        hand_out(Briefing("x", "", ()), real)


def test_the_handout_keeps_what_any_scene_keeps(real: Record) -> None:
    sides = [Selection(sides=frozenset({side})) for side in ("ukraine", "russia")]
    handout = hand_out(Briefing("x", "", tuple(Scene("s", "", one) for one in sides)), real)
    expected = real.claims["side"].isin(["ukraine", "russia"]).to_numpy(dtype=bool)
    assert np.array_equal(handout.keep, expected)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--url", "?", "-o", "."), ".: found a path without a name, expected the name of a file"),
        (("--url", "?", "-o", ""), ".: found a path without a name, expected the name of a file"),
        (("--url", "?", "-o", "/"), "/: found a path without a name, expected the name of a file"),
        (("--briefing", "none.toml"), "none.toml: found No such file"),
        (("--url", "?", "--claims", "none.csv"), "none.csv: found no such file"),
        (("--url", "?" + "&".join(["side=x"] * 6000)), "--url: found Max number of fields"),
        (("--url", "http://[/?side=x"), "--url: found Invalid IPv6"),
    ],
)
def test_what_cannot_be_read_ends_with_2_and_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], told: str
) -> None:
    assert export("csv", tmp_path / "a.csv", *more) == NOTHING
    assert capsys.readouterr().err.startswith(f"nothing is written: {told}")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_is_told_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export("docx", tmp_path / "a") == NOTHING
    told = capsys.readouterr().err
    assert "export docx: found an unknown kind, expected one of csv, geojson, " in told


def test_an_export_never_replaces_what_it_reads(tmp_path: Path) -> None:
    briefing = tmp_path / "a.toml"
    briefing.write_bytes(SHIPPED.read_bytes())
    assert export("csv", briefing, "--briefing", str(briefing)) == NOTHING
    assert briefing.read_bytes() == SHIPPED.read_bytes()


def test_kinds_of_higher_floors_are_found_at_run_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(job: Job) -> dict[Path, list[bytes]]:
        return {job.out: [job.briefing.title.encode(), str(len(job.briefing.scenes)).encode()]}

    kinds = ModuleType("exports.kinds")
    kinds.__dict__["KINDS"] = {"slides": write}
    monkeypatch.setitem(sys.modules, "exports", ModuleType("exports"))
    monkeypatch.setitem(sys.modules, "exports.kinds", kinds)
    assert export("slides", tmp_path / "a") == WRITTEN
    assert (tmp_path / "a").read_text() == "Bakhmut, 8 to 14 May 2023: who says what8"


def test_a_cancelled_export_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def cancel(_: Teller, step: str, done: int, __: int) -> None:
        if step == "writing" and done > 100:
            raise KeyboardInterrupt

    monkeypatch.setattr(Teller, "__call__", cancel)
    assert export("geojson", tmp_path / "a.geojson") == CANCELLED
    assert capsys.readouterr().err == "cancelled; nothing is written\n"
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_once_the_work_is_long(capsys: pytest.CaptureFixture[str]) -> None:
    teller = Teller()
    teller("writing", 1, 4)
    assert capsys.readouterr().err == ""
    teller.last_s -= 2
    teller("writing", 2, 4)
    teller("writing", 3, 4)
    assert capsys.readouterr().err == "writing: 50%\n"
