"""Counts of the kiosk's work. A change that makes the kiosk do more fails here on any machine, slow or fast.

Each bound is about a fifth above the count at the time when it was set. The comment above the bound gives that count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pygame import Surface

from kiosk.app import App, Urgent
from kiosk.circuit import Circuit
from kiosk.colour import Colour
from kiosk.look import look
from kiosk.screen.compositor import Compositor
from kiosk.screen.display_list import SMOOTH_S
from kiosk.screen.figure import FigureFrames
from kiosk.screen.figure.files import Folders
from kiosk.screen.figure.render import Renderer
from kiosk.screen.fonts import Fonts, LineOfText, Weight
from kiosk.session import Command, Phase, Rules, Session
from kiosk.stop import Stop
from kiosk.timeline import Timeline
from kiosk.view import Moment
from tests.bench.figures import shipped_figures, wanted
from tests.bench.lateness import Frame, changes, frame_of
from tests.bench.virtual import at_stations, shipped_circuit

SIZE = (1280, 720)
EIGHT_STATIONS = at_stations(8, 70.0)


class CountedFonts(Fonts):
    def __init__(self) -> None:
        super().__init__()
        self.rendered: list[str] = []
        self.lines: dict[str, LineOfText] = {}

    def render(self, text: str, weight: Weight, size: int, colour: Colour, gap_px: int) -> LineOfText:
        self.rendered.append(text)
        line = self.lines[text] = super().render(text, weight, size, colour, gap_px)
        return line


def packed(line: LineOfText) -> bool:
    """Return whether SDL has packed the letters. It packs them when it first paints them, and they then need a lock."""
    return line.surface.mustlock()


@dataclass
class Counts:
    wakeups: int = 0
    looks: int = 0
    """Number of times that the whole view was worked out. At the other wake-ups only time had passed."""
    flips: int = 0
    """Number of frames with a change to put on the screen."""
    rects: int = 0
    screens: float = 0.0
    """Number of pixels painted, divided by the number of pixels of the screen."""
    texts: int = 0
    texts_late: list[str] = field(default_factory=list)
    """Texts that were rendered only when they had to be shown, not beforehand."""


@dataclass
class Kiosk:
    """The real app and wall, on a clock that the test moves. In place of the window, it only counts."""

    cache: Path
    monkeypatch: pytest.MonkeyPatch
    rules: Rules = field(default_factory=Rules)
    circuit: Circuit | None = None
    """The circuit, None for the shipped one."""
    now_s: float = 1000.0
    counts: Counts = field(default_factory=Counts)
    frames: list[Frame] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fonts = CountedFonts()
        self.monkeypatch.setattr("kiosk.app.look", self.look)
        self.figures = FigureFrames(shipped_figures(), self.cache)
        self.wall = Compositor(Surface(SIZE, 0, 32), self.figures, self.fonts)
        self.commands: list[tuple[Command, float]] = []
        timeline = Timeline.of(self.circuit or shipped_circuit())
        session = Session.start_screen((timeline,), self.now_s, self.rules)
        self.app = App(session, Stop(), lambda: "18:42", lambda: self.now_s)
        self.app.add_input(self)
        self.app.add_display(self)
        self.app.turn()

    def fds(self) -> Sequence[int]:
        return ()

    def read(self, now_s: float) -> list[tuple[Command, float]]:
        commands, self.commands = self.commands, []
        return commands

    def look(self, *arguments: Any) -> Moment:
        self.counts.looks += 1
        return look(*arguments)

    def show(self, moment: Moment, now_s: float) -> float:
        rendered = len(self.fonts.rendered)
        changed = self.wall.draw(moment, now_s)
        if frame := frame_of(moment, now_s, now_s):
            self.frames.append(frame)
        self.counts.texts_late += self.fonts.rendered[rendered:]
        self.counts.flips += bool(changed)
        self.counts.rects += len(changed)
        self.counts.screens += sum(rect.width * rect.height for rect in changed) / (SIZE[0] * SIZE[1])
        return self.wall.stays_s(now_s)

    def prepare(self, urgent: Urgent) -> None:
        self.wall.prepare(urgent)

    def warm_up(self, moments: Iterator[Moment]) -> None:
        self.wall.warm_up(moments)

    def close(self) -> None: ...

    def press(self) -> None:
        for command in (Command.PRESS, Command.RELEASE):
            self.commands = [(command, self.now_s)]
            self.app.turn()
            self.now_s += 0.05

    def run(self, seconds: float) -> Counts:
        """Run the app for some seconds, with a turn whenever the loop would wake; return the counts for that time."""
        self.counts, rendered = Counts(), len(self.fonts.rendered)
        until_s = self.now_s + seconds
        while self.now_s < until_s:
            self.app.turn()
            self.counts.wakeups += 1
            self.now_s += max(self.app.sleeps_s(), 1e-4)
        self.counts.texts = len(self.fonts.rendered) - rendered
        return self.counts


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a figure cache with all clips that the tests below show, as a wall has from its second day on."""
    folder = tmp_path_factory.mktemp("figures")
    wants = [*wanted(shipped_circuit(), SIZE, 1), *wanted(EIGHT_STATIONS, SIZE, 1)]
    # Drawn here, because the drawing process runs at the lowest priority, and a busy machine would have it wait.
    for _ in Renderer({one.id: one for one in shipped_figures()}, Folders([folder], print)).draw(wants):
        pass
    return folder


def working(kiosk: Kiosk) -> None:
    """Press the button and run the kiosk until the first exercise begins."""
    kiosk.press()
    kiosk.run(kiosk.app.session.timeline.intervals[0].duration_s)


