"""What axe finds on a page against WCAG 2.2 AA."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from tests.browser.screen import Screen

RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # what passes need not be told in full, which takes longest
}


@cache
def _axe() -> Axe:
    return Axe()


def axe_findings(screen: Screen) -> list[str]:
    """List what axe finds, one line a finding with its rule and the element."""
    screen.rest()
    violations: list[dict[str, Any]] = _axe().run(screen.page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} ({node['any'][0]['message'] if node['any'] else ''})"
        for rule in violations
        for node in rule["nodes"]
    ]
