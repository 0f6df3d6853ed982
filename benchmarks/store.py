"""Keep what each part has measured, so that parts can run one by one and share one table."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from benchmarks.report import Bar, Row, table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BEGIN: Final = "<!-- figures of make bench: begin -->"
END: Final = "<!-- figures of make bench: end -->"


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of a run has measured.

    Attributes
    ----------
    name : str
    day : str
        ISO 8601.
    machine : str
        From `machine.machine`.
    load_average : tuple of float
        Before and after, over one minute.
    rows : tuple of Row
    """

    name: str
    day: str
    machine: str
    load_average: tuple[float, float]
    rows: tuple[Row, ...]


def save(folder: Path, part: Part) -> None:
    """Write a part, in the place of an older one of its name.

    Parameters
    ----------
    folder : Path
        Made if it is missing.
    part : Part
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(part), indent=1, ensure_ascii=False)
    (folder / f"{part.name}.json").write_text(text + "\n", encoding="utf-8")


def load(folder: Path, names: Sequence[str]) -> list[Part]:
    """Read the parts that are there.

    Parameters
    ----------
    folder : Path
    names : sequence of str
        Which, in the order of the table.

    Returns
    -------
    list of Part
    """
    files = (folder / f"{name}.json" for name in names)
    return [_part(json.loads(file.read_text(encoding="utf-8"))) for file in files if file.exists()]


def render(parts: Sequence[Part]) -> str:
    """Write the table of some parts, and below it what they were taken on.

    Parameters
    ----------
    parts : sequence of Part
        At least one.

    Returns
    -------
    str
        Markdown.
    """
    lines = [table([row for part in parts for row in part.rows]), ""]
    machines: dict[str, list[Part]] = {}
    for part in parts:
        machines.setdefault(part.machine, []).append(part)
    for told, those in machines.items():
        days = " and ".join(sorted({part.day for part in those}))
        loads = ", ".join(
            f"{part.name} {part.load_average[0]:.1f} to {part.load_average[1]:.1f}"
            for part in those
        )
        lines.append(f"Taken on {days}: {told}. Load average before and after: {loads}.")
    return "\n".join(lines)


def write_between_marks(file: Path, text: str) -> None:
    """Put the figures into a document, between its two marks.

    Parameters
    ----------
    file : Path
        Holds `BEGIN` and `END`, each on a line.
    text : str

    Raises
    ------
    ValueError
        If the marks are not there.
    """
    before = file.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(before):
        message = f"{file.name} lacks the lines {BEGIN} and {END}"
        raise ValueError(message)
    whole = f"{BEGIN}\n\n{text}\n\n{END}"
    file.write_text(pattern.sub(lambda _: whole, before), encoding="utf-8")


def _part(told: dict[str, Any]) -> Part:
    before, after = told["load_average"]
    rows = tuple(_row(row) for row in told["rows"])
    return Part(told["name"], told["day"], told["machine"], (before, after), rows)


def _row(told: dict[str, Any]) -> Row:
    values, peer_values = tuple(told["values"]), tuple(told["peer_values"])
    bar = Bar(**told["bar"]) if told["bar"] else None
    return Row(**{**told, "values": values, "peer_values": peer_values, "bar": bar})
