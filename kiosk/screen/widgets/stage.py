"""The stage on the left: the figure, or the steps of an exercise that has no figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import pygame.transform
from pygame import Rect, Surface

from kiosk.circuit import Exercise, Side
from kiosk.colour import Colour
from kiosk.screen.display_list import SMOOTH_S, Frame, Item
from kiosk.screen.figures import FigureMoment
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit
from kiosk.screen.layout import OVERHANG
from kiosk.screen.widgets.paragraphs import Lines, wrap
from kiosk.screen.widgets.text import text

if TYPE_CHECKING:
    from kiosk.screen.figure.sprite import SpritePart

FLIP_S = 0.30
PAGE_S = 5.0
"""Duration of a page of steps, if they do not fit on one page."""
_STEP_CAP, _STEP_LEAST = 0.044, 0.030
_CLEAR_BELOW = 0.020
_LINE, _GAP = 1.62, 0.75
"""Line spacing, and the additional gap between steps, in caps."""


def figure(
    kit: Kit,
    name: str,
    t_s: float,
    box: Rect,
    accent: Colour,
    *,
    side: Side | None = None,
    arrows: bool = True,
    turn: float = 1.0,
) -> Frame:
    """Return the figure in `box` (pixels). `turn` (0 to 1) is its width while it turns to the other side."""
    sprite, stays_s = kit.figures.get(FigureMoment(name, t_s, box.size, accent, side, arrows))
    if sprite is None:
        return Frame([], stays_s)
    if turn >= 1.0:
        return Frame([_part(part, box.topleft) for part in sprite.parts], stays_s)
    whole = sprite.rect.move(box.topleft)
    width = max(1, round(whole.width * turn))
    left = round(box.centerx + (whole.left - box.centerx) * turn)
    narrow = Rect(left, whole.top, width, whole.height)

    picture: Surface | None = None

    def paint_turning(surface: Surface) -> None:
        nonlocal picture
        picture = picture or pygame.transform.scale(sprite.cut_out(surface), narrow.size)
        surface.blit(picture, narrow)

    return Frame([Item(narrow, ("turning figure", sprite.key, width), paint_turning)], SMOOTH_S)


def _part(part: SpritePart, place: tuple[int, int]) -> Item:
    def paint(surface: Surface) -> None:
        part.draw(surface, place)

    def differs(before: Item) -> list[Rect] | None:
        rects = part.differs(cast("SpritePart", before.shows))
        return None if rects is None else [rect.move(place) for rect in rects]

    def onto(before: Item) -> Callable[[Surface], None] | None:
        put = part.onto(cast("SpritePart", before.shows))
        return None if put is None else lambda surface: put(surface, place)

    thing = None if part.source is None else (part.source, place)
    rect, key = part.rect.move(place), ("figure", part.key)
    return Item(rect, key, paint, thing=thing, differs=differs, onto=onto, shows=part, opaque=part.opaque)


def turning(side: Side, t_s: float) -> tuple[Side, float]:
    """Return the side that the figure shows, and its width (0 to 1), `t_s` after it began to turn to `side`."""
    way = min(1.0, max(0.0, t_s / FLIP_S))
    return (side.other, 1 - 2 * way) if way < 0.5 else (side, 2 * way - 1)


def stage(
    kit: Kit,
    exercise: Exercise,
    t_s: float,
    box: Rect,
    accent: Colour,
    *,
    side: Side | None = None,
    arrows: bool = True,
    turn: float = 1.0,
) -> Frame:
    """Return the exercise's figure, or its steps if it has none."""
    if exercise.figure is None:
        column = box.inflate(-2 * kit.layout.px(OVERHANG), 0)
        column.height -= kit.layout.px(_CLEAR_BELOW)
        return Frame(steps(kit, exercise.steps, column, accent, t_s), PAGE_S - t_s % PAGE_S)
    return figure(kit, exercise.figure, t_s, box, accent, side=side, arrows=arrows, turn=turn)


def steps(kit: Kit, words: tuple[str, ...], box: Rect, accent: Colour, t_s: float = 0.0) -> list[Item]:
    """Return the steps, numbered, as large as fits. If they would be too small to read, they alternate in pages."""
    key = ("steps", words, box.size, kit.layout.unit_px)
    cap, pages = kit.cached(key, lambda: _pages(kit, words, box))
    first, page = pages[int(t_s // PAGE_S) % len(pages)]
    unit, indent = kit.layout.unit_px, _indent(kit, cap)
    line_px, gap_px = _LINE * cap * unit, _GAP * cap * unit
    taken = _height(page, cap * unit)
    y = box.top + (box.height - taken) / 2
    items: list[Item] = []
    for number, lines in enumerate(page, first + 1):
        for place, line in enumerate(lines):
            baseline = y + cap * unit
            if place == 0:
                items.append(_at(kit, f"{number}", Weight.BLACK, cap, accent, box.left, baseline, indent))
            left = box.left + indent
            items.append(_at(kit, line, Weight.BOLD, cap, kit.palette.text, left, baseline, box.right - left))
            y += line_px
        y += gap_px
    return items


_Page = tuple[int, list[Lines]]
"""The index of a page's first step, and the lines of each of its steps."""


def _pages(kit: Kit, words: tuple[str, ...], box: Rect) -> tuple[float, list[_Page]]:
    unit = kit.layout.unit_px
    for count in range(1, len(words) + 1):
        size = -(-len(words) // count)
        cap = _STEP_CAP
        while cap >= _STEP_LEAST - 1e-9:
            wrapped = [wrap(kit, step, cap, (box.width - _indent(kit, cap)) / unit) for step in words]
            pages = [(start, wrapped[start : start + size]) for start in range(0, len(words), size)]
            if all(_height(page, cap * unit) <= box.height for _, page in pages):
                return cap, pages
            cap -= 0.001
    return _STEP_LEAST, [(place, [wrap(kit, step, _STEP_LEAST, box.width / unit)]) for place, step in enumerate(words)]


def _height(page: list[Lines], cap_px: float) -> float:
    lines = sum(len(step) for step in page)
    return (lines * _LINE + (len(page) - 1) * _GAP) * cap_px


def _indent(kit: Kit, cap: float) -> int:
    return round(1.45 * cap * kit.layout.unit_px)


def _at(
    kit: Kit, words: str, weight: Weight, cap: float, colour: Colour, left: int, baseline: float, width_px: int
) -> Item:
    unit, (zero_x, zero_y) = kit.layout.unit_px, kit.layout.origin_px
    at = ((left - zero_x) / unit, (baseline - zero_y) / unit)
    return text(kit, words, weight, cap, colour, at, width=width_px / unit)
