"""A viewer without a browser: sends runs to the session, as Streamlit would."""

from __future__ import annotations

from copy import deepcopy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from components import reports, session, shared

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from cartography.edition import Edition
    from claims.selection import Selection
    from components.address import View

    Address = dict[str, list[str]]
    Arrive = Callable[..., "Browser"]

MALIAR: Final = "ua-mod-maliar-advance-2km-2023-05-12"
FRONT: Final = "ru-mod-26-attacks-repelled-soledar-2023-05-12"
MAY_12: Final = 19_489


class Query(dict[str, list[str]]):
    """What `st.query_params` offers, as far as the session uses it."""

    def get_all(self, key: str) -> list[str]:
        """Give every value of a parameter."""
        return self.get(key, [])

    def from_dict(self, address: Address) -> None:
        """Replace the whole address."""
        self.clear()
        self.update(address)


class Browser:
    """A viewer's browser: keeps the address, and sends one run after another to the page."""

    def __init__(self, record: Edition, fake: SimpleNamespace, address: Address) -> None:
        self.record = record
        self.fake = fake
        self.address = address
        self.state: dict[str, Any] = {}

    def run(
        self,
        hand: Callable[[], None] | None = None,
        *,
        sent_with: Address | None = None,
        **widgets: object,
    ) -> tuple[View, Selection]:
        """Run the page once.

        A change of widgets and a callback arrive with the run, and so does the address: the
        browser's own, or an older one where the run was sent before the browser learnt it.
        """
        self.fake.session_state = self.state
        self.fake.query_params = Query(deepcopy(self.address if sent_with is None else sent_with))
        self.state.update(widgets)
        if hand:
            hand()
        view = session.arrive(self.record)
        selection = session.chosen(self.record)
        session.leave(selection, self.record)
        self.address = dict(self.fake.query_params)
        return view, selection

    def picks(self, **pick: object) -> Callable[[], None]:
        """Give what a click on the map does; the browser names the record it shows."""
        digest = self.record.record.digest
        return self.sends(reports.on_pick("map"), pick={"record": digest, **pick})

    def moves(self, at: str) -> Callable[[], None]:
        """Give what a pan of the map does."""
        return self.sends(reports.on_map_moved, at=at)

    def sends(self, callback: Callable[[], None], **values: object) -> Callable[[], None]:
        """Give what the map's own value does through a callback."""

        def hand() -> None:
            self.state["map"] = values
            callback()

        return hand


def browsers_of(record: Edition, monkeypatch: pytest.MonkeyPatch) -> Arrive:
    fake = SimpleNamespace()
    monkeypatch.setattr(session, "st", fake)
    monkeypatch.setattr(shared, "edition", lambda: record)
    monkeypatch.setattr(shared, "edition_named", {record.record.digest: record}.get)

    def at(**address: str | list[str]) -> Browser:
        lists = {
            key: value if isinstance(value, list) else [value] for key, value in address.items()
        }
        return Browser(record, fake, lists)

    return at


def index_of(record: Edition, claim_id: str) -> int:
    return int(record.claims.index[record.claims["claim_id"] == claim_id][0])
