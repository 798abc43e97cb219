"""Time from a press by remote to the answer, which comes when its screen is on the wall, at random moments of work."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from kiosk.remote.client import ask, carry_out
from kiosk.remote.place import SOCKET
from tests.bench.contenders import Places, kiosk
from tests.bench.finger import LONGEST_S, SHORTEST_S
from tests.bench.opened import page, pin, wanted
from tests.bench.table import Row, at_most
from tests.bench.xserver import x_server
from tests.page_server import Browser
from tests.program import Program

GOAL_MS = 100.0
PRESS = [sys.executable, "-m", "kiosk", "press"]


def measure(places: Places, size: tuple[int, int], count: int) -> list[Row]:
    command_ms = []
    config = places.config("presses", circuit={"work": "10:00"})
    with x_server(size) as x:
        environment = places.environment(x)
        asking = partial(ask, paths=[Path(environment["XDG_RUNTIME_DIR"]) / "kiosk" / SOCKET])
        program = Program(kiosk(config), environment)
        try:
            program.wait_for("remote: /")
            carry_out("start", asking)
            # Past the time to get ready.
            time.sleep(3.0)
            request_ms = _taken_ms(lambda act: carry_out(act, asking)["ok"], count)
            files = wanted(places)
            with page(places, config, files, environment) as (_, port):
                browser = Browser(port)
                assert browser.come_in(pin=pin(files)).status == 200
                tap_ms = _taken_ms(lambda act: browser.post("/api/wall", {"do": act}).said["ok"], count)
            for _ in range(max(2, count // 10)):
                began_s = time.monotonic()
                subprocess.run(PRESS, env=environment, check=True, capture_output=True)
                command_ms.append(1000 * (time.monotonic() - began_s))
                time.sleep(SHORTEST_S)
        finally:
            program.kill()
    return [
        _row("remote to frame", request_ms, GOAL_MS),
        _row("  by a tap on the page", tap_ms, GOAL_MS),
        _row("  by a command, which starts Python", command_ms, None),
    ]


def _taken_ms(carry_out: Callable[[str], bool], count: int) -> list[float]:
    """Return how long each of a number of pauses and resumes took, at random moments."""
    chance, taken_ms = random.Random(5), []
    for _ in range(count):
        for act in ("pause", "resume"):
            time.sleep(chance.uniform(SHORTEST_S, LONGEST_S))
            began_s = time.monotonic()
            assert carry_out(act)
            taken_ms.append(1000 * (time.monotonic() - began_s))
    return taken_ms


def _row(what: str, times_ms: list[float], goal_ms: float | None) -> Row:
    high_ms = quantiles(times_ms, n=100, method="inclusive")[98]
    words = f"p50 {median(times_ms):.1f} ms, p99 {high_ms:.1f} ms, worst {max(times_ms):.1f} ms"
    values: dict[str, object] = {"p50_ms": median(times_ms), "p99_ms": high_ms, "worst_ms": max(times_ms)}
    row = Row(f"{what}, {len(times_ms)} presses", words, values=values)
    if goal_ms is None:
        return row
    return replace(row, result=f"{high_ms:.1f} ms", target=f"p99 {goal_ms:g} ms", met=at_most(high_ms, goal_ms))
