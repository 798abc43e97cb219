"""A move in the form that shows it with the least work: its first picture, and of each what its neighbours lack.

Two neighbouring pictures differ in some 3 % of their box, along the edges of what moves, so going on to the next one
costs about an eighth of drawing it whole, and so does keeping it. Packed as in a file it takes a tenth of that again,
and so a layer stays until it is shown, or until there is time: of an exercise that only comes next, all of them.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import cast
from weakref import ReferenceType, ref

import pygame

from kiosk.screen.figure.cover import cover
from kiosk.screen.figure.palette import RGB
from kiosk.screen.figure.picture import Layer, Picture, Shared, equal_pixels, keyed_layer
from kiosk.screen.figure.store import pack_layer, unpack_layer

MAGIC = b"KFM4"
HEAD = struct.Struct("<II")
"""The checksum of all that follows, for layers are looked at only when they are shown, and the length of the JSON."""
AREAS = 3
"""In so many rectangles lies what changes: a head that lifts and its shadow, without what is between them."""
UNPACKED_AT_ONCE = 2
"""More layers than these take longer to unpack than a frame may: an athlete who jumps into a move catches up then."""


class Stored:
    """A layer as a file has it, unpacked when it is first asked for."""

    def __init__(self, content: bytes, flip_in: int | None, sheet: Sheet) -> None:
        """`flip_in` is the width in pixels of the box in which it is mirrored, None to leave it as it is."""
        self._content, self._flip_in, self._sheet = content, flip_in, sheet

    @property
    def unpacked(self) -> bool:
        return not self._content

    @cached_property
    def layer(self) -> Layer:
        layer = unpack_layer(self._content, 0)[0]
        self._content = b""
        return (layer if self._flip_in is None else layer.flipped(self._flip_in)).packed(self._sheet.slate.surface)


@dataclass(frozen=True, eq=False)
class Motion:
    """The pictures of one move, without accent; `accents` has that of each, or None. They are shown on `sheet`.

    `first` is all of the first one. `layers` has of each picture what a neighbour, on either side, does not show: on
    the picture before or after it, that is what has to be put. `areas` hold all in which a picture and the next one
    differ, relative to the top left of the figure's box.
    """

    names: tuple[str, ...]
    first: Stored
    layers: tuple[Stored, ...]
    areas: tuple[tuple[pygame.Rect, ...], ...]
    accents: tuple[Stored | None, ...]
    sheet: Sheet

    def unpack_one(self) -> bool:
        """Unpack a layer that is not yet; whether there was any."""
        for stored in (self.first, *self.layers):
            if not stored.unpacked:
                # Asking for it is what unpacks it.
                return bool(stored.layer)
        return False


class Slate:
    """A surface, opaque, on which one picture at a time is shown, of any figure."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.surface = pygame.Surface(size, 0, 32)
        # A slate outlives motions. It must not keep one in memory.
        self.shown: tuple[ReferenceType[Motion], int] | None = None


class Sheet:
    """Shows the pictures of a figure's motions on a slate: the next one needs only what changes."""

    def __init__(self, rect: pygame.Rect, background: RGB, slate_for: Callable[[tuple[int, int]], Slate]) -> None:
        """`rect` holds all pictures, relative to the top left of the figure's box in pixels; `slate_for` gives a slate
        of at least that size.
        """
        self.rect = rect
        self.background = background
        self._slate_for = slate_for

    @cached_property
    def slate(self) -> Slate:
        """Asked for when something is to be shown: what comes next must not have a larger one made ahead of that."""
        return self._slate_for(self.rect.size)

    def reach(self, motion: Motion, index: int) -> int:
        """Return how far towards a picture of a motion one gets in the time of a frame: which picture that is."""
        reached, to_unpack = self._shown_of(motion) or 0, 0
        for passed in _way(reached, index):
            to_unpack += not motion.layers[passed].unpacked
            if to_unpack > UNPACKED_AT_ONCE:
                break
            reached = passed
        return reached

    def show(self, motion: Motion, index: int) -> None:
        """Have the slate show a picture of a motion, at its top left."""
        shown = self._shown_of(motion)
        if shown is None:
            self.slate.surface.fill(self.background, ((0, 0), self.rect.size))
            self._put(motion.first)
            shown = 0
        for passed in _way(shown, index):
            self._put(motion.layers[passed])
        self.slate.shown = ref(motion), index

    def _shown_of(self, motion: Motion) -> int | None:
        """Return which picture of a motion the slate shows, None for none."""
        shown = self.slate.shown
        return shown[1] if shown and shown[0]() is motion else None

    def _put(self, stored: Stored) -> None:
        layer = stored.layer
        self.slate.surface.blit(layer.surface, (layer.left - self.rect.left, layer.top - self.rect.top))


