"""The wall's side of the page: the file that asks for it, and what the wall makes of the file that answers."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kiosk import config
from kiosk.app import App
from kiosk.editor import status
from kiosk.editor.status import State, Status
from kiosk.phone import PageState
from kiosk.session import Command, Phase
from kiosk.view import IntervalView, PhoneView, StartView
from kiosk.wiring.config_watch import ConfigWatch, start_screen
from kiosk.wiring.phone import BADGE, ENDS_WITHIN_S, OPEN, STARTS_WITHIN_S, VARIABLE, PageWatch, is_offered
from tests.test_app import World
from tests.test_wiring import new_app, press, turn, turn_until

ADDRESS = "http://192.168.1.42"
AHEAD_S = 900.0
"""How far the clock of the page's process, which counts through the machine's sleep, is ahead of the wall's."""


class Editor:
    """A page's process as far as the wall sees it: its file."""

    def __init__(self, world: World, folder: Path) -> None:
        self._world = world
        self.path = folder / "status.json"
        folder.mkdir()

    def says(self, state: State, pin: str = "482913", what: str = "", fix: str = "") -> None:
        closes_s = self._world.now_s + AHEAD_S + 600
        status.tell(Status(state, ADDRESS, pin, ("10", "01"), closes_s, what, fix), self.path)

    def ends(self) -> None:
        self.path.unlink()


class Wall:
    def __init__(self, world: World, folder: Path, run: Path) -> None:
        self.world, self.folder = world, folder
        self.asked = run / "page"
        self.editor = Editor(world, run / "editor")
        self.app: App = new_app(world, folder)
        self.app.session = start_screen(config.load(folder), world.now_s, self.app.session.chosen)
        self.watch = PageWatch(self.asked, self.editor.path, lambda: world.now_s + AHEAD_S)
        self.app.add_task(self.watch)

    def turn(self, seconds: float = 1.0, *commands: Command) -> None:
        turn(self.app, self.world, seconds, *commands)
        turn(self.app, self.world, 0.6)

    def choose(self) -> None:
        """Choose the entry for a phone by holding the button on the start screen, and then in the list."""
        for _ in range(2):
            while self.app.session.phase is Phase.CHOOSING and not self.app.session.at_phone_entry:
                self.turn(0.1, Command.BACK)
            self.turn(0.1, Command.PRESS)
            self.turn(2.0)
            self.turn(0.1, Command.RELEASE)
        assert self.app.session.phase is Phase.PHONE

    @property
    def view(self) -> object:
        return self.world.frames[-1].view

    @property
    def shown(self) -> PhoneView:
        """The phone screen, which the wall shows."""
        assert isinstance(self.view, PhoneView)
        return self.view


