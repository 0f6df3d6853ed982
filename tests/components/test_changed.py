"""The tab "What changed": its day in the address, and an earlier export that is one viewer's."""

from __future__ import annotations

import gc
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from claims.earlier_export import EXPORT_MAX_CLAIMS
from claims.exports import csv_text
from components import changed
from components.address import read, write
from components.changed import Earlier
from tests.components.page import Page
from tests.components.viewer import MAY_12
from tests.report import report_path

if TYPE_CHECKING:
    from pathlib import Path

    from cartography.edition import Edition

MAY_11 = MAY_12 - 1
DENIAL = "ru-mod-denies-advance-2023-05-11"


@pytest.fixture(autouse=True)
def the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS", str(report_path()))


def groups(page: Page) -> dict[str, dict[str, Any]]:
    return {group["key"]: group for group in page.part("changed")["groups"]}


def upload(page: Page, data: bytes, name: str = "old.csv") -> None:
    (field,) = page.test.file_uploader
    field.upload(name, data, "text/csv")
    page.run()


def export(record: Edition) -> bytes:
    """Give what the tab Table wrote on 11 May."""
    return csv_text(record.claims, record.voices.said <= MAY_11).encode()


def test_a_day_in_the_address_comes_back_from_it(record: Edition) -> None:
    selection, view = read({"tab": ["changed"], "since": ["2023-05-11"]}, record)
    assert (view.tab, view.since, view.notices) == ("changed", MAY_11, ())
    assert write(selection, view, record) == {"tab": ["changed"], "since": ["2023-05-11"]}


@pytest.mark.parametrize(
    "text", ["yesterday", "2023-13-01", "2023-5-1", "1066-10-14", "9999-12-31", "<b>", "9" * 500]
)
def test_a_day_that_cannot_be_is_told_and_the_usual_one_stands_in(text: str) -> None:
    page = Page(tab="changed", since=text)
    assert f"The day since “{text[:40]}” in the address could not be read." in page.texts
    assert page.address == {"tab": ["changed"]}
    assert page.test.date_input(key="since").value == date(2023, 5, 11)
    assert page.part("map")["fresh"]["since"] == MAY_11


def test_the_day_is_chosen_in_the_tab_and_kept_in_the_address(record: Edition) -> None:
    page = Page(tab="changed")
    assert page.test.date_input(key="since").value == date(2023, 5, 11)
    assert page.address == {"tab": ["changed"]}
    assert groups(page)["claims"]["count"] == (record.voices.said > MAY_11).sum()
    page.test.date_input(key="since").set_value(date(2023, 5, 10)).run()
    assert page.address == {"tab": ["changed"], "since": ["2023-05-10"]}
    assert groups(page)["claims"]["count"] == (record.voices.said > MAY_11 - 1).sum()
    assert page.part("map")["fresh"]["words"] == "new since 10 May 2023"
    page.test.query_params.pop("since")
    page.run()
    assert page.test.date_input(key="since").value == date(2023, 5, 11)


def test_a_day_taken_out_of_the_field_gives_the_usual_one_again() -> None:
    page = Page(tab="changed", since="2023-05-01")
    page.test.date_input(key="since").set_value(None).run()
    assert page.address == {"tab": ["changed"]}
    page.run()
    assert page.test.date_input(key="since").value == date(2023, 5, 11)


def test_the_list_follows_the_filters() -> None:
    page = Page(tab="changed", since="2023-05-10", side=["russia"])
    found = groups(page)
    assert found["claims"]["counts"][0] == found["claims"]["counts"][2] == 0
    assert found["claims"]["count"] == len(page.cards)
    page = Page(tab="changed", to="2023-05-11")
    assert page.test.date_input(key="since").value == date(2023, 5, 10)


def test_the_map_is_told_nothing_of_it_while_another_tab_is_open() -> None:
    other, opened = Page(since="2023-05-10"), Page(since="2023-05-10", tab="changed")
    assert other.part("map")["fresh"] is None
    assert opened.part("map")["words"]["filters"] == [
        *other.part("map")["words"]["filters"],
        "+n marks what is new since 10 May 2023",
    ]


def test_an_earlier_export_is_not_looked_up_while_another_tab_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Edition] = []
    monkeypatch.setattr(changed, "in_export", asked.append)
    Page()
    assert asked == []
    Page(tab="changed")
    assert len(asked) == 1


