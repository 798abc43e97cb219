"""Views: everything that a screen shows at a moment, and nothing that cannot be seen.

A view holds what changes in steps: digits, words, lines. What moves smoothly is a function of the moment's `t_s`. So
a view has changed if it is not equal to the last one, and any moment can be drawn from its view and `t_s` alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import floor, inf
from typing import NamedTuple

from kiosk.circuit import Circuit, EasierOption, Exercise, Tasks
from kiosk.timeline import Interval, Kind, Mode, Part

LAST_SECONDS = 3
"""Number of seconds before each change in which the panel is filled and the ticks sound."""
BREAK_PREVIEW_S = 15.0
"""Time before the end of a round break from which it shows the next exercise, as a changeover does."""
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
    PAUSE = "pause"
    """Where a press means something else."""


class Hold(NamedTuple):
    """The progress of a hold: `steps` of HOLD_STEPS."""

    aim: HoldAim
    steps: int

    @property
    def fraction(self) -> float:
        return self.steps / HOLD_STEPS


class EasierLane(NamedTuple):
    """The state of the easier option: whether it is holding or resting, and for how many more seconds."""

    option: EasierOption
    holding: bool
    seconds: int


class PressMeans(Enum):
    """The effect of a press while the circuit runs."""

    PAUSE = "pause"
    DONE = "done"
    """The set is done: go on."""
    ALL_DONE = "all done"
    """All tasks are done, as fast as one could."""
    ROUND = "round"
    """One more round is done."""


class Tally(NamedTuple):
    """The rounds that were counted in an AMRAP. Times are in seconds since its start.

    The current round began at `since_s`; `last_s` is how long the last one took, None before the first is done.
    """

    rounds: int
    since_s: float = 0.0
    last_s: float | None = None


class Score(NamedTuple):
    """What was reached in an AMRAP or for time, for the finish screen.

    `used_s` is the time that it took, the cap if that was reached (`capped`); `rounds` are those of an AMRAP.
    """

    name: str
    mode: Mode
    tasks: Tasks
    used_s: float
    cap_s: float
    capped: bool
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class IntervalView:
    """A running circuit. `next` is the interval after this exercise, None at the end; `lines` are of kind `line`.

    `seconds` are those on the clock: what is left, but in open work what has elapsed; then `left` is what is left to
    its cap. `minutes_left` leaves open work out; `open_ahead` is whether there is any from here on. `shown_s` is for
    how many seconds the exercise had been on the screen when the interval began: its movement continues from there,
    through rest, work and switch. `pressed` is whether a press is held that will end open work. `parts` are those of a
    class, else there are none; `between_parts` is whether this rest is between two of them.
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
    left: int | None = None
    open_ahead: bool = False
    pressed: bool = False
    tally: Tally | None = None
    parts: tuple[Part, ...] = ()
    between_parts: bool = False

    @property
    def exercise(self) -> Exercise:
        return self.interval.exercise

    @property
    def press_means(self) -> PressMeans:
        return _PRESS_MEANS[self.interval.mode]

    @property
    def last_seconds(self) -> bool:
        return (self.seconds if self.left is None else self.left) <= LAST_SECONDS

    @property
    def previews(self) -> bool:
        """Whether a rest shows the next exercise; a round break does so only towards its end."""
        interval = self.interval
        if interval.kind is not Kind.ROUND_BREAK:
            return not interval.works
        return self.seconds <= preview_s(interval)


@dataclass(frozen=True, slots=True)
class BriefingView:
    """The stations of a circuit before it begins: `place` is the index of the one on show.

    `seconds` are those until work begins, with the time to get ready.
    """

    circuit: Circuit
    stations: tuple[Tasks, ...]
    place: int
    seconds: int
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class CountInView:
    """The count-in: `seconds` until the interval of `under` resumes."""

    under: IntervalView
    seconds: int


@dataclass(frozen=True, slots=True)
class PausedView:
    """A paused circuit. `restored` is whether a power cut interrupted it, so that it is offered again.

    `ends_in` is the number of seconds until the pause ends and its position is lost, None while that is far off.
    """

    under: IntervalView
    dimmed: bool
    hold: Hold | None = None
    restored: bool = False
    ends_in: int | None = None


@dataclass(frozen=True, slots=True)
class StartView:
    """The start screen. `place` is the index of the exercise that the tour shows, `card` whether as a form card.

    `total_s` leaves open work out. `parts` are those of a class, else there are none.
    """

    circuit: Circuit
    total_s: float
    circuits: int
    place: int
    card: bool
    clock: str | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class DimView:
    """The start screen after a while without a press: a clock that moves among DIM_CLOCK_PLACES, against burn-in."""

    clock: str | None
    place: int


@dataclass(frozen=True, slots=True)
class DarkView:
    """A black screen: the television sleeps, or should."""


@dataclass(frozen=True, slots=True)
class FinishedView:
    """The finish screen: `seconds` until the start screen returns, `total_s` for which the circuit really ran."""

    circuit: Circuit
    total_s: float
    seconds: int
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorView:
    """The error screen for staff: what is wrong, where, and what would be right."""

    code: str
    headline: str
    what: str
    where: str
    fix: str
    footer: str = ""


View = (
    IntervalView | BriefingView | CountInView | PausedView | StartView | DimView | DarkView | FinishedView | ErrorView
)


class Moment(NamedTuple):
    """A view, and `t_s`: seconds since its interval or its screen began. It stands still while the circuit does.

    `badges` are short notes about what is missing, such as a buzzer. `until_s` is when the view changes if there is no
    command, on the session's clock; inf for never. It may be a little too early. It leaves out the clock on the start
    screen, which changes when the minute does.
    """

    view: View
    t_s: float
    badges: tuple[str, ...] = ()
    until_s: float = inf


_PRESS_MEANS = {
    Mode.TIMED: PressMeans.PAUSE,
    Mode.OPEN: PressMeans.DONE,
    Mode.FOR_TIME: PressMeans.ALL_DONE,
    Mode.AMRAP: PressMeans.ROUND,
}


def preview_s(interval: Interval) -> float:
    """Return for how many seconds before its end a rest shows the next exercise.

    For a round break it is a whole number, so that the exercise appears together with a new digit.
    """
    if interval.kind is Kind.ROUND_BREAK:
        return floor(min(BREAK_PREVIEW_S, interval.duration_s / 2))
    return interval.duration_s
