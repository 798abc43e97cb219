"""A whole circuit in real time from a cold figure cache: cues against the plan, late frames, and timers that count.

Every other minute all processors are kept busy; what belongs to these minutes is told apart from the rest.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from math import sqrt
from pathlib import Path
from statistics import linear_regression, mean, median, quantiles

from kiosk.screen.figure.pose import Figure
from tests.bench.contenders import PEERS, Places
from tests.bench.figures import shipped_figures
from tests.bench.table import Row, at_most
from tests.bench.xserver import x_server
from tests.program import Program

Span = tuple[float, float]
LATE_S = 0.050
BUSY = "while True: pass"
PLACES = 5
SHORTEST_ROUND_MIN = 4.0


def measure(places: Places, size: tuple[int, int], minutes: float) -> list[Row]:
    report = places.folder / "circuit.json"
    config, seconds = _config(places, minutes)
    environment = places.environment
    command = [sys.executable, "-m", "tests.bench.watched", str(report), "circuit", "run", "--config", str(config)]
    with x_server(size) as x, _counting(places, seconds) as counted:
        program = Program(command, environment(x, places.folder / "real-time-cache"))
        try:
            program.wait_for("started:")
            loaded = _load_every_other_part(program, seconds)
            program.process.wait(120)
        finally:
            program.kill()
    seen = json.loads(report.read_text())
    return [*_cue_rows(seen["cues"], seen["edges"], loaded), _frame_row(seen["frames"], loaded), *_peer_rows(counted)]


def _config(places: Places, minutes: float) -> tuple[Path, float]:
    """Return a config whose circuit takes about so long, and how long."""
    rounds = max(1, round(minutes / SHORTEST_ROUND_MIN))
    # One round: five exercises, two of them with a switch of 5 s, four changeovers of 10 s, a break of 10 s.
    work_s = max(2, round((minutes * 60 / rounds - 60) / PLACES))
    changes = {"rounds": str(rounds), "work": str(work_s), "round_break": "10"}
    if minutes < 2:
        work_s = max(2, round((minutes * 60 - 14) / PLACES))
        changes |= {"work": str(work_s), "changeover": "2", "switch": "2"}
    return places.config("real-time", circuit=changes), minutes * 60


def _load_every_other_part(program: Program, seconds: float) -> list[Span]:
    """Keep the processors busy in every second part of a minute's length, until the circuit is over."""
    part_s, spans = min(60.0, seconds / 4), list[Span]()
    while True:
        if _ended(program, part_s):
            return spans
        began_s = time.monotonic()
        hogs = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count() or 1)]
        try:
            ended = _ended(program, part_s)
        finally:
            for hog in hogs:
                hog.kill()
                hog.wait()
        spans.append((began_s, time.monotonic()))
        if ended:
            return spans


def _ended(program: Program, seconds: float) -> bool:
    try:
        program.process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


@contextmanager
def _counting(places: Places, seconds: float) -> Iterator[dict[str, Path]]:
    """Run the timers that count down beside the kiosk; what they print goes into files."""
    files = {kind: places.folder / f"{kind}.txt" for kind in ("tick", "sleep")}
    programs = {
        kind: subprocess.Popen(
            [sys.executable, str(PEERS / "pygame_countdown.py"), kind, str(round(seconds))],
            env=places.environment(),
            stdout=file.open("w"),
        )
        for kind, file in files.items()
    }
    try:
        yield files
    finally:
        for program in programs.values():
            program.terminate()
            program.wait()


