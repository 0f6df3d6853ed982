"""The command `python -m claims export KIND`: a briefing or a view as a file, whole or not at all.

Writers of pictures, slides and pages stand on higher floors, which this one must not import. They
are found at run time in `exports.kinds.KINDS`, a mapping of the same form as `KINDS` here; where
both name a kind, theirs is taken.
"""

from __future__ import annotations

import importlib
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from claims import TITLE
from claims.briefing import read_briefing, read_narrators, read_view
from claims.errors import ClaimsError, UnwritableFileError
from claims.exports import METADATA_SUFFIX, csv_metadata_text, csv_text, geojson_pieces
from claims.handling import handling_notices
from claims.handout import Handout, hand_out
from claims.headings import cut_notice
from claims.kml import kml_pieces
from claims.load import Record, load_record
from claims.opening_days import read_opening_days
from claims.scenes import MANY_VALUES, ONE_VALUE, TITLE_MAX_CHARACTERS, Briefing, Scene
from claims.selection import Selection, from_parameters
from claims.shapes import stated_shapes
from claims.whole_file import refuse_name, write_all

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from claims.progress import Progress
    from claims.shapes import Shape

    Files = Mapping[Path, Iterable[bytes]]
    Writer = Callable[["Job"], Files]

WRITTEN, WITH_NOTICES, NOTHING = 0, 1, 2
CANCELLED: Final = 130
"""What shells call the end by an interrupt."""
HIGHER_KINDS: Final = "exports.kinds"
MAX_FIELDS: Final = 5_000
MAX_NOTICES: Final = 100
QUIET_S: Final = 1.0
"""Work that takes less tells no progress."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """What a writer of a kind is given.

    Attributes
    ----------
    briefing : Briefing
        At least one scene; a view of the page is a briefing of one.
    record : Record
    handout : Handout
        What the briefing hands out of the record, with its heading.
    claims_path, geo : Path
        Where the record was read from.
    page : str
        The address of the page, which permalinks begin with; may be "".
    out : Path
        Where the file is to stand. A writer does not write: it returns the content of this file,
        and of others beside it where the kind needs them, in pieces.
    progress : Progress
        Told how far the work is.
    notices : list of str
        A writer adds a sentence for what it could not write as it is stated.
    """

    briefing: Briefing
    record: Record
    handout: Handout
    claims_path: Path
    geo: Path
    page: str
    out: Path
    progress: Progress
    notices: list[str] = field(default_factory=list)


def _csv(job: Job) -> Files:
    text = csv_text(job.record.claims, job.handout.keep, handout=job.handout)
    beside = job.out.with_name(job.out.name + METADATA_SUFFIX)
    return {
        job.out: [text.encode("utf-8", "replace")],
        beside: [csv_metadata_text(job.handout, job.out.name).encode("utf-8", "replace")],
    }


def _geojson(job: Job) -> Files:
    pieces = geojson_pieces(
        job.record.claims,
        job.handout.keep,
        _shapes(job),
        digest=job.record.digest,
        handout=job.handout,
    )
    return {job.out: _counted(pieces, job)}


def kml_files(job: Job, *, colours: Mapping[str, str] | None = None) -> Files:
    """Lay out the files of a job for KML.

    Parameters
    ----------
    job : Job
    colours : mapping of str to str, optional
        As `claims.kml.kml_pieces`: no colour is named on this floor.

    Returns
    -------
    mapping of Path to iterable of bytes
    """
    pieces = kml_pieces(job.record, _shapes(job), job.handout, colours=colours)
    return {job.out: _counted(pieces, job)}


KINDS: Final[Mapping[str, Writer]] = {"csv": _csv, "geojson": _geojson, "kml": kml_files}


def _shapes(job: Job) -> tuple[Shape, ...]:
    shapes, faults = stated_shapes(job.record)
    job.notices.extend(faults)
    return shapes


def _counted(pieces: Iterable[str], job: Job) -> Iterator[bytes]:
    total = int(job.handout.keep.sum())
    for done, piece in enumerate(pieces):
        yield piece.encode("utf-8", "replace")
        job.progress("writing", min(done, total), total)


@dataclass(slots=True)
class Teller:
    """Tells progress on standard error, once a second, once the work turns out to be long."""

    last_s: float = field(default_factory=time.monotonic)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Hear of progress."""
        now = time.monotonic()
        if now - self.last_s >= QUIET_S and total:
            self.last_s = now
            sys.stderr.write(f"{step}: {done / total:.0%}\n")
            sys.stderr.flush()


def add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser], data: Path) -> None:
    """Add the command to the program's commands.

    Parameters
    ----------
    commands : argparse's sub-parsers
    data : Path
        The folder of the project's own record and geography.
    """
    export = commands.add_parser("export", help="write a briefing or a view as a file")
    export.add_argument("kind", help=f"{', '.join(KINDS)}, and those of the project's own writers")
    what = export.add_mutually_exclusive_group(required=True)
    what.add_argument("--briefing", type=Path, help="a file such as those of data/briefings")
    what.add_argument("--url", help='an address of the page, or its part from the "?" on')
    export.add_argument("--claims", type=Path, default=data / "events.csv", help="the record")
    export.add_argument(
        "--geo", type=Path, default=data / "geo", help="folder of sectors, places and the ground"
    )
    export.add_argument("--title", help="the title, instead of the briefing's")
    export.add_argument(
        "--handling", help="a TLP 2.0 label or free text, instead of the briefing's"
    )
    export.add_argument("--page", default="", help="the page's address, for permalinks")
    export.add_argument("-o", "--out", type=Path, required=True, help="the file to write")


