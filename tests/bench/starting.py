"""From the start of the process to the first pixel on the screen."""

from __future__ import annotations

import shutil
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from tests.bench.contenders import Places, kiosk, peers, running
from tests.bench.table import Row, ratio_row
from tests.bench.xserver import x_server

WARM, COLD = "kiosk, warm cache", "kiosk, cold cache"


def measure(places: Places, size: tuple[int, int], runs: int) -> list[Row]:
    first: dict[str, list[float]] = defaultdict(list)
    whole: dict[str, list[float]] = defaultdict(list)
    ours = kiosk(places.config())
    commands = {WARM: ours, COLD: ours, **peers(size, places)}
    # The first start of all fills the disk's cache and makes Chromium's profile; it does not count.
    for run in range(runs + 1):
        for name, command in commands.items():
            cold = places.folder / "cold-cache"
            shutil.rmtree(cold, ignore_errors=True)
            pixel_s, picture_s = _start(places, size, command, cold if name == COLD else None)
            if run:
                first[name].append(pixel_s)
                whole[name].append(picture_s)
    return _rows({name: median(of) for name, of in first.items()}, {name: median(of) for name, of in whole.items()})


def _start(places: Places, size: tuple[int, int], command: list[str], cache: Path | None) -> tuple[float, float]:
    with x_server(size) as x:
        began_s = time.monotonic()
        with running(command, places.environment(x, cache)):
            return x.wait_for_pixels() - began_s, x.wait_for_picture() - began_s


def _rows(first: dict[str, float], whole: dict[str, float]) -> list[Row]:
    words = ", ".join(f"{name} {value:.2f} s" for name, value in first.items())
    more = f"; Chromium's page itself after {whole['Chromium']:.2f} s" if "Chromium" in whole else ""
    rows = [Row("start to first pixel", words + more, values={"first_s": first, "picture_s": whole})]
    for name, peer, target, stretch in (
        (WARM, "usual timer", 2, 1 / 0.35),
        (COLD, "usual timer", 2, 1 / 0.35),
        (WARM, "Chromium", 5, 8),
    ):
        if peer in first:
            times = f"{first[name]:.2f} s against {first[peer]:.2f} s"
            row = ratio_row(f"  {name.partition(', ')[2]}, {peer}", times, first[name], first[peer], target, stretch)
            rows.append(row)
    return rows
