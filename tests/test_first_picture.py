"""What happens before the first picture. What it does not need, modules and garbage collections, comes after it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pygame import Surface

from kiosk.circuit import Side
from kiosk.errors import FigureError, Problem
from kiosk.look import look
from kiosk.screen.compositor import Compositor
from kiosk.screen.figures import FigureMoment, Figures, LateFigures, Shown, SizedFigure
from kiosk.session import Command, Session, step
from kiosk.timeline import Timeline
from kiosk.warm_up import screens
from tests.conftest import ROOT
from tests.screen_samples import Blocks, circuits

LATER = (
    *("gpiozero", "lgpio", "RPi", "numpy", "pkg_resources", "hashlib", "difflib"),
    *("pygame.mixer", "pygame.surfarray", "pygame.sndarray"),
    *("kiosk.screen.figure", "kiosk.hardware.pins", "kiosk.hardware.speaker"),
    *("kiosk.plan", "kiosk.show", "kiosk.doctor", "kiosk.remote", "kiosk.wiring.remote"),
)
WATCHED = """
import os, sys
from kiosk import cli
import kiosk.screen, pygame

def shown(areas):
    print(*sys.modules, file=sys.__stdout__, flush=True)
    os._exit(0)

pygame.display.update = shown
cli.main(["run", "--config", sys.argv[1]])
"""
COLLECTED = """
import gc, os, sys
from kiosk import cli
from kiosk.system import memory

def from_now_on():
    print(begun, file=sys.__stdout__, flush=True)
    os._exit(0)

def count(phase, about):
    global begun
    begun += phase == "start"

begun = 0
gc.disable()
gc.callbacks.append(count)
memory.collect_from_now_on = from_now_on
cli.main(["run", "--config", sys.argv[1]])
"""
DRAWING = """
import sys
import kiosk.screen.figure
print(*sys.modules)
"""


def printed(script: str, *arguments: str, **variables: str) -> set[str]:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, "-c", script, *arguments]
    return set(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split())


def test_it_is_there_before_pins_sound_and_figures_are_imported(
    display: str, config_folder: Path, tmp_path: Path
) -> None:
    there = printed(WATCHED, str(config_folder), DISPLAY=display, HOME=str(tmp_path))
    assert "kiosk.screen.scenes.start" in there
    assert not there & set(LATER)


def test_no_garbage_is_collected_until_it_is_there(display: str, config_folder: Path, tmp_path: Path) -> None:
    assert printed(COLLECTED, str(config_folder), DISPLAY=display, HOME=str(tmp_path)) == {"0"}


def test_figures_are_shown_without_importing_the_drawing_code() -> None:
    there = printed(DRAWING)
    assert "kiosk.screen.figure.frames" in there
    assert not there & {"kiosk.figure.drawing", "kiosk.figure.body", "kiosk.figure.draw_clip", "kiosk.figure.still"}
    # `hashlib` would load OpenSSL, which takes 3 MB of memory.
    assert "hashlib" not in there


class TestFigures:
    MOMENT = look(Session.start_screen((Timeline.of(circuits()["real"]),), 0.0))

    def test_come_when_the_first_picture_is_on_the_screen(self) -> None:
        made: list[Figures] = []

        def make() -> Figures:
            made.append(Blocks())
            return made[-1]

        wall = Compositor(Surface((480, 270), 0, 32), LateFigures(make))
        assert wall.draw(self.MOMENT, 0.0)
        assert not made
        soon_s = wall.stays_s(0.0)
        assert soon_s < 0.05
        wall.prepare(lambda: False)
        wall.prepare(lambda: False)
        assert len(made) == 1
        assert wall.draw(self.MOMENT._replace(t_s=self.MOMENT.t_s + soon_s), soon_s)

    def test_what_comes_next_does_not_take_the_place_of_what_is_on_the_screen(self) -> None:
        asked: list[str] = []

        class Asked(Blocks):
            def get(self, moment: FigureMoment) -> Shown:
                asked.append(moment.name)
                return super().get(moment)

        wall = Compositor(Surface((480, 270), 0, 32), Asked())
        session = step(Session.start_screen((Timeline.of(circuits()["real"]),), 0.0), 0.0, Command.PRESS).session
        working = step(session, 15.0).session
        wall.draw(look(working), 0.0)
        (on_screen,) = set(asked)
        wall.warm_up(screens(working))
        wall.prepare(lambda: False)
        assert set(asked) == {on_screen}

    def test_that_cannot_be_read_are_an_error_then(self) -> None:
        def make() -> Figures:
            raise FigureError(Problem("this is not YAML", path=Path("clamshell.yaml")))

        figures = LateFigures(make)
        assert figures.get(FigureMoment("clamshell", 0.0, (9, 9), (0, 0, 0), Side.LEFT, False)).sprite is None
        with pytest.raises(FigureError):
            figures.request([SizedFigure("clamshell", (9, 9))])
        figures.close()
