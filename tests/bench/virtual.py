"""The real app and wall in virtual time, without a display: `python -m tests.bench.virtual ...` prints JSON.

Instead of sleeping, the loop's clock is moved forward, so a minute on the wall takes only its computing time.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from unittest import mock

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from pygame import Surface

from kiosk import config
from kiosk.app import App
from kiosk.circuit import Block, Circuit, Lap, Stations, Task, Work
from kiosk.config.pictures import OwnPictures
from kiosk.display.window import Window
from kiosk.editor import status
from kiosk.figure.loading import load_figure
from kiosk.phone import Phone
from kiosk.picture.files import OwnPicture
from kiosk.screen.compositor import Compositor
from kiosk.screen.context import Context
from kiosk.screen.figure import FigureFrames
from kiosk.screen.figure.files import Folders
from kiosk.screen.figure.own import Decoder
from kiosk.screen.figure.render import Renderer
from kiosk.screen.figures import SizedFigure
from kiosk.screen.layout import Layout
from kiosk.screen.scenes.running import stage_box
from kiosk.session import Command, Rules, Session
from kiosk.stop import Stop
from kiosk.system.memory import set_mmap_threshold
from kiosk.timeline import Timeline
from kiosk.wiring.phone import PageWatch
from kiosk.wiring.tidying import Tidying
from tests.bench.processes import pss_mb
from tests.bench.status_files import Files
from tests.pictures import put_clip

CLIP_FRAMES, CLIP_SIZE = 40, (640, 360)
PAGE, PAGE_CODE = "http://192.168.1.42", ("10" * 14,) * 29
"""What the page says of its address; the code is as large as a real one."""
GET_READY_S, SETTLE_S = 1.0, 11.0
"""Get-ready time, and time into the first exercise until its arrows are gone, in seconds."""


def _clock_stands_still() -> AbstractContextManager[object]:
    now_s = time.monotonic()

    def standing() -> float:
        return now_s

    # This is a plain function because a mock remembers every call, which would look like a growing program.
    return mock.patch("time.monotonic", standing)


class SilentWindow(Window):
    """A window with a file descriptor for keys, as on X11, on which no key ever arrives.

    Without a descriptor the loop would poll for keys 50 times a second.
    """

    def __init__(self, stop: Stop, make_painter: Callable[[Surface], Compositor], size: tuple[int, int]) -> None:
        super().__init__(make_painter, stop.request, size=size)
        self._stop = stop

    def fds(self) -> Sequence[int]:
        return [self._stop.fileno()]


class VirtualKiosk:
    """An app with a button and an invisible window, whose clock is moved only by this class."""

    def __init__(
        self,
        circuit: Circuit,
        size: tuple[int, int],
        cache: Path,
        rules: Rules | None = None,
        pictures: Sequence[OwnPicture] = (),
    ) -> None:
        self.now_s, self.turns, self.frames = 1000.0, 0, 0
        self._commands: list[tuple[Command, float]] = []
        self._stop = Stop()
        figures = [load_figure(path) for path in sorted((config.shipped("assets") / "figures").glob("*.yaml"))]
        shown = FigureFrames(figures, cache, pictures=pictures)
        self.window = SilentWindow(self._stop, lambda surface: Compositor(surface, shown), size)
        session = Session.start_screen((Timeline.of(circuit),), self.now_s, rules)
        self.app = App(session, self._stop, lambda: "18:42", lambda: self.now_s)
        self.app.add_input(self)
        self.app.add_display(self.window)
        self.app.add_task(Tidying())
        self.app.turn()

    def fds(self) -> Sequence[int]:
        return ()

    def read(self, now_s: float) -> list[tuple[Command, float]]:
        commands, self._commands = self._commands, []
        return commands

    def use_page(self, files: Files) -> None:
        """Open the page, and let it say that somebody uses it. Nothing answers there: the wall does not see that."""
        self.app.add_task(PageWatch(files.asked, files.status, lambda: self.now_s))
        self.app.session = self.app.session._replace(rules=Rules(phone=True), phone=Phone())
        self.app.turn()
        status.tell(status.Status(status.State.IN_USE, PAGE, "482913", PAGE_CODE, self.now_s + 900), files.status)
        self.run(1.0)
        assert self.app.session.page_in_use

    def press(self) -> None:
        for command in (Command.PRESS, Command.RELEASE):
            self._commands = [(command, self.now_s)]
            self.app.turn()
            self.now_s += 0.1

    def run(self, seconds: float) -> None:
        """Let `seconds` pass on the virtual clock; the loop takes a turn at each moment it would wake up."""
        until_s = self.now_s + seconds
        while self.now_s < until_s:
            self.app.turn()
            self.turns += 1
            self.now_s += max(self.app.sleeps_s(), 1e-4)

    def read_ahead(self) -> None:
        """Read all pictures of the figures that are on the screen or prefetched.

        The wall does so once per exercise, for some milliseconds of real time in each frame. Under callgrind a program
        reads fewer pictures in that time, so the count would depend on how much callgrind slows the program down.
        """
        # While the clock stands still, the time for reading never runs out.
        with _clock_stands_still():
            self.app.redraw()
            self.app.turn()

    def lapse(self, seconds: float, step_s: float) -> None:
        """Let `seconds` pass on the virtual clock with only one frame every `step_s` seconds.

        Pictures are prefetched for some milliseconds per frame. The clock stands still so that few frames suffice.
        """
        until_s = self.now_s + seconds
        with _clock_stands_still():
            while self.now_s < until_s:
                self.now_s = min(self.now_s + step_s, until_s)
                self.app.turn()

    def end(self) -> None:
        self.app.close()
        self._stop.close()

    def close(self) -> None:
        """Do nothing. The app closes its inputs, and this object is one of them."""


def shipped_circuit() -> Circuit:
    """Return the circuit that is on the start screen of what is shipped."""
    library = config.load(config.shipped("config"))
    return library.circuits[library.usual]


def built(exercises: int, hours: float = 0.0) -> Circuit:
    """Return the shipped circuit with `exercises` exercises and enough rounds to last `hours` hours."""
    shipped = shipped_circuit()
    assert isinstance(shipped.content, Block)
    first = shipped.content.rounds[0]
    one = first._replace(entries=tuple(first.entries[place % len(first.entries)] for place in range(exercises)))
    circuit = replace(shipped, content=Block((one,)), get_ready_s=GET_READY_S)
    rounds = int(hours * 3600 / Timeline.of(circuit).total_s) + 1
    return replace(circuit, content=Block((one,) * max(rounds, shipped.rounds)))


def at_stations(count: int, work_s: float) -> Circuit:
    """Return a circuit of `count` stations with the exercises of the shipped circuit."""
    shipped = shipped_circuit()
    done = [(Task(exercise),) for exercise in shipped.exercises]
    lap = Lap(tuple(done[place % len(done)] for place in range(count)), work_s, changeover_s=10.0)
    return replace(shipped, content=Stations((lap,)), get_ready_s=GET_READY_S)


def with_clip(circuit: Circuit, folder: Path) -> tuple[Circuit, OwnPicture]:
    """Return a circuit in which a clip shows each exercise, and the clip, whose frames are drawn into the folder."""
    put_clip(folder, "clip", CLIP_FRAMES, CLIP_SIZE, seed=1)
    assert isinstance(circuit.content, Block)
    (first, *_) = circuit.content.rounds
    works = [one for one in first.entries if isinstance(one, Work)]
    sets = [[each._replace(tasks=tuple(map(_clipped, each.tasks))) for each in one.sets] for one in works]
    entries = tuple(one._replace(sets=tuple(of)) for one, of in zip(works, sets, strict=True))
    content = Block((first._replace(entries=entries),) * circuit.rounds)
    return replace(circuit, content=content), OwnPictures(folder / "pictures").found("clip")


def _clipped(task: Task) -> Task:
    return task._replace(exercise=task.exercise._replace(figure=None, picture="clip"))


def _draw_clip(circuit: Circuit, clip: OwnPicture, size: tuple[int, int], cache: Path) -> None:
    """Draw the clip as large as it is shown during work. It is in the cache before anything is measured."""
    box_px = stage_box(Context(Layout(*size)), circuit.exercises[0]).size
    for _ in Renderer({}, Folders([cache], print), {clip.id: clip}).draw([SizedFigure(clip.id, box_px)]):
        pass


def main() -> int:
    options = _options()
    set_mmap_threshold()
    width, height = options.size.split("x")
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "kiosk"
    began_s = time.process_time()
    circuit = built(options.exercises, options.hours)
    if options.stations:
        circuit = at_stations(options.stations, GET_READY_S + SETTLE_S + options.seconds + 10.0)
    pictures = []
    if options.clip:
        circuit, clip = with_clip(circuit, Path(options.clip))
        _draw_clip(circuit, clip, (int(width), int(height)), cache)
        pictures.append(clip)
        # The thread would fall behind a clock that is moved forward.
        Decoder.order = lambda self, job: job()  # type: ignore[method-assign]
    kiosk = VirtualKiosk(circuit, (int(width), int(height)), cache, pictures=pictures)
    started_s = time.process_time() - began_s
    if options.page:
        kiosk.use_page(Files(Path(tempfile.mkdtemp(dir=options.page))))
    kiosk.press()
    if options.stations:
        # The first press begins the briefing, the second one ends it.
        kiosk.press()
    # Without this, frames would show stand-ins for pictures not yet read, which cost more the later the pictures come.
    kiosk.read_ahead()
    kiosk.run(GET_READY_S + SETTLE_S)
    if options.paused:
        kiosk.press()
        kiosk.run(SETTLE_S)
    timeline = Timeline.of(circuit)
    result = {"start_s": started_s, "total_h": timeline.total_s / 3600}
    if options.hours:
        round_s = _round_s(timeline)
        # After one whole round, all that a round needs is in memory.
        kiosk.lapse(round_s, options.step)
    result |= _measure(kiosk, options.seconds)
    if options.hours:
        # Whole rounds later, the same pictures are in memory as at the first measurement.
        rounds = int(options.hours * 3600 / round_s) - 1
        kiosk.lapse(rounds * round_s - options.seconds, options.step)
        result |= {f"late_{name}": value for name, value in _measure(kiosk, options.seconds).items()}
    kiosk.end()
    print(json.dumps(result))
    return 0


def _round_s(timeline: Timeline) -> float:
    """Return the seconds from a moment of a round to the same moment of the next round."""
    first, second = (next(one for one in timeline.intervals if one.round == number) for number in (2, 3))
    return second.start_s - first.start_s


def _measure(kiosk: VirtualKiosk, seconds: float) -> dict[str, float]:
    """Return the CPU time, turns and memory of steady frames, without reading the next exercise's pictures."""
    kiosk.read_ahead()
    turns, began_s = kiosk.turns, time.process_time()
    kiosk.run(seconds)
    turns = kiosk.turns - turns
    took_s = time.process_time() - began_s
    return {"cpu_s_per_min": took_s * 60 / seconds, "turns": turns, "memory_mb": pss_mb([os.getpid()])}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--exercises", type=int, default=5)
    parser.add_argument("--stations", type=int, default=0, help="at once, instead of exercises one after the other")
    parser.add_argument("--clip", metavar="DIR", help="show a clip, whose frames are drawn there, instead of figures")
    parser.add_argument("--page", metavar="DIR", help="the page is open and used; its files are made in a folder there")
    parser.add_argument("--paused", action="store_true", help="watch a pause instead of work")
    parser.add_argument("--hours", type=float, default=0.0, help="of the circuit; 0 for the shipped number of rounds")
    parser.add_argument("--step", type=float, default=2.0, help="seconds between frames while hours pass")
    parser.add_argument("--seconds", type=float, default=10.0, help="of work to watch at the full frame rate")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
