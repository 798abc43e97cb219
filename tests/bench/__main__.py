"""`python -m tests.bench`: the kiosk measured side by side with what a gym would take instead."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench import (
    beside,
    figures,
    growth,
    instructions,
    machine,
    page,
    presses,
    real_time,
    remote,
    starting,
    still,
    work,
)
from tests.bench.contenders import Places
from tests.bench.table import Row, as_json, as_text
from tests.bench.virtual import shipped_circuit

SIZE = (1920, 1080)
NEEDS = {"instructions": "valgrind", "growth": None, "page": None}
"""The tool that each part needs, if any. Parts that are not listed need Xvfb."""

Part = Callable[[Places], list[Row]]


def main() -> int:
    options = _options()
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    missing = machine.missing()
    for tool, package in missing.items():
        print(f"{tool} is not installed, so some rows are missing: sudo apt install {package}", file=sys.stderr)
    parts = _parts(options)
    chosen = options.only.split(",") if options.only else list(parts)
    if unknown := set(chosen) - parts.keys():
        print(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(parts)}", file=sys.stderr)
        return 2
    about = machine.describe()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-", ignore_cleanup_errors=True) as folder:
        places = Places(Path(folder))
        _say("drawing the figures")
        _warm(places)
        for name in chosen:
            if NEEDS.get(name, "Xvfb") in missing:
                continue
            _say(name)
            rows += parts[name](places)
            if options.json:
                # Written after each part, so that an interrupted last part does not lose an hour of results.
                options.json.write_text(json.dumps({"machine": about, "rows": as_json(rows)}, indent=2) + "\n")
    lines = [about, f"{SIZE[0]}x{SIZE[1]}, {time.strftime('%Y-%m-%d')}", "", as_text(rows)]
    print("\n".join(lines))
    return 0


def _parts(options: argparse.Namespace) -> Mapping[str, Part]:
    """Return the parts that can be measured, in order; the options set how long the long parts last."""
    quick = options.quick
    runs = options.runs or (1 if quick else 3)
    work_s = options.seconds or (5.0 if quick else 60.0)
    # The kiosk moves a still picture once a minute to prevent burn-in, so a minute has one such move in it.
    still_s = options.seconds or (5.0 if quick else 60.0)
    minutes = options.minutes or (0.6 if quick else 16.0)
    return {
        "work": lambda places: work.measure(places, SIZE, work_s, runs),
        "still": lambda places: still.measure(places, SIZE, still_s, runs),
        "start": lambda places: starting.measure(places, SIZE, 2 if quick else 21),
        "presses": lambda places: presses.measure(places, SIZE, 60 if quick else 500),
        "remote": lambda places: remote.measure(places, SIZE, 30 if quick else 250),
        "page": lambda places: page.measure(places, 2 if quick else 21),
        "beside-page": lambda places: beside.measure(places, SIZE, work_s, runs),
        "real-time": lambda places: real_time.measure(places, SIZE, minutes),
        "instructions": lambda places: instructions.measure(places, SIZE, 4.0 if quick else 30.0),
        "growth": lambda places: growth.measure(places, 4.0 if quick else 20.0, 20.0 if quick else 2.0),
    }


def _warm(places: Places) -> None:
    """Draw all figures beforehand (about a minute), so that the kiosk draws none while it is being measured."""
    figures.fill(places.cache / "kiosk", figures.wanted(shipped_circuit(), SIZE))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every row in some minutes, with more noise")
    parser.add_argument("--only", metavar="PARTS", help="such as work,still,start (commas between them)")
    parser.add_argument("--runs", type=int, metavar="N", help="interleaved runs of work and of standing still")
    parser.add_argument("--seconds", type=float, metavar="S", help="how long each is watched (60 unless given)")
    parser.add_argument("--minutes", type=float, metavar="MIN", help="of the circuit in real time (16 unless given)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there as well, after each part")
    return parser.parse_args()


def _say(part: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {part} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
