"""The figures of the running wall: drawn ahead by another process, shown from memory."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from kiosk.circuit import Side
from kiosk.colour import Colour
from kiosk.figure.colours import COLOURS, FigureColours
from kiosk.figure.model import Figure
from kiosk.screen.figure import store
from kiosk.screen.figure.animation import Animation
from kiosk.screen.figure.arrow_fade import DIMMED, arrow_opacity, arrows_stay_s
from kiosk.screen.figure.folders import Folders, NoFolderError
from kiosk.screen.figure.frame_cache import FrameCache
from kiosk.screen.figures import NOTHING, UNSETTLED_S, Figures, Shown, SizedFigure

if TYPE_CHECKING:
    from kiosk.figure.drawing import Drawing

ANIMATIONS_KEPT = 2
"""Number of animations kept: the one on screen, 4 to 5 MB at 1080p, and the next one, compressed to half a megabyte."""
STARTS = 2
"""Maximum starts in a row of a drawing process that dies, before a pause of RETRY_S."""
RETRY_S = 60.0
"""Pause before the drawing process is started again: somebody may have made room on a full disk."""
FADE_LEVELS = 10
MOST_REQUESTED = 20

log = logging.getLogger(__name__)


class FigureFrames(Figures):
    """Sprites of figures by name and time. Nothing here needs a display.

    With a `cache_dir`, pictures are read from files in it. A process at the lowest priority draws those that are
    missing; no call waits for it. While the folder cannot be written, a temporary one takes the files, in `memory_dir`
    if one is given. With None for `cache_dir` every picture is drawn on the spot, with the same pixels: slow, for
    stills and tests.
    """

    def __init__(
        self,
        figures: Iterable[Figure],
        cache_dir: Path | None,
        *,
        memory_dir: Path | None = None,
        colours: FigureColours = COLOURS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._figures = {figure.id: figure for figure in figures}
        self._colours = colours
        self.animations: OrderedDict[tuple[str, tuple[int, int], bool], Animation] = OrderedDict()
        """The animations in memory, by figure, box and whether it is mirrored; the one on screen is the last."""
        self._drawing: tuple[SizedFigure, Drawing] | None = None
        self.settled = True
        """Whether the last `get` returned the final picture, and not a substitute for one that is not there yet."""
        self._requested: list[SizedFigure] = []
        self._all_read = False
        self.process: subprocess.Popen[bytes] | None = None
        """The process that draws, None while there is none."""
        self._starts = 0
        self._retry_s = 0.0
        self._said: set[str] = set()
        self._complete: set[SizedFigure] = set()
        """Figures and boxes of which every file is known to be there."""
        self._clock = clock
        self._memory_dir = memory_dir
        self._temporary: Path | None = None
        self._folders = Folders([cache_dir.absolute()]) if cache_dir else None

    def request(self, figures: Sequence[SizedFigure]) -> None:
        requested = [one for one in dict.fromkeys(figures) if one[0] in self._figures]
        if self._folders and requested != self._requested:
            self._requested = requested
            self._all_read = False
            if self._alive() or not all(self._drawn_already(*one) for one in requested):
                self._send()

    def get(
        self,
        name: str,
        t_s: float,
        size: tuple[int, int],
        accent: Colour,
        side: Side | None = None,
        arrows: bool = False,
    ) -> Shown:
        """Return the figure at a time of its loop, or the nearest picture that is there so far.

        A picture that is not the final one stays for UNSETTLED_S at most.
        """
        if name not in self._figures:
            return NOTHING
        figure = self._figures[name]
        # A figure is mirrored for the side that it was not designed for.
        flipped = side is not None and figure.side is not None and figure.side != side.value
        animation = self._animation(figure, size, flipped)
        step, stays_s = figure.shown(t_s)
        opacity = 0.0
        if arrows and figure.arrows:
            opacity = _levelled(arrow_opacity(figure, t_s))
            stays_s = min(stays_s, arrows_stay_s(figure, t_s))
        sprite = animation.sprite(step, accent, opacity)
        if sprite is None and self._given_up:
            animation.draw_still()
            sprite = animation.sprite(step, accent, opacity)
        self.settled = animation.cache.complete and not animation.behind
        if not animation.cache.complete:
            self._ask_for((name, size))
        if animation.cache.dropped:
            animation.cache.dropped = False
            self._complete.discard((name, size))
            self._send()
        return Shown(sprite, stays_s if self.settled else min(stays_s, UNSETTLED_S))

    def prefetch(self, onto: pygame.Surface | None = None, budget_s: float = 0.003) -> bool:
        """Read requested pictures into memory for about `budget_s`; return whether any were read."""
        if self._all_read:
            return False
        until = time.monotonic() + budget_s
        loaded = False
        requested = self._requested[:ANIMATIONS_KEPT]
        self._make_room(requested)
        for name, box_px in requested:
            animation = next(
                (animation for key, animation in self.animations.items() if key[:2] == (name, box_px)), None
            )
            if animation is None and len(self.animations) < ANIMATIONS_KEPT:
                animation = self._animation(self._figures[name], box_px, False, touch=False)
            shown = animation is next(reversed(self.animations.values()))
            while animation and time.monotonic() < until and animation.cache.load_one(unpack=shown, onto=onto):
                loaded = True
        # Only with time left is it certain that nothing is left to read.
        self._all_read = time.monotonic() < until and all(
            animation.cache.all_read for animation in self.animations.values()
        )
        return loaded

    def _make_room(self, requested: Sequence[SizedFigure]) -> None:
        """Drop animations that are neither on screen nor requested, and the other side of the one on screen."""
        *others, on_screen = self.animations or [None]
        for key in others:
            if key and on_screen and (key[:2] not in requested or key[:2] == on_screen[:2]):
                del self.animations[key]

    def close(self) -> None:
        """Stop the drawing process and drop every picture; harmless when called again."""
        if self.process:
            if self.process.stdin:
                self.process.stdin.close()
            self.process.terminate()
            try:
                self.process.wait(2)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self._hear(self.process)
            self.process = None
        self._starts, self._retry_s = STARTS, inf
        self.animations.clear()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def _animation(self, figure: Figure, box_px: tuple[int, int], flipped: bool, touch: bool = True) -> Animation:
        key = (figure.id, box_px, flipped)
        if key not in self.animations:
            files = self._folders.of(figure, self._colours, box_px) if self._folders else None
            background = self._colours.background
            cache = FrameCache(figure, box_px, flipped, files, background, lambda: self._drawn(figure, box_px))
            self.animations[key] = Animation(figure, cache, background, (key, figure.digest))
            self._all_read = False
            if not touch:
                self.animations.move_to_end(key, last=False)
        if touch:
            if key != next(reversed(self.animations)):
                # The animation on screen is decompressed, the next one is not.
                self._all_read = False
            self.animations.move_to_end(key)
            while len(self.animations) > ANIMATIONS_KEPT:
                self.animations.popitem(last=False)
        return self.animations[key]

    def _drawn(self, figure: Figure, box_px: tuple[int, int]) -> Drawing:
        """Return the drawing for pictures made on the spot. Only the last one is kept, because its canvas is large."""
        # Only stills and tests need the drawing code in this process.
        from kiosk.figure.drawing import Drawing

        sized = (figure.id, box_px)
        if self._drawing is None or self._drawing[0] != sized:
            self._drawing = (sized, Drawing(figure, box_px, self._colours))
        return self._drawing[1]

    def _drawn_already(self, name: str, box_px: tuple[int, int]) -> bool:
        assert self._folders is not None
        figure = self._figures[name]
        if (name, box_px) not in self._complete:
            there = self._folders.of(figure, self._colours, box_px).found()
            if any(one not in there for one in store.file_names(figure)):
                return False
            self._complete.add((name, box_px))
        return True

    @property
    def _given_up(self) -> bool:
        return self._folders is not None and self._starts >= STARTS and not self._alive()

    def _alive(self) -> bool:
        if self.process is not None:
            ended = self.process.poll() is not None
            self._hear(self.process)
            if ended:
                self._note_end(self.process.returncode)
                self.process = None
        return self.process is not None

    def _ask_for(self, figure: SizedFigure) -> None:
        """Have something drawn that is on screen although nobody has requested it."""
        if figure not in self._requested:
            self._requested = [figure, *self._requested[:MOST_REQUESTED]]
            self._send()
        elif not self._alive():
            self._send()

    def _send(self) -> None:
        """Tell the drawing process what is requested, after starting it if it is not running."""
        if not self._alive():
            if self._starts >= STARTS and self._clock() < self._retry_s:
                return
            self._start()
        line = json.dumps([[name, *box_px] for name, box_px in self._requested]) + "\n"
        if self.process and self.process.stdin:
            try:
                self.process.stdin.write(line.encode())
                self.process.stdin.flush()
            except OSError:
                # It has just died, which the next call notices.
                return

    def _note_end(self, status: int) -> None:
        if status == 0:
            # It had nothing left to draw.
            self._starts = 0
            return
        self._retry_s = self._clock() + RETRY_S
        if status != NoFolderError.exit_status:
            self._say(f"the figures' drawing process ended with {status}")

    def _hear(self, process: subprocess.Popen[bytes]) -> None:
        """Log what the process has said since the last time."""
        assert process.stdout is not None
        for line in (process.stdout.read() or b"").decode(errors="replace").splitlines():
            self._say(line)

    def _say(self, line: str) -> None:
        """Log a line, the first time only."""
        if line not in self._said:
            self._said.add(line)
            log.warning("%s", line)

    def _start(self) -> None:
        self._starts += 1
        assert self._folders is not None
        self._add_temporary(self._folders)
        command = [sys.executable, "-m", "kiosk.screen.figure.render", json.dumps([*map(str, self._folders.paths)])]
        command.append(bytes(self._colours.background).hex())
        command += [str(figure.path.resolve()) for figure in self._figures.values()]
        root = Path(__file__).parents[3]
        try:
            # In its own session it does not get a terminal's Ctrl-C; it is stopped by `close`.
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root, start_new_session=True
            )
            assert self.process.stdout is not None
            os.set_blocking(self.process.stdout.fileno(), False)
        except OSError as error:
            self._starts, self._retry_s = STARTS, self._clock() + RETRY_S
            self._say(f"the figures' drawing process does not start: {error}")

    def _add_temporary(self, folders: Folders) -> None:
        """Make a folder for when the cache cannot be written. If that fails too, there are no pictures then."""
        if self._temporary is None:
            with suppress(OSError):
                self._temporary = Path(tempfile.mkdtemp(prefix="kiosk-figures-", dir=self._memory_dir)).absolute()
                folders.paths.append(self._temporary)


def _levelled(opacity: float) -> float:
    """Return the opacity rounded to few levels: they are enough for a fade, and each is a picture to keep."""
    span = 1.0 - DIMMED
    return DIMMED + round((opacity - DIMMED) / span * FADE_LEVELS) / FADE_LEVELS * span
