"""Own pictures on the screen: the photo or the clip of the gym's own in one box.

`kiosk.picture.draw` describes the file. Its frames stay compressed: only the one on screen and the next two are
decoded, by a thread, as decoding takes a small Pi longer than a frame of the screen may last. Nobody waits for that: a
frame that is not ready leaves the one before on the screen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from math import inf
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import pygame
from pygame import SRCALPHA, Rect, Surface

from kiosk.colour import Colour
from kiosk.figure.colours import COLOURS
from kiosk.picture.draw import draw_at_once
from kiosk.picture.files import MOST_FRAMES, OwnPicture, PictureFile
from kiosk.screen.figure.sprite import Sprite, SpritePart
from kiosk.screen.figures import UNSETTLED_S, FigureMoment, Shown, SizedFigure
from kiosk.screen.theme import Palette

AHEAD = 2
"""How many frames are decoded before they are due. A frame of half a screen at 1080p takes 2 MB."""
RADIUS = 0.050
"""Radius of the corners, as a part of the shorter side."""
_FINE = 4
"""Scale at which a corner is drawn, before it is scaled down."""

Job = Callable[[], None]


def moves(picture: OwnPicture, sized: SizedFigure) -> bool:
    """Return whether a picture moves: a clip does, but not on a card, where it would be too small to be followed."""
    return len(picture.files) > 1 and sized.ground == COLOURS.background


class Decoder:
    """The thread that decodes frames, one after the other. It begins with the first frame."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: Thread | None = None

    def order(self, job: Job) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._work, name="pictures", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def close(self) -> None:
        """End the thread, once its frame is done: SDL must not end before."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


class OwnClip:
    """A source of a picture's sprites in one box. A photo is a clip of one frame, and a clip loops.

    `rect` is what the picture covers, relative to the top left of the box. `whole` is whether every frame is there.
    """

    def __init__(
        self, content: bytes, picture: OwnPicture, sized: SizedFigure, order: Callable[[Job], None] | None = None
    ) -> None:
        """Read `content`, which `draw_frames` returned. The frames stay compressed.

        `order` has jobs done by a thread. Without it they are done at once. Raises ValueError for other content.
        """
        within, frames = Rect((0, 0), sized.box_px), []
        try:
            head, rest = content.split(b"\n", 1)
            about, begin = json.loads(head), 0
            self.rect, self.place = Rect(about["taken"]), Rect(about["place"])
            self.whole, self._numbers = bool(about["whole"]), list(map(int, about["numbers"]))
            for length in about["lengths"]:
                frames.append(rest[begin : begin + length])
                begin += length
        except (LookupError, TypeError, ArithmeticError) as error:
            raise ValueError(f"a damaged picture: {error}") from error
        if not (self.rect and self.place and within.contains(self.rect) and self.rect.contains(self.place)):
            raise ValueError(f"a damaged picture: {self.rect}")
        if not all(frames) or not 1 <= len(frames) == len(self._numbers) <= MOST_FRAMES:
            raise ValueError(f"a damaged picture: {len(frames)} frames")
        self.key = (sized, picture.digest)
        self.ground = sized.ground
        self._picture = picture
        self.order = order or (lambda job: job())
        self._frames: Sequence[bytes] = frames
        self.decoded: dict[int, Surface] = {}
        """The frames that are ready, by number: the one on screen and the next ones, 2 MB each at 1080p."""
        self._wanted: list[int] = []
        self._ordered: set[int] = set()
        self._shown: int | None = None
        self._corners: Surface | None = None

    def at(self, moment: FigureMoment) -> tuple[Shown, bool]:
        """Return what is shown at a time of the loop, and whether it is final: not the frame before, nor a still."""
        count, number, stays_s = len(self._frames), 0, inf
        if count > 1 and not moment.still:
            number, stays_s = self._picture.frame_at(moment.t_s)
            number %= count
        self._want([(number + ahead) % count for ahead in range(min(count, 1 + AHEAD))])
        if number in self.decoded:
            self._shown = number
        if self._shown is None:
            return Shown(None, UNSETTLED_S), False
        part = OwnFrame(self, self._numbers[self._shown], self.decoded[self._shown])
        final = self._shown == number and (self.whole or moment.still)
        return Shown(Sprite(part.key, self.ground, [part]), stays_s), final

    def unpack_one(self, onto: Surface | None) -> bool:
        """Have the first frame decoded, if none is. Return False: there is nothing to wait for."""
        if not self._wanted:
            self._want([0])
        return False

    def corners(self) -> Surface:
        """Return a round corner four times, each at its place in a square: what is outside, in the ground's colour."""
        if self._corners is None:
            self._corners = _corners(max(1, round(RADIUS * min(self.rect.size))), self.ground)
        return self._corners

    def _want(self, numbers: list[int]) -> None:
        """Have frames decoded, and drop the others but the one on screen."""
        self._wanted = numbers
        for number in list(self.decoded):
            if number not in numbers and number != self._shown:
                self.decoded.pop(number, None)
        for number in numbers:
            if number not in self.decoded and number not in self._ordered:
                self._ordered.add(number)
                self.order(lambda number=number: self._decode(number))  # type: ignore[misc]

    def _decode(self, number: int) -> None:
        try:
            # On a slow machine the time of a frame may be over before its turn comes.
            if number in self._wanted:
                self.decoded[number] = pygame.image.load(BytesIO(self._frames[number]), ".jpg")
        except (pygame.error, MemoryError):
            # The frame before stays on the screen. It is ordered again while it is wanted.
            pass
        finally:
            self._ordered.discard(number)


