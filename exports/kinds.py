"""The kinds of files a briefing can be drawn as; each is loaded when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from claims.errors import BadBriefingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartography.edition import Edition
    from claims.scenes import Briefing


class Told(Protocol):
    """Whoever is told how far an export is."""

    def __call__(self, done: int, total: int) -> None:
        """Hear that so many of so many scenes or pages are done. To raise ends the export."""
        ...


class Kind(Protocol):
    """Draws a briefing as one kind of file."""

    def __call__(
        self,
        edition: Edition,
        briefing: Briefing,
        *,
        permalink: str = "",
        progress: Told | None = None,
    ) -> bytes:
        """Give the whole file.

        Parameters
        ----------
        edition : Edition
        briefing : Briefing
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
        edition: Edition, briefing: Briefing, *, permalink: str = "", progress: Told | None = None
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
                remedy="Give the address of one scene, or choose PDF or PPTX.",
            )
        done = scene_png(
            Context(edition, briefing, permalink), briefing.scenes[0], width_px=width_px
        )
        if progress is not None:
            progress(1, 1)
        return done

    return picture


def _pdf(
    edition: Edition, briefing: Briefing, *, permalink: str = "", progress: Told | None = None
) -> bytes:
    """Draw a briefing as PDF: a brief, then a page a scene."""
    from exports.context import Context  # noqa: PLC0415  # matplotlib comes when it is needed
    from exports.pdf import briefing_pdf  # noqa: PLC0415

    return briefing_pdf(Context(edition, briefing, permalink), progress)


def _pptx(
    edition: Edition, briefing: Briefing, *, permalink: str = "", progress: Told | None = None
) -> bytes:
    """Draw a briefing as slides: a title, then a slide a scene."""
    from exports.context import Context  # noqa: PLC0415  # matplotlib comes when it is needed
    from exports.slides import briefing_pptx  # noqa: PLC0415

    return briefing_pptx(Context(edition, briefing, permalink), progress)


KINDS: Final[Mapping[str, Kind]] = {
    "png": _picture(1920),
    "png-4k": _picture(3840),
    "pdf": _pdf,
    "pptx": _pptx,
}
"""Name of a kind to what draws it."""
