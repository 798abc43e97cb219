"""The wall while its page is open and used, against the wall without it: CPU time of a minute, and how late cues are.

The page runs at the niceness of its unit; the browser is nicer still, because in truth it is another machine.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from kiosk.editor.status import State
from kiosk.remote.client import Ask, ask, carry_out
from kiosk.remote.place import SOCKET
from tests.bench.contenders import SETTLE_S, Cost, Places, cost
from tests.bench.lateness import heard
from tests.bench.opened import open_at, page, until, used
from tests.bench.status_files import Files
from tests.bench.table import Row, at_most
from tests.bench.xserver import x_server
from tests.program import Program

WORST_CUE_MS = 10.0
"""How late a cue may be, as with busy processors (real_time.py)."""
MOST_TIMES = 1.1
"""How much CPU time the wall may take, against a wall without the page."""
MINUTES = {"idle": "a minute of the start screen", "work": "a minute of a circuit"}
BUSY_CIRCUIT = {"work": "12", "changeover": "5", "switch": "5", "round_break": "10", "rounds": "9"}
"""A circuit with many cues."""


@dataclass
class Look:
    """What a wall took in each of MINUTES, how late its cues were (ms), and what its page answered meanwhile."""

    costs: dict[str, Cost]
    late_ms: list[float]
    answers: Counter[str]


def measure(places: Places, size: tuple[int, int], seconds: float, runs: int) -> list[Row]:
    looks: dict[bool, list[Look]] = defaultdict(list)
    for _ in range(runs):
        for is_used in (False, True):
            looks[is_used].append(_look(places, size, seconds, is_used))
    without, beside = looks[False], looks[True]
    return [*(_cost_row(minute, without, beside) for minute in MINUTES), _cue_row(without, beside)]


def _look(places: Places, size: tuple[int, int], seconds: float, is_used: bool) -> Look:
    folder = Path(tempfile.mkdtemp(dir=places.folder))
    report, files = folder / "report.json", Files(folder)
    config = places.config("beside", circuit=BUSY_CIRCUIT)
    with x_server(size) as x:
        environment = {**places.environment(x), "KIOSK_PAGE": "on"}
        wall: Ask = partial(ask, paths=[Path(environment["XDG_RUNTIME_DIR"]) / "kiosk" / SOCKET])
        command = [sys.executable, "-m", "tests.bench.watched", str(report), f"page={folder}", "run"]
        program = Program([*command, "--config", str(config)], environment)
        try:
            program.wait_for("remote: /")
            with _page_used(places, config, files, wall) if is_used else nullcontext(list[str]) as answers:
                time.sleep(SETTLE_S)
                before = Counter(answers())
                costs = {"idle": cost(program.process.pid, x, seconds)}
                assert carry_out("start", wall)["ok"]
                program.wait_for("round 1 of 9: work")
                costs["work"] = cost(program.process.pid, x, seconds)
                answered = Counter(answers()) - before
                said = files.said()
                assert is_used == (said is not None and said.state is State.IN_USE)
                program.end(signal.SIGINT)
        finally:
            program.kill()
    seen = json.loads(report.read_text())
    late_ms = [1000 * late_s for _, late_s in heard(seen["cues"], seen["edges"])]
    return Look(costs, late_ms, answered)


@contextmanager
def _page_used(places: Places, config: Path, files: Files, wall: Ask) -> Iterator[Callable[[], list[str]]]:
    open_at(wall)
    until(files.asked.exists)
    with page(places, config, files) as (_, port), used(port, files) as answers:
        until(lambda: wall("now")["phase"] == "idle")
        yield answers


def _cost_row(minute: str, without: list[Look], beside: list[Look]) -> Row:
    without_s, beside_s = (median(one.costs[minute].cpu_s for one in looks) for looks in (without, beside))
    woken, woken_beside = (median(one.costs[minute].wakeups for one in looks) for looks in (without, beside))
    times = beside_s / without_s
    words = (
        f"{without_s:.2f} s of CPU without the page, {beside_s:.2f} s while it is used; "
        f"{woken:.1f} and {woken_beside:.1f} wake-ups a second"
    )
    values = {"without_s": without_s, "beside_s": beside_s, "wakeups": woken, "wakeups_beside": woken_beside}
    met = at_most(times, MOST_TIMES)
    return Row(f"beside the page: {MINUTES[minute]}", words, f"{times:.2f} times", f"{MOST_TIMES:g} times", met, values)


def _cue_row(without: list[Look], beside: list[Look]) -> Row:
    late_ms, beside_ms = ([ms for one in looks for ms in one.late_ms] for looks in (without, beside))
    answers = sum((one.answers for one in beside), Counter[str]())
    words = (
        f"{len(late_ms)} cues without the page: p50 {median(late_ms):.2f} ms, worst {max(late_ms):.2f} ms; "
        f"{len(beside_ms)} while it is used: p50 {median(beside_ms):.2f} ms, worst {max(beside_ms):.2f} ms. "
        f"Meanwhile the page gave {', '.join(f'{count} times: {what}' for what, count in answers.items())}"
    )
    worst_ms, times = max(beside_ms), median(beside_ms) / median(late_ms)
    values = {"without_ms": late_ms, "beside_ms": beside_ms, "answers": answers}
    result, target = f"{times:.1f} times, {worst_ms:.1f} ms", f"worst {WORST_CUE_MS:g} ms"
    return Row("  a cue against its plan", words, result, target, at_most(worst_ms, WORST_CUE_MS), values)
