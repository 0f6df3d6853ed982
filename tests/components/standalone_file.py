"""The shipped briefing as one HTML file, and words that try to be more than words in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from components import briefings
from components.standalone.page import standalone_html
from tests.exports.briefings import LINK, record
from tests.report import DATA

if TYPE_CHECKING:
    from claims.scenes import Briefing

SHIPPED: Final = DATA / "briefings" / "bakhmut_2023-05-08_14.toml"
ATTACKS: Final = (
    "</script><script>window.pwned = 1</script>",
    "<!-- <script> ]]> --!> </style><style>*{display:none}</style>",
    '"><img src=x onerror=alert(1)> &lt;b&gt; $title ${x} {{ 7*7 }} \u2028 \u202eabc',
)


def shipped_briefing() -> Briefing:
    """Read the briefing that comes with the project."""
    return briefings.read(SHIPPED, record())[0]


@cache
def shipped() -> bytes:
    """Write it as a file."""
    return standalone_html(record(), shipped_briefing(), permalink=LINK)
