"""Briefings are read with every fault named, and come back from their file as they were."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.briefing import (
    FILE_MAX_BYTES,
    MAX_NOTICES,
    briefing_text,
    read_briefing,
)
from claims.days import day_from_iso
from claims.errors import BadBriefingError
from claims.model import KINDS, SIDES, STANDINGS
from claims.scenes import MAX_SCENES, TITLE_MAX_CHARACTERS, Briefing, MapView, Scene
from claims.selection import CLOCKS, Selection, from_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

ORGANISATIONS = ("Ministry of Defence of Ukraine", "Wagner", 'A "quoted" name', "Міністерство")
SPEAKERS = ("Hanna Maliar", "Yevgeny Prigozhin")
VOCABULARY: Mapping[str, tuple[str, ...]] = {
    "side": SIDES,
    "organisation": ORGANISATIONS,
    "claimant": SPEAKERS,
    "kind": KINDS,
    "standing": STANDINGS,
}
CLAIMS = frozenset({"ua-mod-maliar-advance-2km-2023-05-12", "b-2"})
DAYS = (19_400, 19_500)
MAY_8, MAY_14 = day_from_iso("2023-05-08"), day_from_iso("2023-05-14")


def _some(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values))


@st.composite
def _selections(draw: st.DrawFn) -> Selection:
    first = draw(st.none() | st.integers(*DAYS))
    last = draw(st.none() | st.integers(first or DAYS[0], DAYS[1]))
    return Selection(
        from_day=first,
        to_day=last,
        clock=draw(st.sampled_from(CLOCKS)),
        sides=draw(_some(SIDES)),
        organisations=draw(_some(ORGANISATIONS)),
        claimants=draw(_some(SPEAKERS)),
        kinds=draw(_some(KINDS)),
        standings=draw(_some(STANDINGS)),
        query=draw(st.text(max_size=250)),
    )


_VIEWS = st.builds(MapView, st.floats(-85, 85), st.floats(-180, 180), st.floats(0, 18))
_SCENES = st.builds(
    Scene,
    st.text(max_size=200),
    st.text(st.characters(), max_size=500),
    _selections(),
    st.sampled_from(("", *CLAIMS)),
    st.none() | _VIEWS,
    st.just(()) | st.permutations((*SIDES, *ORGANISATIONS)).map(lambda names: tuple(names[:2])),
)
_BRIEFINGS = st.builds(
    Briefing,
    st.text(max_size=200),
    st.text(max_size=100) | st.sampled_from(("TLP:AMBER+STRICT", "tlp: clear")),
    st.lists(_SCENES, min_size=1, max_size=4).map(tuple),
)


def _read(path: Path) -> tuple[Briefing, tuple[str, ...]]:
    return read_briefing(path, VOCABULARY, CLAIMS, DAYS)


def _file(folder: Path, text: str) -> Path:
    path = folder / "one.toml"
    path.write_text(text, encoding="utf-8")
    return path


@given(_BRIEFINGS)
def test_a_briefing_comes_back_from_its_file_as_it_was(briefing: Briefing) -> None:
    with tempfile.TemporaryDirectory() as folder:
        back, _ = _read(_file(Path(folder), briefing_text(briefing)))
    assert back == briefing


@given(_SCENES)
def test_a_scene_gives_the_parameters_of_the_page_that_lead_back_to_it(scene: Scene) -> None:
    parameters = scene.parameters()
    selection, notices = from_parameters(parameters, VOCABULARY)
    assert (selection, notices) == (scene.selection, ())
    assert parameters.get("claim", [""]) == [scene.claim]
    assert tuple(parameters.get("compare", ())) == scene.compare
    view = MapView.from_address(parameters["at"][0]) if "at" in parameters else None
    assert view == scene.view


def test_a_scene_of_everything_names_the_records_days_where_they_are_given() -> None:
    scene = Scene("All", "", Selection())
    assert scene.parameters() == {}
    assert scene.parameters((MAY_8 or 0, MAY_14 or 0)) == {
        "from": ["2023-05-08"],
        "to": ["2023-05-14"],
    }


def test_the_address_of_a_comparing_scene_opens_its_days_and_both_maps() -> None:
    compare = ("ukraine", 'A "quoted" name')
    scene = Scene("Both", "", Selection(), view=MapView(48.6, 37.9, 11), compare=compare)
    assert scene.permalink("https://maps.example/", (MAY_8 or 0, MAY_14 or 0)) == (
        "https://maps.example/?from=2023-05-08&to=2023-05-14"
        "&compare=ukraine&compare=A+%22quoted%22+name&at=48.6000,37.9000,11"
    )


def test_a_scene_that_asks_for_nothing_of_an_empty_record_has_the_pages_own_address() -> None:
    assert Scene("None", "", Selection()).permalink("/", None) == "/"


def test_what_a_person_pastes_from_an_address_is_read(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        """
        title = "By hand"
        [[scene]]
        title = "Both ends"
        text = "A line."
        from = "2023-05-08"
        to = 2023-05-14
        side = "Russia"
        kind = ["advance", "attack repelled"]
        claim = "b-2"
        at = "48.6,38.0,11"
        compare = ["Ukraine", "Wagner"]
        """,
    )
    briefing, notices = _read(path)
    assert notices == ()
    selection = Selection(
        from_day=MAY_8,
        to_day=MAY_14,
        sides=frozenset({"russia"}),
        kinds=frozenset({"advance", "attack_repelled"}),
    )
    assert briefing.scenes == (
        Scene(
            "Both ends", "A line.", selection, "b-2", MapView(48.6, 38, 11), ("ukraine", "Wagner")
        ),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('claim = "gone"', "There is no claim “gone” any more; the scene selects none."),
        ('side = "mars"', "The side “mars” is not known; it is left out."),
        ('at = "here"', "The place of the map “here” is no latitude,longitude,zoom"),
        ('at = "nan,nan,nan"', "The place of the map “nan,nan,nan” is no"),
        ("from = 2031-01-01", "lies outside the days of the record"),
        ("to = 1899-12-31", "The last day “1899-12-31” lies outside the years 1900 to 2100"),
        ('compare = ["Wagner", "Nobody"]', "The narrator “Nobody” is no side or organisation"),
        ('compare = ["russia", "Russia"]', "A comparison needs two different narrators"),
        ('compare = "russia"', "A comparison needs two different narrators"),
        ('clock = "stopped"', "The clock “stopped” is not known"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_told(tmp_path: Path, line: str, told: str) -> None:
    briefing, notices = _read(_file(tmp_path, f'[[scene]]\ntitle = "One"\n{line}\n'))
    assert len(notices) == 1
    assert notices[0].startswith(f"Scene 1: {told}" if told[0].isupper() else "Scene 1: ")
    assert told in notices[0]
    assert [scene.title for scene in briefing.scenes] == ["One"]


def test_a_title_of_10000_characters_is_cut_and_told(tmp_path: Path) -> None:
    briefing, notices = _read(_file(tmp_path, f'[[scene]]\ntitle = "{"x" * 10_000}"\n'))
    assert notices == ("Scene 1: The title has 10,000 characters; it is cut to 120.",)
    assert briefing.scenes[0].title == "x" * (TITLE_MAX_CHARACTERS - 1) + "…"


def test_a_long_handling_is_cut_and_told(tmp_path: Path) -> None:
    briefing, notices = _read(
        _file(tmp_path, f'handling = "{"for the staff " * 20}"\n[[scene]]\ntitle = "One"\n')
    )
    assert notices == ("The handling has 280 characters; it is cut to 80.",)
    assert len(briefing.handling) == 80


def test_a_scene_kept_with_a_day_before_1970_keeps_it_in_its_file(tmp_path: Path) -> None:
    selection, told = from_parameters({"from": ["1950-01-01"]}, VOCABULARY)
    assert told == ()
    kept = Briefing("x", "", (Scene("One", "", selection),))
    assert _read(_file(tmp_path, briefing_text(kept))) == (kept, ())


def test_many_notices_are_counted(tmp_path: Path) -> None:
    _, notices = _read(_file(tmp_path, "[[scene]]\n" * 50))
    assert len(notices) == MAX_NOTICES + 1
    assert notices[-1] == "and 30 more"


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ('[[scene]]\ntitel = "x"', "one.toml, scene 1", "the unknown key 'titel'"),
        ("scenes = 3", "one.toml", "the unknown key 'scenes'"),
        ("title = 3\n[[scene]]", "one.toml", "title = 3"),
        ("scene = 3", "one.toml", "scene = 3"),
        ("[[scene]]\nfrom = 12", "one.toml, scene 1", "from = 12"),
        ("[[scene]]\nfrom = 2023-05-12T10:00:00", "one.toml, scene 1", "from = datetime"),
        ("[[scene]]\n[[scene]]\nside = [1]", "one.toml, scene 2", "side = [1]"),
        ("[[scene]]\nq = ['a']", "one.toml, scene 1", "q = ['a']"),
        ('title = "none"', "one.toml", "no scene"),
        ("[[scene]]\n" * (MAX_SCENES + 1), "one.toml", "101 scenes"),
        ("<html>", "one.toml", "no TOML that can be read"),
        ("x = " + "[" * 5000, "one.toml", "no TOML that can be read"),
        ("x = " + "9" * 5000, "one.toml", "no TOML that can be read"),
        ("#" * (FILE_MAX_BYTES + 1), "one.toml", "more than 1,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_briefing_says_where_and_what(
    tmp_path: Path, text: str, where: str, found: str
) -> None:
    with pytest.raises(BadBriefingError) as caught:
        _read(_file(tmp_path, text))
    assert caught.value.where == where
    assert caught.value.found.startswith(found)
    assert caught.value.expected
    assert caught.value.remedy


def test_the_nearest_known_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadBriefingError, match="The nearest is 'organisation'"):
        _read(_file(tmp_path, '[[scene]]\norganization = "x"'))


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadBriefingError, match="No such file"):
        _read(tmp_path / "none.toml")
    with pytest.raises(BadBriefingError, match="no regular file"):
        _read(tmp_path)


def test_the_file_is_readable() -> None:
    scene = Scene("One", "A line.", Selection(from_day=MAY_8, sides=frozenset({"russia"})), "b-2")
    assert briefing_text(Briefing("Week", "tlp:clear", (scene,))).splitlines()[1:] == [
        'title = "Week"',
        'handling = "TLP:CLEAR"',
        "",
        "[[scene]]",
        'title = "One"',
        'text = "A line."',
        "from = 2023-05-08",
        "side = [",
        '    "russia",',
        "]",
        'claim = "b-2"',
    ]


@pytest.mark.parametrize("view", [(86, 0, 1), (0, 181, 1), (0, 0, 19), (float("nan"), 0, 1)])
def test_a_view_off_the_map_is_refused(view: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="must lie from -85 to 85"):
        MapView(*view)


def test_a_comparison_of_one_is_refused() -> None:
    with pytest.raises(ValueError, match="two different narrators"):
        Scene("x", "", Selection(), compare=("russia",))
