"""The record's columns, their vocabularies and what each column means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

UNKNOWN: Final = "unknown"
"""The word shown for a blank code. In a claims frame a blank text stays the empty string."""

SIDES: Final = ("ukraine", "russia", "third_party")
WARRING_SIDES: Final = ("ukraine", "russia")
FAVOURS: Final = ("ukraine", "russia", "neither")
STANCES: Final = ("asserts", "confirms", "denies", "doubts", "cannot_confirm")
SUPPORTING: Final = frozenset({"asserts", "confirms"})
OPPOSING: Final = frozenset({"denies", "doubts"})
STANDINGS: Final = ("contested", "agreed", "one_sided", "third_party_only")
KINDS: Final = (
    "advance",
    "withdrawal",
    "capture",
    "attack",
    "attack_repelled",
    "strike",
    "control",
    "encirclement",
    "losses",
    "counteroffensive",
    "supply",
    "other",
)
BOUNDS: Final = ("exact", "at_least", "up_to", "about", "under")
TIME_PRECISIONS: Final = ("minute", "hour", "day", "week", "month")
LOCATION_PRECISIONS: Final = (
    "exact",
    "settlement",
    "part_of_settlement",
    "sector",
    "region",
    "unplaced",
)
NOT_PLACED: Final = frozenset({"region", "unplaced"})
"""Location precisions whose claims are listed, never pinned."""
GEOMETRY_BASES: Final = ("claimant_coordinates", "gazetteer", "digitised", "inferred")
SOURCE_RELIABILITIES: Final = ("A", "B", "C", "D", "E", "F")
INFORMATION_CREDIBILITIES: Final = ("1", "2", "3", "4", "5", "6")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of `data/events.csv`.

    Attributes
    ----------
    name : str
        The name in the header line.
    group : str
        identity, words, speaker, content, quantities, time, place or source.
    kind : str
        text, slug, code, number, whole, date or url: how the text is read.
    meaning : str
        What the column says, for people.
    required : bool
        Whether a blank is a fault.
    allowed : tuple of str
        The vocabulary of a code, else empty.
    low, high : float or None
        The inclusive range of a number, in the unit of the column.
    example : str
        A value as it stands in the file.
    """

    name: str
    group: str
    kind: str
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    example: str = ""


def _code(name: str, group: str, allowed: tuple[str, ...], meaning: str, **more: bool) -> Column:
    return Column(name, group, "code", meaning, allowed=allowed, example=allowed[0], **more)


def _number(name: str, high: float, meaning: str, example: str, kind: str = "number") -> Column:
    return Column(name, "quantities", kind, meaning, low=0, high=high, example=example)


