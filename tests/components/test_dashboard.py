"""The page as a whole: address in, filters and panels together, address out."""

from __future__ import annotations

import base64
import json
import shutil
import time
from collections import Counter
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cartography import panels
from claims.model import STANDINGS
from claims.search import SEARCHED
from components import shared
from components.address import read
from components.claim_map.claim_map import map_message
from tests.components.page import Page, nodes
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cartography.edition import Edition

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
MALIAR = "ua-mod-maliar-advance-2km-2023-05-12"
FRONT = "ru-mod-26-attacks-repelled-soledar-2023-05-12"
DENIAL = "ru-mod-denies-advance-2023-05-11"
MAY_11 = 19_488


@pytest.fixture(autouse=True)
def the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS", str(report_path()))


def claims_where(record: Edition, column: str, values: Iterable[str]) -> list[int]:
    return [int(i) for i in np.flatnonzero(record.claims[column].isin(list(values)))]


def test_a_plain_visit_shows_every_claim_and_leaves_the_address_bare(record: Edition) -> None:
    page = Page()
    assert sorted(page.cards) == list(range(len(record.claims)))
    assert page.address == {}
    shown = page.part("map")
    assert shown["columns"] == f"claims/{record.record.digest}.bin"
    assert set(page.selection) == {
        *("side", "kind", "organisation", "claimant", "standing"),
        *("from", "to", "clock", "mask"),
    }
    nothing = {name: value for name, value in page.selection.items() if name != "clock"}
    assert set(nothing.values()) == {None}
    assert shown["words"]["window"] == "11\N{EN DASH}12 May 2023"
    assert shown["words"]["filters"] == ["as said", "all sides"]
    assert page.part("header")["title"] == "Bakhmut Claims Map"
    assert page.texts == ""


@pytest.fixture
def opens_on_12_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(report_path(), tmp_path / "events.csv")
    beside = tmp_path / "events.toml"
    beside.write_text("[opening]\nfrom = 2023-05-12\nto = 2023-05-12\n", encoding="utf-8")
    monkeypatch.setenv("CLAIMS", str(tmp_path / "events.csv"))


@pytest.mark.usefixtures("opens_on_12_may")
def test_a_page_opens_on_the_record_s_days_and_a_button_shows_all_and_leads_back(
    record: Edition,
) -> None:
    said_on_12_may = np.flatnonzero(record.claims["said_day"] == MAY_11 + 1).tolist()
    page = Page()
    assert sorted(page.cards) == said_on_12_may
    assert len(said_on_12_may) < len(record.claims)
    assert page.part("map")["words"]["window"] == "12 May 2023"
    assert page.address == {}
    assert page.test.button(key="days").label == "The whole record"
    page.test.button(key="days").click().run()
    assert len(page.cards) == len(record.claims)
    assert page.address == {"from": ["2023-05-11"], "to": ["2023-05-12"]}
    page.run()
    assert page.test.button(key="days").label == "12 May 2023"
    page.test.button(key="days").click().run()
    assert sorted(page.cards) == said_on_12_may
    assert page.address == {}


def test_a_record_that_opens_on_every_day_offers_no_other(record: Edition) -> None:
    page = Page(to="2023-05-11")
    assert not page.test.button(key="days").disabled
    page.test.button(key="days").click().run()
    assert len(page.cards) == len(record.claims)
    assert page.test.button(key="days").label == "The whole record"
    assert page.test.button(key="days").disabled
    assert page.address == {}


@pytest.mark.parametrize("address", [{}, {"disc": "6/38/22"}])
def test_the_cards_go_by_the_clock_and_by_the_page_of_the_address(
    monkeypatch: pytest.MonkeyPatch, address: dict[str, str]
) -> None:
    monkeypatch.setattr(panels, "Order", partial(panels.Order, size=10))
    page = Page(**address, page="2", clock="happened")
    words = page.part("cards")["pager"]["words"]
    assert words.startswith("11\N{EN DASH}")
    assert words.endswith("last events first")
    assert page.address["page"] == ["2"]


