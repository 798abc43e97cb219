"""Motions: the pictures of one move as a first picture and delta frames.

Two neighbouring pictures differ in some 3 % of their box, along the edges of what moves. So painting a delta frame
costs about an eighth of painting the whole picture, and so does keeping it. Compressed as in a file it takes a tenth of
that again. A delta frame therefore stays compressed until it is shown, or until there is time; those of an exercise
that only comes next all stay compressed.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self, cast

import pygame

from kiosk.colour import Colour
from kiosk.figure.picture import Layer, Picture, canvas_rect, equal_pixels, keyed_layer
from kiosk.screen.figure.merge_rects import merge_rects
from kiosk.screen.figure.sprite import LayerPool, SpritePart, packed
from kiosk.screen.figure.store import check_layer, pack_layer, unpack_layer

MAGIC = b"KFM5"
HEAD = struct.Struct("<I")
"""The length of the JSON that follows."""
AREAS = 3
"""Maximum rectangles that hold the changes: a head that lifts and its shadow, without what is between them."""
UNPACKED_AT_ONCE = 2
"""Maximum delta frames to decompress in one frame. A figure that jumps further catches up frame by frame."""


class LazyLayer:
    """A compressed layer from a file, decompressed when it is first asked for."""

    def __init__(self, content: bytes, within: pygame.Rect, flip_in: int | None) -> None:
        """Check the header. Raises ValueError for a layer that reaches out of `within`.

        `flip_in` is the width in pixels of the box in which to mirror the layer, None to leave it as it is.
        """
        check_layer(content, within)
        self._content, self._within, self._flip_in = content, within, flip_in
        self._layer: Layer | None = None

    @property
    def unpacked(self) -> bool:
        return self._layer is not None

    def layer(self, onto: pygame.Surface | None = None) -> Layer:
        """Return the layer; `onto` is as for `packed`."""
        if self._layer is None:
            layer = unpack_layer(self._content, 0, self._within)[0]
            self._content = b""
            self._layer = packed(layer if self._flip_in is None else layer.flipped(self._flip_in), onto)
        return self._layer

    def put(self, target: pygame.Surface, box_topleft: tuple[int, int]) -> None:
        layer = self.layer(target)
        target.blit(layer.surface, (box_topleft[0] + layer.left, box_topleft[1] + layer.top))


@dataclass(frozen=True, eq=False)
class Backdrop:
    """What all motions of a figure are painted on.

    `rect` holds every picture, in pixels relative to the top left of the figure's box.
    """

    rect: pygame.Rect
    background: Colour


class Motion:
    """The pictures of one move.

    `first` is the whole first picture. `deltas` has a delta frame for each picture: every pixel in which it differs
    from either neighbour, so that painting it over one of them gives the picture. `areas` are the rectangles in which
    a picture differs from the next one, in pixels relative to the top left of the figure's box. All these are without
    the accent; `accents` has the accent layer of each picture, or None.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        first: LazyLayer,
        deltas: tuple[LazyLayer, ...],
        areas: tuple[tuple[pygame.Rect, ...], ...],
        accents: tuple[LazyLayer | None, ...],
        backdrop: Backdrop,
    ) -> None:
        self.names, self.first, self.deltas, self.areas, self.accents = names, first, deltas, areas, accents
        self.backdrop = backdrop
        self._packed = [*reversed(deltas), first]

    def unpack_one(self, onto: pygame.Surface | None) -> bool:
        """Decompress one layer; return whether there was one to do. `onto` is as for `packed`."""
        while self._packed:
            stored = self._packed.pop()
            if not stored.unpacked:
                stored.layer(onto)
                return True
        return False

    def reach(self, index: int) -> int:
        """Return which picture on the way to `index` can be reached in the time of one frame."""
        to_unpack = 0
        for passed in range(1, index + 1 if self._packed else 0):
            to_unpack += not self.deltas[passed].unpacked
            if to_unpack > UNPACKED_AT_ONCE:
                return passed - 1
        return index

    def put(self, way: Iterable[int], target: pygame.Surface, box_topleft: tuple[int, int]) -> None:
        """Paint the delta frames of some pictures, one after the other."""
        for passed in way:
            self.deltas[passed].put(target, box_topleft)


@dataclass(frozen=True, eq=False)
class MotionFrame(SpritePart):
    """A picture of a motion as an opaque part of a sprite."""

    motion: Motion
    index: int

    @property
    def key(self) -> Hashable:
        return self.motion.backdrop, self.motion.names[self.index]

    @property
    def rect(self) -> pygame.Rect:
        return self.motion.backdrop.rect

    @property
    def source(self) -> Hashable:
        return self.motion.backdrop

    @property
    def opaque(self) -> bool:
        return True

    def differs(self, before: Self) -> list[pygame.Rect] | None:
        if (begin := self._index_of(before)) is None:
            return None
        first, last = sorted((begin, self.index))
        return [area for areas in self.motion.areas[first:last] for area in areas]

    def onto(self, before: Self) -> Callable[[pygame.Surface, tuple[int, int]], None] | None:
        if (begin := self._index_of(before)) is None:
            return None
        way = _way(begin, self.index)
        return lambda target, box_topleft: self.motion.put(way, target, box_topleft)

    def draw(self, target: pygame.Surface, box_topleft: tuple[int, int]) -> None:
        target.fill(self.motion.backdrop.background, self.rect.move(box_topleft))
        self.motion.first.put(target, box_topleft)
        self.motion.put(_way(0, self.index), target, box_topleft)

    def _index_of(self, other: Self) -> int | None:
        """Return the index of another picture in this motion; a key pose that ends two moves is in both motions."""
        name = other.motion.names[other.index]
        return self.motion.names.index(name) if name in self.motion.names else None