def run_export(options: argparse.Namespace, printable: Callable[[str], str]) -> int:
    """Write the file that is asked for.

    Parameters
    ----------
    options : argparse.Namespace
        As `add_export` reads them.
    printable : callable
        Makes a text safe to send to a terminal.

    Returns
    -------
    int
        0 if it is written, 1 if it is written and something was left out (bad rows, parts of the
        briefing or the address) or could not be drawn as it is stated, 2 if nothing is written.
    """
    progress = Teller()
    try:
        writer = _writer(options.kind)
        _refuse_inputs(options)
        record = load_record(options.claims, geo=options.geo, progress=progress)
        briefing, notices = _asked(options, record)
        handout = hand_out(briefing, record, page=options.page)
        job = Job(
            briefing,
            record,
            handout,
            options.claims,
            options.geo,
            options.page,
            options.out,
            progress,
        )
        size = write_all(writer(job))
    except ClaimsError as error:
        sys.stderr.write(f"nothing is written: {printable(str(error))}\n")
        return NOTHING
    except KeyboardInterrupt:
        sys.stderr.write("cancelled; nothing is written\n")
        return CANCELLED
    bad_rows = record.rows_read - len(record.claims)
    if bad_rows:
        notices.append(f"{bad_rows:,} bad rows of {record.name} are left out.")
    notices = list(dict.fromkeys([*notices, *job.notices]))
    if len(notices) > MAX_NOTICES:
        notices[MAX_NOTICES:] = [f"and {len(notices) - MAX_NOTICES:,} more"]
    for notice in notices:
        sys.stderr.write(printable(notice) + "\n")
    shown = handout.heading()["shown"]
    sys.stdout.write(printable(f"{options.out.name}: {shown}, {size:,} bytes") + "\n")
    return WITH_NOTICES if notices else WRITTEN


def _writer(kind: str) -> Writer:
    kinds = {**KINDS, **_higher_kinds()}
    if kind not in kinds:
        where, expected = f"export {kind}", f"one of {', '.join(sorted(kinds))}"
        raise UnwritableFileError(where, "an unknown kind", expected, "Choose one of them.")
    return kinds[kind]


def _higher_kinds() -> Mapping[str, Writer]:
    try:
        found: Mapping[str, Writer] = importlib.import_module(HIGHER_KINDS).KINDS
    except ModuleNotFoundError as error:
        if error.name not in {HIGHER_KINDS, HIGHER_KINDS.partition(".")[0]}:
            raise
        return {}
    return found


def _refuse_inputs(options: argparse.Namespace) -> None:
    refuse_name(options.out)
    out = options.out.resolve()
    for read in (options.claims, options.briefing):
        if read is not None and read.resolve() == out:
            found, expected = "a file that is read from", "another name"
            raise UnwritableFileError(out.name, found, expected, "Choose another name.")


def _asked(options: argparse.Namespace, record: Record) -> tuple[Briefing, list[str]]:
    vocabulary = record.vocabulary()
    ids = frozenset(record.claims["claim_id"])
    if options.briefing is not None:
        days = record.days() or (0, 0)
        briefing, told = read_briefing(options.briefing, vocabulary, ids, days)
        notices = list(told)
    else:
        scene, notices = _view(options, vocabulary, ids)
        briefing = Briefing(TITLE, "", (scene,))
    if options.title is not None:
        briefing = replace(briefing, title=options.title)
        notices += filter(None, [cut_notice("title", options.title, TITLE_MAX_CHARACTERS)])
    if options.handling is not None:
        briefing = replace(briefing, handling=options.handling)
        notices += handling_notices(options.handling)
    return briefing, notices


def _view(
    options: argparse.Namespace, vocabulary: Mapping[str, tuple[str, ...]], ids: frozenset[str]
) -> tuple[Scene, list[str]]:
    try:
        query = urlsplit(options.url).query or options.url.partition("?")[2]
        parameters = parse_qs(query, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        where, expected = "--url", "an address of the page"
        raise UnwritableFileError(where, str(error), expected, "Copy it from the page.") from error
    selection, told = from_parameters(parameters, vocabulary)
    notices = list(told)
    if not {*ONE_VALUE, *MANY_VALUES}.difference({"at"}).intersection(parameters):
        opening, fault = read_opening_days(options.claims)
        first, last = opening or (None, None)
        selection = Selection(from_day=first, to_day=last)  # as the page opens
        notices += filter(None, [fault])
    if not {"briefing", "scene"}.isdisjoint(parameters):
        notices.append(
            "The scene of a briefing is not read from an address; --briefing writes all scenes of"
            " a file. This is the view without it."
        )
    claim = parameters.get("claim", [""])[-1]
    if claim and claim not in ids:
        notices.append("There is no such claim in this record; none is selected.")
        claim = ""
    view = read_view(parameters.get("at", [""])[-1], notices)
    compare = read_narrators(parameters.get("compare", []), vocabulary, notices)
    return Scene(options.title or TITLE, "", selection, claim, view, compare), notices
