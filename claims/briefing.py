"""Briefings as readable files: read with every fault named, and written as they are read."""

from __future__ import annotations

import difflib
import tomllib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import tomli_w

from claims.days import span_words
from claims.errors import BadBriefingError
from claims.handling import handling_notices
from claims.headings import cut_notice, one_line
from claims.model import SIDES
from claims.scenes import (
    BRIEFING_KEYS,
    DAY_KEYS,
    MANY_VALUES,
    MAX_SCENES,
    NARRATORS,
    SCENE_KEYS,
    TEXT_MAX_CHARACTERS,
    TITLE_MAX_CHARACTERS,
    Briefing,
    MapView,
    Scene,
)
from claims.selection import from_parameters

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from claims.selection import Selection

__all__ = ["Briefing", "MapView", "Scene", "briefing_text", "read_briefing"]

FILE_MAX_BYTES: Final = 1_000_000
MAX_NOTICES: Final = 20
HEADER: Final = (
    "# A briefing of the Bakhmut Claims Map; docs/briefings.md tells what each key means.\n"
)
REMEDY: Final = "See docs/briefings.md, or keep the scenes anew from the page."


def read_briefing(
    path: Path,
    vocabulary: Mapping[str, Collection[str]],
    claim_ids: Collection[str],
    days: tuple[int, int],
    data: bytes | None = None,
) -> tuple[Briefing, tuple[str, ...]]:
    """Read a briefing.

    Parameters
    ----------
    path : Path
        A TOML file of at most `FILE_MAX_BYTES`.
    vocabulary : mapping of str to collection of str
        The values there are of side, organisation, claimant, kind and standing.
    claim_ids : collection of str
        The claims there are; a set is fastest.
    days : (int, int)
        First and last day of the record, whole days since 1970-01-01.
    data : bytes, optional
        What the file holds where that is at hand: the path then only names it.

    Returns
    -------
    Briefing
    tuple of str
        A plain sentence for each thing that was left out, cut or leads nowhere, at most
        `MAX_NOTICES`, then their further number. They repeat what the file says, cut: show
        them as text.

    Raises
    ------
    BadBriefingError
        If it is no briefing: missing, too large, no TOML, an unknown key, a value of the wrong
        type, no scene or more than `MAX_SCENES`.
    """
    told = _parse(_content(path) if data is None else data, path.name)
    _refuse_unknown(told, BRIEFING_KEYS, path.name)
    tables = told.get("scene", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadBriefingError(
            path.name, f"scene = {_found(tables)}", "each scene under [[scene]]", REMEDY
        )
    if not 1 <= len(tables) <= MAX_SCENES:
        found = f"{len(tables):,} scenes" if tables else "no scene"
        raise BadBriefingError(path.name, found, f"1 to {MAX_SCENES} scenes", REMEDY)
    notices: list[str] = []
    title = _line(told, "title", TITLE_MAX_CHARACTERS, path.name, notices)
    handling = _text(told, "handling", path.name)
    notices += handling_notices(handling)
    scenes = []
    for number, table in enumerate(tables, start=1):
        where = f"{path.name}, scene {number}"
        _refuse_unknown(table, SCENE_KEYS, where)
        heard: list[str] = []
        scenes.append(_scene(table, where, vocabulary, claim_ids, days, heard))
        notices += (f"Scene {number}: {notice}" for notice in heard)
    if len(notices) > MAX_NOTICES:
        notices[MAX_NOTICES:] = [f"and {len(notices) - MAX_NOTICES:,} more"]
    return Briefing(title, handling, tuple(scenes)), tuple(notices)


def briefing_text(briefing: Briefing) -> str:
    """Write a briefing as TOML.

    Parameters
    ----------
    briefing : Briefing

    Returns
    -------
    str
        `read_briefing` gives the same briefing back, where the record knows its words.
    """
    return HEADER + tomli_w.dumps(briefing.table())


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise BadBriefingError(path.name, "no regular file", "a TOML file", REMEDY)
        with path.open("rb") as file:
            return file.read(FILE_MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise BadBriefingError(
            path.name,
            found,
            "a file that can be read",
            "Check the file's name and who may read it.",
        ) from error


def _parse(data: bytes, name: str) -> dict[str, Any]:
    if len(data) > FILE_MAX_BYTES:
        found, expected = f"more than {FILE_MAX_BYTES:,} bytes", "a smaller file"
        raise BadBriefingError(name, found, expected, REMEDY)
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        found = f"no TOML that can be read ({one_line(str(error), most=200)})"
        raise BadBriefingError(name, found, "a TOML file in UTF-8", REMEDY) from error


def _refuse_unknown(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key in known:
            continue
        near = difflib.get_close_matches(key[:40].casefold(), known, n=1, cutoff=0.0)[0]
        raise BadBriefingError(
            where,
            f"the unknown key {one_line(key, most=40)!r}",
            f"one of {', '.join(known)}",
            f"The nearest is {near!r}. {REMEDY}",
        )


def _scene(  # noqa: PLR0913, PLR0917 - what a scene is read against, and the notices
    table: Mapping[str, Any],
    where: str,
    vocabulary: Mapping[str, Collection[str]],
    claim_ids: Collection[str],
    days: tuple[int, int],
    notices: list[str],
) -> Scene:
    title = _line(table, "title", TITLE_MAX_CHARACTERS, where, notices)
    text = _line(table, "text", TEXT_MAX_CHARACTERS, where, notices)
    if not title:
        notices.append("It has no title.")
    parameters = {name: _values(table, name, where) for name in MANY_VALUES}
    parameters |= {name: [_text(table, name, where)] for name in ("clock", "q")}
    parameters |= {name: [_day(table, name, where)] for name in DAY_KEYS}
    selection, told = from_parameters(parameters, vocabulary)
    notices += told
    _tell_outside(selection, days, notices)
    claim = _text(table, "claim", where)
    if claim and claim not in claim_ids:
        notices.append(f"There is no claim {_quoted(claim)} any more; the scene selects none.")
        claim = ""
    view = read_view(_text(table, "at", where), notices)
    compare = read_narrators(_values(table, "compare", where), vocabulary, notices)
    return Scene(title, text, selection, claim, view, compare)


def _tell_outside(selection: Selection, days: tuple[int, int], notices: list[str]) -> None:
    first, last = selection.from_day, selection.to_day
    if (first is not None and first > days[1]) or (last is not None and last < days[0]):
        notices.append(
            f"The window, {span_words(first, last)}, lies outside the days of the record,"
            f" {span_words(*days)}."
        )


def read_view(at: str, notices: list[str]) -> MapView | None:
    """Read where the map stands.

    Parameters
    ----------
    at : str
        "latitude,longitude,zoom"; "" for where everything kept can be seen.
    notices : list of str
        Gets a sentence if it is no such place.

    Returns
    -------
    MapView or None
    """
    view = MapView.from_address(at) if at else None
    if at and view is None:
        notices.append(
            f"The place of the map {_quoted(at)} is no latitude,longitude,zoom; it is left out."
        )
    return view


def read_narrators(
    names: Sequence[str], vocabulary: Mapping[str, Collection[str]], notices: list[str]
) -> tuple[str, ...]:
    """Read who is set beside whom.

    Parameters
    ----------
    names : sequence of str
        Sides, capitals and spaces aside, or organisations; none to compare nobody.
    vocabulary : mapping of str to collection of str
        The record's sides and organisations.
    notices : list of str
        Gets a sentence if they are not two different narrators of the record.

    Returns
    -------
    tuple of str
        Two codes of sides or names of organisations; none if they cannot be compared.
    """
    sides = {side.replace("_", " "): side for side in vocabulary.get("side", SIDES)}
    organisations = vocabulary.get("organisation", ())
    meant = []
    for name in names:
        side = sides.get(" ".join(name.casefold().replace("_", " ").split()))
        if side is None and name not in organisations:
            notices.append(
                f"The narrator {_quoted(name)} is no side or organisation of the record;"
                " nothing is compared."
            )
            return ()
        meant.append(side or name)
    if meant and not len(meant) == NARRATORS == len(set(meant)):
        notices.append("A comparison needs two different narrators; nothing is compared.")
        return ()
    return tuple(meant)


def _line(table: Mapping[str, Any], name: str, most: int, where: str, notices: list[str]) -> str:
    text = _text(table, name, where)
    notices += filter(None, [cut_notice(name, text, most)])
    return one_line(text, most=most)


def _text(table: Mapping[str, Any], name: str, where: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise _wrong(name, value, 'a text in quotes, such as "Soledar"', where)
    return value


def _values(table: Mapping[str, Any], name: str, where: str) -> list[str]:
    value = table.get(name, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise _wrong(name, value, 'a text or a list of texts, such as ["ukraine"]', where)
    return values


def _day(table: Mapping[str, Any], name: str, where: str) -> str:
    value = table.get(name, "")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str):
        raise _wrong(name, value, "a date, such as 2023-05-12", where)
    return value


def _wrong(name: str, value: object, expected: str, where: str) -> BadBriefingError:
    return BadBriefingError(where, f"{name} = {_found(value)}", expected, REMEDY)


def _found(value: object) -> str:
    return one_line(repr(value), most=80)


def _quoted(text: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{one_line(text, most=40)}\N{RIGHT DOUBLE QUOTATION MARK}"
