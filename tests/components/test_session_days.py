"""The days a viewer asks for: those the record opens on, all of them, or his own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from components import reports, session
from tests.components.viewer import MAY_12

if TYPE_CHECKING:
    from tests.components.viewer import Arrive

WHOLE_RECORD = {"from": ["2023-05-11"], "to": ["2023-05-12"]}


def test_a_plain_arrival_sets_the_opening_days_and_keeps_the_address_bare(
    arrive_on_opening_day: Arrive,
) -> None:
    browser = arrive_on_opening_day()
    _, selection = browser.run()
    assert (selection.from_day, selection.to_day) == (MAY_12, MAY_12)
    assert browser.state["from"] == browser.state["to"] == date(2023, 5, 12)
    assert browser.address == {}
    assert not session.shows_every_day()


def test_the_whole_record_is_a_step_away_and_so_is_the_way_back(
    arrive_on_opening_day: Arrive,
) -> None:
    browser = arrive_on_opening_day()
    browser.run()
    _, selection = browser.run(lambda: reports.on_days(None))
    assert (selection.from_day, selection.to_day) == (None, None)
    assert browser.address == WHOLE_RECORD
    assert session.shows_every_day()
    _, selection = browser.run(lambda: reports.on_days((MAY_12, MAY_12)))
    assert (selection.from_day, selection.to_day) == (MAY_12, MAY_12)
    assert browser.address == {}


def test_a_reload_of_the_whole_record_asks_for_no_day(arrive_on_opening_day: Arrive) -> None:
    browser = arrive_on_opening_day(**WHOLE_RECORD)
    _, selection = browser.run()
    assert selection.to_parameters() == {}
    assert session.shows_every_day()
    assert browser.address == WHOLE_RECORD


def test_the_browser_s_back_leads_from_the_whole_record_to_the_opening_days(
    arrive_on_opening_day: Arrive,
) -> None:
    browser = arrive_on_opening_day()
    browser.run()
    browser.run(lambda: reports.on_days(None))
    browser.address = {}
    assert browser.run()[1].from_day == MAY_12
    browser.address = dict(WHOLE_RECORD)
    assert browser.run()[1].from_day is None


def test_days_at_once_leave_the_other_filters(arrive_on_opening_day: Arrive) -> None:
    browser = arrive_on_opening_day()
    browser.run()
    _, selection = browser.run(lambda: reports.on_days(None), side=["russia"])
    assert selection.sides == {"russia"}
    assert browser.address == {"side": ["russia"]}


def test_one_day_asked_for_is_not_every_day(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    assert session.shows_every_day()
    browser.run(to=date(2023, 5, 12))
    assert not session.shows_every_day()
    browser.run(to=None)
    browser.state["from"] = date(2023, 5, 12)
    browser.run()
    assert not session.shows_every_day()


def test_a_window_that_ends_before_it_begins_is_its_first_day(arrive: Arrive) -> None:
    browser = arrive()
    browser.run()
    browser.state["from"] = date(2023, 5, 12)
    _, selection = browser.run(to=date(2023, 5, 10))
    assert selection.from_day == selection.to_day == 19_489
