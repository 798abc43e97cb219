"""Moments of a running circuit for the tests of the screen, and simple figures that are quick to draw."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import inf
from typing import Any, Self

from pygame import Rect, Surface

from kiosk.circuit import Circuit, EasierOption, Entry, Exercise, Side, Sides
from kiosk.colour import Colour
from kiosk.look import look
from kiosk.screen.figure.sprite import Sprite, SpritePart
from kiosk.screen.figures import UNSETTLED_S, FigureMoment, Figures, Shown
from kiosk.session import Command, Phase, Session, step
from kiosk.timeline import Interval, Kind, Timeline
from kiosk.view import Moment
from tests.samples import rounds_of, work

SIZES = (
    *((1920, 1080), (1280, 720), (1024, 768), (800, 480), (3840, 2160), (2560, 1080), (1280, 1024)),
    *((1080, 1920), (768, 1024), (480, 800)),
)

_SENTENCE = "Żółta łódź płynie wśród mgły, Großmütter heben Ärmel über Köpfe, Ω und Ж"
_WIDE = "WWWWW MMMMMM WWWWW MMMMM WWWW MM W MMMMMMMM WWWWWWW MMMMM WWWWWW MMMMM WWWWWW"


def longest(texts: str, **changes: Any) -> Exercise:
    """Return an exercise whose texts are cut from `texts` and as long as the config allows."""

    def cut(length: int, start: int = 0) -> str:
        return (texts[start:] + " " + texts)[:length].strip().ljust(length, "m")

    fields: dict[str, Any] = {
        "id": "longest",
        "name": cut(32),
        "short": cut(16, 3),
        "muscles": tuple(cut(12, start) for start in range(6)),
        "why": (cut(34), cut(34, 5)),
        "how": (cut(34, 2), cut(34, 7)),
        "steps": tuple(cut(76, start) for start in range(6)),
        "tip": (cut(34, 1), cut(34, 4)),
        "cues": (cut(27), cut(27, 6)),
        "equipment": tuple(cut(12, start) for start in (0, 8, 20, 30)),
        "figure": "longest",
    }
    return Exercise(**{**fields, **changes})


def realistic() -> Exercise:
    return Exercise(
        id="plank",
        name="Side plank",
        short="Side plank",
        muscles=("Obliques", "Quads", "Shoulders"),
        why=("Strong obliques keep you upright", "when you get tired"),
        how=("Elbow under shoulder, feet stacked", "Lift into one straight line"),
        steps=("Lie on your side.", "Put your elbow under your shoulder.", "Lift your hips and hold."),
        tip=("Cannot hold for the whole time?", "Hold 10 s, rest 5 s, and repeat"),
        cues=("Elbow under shoulder", "One straight line"),
        equipment=("mat", "stability ball"),
        sides=Sides.EACH,
        easier=EasierOption(10, 5),
        figure="plank",
    )


def circuits() -> dict[str, Circuit]:
    """Return circuits with texts and numbers that are hard to fit on the screen, by name."""
    sides: dict[str, object] = {"sides": Sides.EACH, "easier": EasierOption(10, 5)}
    plank = work(realistic(), 40, 12, 5)
    bridge = work(longest("Glute bridge with one leg stretched out", figure=None), 60, 10, 5)
    return {
        "real": _circuit(3, plank, bridge, plank, bridge, plank),
        "longest": _circuit(3, work(longest(_SENTENCE, **sides), 120, 20, 5), work(longest(_SENTENCE), 200, 20)),
        "widest": _circuit(12, *[work(longest(_WIDE, **sides), 120, 20, 5)] * 12, break_s=200.0),
        "steps": _circuit(99, *[work(longest(_WIDE, figure=None, **sides), 3600, 3000, 300)] * 30, break_s=3600.0),
    }


def _circuit(rounds: int, *entries: Entry, break_s: float = 40.0) -> Circuit:
    content = rounds_of(*entries, rounds=rounds, break_s=break_s)
    return Circuit(id="c", name="Strained circuit", content=content, get_ready_s=10)


def moments(circuit: Circuit) -> dict[str, Moment]:
    """Return a moment of every scene of a running circuit, in each state that the scene can show, by name."""
    timeline = Timeline.of(circuit)
    found: dict[str, Moment] = {}
    badges = ("no buzzer", "no button: use the keyboard", "clock not set")
    for kind in Kind:
        for side in (None, *Side):
            interval = _first(timeline, kind, side)
            if interval is None:
                continue
            name = f"{kind}-{side}"
            found[name] = at(timeline, interval.start_s + 0.9)
            found[f"{name}-later"] = at(timeline, interval.start_s + min(6.2, interval.duration_s / 2))
            found[f"{name}-tip"] = at(timeline, interval.start_s + min(17.0, interval.duration_s - 0.5), badges)
            found[f"{name}-last"] = at(timeline, interval.end_s - 1.5)
            found[f"{name}-paused"] = paused(timeline, interval.start_s + 0.9)
            found[f"{name}-dimmed"] = paused(timeline, interval.start_s + 0.9, 200.0)
            found[f"{name}-ending"] = paused(timeline, interval.start_s + 0.9, 850.0)
            found[f"{name}-held"] = paused(timeline, interval.start_s + 0.9, 1.2, held=True)
            found[f"{name}-count-in"] = counting_in(timeline, interval.start_s + 0.9)
    found["hold"] = look(_running(timeline, 1.2, released=False))
    return found


def at(timeline: Timeline, elapsed_s: float, badges: tuple[str, ...] = ()) -> Moment:
    return look(_running(timeline, elapsed_s), badges=badges)


def pressed(timeline: Timeline, at_s: float, *presses_s: float, held_s: float = inf) -> Moment:
    """Return the moment `at_s` after the start of the circuit, after presses. Since `held_s` the button is down."""
    session = _running(timeline, 0.0)
    for press_s in (one for one in presses_s if one <= at_s):
        for command in (Command.PRESS, Command.RELEASE):
            session = step(session, press_s, command).session
    if held_s < at_s:
        session = step(session, held_s, Command.PRESS).session
    return look(step(session, at_s).session)


def paused(timeline: Timeline, elapsed_s: float, for_s: float = 0.1, *, held: bool = False) -> Moment:
    session = step(_running(timeline, elapsed_s), 0.0, Command.PRESS).session
    if not held:
        session = step(session, session.now_s, Command.RELEASE).session
    return look(step(session, session.now_s + for_s).session)


def counting_in(timeline: Timeline, elapsed_s: float) -> Moment:
    session = _running(timeline, elapsed_s)
    for command in (Command.PRESS, Command.RELEASE, Command.PRESS, Command.RELEASE):
        session = step(session, session.now_s + 0.1, command).session
    return look(step(session, session.now_s + 1.0).session)


def _running(timeline: Timeline, elapsed_s: float, *, released: bool = True) -> Session:
    session = step(Session.start_screen((timeline,), 0.0), 0.0, Command.PRESS).session
    if released:
        session = step(session, 0.0, Command.RELEASE).session
    if session.phase is Phase.BRIEFING:
        session = step(step(session, 0.0, Command.PRESS).session, 0.0, Command.RELEASE).session
    return step(session, elapsed_s).session


def _first(timeline: Timeline, kind: Kind, side: Side | None) -> Interval | None:
    fits = (one for one in timeline.intervals if one.kind is kind and one.side is side)
    return next(fits, None)


@dataclass(eq=False)
class Block(SpritePart):
    """A part of a sprite that fills its rectangle with one colour."""

    key: Hashable
    rect: Rect
    colour: Colour
    opaque: bool = True

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        target.fill(self.colour, self.rect.move(box_topleft))


class Blocks(Figures):
    """Figures for tests: a moving block whose position and colour show its side and arrows."""

    def get(self, moment: FigureMoment) -> Shown:
        name, t_s, size, accent, side, arrows, *_ = moment
        step_ = int(t_s * 12) % 24
        rect = Rect(step_ if side is Side.LEFT else size[0] // 4, step_, size[0] * 3 // 4 - step_, size[1] - 2 * step_)
        colour = (accent[0] // 2, accent[1] // 2, 90 if arrows else 30)
        stays_s = (int(t_s * 12) + 1) / 12 - t_s
        key = (name, step_, size, accent, side, arrows)
        return Shown(Sprite(key, DARK, (Block(key, rect, colour),)), min(stays_s, UNSETTLED_S))


class Bar(SpritePart):
    """A part of a sprite that fills its box up to a level, and can repaint only the rows that differ."""

    opaque = True

    def __init__(self, level: int, rect: Rect, colour: Colour) -> None:
        self.key, self.rect, self.source = level, rect, ("bar", colour, tuple(rect))
        self.level, self.colour = level, colour

    def differs(self, before: Self) -> list[Rect]:
        low, high = sorted((before.level, self.level))
        return [Rect(0, self._top(high), self.rect.width, self._top(low) - self._top(high))]

    def onto(self, before: Self) -> Callable[[Surface, tuple[int, int]], None]:
        return self._rows(min(before.level, self.level) - 1, max(before.level, self.level) + 1)

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        target.fill((40, 40, 40), self.rect.move(box_topleft))
        self._rows(0, LEVELS)(target, box_topleft)

    def _rows(self, first: int, last: int) -> Callable[[Surface, tuple[int, int]], None]:
        """Return a function that paints these rows. As with real layers, it may paint more rows than differ."""

        def put(target: Surface, box_topleft: tuple[int, int]) -> None:
            for level in range(max(0, first), min(last, LEVELS)):
                row = Rect(0, self._top(level + 1), self.rect.width, self._top(level) - self._top(level + 1))
                target.fill(self.colour if level < self.level else (40, 40, 40), row.move(box_topleft))

        return put

    def _top(self, level: int) -> int:
        return self.rect.height - self.rect.height * level // LEVELS


LEVELS, LEVEL_S = 12, 0.07
DARK: Colour = (10, 13, 18)


class Bars(Blocks):
    """Figures for tests: a bar that rises and sinks at known times, with two spots on the bar as arrows."""

    def get(self, moment: FigureMoment) -> Shown:
        t_s, size, accent, arrows = moment.t_s, moment.box_px, moment.accent, moment.arrows
        turn = int(t_s / LEVEL_S + 1e-6)
        level = abs(LEVELS - turn % (2 * LEVELS))
        box = Rect((0, 0), size)
        spots = [box.scale_by(0.2, 0.2).move(0, by * size[1] // 4) for by in (-1, 1)] if arrows else []
        over = [Block((place, accent), spot, accent, opaque=False) for place, spot in enumerate(spots)]
        stays_s = (turn + 1) * LEVEL_S - t_s
        return Shown(Sprite((level, size, accent, arrows), DARK, (Bar(level, box, (90, 0, 0)), *over)), stays_s)
