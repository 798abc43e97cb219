"""Garbage is collected and freed memory is returned to the system regularly, but never right before a cue."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Sequence

import pytest

from kiosk.app import App
from kiosk.session import Command, Phase, Session, next_due_s
from kiosk.stop import Stop
from kiosk.system.memory import FEW_OBJECTS, collect_new
from kiosk.timeline import Timeline
from kiosk.wiring.tidying import Tidying
from tests.samples import circuit

HOLES = """
from kiosk.system.memory import trim_heap

def in_memory_mb():
    with open("/proc/self/smaps_rollup") as rollup:
        return next(int(line.split()[1]) / 1024 for line in rollup if line.startswith("Anonymous:"))

blocks = [bytes(16_000) for _ in range(2_000)]
full_mb = in_memory_mb()
# The last one stays at the top of the heap: what is below it is not given back by itself.
del blocks[:-1]
trim_heap()
print(full_mb - in_memory_mb())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's account of memory")
def test_holes_below_what_stays_are_given_back() -> None:
    run = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, check=True)
    assert float(run.stdout) > 20


class Hand:
    """An input that gives one press, in the first turn of the loop."""

    def __init__(self, at_s: float) -> None:
        self._commands = [(Command.PRESS, at_s), (Command.RELEASE, at_s)]

    def fds(self) -> Sequence[int]:
        return ()

    def read(self, now_s: float) -> Sequence[tuple[Command, float]]:
        commands, self._commands = self._commands, []
        return commands

    def close(self) -> None: ...


def test_tidying_goes_on_through_a_circuit_and_never_right_before_a_cue() -> None:
    now_s = 100.0
    done: list[str] = []
    until_cue_s: list[float] = []

    def do(what: str) -> None:
        done.append(what)
        until_cue_s.append(next_due_s(app.session) - now_s)

    stop = Stop()
    app = App(Session.start_screen((Timeline.of(circuit()),), now_s), stop, clock=lambda: now_s)
    app.add_input(Hand(now_s))
    app.add_task(Tidying(lambda: do("collect"), lambda: do("trim")))
    while now_s < 400:
        app.turn()
        now_s += 0.25
    app.close()
    stop.close()
    assert app.session.phase is not Phase.IDLE
    assert done.count("trim") == 5
    assert done.count("collect") > 100
    assert min(until_cue_s) >= 1.0


class Ring:
    """An object that refers to itself, so that only a collection frees it."""

    alive = 0

    def __init__(self) -> None:
        self.itself = self
        Ring.alive += 1

    def __del__(self) -> None:
        Ring.alive -= 1


@pytest.mark.parametrize(("rings", "left"), [(FEW_OBJECTS // 10, FEW_OBJECTS // 10), (FEW_OBJECTS + 50, 0)])
def test_garbage_is_collected_before_python_would_do_so_itself(rings: int, left: int) -> None:
    assert gc.get_threshold()[0] > FEW_OBJECTS + 50
    gc.collect()
    gc.disable()
    try:
        before = Ring.alive
        for _ in range(rings):
            Ring()
        assert Ring.alive == before + rings
        collect_new()
        assert Ring.alive == before + left
    finally:
        gc.enable()
        gc.collect()
