"""The figures of the running wall. Another process draws them beforehand, and the wall shows them from memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from pygame import Surface

from kiosk.figure.colours import COLOURS
from kiosk.figure.files import files_of
from kiosk.figure.model import Figure
from kiosk.picture.files import OwnPicture
from kiosk.screen.figure.clip import Clip
from kiosk.screen.figure.files import CLIP, STILL, kind_of
from kiosk.screen.figure.own import Decoder, OwnClip, moves
from kiosk.screen.figure.process import DrawingProcess
from kiosk.screen.figures import NOTHING, UNSETTLED_S, FigureMoment, Figures, Shown, SizedFigure

CLIPS_KEPT = 2
"""Maximum number of clips in memory: the one on screen (4 to 5 MB at 1080p) and the next (0.5 MB, compressed).

Figures that take turns at stations stand still meanwhile. A still takes 0.1 MB, and a clip of that size a tenth.
"""


class FigureFrames(Figures):
    """A source of figures' sprites, which it reads from clips. It needs no display.

    Clips are read from files in `cache_dir`. A process at the lowest priority draws the missing clips, and no call
    waits for this process. Until a clip is drawn, its still is shown, which is a clip of a single picture. While
    `cache_dir` cannot be written, the files go into a temporary folder, in `memory_dir` if that is given.
    """

    def __init__(
        self,
        figures: Mapping[str, Figure] | Iterable[Figure],
        cache_dir: Path,
        *,
        pictures: Iterable[OwnPicture] = (),
        memory_dir: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(figures, pictures)
        self.clips: OrderedDict[tuple[SizedFigure, bool], Clip | OwnClip] = OrderedDict()
        """The clips in memory, by figure, box and whether the figure is mirrored. The clip on screen is the last."""
        self.stills: dict[SizedFigure, Clip | OwnClip] = {}
        """The figures that stand still on the screen, each a clip of a single picture."""
        self.settled = False
        """Whether the last `get` returned the final picture, not a substitute for a picture that is not ready yet."""
        self._requested: list[SizedFigure] = []
        self._decoder = Decoder()
        pictures = self._pictures.values()
        self.process = DrawingProcess(files_of(self._figures), cache_dir, memory_dir, clock, pictures)

    def request(self, figures: Sequence[SizedFigure]) -> None:
        requested = [one for one in dict.fromkeys(figures) if self._find(one.name)]
        if requested != self._requested:
            self._requested = requested
            if self.process.running or not all(map(self._is_drawn, requested)):
                self.process.send(requested)

    def get(self, moment: FigureMoment) -> Shown:
        """Return the figure's sprite at a time of its loop, or its still until its clip is drawn.

        The `stays_s` of a picture that is not final is at most UNSETTLED_S.
        """
        figure = self._find(moment.name)
        if figure is None:
            return NOTHING
        if isinstance(figure, OwnPicture):
            # A clip that does not move here is a still.
            flipped, still = False, len(figure.files) > 1 and not moves(figure, moment.sized)
            moment = moment._replace(still=moment.still or still)
        else:
            flipped = figure.mirrored_for(moment.side)
        clip = self._standing(moment.sized) if moment.still else self._moving(moment.sized, flipped)
        shown, self.settled = clip.at(moment) if clip else (Shown(None, UNSETTLED_S), False)
        return shown if self.settled else Shown(shown.sprite, min(shown.stays_s, UNSETTLED_S))

    def prefetch(self, onto: Surface | None = None, budget_s: float = 0.003) -> bool:
        """Read requested clips, then decompress layers for about `budget_s`; return whether there was any work."""
        until, busy = time.monotonic() + budget_s, False
        next_ones = self._requested[:CLIPS_KEPT]
        # Drop clips that are neither on screen nor next, and the mirrored version of the clip on screen.
        for sized, flipped in list(self.clips)[:-1]:
            if sized not in next_ones or (sized, not flipped) in self.clips:
                del self.clips[sized, flipped]
        self.stills = {sized: clip for sized, clip in self.stills.items() if sized in self._requested}
        for sized in next_ones:
            room = len(self.clips) < CLIPS_KEPT and all(one != sized for one, _ in self.clips)
            if room and (clip := self._load_all(sized)):
                self.clips[sized, False], busy = clip, True
                self.clips.move_to_end((sized, False), last=False)
        for sized in self._requested:
            # A figure on a tile stands still at first.
            if sized.ground != COLOURS.background and time.monotonic() < until:
                if sized not in self.stills and (clip := self._load(sized, STILL)):
                    self.stills[sized] = clip
                busy |= sized in self.stills and self.stills[sized].unpack_one(onto)
        # A figure whose turn comes next must not have to catch up then, and its pictures are small.
        ready = list(reversed(self.clips.values()))[: CLIPS_KEPT if self.stills else 1]
        while time.monotonic() < until and any(clip.unpack_one(onto) for clip in ready):
            busy = True
        return busy

    def close(self) -> None:
        """Stop the drawing process and drop every picture. Further calls do nothing."""
        self.process.close()
        self._decoder.close()
        self.clips.clear()
        self.stills.clear()

    def _find(self, name: str) -> Figure | OwnPicture | None:
        return self._pictures.get(name) or self._figures.get(name)

    def _is_drawn(self, sized: SizedFigure) -> bool:
        figure = self._find(sized.name)
        return figure is not None and self.process.folders.has(figure, sized, kind_of(figure, sized))

    def _standing(self, sized: SizedFigure) -> Clip | OwnClip | None:
        """Return the clip that shows the figure's key pose, and keep it."""
        clip = self.stills.get(sized) or self._load(sized, STILL) or self._load(sized, CLIP)
        if clip is None:
            self._order(sized)
            clip = self._drawn(sized, False)
        if clip is not None:
            self.stills[sized] = clip
        return clip

    def _moving(self, sized: SizedFigure, flipped: bool) -> Clip | OwnClip | None:
        """Return the clip to show now, or its still, and keep it as the clip on screen."""
        clip = self.clips.get((sized, flipped))
        if clip is None or not clip.whole:
            clip = self._load_all(sized, flipped) or clip or self._load(sized, STILL, flipped)
        if clip is None or not clip.whole:
            self._order(sized)
        clip = clip or self._drawn(sized, flipped)
        if clip is not None:
            self.clips[sized, flipped] = clip
            self.clips.move_to_end((sized, flipped))
            while len(self.clips) > CLIPS_KEPT:
                self.clips.popitem(last=False)
        return clip

    def _order(self, sized: SizedFigure) -> None:
        """Have the figure drawn, if it was not requested or the drawing process has ended."""
        if sized not in self._requested or not self.process.running:
            self._requested = list(dict.fromkeys([sized, *self._requested]))
            self.process.send(self._requested)

    def _drawn(self, sized: SizedFigure, flipped: bool) -> Clip | OwnClip | None:
        """Return a still that is drawn here, if the drawing process has given up."""
        if not self.process.given_up or sized.name not in self._figures:
            # Decoding a photo here could stop the wall for seconds.
            return None
        # Import the drawing code only here, because the wall does not need it otherwise.
        from kiosk.screen.drawn_figures import drawn_clip

        figure = self._figures[sized.name]
        return drawn_clip(figure, sized, figure.still_step, flipped)

    def _load_all(self, sized: SizedFigure, flipped: bool = False) -> Clip | OwnClip | None:
        figure = self._find(sized.name)
        return None if figure is None else self._load(sized, kind_of(figure, sized), flipped)

    def _load(self, sized: SizedFigure, kind: str, flipped: bool = False) -> Clip | OwnClip | None:
        figure = self._find(sized.name)
        clip = None if figure is None else self.process.folders.load(figure, sized, kind, flipped)
        if isinstance(clip, OwnClip):
            clip.order = self._decoder.order
            clip.unpack_one(None)
        return clip
