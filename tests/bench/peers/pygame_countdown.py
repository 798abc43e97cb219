"""Two timers that drift because they count down. Once a second, each prints by how many ms it is late.

`python pygame_countdown.py tick|sleep SECONDS`: `tick` subtracts from the time left the frame time that
`clock.tick(60)` returns; `sleep` subtracts a second after each `sleep(1)`. Both render the digits, as a timer does.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
import pygame

FPS = 60


class Face:
    """A window of 640 x 360 pixels that shows the seconds left as digits."""

    def __init__(self) -> None:
        pygame.init()
        self.screen = pygame.display.set_mode((640, 360))
        self.font = pygame.font.Font(None, 200)

    def show(self, seconds: float) -> None:
        pygame.event.get()
        self.screen.fill((10, 13, 18))
        self.screen.blit(self.font.render(f"{seconds:.0f}", True, (200, 255, 60)), (40, 40))
        pygame.display.flip()


def tick(face: Face, total_s: float) -> None:
    clock, began_s = pygame.time.Clock(), time.monotonic()
    clock.tick()
    left_s = said_s = total_s
    while left_s > 0:
        left_s -= clock.tick(FPS) / 1000
        face.show(left_s)
        if left_s <= said_s - 1:
            said_s -= 1
            report(time.monotonic() - began_s, total_s - left_s)


def sleep(face: Face, total_s: float) -> None:
    began_s = time.monotonic()
    for left_s in range(int(total_s) - 1, -1, -1):
        time.sleep(1)
        face.show(left_s)
        report(time.monotonic() - began_s, total_s - left_s)


def report(real_s: float, counted_s: float) -> None:
    """Print the real time in seconds, and by how many ms the timer's own time is late."""
    print(f"{real_s:.3f} {1000 * (real_s - counted_s):.2f}", flush=True)


if __name__ == "__main__":
    {"tick": tick, "sleep": sleep}[sys.argv[1]](Face(), float(sys.argv[2]))
