"""Handling markings are spelt exactly, and a missing one is never silent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.handling import (
    HANDLING_MAX_CHARACTERS,
    TLP_LABELS,
    handling_label,
    handling_notices,
    handling_words,
)
from claims.headings import one_line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "HANDLING NOT SET"),
        (" \n", "HANDLING NOT SET"),
        ("HANDLING NOT SET", "HANDLING NOT SET"),
        ("tlp: amber + strict", "TLP:AMBER+STRICT"),
        ("For the\nmeeting only", "For the meeting only"),
        ("TLP:WHITE", "TLP:WHITE"),
        ("x\u202etes ton", "xtes ton"),
    ],
)
def test_what_is_shown(text: str, words: str) -> None:
    assert handling_words(text) == words


@pytest.mark.parametrize("label", TLP_LABELS)
def test_a_label_stays_exactly_as_it_is_and_raises_no_notice(label: str) -> None:
    assert (handling_words(label), handling_notices(label)) == (label, ())


@pytest.mark.parametrize(("text", "warned"), [("TLP:WHITE", True), ("TLP RED", True), ("", False)])
def test_a_label_that_is_none_of_tlp_2_is_told(text: str, *, warned: bool) -> None:
    assert bool(handling_notices(text)) == warned


@given(st.text(max_size=200))
def test_a_label_is_one_short_line_and_to_spell_it_again_changes_nothing(text: str) -> None:
    label = handling_label(text)
    assert len(label) <= HANDLING_MAX_CHARACTERS
    assert label.splitlines() == ([label] if label else [])
    assert handling_label(label) == label


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_line_is_as_long_as_it_may_be_and_stays_so(text: str, most: int) -> None:
    line = one_line(text, most=most)
    assert len(line) <= most
    assert one_line(line, most=most) == line
    line.encode()
