"""The standalone file says what the page's server would: cards, filters, words found, scenes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
from playwright.sync_api import expect

from cartography import panels
from cartography.legend import WORDS
from claims.days import day_from_iso
from claims.positions import world_xy
from claims.selection import Selection
from tests.browser.alone import WEEK, answered, message, status
from tests.components.standalone_file import shipped_briefing
from tests.exports.briefings import record

if TYPE_CHECKING:
    from tests.browser.alone import Open

MAY = Selection(day_from_iso("2023-05-01"), day_from_iso("2023-05-31"))
ASKED = (
    Selection(),
    WEEK,
    MAY,
    Selection(clock="happened"),
    Selection(MAY.from_day, MAY.to_day, "happened", sides=frozenset({"russia"})),
    Selection(WEEK.from_day, WEEK.to_day, standings=frozenset({"contested", "one_sided"})),
    Selection(kinds=frozenset({"advance", "losses", "supply"})),
    Selection(sides=frozenset({"ukraine", "third_party"}), kinds=frozenset({"advance"})),
    Selection(to_day=WEEK.from_day, standings=frozenset({"agreed"})),
    Selection(WEEK.from_day, WEEK.from_day, kinds=frozenset({"encirclement"})),
)
READING = """async (asked) => {
    const tables = JSON.parse(document.getElementById("cm-alone-data").textContent);
    const columns = await ClaimMap.fetchColumns("claims/" + tables.digest + ".bin");
    const name = (row) => Object.fromEntries(row.map((one, i) => [tables.words.names[i], one]));
    const reading = new ClaimMap.Reading(columns, tables, tables.words.rows.map(name));
    const cards = asked.map((one) => reading.cards(one));
    return {cards, filters: asked.map((one) => reading.filters(one.selection, [], ""))};
}"""
LOOKED_FOR = (
    *("72nd Brigade", "Artyomovsk", "BERKHIVKA  reservoir", "bakhmut 5", "AFP", "no such word"),
    *("flanks Konashenkov says", "\N{LATIN SMALL LETTER E WITH ACUTE}", "a\N{NO-BREAK SPACE}b"),
    *("x" * 300, "\N{RIGHT-TO-LEFT OVERRIDE}abc", "\N{GRINNING FACE}" * 50, " ", "Chasov Yar"),
)
SEARCH = """(queries) => {
    const tables = JSON.parse(document.getElementById("cm-alone-data").textContent);
    const name = (row) => Object.fromEntries(row.map((one, i) => [tables.words.names[i], one]));
    const search = new ClaimMap.Search(tables.search, tables.words.rows.map(name));
    return queries.map((query) => [search.mask(query), search.phrase(query)]);
}"""


def test_cards_are_those_that_the_page_s_server_would_answer(open_file: Open) -> None:
    edition = record()
    asked: list[dict[str, Any]] = []
    wanted: list[dict[str, Any]] = []

    def ask(selection: Selection, answer: dict[str, Any], **state: object) -> None:
        selected = message(selection)["selection"]
        state = {"claim": None, "cells": [], "page": 0, "list": "", **state}
        asked.append({"selection": selected, **state})
        wanted.append(json.loads(json.dumps(answer)))

    first = edition.claims.iloc[int(np.flatnonzero(edition.has_disc)[0])]
    x, y = (int(one) >> 32 - 13 for one in world_xy(*first[["longitude", "latitude"]]))
    disc = [(13, x, y), (13, x + 1, y)]
    for selection in ASKED:
        keep, standings = answered(selection)
        for page in (0, 2, 999):
            order = panels.Order(clock=selection.clock, page=page)
            ask(selection, panels.all_cards(edition, keep, standings, order), page=page)
        order = panels.Order(clock=selection.clock)
        cells = ["/".join(map(str, cell)) for cell in disc]
        ask(selection, panels.disc_cards(edition, keep, disc, standings, order), cells=cells)
        for claim in range(0, len(edition.claims), 37):
            voices = edition.voices.others(claim, selection.as_of_day())
            answer = panels.claim_and_voices(edition, keep, claim, voices, standings)
            ask(selection, answer, claim=claim)
    told = open_file().evaluate(READING, asked)
    for state, found, answer in zip(asked, told["cards"], wanted, strict=True):
        assert found == answer, state


def test_filters_are_called_as_the_page_calls_them(open_file: Open) -> None:
    messages = [message(selection) for selection in ASKED]
    states = [
        {"selection": one["selection"], "claim": None, "cells": [], "page": 0, "list": ""}
        for one in messages
    ]
    told = open_file().evaluate(READING, states)["filters"]
    assert told == [one["words"]["filters"] for one in messages]


def test_words_are_found_where_the_page_finds_them_and_told_as_it_tells_them(
    open_file: Open,
) -> None:
    found = open_file().evaluate(SEARCH, LOOKED_FOR)
    for query, told in zip(LOOKED_FOR, found, strict=True):
        selection = Selection(query=query)
        mask = message(selection)["selection"]["mask"]
        assert told == [mask, "".join(selection.describe(WORDS)[2:])], query


def test_each_scene_shows_what_python_says_of_it(open_file: Open) -> None:
    page = open_file()
    for number, scene in enumerate(shipped_briefing().scenes, start=1):
        page.get_by_role("button", name=f"Scene {number}: {scene.title}").click()
        keep, _ = answered(scene.selection)
        expect(page.get_by_test_id("claim-map")).to_have_attribute("data-shown", str(keep.sum()))
        words = message(scene.selection)["words"]
        asked = " · ".join([words["window"], *words["filters"]])
        expect(status(page)).to_contain_text(f"{asked} · {keep.sum()} of 848 claims shown")
        expect(page.locator("#cm-alone-scene h2")).to_have_text(scene.title)
        expect(page.locator("#cm-alone-origin")).to_contain_text("Standing as of 1")
        if scene.claim:
            expect(page.locator(".cm-current")).to_have_attribute("data-claim", scene.claim)
