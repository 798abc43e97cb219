"""The left part of the footer in an AMRAP and in work for time."""

from __future__ import annotations

from kiosk.colour import Colour
from kiosk.duration import clock_text
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import box_px
from kiosk.screen.widgets.footer import Segment, current_segment, segment_px
from kiosk.screen.widgets.text import text, width_of
from kiosk.view import Tally

_CAP, _LEAST, _BETWEEN = 0.032, 0.028, 0.032
_GAP, _SMALL_GAP = 0.008, 0.004
_FULL_SIZE = 12
"""Number of segments of full width, which together are as wide as the column. With more, all are narrower."""
_LEAST_SEGMENT = 0.010
"""Minimum width of a segment, in H (the screen's height). If segments would be narrower, the first are left out."""


def laps(context: Context, tally: Tally, t_s: float, accent: Colour) -> list[Item]:
    """Return a segment for each counted round of an AMRAP. That of the current round fills at the last one's pace."""
    *counted, current = _segments(context, tally.rounds + 1)
    done = 0.0 if not tally.last_s else (t_s - tally.since_s) / tally.last_s
    past = [box_px(context, rect, context.palette.text2, radius_px) for rect, radius_px in counted]
    return [*_labels(context, tally), *past, *_current(context, current, done, accent)]


def whole(context: Context, words: str, note: str, done: float, accent: Colour) -> list[Item]:
    """Return one segment of which the part `done` (0 to 1) is filled, below `words` and a `note`."""
    segment = segment_px(context, context.layout.x0, context.layout.lw, current=True)
    return [*_heading(context, words, note), *_current(context, segment, done, accent)]


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
def _segments(context: Context, count: int) -> list[Segment]:
    """Return the segments of `count` rounds, of which the last one is the current one."""
    layout = context.layout
    most = int((layout.lw + _SMALL_GAP) / (_LEAST_SEGMENT + _SMALL_GAP))
    count = min(count, most)
    sized = max(count, _FULL_SIZE)
    gap = _GAP if sized * (_LEAST_SEGMENT + _GAP) <= layout.lw else _SMALL_GAP
    width = (layout.lw - (sized - 1) * gap) / sized
    return [
        segment_px(context, layout.x0 + one * (width + gap), width, current=one == count - 1) for one in range(count)
    ]


def _current(context: Context, segment: Segment, done: float, accent: Colour) -> list[Item]:
    """Return the current segment, of which the part `done` (0 to 1) is filled."""
    rect, radius_px = segment
    whole = box_px(context, rect, context.palette.surface2, radius_px)
    return [whole, *current_segment(context, segment, max(0.0, done), accent)]
