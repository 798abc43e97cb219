"""An animation: the sprites of one figure at one size, for every step, in any accent, with or without arrows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from kiosk.colour import Colour
from kiosk.figure.model import Figure, Step
from kiosk.figure.picture import Layer, Picture
from kiosk.screen.figure import store
from kiosk.screen.figure.frame_cache import FrameCache
from kiosk.screen.figure.motion import Motion, MotionFrame
from kiosk.screen.figure.sprite import Sprite, SpriteLayer, SpritePart

SPRITES_KEPT = 60
TINTS_KEPT = 100
ARROWS_KEPT = 20


class Animation:
    """Makes the sprite of a step, or of the nearest one: from a motion if there is one, else from single pictures."""

    def __init__(self, figure: Figure, cache: FrameCache, background: Colour, named: Hashable) -> None:
        """`named` is what the pixels depend on besides step, accent and arrows: the figure, its size and its side."""
        self.figure = figure
        self.cache = cache
        self._background = background
        self._named = named
        self.behind = False
        """Whether the last sprite was one on the way to the step that was asked for."""
        self._motion: Motion | None = None
        """The motion shown last. A key pose that ends two moves is taken from it."""
        self._by_name = {step.name: step for step in figure.steps}
        self._sprites: dict[tuple[str, Colour, float], Sprite] = {}
        self._tints: dict[tuple[Layer, Colour], Layer] = {}
        self._arrow_tints: dict[tuple[Colour, float], Layer] = {}

    def sprite(self, step: Step, accent: Colour, opacity: float) -> Sprite | None:
        """Return the sprite of a step, or of the most similar one; None if there is no picture at all yet.

        `opacity` is how visible the arrows are, 0 for none.
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
        # A substitute is made again each time, until the right sprite can be made.
        if isinstance(parts[0], MotionFrame) and not self.behind and (arrows or not opacity):
            if len(self._sprites) >= SPRITES_KEPT:
                self._sprites.clear()
            self._sprites[key] = made
        return made

    def draw_still(self) -> None:
        """Draw the still picture in this process, for when the drawing process has died."""
        self.cache.draw(self.figure.steps[0])

    def _sprite(
        self,
        shown: str,
        parts: list[SpritePart],
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

    def _from_motion(self, step: Step) -> tuple[str, list[SpritePart], Layer | None] | None:
        motions = self.cache.motions.values()
        for motion in (self._motion, *motions) if self._motion in motions else motions:
            if motion and step.name in motion.names:
                self._motion = motion
                index = motion.reach(motion.names.index(step.name))
                accent = motion.accents[index]
                return motion.names[index], [MotionFrame(motion, index)], None if accent is None else accent.layer()
        return None

    def _from_pictures(self, step: Step) -> tuple[str, list[SpritePart], Layer | None] | None:
        for name in self._most_similar(step):
            picture = self.cache.picture(name)
            under = self.cache.picture(store.UNDER + self.figure.group(self._by_name[name]))
            if picture and under:
                return name, [SpriteLayer(under.colour), SpriteLayer(picture.colour)], picture.accent
        return None

    def _most_similar(self, step: Step) -> Iterator[str]:
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
    """Return roughly how different another step is; one of the same move is nearer than one of another move."""
    if (other.a, other.b) == (wanted.a, wanted.b):
        return abs(other.share - wanted.share)
    if other.number == 0 and other.a in (wanted.a, wanted.b):
        return wanted.share if other.a == wanted.a else 1 - wanted.share
    return 2.0
