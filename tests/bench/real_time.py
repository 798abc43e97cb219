"""A whole circuit in real time with a cold figure cache: how late cues and frames are, and how other timers drift.

A program that only wakes up on time runs alongside, because no cue can be more punctual than that program.

In every other minute all processors are kept busy. Results from these minutes are reported separately ("loaded").
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import sqrt
from pathlib import Path
from statistics import linear_regression, mean, median, quantiles

from tests.bench.contenders import PEERS, Places
from tests.bench.lateness import Frame, SeenCue, changes, heard
from tests.bench.table import Met, Row, at_most
from tests.bench.xserver import x_server
from tests.program import Program

Span = tuple[float, float]
LATE_S = 0.050
WAKING = "waking"
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
    return [
        *_cue_rows(seen["cues"], seen["edges"], loaded),
        *_waking_rows(counted[WAKING], loaded),
        *frame_rows(seen["frames"], loaded),
        *_peer_rows(counted),
    ]


def _config(places: Places, minutes: float) -> tuple[Path, float]:
    """Return a config whose circuit takes about `minutes` minutes, and that time in seconds."""
    rounds = max(1, round(minutes / SHORTEST_ROUND_MIN))
    # A round has five exercises, two of which have a switch of 5 s, four changeovers of 10 s and a break of 10 s.
    work_s = max(2, round((minutes * 60 / rounds - 60) / PLACES))
    changes = {"rounds": str(rounds), "work": str(work_s), "round_break": "10"}
    if minutes < 2:
        work_s = max(2, round((minutes * 60 - 14) / PLACES))
        changes |= {"work": str(work_s), "changeover": "2", "switch": "2"}
    return places.config("real-time", circuit=changes), minutes * 60


def _load_every_other_part(program: Program, seconds: float) -> list[Span]:
    """Keep the processors busy in every other minute until the circuit is over; return those spans of time."""
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
    """Run the countdown timers and the program that only wakes up; yield the files with their output, by name."""
    commands = {kind: ["pygame_countdown.py", kind, str(round(seconds))] for kind in ("tick", "sleep")}
    commands[WAKING] = ["waking_least.py"]
    files = {kind: places.folder / f"{kind}.txt" for kind in commands}
    programs = {
        kind: subprocess.Popen(
            [sys.executable, str(PEERS / name), *options], env=places.environment(), stdout=files[kind].open("w")
        )
        for kind, (name, *options) in commands.items()
    }
    try:
        yield files
    finally:
        for program in programs.values():
            program.terminate()
            program.wait()


def _cue_rows(cues: Sequence[SeenCue], edges: Sequence[float], loaded: Sequence[Span]) -> list[Row]:
    given_ms = [1000 * (given_s - planned_s) for _, planned_s, given_s in cues]
    quiet: list[tuple[float, float]] = []
    busy: list[tuple[float, float]] = []
    for planned_s, late_s in heard(cues, edges):
        (busy if _within(planned_s, loaded) else quiet).append((planned_s, 1000 * late_s))
    rows = []
    for name, late, which, target in (("alone", quiet, "p99", 1.0), ("loaded", busy, "worst", 10.0)):
        times_ms = sorted(ms for _, ms in late)
        if len(times_ms) < 2:
            continue
        words, values = _spread(times_ms, "cues")
        result = values[f"{which}_ms"]
        met = at_most(result, target)
        what, target_words = f"a cue against its plan, {name}", f"{which} {target:g} ms"
        rows.append(Row(what, words, f"{result:.2f} ms", target_words, met, values))
    slope, error = (60 * one for one in _slope_ms_per_min(quiet))
    words = f"in the quiet minutes cues move by {slope:+.2f} ms an hour against the plan, give or take {2 * error:.2f}"
    met = at_most(abs(slope), max(1.0, 2 * error))
    words += f"; the loop itself began to sound them {median(given_ms):.2f} ms (p50) after the plan"
    rows.append(Row("  drift", words, f"{slope:+.2f} ms/h", "no slope", met, {"ms_per_h": slope, "error": error}))
    return rows


def _waking_rows(file: Path, loaded: Sequence[Span]) -> list[Row]:
    beats = [tuple(map(float, line.split())) for line in file.read_text().splitlines()]
    rows = []
    for name, is_busy in (("alone", False), ("loaded", True)):
        late_ms = sorted(ms for planned_s, ms in beats if _within(planned_s, loaded) == is_busy)
        if late_ms:
            words, values = _spread(late_ms, "times")
            rows.append(Row(f"  nothing but waking up, {name}", words, f"{values['p99_ms']:.2f} ms", values=values))
    return rows


def _spread(late_ms: Sequence[float], what: str) -> tuple[str, dict[str, float]]:
    """Return the delays' p50, p99 and worst, in words and as values; `late_ms` is in ascending order."""
    p50, p99, worst = median(late_ms), _p99(late_ms), late_ms[-1]
    words = f"{len(late_ms)} {what}: p50 {p50:.2f} ms, p99 {p99:.2f} ms, worst {worst:.2f} ms after the plan"
    return words, {"p50_ms": p50, "p99_ms": p99, "worst_ms": worst}


