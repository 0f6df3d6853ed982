"""Invent a file of claims of any size that the checker accepts.

Nobody named in it exists and nothing in it was said: bodies and speakers are numbered, so that no
invented word can be taken for a real one. Both warring sides get the same number of bodies and
the same share of every kind and stance. Claims are made and written in batches, so that ten
million need little more memory than one batch.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from claims.model import COLUMN_NAMES, SIDES, STANCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

PLACES: Final = Path(__file__).resolve().parent.parent / "data" / "geo" / "places.geojson"
FIRST_DAY: Final = np.datetime64("2022-08-01")
DAYS: Final = 487
"""Sixteen months."""
BODIES: Final = ("ukraine",) * 5 + ("russia",) * 5 + ("third_party",) * 2
SPEAKERS_A_BODY: Final = 4
KINDS: Final = (
    "advance",
    "withdrawal",
    "capture",
    "attack",
    "attack_repelled",
    "strike",
    "control",
    "losses",
)
STANCE_SHARES: Final = (0.55, 0.12, 0.2, 0.06, 0.07)
JITTERED_SHARE: Final = 0.3
JITTER_DEG: Final = 0.02
EXTENT_SHARE: Final = 0.005
UNPLACED_SHARE: Final = 0.05
BATCH_ROWS: Final = 250_000
SIDE_WORDS: Final = {"ukraine": "Ukraine", "russia": "Russia", "third_party": "third party"}


def synthetic_batches(rows: int, *, seed: int = 1) -> Iterator[pd.DataFrame]:
    """Invent any number of claims, a batch at a time.

    Parameters
    ----------
    rows : int
        Of all batches together.
    seed : int, optional
        The same seed and number of rows give the same claims.

    Yields
    ------
    pandas.DataFrame
        At most `BATCH_ROWS` rows, as from `synthetic_claims`, each claim with an id of its own.
    """
    for first in range(0, max(rows, 1), BATCH_ROWS):
        yield synthetic_claims(min(BATCH_ROWS, rows - first), seed=seed, first=first)


def synthetic_claims(rows: int, *, seed: int = 1, first: int = 0) -> pd.DataFrame:
    """Invent claims.

    Parameters
    ----------
    rows : int
    seed : int, optional
        The same seed, number of rows and number of the first give the same claims.
    first : int, optional
        Number of the first claim.

    Returns
    -------
    pandas.DataFrame
        The columns of `claims.model.COLUMN_NAMES`; positions in EPSG:4326 degrees, most of them
        a settlement's own point, as a gazetteer gives it, the rest scattered about it.
    """
    dice = np.random.default_rng((seed, first))
    names, points = _settlements()
    weights = 1 / np.arange(1, len(names) + 1)
    place = dice.choice(len(names), rows, p=weights / weights.sum())
    body = dice.integers(len(BODIES), size=rows)
    speaker = body * SPEAKERS_A_BODY + dice.integers(SPEAKERS_A_BODY, size=rows)
    kind = dice.integers(len(KINDS), size=rows)
    actor = dice.integers(2, size=rows)
    said = dice.integers(DAYS, size=rows)
    stance = np.asarray(STANCES)[dice.choice(len(STANCES), rows, p=STANCE_SHARES)]
    side = np.asarray(BODIES)[body]
    body_name = [f"Invented body {i + 1} ({SIDE_WORDS[s]})" for i, s in enumerate(BODIES)]
    speaker_name = [f"Invented speaker {i + 1}" for i in range(len(BODIES) * SPEAKERS_A_BODY)]
    columns: dict[str, object] = {
        "claim_id": [f"invented-{i}" for i in range(first, first + rows)],
        **_propositions(names, place, kind, actor, said),
        "stance": stance,
        "claimant": _pick(speaker_name, speaker),
        "organisation": _pick(body_name, body),
        "side": side,
        "kind": _pick(KINDS, kind),
        "actor": _pick(SIDES, actor),
        "favours": _pick((*SIDES[:2], "neither"), dice.integers(3, size=rows)),
        "said_on": _iso(said),
        "event_start": _iso(said - dice.integers(1, 6, size=rows)),
        "event_end": _iso(said),
        "time_precision": "day",
        "outlet": "Invented outlet",
        "source_reliability": "F",
        "information_credibility": "6",
        **_positions(dice, names, points, place),
    }
    frame = pd.DataFrame(columns).reindex(columns=list(COLUMN_NAMES), fill_value="")
    frame["statement"] = frame["claimant"] + " says this about: " + frame["proposition"]
    extent = dice.random(rows) < EXTENT_SHARE
    extent &= (frame["location_precision"] != "unplaced").to_numpy(dtype=bool)
    frame["advance_km"] = np.where(extent, dice.integers(1, 6, size=rows).astype(str), "")
    return frame


def _settlements() -> tuple[list[str], NDArray[np.float64]]:
    found = json.loads(PLACES.read_text(encoding="utf-8"))["features"]
    found.sort(key=lambda one: (one["properties"]["rank"], one["properties"]["name"]))
    names = [one["properties"]["name"] for one in found]
    return names, np.array([one["geometry"]["coordinates"] for one in found], dtype=float)


def _propositions(
    names: Sequence[str],
    place: NDArray[np.int64],
    kind: NDArray[np.int64],
    actor: NDArray[np.int64],
    said: NDArray[np.int64],
) -> dict[str, object]:
    """Let claims on one kind of event of one actor at one place in one week answer each other."""
    kinds = _pick([word.replace("_", "-") for word in KINDS], kind)
    actors, weeks = _pick(SIDES, actor), (said // 7).astype(str)
    topic = pd.Series(kinds) + "-" + actors + "-" + place.astype(str) + "-week-" + weeks
    sentence = pd.Series(_pick([SIDE_WORDS[s] for s in SIDES], actor)) + ": " + kinds + " near "
    sentence += _pick(names, place)
    sentence += pd.Series(" at place " + pd.Series(place.astype(str)) + ", week " + weeks)
    return {"topic": topic, "proposition": sentence}


def _positions(
    dice: Generator,
    names: Sequence[str],
    points: NDArray[np.float64],
    place: NDArray[np.int64],
) -> dict[str, object]:
    rows = len(place)
    scattered = (dice.random(rows) < JITTERED_SHARE)[:, None]
    at = points[place] + scattered * dice.normal(0, JITTER_DEG, size=(rows, 2))
    unplaced = dice.random(rows) < UNPLACED_SHARE
    lon, lat = (np.where(unplaced, "", np.char.mod("%.5f", at[:, axis])) for axis in (0, 1))
    return {
        "place": _pick(names, place),
        "longitude": lon,
        "latitude": lat,
        "location_precision": np.where(unplaced, "unplaced", "settlement"),
        "geometry_basis": np.where(unplaced, "", "gazetteer"),
    }


def _pick(words: Sequence[str], numbers: NDArray[np.int64]) -> NDArray[np.object_]:
    return np.asarray(words, dtype=object)[numbers]


def _iso(day: NDArray[np.int64]) -> NDArray[np.str_]:
    return np.datetime_as_string(FIRST_DAY + day.astype("timedelta64[D]"))


def write_claims(file: Path, rows: int, *, seed: int = 1) -> None:
    """Write a file of invented claims.

    Parameters
    ----------
    file : Path
        Written as Parquet if its name ends in .parquet, else as CSV.
    rows : int
    seed : int, optional
    """
    batches = synthetic_batches(rows, seed=seed)
    if file.suffix != ".parquet":
        with file.open("w", encoding="utf-8", newline="") as text:
            for number, batch in enumerate(batches):
                batch.to_csv(text, index=False, header=not number, lineterminator="\n")
        return
    schema = pa.schema([(name, pa.string()) for name in COLUMN_NAMES])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_pandas(batch, schema, preserve_index=False))


def main() -> None:
    """Write a file: `python -m benchmarks.synthetic ROWS FILE`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.synthetic", description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("file", type=Path, help="ends in .csv or .parquet")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_claims(options.file, options.rows, seed=options.seed)


if __name__ == "__main__":
    main()