class OwnFrame(SpritePart):
    """A frame as an opaque part of a sprite, with round corners."""

    opaque = True

    def __init__(self, clip: OwnClip, number: int, surface: Surface) -> None:
        self.key, self.rect, self.source = (*clip.key, clip.whole, number), clip.rect, clip
        self._clip, self._surface = clip, surface

    def draw(self, target: Surface, box_topleft: tuple[int, int]) -> None:
        clip, corners = self._clip, self._clip.corners()
        taken, radius = clip.rect.move(box_topleft), corners.get_width() // 2
        if clip.place != clip.rect:
            target.fill(Palette().surface, taken)
        target.blit(self._surface, clip.place.move(box_topleft))
        for x, left in ((taken.left, 0), (taken.right - radius, radius)):
            for y, top in ((taken.top, 0), (taken.bottom - radius, radius)):
                target.blit(corners, (x, y), (left, top, radius, radius))


def _corners(radius: int, ground: Colour) -> Surface:
    side = 2 * radius
    large = Surface((side * _FINE, side * _FINE), SRCALPHA, 32)
    large.fill((*ground, 255))
    pygame.draw.circle(large, (*ground, 0), (radius * _FINE, radius * _FINE), radius * _FINE)
    return pygame.transform.smoothscale(large, (side, side))


def drawn_own(picture: OwnPicture, sized: SizedFigure, number: int) -> OwnClip:
    """Return a clip of a single frame, with the same pixels as on the wall. Raises ValueError."""
    return OwnClip(draw_at_once(picture, sized.box_px, Palette().surface, [number]), picture, sized)


def to_json(pictures: Iterable[OwnPicture]) -> str:
    """Return the pictures as JSON, for the process that draws them."""
    return json.dumps(
        [
            (one.name, [(str(path), size, changed_ns) for path, size, changed_ns in one.files], one.width, one.height)
            for one in pictures
        ]
    )


def from_json(text: str) -> list[OwnPicture]:
    """Return the pictures that `to_json` was given."""
    return [
        OwnPicture(name, tuple(PictureFile(Path(path), *identity) for path, *identity in files), width, height)
        for name, files, width, height in json.loads(text)
    ]
