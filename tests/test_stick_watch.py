"""The wall's side of a USB stick: when it says what became of the stick, and which badge it shows until then."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kiosk import config
from kiosk.app import App
from kiosk.notice import Notice
from kiosk.session import Command
from kiosk.stick import notices
from kiosk.view import IntervalView, NoticeView, StartView
from kiosk.wiring import config_watch
from kiosk.wiring.config_watch import ConfigWatch
from kiosk.wiring.stick_watch import OLD_S, PATIENCE_S, READING, WAITS, StickWatch
from tests.test_app import World
from tests.test_wiring import new_app, press, turn, turn_until

TAKEN = Notice("1 circuit taken from the stick")
REFUSED = Notice("Stick not taken", code="E-STICK", what="no.", fix="Do.")


class Wall:
    """A wall with a stick watch, whose boot was `up_s` ago on the clock of the notices."""

    def __init__(self, world: World, folder: Path, run: Path) -> None:
        self.world, self.run = world, run
        self.app = new_app(world, folder)
        self.ready = True
        self.up_s = 1000.0
        self.restart()

    def restart(self) -> None:
        self.app.add_task(StickWatch(lambda: self.ready, self.run, lambda: self.up_s))

    def turn(self, seconds: float = 1.0, *commands: Command) -> None:
        turn(self.app, self.world, seconds, *commands)
        turn(self.app, self.world, 0.6)

    @property
    def view(self) -> object:
        return self.world.frames[-1].view


@pytest.fixture
def wall(config_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wall:
    made = Wall(World(picture_stays_s=0), config_folder, tmp_path / "run")
    monkeypatch.setattr("kiosk.stick.notices.time.clock_gettime", lambda clock: made.up_s)
    made.turn()
    return made


def told(wall: Wall, notice: Notice | None) -> None:
    wall.up_s += 1
    notices.tell(notice, wall.run)


def test_while_the_stick_is_read_a_badge_says_so_and_then_the_news_are_shown_once(
    wall: Wall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "kiosk")
    told(wall, None)
    wall.turn()
    assert isinstance(wall.view, StartView)
    assert wall.world.badges() == (READING,)
    told(wall, TAKEN)
    wall.turn()
    assert isinstance(wall.view, NoticeView)
    assert wall.view.notice == TAKEN
    assert wall.world.badges() == ()
    assert "notice: 1 circuit taken from the stick" in caplog.messages
    wall.turn(20)
    wall.turn(20)
    assert isinstance(wall.view, StartView)


def test_a_press_goes_on(wall: Wall) -> None:
    told(wall, REFUSED)
    wall.turn()
    press(wall.app, wall.world, 1)
    wall.turn()
    assert isinstance(wall.view, StartView)


def test_during_a_circuit_it_waits_and_a_badge_says_so(wall: Wall) -> None:
    press(wall.app, wall.world)
    told(wall, TAKEN)
    wall.turn()
    assert isinstance(wall.view, IntervalView)
    assert wall.world.badges() == (WAITS,)
    wall.app.session = wall.app.session.discarding()
    wall.turn()
    assert isinstance(wall.view, NoticeView)
    assert wall.world.badges() == ()


def test_a_stick_that_is_not_for_the_wall_leaves_no_badge(wall: Wall) -> None:
    told(wall, None)
    wall.turn()
    notices.withdraw(wall.run)
    wall.turn()
    assert wall.world.badges() == ()
    assert isinstance(wall.view, StartView)


def test_it_waits_until_the_taken_circuits_are_there_but_not_forever(wall: Wall) -> None:
    wall.ready = False
    told(wall, TAKEN)
    wall.turn()
    assert isinstance(wall.view, StartView)
    wall.turn(PATIENCE_S)
    assert isinstance(wall.view, NoticeView)


@pytest.mark.parametrize(("age_s", "shown"), [(OLD_S - 30, NoticeView), (OLD_S + 30, StartView)])
def test_a_wall_that_starts_again_repeats_no_old_news(age_s: float, shown: type, wall: Wall) -> None:
    notices.tell(TAKEN, wall.run)
    wall.up_s += age_s
    wall.app.close()
    wall.app.add_display(wall.world)
    wall.restart()
    wall.turn()
    assert isinstance(wall.view, shown)


def test_a_broken_file_is_logged_and_nothing_else(wall: Wall, caplog: pytest.LogCaptureFixture) -> None:
    wall.run.mkdir()
    (wall.run / notices.FILE).write_text("?")
    wall.turn()
    assert isinstance(wall.view, StartView)
    assert "the notice about a stick cannot be read" in caplog.text


def test_the_config_watch_says_when_the_wall_shows_what_is_in_the_folder(
    config_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(picture_stays_s=0)
    app: App = new_app(world, config_folder)
    watch = ConfigWatch(config_folder, config.load(config_folder), ())
    app.add_task(watch)
    turn(app, world)
    assert watch.up_to_date
    path = config_folder / "circuits" / "short.yaml"
    path.write_text(path.read_text().replace("Short circuit", "Shorter circuit"))
    assert not watch.up_to_date
    turn(app, world, config_watch.LOOK_EVERY_S)
    turn_until(app, world, lambda: watch.up_to_date)
    assert app.session.timeline.circuit.name == "Shorter circuit"