def test_an_earlier_export_is_compared_with_until_a_day_is_chosen(record: Edition) -> None:
    page = Page(tab="changed")
    by_day = groups(page)
    upload(page, export(record), "old\u202e.csv")
    assert "Compared with old\N{MATHEMATICAL LEFT ANGLE BRACKET}U+202E" in page.texts
    assert f": {(record.voices.said <= MAY_11).sum()} claims" in page.texts
    assert page.address == {"tab": ["changed"]}
    assert {key: group["rows"] for key, group in groups(page).items() if key != "gone"} == {
        key: group["rows"] for key, group in by_day.items()
    }
    assert page.part("map")["fresh"]["since"] is None
    assert page.test.date_input(key="since").value is None
    page.test.button(key="changed_drop").click().run()
    assert "Compared with" not in page.texts
    assert groups(page) == by_day
    upload(page, export(record))
    page.test.date_input(key="since").set_value(date(2023, 5, 10)).run()
    assert page.part("map")["fresh"]["since"] == MAY_11 - 1
    assert "Compared with" not in page.texts


def test_an_earlier_export_stays_with_the_viewer_who_gave_it(record: Edition) -> None:
    page = Page(tab="changed")
    upload(page, export(record))
    assert Page(tab="changed").part("map")["fresh"]["since"] == MAY_11
    page.run()
    assert page.part("map")["fresh"]["since"] is None


def test_nothing_is_kept_of_an_earlier_export_once_it_is_dropped(record: Edition) -> None:
    def kept() -> list[Earlier]:
        gc.collect()
        return [
            one
            for one in gc.get_objects()
            if isinstance(one, Earlier) and one.name == "private.csv"
        ]

    page = Page(tab="changed")
    upload(page, export(record), "private.csv")
    assert len(kept()) == 1
    page.test.button(key="changed_drop").click().run()
    page.run()  # Streamlit holds a download's callable for one run more
    assert kept() == []


def test_the_list_since_an_export_follows_the_filters(record: Edition) -> None:
    page = Page(tab="changed")
    upload(page, export(record))
    before = groups(page)["claims"]["count"]
    page.test.pills("side").set_value(["russia"])
    page.run()
    found = groups(page)["claims"]
    assert found["counts"][1] == found["count"] < before


def test_an_earlier_export_outlives_its_record(
    record: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page(tab="changed")
    upload(page, export(record))
    lines = report_path().read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "mine.csv"
    path.write_text("".join(line for line in lines if DENIAL not in line), encoding="utf-8")
    monkeypatch.setenv("CLAIMS", str(path))
    page.run()
    assert groups(page)["gone"]["rows"] == [DENIAL]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "no column or member claim_id that can be read"),
        (b"name,age\n1,2\n", "no column or member claim_id that can be read"),
        (b'{"features": [{"properties": {}}]}', "no column or member claim_id"),
        (b"\x89PNG\r\n\x1a\n", "a byte at 0 that is no UTF-8"),
        (b"claim_id\n", "no claim"),
        (b"claim_id\n" + b"x" * 10_000_000, "10,000,009 bytes"),
    ],
    ids=["empty", "another table", "no id", "a picture", "no claim", "too large"],
)
def test_a_file_that_is_no_export_is_told_with_a_remedy_and_nothing_changes(
    data: bytes, found: str
) -> None:
    page = Page(tab="changed")
    before = page.part("changed")
    upload(page, data)
    assert f"The file cannot be compared with. The uploaded file: found {found}" in page.texts
    assert "expected" in page.texts
    assert "Give a file that the tab Table of this page" in page.texts
    assert page.part("changed") == before
    page.test.date_input(key="since").set_value(date(2023, 5, 10)).run()
    assert "cannot be compared" not in page.texts


def test_an_export_of_more_claims_than_are_kept_is_refused() -> None:
    page = Page(tab="changed")
    many = "\n".join(["claim_id", *map(str, range(EXPORT_MAX_CLAIMS + 1))])
    upload(page, many.encode())
    assert "found more than 50,000 claims, expected no more than that." in page.texts
    assert "Give an export of fewer claims" in page.texts
    assert "Compared with" not in page.texts


def test_a_record_of_no_claims_has_no_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = report_path().read_text(encoding="utf-8").splitlines(keepends=True)[0]
    path = tmp_path / "none.csv"
    path.write_text(header, encoding="utf-8")
    monkeypatch.setenv("CLAIMS", str(path))
    page = Page(tab="changed", since="2023-05-10", side=["russia"])
    assert [group["count"] for group in groups(page).values()] == [0, 0, 0, 0]
    assert page.part("changed")["hint"] == "The record holds no claims."
    upload(page, b"claim_id\none-that-was\n")
    assert groups(page)["gone"]["rows"] == ["one-that-was"]
