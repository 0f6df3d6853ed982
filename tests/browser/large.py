"""A record of a few hundred invented claims, large enough for pages, folds and a find box."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from tests.browser.expected import read_rows
from tests.browser.hostile import write_rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.expected import Row

SEED: Final = 20230512
FIRST_DAY: Final = date(2023, 3, 1)
OPENING: Final = ("2023-05-08", "2023-05-14")
AT_BAKHMUT, UNPLACED, SCATTERED = 120, 205, 60
"""Claims at one place, claims that name no place, and claims of a place of their own."""
VAST: Final = 2600
SIVERSK: Final = (48.8667, 38.1)
SIVERSK_KM: Final = {"siversk-ua-6": "6", "siversk-ua-3": "3", "siversk-ru-4": "4"}
"""Three distances at one place, two of them stated by one side."""
_TOPICS: Final = 80
_SPEAKERS: Final = (
    ("ukraine", "Hanna Maliar", "Ministry of Defence of Ukraine"),
    ("russia", "Igor Konashenkov", "Russian Ministry of Defence"),
    ("third_party", "An Observer", "OSCE"),
)


def large_file(folder: Path) -> Path:
    """Write the record, and beside it that it opens on the week of 12 May 2023.

    What was spoken of last happened first, and no organisation takes back a word.
    """
    dice = random.Random(SEED)  # noqa: S311  # invented claims, no secret
    rows = [_claim(number, dice) for number in range(AT_BAKHMUT + UNPLACED + SCATTERED)]
    for number, (claim_id, km) in enumerate(SIVERSK_KM.items()):
        rows.append(_distance(claim_id, km, number))
    first, last = OPENING
    toml = f"[opening]\nfrom = {first}\nto = {last}\n"
    (folder / "large.toml").write_text(toml, encoding="utf-8")
    return write_rows(folder / "large.csv", rows)


def vast_file(folder: Path) -> Path:
    """Write a record of claims whose words come one by one, for it has too many blocks of them."""
    dice = random.Random(SEED)  # noqa: S311  # invented claims, no secret
    return write_rows(folder / "vast.csv", [_claim(number, dice) for number in range(VAST)])


def _claim(number: int, dice: random.Random) -> Row:
    topic = number % _TOPICS
    said = FIRST_DAY + timedelta(days=topic + dice.randrange(4))
    happened = FIRST_DAY - timedelta(days=topic)
    side, claimant, organisation = dice.choice(_SPEAKERS)
    return {
        **dict.fromkeys(read_rows()[0], ""),
        "claim_id": f"claim-{number}",
        "topic": f"topic-{topic:02}",
        "proposition": f"Thing number {topic} happened.",
        "stance": "denies" if side == "russia" and topic % 3 else "asserts",
        "statement": f"{claimant} speaks to thing number {topic}.",
        "claimant": claimant,
        "organisation": organisation,
        "side": side,
        "kind": "other",
        "favours": "neither",
        "said_on": said.isoformat(),
        "event_start": happened.isoformat(),
        "event_end": happened.isoformat(),
        "time_precision": "day",
        "outlet": "Invented",
        "source_reliability": "F",
        "information_credibility": "6",
        **_place(number, dice),
    }


def _place(number: int, dice: random.Random) -> Row:
    if number < AT_BAKHMUT:
        return _placed("Bakhmut", 48.5956, 38.0005)
    if number < AT_BAKHMUT + UNPLACED:
        return {"location_precision": "unplaced"}
    name = f"Farm {number}"
    return _placed(name, dice.uniform(48.45, 48.75), dice.uniform(37.7, 38.3))


def _placed(name: str, lat: float, lon: float) -> Row:
    return {
        "place": name,
        "latitude": f"{lat:.4f}",
        "longitude": f"{lon:.4f}",
        "location_precision": "settlement",
        "geometry_basis": "gazetteer",
    }


def _distance(claim_id: str, km: str, number: int) -> Row:
    side, claimant, organisation = _SPEAKERS["-ru-" in claim_id]
    return {
        **_claim(number, random.Random(SEED)),  # noqa: S311  # invented claims, no secret
        **_placed("Siversk", *SIVERSK),
        "claim_id": claim_id,
        "topic": claim_id,
        "proposition": f"Troops advanced {km} km near Siversk.",
        "stance": "asserts",
        "claimant": claimant,
        "organisation": organisation,
        "side": side,
        "kind": "advance",
        "favours": side,
        "advance_km": km,
        "bound": "exact",
        "said_on": f"2023-05-{6 + number:02}",
    }


def all_days(rows: list[Row]) -> str:
    """Give the address that asks for every day on which something is said."""
    days = sorted(row["said_on"] for row in rows)
    return f"?from={days[0]}&to={days[-1]}"
