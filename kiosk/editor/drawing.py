"""The process that draws for the page: `python -m kiosk.editor.drawing IDLE_S`.

It draws the wall's picture of a draft, and stills of figures. It stays warm, so that the second picture comes soon, and
ends when nobody has asked for anything for IDLE_S seconds.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pygame

import kiosk.quick_pygame  # noqa: F401
from kiosk import config
from kiosk.circuit import Block, Circuit, Exercise, Round, Set, Sides, Task, Work
from kiosk.editor.pipe import receive, send
from kiosk.errors import KioskError
from kiosk.figure.draw_clip import draw_one
from kiosk.figure.drawing import Drawing as FigureDrawing
from kiosk.figure.files import FigureFile
from kiosk.figure.model import Figure, Step
from kiosk.figure.still import draw_still
from kiosk.moments import CLOCK, State, moment_at
from kiosk.picture.files import OwnPicture
from kiosk.screen.compositor import picture
from kiosk.screen.drawn_figures import DrawnFigures, drawing_of
from kiosk.screen.figure.clip import Clip
from kiosk.screen.figures import SizedFigure
from kiosk.screen.fonts import Fonts
from kiosk.screen.lru import LruCache
from kiosk.screen.theme import Palette
from kiosk.timeline import Kind, Timeline

NICENESS = 10
"""The wall goes first."""
LARGEST = (1280, 720)
STILL_PX = (320, 240)
WORK_S = 60.0
"""Length of the work in the picture of an exercise."""
MOST_DRAWINGS = 12
MOST_CLIPS = 24
"""Number of figures, and of their poses, that are kept from one picture to the next."""
REST_S = 20.0
"""Length of the rest before it."""
ALMOST_S = 0.05
"""Time before the end of a circuit or of work that can still be drawn."""


class Drawing:
    """What is kept between two pictures."""

    def __init__(self) -> None:
        self._fonts = Fonts()
        self._loaded: dict[FigureFile, Figure] = {}
        self._drawings: LruCache[FigureDrawing] = LruCache(MOST_DRAWINGS)
        self._clips: LruCache[Clip] = LruCache(MOST_CLIPS)

    def answer(self, request: dict[str, Any]) -> bytes:
        """Return the picture that is asked for, as a PNG file. Raises KioskError or LookupError."""
        return png(self._still(request) if request["do"] == "still" else self._wall(request))

    def _wall(self, request: dict[str, Any]) -> pygame.Surface:
        library = config.load(Path(request["folder"]))
        name, at_s = request["name"], float(request["at_s"])
        if request["kind"] == "exercises":
            timeline = Timeline.of(circuit_of(library.exercises[name]))
            # The second time it has a rest before it.
            rest = next(interval for interval in timeline.intervals if interval.kind is Kind.CHANGEOVER)
            at_s = rest.end_s + min(max(-REST_S, at_s), WORK_S / 2 - ALMOST_S)
        else:
            timeline = Timeline.of({circuit.id: circuit for circuit in library.circuits}[name])
            at_s = min(max(0.0, at_s), timeline.total_s - ALMOST_S)
        moment = moment_at([timeline], 0, at_s, State.RUNNING, CLOCK)
        width = min(request["width"], LARGEST[0])
        size = (width, round(width * LARGEST[1] / LARGEST[0]))
        figures = _Figures(library.figures, self._loaded)
        source = _KeptFigures(figures, library.pictures.values(), self._drawings, self._clips)
        return picture(moment, size, source, self._fonts)

    def _still(self, request: dict[str, Any]) -> pygame.Surface:
        figure = FigureFile(Path(request["file"])).load()
        still = draw_still(figure, STILL_PX, accent=Palette().work)
        return pygame.transform.flip(still, True, False) if figure.mirrored_for(request["side"]) else still


class _KeptFigures(DrawnFigures):
    """A source of sprites like its base class. What was drawn for an earlier picture is not drawn again.

    A figure takes nine tenths of the time of a picture, and mostly it is the same as before.
    """

    def __init__(
        self,
        figures: Mapping[str, Figure],
        pictures: Iterable[OwnPicture],
        drawings: LruCache[FigureDrawing],
        clips: LruCache[Clip],
    ) -> None:
        super().__init__(figures, pictures)
        self._drawings = drawings
        self._clips = clips

    def clip(self, figure: Figure, sized: SizedFigure, step: Step, flipped: bool) -> Clip:
        drawn = (id(figure), sized)
        drawing = self._drawings.get(drawn, lambda: drawing_of(figure, sized))
        return self._clips.get((*drawn, step, flipped), lambda: Clip(draw_one(drawing, step), figure, sized, flipped))


class _Figures(Mapping[str, Figure]):
    """Figures by name. One that was read for an earlier picture is not read again while its file is the same."""

    def __init__(self, files: Mapping[str, FigureFile], loaded: dict[FigureFile, Figure]) -> None:
        self._files = files
        self._loaded = loaded

    def __getitem__(self, name: str) -> Figure:
        file = self._files[name]
        if file not in self._loaded:
            self._loaded[file] = file.load()
        return self._loaded[file]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def circuit_of(exercise: Exercise) -> Circuit:
    """Return a circuit of this exercise, twice. In the rest before the second time, the wall says how and why."""
    switch_s = 5.0 if exercise.sides is Sides.EACH else 0.0
    work = Work((Set((Task(exercise),), WORK_S, REST_S, switch_s),))
    return Circuit(id="", name=exercise.name, content=Block((Round((work, work)),)))


def png(surface: pygame.Surface) -> bytes:
    """Return a PNG file of a picture."""
    content = BytesIO()
    pygame.image.save(surface, content, "picture.png")
    return content.getvalue()


def main(arguments: list[str]) -> int:
    os.nice(NICENESS)
    (idle_s,) = map(float, arguments)
    # Only answers may get into the pipe, and nothing that a library prints.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    questions = os.fdopen(0, "rb", buffering=0)
    return serve(questions, answers, Drawing(), lambda: bool(select.select([questions], [], [], idle_s)[0]))


def serve(questions: Any, answers: Any, drawing: Drawing, asked: Callable[[], bool]) -> int:
    """Answer until nobody asks any more."""
    while asked():
        try:
            request, _ = receive(questions)
        except EOFError:
            break
        try:
            send(answers, {}, drawing.answer(request))
        except (KioskError, LookupError, ValueError) as error:
            print(f"the page's picture cannot be drawn: {error!r}", file=sys.stderr, flush=True)
            send(answers, {"error": "This cannot be drawn."})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
