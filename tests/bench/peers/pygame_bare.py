"""The least that a pygame program can do: a full-screen window with some shades. What takes longer is one's own.

`python pygame_bare.py full|frameless`: full screen as pygame has it, or a window of that size without a frame.
"""

from __future__ import annotations

import os
import sys
import time

# What is known to make SDL quicker on X11, as the kiosk has it: it is the floor.
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
