"""The footer: the progress in the circuit, and what comes next or how much time is left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from pygame import Rect

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import box_px, outline_px, part_of_box
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.text import text, width_of

_HEIGHT, _CURRENT_MORE = 0.026, 0.005
_GAP, _SMALL_GAP, _GROUP_GAP = 0.008, 0.004, 0.026
_MANY_SEGMENTS = 30
_LEAST_SEGMENT = 0.010
"""Minimum width of a segment, in H (the screen's height). If segments would be narrower, a round is one segment."""
_LABEL_CAP, _LABEL_GAP = 0.032, 0.012
_TICK = 0.053
"""Width that a check mark takes after its label, in H."""
_VALUE_GAP, _BADGES = 0.024, 0.170
"""Space between a label and its value on the same line, and the width left for badges there, in H."""

Segment = tuple[Rect, int]
"""A segment and the radius of its corners, in pixels."""


class Progress(NamedTuple):
    """The progress in the circuit: `round` counts from 1, `place` (the station) from 0.

    `word` is what a round is called, such as Set, and `place_word` what a place is called.
    """

    rounds: int
    places: int
    round: int
    place: int
    word: str = "Round"
    place_word: str = "Exercise"


def footer(context: Context, progress: Progress, part: float, label: str, value: str, accent: Colour) -> list[Item]:
    """Return the segments of every round on the left, and `label` and `value` on the right.

    `part` (0 to 1) of the current place is done.
    """
    grid = _grid(context, progress)
    # If a segment is a whole round, its done places count too.
    done = part if grid.places > 1 else (progress.place + part) / progress.places
    current = grid.segment(context, *grid.now)
    return [*_still(context, progress, label, value), *current_segment(context, current, done, accent)]


def current_segment(context: Context, segment: Segment, done: float, accent: Colour) -> list[Item]:
    """Return the outline of the current segment, and the part (0 to 1) of it that is done."""
    rect, radius_px = segment
    fill = Rect(*rect.topleft, round(rect.width * min(1.0, done)), rect.height)
    width_px = min(context.layout.px(0.005), max(1, rect.width // 4))
    return [
        *([part_of_box(context, rect, fill, accent, radius_px)] if fill.width else []),
        outline_px(context, rect, accent, width_px, radius_px),
    ]


def segment_px(context: Context, x: float, width: float, *, current: bool) -> Segment:
    """Return a segment at the bottom of the screen; `x` and `width` are in H. The current one is higher."""
    layout = context.layout
    rect = layout.rect(x, layout.segments_bottom - _HEIGHT, width, _HEIGHT)
    larger = layout.px(_CURRENT_MORE) if current else 0
    return rect.inflate(0, 2 * larger), min(layout.px(0.006), rect.width // 3)


def badges_left(context: Context, label: str, items: Sequence[Item]) -> float:
    """Return where badges may begin beside the footer's widest label, in H. In portrait, they follow the value."""
    layout = context.layout
    if not layout.portrait:
        return _label_end(context, label) + 0.030
    bottom_px = layout.y(layout.bottom)
    ends_px = (item.rect.right for item in items if item.texts and item.rect.top < bottom_px <= item.rect.bottom + 1)
    return (max(ends_px, default=layout.x(layout.x0)) - layout.x(0)) / layout.unit_px


@cached
def _label_end(context: Context, label: str) -> float:
    return context.layout.rx + width_of(context, label, Weight.BOLD, _LABEL_CAP)


@cached
def coming(context: Context, label: str, value: str) -> list[Item]:
    """Return `label` and `value` on the right or, in portrait, in a row of their own."""
    layout, palette = context.layout, context.palette
    # In portrait, the value follows its label, and leaves room for badges.
    x = _label_end(context, label) + _VALUE_GAP if layout.portrait else layout.rx
    at, room = (x, layout.bottom), layout.x1 - x - _BADGES if layout.portrait else layout.rc
    return [
        text(context, label, Weight.BOLD, _LABEL_CAP, palette.text2, (layout.rx, layout.next_baseline)),
        *([text(context, value, Weight.BLACK, 0.045, palette.text, at, width=room, least=0.036)] if value else []),
    ]


@cached
def _still(context: Context, progress: Progress, label: str, value: str) -> list[Item]:
    """Return all items except the progress in the current segment."""
    return [*coming(context, label, value), *_labels(context, progress), *_segments(context, progress)]


class _Grid(NamedTuple):
    """The grid of the segments, in H: a group of `places` segments for each round. A group begins every `step`.

    `now` is the round and the place of the current segment, which is larger.
    """

    now: tuple[int, int]
    places: int
    x0: float
    group: float
    step: float
    gap: float

    def left(self, round_: int) -> float:
        return self.x0 + (round_ - 1) * self.step

    def segment(self, context: Context, round_: int, place: int) -> Segment:
        width = (self.group - (self.places - 1) * self.gap) / self.places
        x = self.left(round_) + place * (width + self.gap)
        return segment_px(context, x, width, current=(round_, place) == self.now)


def _grid(context: Context, progress: Progress) -> _Grid:
    layout, rounds, places = context.layout, progress.rounds, progress.places
    group_gap = min(_GROUP_GAP, layout.lw / (4 * rounds))
    group = (layout.lw - (rounds - 1) * group_gap) / rounds
    gap = _GAP if rounds * places <= _MANY_SEGMENTS else _SMALL_GAP
    if (group - (places - 1) * gap) / places < _LEAST_SEGMENT:
        places = 1
    now = progress.round, progress.place if places > 1 else 0
    return _Grid(now, places, layout.x0, group, group + group_gap, gap)


def _segments(context: Context, progress: Progress) -> list[Item]:
    """Return the segments of all stations."""
    palette, grid, items = context.palette, _grid(context, progress), []
    for order in product(range(1, progress.rounds + 1), range(grid.places)):
        rect, radius_px = grid.segment(context, *order)
        items.append(box_px(context, rect, palette.text2 if order < grid.now else palette.surface2, radius_px))
    return items


def _labels(context: Context, progress: Progress) -> list[Item]:
    """Return a label over each round. If there is too little room, return only the number of the current round."""
    grid, of, baseline = _grid(context, progress), progress.rounds, context.layout.label_baseline
    if of == 1 and progress.places > 1:
        # The one round is the whole workout.
        words, at = f"{progress.place_word} {progress.place + 1}/{progress.places}", (grid.left(1), baseline)
        return [text(context, words, Weight.BLACK, _LABEL_CAP, context.palette.text, at, width=grid.group)]
    # All labels have the same form. The widest label decides which. Either all done rounds have a check mark or none.
    named = f"{progress.word} {{0}}"
    forms = (named,) if context.layout.narrow else (f"{named}/{{1}}", named)
    # Bare numbers are taken for rounds.
    for form in (*forms, "{0}") if progress.word == "Round" else forms:
        if width_of(context, form.format(of, of), Weight.BLACK, _LABEL_CAP) + _LABEL_GAP <= grid.group:
            break
    else:
        words = f"{progress.word} {progress.round}/{of}"
        end = context.layout.x0 + context.layout.lw - width_of(context, words, Weight.BLACK, _LABEL_CAP)
        at = (min(grid.left(progress.round), end), baseline)
        return [text(context, words, Weight.BLACK, _LABEL_CAP, context.palette.text, at)]
    others = form.removesuffix("/{1}")
    widths = [width_of(context, others.format(one), Weight.BOLD, _LABEL_CAP) for one in range(1, of)]
    ticked = max(widths, default=0.0) + _TICK + _LABEL_GAP <= grid.step
    items = []
    for round_ in range(1, of + 1):
        now, left = round_ == progress.round, grid.left(round_)
        weight, colour = (Weight.BLACK, context.palette.text) if now else (Weight.BOLD, context.palette.text2)
        words = (form if now else others).format(round_, of)
        items.append(text(context, words, weight, _LABEL_CAP, colour, (left, baseline), width=grid.group))
        if ticked and round_ < progress.round:
            at = (left + widths[round_ - 1] + 0.036, baseline - 0.014)
            items.append(icon(context, "check", at, 0.017, colour))
    return items