COLUMNS: Final = (
    Column(
        "claim_id",
        "identity",
        "slug",
        "Stable, unique name of the claim: small letters, digits and hyphens. Never reused.",
        required=True,
        example="ua-mod-maliar-advance-2km-2023-05-12",
    ),
    Column(
        "topic",
        "identity",
        "slug",
        "Name of the proposition this claim speaks to. Claims with one topic answer each other.",
        required=True,
        example="ukrainian-advance-near-bakhmut-2023-05-12",
    ),
    Column(
        "proposition",
        "identity",
        "text",
        "What the claims of the topic are about; the same sentence in all rows of a topic.",
        required=True,
        example="Ukrainian forces advanced near Bakhmut, 8-12 May 2023.",
    ),
    _code("stance", "identity", STANCES, "The claim's stance to its proposition.", required=True),
    Column(
        "statement",
        "words",
        "text",
        "What was said: one neutral sentence of ours that names the speaker.",
        required=True,
        example="Hanna Maliar says Ukrainian troops advanced two kilometres near Bakhmut.",
    ),
    Column(
        "quote",
        "words",
        "text",
        "At most 12 words of the speaker's own, as the source prints them.",
        example="we have not lost a single position in Bakhmut",
    ),
    Column("claimant", "speaker", "text", "Who speaks.", required=True, example="Hanna Maliar"),
    Column(
        "role",
        "speaker",
        "text",
        "The speaker's office at the time.",
        example="Deputy Minister of Defence of Ukraine",
    ),
    Column(
        "organisation",
        "speaker",
        "text",
        "For whom the claimant speaks. Voices count per organisation.",
        required=True,
        example="Ministry of Defence of Ukraine",
    ),
    _code("side", "speaker", SIDES, "The side of the claimant.", required=True),
    _code("kind", "content", KINDS, "What kind of event the claim is about.", required=True),
    Column(
        "actor",
        "content",
        "text",
        "Who is said to have acted.",
        example="ukraine",
    ),
    _code(
        "favours",
        "content",
        FAVOURS,
        "The side this claim, if true, is good news for.",
        required=True,
    ),
    _number("advance_km", 500, "Length of the advance said, in kilometres.", "2"),
    _number("front_km", 3000, "Length of the front said, in kilometres.", "95"),
    _number("attacks", 100_000, "Number of attacks said.", "26", kind="whole"),
    _number("area_km2", 700_000, "Area said, in square kilometres.", "17"),
    _number("city_share_pct", 100, "Share of the city said to be held, in per cent.", "80"),
    _number("losses", 10_000_000, "Number of people said to be lost.", "500", kind="whole"),
    _code("bound", "quantities", BOUNDS, "How the speaker hedged the number."),
    Column(
        "said_on",
        "time",
        "date",
        "When it was said: ISO 8601 date, or date-time with offset.",
        required=True,
        example="2023-05-12",
    ),
    Column(
        "event_start",
        "time",
        "date",
        "First day it is said to have happened; blank = not stated.",
        example="2023-05-08",
    ),
    Column(
        "event_end",
        "time",
        "date",
        "Last day it is said to have happened; blank = not stated.",
        example="2023-05-12",
    ),
    _code("time_precision", "time", TIME_PRECISIONS, "How finely the event's time is stated."),
    Column("place", "place", "text", "The place as the claim names it.", example="Bakhmut"),
    Column(
        "latitude",
        "place",
        "number",
        "WGS 84 latitude in degrees; blank = not placed.",
        low=-90,
        high=90,
        example="48.5956",
    ),
    Column(
        "longitude",
        "place",
        "number",
        "WGS 84 longitude in degrees; blank = not placed.",
        low=-180,
        high=180,
        example="38.0005",
    ),
    _code(
        "location_precision",
        "place",
        LOCATION_PRECISIONS,
        "How finely the source states the place; region and unplaced are listed, never pinned.",
    ),
    Column(
        "location_uncertainty_m",
        "place",
        "number",
        "Radius of doubt about the position, in metres; blank = unknown.",
        low=0,
        high=500_000,
        example="4000",
    ),
    Column(
        "bearing_deg",
        "place",
        "number",
        "Direction of the movement said, in degrees clockwise from north; blank = not stated.",
        low=0,
        high=360,
        example="270",
    ),
    _code("geometry_basis", "place", GEOMETRY_BASES, "Where the position comes from."),
    Column(
        "geometry_id",
        "place",
        "slug",
        "A feature of `data/geo/sectors.geojson` along or in which the claim is drawn.",
        example="soledar-sector",
    ),
    Column("outlet", "source", "text", "Who published it.", required=True, example="AFP, EFE"),
    Column(
        "source_title",
        "source",
        "text",
        "The page's headline.",
        example="Ukraine says its forces advanced near Bakhmut",
    ),
    Column(
        "source_url",
        "source",
        "url",
        "Address of the page (http or https); blank = not known.",
        example="https://example.org/news/1",
    ),
    _code(
        "source_reliability",
        "source",
        SOURCE_RELIABILITIES,
        "Admiralty letter of the source; F = cannot be judged.",
    ),
    _code(
        "information_credibility",
        "source",
        INFORMATION_CREDIBILITIES,
        "Admiralty number of the information; 6 = cannot be judged.",
    ),
    Column(
        "note",
        "source",
        "text",
        "What a reader of the row should know: translations, days inferred, doubts.",
        example="The article gives no day for the advance, only 'this week'.",
    ),
)
"""Every column, in the order of the file. Source: design, section 3."""

COLUMN_NAMES: Final = tuple(column.name for column in COLUMNS)
BY_NAME: Final = {column.name: column for column in COLUMNS}
QUANTITIES: Final = tuple(c.name for c in COLUMNS if c.group == "quantities" and c.name != "bound")
NUMERIC: Final = tuple(c.name for c in COLUMNS if c.kind in {"number", "whole"})
DAYS: Final = ("said_day", "event_first_day", "event_last_day")
"""Derived by `claims.load`: whole days since 1970-01-01, Int32, <NA> where not stated."""
OWN_TEXTS: Final = ("claim_id", "statement")
"""Texts that nearly every claim has to itself; the others recur, and are kept once each."""
QUOTE_MAX_WORDS: Final = 12
