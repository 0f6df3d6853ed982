"""What every picture, page and slide of one export carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cartography.legend import as_of_words
from claims.handling import handling_words
from claims.headings import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from cartography.edition import Edition
    from claims.scenes import Briefing, Scene

CREDIT: Final = "Ground: GeoNames, Natural Earth, drawn by hand ±1 km"
DIGEST_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Context:
    """An export in the making.

    Attributes
    ----------
    record : Edition
    briefing : Briefing
    geo : pathlib.Path
        The folder of the ground that is drawn, EPSG:4326.
    permalink : str
        Address of the page, without parameters; "" if it is not known.
    """

    record: Edition
    briefing: Briefing
    geo: Path
    permalink: str = ""

    @property
    def handling(self) -> str:
        """The marking at the top and the bottom."""
        return handling_words(self.briefing.handling)

    @property
    def digest(self) -> str:
        """The first digits of the SHA-256 of the claims file."""
        return str(self.record.record.digest[:DIGEST_DIGITS])

    def link(self, scene: Scene) -> str:
        """Give the address of a scene on the page."""
        return scene.permalink(self.permalink, self.record.record.days())

    @property
    def as_of(self) -> str:
        """Say up to which day what was said counts, where all scenes have one; else that not."""
        # Scenes may end on different days: each has its own as-of.
        scenes = self.briefing.scenes
        words = {as_of_words(self.record, scene.selection) for scene in scenes}
        only = len(words) == 1
        return words.pop() if only else "Each scene's standings are as of its own last day"

    def origin(self, scene: Scene) -> str:
        """Say how far and from what a scene is told: day, file and its digest."""
        data = f"Data: {one_line(self.record.record.name, most=60)}, digest {self.digest}"
        return " · ".join(
            part for part in (as_of_words(self.record, scene.selection), data) if part
        )
