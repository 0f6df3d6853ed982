"""What a viewer sees while a file loads, when it changes, and when the connection comes back."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.expected import read_rows
from tests.browser.hostile import write_rows
from tests.browser.profiles import DESKTOP, PHONE
from tests.browser.screen import LEAFLET_TELLS, Screen
from tests.browser.server import Server, serve
from tests.browser.watch import Watch
from tests.report import report_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SOCKETS = """(() => {
  const Native = window.WebSocket;
  window.sockets = [];
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      window.sockets.push(this);
    }
  };
})();"""
VIEW = "?side=russia&claim=ru-mod-26-attacks-repelled-soledar-2023-05-12&at=48.6,38.1,12"
OF_RUSSIA = sum(row["side"] == "russia" for row in read_rows())
OF_UKRAINE = sum(row["side"] == "ukraine" for row in read_rows())


@contextmanager
def slowly_written(path: Path) -> Iterator[Callable[[], None]]:
    """Write to a file again and again, as a slow copy does, until the yielded function is called.

    The server takes no file that is still being written, so it is as slow as the test wants.
    """
    over = threading.Event()

    def write() -> None:
        while not over.is_set():
            path.touch()
            over.wait(0.05)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield over.set
    finally:
        over.set()
        writer.join()


def wait_until(found: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def digest_of(server: Server) -> str:
    return str(server.get("readyz").json().get("digest"))


def test_a_page_opened_while_the_file_is_read_tells_so_and_becomes_the_map(
    open_page: Callable[..., Screen], tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    shutil.copy(report_path(), path)
    with slowly_written(path) as finish, serve(path, loading=True) as server:
        assert server.get("healthz").status == 200
        refused = server.get("readyz")
        assert (refused.status, refused.headers["retry-after"]) == (503, "1")
        assert refused.json() == {"status": "loading", "step": "waiting", "done": 0, "total": 0}
        assert server.get("claims.geojson").status == 503
        pages = [
            open_page("?side=russia", home=server.url, size=size, colours=colours, ready=False)
            for size, colours in ((DESKTOP, "light"), (PHONE, "dark"))
        ]
        for screen in pages:
            tells_how_far_it_is(screen.page)
        finish()
        for screen in pages:
            expect(screen.map).to_have_attribute("data-ready", "true", timeout=30_000)
            screen.shows(OF_RUSSIA)
            assert screen.address() == {"side": ["russia"]}
        assert server.get("readyz").json()["claims"] == len(read_rows())
        for screen in pages:  # a server that ends makes a page complain
            screen.page.close()


def tells_how_far_it_is(page: Page) -> None:
    bar = page.get_by_role("progressbar", name="Reading the claims")
    expect(bar).to_have_attribute("aria-valuenow", "0")
    expect(page.get_by_role("status")).to_have_text("Waiting until the file is written in full")
    expect(page.locator("[aria-current=step]")).to_have_text(
        "Waiting until the file is written in full"
    )
    expect(page.get_by_role("main")).to_contain_text("mine.csv")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    path = tmp_path_factory.mktemp("changing") / "mine.csv"
    shutil.copy(report_path(), path)
    with serve(path) as server:
        yield server, path


@pytest.fixture
def changing(served: tuple[Server, Path]) -> tuple[Server, Path]:
    """Give a server and its file, which holds the report again and is shown."""
    server, path = served
    shutil.copyfile(report_path(), path)
    report = hashlib.sha256(report_path().read_bytes()).hexdigest()
    wait_until(lambda: digest_of(server) == report)
    return server, path


def test_a_changed_file_is_shown_whole_at_the_next_run_and_said_once(
    changing: tuple[Server, Path], open_page: Callable[..., Screen]
) -> None:
    server, path = changing
    before, rows = digest_of(server), read_rows()
    screen = open_page(VIEW, home=server.url)
    old_words = server.get(f"claims/{before}/words/0.json")
    # The selected claim moves up by one: its position means another claim now.
    half, whole = path.with_suffix(".half"), write_rows(path.with_suffix(".new"), rows[1:])
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with slowly_written(path) as finish:
        shutil.copyfile(half, path)
        time.sleep(0.7)
        assert digest_of(server) == before
        screen.pill("side", "Ukraine").click()
        screen.shows(OF_RUSSIA + OF_UKRAINE)
        assert screen.total() == len(rows)
        shutil.copyfile(whole, path)
        finish()
    wait_until(lambda: digest_of(server) != before)
    with screen.repaint():
        screen.pill("side", "Ukraine").click()
    assert (screen.total(), screen.shown()) == (
        len(rows) - 1,
        OF_RUSSIA - (rows[0]["side"] == "russia"),
    )
    notice = screen.page.locator(".st-key-change_notice")
    expect(notice).to_contain_text(f"as of {time.strftime('%H:', time.gmtime())}")
    expect(notice).to_contain_text(f"UTC, {len(rows) - 1} claims.")
    assert screen.address()["claim"] == ["ru-mod-26-attacks-repelled-soledar-2023-05-12"]
    expect(screen.current).to_contain_text("26 Ukrainian attacks")
    notice.get_by_role("button", name="Close").click()
    expect(notice).to_have_count(0)
    later = open_page(home=server.url)
    assert later.total() == len(rows) - 1
    expect(later.page.locator(".st-key-change_notice")).to_have_count(0)
    # What the browser may still ask of the record before is that record's.
    assert server.get(f"claims/{before}/words/0.json").text == old_words.text
    assert server.get(f"claims/{'0' * 64}/words/0.json").status == 404


def test_a_changed_file_that_cannot_be_read_leaves_the_map_and_says_why(
    changing: tuple[Server, Path], open_page: Callable[..., Screen]
) -> None:
    server, path = changing
    screen = open_page(home=server.url)
    before = digest_of(server)
    path.write_text("day,place\n2023-05-12,Bakhmut\n", encoding="utf-8")
    notice = screen.page.locator(".st-key-change_notice")
    for _ in range(10):
        with screen.repaint():
            screen.pill("side", "Russia").click()
        if "cannot be read now" in "".join(notice.all_inner_texts()):
            break
    expect(notice).to_contain_text("The file has changed and cannot be read now")
    expect(notice).to_contain_text(f"UTC, {len(read_rows())} claims")
    expect(notice).to_contain_text("The claims file cannot be read. mine.csv, line 1")
    expect(notice).to_contain_text("expected the columns claim_id")
    assert screen.total() == len(read_rows())
    assert digest_of(server) == before


def view_stands(screen: Screen) -> None:
    """Hold that the view of `VIEW` stands and that a filter still works."""
    lat, lon, zoom = screen.view()
    assert (round(lat, 2), round(lon, 2), zoom) == (48.6, 38.1, 12)
    assert screen.address()["claim"] == ["ru-mod-26-attacks-repelled-soledar-2023-05-12"]
    expect(screen.current).to_contain_text("26 Ukrainian attacks")
    screen.shows(OF_RUSSIA)
    with screen.repaint():
        screen.pill("side", "Ukraine").click()
    screen.shows(OF_RUSSIA + OF_UKRAINE)
    with screen.repaint():
        screen.pill("side", "Ukraine").click()
    screen.shows(OF_RUSSIA)


def test_the_view_outlives_a_cut_a_sleep_and_a_server_begun_anew(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    shutil.copy(report_path(), path)
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    context.add_init_script(LEAFLET_TELLS)
    context.add_init_script(SOCKETS)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    with serve(path) as server:
        screen = Screen(page, server.url, Watch(page))
        screen.load(VIEW)
        view_stands(screen)

        context.set_offline(offline=True)
        page.evaluate("sockets.forEach((one) => one.close())")
        connection(page, "CONNECTED", is_so=False)
        context.set_offline(offline=False)
        back_again(screen)
        view_stands(screen)

        devtools = context.new_cdp_session(page)
        devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
        time.sleep(1)
        devtools.send("Page.setWebLifecycleState", {"state": "active"})
        view_stands(screen)
    connection(page, "CONNECTED", is_so=False)
    with serve(path, port=urlsplit(server.url).port):
        back_again(screen)
        view_stands(screen)
    context.close()
    assert failures == []


def back_again(screen: Screen) -> None:
    """Wait until the connection stands and the page has run."""
    screen.watch.runs = True
    connection(screen.page, "CONNECTED")
    screen.rest()


def connection(page: Page, state: str, *, is_so: bool = True) -> None:
    """Wait until Streamlit says of its connection that it is, or is not, in a state."""
    app = expect(page.get_by_test_id("stApp"))
    told = app.to_have_attribute if is_so else app.not_to_have_attribute
    told("data-test-connection-state", state, timeout=30_000)