def test_a_minute_of_work(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = Kiosk(cache, monkeypatch)
    working(kiosk)
    counts = kiosk.run(60.0)
    # 1,391, while 30 a second would be 1,800. As long as the figure holds still, nothing is due.
    assert counts.wakeups <= 1680
    # 168, one for every eight wake-ups. At the others only time had passed.
    assert counts.looks <= 205
    # 1,387, because nearly every wake-up has a change to show.
    assert counts.flips <= 1670
    # 3,581, for the moving parts of the figure and the line by which the tank sinks.
    assert counts.rects <= 4300
    # 65 screens, so a frame paints about a twentieth of the screen.
    assert counts.screens <= 78
    # 37, for the ten digits, each cue once, and 18 steps in which the last digits settle.
    assert counts.texts <= 45


def test_a_minute_of_stations(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = Kiosk(cache, monkeypatch, circuit=EIGHT_STATIONS)
    kiosk.press()
    working(kiosk)
    kiosk.run(1.0)
    assert kiosk.app.session.phase is Phase.RUNNING
    # Five exercises, of which one may have only athletes that have moved already.
    assert len(kiosk.figures.stills) >= 4
    counts = kiosk.run(60.0)
    # 1,064, because the athletes hold still now and then, each in its turn.
    assert counts.wakeups <= 1280
    # 163
    assert counts.looks <= 200
    # 1,052
    assert counts.flips <= 1270
    # 2,975, for the one athlete that moves and the line by which the tank sinks.
    assert counts.rects <= 3600
    # 7.8 screens, an eighth of what one large figure takes.
    assert counts.screens <= 9.4
    # 6: the digits that were not shown before.
    assert counts.texts <= 8


def test_the_figure_moves_when_it_should(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = Kiosk(cache, monkeypatch)
    kiosk.press()
    kiosk.run(kiosk.app.session.timeline.intervals[0].duration_s + 60.0)
    late_s = [by_s for _, by_s in changes(kiosk.frames)]
    # 1,401 new pictures of the figure.
    assert len(late_s) > 1300
    # 40, during fades, and after a frame that was drawn for something else. Drawing takes no time here.
    assert sum(by_s > 0.010 for by_s in late_s) <= 48
    assert max(late_s) <= SMOOTH_S


def test_the_start_screen(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = Kiosk(cache, monkeypatch)
    kiosk.run(5.0)
    counts = kiosk.run(10.0)
    # 265, for the figure and the glow of the button.
    assert counts.wakeups <= 305
    # 20
    assert counts.looks <= 24
    # 9.8, including two changes of the tour.
    assert counts.screens <= 11.8
    # 22, for one form card.
    assert counts.texts <= 27


def test_a_paused_circuit_is_left_alone(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = Kiosk(cache, monkeypatch)
    working(kiosk)
    kiosk.run(5.0)
    kiosk.press()
    kiosk.run(5.0)
    counts = kiosk.run(20.0)
    assert kiosk.app.session.phase is Phase.PAUSED
    # 20, one each second.
    assert counts.wakeups <= 24
    assert counts.flips <= 1
    assert counts.texts == 0
    # The picture moves a little every minute, against burn-in.
    assert kiosk.run(120.0).flips == 2


def test_a_hold_fills_smoothly(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = Kiosk(cache, monkeypatch)
    working(kiosk)
    kiosk.run(5.0)
    kiosk.commands = [(Command.PRESS, kiosk.now_s)]
    kiosk.run(0.5)
    assert kiosk.app.session.phase is Phase.PAUSED
    # 30 steps a second, although on the paused screen only the hold itself moves.
    assert kiosk.run(1.0).flips >= 29


def test_a_dimmed_start_screen_is_left_alone(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = Kiosk(cache, monkeypatch, rules=Rules(dim_after_s=1.0))
    kiosk.run(8.0)
    counts = kiosk.run(50.0)
    assert kiosk.app.session.dimmed
    # 50, one each second.
    assert counts.wakeups <= 60
    # The picture moves twice, against burn-in.
    assert counts.flips <= 2
    assert counts.texts == 0


@pytest.mark.parametrize("dim_after_s", [0.0, 1.0])
def test_no_frame_is_drawn_when_nothing_changed(
    cache: Path, monkeypatch: pytest.MonkeyPatch, dim_after_s: float
) -> None:
    kiosk = Kiosk(cache, monkeypatch, rules=Rules(dim_after_s=dim_after_s))
    if not dim_after_s:
        working(kiosk)
        kiosk.press()
    kiosk.run(29.0 - kiosk.now_s % 30.0)
    kiosk.run(3.0)
    counts = kiosk.run(24.0)
    assert (counts.flips, counts.rects, counts.texts) == (0, 0, 0)


def test_the_screen_after_a_press_is_made_before(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = Kiosk(cache, monkeypatch)
    kiosk.run(5.0)
    kiosk.counts.texts_late.clear()
    kiosk.press()
    assert kiosk.app.session.phase is Phase.RUNNING
    assert kiosk.counts.texts_late == []


def test_pausing_renders_nothing(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = Kiosk(cache, monkeypatch)
    working(kiosk)
    kiosk.run(11.4)
    assert packed(kiosk.fonts.lines["PAUSED"])
    kiosk.counts.texts_late.clear()
    kiosk.press()
    assert kiosk.app.session.phase is Phase.PAUSED
    assert kiosk.counts.texts_late == []


def test_pausing_paints_only_rows_with_something_in_them(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = Kiosk(cache, monkeypatch)
    working(kiosk)
    kiosk.run(11.4)
    kiosk.counts.screens = 0.0
    kiosk.commands = [(Command.PRESS, kiosk.now_s)]
    kiosk.app.turn()
    assert kiosk.app.session.phase is Phase.PAUSED
    # The title, everything from the panel's top to the band's end, and the footer: 0.81 of the screen's rows.
    assert 0.7 < kiosk.counts.screens < 0.85