@pytest.fixture
def wall(config_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wall:
    monkeypatch.setenv(VARIABLE, "on")
    (tmp_path / "run").mkdir()
    made = Wall(World(picture_stays_s=0), config_folder, tmp_path / "run")
    made.turn()
    return made


def in_use(wall: Wall) -> None:
    wall.choose()
    wall.editor.says(State.OPEN)
    wall.turn()
    wall.editor.says(State.IN_USE)
    wall.turn()


def test_while_nobody_asks_for_the_page_there_is_no_file(wall: Wall) -> None:
    wall.editor.says(State.OPEN)
    wall.turn(20)
    assert not wall.asked.exists()
    assert isinstance(wall.view, StartView)


def test_somebody_asks_for_it_and_the_phone_screen_says_how_to_reach_it(
    wall: Wall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "kiosk")
    wall.choose()
    assert wall.asked.exists()
    assert wall.shown == PhoneView(PageState.OPENING)
    wall.editor.says(State.OPEN)
    wall.turn(0.5)
    assert (wall.shown.state, wall.shown.address, wall.shown.number) == (PageState.OPEN, ADDRESS, "482913")
    assert wall.shown.code == ("10", "01")
    assert 597 <= wall.shown.seconds <= wall.shown.lasts <= 600
    assert wall.world.badges() == ()
    assert "page: open, http://192.168.1.42" in caplog.messages
    assert "482913" not in caplog.text


def test_a_press_closes_it(wall: Wall) -> None:
    wall.choose()
    wall.editor.says(State.OPEN)
    wall.turn()
    press(wall.app, wall.world, 1)
    wall.turn()
    assert not wall.asked.exists()
    assert isinstance(wall.view, StartView)


def test_somebody_has_come_in_so_the_wall_is_free_and_a_badge_says_that_it_is_open(wall: Wall) -> None:
    in_use(wall)
    assert isinstance(wall.view, StartView)
    assert wall.world.badges() == (OPEN,)
    press(wall.app, wall.world, 1)
    wall.turn(3)
    assert isinstance(wall.view, IntervalView)
    assert wall.world.badges() == (OPEN,)
    assert wall.asked.exists()


def test_chosen_again_it_shows_the_number_once_more_and_a_press_closes_it(wall: Wall) -> None:
    in_use(wall)
    wall.choose()
    assert (wall.shown.state, wall.shown.number) == (PageState.IN_USE, "482913")
    wall.editor.says(State.IN_USE, pin="111111")
    wall.turn()
    assert wall.shown.number == "111111"
    assert wall.world.badges() == ()
    press(wall.app, wall.world, 1)
    wall.turn()
    assert not wall.asked.exists()
    assert wall.world.badges() == ()


@pytest.mark.parametrize("used", [False, True])
def test_when_it_has_closed_by_itself_the_wall_takes_its_file_away(used: bool, wall: Wall) -> None:
    wall.choose()
    wall.editor.says(State.IN_USE if used else State.OPEN)
    wall.turn()
    wall.editor.says(State.CLOSED)
    wall.turn()
    assert isinstance(wall.view, StartView)
    assert not wall.asked.exists()
    assert BADGE not in wall.app.badges


def test_when_it_cannot_be_opened_the_wall_says_why_and_asks_no_longer(wall: Wall) -> None:
    wall.choose()
    wall.editor.says(State.FAILED, what="There is no network.", fix="Connect it.")
    wall.turn()
    assert (wall.shown.state, wall.shown.what, wall.shown.fix) == (
        PageState.FAILED,
        "There is no network.",
        "Connect it.",
    )
    assert not wall.asked.exists()
    wall.editor.ends()
    wall.turn(5)
    assert wall.shown.what == "There is no network."


def test_a_process_that_does_not_start_is_waited_for_but_not_forever(wall: Wall) -> None:
    wall.choose()
    wall.turn(STARTS_WITHIN_S - 5)
    assert wall.shown.state is PageState.OPENING
    wall.turn(5)
    assert wall.shown.what == "The page does not start."
    assert "journalctl -u kiosk-editor" in wall.shown.fix
    assert not wall.asked.exists()


def test_a_process_that_has_crashed_leaves_no_open_page(wall: Wall) -> None:
    in_use(wall)
    wall.editor.ends()
    wall.turn()
    assert wall.asked.exists()
    wall.turn(ENDS_WITHIN_S)
    assert not wall.asked.exists()
    assert wall.world.badges() == ()
    assert isinstance(wall.view, StartView)


def test_a_process_that_was_asked_before_and_still_ends_says_nothing_about_the_new_page(wall: Wall) -> None:
    wall.choose()
    wall.editor.says(State.OPEN, pin="111111")
    wall.turn()
    press(wall.app, wall.world, 1)
    before = wall.asked
    assert not before.exists()
    wall.choose()
    assert wall.shown.state is PageState.OPENING
    wall.editor.ends()
    wall.editor.says(State.OPEN, pin="222222")
    wall.turn()
    assert wall.shown.number == "222222"


@pytest.mark.parametrize("text", ["", "?", "[]", '{"state": "open"}'])
def test_a_broken_file_is_logged_once_and_waited_for(text: str, wall: Wall, caplog: pytest.LogCaptureFixture) -> None:
    wall.choose()
    wall.editor.path.write_text(text)
    for _ in range(5):
        wall.turn()
    assert wall.shown == PhoneView(PageState.OPENING)
    assert caplog.text.count("cannot be read") == 1
    wall.editor.says(State.OPEN)
    wall.turn()
    assert wall.shown.address == ADDRESS


def test_a_folder_that_takes_no_file_is_said(wall: Wall) -> None:
    wall.asked.mkdir()
    wall.choose()
    assert wall.shown.state is PageState.FAILED
    assert wall.shown.what.startswith("The wall cannot ask for the page (")
    wall.asked.rmdir()


@pytest.mark.parametrize("by", ["end", "start"])
def test_no_wall_leaves_the_page_open(by: str, wall: Wall) -> None:
    if by == "end":
        in_use(wall)
        wall.app.close()
    else:
        # One that was killed.
        wall.asked.touch()
        wall.app.add_task(PageWatch(wall.asked, wall.editor.path))
        wall.turn()
    assert not wall.asked.exists()


def test_what_is_saved_on_the_page_is_on_the_wall_and_the_page_stays_open(wall: Wall) -> None:
    in_use(wall)
    wall.app.add_task(ConfigWatch(wall.folder, config.load(wall.folder), ()))
    path = wall.folder / "circuits" / "short.yaml"
    path.write_text(path.read_text().replace("Short circuit", "Shorter circuit"))
    turn_until(wall.app, wall.world, lambda: wall.app.session.timeline.circuit.name == "Shorter circuit")
    wall.turn()
    assert wall.world.badges() == (OPEN,)
    assert wall.asked.exists()


def test_page_off_closes_it_and_takes_the_entry_away(wall: Wall) -> None:
    in_use(wall)
    wall.app.add_task(ConfigWatch(wall.folder, config.load(wall.folder), ()))
    path = wall.folder / "kiosk.yaml"
    path.write_text(path.read_text().replace("page: on", "page: off"))
    turn_until(wall.app, wall.world, lambda: not wall.app.session.rules.phone)
    wall.turn()
    assert not wall.asked.exists()
    assert wall.world.badges() == ()


@pytest.mark.parametrize(
    ("variable", "page", "offered"),
    [("on", "on", True), ("on", "off", False), ("", "on", False), (None, "on", False)],
)
def test_it_is_offered_only_where_it_can_be_opened(
    variable: str | None, page: str, offered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if variable is not None:
        monkeypatch.setenv(VARIABLE, variable)
    assert is_offered(config.Settings(page=config.Page(page))) is offered


def test_what_the_page_says_is_read_again_only_when_it_has_changed(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []
    told = status.told

    def counted(path: Path) -> Status | None:
        reads.append(path)
        return told(path)

    monkeypatch.setattr(status, "told", counted)
    wall.choose()
    wall.editor.says(State.OPEN)
    wall.turn(5.0)
    wall.turn(5.0)
    read = len(reads)
    wall.turn(5.0)
    assert len(reads) == read
    wall.editor.says(State.IN_USE)
    wall.turn()
    assert len(reads) == read + 1
    assert wall.world.badges() == (OPEN,)
