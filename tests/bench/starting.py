"""Time from the start of the process to the first pixel on the screen.

A bare pygame program is measured with the peers, to show how much of the time Python, pygame and SDL take.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections import defaultdict
from statistics import median

from tests.bench.contenders import PEERS, Places, kiosk, peers, running
from tests.bench.table import Row, ratio_row
from tests.bench.xserver import x_server

WARM, COLD = "kiosk, warm cache", "kiosk, cold cache"
BARE = {name: [sys.executable, str(PEERS / "pygame_bare.py"), name] for name in ("full", "frameless")}


def measure(places: Places, size: tuple[int, int], runs: int) -> list[Row]:
    first: dict[str, list[float]] = defaultdict(list)
    whole: dict[str, list[float]] = defaultdict(list)
    figure: dict[str, list[float]] = defaultdict(list)
    ours = kiosk(places.config())
    bare = {f"bare pygame, {name}": command for name, command in BARE.items()}
    commands = {WARM: ours, COLD: ours, **peers(size, places), **bare}
    # The first run does not count because it fills the disk cache and creates Chromium's profile.
    for run in range(runs + 1):
        for name, command in commands.items():
            cold = places.folder / "cold-cache"
            shutil.rmtree(cold, ignore_errors=True)
            with x_server(size) as x:
                began_s = time.monotonic()
                with running(command, places.environment(x, cold if name == COLD else None)):
                    pixel_s, picture_s = x.wait_for_pixels() - began_s, x.wait_for_picture() - began_s
                    figure_s = x.wait_for_figure() - began_s if command is ours else 0.0
            if run:
                first[name].append(pixel_s)
                whole[name].append(picture_s)
                figure[name].append(figure_s)
    return _rows(*({name: median(of) for name, of in times.items()} for times in (first, whole, figure)))


def _rows(first: dict[str, float], whole: dict[str, float], figure: dict[str, float]) -> list[Row]:
    words = ", ".join(f"{name} {value:.3f} s" for name, value in first.items())
    more = f"; the figure is there after {figure[WARM]:.3f} s, with a cold cache after {figure[COLD]:.2f} s"
    if "Chromium" in whole:
        more += f"; Chromium's page itself after {whole['Chromium']:.2f} s"
    values: dict[str, object] = {"first_s": first, "picture_s": whole, "figure_s": figure}
    rows = [Row("start to first pixel", words + more, values=values)]
    for name, peer, target, stretch in (
        (WARM, "usual timer", 2, 1 / 0.35),
        (COLD, "usual timer", 2, 1 / 0.35),
        (WARM, "Chromium", 5, 8),
    ):
        if peer in first:
            times = f"{first[name]:.3f} s against {first[peer]:.3f} s"
            row = ratio_row(f"  {name.partition(', ')[2]}, {peer}", times, first[name], first[peer], target, stretch)
            rows.append(row)
    return rows
