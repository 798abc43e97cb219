"""Clips: the pictures of a figure in one box, painted as delta frames.

`kiosk.figure.draw_clip` describes the file of a clip. A compressed delta frame takes a tenth of the memory. It is
decompressed when it is shown, or earlier if there is time. The delta frames of the next exercise all stay compressed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple, Self

import pygame
from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.figure.model import Figure
from kiosk.figure.picture import KEY, Layer, PackedLayer, Picture, canvas_rect
from kiosk.screen.figure.sprite import Paint, Sprite, SpriteLayer, SpritePart
from kiosk.screen.figures import FigureMoment, Shown, SizedFigure
from kiosk.screen.unseen import restored

UNPACKED_AT_ONCE = 2
"""Maximum number of delta frames to decompress in one frame. A figure that jumps further catches up frame by frame."""
TINTS_KEPT = 100
ARROWS_KEPT = 20
ARROWS_FULL_S, ARROWS_FADE_S = 0.4, 0.2
"""Durations for which the arrows of a held pose are fully visible, and for which they then fade."""
ARROWS_DIMMED = 0.4
FADE_LEVELS = 10
"""Number of levels in the arrows' fade. More are not needed, and each level is a picture to keep in memory."""


class LazyLayer:
    """A layer that is decompressed when it is first used."""

    def __init__(self, packed: PackedLayer, flip_in: int | None) -> None:
        """Store a compressed layer. `flip_in` is the width in pixels of the box to mirror it in, None not to mirror."""
        self.packed: PackedLayer | None = packed
        """The compressed layer, None once it is decompressed."""
        self._flip_in = flip_in
        self._layer: Layer

    def layer(self, onto: Surface | None = None) -> Layer:
        """Return the layer. `onto` is the surface that the layer will be painted on again and again.

        SDL run-length encodes a layer with transparent pixels, so that memory and blits skip these pixels. SDL does so
        at the first blit, and again at the first blit onto each other surface.
        """
        if self.packed is not None:
            layer, self.packed = self.packed.unpacked(), None
            self._layer = layer if self._flip_in is None else layer.flipped(self._flip_in)
            if layer.surface.get_colorkey() is not None:
                self._layer.surface.set_colorkey(KEY, pygame.RLEACCEL)
                target = onto or Surface((1, 1), 0, 32)
                last = Rect(target.get_width() - 1, target.get_height() - 1, 1, 1)
                with restored(target, last):
                    target.blit(self._layer.surface, last)
        return self._layer

    def put(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        layer = self.layer(target)
        target.blit(layer.surface, layer.rect.move(box_topleft))


class ClipMove(NamedTuple):
    """The pictures of one move. `names` are the names of their steps.

    `first` is the complete first picture. Each picture has a delta frame in `deltas`. `areas` are the rectangles in
    which a picture differs from the next picture, relative to the top left of the figure's box.
    """

    names: Sequence[str]
    first: LazyLayer
    deltas: Sequence[LazyLayer]
    areas: Sequence[Sequence[Rect]]
    accents: Sequence[LazyLayer | None]

    def find(self, name: str) -> int | None:
        """Return the index of a picture, None if it is missing. A key pose at which two moves meet is in both moves."""
        return self.names.index(name) if name in self.names else None

    def reach(self, index: int) -> int:
        """Return the index of the last picture on the way to `index` that can be reached in the time of one frame."""
        packed = [passed for passed in range(1, index + 1) if self.deltas[passed].packed]
        return index if len(packed) <= UNPACKED_AT_ONCE else packed[UNPACKED_AT_ONCE] - 1


class Clip:
    """A source of a figure's sprites in one box, in any accent, with or without arrows.

    `rect` encloses every picture and is relative to the top left of the box. `whole` is whether the clip has every
    move. A still, which is a clip of a single picture, is not whole.
    """

    def __init__(self, content: bytes, figure: Figure, sized: SizedFigure, flipped: bool = False) -> None:
        """Read `content`, which `draw_clip` returned. The layers stay compressed.

        Raises ValueError for other content, and for layers that reach out of the box.
        """
        within, flip_in = canvas_rect(sized.box_px), sized.box_px[0] if flipped else None

        def inside(area: Sequence[int]) -> Rect:
            rect = Rect(area)
            if rect.width <= 0 or rect.height <= 0 or not within.contains(rect):
                raise ValueError(f"a damaged clip: {rect}")
            return rect

        def placed(area: Sequence[int]) -> Rect:
            rect = inside(area)
            return rect if flip_in is None else rect.move(flip_in - rect.left - rect.right, 0)

        try:
            head, rest = content.split(b"\n", 1)
            about, begin = json.loads(head), 0
            layers: list[LazyLayer] = []
            for kind, *rect, length in about["layers"]:
                layers.append(LazyLayer(PackedLayer(kind, tuple(inside(rect)), rest[begin : begin + length]), flip_in))
                begin += length
            self.rect, self.whole = placed(about["rect"]), bool(about["whole"])
            self.moves = [
                ClipMove(
                    list(map(str, move["names"])),
                    layers[move["first"]],
                    [layers[number] for number in move["deltas"]],
                    [[placed(area) for area in areas] for areas in move["areas"]],
                    [None if number is None else layers[number] for number in move["accents"]],
                )
                for move in about["moves"]
            ]
            arrows = [layers[number] for number in about["arrows"][:2]]
            self._shown = self.moves[0]
        except (LookupError, TypeError, ArithmeticError, RecursionError) as error:
            raise ValueError(f"a damaged clip: {error}") from error
        for move in self.moves:
            if not len(move.names) == len(move.deltas) == len(move.accents) == len(move.areas) + 1:
                raise ValueError(f"a damaged clip: a move of {len(move.names)} pictures")
        self._packed = layers[::-1]
        self._figure, self._named, self.ground = figure, (sized, figure.digest, flipped), sized.ground

        def tinted(grey: LazyLayer, accent: Colour) -> SpriteLayer:
            return SpriteLayer(grey.layer().tinted(accent), add=True)

        def merged(accent: Colour, opacity: float) -> SpriteLayer:
            colour, *share = (lazy.layer() for lazy in arrows)
            return SpriteLayer(Picture(colour, share[0] if share else None).merged(accent, opacity))

        self._tinted = lru_cache(TINTS_KEPT)(tinted)
        self._arrows = lru_cache(ARROWS_KEPT)(merged) if arrows else None

    def at(self, moment: FigureMoment) -> tuple[Shown, bool]:
        """Return what is shown at a time of the loop, and whether it is final: not a still or a picture on the way."""
        step, stays_s = (self._figure.still_step, inf) if moment.still else self._figure.shown(moment.t_s)
        # A key pose at which two moves meet is taken from the move shown last.
        moves = (move for move in (self._shown, *self.moves) if step.name in move.names)
        self._shown = next(moves, self.moves[0])
        index = self._shown.find(step.name) or 0
        frame = ClipFrame(self, self._shown, self._shown.reach(index) if self._packed else index)
        parts: list[SpritePart] = [frame]
        if grey := self._shown.accents[frame.index]:
            parts.append(self._tinted(grey, moment.accent))
        opacity = 0.0
        if moment.arrows and self._arrows:
            opacity, steady_s = arrows_shown(self._figure, moment.t_s)
            stays_s = min(stays_s, steady_s)
            parts.append(self._arrows(moment.accent, opacity))
        key = (self._named, frame.name, moment.accent if len(parts) > 1 else None, opacity)
        final = frame.name == step.name and (self.whole or moment.still)
        return Shown(Sprite(key, self.ground, parts), stays_s), final

    def unpack_one(self, onto: Surface | None) -> bool:
        """Decompress one layer; return whether a layer was still compressed. `onto` is as for `LazyLayer.layer`."""
        while self._packed:
            if (layer := self._packed.pop()).packed:
                layer.layer(onto)
                return True
        return False


class ClipFrame(SpritePart):
    """A picture of a clip as an opaque part of a sprite."""

    opaque = True

    def __init__(self, clip: Clip, move: ClipMove, index: int) -> None:
        self.name, self.index = move.names[index], index
        self.key, self.rect, self.source = (clip, self.name), clip.rect, clip
        self._ground = clip.ground
        self._move = move

    def differs(self, before: Self) -> list[Rect] | None:
        if (begin := self._move.find(before.name)) is None:
            return None
        first, last = sorted((begin, self.index))
        return [area for areas in self._move.areas[first:last] for area in areas]

    def onto(self, before: Self) -> Paint | None:
        begin = self._move.find(before.name)
        return None if begin is None else lambda target, box_topleft: self._paint_from(begin, target, box_topleft)

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        target.fill(self._ground, self.rect.move(box_topleft))
        self._move.first.put(target, box_topleft)
        self._paint_from(0, target, box_topleft)

    def _paint_from(self, begin: int, target: Surface, box_topleft: tuple[int, int]) -> None:
        """Paint the delta frames that lead from the picture at index `begin` to this picture."""
        onwards = 1 if self.index > begin else -1
        for passed in range(begin + onwards, self.index + onwards, onwards):
            self._move.deltas[passed].put(target, box_topleft)


def arrows_shown(figure: Figure, t_s: float) -> tuple[float, float]:
    """Return the arrows' opacity (0 to 1) at a time of the loop, and for how many seconds at least it stays so."""
    into_fade_s = figure.into_hold_s(t_s) - ARROWS_FULL_S
    faded = round(max(0.0, min(1.0, into_fade_s / ARROWS_FADE_S)) * FADE_LEVELS) / FADE_LEVELS
    stays_s = -into_fade_s if into_fade_s < 0 else 0.0 if into_fade_s < ARROWS_FADE_S else inf
    return 1.0 - (1.0 - ARROWS_DIMMED) * faded, stays_s
