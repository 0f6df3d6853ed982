"""The cards of a disc: which claims it holds, counted, named and paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartography import panels
from cartography.panels import Order
from tests.cartography.panel_rows import (
    OTHER,
    RUSSIA,
    SOLEDAR,
    UNPLACED,
    cell,
    everything,
    listed,
    now,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from cartography.edition import Edition

    OpenRows = Callable[..., Edition]


def test_the_cards_of_a_disc_are_paged_too(open_rows: OpenRows) -> None:
    edition = open_rows({}, {**RUSSIA, "stance": "denies"}, {"stance": "confirms"}, SOLEDAR)
    cells = [cell(edition, 0, 12)]
    order = Order(page=1, size=2)
    panel: dict[str, Any] = panels.disc_cards(
        edition, everything(edition), cells, now(edition), order
    )
    assert panel["heading"] == "3 claims at Bakhmut"
    assert listed(panel) == [(2,)]
    assert panel["pager"]["words"] == "3\N{EN DASH}3 of 3, last said first"


def test_a_disc_lists_the_kept_claims_of_its_cells(open_rows: OpenRows) -> None:
    edition = open_rows({}, {**RUSSIA, "stance": "denies"}, SOLEDAR, OTHER, UNPLACED)
    at_bakhmut = [cell(edition, 0, 12)]
    panel: dict[str, Any] = panels.disc_cards(
        edition, without(edition, 3), at_bakhmut, now(edition)
    )
    assert panel["heading"] == "2 claims at Bakhmut"
    assert listed(panel) == [(0, 1)]
    assert panel["picked"] is True


def test_a_disc_counts_its_claims_by_side_and_by_kind_the_commonest_first(
    open_rows: OpenRows,
) -> None:
    third = {"side": "third_party", "favours": "neither", "organisation": "OSCE"}
    strike = {"kind": "strike"}
    edition = open_rows({}, {**RUSSIA, **strike}, strike, {**third, **OTHER}, strike, SOLEDAR)
    cells = [cell(edition, 0, 12)]
    keep, standings = everything(edition), now(edition)
    panel: dict[str, Any] = panels.disc_cards(edition, keep, cells, standings, Order(size=2))
    kinds = [("strike", 3), ("advance", 1), ("losses", 1)]
    assert panel["counts"] == {"sides": [3, 1, 1], "kinds": kinds}
    panel = panels.disc_cards(edition, without(edition, 1, 2), cells, standings)
    kinds = [("advance", 1), ("strike", 1), ("losses", 1)]
    assert panel["counts"] == {"sides": [2, 0, 1], "kinds": kinds}


def test_there_is_nothing_to_count_in_a_disc_of_one_claim_or_none(open_rows: OpenRows) -> None:
    edition = open_rows({}, SOLEDAR)
    cells = [cell(edition, 0, 12)]
    one: dict[str, Any] = panels.disc_cards(edition, everything(edition), cells, now(edition))
    assert (one["heading"], one["counts"]) == ("1 claim at Bakhmut", None)
    none: dict[str, Any] = panels.disc_cards(edition, ~everything(edition), cells, now(edition))
    assert none["counts"] is None


def test_a_claim_whose_mark_is_a_line_is_not_among_the_claims_of_a_disc(
    open_rows: OpenRows,
) -> None:
    """The disc on the map counted two, its cards showed three."""
    front = {"front_km": "20", "bound": "exact", "geometry_id": "soledar-sector"}
    edition = open_rows({}, front, RUSSIA)
    cells = [cell(edition, 0, 12)]
    panel: dict[str, Any] = panels.disc_cards(edition, everything(edition), cells, now(edition))
    assert panel["heading"] == "2 claims at Bakhmut"
    assert sorted(i for group in listed(panel) for i in group) == [0, 2]


def test_a_disc_of_many_places_names_two_of_them(open_rows: OpenRows) -> None:
    near = {"place": "Opytne", "latitude": "48.5600", "longitude": "38.0100"}
    edition = open_rows({}, SOLEDAR, near)
    cells = list({cell(edition, claim, 6) for claim in range(3)})
    panel: dict[str, Any] = panels.disc_cards(edition, everything(edition), cells, now(edition))
    assert panel["heading"] == "3 claims at Bakhmut and Soledar and nearby"
    panel = panels.disc_cards(edition, without(edition, 2), cells, now(edition))
    assert panel["heading"] == "2 claims at Bakhmut and Soledar"


def test_a_disc_is_named_after_the_places_of_most_of_its_claims(open_rows: OpenRows) -> None:
    near = {"place": "Opytne", "latitude": "48.5600", "longitude": "38.0100"}
    edition = open_rows(near, SOLEDAR, SOLEDAR, {}, {}, {})
    cells = list({cell(edition, claim, 6) for claim in range(6)})
    panel: dict[str, Any] = panels.disc_cards(edition, everything(edition), cells, now(edition))
    assert panel["heading"] == "6 claims at Bakhmut and Soledar and nearby"


def test_a_disc_that_the_filters_empty_says_so(open_rows: OpenRows) -> None:
    edition = open_rows({})
    panel: dict[str, Any] = panels.disc_cards(
        edition, ~everything(edition), [cell(edition, 0, 9)], now(edition)
    )
    assert panel["heading"] == "No claim here now"
    assert panel["hint"] == "The filters leave no claim at this place."