def frame_rows(frames: Sequence[Frame], loaded: Sequence[Span]) -> list[Row]:
    """Return the rows that count the figure's pictures that were on the screen more than LATE_S after they were due."""
    late_ms: dict[str, list[float]] = {"alone": [], "loaded": []} if loaded else {"alone": []}
    for done_s, late_s in changes(frames):
        late_ms["loaded" if _within(done_s, loaded) else "alone"].append(1000 * late_s)
    return [_frame_row(name, of) for name, of in late_ms.items()]


def _frame_row(name: str, late_ms: Sequence[float]) -> Row:
    what, target = f"frames later than 50 ms, cold cache, {name}", "none"
    if not late_ms:
        # Without a single change nothing is proved, so the target counts as missed.
        return Row(what, "no change of the figure's picture was seen", "", target, Met.NO)
    count, p99_ms, worst_ms = sum(ms > 1000 * LATE_S for ms in late_ms), _p99(late_ms), max(late_ms)
    words = f"{len(late_ms)} changes of the figure's picture: p99 {p99_ms:.0f} ms, worst {worst_ms:.0f} ms"
    values: dict[str, object] = {"changes": len(late_ms), "late": count, "p99_ms": p99_ms, "worst_ms": worst_ms}
    return Row(what, f"{words} after they were due", f"{count}", target, at_most(count, 0), values)


def _peer_rows(files: dict[str, Path]) -> list[Row]:
    names = {"tick": "clock.tick sums", "sleep": "counting sleep(1)"}
    rows = []
    for kind, name in names.items():
        lines = [tuple(map(float, line.split())) for line in files[kind].read_text().splitlines()]
        if lines:
            real_s, late_ms = lines[-1]
            words = f"{late_ms:+.0f} ms after {real_s / 60:.1f} minutes"
            rows.append(Row(f"  drift of {name}", words, f"{late_ms / real_s * 3600:+.0f} ms/h"))
    return rows


def _slope_ms_per_min(late: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the slope of the best-fitting straight line and the slope's standard error, both in ms per minute."""
    if len(late) < 3:
        return 0.0, 0.0
    at_min = [at_s / 60 for at_s, _ in late]
    slope, base = linear_regression(at_min, [ms for _, ms in late])
    middle = mean(at_min)
    off = sum((ms - base - slope * at) ** 2 for at, (_, ms) in zip(at_min, late, strict=True))
    return slope, sqrt(off / (len(late) - 2) / sum((at - middle) ** 2 for at in at_min))


def _p99(times_ms: Sequence[float]) -> float:
    return quantiles(times_ms, n=100, method="inclusive")[98] if len(times_ms) > 1 else times_ms[0]


def _within(at_s: float, spans: Sequence[Span]) -> bool:
    return any(began_s <= at_s <= ended_s for began_s, ended_s in spans)
