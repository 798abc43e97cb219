"""The least that pygame needs for what the kiosk does: no layout, no letters, no athlete, one colour.

`python pygame_least.py press` answers a press with a whole screen, often, and prints how many milliseconds each took;
`python pygame_least.py work` shows as many frames a second as work does, of the same size, until it is ended.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
import pygame

PRESSES = 100
FRAMES_A_SECOND = 22
PART = 20
"""So many frames of work make a screen."""


def main() -> None:
    pygame.display.init()
    screen = pygame.display.set_mode((0, 0), pygame.NOFRAME)
    # Something to see, so that one can tell that it has begun.
    for shade in range(16):
        screen.fill((40, 60, shade * 16), (0, shade * screen.get_height() // 16, *screen.get_size()))
    pygame.display.flip()
    if sys.argv[1] == "press":
        for press in range(PRESSES):
            time.sleep(0.1)
            began_s = time.monotonic()
            screen.fill((press, 60, 90))
            pygame.display.flip()
            print(1000 * (time.monotonic() - began_s), flush=True)
        return
    width, height = screen.get_size()
    area = pygame.Rect(width // 4, height // 4, width // 5, height * 5 // PART)
    for frame in range(sys.maxsize):
        time.sleep(1 / FRAMES_A_SECOND)
        pygame.event.get()
        screen.fill((frame % 256, 60, 90), area)
        pygame.display.update([area])


if __name__ == "__main__":
    main()
