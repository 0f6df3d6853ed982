"""An edition is one record and what follows from it, the same for Python and for the browser."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cartography.edition import MAX_LIT, Edition, lit_voices, open_edition
from claims.days import FIRST_DAY
from claims.errors import BadGeometryFileError, UnreadableFileError
from claims.model import KINDS, SIDES, STANDINGS
from claims.shapes import EXTENTS
from tests.packed import read
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable

    OpenRows = Callable[..., Edition]

DATA = Path(__file__).parents[2] / "data"
MAY_11, MAY_12 = 19_488, 19_489
NAMES = ("beta", "Alpha", "alpha", "Бета", "альфа", "Ґанок", "Zeta", "éclair", "10", "9")


def header_of(edition: Edition) -> dict[str, Any]:
    (length,) = struct.unpack_from("<I", edition.columns, 8)
    found: dict[str, Any] = json.loads(edition.columns[12 : 12 + length])
    return found


def test_filters_and_file_number_every_name_alike(open_rows: OpenRows) -> None:
    edition = open_rows(*[{"organisation": name, "claimant": f"{name} speaker"} for name in NAMES])
    vocabulary = header_of(edition)["vocabulary"]
    for name in ("side", "kind", "standing", "organisation", "claimant"):
        assert list(edition.vocabulary[name]) == vocabulary[name], name
    assert sorted(NAMES) == vocabulary["organisation"]


def test_filters_offer_every_side_kind_and_standing_even_if_nobody_has_it(
    open_rows: OpenRows,
) -> None:
    vocabulary = open_rows({}).vocabulary
    assert (vocabulary["side"], vocabulary["kind"]) == (SIDES, KINDS)
    assert vocabulary["standing"] == STANDINGS


def test_topics_are_numbered_alike_for_standings_and_for_the_file(open_rows: OpenRows) -> None:
    edition = open_rows(*[{"topic": topic} for topic in ("b", "a-1", "a", "c", "a")])
    assert edition.voices.topics == ["a", "a-1", "b", "c"]
    topic = read(edition.columns).arrays["topic"]
    assert topic.tolist() == edition.voices.topic.tolist() == [2, 1, 0, 3, 0]


def test_the_days_of_an_edition_are_those_of_the_first_and_last_word(open_rows: OpenRows) -> None:
    early = {"event_start": "2022-02-24", "event_end": "2022-02-24", "time_precision": "day"}
    edition = open_rows({**early, "said_on": "2023-05-11"}, {})
    assert (edition.first_day, edition.last_day) == (MAY_11, MAY_12)


def test_claims_without_a_day_of_the_event_are_counted(open_rows: OpenRows) -> None:
    dated = {"event_start": "2023-05-11", "event_end": "2023-05-11", "time_precision": "day"}
    assert open_rows({}, dated, {}).undated == 2


def test_a_claim_s_day_is_that_of_the_clock(open_rows: OpenRows) -> None:
    days = {"event_start": "2023-05-10", "event_end": "2023-05-11", "time_precision": "day"}
    edition = open_rows(days)
    assert edition.day_of("said").tolist() == [MAY_12]
    assert edition.day_of("happened").tolist() == [MAY_11]


def test_an_event_whose_end_is_not_stated_stands_at_its_beginning(open_rows: OpenRows) -> None:
    edition = open_rows({"event_start": "2023-05-11", "time_precision": "day"})
    assert edition.day_of("happened").tolist() == [MAY_11]


def test_an_event_without_a_day_stands_before_all_others(open_rows: OpenRows) -> None:
    first = {"event_start": "1970-01-01", "event_end": "1970-01-01", "time_precision": "day"}
    undated, dated = open_rows({}, first).day_of("happened").tolist()
    assert dated == 0
    assert undated < FIRST_DAY


def test_the_days_a_page_opens_on_are_read_from_beside_the_record(
    open_rows: OpenRows, tmp_path: Path
) -> None:
    assert open_rows({}).opening is None
    beside = tmp_path / "events.toml"
    beside.write_text("[opening]\nfrom = 2023-05-11\nto = 2023-05-12\n", encoding="utf-8")
    edition = open_rows({})
    assert (edition.opening, edition.notices) == ((MAY_11, MAY_12), ())


def test_opening_days_that_cannot_be_read_are_a_notice_of_the_edition(
    open_rows: OpenRows, tmp_path: Path
) -> None:
    (tmp_path / "events.toml").write_text("[opening]\nfrom = 2023-05-12\n", encoding="utf-8")
    edition = open_rows({"front_km": "2000", "geometry_id": "soledar-sector"})
    assert edition.opening is None
    assert ["claim-0" in edition.notices[0], "events.toml" in edition.notices[1]] == [True, True]


def test_extents_name_the_shape_of_each_claim_that_states_one(open_rows: OpenRows) -> None:
    edition = open_rows(
        {},
        {"advance_km": "2", "location_uncertainty_m": "4000"},
        {"front_km": "95", "geometry_id": "soledar-sector", "location_precision": "sector"},
        {"location_uncertainty_m": "4000"},
    )
    assert dict(edition.extents) == {1: "ring", 2: "line"}
    assert set(edition.extents.values()) <= set(EXTENTS)


def test_the_notes_of_the_file_point_at_its_shapes(real: Edition) -> None:
    header = header_of(real)
    for note in header["notes"]:
        shape = header["shapes"][note["shape"]]
        assert shape["extent"]
        assert note["owners"] == len(shape["claims"])


def test_a_front_that_does_not_fit_is_a_notice_of_the_edition(open_rows: OpenRows) -> None:
    edition = open_rows({"front_km": "2000", "geometry_id": "soledar-sector"})
    assert len(edition.notices) == 1
    assert "claim-0" in edition.notices[0]
    assert edition.shapes == ()


def test_an_empty_record_is_an_edition(open_rows: OpenRows) -> None:
    edition = open_rows()
    assert (edition.first_day, edition.last_day, edition.undated) == (0, 0, 0)
    assert header_of(edition)["n"] == 0
    assert edition.vocabulary["organisation"] == ()


def test_standings_are_those_of_the_day(open_rows: OpenRows) -> None:
    denial = {"side": "russia", "organisation": "Russian Ministry of Defence", "stance": "denies"}
    edition = open_rows({"said_on": "2023-05-11"}, denial)
    assert edition.standings(MAY_11)["standing"].tolist() == ["one_sided"]
    assert edition.standings(None)["standing"].tolist() == ["contested"]


def test_the_same_file_makes_the_same_columns(real: Edition) -> None:
    assert open_edition(report_path(), geo=DATA / "geo").columns == real.columns


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("not,a,record\n1,2,3\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        open_edition(path, geo=DATA / "geo")


def test_a_folder_without_sectors_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadGeometryFileError, match=r"sectors\.geojson"):
        open_edition(report_path(), geo=tmp_path)


def test_a_scene_without_a_claim_looks_through_no_claims(real: Edition) -> None:
    bare = replace(real, record=None)  # type: ignore[arg-type]  # whoever looks there fails
    assert bare.position("") is None


def test_of_too_many_voices_the_first_that_are_shown_light_up(open_rows: OpenRows) -> None:
    edition = open_rows(*[{} for _ in range(MAX_LIT + 3)])
    others = edition.others(0, None)
    assert len(others) == MAX_LIT + 2
    keep = np.ones(MAX_LIT + 3, dtype=bool)
    keep[others[0]] = False
    assert lit_voices(others, keep) == others[1 : MAX_LIT + 1]
    assert edition.others(None, None) == ()


def test_of_too_many_claims_those_of_the_last_days_are_given_in_the_order_asked(
    open_rows: OpenRows,
) -> None:
    days = ("2023-05-11", "2023-05-12", "2023-05-10", "2023-05-12", "2023-05-10")
    edition = open_rows(*[{"said_on": day} for day in days])
    positions = np.array([4, 0, 1, 2, 3])
    assert edition.newest(positions, 5) is positions
    assert edition.newest(positions, 3).tolist() == [0, 1, 3]
    assert edition.newest(positions, 1).tolist() == [1]
    # Two claims were said on 10 May, and there is room for one of them.
    assert edition.newest(positions, 4).tolist() == [4, 0, 1, 3]
    assert edition.newest(np.array([], dtype=np.intp), 1).tolist() == []


def test_the_newest_by_the_clock_of_events_leave_out_what_states_no_day(
    open_rows: OpenRows,
) -> None:
    early = {"event_start": "2023-05-01", "event_end": "2023-05-02", "said_on": "2023-05-12"}
    edition = open_rows({}, {**early, "event_end": "2023-05-03"}, early)
    assert edition.newest(np.arange(3), 2, "happened").tolist() == [1, 2]
    assert edition.newest(np.arange(3), 1, "happened").tolist() == [1]


def test_a_claim_is_part_of_a_disc_where_it_is_placed_and_no_line_is_its_mark(
    open_rows: OpenRows,
) -> None:
    nowhere = {"latitude": "", "longitude": "", "location_precision": "unplaced"}
    front = {"front_km": "20", "bound": "exact", "geometry_id": "soledar-sector"}
    ring = {"advance_km": "2", "bound": "exact"}
    edition = open_rows({}, nowhere, front, ring, {**front, **ring})
    assert edition.has_disc.tolist() == [True, False, False, True, False]
    assert edition.has_disc.tolist() == read(edition.columns).arrays["disc"].astype(bool).tolist()
