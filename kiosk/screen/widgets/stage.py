"""The stage on the left: the figure or the gym's own picture, or the steps of an exercise that has neither."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import pygame.transform
from pygame import Rect, Surface

from kiosk.circuit import Exercise, Side
from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import SMOOTH_S, Frame, Item
from kiosk.screen.figures import FigureMoment
from kiosk.screen.layout import OVERHANG
from kiosk.screen.widgets.name_stage import is_name_only
from kiosk.screen.widgets.paragraphs import CAP_STEP, Setting, number_width, numbered_items, set_paragraphs, wrap
from kiosk.screen.widgets.text import LEGIBLE

if TYPE_CHECKING:
    from kiosk.screen.figure.sprite import Sprite, SpritePart

FLIP_S = 0.30
PAGE_S = 5.0
"""Time for which each page of steps is shown, if the steps do not fit on one page."""
_STEP_CAP, _STEP_LEAST = 0.044, 0.030
_LINE, _STEP_GAP = 1.62, 0.75
"""Line spacing, and the additional gap between steps, in cap heights."""
_NUMBER = 1.45
"""Width of the column of numbers of one digit, in cap heights."""
_CLEAR_BELOW = 0.020


def stage(
    context: Context,
    exercise: Exercise,
    t_s: float,
    box: Rect,
    accent: Colour,
    *,
    side: Side | None = None,
    arrows: bool = False,
    turn: float | None = None,
) -> Frame:
    """Return the exercise's figure, its own picture, or its steps, in `box` (pixels). It may have none of them.

    An own picture is neither mirrored nor turned, since there may be words in it.
    """
    if is_name_only(exercise):
        return Frame([])
    if exercise.drawn is None:
        return _steps(context, exercise.steps, box, accent, t_s)
    if exercise.picture is not None:
        return figure(context, FigureMoment(exercise.drawn, t_s, box.size, accent), box.topleft)
    moment = FigureMoment(exercise.drawn, t_s, box.size, accent, side, arrows)
    return figure(context, moment, box.topleft, turn=turn)


def overhang_of(exercise: Exercise) -> float:
    """Return how far the stage of an exercise reaches beyond its column, in H. A picture is aligned with the column."""
    return OVERHANG if exercise.picture is None else 0.0


def figure(context: Context, moment: FigureMoment, topleft: tuple[int, int], *, turn: float | None = None) -> Frame:
    """Return the figure in its box, whose top left corner is at `topleft` (pixels).

    `turn` (0 to 1) is the relative width of the figure while it turns to the other side. With a `turn`, even 1, the
    figure is one item that shows the pixels behind it. Without a `turn`, the figure's parts usually hide these pixels.
    """
    sprite, stays_s = context.figures.get(moment)
    if sprite is None:
        return Frame([], stays_s)
    if turn is None:
        return Frame([_part(part, topleft) for part in sprite.parts], stays_s)
    return Frame([_cut_out(sprite, Rect(topleft, moment.box_px), turn)], SMOOTH_S)


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


def _cut_out(sprite: Sprite, box: Rect, turn: float) -> Item:
    whole = sprite.rect.move(box.topleft)
    left = round(box.centerx + (whole.left - box.centerx) * turn)
    narrow = Rect(left, whole.top, max(1, round(whole.width * turn)), whole.height)
    picture: Surface | None = None

    def paint(surface: Surface) -> None:
        nonlocal picture
        if picture is None:
            picture = sprite.cut_out(surface)
            picture = picture if narrow == whole else pygame.transform.scale(picture, narrow.size)
        surface.blit(picture, narrow)

    return Item(narrow, ("figure cut out", sprite.key, narrow.width), paint)


def turning(side: Side, t_s: float) -> tuple[Side, float | None]:
    """Return the side that the figure shows and its `turn`, `t_s` seconds after it began to turn to `side`."""
    if t_s >= FLIP_S:
        return side, None
    way = 2 * max(0.0, t_s) / FLIP_S
    return (side.other, 1 - way) if way < 1 else (side, way - 1)


def _steps(context: Context, words: tuple[str, ...], box: Rect, accent: Colour, t_s: float) -> Frame:
    """Return the numbered steps, as large as they fit. If they would be too small to read, pages alternate."""
    layout, unit = context.layout, context.layout.unit_px
    # The box reaches beyond the column.
    left, top = box.left + layout.px(OVERHANG), box.top
    width, height = (box.right - layout.px(OVERHANG) - left) / unit, (box.height - layout.px(_CLEAR_BELOW)) / unit
    pages = _pages(context, words, width, height)
    number = int(t_s // PAGE_S) % len(pages)
    page = pages[number]
    first = 1 + sum(len(before.paragraphs) for before in pages[:number])
    at = (
        (left - layout.origin_px[0]) / unit,
        (top - layout.origin_px[1]) / unit + (height - _height(page)) / 2 + page.cap,
    )
    items = numbered_items(context, page, at, width, number_width(len(words), _NUMBER) * page.cap, accent, first)
    return Frame(items, PAGE_S - t_s % PAGE_S)


@cached
def _pages(context: Context, words: tuple[str, ...], width: float, height: float) -> list[Setting]:
    """Return the steps in as few pages as possible, then as large as possible. A step that fills a page is smaller."""
    number = number_width(len(words), _NUMBER)

    def paged(cap: float, size: int, steps: tuple[str, ...] = words) -> list[Setting]:
        wrapped = [wrap(context, step, cap, width - number * cap) for step in steps]
        return [Setting(cap, wrapped[start : start + size], _STEP_GAP, _LINE) for start in range(0, len(steps), size)]

    def fit(pages: list[Setting]) -> bool:
        return all(_height(page) <= height for page in pages)

    smallest = paged(_STEP_LEAST, 1)
    for count in range(1, len(words) + 1):
        size = -(-len(words) // count)
        if size == 1 or fit(paged(_STEP_LEAST, size)):
            break
    if size == 1 and not fit(smallest):
        return [_alone(context, step, width, height, number) for step in words]
    steps = range(round((_STEP_CAP - _STEP_LEAST) / CAP_STEP) + 1)
    fits = bisect_left(steps, True, key=lambda step: fit(paged(_STEP_CAP - step * CAP_STEP, size)))
    return paged(_STEP_CAP - min(fits, steps[-1]) * CAP_STEP, size)


def _alone(context: Context, step: str, width: float, height: float, number: float) -> Setting:
    """Return a step that has a page for itself, cut if it is too long even for that."""
    # The lines' own room below the last baseline is not a part of the height.
    room = height - (_LINE - 1) * _STEP_CAP
    return set_paragraphs(
        context, [step], width, room, most=_STEP_CAP, least=LEGIBLE, gap=_STEP_GAP, hang=number, line=_LINE
    )


def _height(page: Setting) -> float:
    """Return the height of a page, in H (the screen's height), with the space below its last baseline."""
    return page.height + (_LINE - 1) * page.cap
