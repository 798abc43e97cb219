"""A change of the system's time zone while the kiosk runs."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.system.clock import local_time, wall_clock
from kiosk.view import StartView
from kiosk.wiring.time_zone import TimeZone
from tests.test_app import World
from tests.test_wiring import new_app, turn


class System:
    """A system whose time zone can be set, as the file `localtime` and as the variable TZ for the C library."""

    def __init__(self, folder: Path) -> None:
        self.localtime = folder / "localtime"
        self._folder = folder
        self.set("UTC0")
        time.tzset()

    def set(self, rules: str) -> None:
        file = self._folder / rules
        file.write_text(rules)
        self.localtime.unlink(missing_ok=True)
        self.localtime.symlink_to(file)
        # The C library reads TZ only at the next tzset, as it would read the file.
        os.environ["TZ"] = rules


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    with monkeypatch.context() as variables:
        variables.setenv("TZ", "UTC0")
        yield System(tmp_path)
    time.tzset()


@pytest.fixture
def world() -> World:
    return World(picture_stays_s=0)


def test_the_clock_and_the_opening_hours_follow(system: System, world: World, config_folder: Path) -> None:
    app = new_app(world, config_folder, wall_clock=wall_clock)
    app.add_task(TimeZone(system.localtime))
    turn(app, world)
    before = local_time()
    system.set("ELSE-5")
    turn(app, world, 2)
    turn(app, world, 1)
    after = local_time()
    assert before
    assert after
    assert (after.minute - before.minute) % (24 * 60) in (300, 301)
    view = world.frames[-1].view
    assert isinstance(view, StartView)
    assert view.clock == time.strftime("%H:%M", time.gmtime(time.time() + 5 * 3600))


def test_rules_that_change_and_a_file_that_goes_and_comes_back(
    system: System, world: World, config_folder: Path
) -> None:
    app = new_app(world, config_folder)
    app.add_task(TimeZone(system.localtime))
    turn(app, world)
    system.localtime.unlink()
    turn(app, world, 2)
    for hours in (3, 4):
        system.set(f"ELSE-{hours}")
        turn(app, world, 2)
        assert time.localtime().tm_gmtoff == hours * 3600


def test_it_is_looked_at_every_few_seconds_only(
    system: System, world: World, config_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    stat = Path.stat

    def counted(path: Path, **more: bool) -> os.stat_result:
        if path == system.localtime:
            looked.append(str(path))
        return stat(path, **more)

    app = new_app(world, config_folder)
    app.add_task(TimeZone(system.localtime))
    monkeypatch.setattr(Path, "stat", counted)
    for _ in range(100):
        turn(app, world, 0.1)
    assert len(looked) <= 6
