"""The smallest possible pygame program: a window that fills the screen with some shades.

`python pygame_bare.py full|frameless`: pygame's full screen, or a window of that size without a frame.
"""

from __future__ import annotations

import os
import sys
import time

# The same settings that make SDL start faster in the kiosk on X11, so that the comparison is fair.
os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
os.environ.setdefault("XCOMPOSEFILE", os.devnull)
import pygame

pygame.display.init()
screen = pygame.display.set_mode((0, 0), pygame.FULLSCREEN if sys.argv[1] == "full" else pygame.NOFRAME)
for shade in range(16):
    screen.fill((40, 60, shade * 16), (0, shade * screen.get_height() // 16, *screen.get_size()))
pygame.display.flip()
while pygame.QUIT not in [event.type for event in pygame.event.get()]:
    time.sleep(0.05)
