"""A program that only wakes up, once a second until it is ended: `python waking_least.py`.

It prints the planned moment (monotonic seconds) and how many ms after that moment `select` returned.
"""

from __future__ import annotations

import select
import time

NEAR_S = 0.01
"""Length of the last wait, in seconds. It is short because `select` may be late by a thousandth of its wait."""


def main() -> None:
    planned_s = time.monotonic()
    while True:
        planned_s += 1
        for until_s in (planned_s - NEAR_S, planned_s):
            select.select([], [], [], max(0.0, until_s - time.monotonic()))
        print(f"{planned_s:.6f} {1000 * (time.monotonic() - planned_s):.3f}", flush=True)


if __name__ == "__main__":
    main()
