"""The figures of the running wall: drawn ahead by another process, shown from memory."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from pygame import Surface

from kiosk.figure.model import Figure, Step
from kiosk.screen.figure.arrow_fade import arrows_shown
from kiosk.screen.figure.clip import Clip
from kiosk.screen.figure.files import CLIP, STILL, Folders
from kiosk.screen.figure.process import DrawingProcess
from kiosk.screen.figures import NOTHING, UNSETTLED_S, FigureMoment, Figures, Shown, SizedFigure

CLIPS_KEPT = 2
"""Number of clips kept: the one on screen, 4 to 5 MB at 1080p, and the next one, compressed to half a megabyte."""


class FigureFrames(Figures):
    """Sprites of figures from their clips. Nothing here needs a display.

    With a `cache_dir`, clips are read from files in it. A process at the lowest priority draws those that are missing;
    no call waits for it. Until a clip is there, one of a single picture is shown, the still. While the folder cannot be
    written, a temporary one takes the files, in `memory_dir` if one is given. With None for `cache_dir` every picture
    is drawn on the spot, with the same pixels: slow, for stills and tests.
    """

    def __init__(
        self,
        figures: Iterable[Figure],
        cache_dir: Path | None,
        *,
        memory_dir: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._figures = {figure.id: figure for figure in figures}
        self.clips: OrderedDict[tuple[SizedFigure, bool], Clip] = OrderedDict()
        """The clips in memory, by figure, box and whether it is mirrored; the one on screen is the last."""
        self.settled = True
        """Whether the last `get` returned the final picture, and not a substitute for one that is not there yet."""
        self._requested: list[SizedFigure] = []
        self.process = DrawingProcess(self._figures.values(), clock)
        self._folders = Folders([cache_dir.absolute()], self.process.say) if cache_dir else None
        self._memory_dir = memory_dir
        self._temporary: Path | None = None

    def request(self, figures: Sequence[SizedFigure]) -> None:
        requested = [one for one in dict.fromkeys(figures) if one[0] in self._figures]
        if self._folders and requested != self._requested:
            self._requested = requested
            drawn = (self._folders.has(self._figures[name], box_px, CLIP) for name, box_px in requested)
            if self.process.running or not all(drawn):
                self._send(self._folders)

    def get(self, moment: FigureMoment) -> Shown:
        """Return the figure at a time of its loop, or its still as long as its clip is not drawn.

        A picture that is not the final one stays for UNSETTLED_S at most.
        """
        if moment.name not in self._figures:
            return NOTHING
        figure = self._figures[moment.name]
        # A figure is mirrored for the side that it was not designed for.
        flipped = moment.side is not None and figure.side is not None and figure.side != moment.side.value
        step, stays_s = figure.shown(moment.t_s)
        clip = self._on_screen((moment.name, moment.box_px), flipped, step)
        if clip is None:
            self.settled = False
            return Shown(None, UNSETTLED_S)
        opacity = 0.0
        if moment.arrows and figure.arrows:
            opacity, steady_s = arrows_shown(figure, moment.t_s)
            stays_s = min(stays_s, steady_s)
        sprite, final = clip.sprite(step.name, moment.accent, opacity)
        self.settled = final or self._folders is None
        return Shown(sprite, stays_s if self.settled else min(stays_s, UNSETTLED_S))

    def prefetch(self, onto: Surface | None = None, budget_s: float = 0.003) -> bool:
        """Read a requested clip, or decompress for about `budget_s`; return whether there was anything to do."""
        until = time.monotonic() + budget_s
        busy = False
        self._make_room()
        for sized in self._requested[:CLIPS_KEPT]:
            room = len(self.clips) < CLIPS_KEPT and all(one != sized for one, _ in self.clips)
            if room and (clip := self._load(sized, CLIP)):
                self.clips[sized, False], busy = clip, True
                self.clips.move_to_end((sized, False), last=False)
        while self.clips and time.monotonic() < until and next(reversed(self.clips.values())).unpack_one(onto):
            busy = True
        return busy

    def close(self) -> None:
        """Stop the drawing process and drop every picture; harmless when called again."""
        self.process.close()
        self.clips.clear()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def _on_screen(self, sized: SizedFigure, flipped: bool, step: Step) -> Clip | None:
        """Return the clip to show now, or a substitute; keep it as the one on screen."""
        clip = self.clips.get((sized, flipped))
        if self._folders is None:
            clip = self._draw(sized, flipped, step)
        elif clip is None or not clip.whole:
            clip = self._load(sized, CLIP, flipped) or clip or self._load(sized, STILL, flipped)
            if clip is None or not clip.whole:
                self._ask_for(sized, self._folders)
            if clip is None and self.process.given_up:
                clip = self._draw(sized, flipped, self._figures[sized[0]].still_step)
        if clip is not None:
            self.clips[sized, flipped] = clip
            self.clips.move_to_end((sized, flipped))
            while len(self.clips) > CLIPS_KEPT:
                self.clips.popitem(last=False)
        return clip

    def _make_room(self) -> None:
        """Drop clips that are neither on screen nor requested, and the other side of the one on screen."""
        *others, on_screen = self.clips or [None]
        for key in others:
            if key and on_screen and (key[0] not in self._requested or key[0] == on_screen[0]):
                del self.clips[key]

    def _load(self, sized: SizedFigure, kind: str, flipped: bool = False) -> Clip | None:
        assert self._folders is not None
        return self._folders.load(self._figures[sized[0]], sized[1], kind, flipped)

    def _draw(self, sized: SizedFigure, flipped: bool, step: Step) -> Clip:
        """Return a clip of a single picture that is drawn here: for stills, and where no process draws."""
        # The wall does not need the drawing code.
        from kiosk.figure.draw_clip import draw_one
        from kiosk.figure.drawing import Drawing

        figure, box_px = self._figures[sized[0]], sized[1]
        return Clip(draw_one(Drawing(figure, box_px), step), figure, box_px, flipped)

    def _ask_for(self, sized: SizedFigure, folders: Folders) -> None:
        """Have something drawn that is on screen, although nobody has requested it or the process has ended."""
        if sized not in self._requested or not self.process.running:
            self._requested = list(dict.fromkeys([sized, *self._requested]))
            self._send(folders)

    def _send(self, folders: Folders) -> None:
        if self._temporary is None:
            # If that fails too, there are no pictures while the cache cannot be written.
            with suppress(OSError):
                self._temporary = Path(tempfile.mkdtemp(prefix="kiosk-figures-", dir=self._memory_dir)).absolute()
                folders.paths.append(self._temporary)
        self.process.send(self._requested, folders.paths)
