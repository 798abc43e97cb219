"""The rules by which the television sleeps. Time is a parameter here, and `cec` does the switching."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

DAY_MIN = 24 * 60
AFTER_HOURS_S = 5 * 60.0
"""Maximum idle time while the gym is closed. People who wake the television have this long to start a circuit."""

Hours = tuple[int, int] | None
"""Opening and closing time of a day in minutes since midnight, None for a closed day.

Closing no later than opening means closing on the next day.
"""
ALWAYS: Hours = (0, DAY_MIN)


@dataclass(frozen=True, slots=True)
class SleepRules:
    """The settings of the config for the television's sleep.

    `sleep_after_s` is the idle time before the television sleeps, 0 for never. `hours` are the opening hours from
    Monday to Sunday.
    """

    sleep_after_s: float = 0.0
    hours: tuple[Hours, ...] = (ALWAYS,) * 7

    def __post_init__(self) -> None:
        if len(self.hours) != 7:
            raise ValueError(f"a week has 7 days, not {len(self.hours)}")


class LocalTime(NamedTuple):
    """A time of the week in the local time zone: `weekday` counts from Monday = 0, `minute` from midnight."""

    weekday: int
    minute: int


def is_open(hours: tuple[Hours, ...], local: LocalTime | None) -> bool:
    """Return whether the gym is open. It counts as open while the local time is not known (None)."""
    if local is None:
        return True
    today, yesterday = hours[local.weekday], hours[local.weekday - 1]
    if today is not None:
        opens, closes = today
        if opens <= local.minute and (local.minute < closes or closes <= opens):
            return True
    return yesterday is not None and yesterday[1] <= yesterday[0] and local.minute < yesterday[1]


class SleepTimer:
    """A timer that decides whether the television sleeps. Call `turn` as time passes, and `press` at each press.

    The television sleeps after `sleep_after_s` without a press on the start screen, and sooner while the gym is closed.
    It wakes at a press, and when the gym opens.
    """

    def __init__(self, rules: SleepRules, now_s: float) -> None:
        self.rules = rules
        self.asleep = False
        self._active_s = now_s
        self._open: bool | None = None

    def turn(self, now_s: float, idle: bool, local: LocalTime | None) -> bool:
        """Advance to `now_s` on the monotonic clock. Return whether the television sleeps.

        `idle` is whether the start screen is shown. `local` is None while the local time is not known.
        """
        open_ = is_open(self.rules.hours, local)
        if not idle or (open_ and self._open is False):
            self._wake(now_s)
        self._open = open_
        if not self.asleep and now_s - self._active_s >= self._delay_s(open_):
            self.asleep = True
        return self.asleep

    def press(self, now_s: float) -> bool:
        """Record a press. Return whether it woke the television; such a press must not start a circuit."""
        woken = self.asleep
        self._wake(now_s)
        return woken

    def _wake(self, now_s: float) -> None:
        self.asleep = False
        self._active_s = max(self._active_s, now_s)

    def _delay_s(self, open_: bool) -> float:
        after_s = self.rules.sleep_after_s or inf
        return after_s if open_ else min(after_s, AFTER_HOURS_S)
