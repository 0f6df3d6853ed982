"""A briefing as one HTML file: closed to the web, whole, with what Python answers in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cartography import panels
from cartography.legend import WORDS
from claims.__main__ import main
from claims.errors import UnwritableFileError
from claims.model import OPPOSING
from claims.scenes import Briefing, Scene
from claims.selection import Selection
from components.assets import page_script
from components.ground_files import ground_asset
from components.standalone import page
from components.standalone.page import standalone_html
from components.standalone.tables import answer_orders, count_steps, tables
from exports.kinds import DRAWN
from tests.components.standalone_file import ATTACKS, shipped, shipped_briefing
from tests.exports.briefings import BRIEFING, GEO, LINK, hostile, record, report
from tests.report import report_path

if TYPE_CHECKING:
    from pathlib import Path


class Elements(HTMLParser):
    """The elements of a file in their order, and what stands in scripts, styles and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note what stands after the last element began."""
        self.inside.append((self.tags[-1][0] if self.tags else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Give the attributes of all elements of a name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def within(self, tag: str) -> list[str]:
        """Give what stands in elements of a name."""
        return [text for name, text in self.inside if name == tag and text.strip()]

    def text(self) -> str:
        """Give all that is read."""
        return " ".join(text for tag, text in self.inside if tag not in {"script", "style"})

    def data(self) -> Any:
        """Give what the file holds for its script."""
        return json.loads(self.within("script")[0])

    def policy(self) -> dict[str, list[str]]:
        """Give the rules of the Content-Security-Policy."""
        (meta,) = [one for one in self.all("meta") if "http-equiv" in one]
        rules = [rule.split() for rule in str(meta["content"]).split(";")]
        return {name: values for name, *values in rules}


@cache
def elements() -> Elements:
    return Elements(shipped().decode())


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_lets_the_file_s_own_script_and_style_in_and_nothing_else() -> None:
    data, script = elements().within("script")
    (style,) = elements().within("style")
    assert data.startswith("{")
    assert elements().policy() == {
        "default-src": ["'none'"],
        "script-src": [digest(script)],
        "style-src": [digest(style)],
        "font-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_nothing_in_the_file_is_fetched_from_anywhere() -> None:
    for tag, attributes in elements().tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}
        assert "src" not in attributes
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
    (style,) = elements().within("style")
    asked = [one.strip("\"'") for one in re.findall(r"url\(([^)]*)\)", style)]
    assert [one for one in asked if not one.startswith(("data:", "#"))] == []
    assert "@import" not in style
    assert "sourceMappingURL" not in elements().within("script")[1]


def test_the_page_s_own_script_and_the_ground_stand_in_the_file_as_the_server_sends_them() -> None:
    script = elements().within("script")[1]
    sent = page_script().body.decode()
    without = "\n".join(line for line in sent.splitlines() if "sourceMappingURL" not in line)
    told = "\n".join(line for line in script.splitlines() if line)
    assert "\n".join(line for line in without.splitlines() if line) in told
    assert ground_asset("").body.decode() in script


def test_the_shipped_briefing_is_a_file_of_at_most_two_megabytes() -> None:
    assert len(shipped()) <= 2_000_000


def test_the_same_briefing_gives_the_same_file() -> None:
    assert standalone_html(record(), shipped_briefing(), permalink=LINK) == shipped()
    assert DRAWN["html"](record(), shipped_briefing(), geo=GEO, permalink=LINK) == shipped()


def test_the_file_says_where_it_comes_from_what_it_shows_and_how_it_may_be_handled() -> None:
    text = elements().text()
    for words in (
        *("Bakhmut, 8 to 14 May 2023: who says what", "165 of 848 claims", record().record.digest),
        *("8\N{EN DASH}14 May 2023, as said", "Standing as of 13 May 2023", "withdrawal"),
        *("AFP", "Russian Ministry of Defence"),
    ):
        assert words in text, words
    marked = [
        index
        for index, (tag, one) in enumerate(elements().tags)
        if tag == "p" and one.get("class") == "cm-alone-marking"
    ]
    main_part = [tag for tag, _ in elements().tags].index("main")
    assert marked[0] < main_part < marked[1]
    links = [str(one["href"]) for one in elements().all("a")]
    scenes = shipped_briefing().scenes
    assert len(links) == len(scenes) == 8
    assert links[0] == f"{LINK}?from=2023-05-08&to=2023-05-14&at=48.6000,37.9800,10"


def test_without_the_page_s_address_the_scenes_are_named_and_not_linked() -> None:
    told = Elements(standalone_html(report(), BRIEFING).decode())
    assert told.all("a") == []
    assert "?from=2023-05-08" in " ".join(told.within("code"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_words_stay_words(attack: str, tmp_path: Path) -> None:
    edition = hostile(tmp_path, attack)
    title = attack[:100]
    scene = Scene(title, attack, Selection())
    told = Elements(standalone_html(edition, Briefing(title, title, (scene,))).decode())
    assert len(told.all("script")) == 2
    assert len(told.all("style")) == 1
    assert told.all("img") == []
    (style,) = told.within("style")
    assert told.policy()["style-src"] == [digest(style)]
    data = told.data()
    row = dict(zip(data["words"]["names"], data["words"]["rows"][0], strict=True))
    assert row["statement"] == edition.claims["statement"].iloc[0]
    assert data["scenes"][0]["text"] == scene.text
    assert data["title"] == Briefing(title, "", ()).title


def test_a_record_too_large_for_a_file_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page, "MOST_CLAIMS", 20)
    with pytest.raises(UnwritableFileError, match=r"26 claims, expected at most 20"):
        standalone_html(report(), BRIEFING)
    large, small, out = report_path(), tmp_path / "small.csv", tmp_path / "out.html"
    asked = ["--url", "?side=russia", "--claims", str(large)]
    assert main(["export", "html", *asked, "-o", str(out)]) == 2
    told = capsys.readouterr().err
    assert "export csv" in told
    assert not out.exists()
    assert main(["export", "csv", *asked, "-o", str(small)]) == 0
    asked[-1] = str(small)
    assert main(["export", "html", *asked, "-o", str(out)]) == 0
    count = len(Elements(out.read_text(encoding="utf-8")).data()["words"]["rows"])
    assert 0 < count <= 20


def test_a_record_too_large_is_refused_before_anything_is_derived_from_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def derive(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(page, "MOST_CLAIMS", 20)
    monkeypatch.setattr("cartography.edition.edition_of", derive)
    out = tmp_path / "out.html"
    asked = ["--url", "?side=russia", "--claims", str(report_path()), "-o", str(out)]
    assert main(["export", "html", *asked]) == 2


def test_a_view_of_the_page_is_a_file_of_one_scene(tmp_path: Path) -> None:
    out = tmp_path / "view.html"
    asked = ["--url", "?side=russia&kind=advance", "--handling", "tlp:green", "-o", str(out)]
    assert main(["export", "html", *asked]) == 0
    told = Elements(out.read_text(encoding="utf-8"))
    data = told.data()
    assert len(data["scenes"]) == 1
    assert data["scenes"][0]["picture"]["selection"]["side"] == [1]
    assert data["scenes"][0]["picture"]["fit"]
    assert data["handling"] == "TLP:GREEN"
    assert "Russia only" in told.text()


def test_who_answers_whom_is_what_the_page_says_on_every_day() -> None:
    edition = record()
    orders = answer_orders(edition)
    # A list for each claim would grow with the square of a proposition's claims.
    assert sum(len(order) for both in orders for order in both) == 2 * len(edition.claims)
    stances, topics = edition.claims["stance"].tolist(), edition.voices.topic.tolist()
    said = edition.voices.said
    days = [int(day) for day in np.quantile(said, (0.2, 0.6, 0.9))]
    for claim, (stance, topic) in enumerate(zip(stances, topics, strict=True)):
        others = [other for other in orders[topic][stance in OPPOSING] if other != claim]
        assert tuple(others) == edition.voices.others(claim, None)
        for day in days:
            by_then = tuple(other for other in others if said[other] <= day)
            assert by_then == edition.voices.others(claim, day)


def test_organisations_for_and_against_are_what_the_page_counts_on_every_day() -> None:
    edition = record()
    steps = count_steps(edition)
    for day in [*range(edition.first_day, edition.last_day + 1, 5), edition.last_day]:
        counts = panels.Standings(edition, day).counts
        for topic, rows in enumerate(steps):
            by_then = [row[1:] for row in rows if row[0] <= day]
            assert (by_then[-1] if by_then else [0] * 6) == counts[topic].tolist()


@pytest.mark.parametrize(
    ("name", "field", "words"),
    [("side", "sides", "side"), ("standing", "standings", "standing"), ("kind", "kinds", "kind")],
)
def test_every_choice_of_a_filter_is_called_as_the_page_calls_it(
    name: str, field: str, words: str
) -> None:
    edition = record()
    told: Any = tables(edition, BRIEFING, np.ones(len(edition.claims), dtype=bool))
    named, many = told["phrases"][name]["named"], told["phrases"][name]["many"]
    values = edition.vocabulary[words]
    for bits in range(1, 2 ** len(values)):
        codes = [code for code in range(len(values)) if bits >> code & 1]
        chosen: dict[str, Any] = {field: frozenset(values[code] for code in codes)}
        wanted = "".join(Selection(**chosen).describe(WORDS)[2:])
        assert (named.get(",".join(map(str, codes))) or many.get(len(codes), "")) == wanted
