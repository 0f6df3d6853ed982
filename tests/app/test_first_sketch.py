"""The sketch of a large record's first picture: which view has one, where it is, what it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cartography.frame import HOME
from claims.selection import Selection
from components import claim_files, first_sketch, shared
from components.address import View
from components.briefings import Place
from tests.app.answers import DIGEST, FRONT

if TYPE_CHECKING:
    from tests.asgi import Client

PLACE = "48.6,38,11"
PRELOAD = re.compile(
    r'<link rel="preload" as="fetch" crossorigin fetchpriority="(\w+)" href="([^"]+)">'
)


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_files, "SMALL_RECORD_BLOCKS", 0)


def sketch_of(client: Client, address: str) -> dict[str, Any]:
    """Ask for what the page of an address says its sketch is."""
    (path,) = [path for path in fetched(client, address)["high"] if first_sketch.FILE in path]
    answer = client.get(f"/{path}")
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    sketch: dict[str, Any] = answer.json()
    return sketch


def fetched(client: Client, address: str) -> dict[str, list[str]]:
    """List what the page of an address tells the browser to fetch, by how soon."""
    found: dict[str, list[str]] = {"high": [], "low": []}
    for priority, path in PRELOAD.findall(client.get(address).body.decode()):
        found[priority].append(path.replace("&amp;", "&"))
    return found


@pytest.mark.usefixtures("_large")
def test_a_large_record_s_page_asks_for_the_sketch_before_the_claims(client: Client) -> None:
    soon, late = fetched(client, "/").values()
    assert [path.split("?")[0] for path in soon] == [f"claims/{DIGEST}/{first_sketch.FILE}"]
    assert late == [f"claims/{DIGEST}.bin"]


def test_a_small_record_has_none_for_its_claims_come_as_soon(client: Client) -> None:
    soon, late = fetched(client, "/").values()
    assert [path.split("/")[-1] for path in soon] == [f"{DIGEST}.bin", "0.json"]
    assert not late


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize("address", ["/?compare=ukraine&compare=russia", "/?tab=changed"])
def test_a_picture_of_more_than_claims_in_one_place_has_none(client: Client, address: str) -> None:
    paths = [path for found in fetched(client, address).values() for path in found]
    assert paths
    assert not [path for path in paths if first_sketch.FILE in path]


@pytest.mark.usefixtures("_large")
def test_a_scene_that_fits_what_it_keeps_has_none_but_one_with_a_place_has(client: Client) -> None:
    assert client.get("/readyz").status == 200
    record, place = shared.edition(), Place(briefing="steps")
    assert first_sketch.address_of(record, Selection(), View(place=place)) is None
    assert first_sketch.address_of(record, Selection(), View(place=place, at=HOME)) is not None


@pytest.mark.usefixtures("_large")
def test_it_counts_what_the_address_keeps(client: Client) -> None:
    every, russian = (
        sketch_of(client, f"/?{asked}&at={PLACE}") for asked in ("from=2022-01-01", "side=russia")
    )
    record = shared.edition()
    is_russian = (record.claims["side"] == "russia").to_numpy()
    has_disc = record.has_disc
    for sketch, keep in ((every, np.ones_like(is_russian)), (russian, is_russian)):
        counts = np.array(sketch["counts"]).reshape(-1, 8)
        assert (sketch["shown"], sketch["total"]) == (keep.sum(), len(keep))
        assert sketch["placed"] == (keep & record.positions.placed).sum()
        # The frame is wide enough for every claim of the report.
        assert counts[:, 0].sum() == (keep & has_disc).sum()
        assert (counts[:, 1:4].sum(axis=1) == counts[:, 0]).all()
        assert sketch["most"][0] == counts[:, 0].max() <= sketch["most"][1]
    assert np.array(russian["counts"]).reshape(-1, 8)[:, [1, 3]].sum() == 0
    assert set(russian["side"]) == {1}


@pytest.mark.usefixtures("_large")
def test_what_is_picked_lights_up_in_it(client: Client) -> None:
    sketch = sketch_of(client, f"/?claim={FRONT}&at={PLACE}")
    assert any(sketch["extent_lit"])
    assert not any(sketch_of(client, f"/?side=russia&at={PLACE}")["extent_lit"])


@pytest.mark.usefixtures("_large")
def test_a_place_that_cannot_be_read_is_the_one_maps_open_on(client: Client) -> None:
    record = shared.edition()
    address = first_sketch.address_of(record, Selection(), View(at=HOME))
    assert address is not None
    at_home = client.get(f"/{address}").json()
    assert at_home == client.get(f"/{address.split('?')[0]}?at=nowhere").json()
    assert client.get(f"/{address.replace(DIGEST, '0' * 64)}").status == 404