def _way(shown: int, index: int) -> range:
    """Return the indexes from one picture to another, without the first and with the last."""
    onwards = 1 if index > shown else -1
    return range(shown + onwards, index + onwards, onwards)


def pack(stacks: Sequence[tuple[Picture, Picture]], covers: pygame.Rect, background: Colour) -> bytes:
    """Return the content of a motion's file.

    `stacks` are its pictures in order, each with the picture that lies under it. `covers` holds all pictures of the
    figure, in pixels relative to the top left of its box.
    """
    topleft = covers.topleft
    plain = pygame.Surface(covers.size, 0, 32)
    plain.fill(background)
    shots = []
    for stack in stacks:
        shot = plain.copy()
        for layer in (picture.colour for picture in stack):
            shot.blit(layer.surface, (layer.left - topleft[0], layer.top - topleft[1]))
        shots.append(shot)
    first = keyed_layer(shots[0], equal_pixels(shots[0], plain), topleft)
    # The first picture and the last one have only one neighbour to differ from.
    anything = pygame.Mask(covers.size, fill=True)
    same = [equal_pixels(before, after) for before, after in pairwise(shots)]
    beside = pairwise([anything, *same, anything])
    layers = [
        keyed_layer(shot, before.overlap_mask(after, (0, 0)), topleft)
        for shot, (before, after) in zip(shots, beside, strict=True)
    ]
    pool = LayerPool()
    accents = [picture.accent and pool.layer(picture.accent) for _, picture in stacks]
    different = list({id(accent): accent for accent in accents if accent}.values())
    packed = [pack_layer(layer) for layer in (*different, first, *layers)]
    about = {
        "covers": list(covers),
        "accents": [None if accent is None else different.index(accent) for accent in accents],
        "areas": [[list(area) for area in _areas(one, topleft)] for one in same],
        "lengths": [len(one) for one in packed],
    }
    said = json.dumps(about).encode()
    return b"".join([MAGIC, HEAD.pack(len(said)), said, *packed])


def _areas(same: pygame.Mask, topleft: tuple[int, int]) -> tuple[pygame.Rect, ...]:
    """Return a few rectangles that hold everything outside the mask, which lies at `topleft`."""
    differing = same.copy()
    differing.invert()
    # pygame's stubs say that it returns a single rectangle.
    spots = cast(list[pygame.Rect], differing.get_bounding_rects())
    return tuple(spot.move(topleft) for spot in merge_rects(spots, AREAS))


def unpack(
    content: bytes,
    names: Sequence[str],
    backdrop_of: Callable[[pygame.Rect], Backdrop],
    box_px: tuple[int, int],
    flipped: bool = False,
) -> Motion:
    """Return the motion of a file, with every layer still compressed. Raises ValueError for other content.

    `names` are the names of its pictures. `backdrop_of` returns the backdrop for the area that the motion covers. The
    motion was made for a box of `box_px`, and is mirrored in it if `flipped`.
    """
    within, flip_in = canvas_rect(box_px), box_px[0] if flipped else None

    def placed(area: Sequence[int]) -> pygame.Rect:
        left, top, width, height = area
        if not within.contains(area):
            raise ValueError("a motion that leaves its box")
        return pygame.Rect(left if flip_in is None else flip_in - left - width, top, width, height)

    if not content.startswith(MAGIC):
        raise ValueError("not a figure's motion")
    try:
        (length,) = HEAD.unpack_from(content, len(MAGIC))
        begin = len(MAGIC) + HEAD.size
        about = json.loads(content[begin : begin + length])
        if not len(names) == len(about["accents"]) == len(about["areas"]) + 1:
            raise ValueError(f"a motion of {len(about['accents'])} pictures instead of {len(names)}")
        stored, begin = [], begin + length
        for length in about["lengths"]:
            stored.append(LazyLayer(content[begin : begin + length], within, flip_in))
            begin += length
        accents = tuple(None if number is None else stored[number] for number in about["accents"])
        first, *layers = stored[-len(names) - 1 :]
        if len(layers) != len(names):
            raise ValueError(f"a motion of {len(layers)} layers instead of {len(names)}")
        areas = tuple(tuple(map(placed, of)) for of in about["areas"])
        return Motion(tuple(names), first, tuple(layers), areas, accents, backdrop_of(placed(about["covers"])))
    except (struct.error, LookupError, TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"a damaged motion: {error}") from error
