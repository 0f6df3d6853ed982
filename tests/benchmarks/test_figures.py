"""The table of figures: what is computed, what is left blank, how parts come together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.report import HEADINGS, Bar, Row
from benchmarks.store import BEGIN, END, Part, load, render, save, write_between_marks

if TYPE_CHECKING:
    from pathlib import Path

TWENTY = tuple(float(value) for value in range(1, 21))
TENS = tuple(10.0 * value for value in TWENTY)


def _cell(row: Row, heading: str) -> str:
    return dict(zip(reversed(HEADINGS), reversed(row.cells()), strict=True))[heading]


def test_a_bar_on_a_ratio_of_95th_percentiles_is_judged_by_them_and_not_by_medians() -> None:
    late = (*TWENTY[:17], 100.0, 100.0, 100.0)
    row = Row("x, ms", late, "c", "peer", TWENTY, Bar(2, "x", "p95"))
    assert _cell(row, "ratio") == "1.00"
    assert _cell(row, "bar") == "p95 at most 2 x"
    # Between the 19th and 20th value lies the 95th percentile: 100 here, 19.05 beside.
    assert _cell(row, "met") == "no: 5.249 x"


@pytest.mark.parametrize(("at_most", "verdict"), [(10.5, "yes: 10.5 ms"), (10.4, "no: 10.5 ms")])
def test_a_bar_on_a_figure_is_met_up_to_its_own_value(at_most: float, verdict: str) -> None:
    assert _cell(Row("x, ms", TWENTY, "c", bar=Bar(at_most, "ms")), "met") == verdict


def test_fewer_than_fifteen_values_have_no_95th_percentile_and_leave_its_bar_open() -> None:
    row = Row("x, ms", TWENTY[:14], "c", "peer", TENS, Bar(2, "x", "p95"))
    assert row.cells()[2] == ""
    assert row.cells()[6] == "190.5"
    assert _cell(row, "met") == "open: fewer than 15 values"


def test_what_could_not_be_measured_says_why_and_shows_no_figure() -> None:
    row = Row("x, ms", TWENTY, "c", "peer", why="nothing was painted")
    assert row.cells()[4:8] == ("peer", "", "", "")
    assert _cell(row, "met") == "not measured: nothing was painted"


def _part(name: str, machine: str = "2 cores") -> Part:
    rows = (Row(f"{name}, ms", (1.0, 2.0), f"run {name}", "peer", (4.0,), Bar(2, "x")),)
    return Part(name, "2026-11-22", machine, (0.5, 1.25), rows)


def test_parts_come_back_as_they_were_saved_in_the_order_asked_for(tmp_path: Path) -> None:
    for name in ("late", "early", "other"):
        save(tmp_path, _part(name))
    assert load(tmp_path, ["early", "missing", "late"]) == [_part("early"), _part("late")]


def test_parts_share_one_table_and_one_line_a_machine() -> None:
    text = render([_part("a"), _part("b", "4 cores"), _part("c")])
    assert text.count("| what |") == 1
    assert [line.split("|")[1].strip() for line in text.splitlines()[2:5]] == [
        "a, ms",
        "b, ms",
        "c, ms",
    ]
    assert "2 cores. Load average before and after: a 0.5 to 1.2, c 0.5 to 1.2." in text
    assert "4 cores. Load average before and after: b 0.5 to 1.2." in text


def test_the_table_replaces_what_stands_between_the_marks_and_nothing_else(
    tmp_path: Path,
) -> None:
    file = tmp_path / "speed.md"
    file.write_text(f"before\n{BEGIN}\nold \\1\n{END}\nafter\n", encoding="utf-8")
    for text in ("new \\1", "newer"):
        write_between_marks(file, text)
        expected = f"before\n{BEGIN}\n\n{text}\n\n{END}\nafter\n"
        assert file.read_text(encoding="utf-8") == expected


def test_a_document_without_marks_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "speed.md"
    file.write_text(f"{END}\n{BEGIN}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"speed\.md lacks the lines"):
        write_between_marks(file, "new")
    assert file.read_text(encoding="utf-8") == f"{END}\n{BEGIN}\n"