def _way(shown: int, index: int) -> range:
    """Return which pictures are passed from one to another, with the last one."""
    onwards = 1 if index > shown else -1
    return range(shown + onwards, index + onwards, onwards)


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


def join(stacks: Sequence[tuple[Picture, Picture]], covers: pygame.Rect, background: RGB) -> bytes:
    """Return as a file's content the motion of neighbouring pictures, each given as what lies under it and itself.

    `covers` holds all pictures of the figure, relative to the top left of its box in pixels.
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
    # Before the first picture and after the last one there is no neighbour to lack anything.
    anything = pygame.Mask(covers.size, fill=True)
    same = [equal_pixels(before, after) for before, after in pairwise(shots)]
    beside = pairwise([anything, *same, anything])
    layers = [
        keyed_layer(shot, before.overlap_mask(after, (0, 0)), topleft)
        for shot, (before, after) in zip(shots, beside, strict=True)
    ]
    shared = Shared()
    accents = [picture.accent and shared.layer(picture.accent) for _, picture in stacks]
    different = list({id(accent): accent for accent in accents if accent}.values())
    packed = [pack_layer(layer) for layer in (*different, first, *layers)]
    about = {
        "covers": list(covers),
        "accents": [None if accent is None else different.index(accent) for accent in accents],
        "areas": [[list(area) for area in _areas(one, topleft)] for one in same],
        "lengths": [len(one) for one in packed],
    }
    said = json.dumps(about).encode()
    rest = b"".join([said, *packed])
    return MAGIC + HEAD.pack(zlib.crc32(rest), len(said)) + rest


def _areas(same: pygame.Mask, topleft: tuple[int, int]) -> tuple[pygame.Rect, ...]:
    """Return the few rectangles that hold what is not in the mask, which lies at `topleft`."""
    differing = same.copy()
    differing.invert()
    # pygame's stubs have it return a single one.
    spots = cast(list[pygame.Rect], differing.get_bounding_rects())
    return tuple(spot.move(topleft) for spot in cover(spots, AREAS))


def unpack(
    content: bytes, names: Sequence[str], sheet_of: Callable[[pygame.Rect], Sheet], flip_in: int | None = None
) -> Motion:
    """Return the motion whose pictures have these names, no layer unpacked yet. Raises ValueError for other content.

    `sheet_of` gives the sheet for what the motion covers. `flip_in` is as for `Stored`.
    """

    def placed(area: Sequence[int]) -> pygame.Rect:
        left, top, width, height = area
        return pygame.Rect(left if flip_in is None else flip_in - left - width, top, width, height)

    try:
        if not content.startswith(MAGIC):
            raise ValueError("not a figure's motion")
        checksum, length = HEAD.unpack_from(content, len(MAGIC))
        begin = len(MAGIC) + HEAD.size
        if zlib.crc32(memoryview(content)[begin:]) != checksum:
            raise ValueError("a damaged motion")
        about = json.loads(content[begin : begin + length])
    except struct.error as error:
        raise ValueError(f"a damaged motion: {error}") from error
    if not len(names) == len(about["accents"]) == len(about["areas"]) + 1:
        raise ValueError(f"a motion of {len(about['accents'])} pictures instead of {len(names)}")
    sheet = sheet_of(placed(about["covers"]))
    stored, begin = [], begin + length
    for length in about["lengths"]:
        stored.append(Stored(content[begin : begin + length], flip_in, sheet))
        begin += length
    accents = tuple(None if number is None else stored[number] for number in about["accents"])
    first, *layers = stored[-len(names) - 1 :]
    areas = tuple(tuple(map(placed, of)) for of in about["areas"])
    return Motion(tuple(names), first, tuple(layers), areas, accents, sheet)
