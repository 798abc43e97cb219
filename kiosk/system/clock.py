"""The readings of the machine's clocks, and whether the clocks can be trusted."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from kiosk.system.television import LocalTime

TIMESYNC = Path("/run/systemd/timesync")
"""systemd-timesyncd's folder. The file `synchronized` appears in it when a time server first answers."""
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Clocks(NamedTuple):
    """The readings of all clocks at one moment.

    `wall_s` is the wall clock in seconds since 1970, `wall_known` whether it is right. `boot_s` is the time since
    power-on, including sleep. `boot_id` differs for each power-on ("" where the system has none).
    """

    wall_s: float
    wall_known: bool
    boot_s: float
    boot_id: str


def clocks() -> Clocks:
    """Return the readings of all clocks now."""
    try:
        boot_id = BOOT_ID.read_text().strip()
    except (OSError, ValueError):
        boot_id = ""
    return Clocks(time.time(), wall_known(), boot_s(), boot_id)


def wall_known(timesync: Path = TIMESYNC) -> bool:
    """Return whether the wall clock is right.

    A Pi has no battery for its clock. After power-on the clock is hours off until a time server has answered. Where
    systemd-timesyncd does not run, something else is assumed to set the clock.
    """
    # Without permission these functions return False, while the methods of Path would raise.
    return not os.path.isdir(timesync) or os.path.exists(timesync / "synchronized")  # noqa: PTH110, PTH112


def wall_clock(timesync: Path = TIMESYNC) -> str | None:
    """Return the time of day as "18:42", None while it may be wrong."""
    return time.strftime("%H:%M") if wall_known(timesync) else None


def boot_s() -> float:
    """Return the seconds since power-on, including sleep. All processes of the machine read the same."""
    # macOS does not have this clock. There the monotonic clock is close enough.
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def local_time() -> LocalTime | None:
    """Return the local weekday and minute, None while they may be wrong."""
    if not wall_known():
        return None
    now = time.localtime()
    return LocalTime(now.tm_wday, now.tm_hour * 60 + now.tm_min)