def _cue_rows(cues: Sequence[tuple[str, float, float]], edges: Sequence[float], loaded: Sequence[Span]) -> list[Row]:
    given_ms = [1000 * (given_s - planned_s) for _, planned_s, given_s in cues]
    quiet: list[tuple[float, float]] = []
    busy: list[tuple[float, float]] = []
    for _, planned_s, given_s in cues:
        # What is heard is the buzzer's pin going on.
        at = bisect_left(edges, given_s)
        if at < len(edges):
            (busy if _within(planned_s, loaded) else quiet).append((planned_s, 1000 * (edges[at] - planned_s)))
    rows = []
    for name, late, which, target in (("alone", quiet, "p99", 1.0), ("loaded", busy, "worst", 10.0)):
        times_ms = sorted(ms for _, ms in late)
        if len(times_ms) < 2:
            continue
        p50, p99 = median(times_ms), quantiles(times_ms, n=100, method="inclusive")[98]
        result = p99 if which == "p99" else times_ms[-1]
        words = f"{len(times_ms)} cues: p50 {p50:.2f} ms, p99 {p99:.2f} ms, worst {times_ms[-1]:.2f} ms after the plan"
        values: dict[str, object] = {"p50_ms": p50, "p99_ms": p99, "worst_ms": times_ms[-1]}
        met = at_most(result, target)
        what, target_words = f"a cue against its plan, {name}", f"{which} {target:g} ms"
        rows.append(Row(what, words, f"{result:.2f} ms", target_words, met, values))
    slope, error = (60 * one for one in _slope_ms_per_min(quiet))
    words = f"in the quiet minutes cues move by {slope:+.2f} ms an hour against the plan, give or take {2 * error:.2f}"
    met = at_most(abs(slope), max(1.0, 2 * error))
    words += f"; the loop itself began to sound them {median(given_ms):.2f} ms (p50) after the plan"
    rows.append(Row("  drift", words, f"{slope:+.2f} ms/h", "no slope", met, {"ms_per_h": slope, "error": error}))
    return rows


def _frame_row(frames: Sequence[tuple[float, float, str | None, float, float]], loaded: Sequence[Span]) -> Row:
    """Count changes of the athlete that were on the screen more than LATE_S after they were due."""
    figures = {figure.id: figure for figure in shipped_figures()}
    late_ms: dict[bool, list[float]] = {False: [], True: []}
    for (shown_s, before_s, name, start_s, t_s), (_, done_s, _, next_start_s, next_t_s) in pairwise(frames):
        if name is None or start_s != next_start_s or done_s - before_s <= LATE_S:
            continue
        due_s = _next_change_s(figures[name], t_s, next_t_s)
        if due_s is not None and done_s - (shown_s + due_s - t_s) > LATE_S:
            late_ms[_within(done_s, loaded)].append(1000 * (done_s - (shown_s + due_s - t_s)))
    alone, busy = len(late_ms[False]), len(late_ms[True])
    words = f"{len(frames)} frames of work: {alone} alone, {busy} with all processors busy; worst "
    words += f"{max(late_ms[False] + late_ms[True], default=0):.0f} ms"
    met = at_most(alone + busy, 0)
    return Row("frames later than 50 ms, cold cache", words, f"{alone} + {busy}", "none", met, {"late_ms": late_ms})


def _next_change_s(figure: Figure, from_s: float, until_s: float) -> float | None:
    """Return the first moment after `from_s` at which the athlete's picture is another one."""
    shown, steps = figure.step(from_s), int((until_s - from_s) * 1000)
    return next((from_s + ms / 1000 for ms in range(1, steps + 1) if figure.step(from_s + ms / 1000) != shown), None)


def _peer_rows(files: dict[str, Path]) -> list[Row]:
    names = {"tick": "clock.tick sums", "sleep": "counting sleep(1)"}
    rows = []
    for kind, file in files.items():
        lines = [tuple(map(float, line.split())) for line in file.read_text().splitlines()]
        if lines:
            real_s, late_ms = lines[-1]
            words = f"{late_ms:+.0f} ms after {real_s / 60:.1f} minutes"
            rows.append(Row(f"  drift of {names[kind]}", words, f"{late_ms / real_s * 3600:+.0f} ms/h"))
    return rows


def _slope_ms_per_min(late: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the slope of the straight line that fits best, and its standard error."""
    if len(late) < 3:
        return 0.0, 0.0
    at_min = [at_s / 60 for at_s, _ in late]
    slope, base = linear_regression(at_min, [ms for _, ms in late])
    middle = mean(at_min)
    off = sum((ms - base - slope * at) ** 2 for at, (_, ms) in zip(at_min, late, strict=True))
    return slope, sqrt(off / (len(late) - 2) / sum((at - middle) ** 2 for at in at_min))


def _within(at_s: float, spans: Sequence[Span]) -> bool:
    return any(began_s <= at_s <= ended_s for began_s, ended_s in spans)
