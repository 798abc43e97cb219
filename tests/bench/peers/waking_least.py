"""What waking up on time takes by itself: `python waking_least.py` does nothing else, once a second until it is ended.

It prints the planned moment in seconds on the monotonic clock, and how many ms after it `select` came back.
"""

from __future__ import annotations

import select
import time

NEAR_S = 0.01
"""`select` may be late by a thousandth of its wait, so the last step is a short one."""


def main() -> None:
    planned_s = time.monotonic()
    while True:
        planned_s += 1
        for until_s in (planned_s - NEAR_S, planned_s):
            select.select([], [], [], max(0.0, until_s - time.monotonic()))
        print(f"{planned_s:.6f} {1000 * (time.monotonic() - planned_s):.3f}", flush=True)


if __name__ == "__main__":
    main()