def test_an_address_sets_map_cards_table_and_widgets_alike(record: Edition) -> None:
    page = Page(side=["russia"], kind=["advance", "withdrawal"], to="2023-05-12")
    expected = set(claims_where(record, "side", ["russia"])) & set(
        claims_where(record, "kind", ["advance", "withdrawal"])
    )
    assert set(page.cards) == expected
    assert page.selection["side"] == [record.vocabulary["side"].index("russia")]
    assert [record.vocabulary["kind"][code] for code in page.selection["kind"]] == [
        "advance",
        "withdrawal",
    ]
    assert page.test.button_group(key="side").value == ["russia"]
    assert page.test.multiselect(key="kind").value == ["advance", "withdrawal"]
    assert page.test.date_input(key="to").value == date(2023, 5, 12)
    assert "Russia only" in page.part("map")["words"]["filters"]
    in_matrix = [claim for _, *claims in page.part("matrix")["rows"] for claim in claims]
    assert set(in_matrix) == expected


def test_each_widget_writes_its_parameter_and_every_part_follows(record: Edition) -> None:
    page = Page()
    page.test.button_group(key="side").set_value(["ukraine", "russia"])
    page.test.multiselect(key="organisation").set_value(["Wagner Group"])
    page.run()
    assert page.address == {"side": ["russia", "ukraine"], "organisation": ["Wagner Group"]}
    assert set(page.cards) == set(claims_where(record, "organisation", ["Wagner Group"]))
    page.test.multiselect(key="organisation").set_value([])
    page.test.button_group(key="side").set_value([])
    page.test.multiselect(key="claimant").set_value(["Hanna Maliar"])
    page.test.button_group(key="standing").set_value(["contested"])
    page.test.button_group(key="clock").set_value("happened")
    page.run()
    assert page.address == {
        "clock": ["happened"],
        "claimant": ["Hanna Maliar"],
        "standing": ["contested"],
    }
    assert page.cards == claims_where(record, "claim_id", [MALIAR])
    assert page.selection["standing"] == [STANDINGS.index("contested")]
    assert page.selection["clock"] == "happened"


def test_the_window_is_sent_as_days_and_tells_what_it_leaves_out(record: Edition) -> None:
    page = Page(clock="happened")
    page.test.date_input(key="from").set_value(date(2023, 5, 11))
    page.test.date_input(key="to").set_value(date(2023, 5, 11))
    page.run()
    assert (page.selection["from"], page.selection["to"]) == (MAY_11, MAY_11)
    assert page.part("matrix")["asOf"] == "Standing as of 12 May 2023"
    words = page.part("map")["words"]
    assert words["window"] == "11 May 2023"
    assert f"{record.undated} claims without a day of the event left out" in words["filters"]
    assert page.address == {
        "from": ["2023-05-11"],
        "to": ["2023-05-11"],
        "clock": ["happened"],
    }


def test_under_the_clock_of_saying_standing_is_as_of_the_last_day() -> None:
    page = Page(to="2023-05-11")
    assert page.part("matrix")["asOf"] == "Standing as of 11 May 2023"


def test_words_are_searched_on_the_server_and_sent_as_one_bit_a_claim(record: Edition) -> None:
    page = Page()
    page.test.text_input(key="q").set_value("  beat   OFF ").run()
    assert page.address == {"q": ["beat OFF"]}
    bits = np.frombuffer(base64.b64decode(page.selection["mask"]), dtype=np.uint8)
    kept = np.unpackbits(bits, bitorder="little", count=len(record.claims))
    assert sorted(page.cards) == np.flatnonzero(kept).tolist()
    assert page.cards == claims_where(record, "claim_id", [FRONT])


