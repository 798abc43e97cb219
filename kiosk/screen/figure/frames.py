"""The figures of the running wall: drawn ahead by another process, shown from memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pygame import Surface

from kiosk.figure.model import Figure
from kiosk.screen.figure.clip import Clip
from kiosk.screen.figure.files import CLIP, STILL
from kiosk.screen.figure.process import DrawingProcess
from kiosk.screen.figures import NOTHING, UNSETTLED_S, FigureMoment, Figures, Shown, SizedFigure

CLIPS_KEPT = 2
"""Number of clips kept: the one on screen, 4 to 5 MB at 1080p, and the next one, compressed to half a megabyte."""


class FigureFrames(Figures):
    """Sprites of figures from their clips. Nothing here needs a display.

    Clips are read from files in `cache_dir`. A process at the lowest priority draws those that are missing; no call
    waits for it. Until a clip is there, its still is shown, a clip of a single picture. While the folder cannot be
    written, a temporary one takes the files, in `memory_dir` if one is given.
    """

    def __init__(
        self,
        figures: Iterable[Figure],
        cache_dir: Path,
        *,
        memory_dir: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._figures = {figure.id: figure for figure in figures}
        self.clips: OrderedDict[tuple[SizedFigure, bool], Clip] = OrderedDict()
        """The clips in memory, by figure, box and whether it is mirrored; the one on screen is the last."""
        self.settled = False
        """Whether the last `get` returned the final picture, and not a substitute for one that is not there yet."""
        self._requested: list[SizedFigure] = []
        self.process = DrawingProcess(self._figures.values(), cache_dir, memory_dir, clock)

    def request(self, figures: Sequence[SizedFigure]) -> None:
        requested = [one for one in dict.fromkeys(figures) if one[0] in self._figures]
        if requested != self._requested:
            self._requested = requested
            drawn = (self.process.folders.has(self._figures[name], box_px, CLIP) for name, box_px in requested)
            if self.process.running or not all(drawn):
                self.process.send(requested)

    def get(self, moment: FigureMoment) -> Shown:
        """Return the figure at a time of its loop, or its still as long as its clip is not drawn.

        A picture that is not the final one stays for UNSETTLED_S at most.
        """
        if moment.name not in self._figures:
            return NOTHING
        flipped = self._figures[moment.name].mirrored_for(moment.side)
        clip = self._on_screen((moment.name, moment.box_px), flipped)
        shown, self.settled = clip.at(moment) if clip else (Shown(None, UNSETTLED_S), False)
        return shown if self.settled else Shown(shown.sprite, min(shown.stays_s, UNSETTLED_S))

    def prefetch(self, onto: Surface | None = None, budget_s: float = 0.003) -> bool:
        """Read a requested clip, or decompress for about `budget_s`; return whether there was anything to do."""
        until, busy = time.monotonic() + budget_s, False
        # Clips are dropped that are neither on screen nor requested, and the other side of the one on screen.
        for sized, flipped in list(self.clips)[:-1]:
            if sized not in self._requested or (sized, not flipped) in self.clips:
                del self.clips[sized, flipped]
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

    def _on_screen(self, sized: SizedFigure, flipped: bool) -> Clip | None:
        """Return the clip to show now, or its still; keep it as the one on screen."""
        clip = self.clips.get((sized, flipped))
        if clip is None or not clip.whole:
            clip = self._load(sized, CLIP, flipped) or clip or self._load(sized, STILL, flipped)
        if (clip is None or not clip.whole) and (sized not in self._requested or not self.process.running):
            # Nobody has requested it, or the process has ended.
            self._requested = list(dict.fromkeys([sized, *self._requested]))
            self.process.send(self._requested)
        if clip is None and self.process.given_up:
            # The wall does not need the drawing code.
            from kiosk.screen.drawn_figures import drawn_clip

            figure = self._figures[sized[0]]
            clip = drawn_clip(figure, sized[1], figure.still_step, flipped)
        if clip is not None:
            self.clips[sized, flipped] = clip
            self.clips.move_to_end((sized, flipped))
            while len(self.clips) > CLIPS_KEPT:
                self.clips.popitem(last=False)
        return clip

    def _load(self, sized: SizedFigure, kind: str, flipped: bool = False) -> Clip | None:
        return self.process.folders.load(self._figures[sized[0]], sized[1], kind, flipped)
