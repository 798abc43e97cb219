"""A bare pygame program with the kiosk's frame rate and frame size, but no layout, text or figure, only one colour.

`python pygame_least.py work` shows frames until it is ended. `python pygame_least.py press 500` also answers 500
presses, each by filling the whole screen, and prints the milliseconds that each answer took.
"""

from __future__ import annotations

import os
import select
import sys
import time
from contextlib import closing
from threading import Thread

os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
import pygame

from tests.bench.finger import Finger

FRAMES_A_SECOND = 23
PART = 20
"""Number of frames of work that together have as many pixels as the screen."""


def main() -> None:
    pygame.display.init()
    screen = pygame.display.set_mode((0, 0), pygame.NOFRAME)
    # Fill the screen with visible shades, by which the benchmark recognises that the program has started.
    for shade in range(16):
        screen.fill((40, 60, shade * 16), (0, shade * screen.get_height() // 16, *screen.get_size()))
    pygame.display.flip()
    width, height = screen.get_size()
    area = pygame.Rect(width // 4, height // 4, width // 5, height * 5 // PART)
    pressed = Pressed(int(sys.argv[2]) if sys.argv[1] == "press" else 0)
    for frame in range(sys.maxsize):
        if select.select([pressed.reader], [], [], 1 / FRAMES_A_SECOND)[0]:
            os.read(pressed.reader, 1)
            screen.fill((frame % 256, 60, 90))
            pygame.display.flip()
            print(1000 * (time.monotonic() - pressed.at_s[-1]), flush=True)
            if len(pressed.at_s) == pressed.count:
                break
        pygame.event.get()
        screen.fill((frame % 256, 60, 90), area)
        pygame.display.update([area])


class Pressed:
    """`count` presses at random moments; each press makes the file descriptor `reader` readable."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.at_s: list[float] = []
        self.reader, self._writer = os.pipe()
        Thread(target=self._press, daemon=True).start()

    def _press(self) -> None:
        with closing(Finger()) as finger:
            for _ in range(self.count):
                self.at_s.append(finger.press())
                os.write(self._writer, b"!")


if __name__ == "__main__":
    main()
