"""The page as a story: load, ask, select, draw."""

from __future__ import annotations

import streamlit as st

from cartography import panels
from cartography.ground_data import credits as ground_credits
from claims.standing import standing_of_claims
from components import (
    claim_cards,
    claim_table,
    filters,
    header,
    notices,
    numbers,
    session,
    sources,
    who_says_what,
)
from components.claim_map import claim_map
from components.ground_files import ground_asset

st.set_page_config(
    page_title="Bakhmut Claims Map",
    layout="wide",
    initial_sidebar_state="auto",
    menu_items={"About": "Who says what about the fighting around Bakhmut and Soledar."},
)
record = session.edition()
claims = record.claims
view = session.arrive(record)

header.show()
with st.sidebar:
    selection = filters.ask(record)
session.leave(selection)

as_of_day = selection.as_of_day()
keep = selection.keep(claims, standing_of_claims(claims, as_of_day))
standings = record.standings(as_of_day)
if view.claim is not None:
    cards, voices = panels.claim_and_voices(record, keep, view.claim, as_of_day, standings)
elif view.cells:
    cards, voices = panels.disc_cards(record, keep, view.cells, standings), ()
else:
    cards, voices = panels.all_cards(record, keep, standings), ()

notices.show(record, view.notices)
map_side, card_side = st.columns([2.05, 1], gap="small")
with map_side:
    ground = ground_asset(view.ground).path
    claim_map.show(record, selection, view, keep=keep, voices=voices, ground=ground)
with card_side:
    claim_cards.show(cards, key="cards")

who, number, table, listed, origin = session.tabs()
with who:
    if who.open:
        who_says_what.show(panels.who_says_what(record, keep, as_of_day, standings))
with number:
    if number.open:
        numbers.show(panels.numbers(record, keep))
with table:
    if table.open:
        claim_table.show(record, keep)
with listed:
    if listed.open:
        claim_cards.show(panels.not_placed(record, keep, standings), key="unplaced")
with origin:
    if origin.open:
        sources.show(panels.sources(record, keep, ground_credits(session.GEO)))
