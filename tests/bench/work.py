"""A minute of work, for the kiosk and its peers: CPU time of program and X server together, and memory.

The kiosk is measured from the moment work begins, so that the minute includes reading the next exercise's pictures,
which happens once a minute and leaves them packed. The current exercise's pictures are unpacked before that, during a
get-ready as long as a changeover. A shorter measurement is scaled to a minute, which counts the reading more than once.

A bare pygame program that wakes as often and shows as many pixels runs too; the difference is the kiosk's own work.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median

from tests.bench.contenders import PEERS, SETTLE_S, Cost, Places, cost, kiosk_on_pins, peers, running
from tests.bench.processes import family, pss_mb
from tests.bench.table import Row, ratio_row
from tests.bench.xserver import XServer, x_server

KIOSK, LEAST = "kiosk", "bare pygame at that frame rate"
KINDS = {"made by the program": "Anon", "libraries": "File", "shared with the X server": "Shmem"}
MINUTE_S, MARGIN_S = 60.0, 10.0
"""Shortest work interval, and how much longer than the measurement the interval lasts, both in seconds."""
_LEAST = [sys.executable, str(PEERS / "pygame_least.py"), "work"]


@dataclass(frozen=True)
class Look:
    cost: Cost
    memory_mb: float
    grown_mb: float
    kinds_mb: dict[str, float]
    """Memory in MB by kind: the program's own data, libraries, and memory shared with the X server."""


def measure(places: Places, size: tuple[int, int], seconds: float, runs: int) -> list[Row]:
    looks: dict[str, list[Look]] = defaultdict(list)
    for _ in range(runs):
        with x_server(size) as x:
            looks[KIOSK].append(_kiosk(places, x, seconds))
        for name, command in {**peers(size, places), LEAST: _LEAST}.items():
            with x_server(size) as x, running(command, places.environment(x)) as process:
                x.wait_for_picture()
                time.sleep(SETTLE_S)
                looks[name].append(_look(process.pid, x, seconds))
    return _rows(looks, seconds)


def work_config(places: Places, seconds: float) -> Path:
    """Return a config folder in which work lasts longer than a measurement of `seconds` seconds."""
    work_s = ceil(max(MINUTE_S, seconds) + MARGIN_S)
    return places.config("work", circuit={"work": str(work_s), "get_ready": "10"})


def _kiosk(places: Places, x: XServer, seconds: float) -> Look:
    with kiosk_on_pins(work_config(places, seconds), places.environment(x)) as (program, press):
        press()
        program.wait_for("round 1 of 3: work")
        return _look(program.process.pid, x, seconds)


def _look(pid: int, x: XServer, seconds: float) -> Look:
    before_mb = pss_mb(family(pid))
    spent = cost(pid, x, seconds)
    after_mb = pss_mb(family(pid))
    kinds_mb = {name: pss_mb(family(pid), kind) for name, kind in KINDS.items()}
    return Look(spent, after_mb, after_mb - before_mb, kinds_mb)


def _rows(looks: dict[str, list[Look]], seconds: float) -> list[Row]:
    cpu = {name: median(look.cost.cpu_s for look in of) for name, of in looks.items()}
    memory = {name: median(look.memory_mb for look in of) for name, of in looks.items()}
    ours = looks[KIOSK]
    spread = ", ".join(
        f"{name} {min(look.cost.cpu_s for look in of):.2f} to {max(look.cost.cpu_s for look in of):.2f}"
        for name, of in looks.items()
    )
    x_share = median(look.cost.x_s for look in ours)
    woken = median(look.cost.wakeups for look in ours)
    short = f" (from {seconds:g} s, so too much for reading ahead)" if seconds < MINUTE_S else ""
    rows = [
        Row(
            "CPU of a minute of work",
            f"{_each(cpu, 's')}{short}; of the kiosk's, {x_share:.2f} s are the X server's; it wakes {woken:.0f} times "
            f"a second. All runs: {spread}",
            values={"cpu_s": cpu, "kiosk_x_s": x_share, "kiosk_wakeups": woken},
        )
    ]
    for name, target, stretch in (("usual timer", 6, 10), ("Chromium", 15, 30), ("Chromium, leanest", 8, 15)):
        if name in cpu:
            words = f"kiosk {cpu[KIOSK]:.2f} s, {name} {cpu[name]:.2f} s"
            rows.append(ratio_row(f"  against {name}", words, cpu[KIOSK], cpu[name], target, stretch))
    grown = median(look.grown_mb for look in ours)
    kinds = {kind: median(look.kinds_mb[kind] for look in ours) for kind in KINDS}
    words = (
        f"{_each(memory, 'MB', 0)}; the kiosk's changed by {grown:+.1f} MB while it was watched, "
        f"and in the end was {_each(kinds, 'MB', 0)}"
    )
    if "Chromium" in memory:
        rows.append(ratio_row("memory (summed PSS)", words, memory[KIOSK], memory["Chromium"], 8, 12))
    else:
        rows.append(Row("memory (summed PSS)", words))
    return rows


def _each(values: dict[str, float], unit: str, digits: int = 2) -> str:
    return ", ".join(f"{name} {value:.{digits}f} {unit}" for name, value in values.items())
