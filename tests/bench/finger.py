"""A finger that presses when it is told: a process of its own, which waits for no lock of the one that it presses."""

from __future__ import annotations

import random
import subprocess
import sys

SHORTEST_S, LONGEST_S = 0.7, 1.1
"""How long work goes on between two presses: the signal of the last one is over (0.7 s), the screen has settled."""
_PROGRAM = """
import sys, time
for line in sys.stdin:
    time.sleep(float(line))
    print(time.monotonic(), flush=True)
"""


class Finger:
    def __init__(self) -> None:
        command = [sys.executable, "-c", _PROGRAM]
        self._chance = random.Random(5)
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def press(self) -> float:
        """Wait for the next press, some time later; return its moment in seconds on the monotonic clock.

        It is heard of by a pipe, as the pin library's thread hears of an edge, and has to wait for its turn then.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(self._chance.uniform(SHORTEST_S, LONGEST_S), file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()
