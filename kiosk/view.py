"""Views. A view holds what a screen shows at a moment, and nothing that cannot be seen.

A view holds only what changes in steps, such as digits, words and lines. Smooth movement depends on the moment's `t_s`.
So equal views look the same apart from movement, and any moment can be drawn from its view and `t_s` alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import floor, inf
from typing import NamedTuple

from kiosk.circuit import Circuit, EasierOption, Exercise, Tasks
from kiosk.duration import clock_text
from kiosk.notice import Notice
from kiosk.phone import PageState
from kiosk.plural import count_of
from kiosk.timeline import Interval, Kind, Mode, Part, Timeline

LAST_SECONDS = 3
"""Number of seconds before each change during which the panel is filled and the ticks are played."""
BREAK_PREVIEW_S = 15.0
"""Time before the end of a round break from which the break shows the next exercise, as a changeover does.
A rest between two parts of a class does the same."""
PART_BREAK_FROM_S = 20.0
"""Minimum length of a rest between two parts in which the parts are shown. In a shorter one people need its whole time
to see what to do next, so it is shown as a changeover."""
HOLD_STEPS = 60
DIM_CLOCK_PLACES = 9
TIME_CAP = "Time cap"
"""What is said if the time ran out before all was done."""
_HAIR_S = 1e-6
"""Tolerance for float rounding. Without it, a press at a full second could count as one second less."""


class Line(Enum):
    """The kinds of text on a running screen."""

    CUE = "cue"
    TIP = "tip"
    HOW = "how"
    WHY = "why"


class HoldAim(Enum):
    """The effect of a hold."""

    STOP = "stop"
    CHOOSE = "choose"
    """On the start screen: open the chooser."""
    PAUSE = "pause"
    """Where a press means something else."""


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

    @property
    def out_of_time(self) -> bool:
        """Whether the time ran out in a list for time. In an AMRAP it always does."""
        return self.capped and self.mode is Mode.FOR_TIME

    @property
    def time(self) -> str:
        """The time that it took, as the clock showed it when the button was pressed."""
        return clock_text(int(self.used_s + _HAIR_S))

    @property
    def result(self) -> str:
        """What was reached, in a few words."""
        if self.mode is Mode.AMRAP:
            return count_of(self.rounds, "round")
        return TIME_CAP if self.out_of_time else self.time


@dataclass(frozen=True, slots=True)
class IntervalView:
    """The screen of a running circuit. `next` is the interval after this exercise, None at the end.

    `seconds` are the seconds on the clock: the time left, or in open work the time since its start. `left` is the time
    left, in open work to its cap. `minutes_left` leaves open work out; `open_ahead` is whether there is any from here
    on. `lines` are texts of the kind `line`. `shown_s` is for how many seconds the exercise had been on the screen when
    the interval began. The figure's movement continues from there, through rest, work and switch. `pressed` is whether
    a press is held that will end open work. `parts` are the parts of a class; other circuits have none. `between_parts`
    is whether this is a rest between two parts. `is_minute` is whether the rounds are minutes, one after the other.
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
    is_minute: bool = False

    @property
    def exercise(self) -> Exercise:
        return self.interval.exercise

    @property
    def press_means(self) -> PressMeans:
        return PRESS_MEANS[self.interval.mode]

    @property
    def passed_s(self) -> float:
        """The seconds since the interval began, as far as the clock tells."""
        return self.seconds if self.interval.open else self.interval.duration_s - self.seconds

    @property
    def last_seconds(self) -> bool:
        return (self.seconds if self.left is None else self.left) <= LAST_SECONDS

    @property
    def previews(self) -> bool:
        """Whether this is a rest that shows the next exercise. A break shows it only towards its end."""
        interval = self.interval
        if not is_break(interval, self.between_parts):
            return not interval.works
        return self.seconds <= preview_s(interval, self.between_parts)


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
    """The start screen. `place` is the index of the tour's exercise, `card` whether the tour shows its form card.

    `total_s` leaves open work out. `parts` are those of a class, else there are none. `listed_s` and `takes_longer` are
    those of the timeline.
    """

    circuit: Circuit
    total_s: float
    circuits: int
    place: int
    card: bool
    clock: str | None
    parts: tuple[Part, ...] = ()
    listed_s: float = 0.0
    takes_longer: bool = False


@dataclass(frozen=True, slots=True)
class ChooserView:
    """The list of circuits. `place` is the index of the entry on show, in `seconds` the start screen is back.

    With `phone`, the circuits are followed by an entry that opens the phone screen; `in_use` is whether somebody uses
    the page already.

    The moment's `t_s` is the time since the list last moved: `moved` is 1 if the next circuit came, -1 if the one
    before came, 0 if the chooser has just opened. `pressed` is whether the button is down, and `skip_and_back` whether
    there are buttons for skip and back.
    """

    timelines: tuple[Timeline, ...]
    place: int
    moved: int
    seconds: int
    pressed: bool = False
    hold: Hold | None = None
    skip_and_back: bool = False
    phone: bool = False
    in_use: bool = False

    @property
    def entries(self) -> int:
        """The number of circuits, and one more for the phone."""
        return len(self.timelines) + self.phone

    def timeline(self, by: int = 0) -> Timeline | None:
        """Return the circuit on show, or the one `by` entries further on in the circle. None is the phone's entry."""
        place = (self.place + by) % self.entries
        return self.timelines[place] if place < len(self.timelines) else None


@dataclass(frozen=True, slots=True)
class PhoneView:
    """The phone screen. `address`, `number` and `code` are those of the page, empty while it opens and if it failed.

    Nobody has come in, and it closes in `seconds` of `lasts` seconds; while somebody uses the page, the start screen is
    back in `seconds`. `dark` is whether the code has been bright for so long that it could burn in. If the page has
    failed, `what` and `fix` say why.
    """

    state: PageState
    address: str = ""
    number: str = ""
    code: tuple[str, ...] = ()
    seconds: int = 0
    lasts: int = 0
    dark: bool = False
    what: str = ""
    fix: str = ""


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
    """The finish screen, `seconds` before the start screen returns. The circuit really ran for `total_s`."""

    circuit: Circuit
    total_s: float
    seconds: int
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice, `seconds` before the start screen returns."""

    notice: Notice
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


View = (
    IntervalView
    | BriefingView
    | CountInView
    | PausedView
    | StartView
    | ChooserView
    | DimView
    | DarkView
    | FinishedView
    | NoticeView
    | PhoneView
    | ErrorView
)


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


PRESS_MEANS = {
    Mode.TIMED: PressMeans.PAUSE,
    Mode.OPEN: PressMeans.DONE,
    Mode.FOR_TIME: PressMeans.ALL_DONE,
    Mode.AMRAP: PressMeans.ROUND,
}


def is_break(interval: Interval, between_parts: bool) -> bool:
    """Return whether this is a break, which first shows what is done: a round break, or a rest between two parts."""
    return interval.kind is Kind.ROUND_BREAK or (between_parts and interval.duration_s >= PART_BREAK_FROM_S)


def preview_s(interval: Interval, between_parts: bool = False) -> float:
    """Return for how many seconds before its end a rest shows the next exercise.

    For a break the result is a whole number, so that the exercise appears together with a new digit.
    """
    if is_break(interval, between_parts):
        return floor(min(BREAK_PREVIEW_S, interval.duration_s / 2))
    return interval.duration_s
