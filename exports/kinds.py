"""The kinds of files a briefing can be drawn as; each is loaded when it is first asked for.

`DRAWN` gives a file's bytes; `KINDS` has the form in which `python -m claims export` looks up who
writes a kind: from a job to files and their content, made when it is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol

from cartography.symbols import TOKENS
from claims.caches import derived
from claims.errors import BadBriefingError
from claims.export_command import kml_files
from claims.model import SIDES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from cartography.edition import Edition
    from claims.export_command import Job
    from claims.load import Record
    from claims.scenes import Briefing

    Writer = Callable[[Job], Mapping[Path, Iterable[bytes]]]

HTML_WRITER: Final = "components.standalone.page"


class Told(Protocol):
    """Whoever is told how far an export is."""

    def __call__(self, done: int, total: int, /) -> None:
        """Hear that so many of so many scenes or pages are done. To raise ends the export."""
        ...


class Kind(Protocol):
    """Draws a briefing as one kind of file."""

    def __call__(
        self,
        edition: Edition,
        briefing: Briefing,
        *,
        geo: Path,
        permalink: str = "",
        progress: Told | None = None,
    ) -> bytes:
        """Give the whole file.

        Parameters
        ----------
        edition : Edition
        briefing : Briefing
        geo : Path
            The folder of the ground that is drawn; a kind made of the page's own parts has its.
        permalink : str, optional
            Address of the page, without parameters.
        progress : Told, optional

        Returns
        -------
        bytes

        Raises
        ------
        BadBriefingError
            If this kind cannot hold the briefing's scenes.
        BadGeometryFileError
            If a file of the ground cannot be read.
        """
        ...


def _picture(width_px: int) -> Kind:
    def picture(
        edition: Edition,
        briefing: Briefing,
        *,
        geo: Path,
        permalink: str = "",
        progress: Told | None = None,
    ) -> bytes:
        """Draw the only scene of a briefing as a PNG picture."""
        from exports.context import Context  # noqa: PLC0415  # matplotlib comes when it is needed
        from exports.png import scene_png  # noqa: PLC0415

        count = len(briefing.scenes)
        if count != 1:
            raise BadBriefingError(
                where="PNG picture",
                found=f"a briefing of {count} scenes",
                expected="one scene: a picture shows one",
                remedy="Ask for one scene at a time, or choose PDF or PPTX.",
            )
        done = scene_png(
            Context(edition, briefing, geo, permalink), briefing.scenes[0], width_px=width_px
        )
        if progress is not None:
            progress(1, 1)
        return done

    return picture


def _pdf(
    edition: Edition,
    briefing: Briefing,
    *,
    geo: Path,
    permalink: str = "",
    progress: Told | None = None,
) -> bytes:
    """Draw a briefing as PDF: a brief, then a page a scene."""
    from exports.context import Context  # noqa: PLC0415  # matplotlib comes when it is needed
    from exports.pdf import briefing_pdf  # noqa: PLC0415

    return briefing_pdf(Context(edition, briefing, geo, permalink), progress)


def _pptx(
    edition: Edition,
    briefing: Briefing,
    *,
    geo: Path,
    permalink: str = "",
    progress: Told | None = None,
) -> bytes:
    """Draw a briefing as slides: a title, then a slide a scene."""
    from exports.context import Context  # noqa: PLC0415  # matplotlib comes when it is needed
    from exports.slides import briefing_pptx  # noqa: PLC0415

    return briefing_pptx(Context(edition, briefing, geo, permalink), progress)


def _standalone() -> Any:  # noqa: ANN401  # a module that no type checker sees from here
    """Find the writer of HTML: it needs the page's browser code and stands one floor up."""
    return import_module(HTML_WRITER)


def _html(
    edition: Edition,
    briefing: Briefing,
    *,
    geo: Path,  # noqa: ARG001  # the file holds the page's own parts, the ground among them
    permalink: str = "",
    progress: Told | None = None,
) -> bytes:
    """Write a briefing as an HTML file that needs no server and no network."""
    done: bytes = _standalone().standalone_html(edition, briefing, permalink=permalink)
    if progress is not None:
        progress(1, 1)
    return done


DRAWN: Final[Mapping[str, Kind]] = {
    "png": _picture(1920),
    "png-4k": _picture(3840),
    "pdf": _pdf,
    "pptx": _pptx,
    "html": _html,
}
"""Name of a kind to what draws it."""


def _writer(name: str) -> Writer:
    def write(job: Job) -> Mapping[Path, Iterable[bytes]]:
        """Lay out the files of a job; nothing is drawn before their content is asked for."""
        if name == "html":  # before all is derived from a record that is too large
            _standalone().refuse_too_many(len(job.record.claims))
        if not name.startswith("png"):
            return {job.out: _content(name, job, job.briefing, partial(job.progress, "drawing"))}
        files, count = {}, len(job.briefing.scenes)
        for number, scene in enumerate(job.briefing.scenes, start=1):
            beside = job.out.with_name(f"{job.out.stem}-{number}{job.out.suffix}")
            one = replace(job.briefing, scenes=(scene,))
            told = partial(_picture_done, job, number, count)
            files[job.out if number == 1 else beside] = _content(name, job, one, told)
        return files

    return write


@derived(most=1)  # a process that writes one file after another derives it once
def _edition(record: Record, claims_path: Path) -> Edition:
    from cartography.edition import edition_of  # noqa: PLC0415  # so that names cost nothing

    return edition_of(record, claims_path)


def _picture_done(job: Job, number: int, count: int, _done: int, _total: int) -> None:
    job.progress("drawing", number, count)


def _content(name: str, job: Job, briefing: Briefing, told: Told) -> Iterator[bytes]:
    edition = _edition(job.record, job.claims_path)
    job.notices.extend(edition.notices)
    yield DRAWN[name](edition, briefing, geo=job.geo, permalink=job.page, progress=told)


def _kml(job: Job) -> Mapping[Path, Iterable[bytes]]:
    """Lay out KML in the colours of the page."""
    return kml_files(job, colours={side: TOKENS["light"][side] for side in SIDES})


KINDS: Final[Mapping[str, Writer]] = {**{name: _writer(name) for name in DRAWN}, "kml": _kml}
"""Name of a kind to what lays out the files of a job.

A picture shows one scene: of a briefing with several the first stands in the job's own file, the
others beside it with the number of the scene after the name.
"""
