"""Which claims an earlier export holds: all that is needed to tell what is new since."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

from claims.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable

EXPORT_MAX_BYTES: Final = 10_000_000
"""Some twelve thousand claims as CSV; all of it is held in memory while it is read."""
EXPORT_MAX_CLAIMS: Final = 50_000
"""Four times as many as a file of that size from here holds; each is kept for its viewer."""
ID_MAX_CHARACTERS: Final = 200
_FOUND_CHARACTERS: Final = 40
_EXPECTED: Final = "a CSV or GeoJSON file of claims, each with its claim_id"
_REMEDY: Final = "Give a file that the tab Table of this page, or its export, has written."

_FEWER: Final = "Give an export of fewer claims: set filters before the tab Table writes it."


def read_claim_ids(data: bytes, name: str) -> tuple[str, ...]:
    """Read which claims an earlier export holds.

    Parameters
    ----------
    data : bytes
        A CSV or GeoJSON file that this project wrote, UTF-8.
    name : str
        What the file is called in an error.

    Returns
    -------
    tuple of str
        In the order of the file, each once.

    Raises
    ------
    UnreadableFileError
        If it is no such file, holds no claim, more than `EXPORT_MAX_BYTES`, or more than
        `EXPORT_MAX_CLAIMS`.
    """
    if len(data) > EXPORT_MAX_BYTES:
        found = f"{len(data):,} bytes"
        raise UnreadableFileError(name, found, f"at most {EXPORT_MAX_BYTES:,} bytes", _REMEDY)
    ids: dict[str, None] = {}
    try:
        text = data.decode("utf-8-sig")
        is_geojson = text.lstrip().startswith("{")
        for where, value in _features(text) if is_geojson else _rows(text):
            if not isinstance(value, str) or not 0 < len(value) <= ID_MAX_CHARACTERS:
                found = f"{str(value)[:_FOUND_CHARACTERS]!r} as claim_id in {where}"
                raise UnreadableFileError(name, found, _EXPECTED, _REMEDY)
            ids[value] = None
            if len(ids) > EXPORT_MAX_CLAIMS:
                found, most = f"more than {EXPORT_MAX_CLAIMS:,} claims", "no more than that"
                raise UnreadableFileError(name, found, most, _FEWER)
    except UnicodeDecodeError as error:
        found = f"a byte at {error.start:,} that is no UTF-8"
        raise UnreadableFileError(name, found, _EXPECTED, _REMEDY) from error
    except (ValueError, KeyError, TypeError, RecursionError, csv.Error) as error:
        found = "no column or member claim_id that can be read"
        raise UnreadableFileError(name, found, _EXPECTED, _REMEDY) from error
    if not ids:
        raise UnreadableFileError(name, "no claim", _EXPECTED, _REMEDY)
    return tuple(ids)


def _features(text: str) -> Iterable[tuple[str, object]]:
    for number, feature in enumerate(json.loads(text)["features"], 1):
        yield f"feature {number:,}", feature["properties"]["claim_id"]


def _rows(text: str) -> Iterable[tuple[str, object]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "claim_id" not in (reader.fieldnames or ()):
        raise KeyError
    for number, row in enumerate(reader, 2):
        yield f"row {number:,}", row["claim_id"]