def test_the_bits_tell_of_the_words_alone_so_that_the_map_may_change_the_other_filters(
    record: Edition,
) -> None:
    """With the window in them the bars were empty beside it, and a dragged window found nothing."""
    words = Page(q="bakhmut").selection["mask"]
    bits = np.frombuffer(base64.b64decode(words), dtype=np.uint8)
    found = np.unpackbits(bits, bitorder="little", count=len(record.claims)).astype(bool)
    cells = record.claims[list(SEARCHED)].astype("str")
    texts = cells.apply(lambda column: column.str.casefold().str.contains("bakhmut", regex=False))
    assert found.tolist() == texts.any(axis=1).tolist()
    page = Page(q="bakhmut", side="russia", to="2023-05-11")
    assert page.selection["mask"] == words
    assert page.cards
    assert set(page.cards) < set(np.flatnonzero(found).tolist())
    assert (page.selection["side"], page.selection["to"]) == ([1], MAY_11)


def test_a_linked_claim_comes_with_those_who_answer_it_and_they_light_up(record: Edition) -> None:
    page = Page(claim=MALIAR)
    chosen, denial = (claims_where(record, "claim_id", [name])[0] for name in (MALIAR, DENIAL))
    assert page.cards[:2] == [chosen, denial]
    assert page.part("map")["claim"] == chosen
    assert page.part("map")["voices"] == page.cards[1:]
    assert page.part("cards")["picked"] is True


def test_voices_outside_the_filters_do_not_light_up(record: Edition) -> None:
    page = Page(claim=MALIAR, side=["ukraine"])
    sides = Counter(record.claims["side"].iloc[page.cards])
    assert sides == {"ukraine": 3}
    assert page.part("cards")["hint"].startswith("2 other voices")
    assert claims_where(record, "claim_id", [DENIAL])[0] not in page.part("map")["voices"]


def test_values_that_mean_nothing_are_told_as_text_and_never_break_the_page() -> None:
    evil = "![x](https://evil.example/x.png) <b>{{7*7}}</b>"
    page = Page(
        side=["mars"], claim=evil, at="x", disc="1/9/9", clock="never", to="1800-01-01", tab=evil
    )
    assert evil[:40] in page.texts
    assert "mars" in page.texts
    assert all("evil" not in block.value for block in page.test.markdown)
    assert page.address == {}
    assert len(page.cards) == 26


@pytest.mark.parametrize(
    "address",
    [
        {},
        {"side": ["russia"], "claim": [MALIAR], "at": ["48.6,38.1,11"], "to": ["2023-05-12"]},
        {"disc": ["6/38/22"], "q": ["beat off"], "standing": ["one_sided"], "ground": ["topo"]},
        {"tab": ["changed"], "since": ["2023-05-10"], "side": ["ukraine"]},
        {"tab": ["changed"], "to": ["2023-05-11"]},
        {"from": ["2023-05-11"], "to": ["2023-05-12"], "clock": ["happened"], "side": ["mars"]},
    ],
)
def test_the_session_begins_with_the_view_that_the_server_has_already_sent(
    record: Edition, address: dict[str, list[str]]
) -> None:
    selection, view = read(address, record)
    keep = shared.keep(record, selection)
    voices = () if view.claim is None else record.voices.others(view.claim, selection.as_of_day())
    sent = map_message(record, selection, view, keep=keep, voices=voices)
    assert Page(**address).part("map") == json.loads(json.dumps(sent))


def test_back_and_forward_move_the_widgets() -> None:
    page = Page()
    page.test.button_group(key="side").set_value(["russia"]).run()
    page.test.query_params.clear()
    page.run()
    assert page.test.button_group(key="side").value == []
    assert len(page.cards) == 26
    page.test.query_params["side"] = ["russia"]
    page.run()
    assert page.test.button_group(key="side").value == ["russia"]
    assert page.part("map")["moved"] == 3


def test_a_run_with_the_old_address_does_not_undo_the_widget() -> None:
    page = Page()
    page.test.button_group(key="side").set_value(["russia"]).run()
    page.test.query_params.clear()
    page.test.button_group(key="side").set_value(["ukraine"]).run()
    assert page.address == {"side": ["ukraine"]}
    assert page.part("map")["words"]["filters"] == ["as said", "Ukraine only"]


