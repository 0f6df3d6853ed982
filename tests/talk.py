"""A small briefing on the news report, beside a copy of its file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.report import report_path

if TYPE_CHECKING:
    from pathlib import Path

MALIAR = "ua-mod-maliar-advance-2km-2023-05-12"
FRONT = "ru-mod-26-attacks-repelled-soledar-2023-05-12"
TALK = f"""
title = "Two days in May"
handling = "TLP:GREEN"

[[scene]]
title = "Two days in May"
text = "Everything said on 11 and 12 May 2023."
at = "48.5980,37.9300,11"

[[scene]]
title = "An advance of two kilometres"
text = "The ring is two kilometres wide; the speaker gave no direction."
from = 2023-05-12
side = ["ukraine"]
claim = "{MALIAR}"
at = "48.5900,37.9900,12"

[[scene]]
title = "Attacks along 95 kilometres"
side = ["russia"]
claim = "{FRONT}"
at = "48.6800,38.0900,10"

[[scene]]
title = "In words"
text = "What speaks of Soledar; the map shows where all of it lies."
q = "Soledar"
"""


def talk_beside_the_report(folder: Path) -> Path:
    """Write the briefing beside a copy of the report.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Path
        The claims file.
    """
    (folder / "briefings").mkdir()
    (folder / "briefings" / "talk.toml").write_text(TALK, encoding="utf-8")
    claims = folder / "events.csv"
    shutil.copy(report_path(), claims)
    return claims
