"""What the CPU of a minute of work goes to: the real kiosk on pins that pretend, with a clock in its main parts.

`python -m tests.bench.spent REPORT SECONDS run ...` is that kiosk. It presses its button, watches itself from the
beginning of work, and writes the file REPORT: how many frames there were, and seconds of CPU for each part without the
parts inside it. The clock counts the main thread's CPU, and takes some itself: a frame passes through eight of them.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pygame
from gpiozero.pins.mock import MockFactory

from kiosk import cli
from kiosk.app import App
from kiosk.screen.frame import Frame
from kiosk.screen.painting import Painting
from kiosk.screen.wall import Wall
from kiosk.screen.window import Window
from kiosk.timeline import Kind
from kiosk.view import IntervalView, Moment
from tests.bench.contenders import Places
from tests.bench.table import Row
from tests.bench.watched import press_once
from tests.bench.work import work_config
from tests.bench.xserver import x_server
from tests.pretend_pi import pretend
from tests.program import PATIENCE_S, Program

WAITING, READING, HANDING = "waiting", "reading what came in", "handing to the X server"
PAINTING, VIEWS, STEPS = "painting", "frames of another view", "frames of the same view"
READY, CHORES, REST = "getting ready what comes next", "looking after things", "the rest of a turn"
PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    WAITING: ((App, "_sleep"),),
    READING: ((Window, "read"),),
    VIEWS: ((App, "_live_until_now"), (Wall, "_follow")),
    STEPS: ((Frame, "work_ahead"), (Frame, "advance")),
    PAINTING: ((Painting, "on"),),
    HANDING: ((pygame.display, "update"),),
    READY: ((App, "_look_ahead"),),
    CHORES: ((App, "_do_chores"), (App, "_write_down")),
    REST: ((App, "turn"),),
}


def measure(places: Places, size: tuple[int, int], seconds: float) -> list[Row]:
    report = places.folder / "spent.json"
    config = work_config(places, seconds)
    command = [sys.executable, "-m", "tests.bench.spent", str(report), str(seconds), "run", "--config", str(config)]
    with x_server(size) as x:
        program = Program(command, places.environment(x))
        try:
            program.process.wait(seconds + PATIENCE_S)
        finally:
            program.kill()
    seen = json.loads(report.read_text())
    a_minute = {part: cpu_s * 60 / seconds for part, cpu_s in seen["cpu_s"].items()}
    words = ", ".join(f"{part} {cpu_s:.2f} s" for part, cpu_s in sorted(a_minute.items(), key=lambda one: -one[1]))
    total_s = sum(a_minute.values())
    return [
        Row(
            "  what the kiosk's goes to",
            f"of {total_s:.2f} s, watched from within: {words}; {seen['frames'] / seconds:.1f} frames a second",
            values={"cpu_s": a_minute, "total_s": total_s, "frames": seen["frames"]},
        )
    ]


class Clock:
    """Adds up the CPU of parts that call each other, each without those inside it, while it is on."""

    def __init__(self) -> None:
        self.on = Event()
        self.cpu_s: dict[str, float] = defaultdict(float)
        self._inside_s: list[float] = []

    def watch(self, owner: Any, name: str, part: str) -> None:
        """Have a function's time counted; all of the parts run in the main thread."""
        inner: Callable[..., Any] = getattr(owner, name)

        def counted(*arguments: Any, **named: Any) -> Any:
            if not self.on.is_set():
                return inner(*arguments, **named)
            self._inside_s.append(0.0)
            began_s = time.thread_time()
            try:
                return inner(*arguments, **named)
            finally:
                took_s = time.thread_time() - began_s
                self.cpu_s[part] += took_s - self._inside_s.pop()
                if self._inside_s:
                    self._inside_s[-1] += took_s

        setattr(owner, name, counted)


def main() -> int:
    report, seconds = Path(sys.argv[1]), float(sys.argv[2])
    sys.argv[1:] = sys.argv[3:]
    factory = MockFactory()
    pretend(factory)
    clock, ready, working = Clock(), Event(), Event()
    for part, places in PARTS.items():
        for owner, name in places:
            clock.watch(owner, name, part)
    frames = 0
    add_sounder, show = App.add_sounder, Window.show

    def watched_add(app: App, sounder: Any) -> None:
        add_sounder(app, sounder)
        ready.set()

    def watched_show(window: Window, moment: Moment, *arguments: Any) -> float | None:
        nonlocal frames
        if isinstance(moment.view, IntervalView) and moment.view.interval.kind is Kind.WORK:
            working.set()
            frames += clock.on.is_set()
        return show(window, moment, *arguments)

    App.add_sounder, Window.show = watched_add, watched_show  # type: ignore[method-assign]

    def act() -> None:
        # The pins are opened after the first frame.
        ready.wait()
        time.sleep(1)
        press_once(factory)
        working.wait()
        clock.on.set()
        time.sleep(seconds)
        clock.on.clear()
        report.write_text(json.dumps({"frames": frames, "cpu_s": clock.cpu_s}))
        pygame.event.post(pygame.event.Event(pygame.QUIT))

    Thread(target=act, daemon=True).start()
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
