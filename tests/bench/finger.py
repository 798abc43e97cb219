"""A separate process that chooses the moments of presses, so that no lock of the measured process delays a press."""

from __future__ import annotations

import random
import subprocess
import sys

SHORTEST_S, LONGEST_S = 0.7, 1.1
"""Limits of the wait before a press, in seconds. By then the last signal (0.7 s) is over and the screen has settled."""
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
        """Wait for the next press; return its moment in seconds on the monotonic clock.

        The press arrives through a pipe, so the reading thread has to wait for its turn, as the pin library's thread
        does after an edge.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(self._chance.uniform(SHORTEST_S, LONGEST_S), file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()
