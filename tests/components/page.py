"""The page without a browser: what the server sends to its parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1.element_tree import Node

APP: Final = Path(__file__).parents[2] / "dashboard.py"


class Page:
    """The page as the browser would get it."""

    def __init__(self, **address: str | list[str]) -> None:
        self.test = AppTest.from_file(str(APP), default_timeout=60)
        self.test.query_params.update(address)
        self.run()

    def run(self) -> Page:
        """Run the page once more."""
        self.test.run()
        assert not self.test.exception
        return self

    def part(self, key: str) -> dict[str, Any]:
        """Give what the page sends to one of its parts."""
        (found,) = [node for node in nodes(self.test._tree) if getattr(node, "key", "") == key]  # noqa: SLF001  (no public way to components of our own)
        data: dict[str, Any] = json.loads(found.proto.json)
        return data

    def has(self, key: str) -> bool:
        """Tell whether a part is drawn."""
        return key in [getattr(node, "key", "") for node in nodes(self.test._tree)]  # noqa: SLF001

    @property
    def selection(self) -> dict[str, Any]:
        """What the map is told to keep."""
        found: dict[str, Any] = self.part("map")["selection"]
        return found

    @property
    def cards(self) -> list[int]:
        """The claims on cards, in reading order."""
        return [claim for group in self.part("cards")["groups"] for claim in group["claims"]]

    @property
    def address(self) -> dict[str, list[str]]:
        """The address after the run."""
        found = self.test.query_params
        return {key: value if isinstance(value, list) else [value] for key, value in found.items()}

    @property
    def texts(self) -> str:
        """Everything shown as plain text."""
        return "\n".join(text.value for text in self.test.text)


def nodes(block: Any) -> Iterator[Node]:
    """Walk through everything on the page."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from nodes(child)
