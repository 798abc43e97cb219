"""What is visible at a moment: everything that a screen needs to know, and nothing that cannot be seen.

A view holds what changes in steps (digits, words, lines); equal views look the same but for what moves smoothly, and
that is a function of the moment's `t_s`. So "changed" is "not equal", and any moment can be drawn from its view alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import floor, inf
from typing import NamedTuple

from kiosk.circuit import Circuit, EasierOption, Exercise
from kiosk.timeline import Interval, Kind

LAST_SECONDS = 3
"""Number of seconds before each change in which the panel is filled and the ticks sound."""
BREAK_PREVIEW_S = 15.0
"""Length of the end of a round break that shows the next exercise, as a changeover does."""
HOLD_STEPS = 60
DIM_CLOCK_PLACES = 9


class Line(Enum):
    """What a line of text on a running screen is."""

    CUE = "cue"
    TIP = "tip"
    HOW = "how"
    WHY = "why"


class HoldAim(Enum):
    """What holding the button on will do."""

    STOP = "stop"
    NEXT_CIRCUIT = "next circuit"


class Hold(NamedTuple):
    """How far a hold has come, in steps of HOLD_STEPS."""

    aim: HoldAim
    steps: int

    @property
    def fraction(self) -> float:
        return self.steps / HOLD_STEPS


class EasierLane(NamedTuple):
    """Where the easier option is now: holding or resting, and for how many more seconds."""

    option: EasierOption
    holding: bool
    seconds: int


@dataclass(frozen=True, slots=True)
class IntervalView:
    """A running circuit. `next` is the interval after this exercise, None at the end; `lines` of kind `line`.

    `shown_s` is for how long the exercise had been on the screen when the interval began: its movement goes on from
    there, through rest, work and switch.
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
        """Whether a rest shows the next exercise; a round break does so only towards its end."""
        interval = self.interval
        if interval.kind is not Kind.ROUND_BREAK:
            return interval.kind is not Kind.WORK
        return self.seconds <= preview_s(interval)


@dataclass(frozen=True, slots=True)
class CountInView:
    """Resuming: `seconds` until the interval underneath goes on."""

    under: IntervalView
    seconds: int


@dataclass(frozen=True, slots=True)
class PausedView:
    """`restored`: a power cut interrupted the circuit, and it is on offer.

    `ends_in` is how many seconds are left before the place in the circuit is given up, None while that is far off.
    """

    under: IntervalView
    dimmed: bool
    hold: Hold | None = None
    restored: bool = False
    ends_in: int | None = None


@dataclass(frozen=True, slots=True)
class StartView:
    """The start screen. `place` is the station that the tour shows, `card` whether as its form card."""

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
    """Nothing at all: the television sleeps, or should."""


@dataclass(frozen=True, slots=True)
class FinishedView:
    """`seconds` until the start screen comes back."""

    circuit: Circuit
    total_s: float
    seconds: int


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What staff has to fix: where the fault is, what it is and what would be right."""

    code: str
    headline: str
    what: str
    where: str
    fix: str
    footer: str = ""


View = IntervalView | CountInView | PausedView | StartView | DimView | DarkView | FinishedView | ErrorView


class Moment(NamedTuple):
    """A view, and `t_s`: seconds since its interval or its screen began (standing still while the circuit does).

    `badges` are short notes about what is missing, such as a buzzer. `until_s` is when the view changes if nothing
    comes in, on the session's clock; inf for never. A little too early does no harm. The clock on the start screen is
    left out: it changes when the minute does.
    """

    view: View
    t_s: float
    badges: tuple[str, ...] = ()
    until_s: float = inf


def preview_s(interval: Interval) -> float:
    """Return for how many seconds before its end a rest shows the next exercise; in a break, from a new digit on."""
    if interval.kind is Kind.ROUND_BREAK:
        return floor(min(BREAK_PREVIEW_S, interval.duration_s / 2))
    return interval.duration_s
