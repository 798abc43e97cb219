"""Checks that the items of every scene must pass, and measurement of the contrast of painted text."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import pygame.image
from pygame import Rect, Surface

from kiosk.screen.compositor import Compositor, repaint
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item
from kiosk.screen.figures import Figures
from kiosk.screen.fonts import Fonts
from kiosk.screen.layout import Layout
from kiosk.view import Moment
from tests.screen_samples import Blocks

Pixel = tuple[int, int, int]
BESIDE_PX = 6
"""Width of the strip around a text that counts as its background, in pixels."""


@cache
def context(size: tuple[int, int]) -> Context:
    return Context(Layout(*size), Fonts(), Blocks())


def faults(items: Sequence[Item], layout: Layout, margin: float = 0.045) -> list[str]:
    """Return the faults of a frame, such as texts that overlap or that leave the margins, a card or their room.

    `margin` is the margin at the left and at the right, in H (the screen's height).
    """
    margins = layout.rect(margin, 0.022, layout.w - 2 * margin, layout.h - 0.044)
    texts, solid = [text for item in items for text in item.texts], _solid(items)
    found = [f"{text.text!r} overflows" for text in texts if not text.room.inflate(2, 2).contains(text.ink)]
    found += [f"{text.text!r} leaves the margins" for text in texts if not margins.contains(text.ink)]
    inks = [text.ink for text in texts]
    for place, text in enumerate(texts):
        found += [f"{text.text!r} on {texts[at].text!r}" for at in text.ink.collidelistall(inks[:place])]
        for name, rect in solid:
            across = text.ink.colliderect(rect) and not rect.contains(text.ink)
            found += [f"{text.text!r} across a {name}"] if across else []
    figures = [rect for name, rect in solid if name == "figure"]
    found += [f"{text.text!r} on the figure" for text in texts for rect in figures if text.ink.colliderect(rect)]
    found += [f"{item.key} beyond the screen" for item in items if not layout.screen_px.contains(item.rect)]
    return found


def _solid(items: Iterable[Item]) -> list[tuple[str, Rect]]:
    names = ((str(item.key[0]).split()[0], item.rect) for item in items if isinstance(item.key, tuple))
    return [(name, rect) for name, rect in names if name in ("box", "figure", "confetti")]


def key(item: Item) -> tuple[Any, ...]:
    """Return an item's key, which must be a tuple."""
    assert isinstance(item.key, tuple)
    return item.key


def icons(items: Iterable[Item], name: str) -> int:
    """Return the number of icons with this name, including icons that are merged into an item with other parts."""
    return sum(str(item.key).count(f"('icon', '{name}'") for item in items)


def painted(items: Sequence[Item], desk: Context) -> Surface:
    surface = Surface(desk.layout.screen_px.size, 0, 32)
    repaint(surface, items, [surface.get_rect()], desk.palette.bg)
    return surface


def pixels(surface: Surface) -> bytes:
    return bytes(surface.get_buffer().raw)


def colours(surface: Surface) -> bytes:
    """Return the colours of all pixels, without the unused byte of each."""
    return pygame.image.tostring(surface, "RGB")


class TwoWalls:
    """Two compositors that draw the same moments: one repaints what changed, the other everything."""

    def __init__(self, size: tuple[int, int], make_figures: Callable[[], Figures] = Blocks) -> None:
        self.small, self._full = (Compositor(Surface(size, 0, 32), make_figures()) for _ in range(2))
        self._shown: Moment | None = None

    def draw(self, moment: Moment, now_s: float) -> list[Rect]:
        """Draw the moment on both, and return the rectangles that changed. Fails if the two do not look the same."""
        if self._shown is not None and moment.view == self._shown.view:
            # As the app does, keep the same object as long as nothing changes.
            moment = moment._replace(view=self._shown.view)
        self._shown = moment
        changed = self.small.draw(moment, now_s)
        self._full.repaint_all = True
        self._full.draw(moment, now_s)
        # The fourth byte of a pixel shows nothing, and fades change it.
        differ = colours(self.small.surface) != colours(self._full.surface)
        assert not differ, f"{now_s:.2f} s, {type(moment.view).__name__}"
        return changed


def rgb(surface: Surface, point: tuple[int, int]) -> Pixel:
    colour = surface.get_at(point)
    return colour.r, colour.g, colour.b


def least_contrast(items: Sequence[Item], desk: Context) -> tuple[float, str]:
    """Return the lowest contrast ratio of any text, measured from painted pixels, and that text."""
    surface = painted(items, desk)
    texts = [text for item in items for text in item.texts]
    return min((contrast(surface, text.ink), text.text) for text in texts)


def contrast(surface: Surface, ink: Rect) -> float:
    """Return the lowest contrast ratio between the text in `ink` and any colour around the text."""
    around = ink.inflate(2 * BESIDE_PX, 2 * BESIDE_PX).clip(surface.get_rect())
    inside, beside = _colour_counts(surface, ink), _colour_counts(surface, around)
    beside.subtract(inside)
    # Rare colours are no background. They come from a neighbouring line's letters or from the tank's surface.
    least = 0.15 * beside.total()
    behind = [pixel for pixel, count in beside.most_common() if count >= least]
    # The text's own colour is the one with the highest contrast to the background.
    least = 0.01 * inside.total()
    letters = [pixel for pixel, count in inside.items() if count >= least]
    own = max(letters, key=lambda pixel: _ratio(pixel, behind[0]))
    return min(_ratio(own, pixel) for pixel in behind)


def _colour_counts(surface: Surface, rect: Rect) -> Counter[Pixel]:
    """Return how many pixels of each colour are in the rectangle."""
    # Comparing whole numbers in C takes a tenth of the time that asking for each pixel takes.
    counts = Counter(memoryview(pygame.image.tostring(surface.subsurface(rect), "RGBX")).cast("I"))
    return Counter({_pixel(number): count for number, count in counts.items()})


def _pixel(number: int) -> Pixel:
    red, green, blue, _ = number.to_bytes(4, sys.byteorder)
    return red, green, blue


def _ratio(a: Pixel, b: Pixel) -> float:
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Pixel) -> float:
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
