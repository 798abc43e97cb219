"""Views. A view holds what a screen shows at a moment, and nothing that cannot be seen.

A view holds only what changes in steps, such as digits, words and lines. Smooth movement depends on the moment's `t_s`.
So equal views look the same apart from movement, and any moment can be drawn from its view and `t_s` alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import floor, inf
from typing import NamedTuple

from kiosk.circuit import Circuit, EasierOption, Exercise
from kiosk.timeline import Interval, Kind

LAST_SECONDS = 3
"""Number of seconds before each change during which the panel is filled and the ticks are played."""
BREAK_PREVIEW_S = 15.0
"""Time before the end of a round break from which the break shows the next exercise, as a changeover does."""
HOLD_STEPS = 60
DIM_CLOCK_PLACES = 9


class Line(Enum):
    """The kinds of text on a running screen."""

    CUE = "cue"
    TIP = "tip"
    HOW = "how"
    WHY = "why"


class HoldAim(Enum):
    """The effect of a hold."""

    STOP = "stop"
    NEXT_CIRCUIT = "next circuit"


class Hold(NamedTuple):
    """The aim of a hold, and its progress as `steps` out of HOLD_STEPS."""

    aim: HoldAim
    steps: int

    @property
    def fraction(self) -> float:
        return self.steps / HOLD_STEPS


class EasierLane(NamedTuple):
    """The state of the easier option: whether people now hold or rest, and for how many more seconds."""

    option: EasierOption
    holding: bool
    seconds: int


@dataclass(frozen=True, slots=True)
class IntervalView:
    """The screen of a running circuit. `next` is the interval after this exercise, None at the end.

    `lines` are texts of the kind `line`. `shown_s` is for how many seconds the exercise had been on the screen when the
    interval began. The figure's movement continues from there, through rest, work and switch.
    """

    circuit: Circuit
    interval: Interval
    seconds: int
    next: Interval | None
    minutes_left: int
    line: Line
    lines: tuple[str, ...]
    shown_s: float = 0.0
    easier: EasierLane | None = None
    hold: Hold | None = None

    @property
    def exercise(self) -> Exercise:
        return self.interval.exercise

    @property
    def last_seconds(self) -> bool:
        return self.seconds <= LAST_SECONDS

    @property
    def previews(self) -> bool:
        """Whether this is a rest that shows the next exercise. A round break shows it only towards its end."""
        interval = self.interval
        if interval.kind is not Kind.ROUND_BREAK:
            return interval.kind is not Kind.WORK
        return self.seconds <= preview_s(interval)


@dataclass(frozen=True, slots=True)
class CountInView:
    """The count-in screen, `seconds` before the interval of `under` resumes."""

    under: IntervalView
    seconds: int


@dataclass(frozen=True, slots=True)
class PausedView:
    """The screen of a paused circuit. `restored` is whether the circuit is offered again after a power cut.

    `ends_in` is the number of seconds until the pause ends and the position is lost, None while that is far off.
    """

    under: IntervalView
    dimmed: bool
    hold: Hold | None = None
    restored: bool = False
    ends_in: int | None = None


@dataclass(frozen=True, slots=True)
class StartView:
    """The start screen. `place` is the index of the tour's station, `card` whether the tour shows its form card."""

    circuit: Circuit
    total_s: float
    circuits: int
    place: int
    card: bool
    clock: str | None


@dataclass(frozen=True, slots=True)
class DimView:
    """The start screen after a while without a press: a clock that moves among DIM_CLOCK_PLACES, against burn-in."""

    clock: str | None
    place: int


@dataclass(frozen=True, slots=True)
class DarkView:
    """A black screen, for when the television sleeps or should sleep."""


@dataclass(frozen=True, slots=True)
class FinishedView:
    """The finish screen, `seconds` before the start screen returns."""

    circuit: Circuit
    total_s: float
    seconds: int


@dataclass(frozen=True, slots=True)
class ErrorView:
    """The error screen for staff, which says what is wrong, where, and what would be right."""

    code: str
    headline: str
    what: str
    where: str
    fix: str
    footer: str = ""


View = IntervalView | CountInView | PausedView | StartView | DimView | DarkView | FinishedView | ErrorView


class Moment(NamedTuple):
    """A view, and `t_s`, the seconds since the view's interval or screen began. `t_s` stands still in a paused circuit.

    `badges` are short notes about problems, such as a missing buzzer. `until_s` is the time on the session's clock at
    which the view changes if there is no command, inf for never. `until_s` may be a little too early. It ignores the
    clock on the start screen, which changes every minute.
    """

    view: View
    t_s: float
    badges: tuple[str, ...] = ()
    until_s: float = inf


def preview_s(interval: Interval) -> float:
    """Return for how many seconds before its end a rest shows the next exercise.

    For a round break the result is a whole number, so that the exercise appears together with a new digit.
    """
    if interval.kind is Kind.ROUND_BREAK:
        return floor(min(BREAK_PREVIEW_S, interval.duration_s / 2))
    return interval.duration_s
