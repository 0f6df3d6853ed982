"""Who says what of a large record is asked for by the address of its selection."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from cartography import panels
from claims.selection import Selection
from components import claim_files, shared, who_says_what

if TYPE_CHECKING:
    from tests.asgi import Client

CHOSEN = Selection(
    from_day=19_480,
    to_day=19_489,
    sides=frozenset({"russia"}),
    query="Soledar 95",
    clock="happened",
)


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_files, "SMALL_RECORD_BLOCKS", 0)


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize("selection", [Selection(), CHOSEN], ids=["all", "chosen"])
def test_what_is_asked_for_is_what_a_small_record_s_page_says(
    client: Client, selection: Selection
) -> None:
    record = shared.edition()
    day = selection.as_of_day()
    keep, standings = shared.keep(record, selection), shared.standings(record, day)
    said = panels.who_says_what(record, keep, day, standings)
    assert said["rows"]
    address = who_says_what.message(record, selection)["ask"]
    answer = client.get(f"/{address}")
    assert answer.status == 200
    assert answer.json() == said
    assert claim_files.words_address(record) == f"claims/{record.record.digest}/words.json"
    assert claim_files.wanted_first(record) == [f"claims/{record.record.digest}.bin"]


def test_a_small_record_s_page_says_it_at_once(client: Client) -> None:
    assert client.get("/readyz").status == 200
    assert set(who_says_what.message(shared.edition(), Selection())) == {"asOf", "rows", "more"}


@pytest.mark.usefixtures("_large")
def test_an_unknown_record_has_none_and_a_bad_value_is_passed_over(client: Client) -> None:
    address = str(who_says_what.message(shared.edition(), CHOSEN)["ask"])
    split = urlsplit(address)
    digest = split.path.split("/")[1]
    assert client.get(f"/{address.replace(digest, '0' * 64)}").status == 404
    assert parse_qs(split.query)["side"] == ["russia"]
    broken = client.get(f"/{address}&from=yesterday")
    assert broken.status == 200
