"""The page as a story: load, ask, select, draw."""

from __future__ import annotations

import streamlit as st

from cartography import panels
from cartography.comparing import compared
from cartography.ground_data import credits as ground_credits
from cartography.numbers import numbers_by_week
from claims import TITLE
from components import (
    briefing_state,
    changed,
    claim_table,
    comparing,
    compose,
    filters,
    hand_out,
    header,
    notices,
    panel,
    present,
    session,
    shared,
    who_says_what,
)
from components.claim_map import claim_map

st.set_page_config(
    page_title=TITLE,
    layout="wide",
    initial_sidebar_state="auto",
    menu_items={"About": "Who says what about the fighting around Bakhmut and Soledar."},
)
header.show()
record = shared.edition()
view = session.arrive(record)

selection = session.chosen(record)
as_of_day = selection.as_of_day()
keep = shared.keep(record, selection)
voices = record.others(view.claim, as_of_day)

notices.show(record, view.notices)
map_side, card_side = st.columns([2.05, 1], gap="small")
# The map comes before the filters and the panels: it is what the viewer waits for.
with map_side:
    in_export = changed.in_export(record) if view.tab == "changed" else None
    message = claim_map.map_message(
        record, selection, view, keep=keep, voices=voices, in_export=in_export
    )
    claim_map.show(message)
    present.show(present.present_message(record, view, briefing_state.own_name()))
    hand_out.show(hand_out.hand_out_message(record, briefing_state.own_name()))
session.let_the_browser_draw()
with st.sidebar:
    filters.show(record)
session.leave(selection, record)

standings = shared.standings(record, as_of_day)
order = panels.Order(clock=selection.clock, page=view.page)
with card_side:
    part = "cards"
    if view.claim is not None:
        cards = panels.claim_and_voices(record, keep, view.claim, voices, standings)
    elif view.cells:
        cards = panels.disc_cards(record, keep, view.cells, standings, order)
    elif view.compare:
        part, both = "compared", comparing.comparison(record, view.compare, as_of_day)
        cards = compared(record, keep, both, as_of_day)
    else:
        cards = panels.all_cards(record, keep, standings, order)
    panel.show(part, cards, record)

who, number, news, table, unplaced, origin, scenes = session.tabs()
with who:
    if who.open:
        panel.show("matrix", who_says_what.message(record, selection), record)
with number:
    if number.open:
        panel.show("numbers", numbers_by_week(record, keep, selection.clock), record)
with news:
    if news.open:
        changed.show(record, selection, view.since)
with table:
    if table.open:
        claim_table.show(record, keep)
with unplaced:
    if unplaced.open:
        listed = panels.not_placed(record, keep, standings)
        panel.show("cards", listed, record, key="unplaced")
with origin:
    if origin.open:
        credit = ground_credits(shared.GEO)
        panel.show("sources", panels.sources(record, keep, credit), record)
with scenes:
    if scenes.open:
        compose.show(record)
