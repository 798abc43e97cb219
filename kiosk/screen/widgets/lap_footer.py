"""The left part of the footer in an AMRAP and in work for time."""

from __future__ import annotations

from pygame import Rect

from kiosk.colour import Colour
from kiosk.duration import clock_text
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import box_px, outline_px, part_of_box
from kiosk.screen.widgets.text import text, width_of
from kiosk.view import Tally

_CAP, _LEAST, _BETWEEN = 0.032, 0.028, 0.032
_HEIGHT, _CURRENT_MORE, _LINE, _RADIUS = 0.026, 0.005, 0.005, 0.006
_GAP, _SMALL_GAP = 0.008, 0.004
_FULL_SIZE = 12
"""Number of segments of full width, which together are as wide as the column. With more, all are narrower."""
_LEAST_SEGMENT = 0.010
"""Minimum width of a segment, in H (the screen's height). If segments would be narrower, the first are left out."""


def laps(context: Context, tally: Tally, t_s: float, accent: Colour) -> list[Item]:
    """Return a segment for each counted round of an AMRAP. That of the current round fills at the last one's pace."""
    places = _places(context, tally.rounds + 1)
    done = 0.0 if not tally.last_s else (t_s - tally.since_s) / tally.last_s
    return [*_labels(context, tally), *_counted(context, places), *_current(context, places[-1], done, accent)]


def whole(context: Context, words: str, note: str, done: float, accent: Colour) -> list[Item]:
    """Return one segment of which the part `done` (0 to 1) is filled, below `words` and a `note`."""
    layout = context.layout
    place = layout.rect(layout.x0, layout.segments_bottom - _HEIGHT, layout.lw, _HEIGHT)
    return [*_heading(context, words, note), *_current(context, place, done, accent)]


@cached
def _labels(context: Context, tally: Tally) -> list[Item]:
    took = "" if tally.last_s is None else f"Last one took {clock_text(tally.last_s)}"
    return _heading(context, f"Round {tally.rounds + 1}", took)


@cached
def _heading(context: Context, words: str, note: str) -> list[Item]:
    layout, palette = context.layout, context.palette
    room = layout.lw if not note else 0.5 * layout.lw
    items = [text(context, words, Weight.BLACK, _CAP, palette.text, (layout.x0, layout.label_baseline), width=room)]
    if note:
        x = layout.x0 + min(width_of(context, words, Weight.BLACK, _CAP), room) + _BETWEEN
        at, room = (x, layout.label_baseline), layout.x0 + layout.lw - x
        items.append(text(context, note, Weight.BOLD, _CAP, palette.text2, at, width=room, least=_LEAST))
    return items


@cached
def _places(context: Context, count: int) -> list[Rect]:
    """Return the segments' places in pixels."""
    layout = context.layout
    most = int((layout.lw + _SMALL_GAP) / (_LEAST_SEGMENT + _SMALL_GAP))
    count = min(count, most)
    sized = max(count, _FULL_SIZE)
    gap = _GAP if sized * (_LEAST_SEGMENT + _GAP) <= layout.lw else _SMALL_GAP
    width = (layout.lw - (sized - 1) * gap) / sized
    return [
        layout.rect(layout.x0 + n * (width + gap), layout.segments_bottom - _HEIGHT, width, _HEIGHT)
        for n in range(count)
    ]


def _counted(context: Context, places: list[Rect]) -> list[Item]:
    colour = context.palette.text2
    return [box_px(context, place, colour, _radius_px(context, place)) for place in places[:-1]]


def _current(context: Context, place: Rect, done: float, accent: Colour) -> list[Item]:
    """Return the current segment, which is higher. The part `done` (0 to 1) of it is filled."""
    layout = context.layout
    current, radius_px = place.inflate(0, 2 * layout.px(_CURRENT_MORE)), _radius_px(context, place)
    fill = Rect(*current.topleft, round(current.width * max(0.0, min(1.0, done))), current.height)
    width_px = min(layout.px(_LINE), max(1, current.width // 4))
    return [
        box_px(context, current, context.palette.surface2, radius_px),
        *([part_of_box(context, current, fill, accent, radius_px)] if fill.width else []),
        outline_px(context, current, accent, width_px, radius_px),
    ]


def _radius_px(context: Context, place: Rect) -> int:
    return min(context.layout.px(_RADIUS), place.width // 3)
