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
from kiosk.circuit import Amrap, Exercise, ForTime, Set, Task, Work
from kiosk.figure.contact_sheet import Page, arranged, draw_page
from kiosk.moments import State, error_moment, moment_at
from kiosk.phone import PageState
from kiosk.screen.compositor import picture
from kiosk.screen.drawn_figures import DrawnFigures
from kiosk.screen.theme import Palette
from kiosk.show.figures import figures_in
from kiosk.timeline import Timeline
from kiosk.view import ChooserView, Moment, PhoneView, View
from tests.bench.virtual import at_stations
from tests.conftest import ROOT, USUAL
from tests.samples import circuit, work
from tests.screen_samples import at, pressed

GOLDEN = ROOT / "tests" / "golden"
OUT = GOLDEN / "out"
SIZE, PORTRAIT = (640, 360), (360, 640)
SHEET, SHEET_ROWS, SHEETS = (960, 1216), 8, 7
"""Size of a page of the sheet of all figures, its number of rows, and the number of pages."""
MEAN_OF = 8
"""What is compared are the means of 8 x 8 pixels, because platforms differ slightly."""
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
    "chooser": (State.CHOOSER, 3.0),
    "error": (State.ERROR, 0.0),
    "notice": (State.NOTICE, 6.0),
    "refused": (State.REFUSED, 8.0),
    "phone": (State.PHONE, 100.0),
    "phone-dark": (State.PHONE, 322.0),
}
KINDS = {
    "open-work": ("reps", 153.0),
    "open-work-sides": ("reps", 425.0),
    "easy": ("easy", 21.0),
    "easy-last-seconds": ("easy", 58.2),
    "minute": ("minutes", 143.0),
    "amrap": ("amrap", 385.0),
    "amrap-counted": ("amrap", 270.4),
    "amrap-ready": ("amrap", 4.0),
    "for-time": ("for-time", 287.0),
    "for-time-last-seconds": ("for-time", 608.5),
    "together": ("together", 35.0),
    "amrap-finished": ("amrap", 1212.0),
    "for-time-finished": ("for-time", 612.0),
    "class-finished": ("class", 182.0),
}
"""Moments of the circuits of other kinds of work."""
PRESSES_S = {"amrap": (95.0, 180.0, 270.0, 358.0), "class": (30.0, 55.0, 140.7)}
"""When the button is pressed in these circuits."""


@cache
def kinds() -> dict[str, Timeline]:
    known = config.load(ROOT / "config").exercises
    bridge, plank, back = (known[name] for name in ("glute-bridge", "side-plank", "back-extension"))
    reps = Work((Set((Task(bridge, "12"),), 60.0, 60.0, open=True),) * 3)
    held = Work((Set((Task(plank, "8"),), 60.0, switch_s=5.0, open=True),))
    squats, pull_ups = (Exercise("", one, one) for one in ("Squats", "Pull-ups"))
    three = (Task(bridge, "5"), Task(back, "10"), Task(squats, "15"))
    two = (Task(bridge, "21-15-9"), Task(pull_ups, "21-15-9"))
    amrap, for_time = Amrap(three, 60.0, "Rounds"), ForTime(90.0, two, "Ladder")
    calm = Work((Set((Task(back, ""),), 60.0, easy=True),))
    found = {
        "reps": circuit(reps, held, rounds=1),
        "easy": circuit(calm, work(bridge, 40.0), rounds=1, get_ready_s=0),
        "minutes": circuit(work(back, 60.0, amount="12"), rounds=10, round_break_s=0),
        "amrap": circuit(content=Amrap(three, 1200.0)),
        "for-time": circuit(content=ForTime(600.0, two)),
        "together": circuit(Work((Set(two, 45.0, 15.0),) * 3), rounds=1),
        "class": circuit(amrap, for_time, work(bridge, 40.0), rounds=1),
    }
    return {name: Timeline.of(one) for name, one in found.items()}


OF_WORKOUTS = {
    "class-start": ("class", State.IDLE, 23.0),
    "class-work": ("class", State.RUNNING, 1830.0),
    "part-break": ("class", State.RUNNING, 2035.0),
    "briefing": ("stations", State.BRIEFING, 15.0),
    "start-amrap": ("amrap", State.IDLE, 3.0),
}
"""Moments of the circuits of `tests/workouts`, each with its circuit."""
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


