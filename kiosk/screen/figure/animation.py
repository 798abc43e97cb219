"""The sprites of one figure at one size: of every step of its loop, in any accent, with or without arrows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from kiosk.colour import Colour
from kiosk.figure.model import Figure, Step
from kiosk.figure.picture import Layer, Picture
from kiosk.screen.figure import store
from kiosk.screen.figure.frame_cache import FrameCache
from kiosk.screen.figure.motion import Motion, MotionFrame
from kiosk.screen.figure.sprite import Sprite, SpriteLayer
from kiosk.screen.figures import Part

SPRITES_KEPT = 60
TINTS_KEPT = 100
ARROWS_KEPT = 20


class Animation:
    """Gives the sprite of a step, or the nearest that there is: from a motion, else from the step's own picture."""

    def __init__(self, figure: Figure, cache: FrameCache, background: Colour, named: Hashable) -> None:
        """`named` is the figure, its size and its side, as far as pixels depend on them."""
        self.figure = figure
        self.cache = cache
        self._background = background
        self._named = named
        self.behind = False
        """Whether the last sprite was one on the way to what should be shown."""
        self._motion: Motion | None = None
        """The one shown last: a key pose that ends two moves is taken from it."""
        self._by_name = {step.name: step for step in figure.steps}
        self._sprites: dict[tuple[str, Colour, float], Sprite] = {}
        self._tints: dict[tuple[Layer, Colour], Layer] = {}
        self._arrow_tints: dict[tuple[Colour, float], Layer] = {}

    def sprite(self, step: Step, accent: Colour, opacity: float) -> Sprite | None:
        """Return the picture of a step, or else of the one most like it; None when there is none at all yet.

        `opacity` is the arrows', 0 for none.
        """
        key = (step.name, accent, opacity)
        self.behind = False
        if (known := self._sprites.get(key)) is not None:
            return known
        found = self._from_motion(step) or self._from_pictures(step)
        if found is None:
            return None
        shown, parts, accented = found
        arrows = self.cache.picture(store.ARROWS) if opacity else None
        made = self._sprite(shown, parts, accented, arrows, accent, opacity)
        self.behind = isinstance(parts[0], MotionFrame) and shown != step.name
        # What stands in for something better is made anew each time, until that is there.
        if isinstance(parts[0], MotionFrame) and not self.behind and (arrows or not opacity):
            if len(self._sprites) >= SPRITES_KEPT:
                self._sprites.clear()
            self._sprites[key] = made
        return made

    def draw_still(self) -> None:
        """Draw the still picture here and now, for when the other process is no more."""
        self.cache.draw(self.figure.steps[0])

    def _sprite(
        self,
        shown: str,
        parts: list[Part],
        accented: Layer | None,
        arrows: Picture | None,
        accent: Colour,
        opacity: float,
    ) -> Sprite:
        if accented:
            parts.append(SpriteLayer(self._tint(accented, accent), add=True))
        if arrows:
            parts.append(SpriteLayer(self._tinted_arrows(arrows, accent, opacity)))
        key = (self._named, shown, accent if accented or arrows else None, opacity if arrows else 0.0)
        return Sprite(key, self._background, tuple(parts))

    def _from_motion(self, step: Step) -> tuple[str, list[Part], Layer | None] | None:
        motions = self.cache.motions.values()
        for motion in (self._motion, *motions) if self._motion in motions else motions:
            if motion and step.name in motion.names:
                self._motion = motion
                index = motion.reach(motion.names.index(step.name))
                accent = motion.accents[index]
                return motion.names[index], [MotionFrame(motion, index)], None if accent is None else accent.layer()
        return None

    def _from_pictures(self, step: Step) -> tuple[str, list[Part], Layer | None] | None:
        for name in self._likest(step):
            picture = self.cache.picture(name)
            under = self.cache.picture(store.UNDER + self.figure.group(self._by_name[name]))
            if picture and under:
                return name, [SpriteLayer(under.colour), SpriteLayer(picture.colour)], picture.accent
        return None

    def _likest(self, step: Step) -> Iterator[str]:
        yield step.name
        there = [name for name in self._by_name if self.cache.has(name)]
        if there:
            yield min(there, key=lambda name: _distance(step, self._by_name[name]))

    def _tint(self, layer: Layer, accent: Colour) -> Layer:
        key = (layer, accent)
        if key not in self._tints:
            if len(self._tints) >= TINTS_KEPT:
                self._tints.clear()
            self._tints[key] = layer.tinted(accent)
        return self._tints[key]

    def _tinted_arrows(self, arrows: Picture, accent: Colour, opacity: float) -> Layer:
        key = (accent, opacity)
        if key not in self._arrow_tints:
            if len(self._arrow_tints) >= ARROWS_KEPT:
                self._arrow_tints.clear()
            self._arrow_tints[key] = arrows.merged(accent, opacity)
        return self._arrow_tints[key]


def _distance(wanted: Step, other: Step) -> float:
    """How different another picture is, roughly: the same move counts less than another one."""
    if (other.a, other.b) == (wanted.a, wanted.b):
        return abs(other.share - wanted.share)
    if other.number == 0 and other.a in (wanted.a, wanted.b):
        return wanted.share if other.a == wanted.a else 1 - wanted.share
    return 2.0
