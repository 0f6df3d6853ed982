"""The claims as other programs get them: as the page keeps them, in the geometry they state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pyproj import Geod
from shapely.geometry import shape

from tests.app.answers import DIGEST, FRONT, ROWS

if TYPE_CHECKING:
    from tests.asgi import Client


def features(client: Client, query: str = "") -> dict[str, dict[str, Any]]:
    answer = client.get(f"/claims.geojson?{query}")
    assert answer.status == 200
    return {feature["id"]: feature for feature in answer.json()["features"]}


def test_the_geojson_holds_every_claim_with_the_geometry_it_states(client: Client) -> None:
    answer = client.get("/claims.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["digest"] == DIGEST
    found = features(client)
    assert list(found) == [row["claim_id"] for row in ROWS]
    line = shape(found[FRONT]["geometry"])
    assert Geod(ellps="WGS84").geometry_length(line) == pytest.approx(95_000, rel=0.005)


def test_the_geojson_has_no_geometry_for_what_is_not_placed(client: Client) -> None:
    without = {name for name, feature in features(client).items() if not feature["geometry"]}
    listed = {
        row["claim_id"] for row in ROWS if row["location_precision"] in {"region", "unplaced"}
    }
    assert without == listed
    assert listed


@pytest.mark.parametrize(
    ("query", "column", "kept"),
    [
        ("side=russia", "side", {"russia"}),
        ("side=russia&side=third_party", "side", {"russia", "third_party"}),
        ("organisation=Wagner+Group", "organisation", {"Wagner Group"}),
        ("claimant=Hanna%20Maliar", "claimant", {"Hanna Maliar"}),
        ("kind=losses&kind=supply", "kind", {"losses", "supply"}),
        ("to=2023-05-11", "said_on", {"2023-05-11"}),
        ("from=2023-05-12&to=2023-05-12&clock=said", "said_on", {"2023-05-12"}),
        ("from=2023-05-11&to=2023-05-11&clock=happened&kind=attack_repelled", "claim_id", {FRONT}),
    ],
)
def test_the_geojson_honours_the_parameters_of_the_page(
    client: Client, query: str, column: str, kept: set[str]
) -> None:
    expected = [row["claim_id"] for row in ROWS if row[column] in kept]
    assert 0 < len(expected) < len(ROWS)
    assert list(features(client, query)) == expected


def test_the_geojson_honours_standing_and_words(client: Client) -> None:
    topics = {f["properties"]["topic"] for f in features(client, "standing=contested").values()}
    assert topics == {
        "ukrainian-advance-near-bakhmut-2023-05-12",
        "ukrainian-counteroffensive-begun-2023-05-11",
    }
    assert list(features(client, "q=beat+OFF")) == [FRONT]


@pytest.mark.parametrize(
    "query",
    [
        "side=mars",
        "from=yesterday",
        "clock=%00",
        "claim=x&at=1,2&disc=9&tab=7",
        "side=%ff%fe",
        "&&=",
    ],
)
def test_values_that_mean_nothing_fall_back_to_every_claim(client: Client, query: str) -> None:
    assert len(features(client, query)) == len(ROWS)
