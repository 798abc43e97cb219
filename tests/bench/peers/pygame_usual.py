"""A gym timer as pygame timers are usually written: 60 times a second all is drawn and every text is rendered again.

It shows what the kiosk shows during work: title, big seconds, a ring, a moving figure, a hint, the next exercise and
the progress of the circuit. Fonts are opened once. Time comes from the clock, not from counting frames.

`python pygame_usual.py WIDTHxHEIGHT [--frames N]`. With --frames it draws N frames without waiting, then ends.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from itertools import pairwise

os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
import pygame

FPS = 60
WORK_S = 60.0
BACKGROUND, PANEL, TRACK = (10, 13, 18), (20, 26, 35), (33, 42, 55)
TEXT, QUIET, GREEN = (245, 247, 250), (185, 195, 209), (200, 255, 60)
SKIN, SHIRT, TROUSERS, BALL, MAT = (214, 160, 126), (88, 140, 220), (60, 70, 96), (52, 96, 190), (104, 116, 138)
EXERCISES = ["Ball back extension", "Russian twist", "Side plank", "Glute bridge", "Clamshell"]
LOOP = ((1.3, 0.8), (1.6, 0.3))
"""Seconds of moving and then of holding still: the first pair for the way up, the second for the way down."""
CUES = ["Lift only to a straight line", "Eyes on the floor", "Squeeze, then lower slowly"]


class Timer:
    def __init__(self, size: tuple[int, int], flags: int = pygame.FULLSCREEN) -> None:
        pygame.init()
        self.screen = pygame.display.set_mode(size, flags)
        self.size = self.screen.get_size()
        if self.size != size:
            raise SystemExit(f"the display gave {self.size}")
        pygame.mouse.set_visible(False)
        height = self.size[1]
        self.huge = pygame.font.Font(None, int(height * 0.50))
        self.large = pygame.font.Font(None, int(height * 0.13))
        self.middle = pygame.font.Font(None, int(height * 0.08))
        self.small = pygame.font.Font(None, int(height * 0.06))

    def draw(self, elapsed_s: float) -> None:
        width, height = self.size
        left_s = WORK_S - elapsed_s % WORK_S
        place = int(elapsed_s // WORK_S) % len(EXERCISES)
        self.screen.fill(BACKGROUND)
        self._text(self.large, EXERCISES[place], TEXT, (0.03 * width, 0.05 * height))
        self._panel(left_s)
        self._figure(elapsed_s)
        self._text(self.middle, CUES[int(elapsed_s // 8) % len(CUES)], GREEN, (0.03 * width, 0.72 * height))
        for index in range(15):
            box = pygame.Rect(0.03 * width + index * 0.039 * width, 0.92 * height, 0.036 * width, 0.026 * height)
            pygame.draw.rect(self.screen, TRACK, box, border_radius=6)
            if index == place:
                box.width = int(box.width * (1 - left_s / WORK_S))
                pygame.draw.rect(self.screen, GREEN, box, border_radius=6)
        for round_ in range(3):
            at = (0.03 * width + round_ * 0.195 * width, 0.86 * height)
            self._text(self.small, f"Round {round_ + 1}/3", QUIET, at)
        self._text(self.small, "Next", QUIET, (0.63 * width, 0.86 * height))
        self._text(self.small, EXERCISES[(place + 1) % len(EXERCISES)], TEXT, (0.63 * width, 0.91 * height))

    def run(self) -> None:
        clock, began_s = pygame.time.Clock(), time.monotonic()
        while True:
            for event in pygame.event.get():
                if event.type == pygame.QUIT:
                    return
            self.draw(time.monotonic() - began_s)
            pygame.display.flip()
            clock.tick(FPS)

    def run_frames(self, count: int) -> None:
        for frame in range(count):
            pygame.event.get()
            self.draw(frame / FPS)
            pygame.display.flip()

    def _text(self, font: pygame.font.Font, words: str, colour: tuple[int, int, int], at: tuple[float, float]) -> None:
        self.screen.blit(font.render(words, True, colour), at)

    def _panel(self, left_s: float) -> None:
        width, height = self.size
        box = pygame.Rect(0.62 * width, 0.17 * height, 0.35 * width, 0.63 * height)
        pygame.draw.rect(self.screen, PANEL, box, border_radius=24)
        self._text(self.small, "WORK", GREEN, (box.left + 30, box.top + 25))
        centre, radius = (box.centerx, box.centery + 20), int(0.26 * height)
        pygame.draw.circle(self.screen, TRACK, centre, radius, 24)
        end = math.pi / 2 + math.tau * left_s / WORK_S
        around = pygame.Rect(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius)
        pygame.draw.arc(self.screen, GREEN, around, math.pi / 2, end, 24)
        digits = self.huge.render(str(math.ceil(left_s)), True, GREEN)
        self.screen.blit(digits, digits.get_rect(center=centre))

    def _figure(self, elapsed_s: float) -> None:
        """Draw a person who lies face down over a ball and lifts the chest."""
        width, height = self.size
        unit, (zero_x, zero_y) = 0.50 * height, (0.30 * width, 0.66 * height)

        def at(x: float, y: float) -> tuple[float, float]:
            return zero_x + x * unit, zero_y - y * unit

        def limb(colour: tuple[int, int, int], points: list[tuple[float, float]], thick: float) -> None:
            for a, b in pairwise(points):
                pygame.draw.line(self.screen, colour, at(*a), at(*b), int(thick * unit))
            for point in points:
                pygame.draw.circle(self.screen, colour, at(*point), int(thick * unit / 2))

        lift = _lift(elapsed_s)
        turn = math.radians(-25 + 50 * lift)
        hip, foot, knee = (-0.12, 0.34), (-0.75, 0.06), (-0.42, 0.16)
        shoulder = (hip[0] + 0.42 * math.cos(turn), hip[1] + 0.42 * math.sin(turn) + 0.05)
        head = (shoulder[0] + 0.15 * math.cos(turn), shoulder[1] + 0.15 * math.sin(turn) + 0.03)
        elbow = (shoulder[0] + 0.02, shoulder[1] + 0.20)
        mat = [at(-0.85, 0.02), at(0.75, 0.02), at(0.62, 0.12), at(-0.72, 0.12)]
        pygame.draw.polygon(self.screen, MAT, mat)
        limb(SKIN, [shoulder, (elbow[0], elbow[1] - 0.05), head], 0.06)
        pygame.draw.circle(self.screen, BALL, at(0.0, 0.20), int(0.19 * unit))
        limb(TROUSERS, [hip, knee, foot], 0.12)
        limb(SHIRT, [hip, shoulder], 0.17)
        limb(SKIN, [shoulder, elbow, head], 0.07)
        pygame.draw.circle(self.screen, SKIN, at(*head), int(0.085 * unit))


def _lift(elapsed_s: float) -> float:
    """Return how far the chest is lifted, from 0 to 1."""
    (up_s, top_s), (down_s, bottom_s) = LOOP
    into_s = elapsed_s % (up_s + top_s + down_s + bottom_s)
    if into_s < up_s:
        return _ease(into_s / up_s)
    if into_s < up_s + top_s:
        return 1.0
    return 1.0 - _ease(min(1.0, (into_s - up_s - top_s) / down_s))


def _ease(x: float) -> float:
    return x * x * (3 - 2 * x)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("size")
    parser.add_argument("--frames", type=int)
    options = parser.parse_args()
    width, height = options.size.split("x")
    if options.frames is None:
        Timer((int(width), int(height))).run()
    else:
        # Without a display, SDL would choose an arbitrary size for full screen.
        Timer((int(width), int(height)), 0).run_frames(options.frames)


if __name__ == "__main__":
    main()
