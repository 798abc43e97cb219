"""How cost grows with the screen size, the circuit's length and the session's length, in virtual time.

A session is measured after its first round and again whole rounds later, so the wall shows the same both times.
"""

from __future__ import annotations

import json
import subprocess
import sys

from tests.bench import figures
from tests.bench.contenders import Places
from tests.bench.table import Met, Row
from tests.bench.virtual import built

SIZES = ("1280x720", "1920x1080", "3840x2160")
EXERCISES = (5, 500)
HOURS = (1, 24)
MOST_GROWTH_MB = 1.0


def measure(places: Places, seconds: float, step_s: float) -> list[Row]:
    usual = ["--seconds", str(seconds)]
    rows = []
    for size in SIZES:
        width, height = size.split("x")
        first = figures.wanted(built(1), (int(width), int(height)))
        figures.fill(places.cache / "kiosk", first)
        found = _run(places, ["--size", size, *usual])
        rows.append(Row(f"cost at {size}", _words(found), values=found))
    for count in EXERCISES:
        found = _run(places, ["--exercises", str(count), *usual])
        rows.append(Row(f"cost of {count} exercises", _words(found), values=found))
    for hours in HOURS:
        found = _run(places, ["--hours", str(hours), "--step", str(step_s), *usual])
        grown_mb = found["late_memory_mb"] - found["memory_mb"]
        words = (
            f"{found['cpu_s_per_min']:.2f} s of CPU a minute after a round, {found['late_cpu_s_per_min']:.2f} s "
            f"whole rounds later; {found['memory_mb']:.0f} and {found['late_memory_mb']:.0f} MB; "
            f"a frame every {step_s:g} s between"
        )
        met = Met.YES if grown_mb <= MOST_GROWTH_MB else Met.NO
        target = f"no growth ({MOST_GROWTH_MB:g} MB)"
        rows.append(Row(f"session of {hours} h (virtual)", words, f"{grown_mb:+.1f} MB", target, met, found))
    return rows


def _run(places: Places, options: list[str]) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.virtual", *options]
    run = subprocess.run(command, env=places.environment(), capture_output=True, text=True, check=True)
    return dict(json.loads(run.stdout))


def _words(found: dict[str, float]) -> str:
    return (
        f"first frame {found['start_s']:.2f} s, {found['cpu_s_per_min']:.2f} s of CPU a minute, "
        f"{found['memory_mb']:.0f} MB"
    )
