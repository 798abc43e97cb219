"""A move in the form that shows it with the least work: its first picture, and of each what its neighbours lack.

Two neighbouring pictures differ in some 3 % of their box, along the edges of what moves, so going on to the next one
costs about an eighth of drawing it whole, and so does keeping it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast
from weakref import ReferenceType, ref

import pygame

from kiosk.screen.figure.cover import cover
from kiosk.screen.figure.palette import RGB
from kiosk.screen.figure.picture import Layer, Picture, Shared, equal_pixels, keyed_layer
from kiosk.screen.figure.store import pack_layer, unpack_layer

MAGIC = b"KFM3"
LENGTH = struct.Struct("<I")
AREAS = 3
"""In so many rectangles lies what changes: a head that lifts and its shadow, without what is between them."""


@dataclass(frozen=True, eq=False)
class Motion:
    """The pictures of one move, without accent; `accents` has that of each. They are shown on `sheet`.

    `first` is all of the first one. `layers` has of each picture what a neighbour, on either side, does not show: on
    the picture before or after it, that is what has to be put. `areas` hold all in which a picture and the next one
    differ, relative to the top left of the figure's box.
    """

    names: tuple[str, ...]
    first: Layer
    layers: tuple[Layer, ...]
    areas: tuple[tuple[pygame.Rect, ...], ...]
    accents: tuple[Layer | None, ...]
    sheet: Sheet


class Slate:
    """A surface, opaque, on which one picture at a time is shown, of any figure."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.surface = pygame.Surface(size, 0, 32)
        # A slate outlives motions. It must not keep one in memory.
        self.shown: tuple[ReferenceType[Motion], int] | None = None


class Sheet:
    """Shows the pictures of a figure's motions on a slate: the next one needs only what changes."""

    def __init__(self, rect: pygame.Rect, background: RGB, slate: Slate) -> None:
        """`rect` holds all pictures, relative to the top left of the figure's box in pixels; the slate is as large."""
        self.rect = rect
        self.background = background
        self.slate = slate

    def show(self, motion: Motion, index: int) -> None:
        """Have the slate show a picture of a motion, at its top left."""
        shown = self.slate.shown
        if shown is None or shown[0]() is not motion:
            self.slate.surface.fill(self.background, ((0, 0), self.rect.size))
            self._put(motion.first)
            at = 0
        else:
            at = shown[1]
        onwards = 1 if index > at else -1
        for passed in range(at + onwards, index + onwards, onwards):
            self._put(motion.layers[passed])
        self.slate.shown = ref(motion), index

    def _put(self, layer: Layer) -> None:
        self.slate.surface.blit(layer.surface, (layer.left - self.rect.left, layer.top - self.rect.top))


@dataclass(frozen=True, eq=False)
class Projection:
    """A picture of a motion as a part of a sprite, opaque."""

    motion: Motion
    index: int

    @property
    def key(self) -> Hashable:
        return self.motion.sheet, self.motion.names[self.index]

    @property
    def rect(self) -> pygame.Rect:
        return self.motion.sheet.rect

    @property
    def source(self) -> Hashable:
        return self.motion.sheet

    @property
    def opaque(self) -> bool:
        return True

    def differs(self, before: Projection) -> list[pygame.Rect] | None:
        if before.motion is not self.motion:
            return None
        first, last = sorted((before.index, self.index))
        return [area for areas in self.motion.areas[first:last] for area in areas]

    def draw(self, target: pygame.Surface, box_topleft: tuple[int, int]) -> None:
        sheet = self.motion.sheet
        sheet.show(self.motion, self.index)
        target.blit(sheet.slate.surface, sheet.rect.move(box_topleft), ((0, 0), sheet.rect.size))


