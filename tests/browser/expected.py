"""What a selection keeps, worked out once more from the file with nothing but the csv module.

Kept apart from `claims` on purpose: it shares no line with what it checks.
"""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import parse_qs

from tests.report import report_path

ROOT = Path(__file__).resolve().parents[2]
EVENTS = report_path()
SEARCHED = (
    *("proposition", "statement", "quote", "claimant", "role", "organisation"),
    *("place", "outlet", "note"),
)
LISTS = ("side", "organisation", "claimant", "kind", "standing")
FOR = {"asserts", "confirms"}
AGAINST = {"denies", "doubts"}
Row = dict[str, str]


def read_rows(path: Path = EVENTS) -> list[Row]:
    """Read a claims file as the text that stands in it."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def standing_of(topic: str, rows: list[Row], until: str) -> str:
    """Name the standing of a topic as of a day ("" = every day).

    Good enough for this record, where no organisation takes back a word.
    """
    said = [row for row in rows if row["topic"] == topic and row["said_on"] <= (until or "9999")]
    supporting = {row["side"] for row in said if row["stance"] in FOR}
    opposing = {row["side"] for row in said if row["stance"] in AGAINST}
    if supporting and opposing:
        return "contested"
    warring = (supporting | opposing) & {"ukraine", "russia"}
    if len(warring) == 2:
        return "agreed" if supporting else "contested"
    if not said:
        return ""
    return "one_sided" if warring else "third_party_only"


def kept_ids(query: str, rows: list[Row] | None = None) -> list[str]:
    """List the claims that a query string ("?side=russia&from=2023-05-12") keeps, in file order."""
    rows = read_rows() if rows is None else rows
    asked = parse_qs(query.lstrip("?"))
    first, last = asked.get("from", [""])[-1], asked.get("to", [""])[-1]
    happened = asked.get("clock", ["said"])[-1] == "happened"
    until = "" if happened else last
    words = asked.get("q", [""])[-1].casefold().split()
    kept = []
    for row in rows:
        facts = row | {"standing": standing_of(row["topic"], rows, until)}
        if any(facts[name] not in asked[name] for name in LISTS if name in asked):
            continue
        start, end = row["said_on"], row["said_on"]
        if happened:
            start = row["event_start"] or row["event_end"]
            end = row["event_end"] or row["event_start"]
        if (first or last) and not (start and end >= first and start <= (last or "9999")):
            continue
        text = "\n".join(row[name] for name in SEARCHED).casefold()
        if all(word in text for word in words):
            kept.append(row["claim_id"])
    return kept
