"""CPU instructions per minute of work shown, counted by callgrind without a display.

Each program runs twice, for a short and a longer time. The difference leaves out the start. It also leaves out the
pictures that the kiosk reads once per exercise; the row for a minute's CPU (work.py) includes those.
"""

from __future__ import annotations

import re
import subprocess
import sys

from tests.bench import figures
from tests.bench.contenders import Places, usual_timer
from tests.bench.peers.pygame_usual import FPS
from tests.bench.table import Row, at_most, ratio_row
from tests.bench.virtual import at_stations

STATIONS, MOST_OF_STATIONS = 8, 2.0
"""Number of stations of which each has a figure, and how often they may take what one large figure takes."""
MOST_OF_CLIP = 10.0
"""How often a clip of the gym's own may take what a figure takes. Each of its frames is decoded when it comes."""
MOST_OF_PAGE = 0.02
"""How much more the wall may take while its page is open and used, as a part of what work takes."""
PEER_S = (0.2, 0.7)
"""Length of the usual timer's two runs, in seconds. They can be short because all its frames cost the same."""


def measure(places: Places, size: tuple[int, int], seconds: float) -> list[Row]:
    environment = {**places.environment(), "PYTHONHASHSEED": "0"}
    figures.fill(places.cache / "kiosk", figures.wanted(at_stations(STATIONS, 60.0), size))
    gym = str(places.cache / "gym")
    kiosk, stations, clip = (
        _kiosk(size, seconds, environment, options) for options in ([], ["--stations", str(STATIONS)], ["--clip", gym])
    )
    frames = [round(FPS * stretch_s) for stretch_s in PEER_S]
    usual = _each(
        [[*usual_timer(size), "--frames", str(count)] for count in frames],
        environment,
        PEER_S[1] - PEER_S[0],
    )
    words = (
        f"kiosk {kiosk / 1e9:.2f} G (from {seconds:g} s of work, without reading ahead), "
        f"usual timer {usual / 1e9:.1f} G (from {frames[1] - frames[0]} frames)"
    )
    times, clip_times = stations / kiosk, clip / kiosk
    beside = f"{STATIONS} stations {stations / 1e9:.2f} G, one figure at work {kiosk / 1e9:.2f} G"
    return [
        ratio_row("instructions a displayed minute", words, kiosk, usual, 20, 35),
        Row(
            "  stations beside one figure",
            beside,
            f"{times:.2f} times",
            f"{MOST_OF_STATIONS:g} times",
            at_most(times, MOST_OF_STATIONS),
            {"stations": stations, "one_figure": kiosk},
        ),
        Row(
            "  a clip beside a figure",
            f"a clip of the gym's own {clip / 1e9:.2f} G, a figure {kiosk / 1e9:.2f} G",
            f"{clip_times:.1f} times",
            f"{MOST_OF_CLIP:g} times",
            at_most(clip_times, MOST_OF_CLIP),
            {"clip": clip, "one_figure": kiosk},
        ),
        *_page_rows(places, size, seconds, environment, kiosk),
    ]


def _page_rows(
    places: Places, size: tuple[int, int], seconds: float, environment: dict[str, str], work: float
) -> list[Row]:
    """Return the rows of work and of a pause with the page open, beside the same without. It is in another process."""
    page, pause = ["--page", str(places.folder)], ["--paused"]
    work_beside, paused, paused_beside = (
        _kiosk(size, seconds, environment, options) for options in (page, pause, [*pause, *page])
    )
    rows = []
    for what, beside, without in (("work", work_beside, work), ("a pause", paused_beside, paused)):
        words = f"{what} {beside / 1e6:.1f} M while the page is open and used, {without / 1e6:.1f} M without it"
        # A pause takes next to nothing, so looking at a file twice a second is seen in it, but not beside work.
        more = (beside - without) / work
        target, met = f"{MOST_OF_PAGE:.0%} of work", at_most(more, MOST_OF_PAGE)
        values = {"beside": beside, "without": without}
        rows.append(Row(f"  {what}, page open", words, f"{more:+.1%}", target, met, values))
    return rows


def _kiosk(size: tuple[int, int], seconds: float, environment: dict[str, str], options: list[str]) -> float:
    short_s = 2.0
    ours = [sys.executable, "-m", "tests.bench.virtual", "--size", f"{size[0]}x{size[1]}", *options, "--seconds"]
    return _each([[*ours, str(short_s)], [*ours, str(short_s + seconds)]], environment, seconds)


def _each(commands: list[list[str]], environment: dict[str, str], seconds: float) -> float:
    """Return how many more instructions the second command takes, per minute. It runs `seconds` longer."""
    less, more = (_count(command, environment) for command in commands)
    return (more - less) * 60 / seconds


def _count(command: list[str], environment: dict[str, str]) -> int:
    callgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    run = subprocess.run([*callgrind, *command], env=environment, capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not found:
        raise RuntimeError(f"callgrind failed:\n{run.stderr[-2000:]}")
    return int(found[1])
