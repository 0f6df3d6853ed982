"""The file, the server and the browser agree on which claims a selection keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.expected import kept_ids, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.screen import Screen
    from tests.browser.server import Server

QUERIES = (
    "?side=ukraine",
    "?side=russia",
    "?side=third_party",
    "?side=ukraine&side=third_party",
    "?side=ukraine&side=russia&side=third_party",
    "?kind=advance",
    "?kind=advance&kind=supply&kind=other",
    "?kind=encirclement",
    "?organisation=Wagner+Group",
    "?organisation=Wagner+Group&organisation=AFP+and+EFE&side=russia",
    "?claimant=Volodymyr+Zelensky",
    "?claimant=Hanna+Maliar&kind=losses",
    "?from=2023-05-12",
    "?to=2023-05-11",
    "?from=2023-05-11&to=2023-05-11",
    "?from=2023-05-13",
    "?to=2023-05-10",
    "?clock=happened",
    "?clock=happened&from=2023-05-12",
    "?clock=happened&to=2023-05-10",
    "?clock=happened&from=2023-05-10&to=2023-05-11",
    "?clock=happened&from=2023-05-11&to=2023-05-11&side=russia",
    "?standing=contested",
    "?standing=agreed",
    "?standing=one_sided&standing=third_party_only",
    "?standing=one_sided&to=2023-05-11",
    "?standing=contested&to=2023-05-11",
    "?clock=happened&to=2023-05-11&standing=contested",
    "?q=shoigu",
    "?q=bakhmut+ADVANCE",
    "?q=no+such+words+at+all",
    "?q=zelensky&kind=supply&from=2023-05-12&side=ukraine&standing=one_sided",
)


@pytest.fixture(scope="module")
def seen() -> dict[str, list[str]]:
    """Remember what each query kept, to prove that the queries differ."""
    return {}


@pytest.mark.parametrize("query", QUERIES)
def test_map_cards_and_geojson_keep_what_the_file_says(
    revisit: Callable[..., Screen], server: Server, seen: dict[str, list[str]], query: str
) -> None:
    wanted = kept_ids(query)
    seen[query] = wanted
    screen = revisit(server, query)
    screen.shows(len(wanted))
    assert screen.total() == len(read_rows())
    screen.has_cards(len(wanted))
    assert sorted(screen.card_ids()) == sorted(wanted)
    features = server.get("claims.geojson" + query).json()["features"]
    assert [feature["id"] for feature in features] == wanted


def test_the_queries_above_keep_many_different_sets(seen: dict[str, list[str]]) -> None:
    for query in QUERIES:
        seen.setdefault(query, kept_ids(query))
    assert len({tuple(ids) for ids in seen.values()}) > 20
    assert any(len(ids) == 0 for ids in seen.values())
