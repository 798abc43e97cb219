"""Every scene compared with its stored picture, which a person has checked.

After an intended change, run `make golden` to write new pictures. Look at those that git shows as changed.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pygame
import pytest

from kiosk import config
from kiosk.moments import State, error_moment, moment_at
from kiosk.screen.compositor import picture
from kiosk.screen.drawn_figures import DrawnFigures
from kiosk.show import figures
from kiosk.timeline import Timeline
from kiosk.view import Moment
from tests.bench.virtual import at_stations
from tests.conftest import ROOT
from tests.screen_samples import at

GOLDEN = ROOT / "tests" / "golden"
OUT = GOLDEN / "out"
SIZE = (640, 360)
GRID = (80, 45)
"""Size of the compared pictures. Each pixel is the mean of 8 x 8 pixels because platforms differ slightly."""
TOLERANCE = 24
"""Largest allowed difference of a mean's channel, out of 255. pygame 2.1.2 and 2.6.1 round polygons differently, by up
to 18; a wrong digit differs by 60 or more."""

MOMENTS = {
    "start": (State.IDLE, 3.0),
    "card": (State.CARD, 2.0),
    "dim": (State.DIM, 0.0),
    "get-ready": (State.RUNNING, 3.5),
    "work": (State.RUNNING, 30.0),
    "work-last-seconds": (State.RUNNING, 67.5),
    "work-two-sides-easier": (State.RUNNING, 153.0),
    "work-tip": (State.RUNNING, 66.0),
    "switch": (State.RUNNING, 181.0),
    "changeover-how": (State.RUNNING, 72.0),
    "changeover-why": (State.RUNNING, 75.5),
    "changeover-last-seconds": (State.RUNNING, 78.0),
    "round-break": (State.RUNNING, 362.0),
    "paused": (State.PAUSED, 160.0),
    "held": (State.HELD, 160.0),
    "count-in": (State.COUNT_IN, 160.0),
    "finished": (State.FINISHED, 2.0),
    "error": (State.ERROR, 0.0),
}
STATIONS = {
    "stations-get-ready": (8, 3.5),
    "stations-work": (8, 22.0),
    "stations-last-seconds": (8, 48.5),
    "stations-rotate": (8, 53.0),
    "stations-four": (4, 22.0),
    "stations-twelve": (12, 22.0),
    "stations-words-only": (18, 22.0),
}
"""The number of stations, and the seconds since the circuit began."""


@cache
def timelines() -> Sequence[Timeline]:
    return [Timeline.of(circuit) for circuit in config.load(ROOT / "config").circuits]


@cache
def at_once() -> DrawnFigures:
    return DrawnFigures(figures())


def drawn(name: str) -> pygame.Surface:
    if name in STATIONS:
        count, at_s = STATIONS[name]
        circuit = replace(at_stations(count, 40.0), get_ready_s=10.0)
        return picture(at(Timeline.of(circuit), at_s), SIZE, at_once())
    state, at_s = MOMENTS[name]
    moment: Moment = error_moment(None) if state is State.ERROR else moment_at(timelines(), 0, at_s, state, "18:42")
    return picture(moment, SIZE, at_once())


def means(surface: pygame.Surface) -> bytes:
    opaque = pygame.Surface(surface.get_size(), 0, 32)
    opaque.blit(surface, (0, 0))
    return pygame.image.tostring(pygame.transform.smoothscale(opaque, GRID), "RGB")


def difference(expected: pygame.Surface, computed: pygame.Surface) -> pygame.Surface:
    """Return a picture of the differences between the two pictures, brightened."""
    one, other = expected.copy(), computed.copy()
    one.blit(computed, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
    other.blit(expected, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
    one.blit(other, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
    for _ in range(2):
        one.blit(one.copy(), (0, 0), special_flags=pygame.BLEND_RGB_ADD)
    return one


@pytest.mark.parametrize("name", [*MOMENTS, *STATIONS])
def test_looks_as_it_did(name: str) -> None:
    computed = drawn(name)
    path = GOLDEN / f"{name}.png"
    if "KIOSK_NEW_GOLDEN" in os.environ:
        pygame.image.save(computed, path)
    expected = pygame.image.load(path)
    worst = max(abs(a - b) for a, b in zip(means(expected), means(computed), strict=True))
    if worst > TOLERANCE:
        OUT.mkdir(exist_ok=True)
        pictures = {"expected": expected, "computed": computed, "difference": difference(expected, computed)}
        for what, surface in pictures.items():
            pygame.image.save(surface, OUT / f"{name}-{what}.png")
        pytest.fail(f"differs by {worst} of 255: see {OUT}/{name}-*.png")


def test_would_notice_another_digit() -> None:
    before = moment_at(timelines(), 0, 30.0, State.RUNNING, None)
    after = moment_at(timelines(), 0, 31.0, State.RUNNING, None)
    surfaces = [picture(moment, SIZE) for moment in (before, after)]
    assert max(abs(a - b) for a, b in zip(means(surfaces[0]), means(surfaces[1]), strict=True)) > 2 * TOLERANCE
