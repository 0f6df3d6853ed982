"""The file of columns read as its layout says, without the code that wrote it."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np

NO_DAY = 65_535
NO_LAG = 65_536


@dataclass
class Read:
    """The header, and the arrays as the browser has them."""

    header: dict[str, Any]
    arrays: dict[str, np.ndarray]


def read(data: bytes) -> Read:
    """Read a file."""
    assert data[:4] == b"CMAP"
    version, _, length = struct.unpack_from("<HHI", data, 4)
    assert version == 2
    header = json.loads(data[12 : 12 + length])
    body = data[12 + length :]
    stored: dict[str, np.ndarray] = {}
    for name, entry in header["columns"].items():
        stored[name] = _numbers(body, entry, stored)
    arrays = {name: stored[name] for name in ("topic", "claimant", "place", "kind", "side")}
    arrays |= {name: stored[name] for name in ("organisation", "note_stance")}
    arrays["step_day"] = stored["step_day"].astype(np.int64)
    for name in ("x", "y"):
        steps = stored[name]
        small = steps.dtype == np.uint16
        arrays[name] = steps if small else np.where(steps == 0xFFFFFF, 0xFFFFFFFF, steps)
    arrays |= _days(stored)
    arrays["step_topic"] = np.repeat(np.arange(len(stored["step_count"])), stored["step_count"])
    arrays["step_standing"] = stored["step_standing"]
    disc = (arrays["x"] != (0xFFFF if arrays["x"].dtype == np.uint16 else 0xFFFFFFFF)).astype(int)
    disc[stored["no_disc"]] = 0
    arrays["disc"] = disc
    points = stored["shape_points"].reshape(-1, 2).cumsum(axis=0) << header["point_shift"]
    arrays["shape_points"] = points.ravel().astype(float)
    return Read(header, arrays)


def _numbers(
    body: bytes, entry: dict[str, Any], stored: dict[str, np.ndarray]
) -> np.ndarray[Any, Any]:
    at, length = entry["at"], entry["length"]
    if "varints" in entry:
        return np.array(_varints(body[at : at + entry["varints"]]), dtype=np.int64)
    size = entry["bytes"]
    if "by" not in entry:
        return _planes(body, at, size, length)
    table = _planes(body, at, size, entry["keys"])
    at += size * entry["keys"]
    values: np.ndarray[Any, Any] = table[stored[entry["by"]]]
    if entry["others"]:
        bits = np.frombuffer(body, np.uint8, (length + 7) // 8, at)
        other = np.unpackbits(bits, count=length, bitorder="little").astype(bool)
        values[other] = _planes(body, at + len(bits), size, entry["others"])
    return values


def _planes(body: bytes, at: int, size: int, length: int) -> np.ndarray[Any, Any]:
    numbers = np.zeros(length, dtype=np.int64)
    for plane in range(size):
        numbers |= (
            np.frombuffer(body, np.uint8, length, at + plane * length).astype(int) << 8 * plane
        )
    kind: type[np.unsignedinteger] = np.uint32
    if size < 3:
        kind = np.uint8 if size == 1 else np.uint16
    found: np.ndarray[Any, Any] = numbers.astype(kind)
    return found


def _varints(data: bytes) -> list[int]:
    numbers, number, shift = [], 0, 0
    for byte in data:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(-(number + 1) // 2 if number % 2 else number // 2)
            number, shift = 0, 0
    return numbers


def _days(stored: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    said = stored["said"].astype(np.int64)
    lag, span = stored["event_days"].reshape(-1, 2)[stored["event"]].T
    stated = lag != NO_LAG
    first = np.where(stated, said - lag, NO_DAY)
    return {"said": said, "first": first, "last": np.where(stated, first + span, NO_DAY)}
