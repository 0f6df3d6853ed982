"""A word is found wherever Python finds it in the casefolded text of one column."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import search
from claims.search import SEARCHED, contains, has_word
from claims.selection import Selection
from claims.texts import category_series

DAYS = ("said_day", "event_first_day", "event_last_day")
LETTERS = st.sampled_from(
    "abkKsSiI .*[(\\\n\u00df\u1e9e\u017f\u212a\u0130\u0131\u00b5\u03bc\u03a3\u03c2\u03c3\u00c5"
    "\u212b\u00e9\u00c9\u0416\u0436\u0406\u0456\u0301\u1c80\u0432\ufb01\ufb00\u0149\u02bc\u0190\u025b\u2014\u2116"
)
"""Letters of one form that fold to two, of two forms that fold to one, and some that are usual."""
TEXTS = st.text(LETTERS | st.characters(exclude_categories=["Cs"]), max_size=12)


def frame(rows: list[list[str]], *, recurring: bool) -> pd.DataFrame:
    """Make the searched columns, those that recur as the loader gives them or all as texts."""
    claims = pd.DataFrame(rows, columns=list(SEARCHED), dtype="str")
    if recurring:
        for name in SEARCHED:
            if name != "statement":
                encoded = pa.array(claims[name].tolist(), pa.large_string()).dictionary_encode()
                claims[name] = category_series(encoded.dictionary, encoded.indices.to_numpy())
    return claims


@settings(max_examples=150)
@given(
    rows=st.lists(st.lists(TEXTS, min_size=len(SEARCHED), max_size=len(SEARCHED)), max_size=4),
    query=TEXTS,
    recurring=st.booleans(),
)
def test_a_query_keeps_the_rows_in_which_each_word_stands_in_some_column(
    rows: list[list[str]],
    query: str,
    recurring: bool,  # noqa: FBT001  # hypothesis gives it
) -> None:
    selection = Selection(query=query)
    for_all = pd.DataFrame({name: pd.array([None] * len(rows), dtype="Int32") for name in DAYS})
    claims = pd.concat([frame(rows, recurring=recurring), for_all], axis=1)
    kept = selection.keep(claims, np.zeros(len(rows), dtype=np.int64))
    words = selection.query.casefold().split()
    expected = [all(any(w in text.casefold() for text in row) for w in words) for row in rows]
    assert kept.tolist() == expected


def test_no_word_is_found_across_two_columns() -> None:
    row = [""] * len(SEARCHED)
    row[0], row[1] = "Bakh", "mut"
    for recurring in (False, True):
        found = has_word(frame([row], recurring=recurring), "bakhmut", np.ones(1, dtype=bool))
        assert not found.any()


def test_nothing_is_told_of_rows_that_are_not_wanted() -> None:
    texts = pd.Series(["Bakhmut", "Bakhmut"], dtype="str")
    assert contains(texts, "bakhmut", np.array([True, False])).tolist() == [True, False]


@pytest.mark.parametrize("few", [0, 10_000])
def test_many_batches_are_searched_like_one(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(search, "_BATCH_ROWS", 3)
    monkeypatch.setattr(search, "FEW_ROWS", few)
    texts = [f"Row {i}" + ("" if i % 4 else " Жовтень straße") for i in range(50)]
    series = pd.Series(texts, dtype="str")
    for word in ("жовтень", "strasse", "row", "row 4", "none"):
        expected = [word in text.casefold() for text in texts]
        assert contains(series, word, np.ones(50, dtype=bool)).tolist() == expected, word


def test_every_letter_that_arrow_folds_itself_is_folded_as_python_does() -> None:
    every = [chr(code) for code in range(1, 0x3000) if not 0xD800 <= code < 0xE000]
    odd = pc.match_substring_regex(pa.array(every), search._FOLDS_OTHERWISE).to_pylist()  # noqa: SLF001
    own = [letter for letter, other in zip(every, odd, strict=True) if not other]
    assert {"a", "Z", "Ж", "é", "\u2014", "\u0301"} <= set(own)
    for letter in own:
        folded = letter.casefold()
        alike = pc.match_substring_regex(pa.array(own), f"(?i)^{re.escape(folded)}$").to_pylist()
        same = [one.casefold() == folded for one in own]
        assert alike == same, letter
