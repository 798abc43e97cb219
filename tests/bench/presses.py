"""Time from the button's edge to the frame and to the buzzer's edge that answer it, at random moments of work.

The answering frame fills the screen. For comparison, a bare pygame program answers as many presses by filling the
screen with one colour.
"""

from __future__ import annotations

import json
import subprocess
import sys
from bisect import bisect_left
from itertools import pairwise
from statistics import median, quantiles

from tests.bench.contenders import PEERS, Places
from tests.bench.table import Met, Row, at_most
from tests.bench.xserver import x_server
from tests.program import Program

STAGES = (
    "until it has sounded",
    "what else is due and the view",
    "making and painting the screen",
    "showing it",
)
LEAST = [sys.executable, str(PEERS / "pygame_least.py"), "press"]


def measure(places: Places, size: tuple[int, int], count: int) -> list[Row]:
    report = places.folder / "presses.json"
    config = places.config("presses", circuit={"work": "10:00"})
    command = [sys.executable, "-m", "tests.bench.watched", str(report), f"presses={count}", "run"]
    with x_server(size) as x:
        program = Program([*command, "--config", str(config)], places.environment(x))
        try:
            program.process.wait(60 + 2 * count)
        finally:
            program.kill()
        least = subprocess.run(
            [*LEAST, str(count)], env=places.environment(x), capture_output=True, text=True, check=True
        ).stdout
    seen = json.loads(report.read_text())
    presses, edges = seen["presses"], seen["edges"]
    frame_ms = [1000 * (shown_s - pressed_s) for pressed_s, *_, shown_s in presses]
    sound_ms = [1000 * (edges[bisect_left(edges, pressed_s)] - pressed_s) for pressed_s, *_ in presses]
    return [
        _row(f"button to frame, {len(frame_ms)} presses", frame_ms, 1.0, 5.0, 1.0),
        _stages(presses),
        _row("  a screen of one colour, bare pygame", list(map(float, least.split())), None, None, None),
        _row(f"button to buzzer, {len(sound_ms)} presses", sound_ms, None, 5.0, None),
    ]


def _stages(presses: list[list[float]]) -> Row:
    """Return the row with each stage's time: the medians of all presses, and of the slowest hundredth."""
    stages_ms = sorted(([1000 * (then_s - from_s) for from_s, then_s in pairwise(press)] for press in presses), key=sum)
    slowest = stages_ms[-max(1, len(stages_ms) // 100) :]
    kinds = {"medians": _medians(stages_ms), f"of the {len(slowest)} slowest": _medians(slowest)}
    words = "; ".join(
        f"{kind}: " + ", ".join(f"{name} {taken_ms:.2f} ms" for name, taken_ms in values.items())
        for kind, values in kinds.items()
    )
    return Row("  in stages", words, values=dict(kinds))


def _medians(stages_ms: list[list[float]]) -> dict[str, float]:
    return {name: median(taken_ms) for name, taken_ms in zip(STAGES, zip(*stages_ms, strict=True), strict=True)}


def _row(what: str, times_ms: list[float], p50: float | None, p99: float | None, stretch: float | None) -> Row:
    middle_ms, high_ms = median(times_ms), quantiles(times_ms, n=100, method="inclusive")[98]
    words = f"p50 {middle_ms:.2f} ms, p99 {high_ms:.2f} ms, worst {max(times_ms):.2f} ms"
    values: dict[str, object] = {"p50_ms": middle_ms, "p99_ms": high_ms, "worst_ms": max(times_ms)}
    if p99 is None:
        return Row(what, words, values=values)
    met = at_most(high_ms, p99, stretch)
    target = f"p99 {p99:g} ms" + (f" ({stretch:g} ms)" if stretch else "")
    result = f"{high_ms:.2f} ms"
    if p50 is not None:
        met = Met.NO if middle_ms > p50 else met
        target, result = f"p50 {p50:g} ms, {target}", f"{middle_ms:.2f}, {result}"
    return Row(what, words, result, target, met, values)
