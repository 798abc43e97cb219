"""The footer of a class: its parts in order. The current part is open, with its segments and its round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import box_px
from kiosk.screen.widgets.footer import Progress, Segment, coming, current_segment, segment_px
from kiosk.screen.widgets.icons import disc, icon
from kiosk.screen.widgets.text import shortened, text, width_of

_MOST_SHOWN, _LEAST_SHOWN = 8, 3
_GAP = 0.026
_CLOSED = 0.060
"""Width of a closed part without its name, in H (the screen's height)."""
_OPEN_LEAST = 0.40
"""Minimum width of the open part, as a part of the column."""
_NAME_MOST = 0.36
"""Maximum width of a closed part's name, as a part of the column."""
_CAP, _LEAST = 0.032, 0.028
_CHECK, _CHECK_X, _CHECK_WIDTH = 0.017, 0.036, 0.053
"""Radius of a check mark, the distance of its middle from its label, and the width that it takes."""
_MIDDLE = 0.013
"""Distance of the segments' middle from their bottom, in H."""
_SEGMENT_GAP, _SEGMENT_LEAST = 0.006, 0.010
_DOT, _DOT_LEAST, _DOT_GAP = 0.013, 0.005, 0.012
_DOTS_MOST = 0.5
"""Maximum width of the closed rounds, as a part of the open part."""
_MORE, _MORE_DOT, _MORE_STEP = 0.044, 0.004, 0.014
"""Width of the sign for parts left out, the radius of its dots, and the distance between them."""


class ClassProgress(NamedTuple):
    """The progress in a class: the names of its parts, the index of the current `part`, and the `progress` in it.

    `label` and `round` are the current part's name and its round, such as 2/4, which may be empty. `by_sets` is whether
    the places are the sets of one exercise.
    """

    names: tuple[str, ...]
    part: int
    progress: Progress
    label: str
    round: str = ""
    by_sets: bool = False


def parts_footer(
    context: Context, progress: ClassProgress, done: float, label: str, value: str, accent: Colour
) -> list[Item]:
    """Return the parts of a class on the left, and `label` and `value` on the right.

    `done` (0 to 1) is the part of the current place that is done.
    """
    laid = _laid(context, progress)
    return [
        *coming(context, label, value),
        *_still(context, progress),
        *current_segment(context, laid.current, (laid.before + done) / laid.places, accent),
    ]


class _Place(NamedTuple):
    """The place of a part: its index, left edge and width, in H. `named` is whether there is room for its name."""

    part: int
    x: float
    width: float
    named: bool


@cached
def _still(context: Context, progress: ClassProgress) -> list[Item]:
    palette, items = context.palette, []
    places, x0, x1 = _places(context, progress)
    for place in places:
        if place.part == progress.part:
            items.append(_open_label(context, progress, place))
            items += _laid(context, progress).items
            continue
        done = place.part < progress.part
        segment = segment_px(context, place.x, place.width, current=False)
        items.append(_bar(context, segment, palette.text2 if done else palette.surface2))
        items += _closed_label(context, progress.names[place.part], place, done=done)
    for x in (x0, x1):
        items += [] if x is None else _more(context, x)
    return items


def _bar(context: Context, segment: Segment, colour: Colour) -> Item:
    return box_px(context, segment[0], colour, segment[1])


def _more(context: Context, x: float) -> list[Item]:
    """Return the sign for parts that are left out."""
    return [
        disc(
            context,
            (x + _MORE_DOT + dot * _MORE_STEP, context.layout.segments_bottom - _MIDDLE),
            _MORE_DOT,
            context.palette.text2,
        )
        for dot in range(3)
    ]


# --- labels -----------------------------------------------------------------------------------------------------------


def _closed_label(context: Context, name: str, place: _Place, *, done: bool) -> list[Item]:
    colour, (x, y) = context.palette.text2, (place.x, context.layout.label_baseline)
    if not place.named:
        return [icon(context, "check", (x + place.width / 2, y - 0.014), _CHECK, colour)] if done else []
    words = _closed_name(context, name)
    items = [text(context, words, Weight.BOLD, _CAP, colour, (x, y))]
    if done:
        middle = x + width_of(context, words, Weight.BOLD, _CAP) + _CHECK_X
        items.append(icon(context, "check", (middle, y - 0.014), _CHECK, colour))
    return items


def _closed_name(context: Context, name: str) -> str:
    return shortened(context, name, Weight.BOLD, _CAP, _NAME_MOST * context.layout.lw)


def _open_label(context: Context, progress: ClassProgress, place: _Place) -> Item:
    words = f"{progress.label} {progress.round}".rstrip()
    end = f" {progress.round}" if progress.round else ""
    shorter = shortened(context, progress.label, Weight.BLACK, _CAP, place.width, end=end)
    return text(
        context,
        words,
        Weight.BLACK,
        _CAP,
        context.palette.text,
        (place.x, context.layout.label_baseline),
        width=place.width,
        least=_LEAST,
        instead=(shorter,),
    )


# --- where the parts are ----------------------------------------------------------------------------------------------


@cached
def _places(context: Context, progress: ClassProgress) -> tuple[Sequence[_Place], float | None, float | None]:
    """Return the places of the parts that are shown, and where signs for parts left out are, if there are any."""
    layout, count, part = context.layout, len(progress.names), progress.part
    words = f"{progress.label} {progress.round}".rstrip()
    least = _OPEN_LEAST * layout.lw
    label = width_of(context, words, Weight.BLACK, _CAP) + 0.002
    if progress.progress.rounds == progress.progress.places == 1:
        least = min(least, max(label, 2 * _CLOSED))
    for most in range(min(count, _MOST_SHOWN), 0, -1):
        shown = _around(part, count, most)
        before, after = shown.start > 0, shown.stop < count
        room = layout.lw - _MORE * (before + after) - (_CLOSED + _GAP) * (len(shown) - 1)
        # Where parts are left out anyway, the name of the next one is worth more than a part that is far.
        name = _more_width(context, progress, part + 1) if (before or after) and most > _LEAST_SHOWN else 0.0
        if room >= least + max(0.0, name):
            break
    # The room that is left goes to the names of the nearest parts, first to those that come, then to those done.
    by_need = [*range(part + 1, shown.stop), *range(part - 1, shown.start - 1, -1)]
    room -= min(max(least, label), 0.5 * layout.lw) if room > least else room
    named: dict[int, float] = {}
    for index in by_need:
        more = _more_width(context, progress, index)
        if more > room:
            break
        room -= max(0.0, more)
        named[index] = max(_CLOSED, more + _CLOSED)
    x, end = layout.x0 + _MORE * before, layout.x0 + layout.lw - _MORE * after
    closed = sum(named.get(index, _CLOSED) for index in shown if index != part)
    opened = end - x - closed - _GAP * (len(shown) - 1)
    places = []
    for index in shown:
        width = opened if index == part else named.get(index, _CLOSED)
        places.append(_Place(index, x, width, index in named))
        x += width + _GAP
    return places, layout.x0 if before else None, end + _MORE - 2 * (_MORE_STEP + _MORE_DOT) if after else None


def _more_width(context: Context, progress: ClassProgress, index: int) -> float:
    """Return how much wider a closed part is with its name."""
    if index >= len(progress.names):
        return 0.0
    width = width_of(context, _closed_name(context, progress.names[index]), Weight.BOLD, _CAP) + 0.002
    return width + (_CHECK_WIDTH if index < progress.part else 0.0) - _CLOSED


def _around(part: int, count: int, most: int) -> range:
    """Return the parts around the current one; of an even number there is one more that comes."""
    first = max(0, min(part - (most - 1) // 2, count - most))
    return range(first, first + most)


class _Laid(NamedTuple):
    """The dots and segments of the open part.

    `current` is a segment of `places` places, of which `before` are done: usually of one, of all if there is no room.
    """

    items: list[Item]
    current: Segment
    before: int = 0
    places: int = 1


@cached
def _laid(context: Context, progress: ClassProgress) -> _Laid:
    palette, inside = context.palette, progress.progress
    place = next(one for one in _places(context, progress)[0] if one.part == progress.part)
    rounds, round_, places, here = inside.rounds, inside.round - 1, inside.places, inside.place
    if places == 1:
        # The rounds are the segments then, and there are no closed ones.
        rounds, round_, places, here = 1, 0, rounds, round_
    radius = _dot_radius(place.width, rounds - 1)
    step = 2 * radius + _DOT_GAP if radius else 0.0
    width = place.width - (rounds - 1) * step
    segment = (width - (places - 1) * _SEGMENT_GAP) / places
    before, merged = 0, 1
    if segment < _SEGMENT_LEAST:
        before, merged, places, here, segment = here, places, 1, 0, width
    x, items, current = place.x, [], segment_px(context, place.x, segment, current=True)
    for index in range(rounds):
        if index != round_:
            if radius:
                colour = palette.text2 if index < round_ else palette.surface2
                items.append(disc(context, (x + radius, context.layout.segments_bottom - _MIDDLE), radius, colour))
            x += step
            continue
        for one in range(places):
            colour = palette.text2 if one < here else palette.surface2
            box = segment_px(context, x, segment, current=one == here)
            current = box if one == here else current
            items.append(_bar(context, box, colour))
            x += segment + (_SEGMENT_GAP if one < places - 1 else _DOT_GAP)
    return _Laid(items, current, before, merged)


def _dot_radius(width: float, dots: int) -> float:
    """Return the radius of the dots for closed rounds, 0 if there is no room for them."""
    if dots == 0:
        return 0.0
    radius = min(_DOT, (_DOTS_MOST * width / dots - _DOT_GAP) / 2)
    return radius if radius >= _DOT_LEAST else 0.0
