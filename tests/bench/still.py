"""The kiosk's CPU time and wake-ups when nothing happens: start screen, paused circuit, dimmed start screen."""

from __future__ import annotations

import time
from collections import defaultdict
from statistics import median

from tests.bench.contenders import Cost, Places, cost, kiosk_on_pins
from tests.bench.table import Met, Row, at_most
from tests.bench.xserver import x_server

WATCHFUL_S = 4.5
"""Wait before measuring, in seconds, because the kiosk wakes up more often for some seconds after a change."""
DIM_AFTER_S = 10
"""The shortest `dim_after` that kiosk.yaml accepts, in seconds."""
MOST_CPU_S, MOST_WAKEUPS = 0.1, 5.0


def measure(places: Places, size: tuple[int, int], seconds: float, runs: int) -> list[Row]:
    costs: dict[str, list[Cost]] = defaultdict(list)
    for _ in range(runs):
        with (
            x_server(size) as x,
            kiosk_on_pins(places.config(), places.environment(x)) as (program, press),
        ):
            time.sleep(WATCHFUL_S)
            costs["start screen, the figure moving"].append(cost(program.process.pid, x, seconds))
            press()
            program.wait_for("work")
            time.sleep(1)
            press()
            time.sleep(WATCHFUL_S)
            costs["paused"].append(cost(program.process.pid, x, seconds))
        with (
            x_server(size) as x,
            kiosk_on_pins(places.config("dims", dim_after=str(DIM_AFTER_S)), places.environment(x)) as (program, _),
        ):
            time.sleep(DIM_AFTER_S + WATCHFUL_S)
            costs["dimmed"].append(cost(program.process.pid, x, seconds))
    return [_row(state, of) for state, of in costs.items()]


def _row(state: str, costs: list[Cost]) -> Row:
    cpu_s, wakeups = median(one.cpu_s for one in costs), median(one.wakeups for one in costs)
    words = f"{cpu_s:.3f} s of CPU a minute, {wakeups:.1f} wake-ups a second"
    values: dict[str, object] = {"cpu_s": cpu_s, "wakeups": wakeups}
    if "moving" in state:
        return Row(state, words, values=values)
    both = {at_most(cpu_s, MOST_CPU_S), at_most(wakeups, MOST_WAKEUPS)}
    met = Met.NO if Met.NO in both else Met.YES
    return Row(state, words, f"{cpu_s:.2f} s, {wakeups:.1f}/s", f"{MOST_CPU_S} s, {MOST_WAKEUPS:g}/s", met, values)
