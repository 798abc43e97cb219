"""When the television sleeps. Time is a parameter here; what switches it is in `cec`."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

DAY_MIN = 24 * 60
AFTER_HOURS_S = 5 * 60.0
"""Who wakes the wall while the gym is closed gets this long to start, unless less is configured."""

Span = tuple[int, int] | None
"""Opening and closing in minutes since midnight, None for a closed day. An end before the start is after midnight."""
ALWAYS: Span = (0, DAY_MIN)


@dataclass(frozen=True, slots=True)
class Rules:
    """`sleep_after_s` of idling, 0 for never. `hours` from Monday to Sunday."""

    sleep_after_s: float = 0.0
    hours: tuple[Span, ...] = (ALWAYS,) * 7

    def __post_init__(self) -> None:
        if len(self.hours) != 7:
            raise ValueError(f"a week has 7 days, not {len(self.hours)}")


class Wall(NamedTuple):
    """The time of day, local: `weekday` counts from Monday = 0, `minute` from midnight."""

    weekday: int
    minute: int


def is_open(hours: tuple[Span, ...], wall: Wall | None) -> bool:
    """Return whether the gym is open. While the time of day is not known it counts as open: nobody is shut out."""
    if wall is None:
        return True
    today, yesterday = hours[wall.weekday], hours[wall.weekday - 1]
    if today is not None:
        opens, closes = today
        if opens <= wall.minute and (wall.minute < closes or closes <= opens):
            return True
    return yesterday is not None and yesterday[1] <= yesterday[0] and wall.minute < yesterday[1]


class Sleep:
    """Decides whether the television sleeps: a state that `turn` moves on with time.

    It sleeps after `sleep_after_s` without a press on the start screen, and out of hours sooner. It wakes with a press,
    and when the gym opens.
    """

    def __init__(self, rules: Rules, now_s: float) -> None:
        self.rules = rules
        self.asleep = False
        self._active_s = now_s
        self._open: bool | None = None

    def turn(self, now_s: float, idle: bool, wall: Wall | None) -> bool:
        """Let time pass until `now_s`, seconds on the monotonic clock; return whether it sleeps.

        `idle`: the start screen is shown. `wall` is None while the time of day is not known.
        """
        open_ = is_open(self.rules.hours, wall)
        if not idle or (open_ and self._open is False):
            self._wake(now_s)
        self._open = open_
        if not self.asleep and now_s - self._active_s >= self._patience_s(open_):
            self.asleep = True
        return self.asleep

    def press(self, now_s: float) -> bool:
        """Note a press. Return whether it woke the television: then it must start nothing."""
        woken = self.asleep
        self._wake(now_s)
        return woken

    def _wake(self, now_s: float) -> None:
        self.asleep = False
        self._active_s = max(self._active_s, now_s)

    def _patience_s(self, open_: bool) -> float:
        after_s = self.rules.sleep_after_s or inf
        return after_s if open_ else min(after_s, AFTER_HOURS_S)