@pytest.mark.parametrize(
    ("tab", "parts"),
    [
        ("who", ["matrix"]),
        ("numbers", ["numbers"]),
        ("changed", ["changed"]),
        ("table", []),
        ("unplaced", ["unplaced"]),
        ("sources", ["sources"]),
    ],
)
def test_only_the_open_tab_is_filled(tab: str, parts: list[str]) -> None:
    page = Page(tab=tab)
    drawn = [
        key for key in ("matrix", "numbers", "changed", "unplaced", "sources") if page.has(key)
    ]
    assert drawn == parts
    assert len(page.test.dataframe) == (tab == "table")
    assert page.address == ({} if tab == "who" else {"tab": [tab]})


def test_the_table_holds_the_kept_claims_with_every_column(record: Edition) -> None:
    page = Page(tab="table", side=["third_party"])
    (table,) = page.test.dataframe
    expected = record.claims.iloc[claims_where(record, "side", ["third_party"])]
    assert table.value["claim_id"].tolist() == expected["claim_id"].tolist()


def test_the_chosen_ground_reaches_the_map() -> None:
    drawn, online = Page().part("map"), Page(ground="osm").part("map")
    assert (drawn["online"], online["online"]) == (False, True)
    assert drawn["ground"] != online["ground"]


def test_rows_left_out_of_the_file_are_named_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = report_path().read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = lines[1].replace(",ukraine,advance,", ",mars,advance,")
    path = tmp_path / "mine.csv"
    path.write_text("".join(lines), encoding="utf-8", newline="")
    monkeypatch.setenv("CLAIMS", str(path))
    page = Page()
    assert len(page.cards) == 25
    (expander,) = page.test.expander
    assert expander.label.startswith("1 of 26 rows left out")
    assert "row 2, column side: found 'mars'" in page.texts


def test_a_file_that_changes_takes_no_filter_for_another_and_is_told_until_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("components.loading.SETTLE_S", 0)
    lines = report_path().read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "mine.csv"
    path.write_text("".join(lines), encoding="utf-8", newline="")
    monkeypatch.setenv("CLAIMS", str(path))
    page = Page(organisation=["Wagner Group"], claim=FRONT)
    assert page.texts == ""
    others = [line for line in lines if "Wagner Group" not in line]
    path.write_text("".join(others), encoding="utf-8", newline="")
    deadline = time.monotonic() + 20
    while not page.texts.startswith("The file has changed: the map shows it as of "):
        assert time.monotonic() < deadline
        page.run()
    assert f" UTC, {len(others) - 1} claims." in page.texts
    assert page.selection["organisation"] is None
    assert page.address == {"claim": [FRONT]}
    assert page.test.multiselect(key="organisation").value == []
    page.run()
    assert "The file has changed" in page.texts
    page.test.button(key="change_read").click().run()
    assert page.texts == ""
    path.write_text("no,claims\n1,2\n", encoding="utf-8")
    while "cannot be read now" not in page.texts:
        assert time.monotonic() < deadline
        page.run()
    assert "expected the columns claim_id" in page.texts
    assert len(page.part("cards")["groups"]) > 0


def test_a_file_that_cannot_be_read_stops_the_page_under_its_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS", str(tmp_path / "missing.csv"))
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    (failure,) = test.exception
    assert str(tmp_path) not in failure.message
    assert not failure.stack_trace
    assert [getattr(node, "key", "") for node in nodes(test.main)][:1] == ["header"]


def test_a_record_of_no_claims_is_a_page_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = report_path().read_text(encoding="utf-8").splitlines(keepends=True)[0]
    path = tmp_path / "none.csv"
    path.write_text(header, encoding="utf-8")
    monkeypatch.setenv("CLAIMS", str(path))
    for tab in ("who", "numbers", "table", "unplaced", "sources"):
        page = Page(tab=tab, side=["russia"], q="x", to="2023-05-12", standing=["agreed"])
        assert page.cards == []