def join(names: Sequence[str], stacks: Sequence[tuple[Picture, Picture]], sheet: Sheet) -> Motion:
    """Return the motion of neighbouring pictures, each given as what lies under it and the picture itself."""
    left, top = sheet.rect.topleft
    plain = pygame.Surface(sheet.rect.size, 0, 32)
    plain.fill(sheet.background)
    shots = []
    for stack in stacks:
        shot = plain.copy()
        for layer in (picture.colour for picture in stack):
            shot.blit(layer.surface, (layer.left - left, layer.top - top))
        shots.append(shot)
    first = keyed_layer(shots[0], equal_pixels(shots[0], plain), (left, top))
    # Before the first picture and after the last one there is no neighbour to lack anything.
    anything = pygame.Mask(sheet.rect.size, fill=True)
    same = [equal_pixels(before, after) for before, after in pairwise(shots)]
    beside = pairwise([anything, *same, anything])
    layers = [
        keyed_layer(shot, before.overlap_mask(after, (0, 0)), (left, top))
        for shot, (before, after) in zip(shots, beside, strict=True)
    ]
    areas = [_areas(one, (left, top)) for one in same]
    shared = Shared()
    accents = [picture.accent and shared.layer(picture.accent) for _, picture in stacks]
    return Motion(tuple(names), first, tuple(layers), tuple(areas), tuple(accents), sheet)


def _areas(same: pygame.Mask, topleft: tuple[int, int]) -> tuple[pygame.Rect, ...]:
    """Return the few rectangles that hold what is not in the mask, which lies at `topleft`."""
    differing = same.copy()
    differing.invert()
    # pygame's stubs have it return a single one.
    spots = cast(list[pygame.Rect], differing.get_bounding_rects())
    return tuple(spot.move(topleft) for spot in cover(spots, AREAS))


def pack(motion: Motion) -> bytes:
    """Return the motion as a file's content, without its names."""
    accents = list({id(accent): accent for accent in motion.accents if accent}.values())
    about = {
        "covers": list(motion.sheet.rect),
        "accents": [None if accent is None else accents.index(accent) for accent in motion.accents],
        "areas": [[list(area) for area in areas] for areas in motion.areas],
    }
    head = json.dumps(about).encode()
    packed = map(pack_layer, [*accents, motion.first, *motion.layers])
    return b"".join([MAGIC, LENGTH.pack(len(head)), head, *packed])


def unpack(
    content: bytes, names: Sequence[str], sheet_of: Callable[[pygame.Rect], Sheet], flip_in: int | None = None
) -> Iterator[Motion | None]:
    """Yield None after each layer, for there are many, and the motion at last. Raises ValueError for other content.

    `sheet_of` gives the sheet for what the motion covers. `flip_in` is the width in pixels of the box in which it is
    mirrored, None to leave it as it is.
    """

    def placed(area: Sequence[int]) -> pygame.Rect:
        left, top, width, height = area
        return pygame.Rect(left if flip_in is None else flip_in - left - width, top, width, height)

    try:
        if not content.startswith(MAGIC):
            raise ValueError("not a figure's motion")
        at = len(MAGIC) + LENGTH.size
        end = at + LENGTH.unpack_from(content, len(MAGIC))[0]
        about = json.loads(content[at:end])
        sheet = sheet_of(placed(about["covers"]))
        layers: list[Layer] = []
        while end < len(content):
            layer, end = unpack_layer(content, end)
            layers.append((layer if flip_in is None else layer.flipped(flip_in)).packed(sheet.slate.surface))
            yield None
        accents = [None if number is None else layers[number] for number in about["accents"]]
        first, *differing = layers[len(layers) - len(accents) - 1 :]
        areas = [tuple(map(placed, of)) for of in about["areas"]]
    except (struct.error, LookupError, TypeError) as error:
        raise ValueError(f"a damaged motion: {error}") from error
    if not len(names) == len(accents) == len(differing) == len(areas) + 1:
        raise ValueError(f"a motion of {len(accents)} pictures instead of {len(names)}")
    yield Motion(tuple(names), first, tuple(differing), tuple(areas), tuple(accents), sheet)