OF_PAGE = ("chooser-phone", "phone-opening", "phone-in-use", "phone-failed")
"""The screens of the page besides the one of State.PHONE."""


def of_page(name: str) -> View:
    several, opened = tuple(timelines()), moment_at(timelines(), 0, 0.0, State.PHONE, None).view
    assert isinstance(opened, PhoneView)
    views: dict[str, View] = {
        "chooser-phone": ChooserView(several, len(several), 0, 17, phone=True),
        "phone-opening": PhoneView(PageState.OPENING),
        "phone-in-use": replace(opened, state=PageState.IN_USE, seconds=117, lasts=0),
        "phone-failed": PhoneView(
            PageState.FAILED, seconds=57, what="There is no network.", fix="Connect the Pi to the Wi-Fi."
        ),
    }
    return views[name]


@cache
def timelines() -> Sequence[Timeline]:
    """Return timelines to choose from: first the one of the circuit that the shipped kiosk.yaml names."""
    return [Timeline.of(config.load(ROOT / "config").circuit(USUAL)), *workouts().values()]


@cache
def at_once() -> DrawnFigures:
    return DrawnFigures(figures_in(config.shipped_figures()))


@cache
def workouts() -> dict[str, Timeline]:
    circuits = config.load(ROOT / "tests" / "workouts").circuits
    return {circuit.id: Timeline.of(circuit) for circuit in circuits}


def drawn(name: str, size: tuple[int, int]) -> pygame.Surface:
    if name in KINDS:
        kind, at_s = KINDS[name]
        return picture(pressed(kinds()[kind], at_s, *PRESSES_S.get(kind, ())), size, at_once())
    if name in OF_WORKOUTS:
        circuit, state, at_s = OF_WORKOUTS[name]
        return picture(moment_at([workouts()[circuit]], 0, at_s, state, "18:42"), size, at_once())
    if name in STATIONS:
        count, at_s = STATIONS[name]
        made_for = replace(at_stations(count, 40.0), get_ready_s=10.0)
        return picture(at(Timeline.of(made_for), at_s), size, at_once())
    if name in OF_PAGE:
        return picture(Moment(of_page(name), 3.0), size, at_once())
    state, at_s = MOMENTS[name]
    several = timelines()
    moment: Moment = error_moment(None) if state is State.ERROR else moment_at(several, 0, at_s, state, "18:42")
    return picture(moment, size, at_once())


def means(surface: pygame.Surface) -> bytes:
    opaque = pygame.Surface(surface.get_size(), 0, 32)
    opaque.blit(surface, (0, 0))
    grid = surface.get_width() // MEAN_OF, surface.get_height() // MEAN_OF
    return pygame.image.tostring(pygame.transform.smoothscale(opaque, grid), "RGB")


def difference(expected: pygame.Surface, computed: pygame.Surface) -> pygame.Surface:
    """Return a picture of the differences between the two pictures, brightened."""
    one, other = expected.copy(), computed.copy()
    one.blit(computed, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
    other.blit(expected, (0, 0), special_flags=pygame.BLEND_RGB_SUB)
    one.blit(other, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
    for _ in range(2):
        one.blit(one.copy(), (0, 0), special_flags=pygame.BLEND_RGB_ADD)
    return one


@pytest.mark.parametrize("name", [*MOMENTS, *KINDS, *OF_WORKOUTS, *STATIONS, *OF_PAGE])
def test_looks_as_it_did(name: str) -> None:
    compare(drawn(name, SIZE), name)


@pytest.mark.parametrize("name", [*MOMENTS, *KINDS, *OF_WORKOUTS, *STATIONS, *OF_PAGE])
def test_looks_as_it_did_in_portrait(name: str) -> None:
    compare(drawn(name, PORTRAIT), f"portrait-{name}")


@pytest.mark.parametrize("page", range(1, SHEETS + 1))
def test_the_sheets_of_all_figures_look_as_they_did(page: int) -> None:
    pages = sheets()
    assert len(pages) == SHEETS
    compare(draw_page(pages[page - 1], SHEET, SHEET_ROWS, accent=Palette().work), f"figures-{page}")


@cache
def sheets() -> list[Page]:
    return arranged(list(figures_in(config.shipped_figures()).values()), SHEET_ROWS)


def compare(computed: pygame.Surface, name: str) -> None:
    """Fail if the picture differs from the stored one with this name."""
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
