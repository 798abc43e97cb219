"""The form card: everything about an exercise, for somebody who stands 2 to 4 m away.

The muscles are in a row below the title. Below that row, the left column has the figure, the why and the tip, and the
panel on the right has the numbered steps. In portrait, the panel is below them.
"""

from __future__ import annotations

from pygame import Rect

from kiosk.circuit import Exercise, Side, Sides
from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item
from kiosk.screen.figures import FigureMoment
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import GUTTER
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.call import call_top
from kiosk.screen.widgets.names import muscle_chips
from kiosk.screen.widgets.paragraphs import (
    CAP_STEP,
    LINE,
    Lines,
    Setting,
    line_items,
    numbered_items,
    set_paragraphs,
    wrap,
)
from kiosk.screen.widgets.stage import figure
from kiosk.screen.widgets.text import text, width_of

_CHIPS_TOP = 0.156
_TOP, _BOTTOM = 0.236, 0.806
_STEP_MOST, _STEP_LEAST = 0.040, 0.010
"""Maximum and minimum cap height of steps, in H (the screen's height). Six steps of 76 letters need 0.024, and less if
all letters are capitals. Nothing may be cut."""
_CHIP_LEAST = 0.020
_NOTE_MOST, _NOTE_LEAST = 0.034, 0.024
"""Maximum and minimum cap height of notes. Above the minimum, the notes leave the figure its largest size."""
_STEP_GAP, _STEP_GAP_MOST = 0.45, 1.50
"""Minimum and maximum gap between steps, besides the line spacing, in cap heights."""
_NUMBER = 1.55
"""Width of the column of numbers, in cap heights."""
_LABEL_GAP = 0.40
"""Gap between the label of a note and its first line, in cap heights."""
_PADDING, _PADDING_Y = 0.030, 0.026
_NOTE_GAP = 0.030
_PORTRAIT_STEPS = 0.54
"""Maximum height of the panel in portrait, as a part of the card's height."""


@cached
def form_card(context: Context, exercise: Exercise, accent: Colour) -> list[Item]:
    """Return the card between the title and the call to action, without the figure."""
    layout = context.layout
    return [
        *muscle_chips(context, exercise.muscles, (layout.x0, _CHIPS_TOP), layout.fw, least=_CHIP_LEAST),
        *_note_items(context, exercise, accent),
        *_step_items(context, exercise, accent),
    ]


def card_figure(context: Context, exercise: Exercise, t_s: float, accent: Colour) -> Frame:
    """Return the figure on the card, if the exercise has one."""
    if exercise.figure is None:
        return Frame([])
    room = figure_box(context, exercise)
    moment = FigureMoment(exercise.figure, t_s, room.size, accent, shown_side(exercise))
    return figure(context, moment, room.topleft)


def shown_side(exercise: Exercise) -> Side | None:
    """Return the side that the figure shows before the exercise begins, which is the first side."""
    return exercise.first_side if exercise.sides is Sides.EACH else None


def figure_box(context: Context, exercise: Exercise) -> Rect:
    """Return the figure's box, in pixels."""
    notes = _notes(context, exercise)
    bottom = _left_bottom(context, exercise) - notes.height - (_NOTE_GAP if notes.paragraphs else 0.0)
    return context.layout.rect(context.layout.x0, _TOP, _left_width(context, exercise), bottom - _TOP)


def _bottom(context: Context) -> float:
    return call_top(context) - 0.040 if context.layout.portrait else _BOTTOM


def _left_bottom(context: Context, exercise: Exercise) -> float:
    """Return the bottom of the left column, which in portrait is above the panel."""
    if context.layout.portrait and exercise.steps:
        return _panel_top(context, exercise) - GUTTER
    return _bottom(context)


def _panel_top(context: Context, exercise: Exercise) -> float:
    """Return the top of the panel. In portrait it is as high as its steps need, so that the figure is large."""
    if not context.layout.portrait:
        return _TOP
    bottom = _bottom(context)
    most = _PORTRAIT_STEPS * (bottom - _TOP)
    return bottom - min(most, _setting(context, exercise.steps, most - 2 * _PADDING_Y).height + 2 * _PADDING_Y)


def _setting(context: Context, words: tuple[str, ...], height: float) -> Setting:
    width = context.layout.fw - 2 * _PADDING
    return set_paragraphs(
        context, words, width, height, most=_STEP_MOST, least=_STEP_LEAST, gap=_STEP_GAP, hang=_NUMBER
    )


def _left_width(context: Context, exercise: Exercise) -> float:
    if context.layout.portrait:
        return context.layout.fw
    if exercise.figure is None:
        return 0.32 * context.layout.fw
    return (0.36 if context.layout.narrow else 0.40) * context.layout.fw


def _step_items(context: Context, exercise: Exercise, accent: Colour) -> list[Item]:
    if not exercise.steps:
        return []
    layout, words = context.layout, exercise.steps
    left = layout.x0 if layout.portrait else layout.x0 + _left_width(context, exercise) + GUTTER
    top, bottom = _panel_top(context, exercise), _bottom(context)
    width, height = layout.x1 - left - 2 * _PADDING, bottom - top - 2 * _PADDING_Y
    setting = set_paragraphs(
        context, words, width, height, most=_STEP_MOST, least=_STEP_LEAST, gap=_STEP_GAP, hang=_NUMBER
    )
    cap, hang = setting.cap, _NUMBER * setting.cap
    # If there are few steps, larger gaps spread them a little, but the steps stay together.
    to_spare = (height - setting.height) / max(1, len(words) - 1)
    gap = min(_STEP_GAP + to_spare / cap, _STEP_GAP_MOST)
    setting = Setting(cap, [wrap(context, step, cap, width - hang, even=True) for step in words], gap)
    at = (left + _PADDING, top + _PADDING_Y + (height - setting.height) / 2 + cap)
    return [
        box(context, (left, top, layout.x1 - left, bottom - top), context.palette.surface, 0.030),
        *numbered_items(context, setting, at, width, hang, accent),
    ]


# --- why and the tip --------------------------------------------------------------------------------------------------


def _labelled(exercise: Exercise) -> list[tuple[str, Lines]]:
    return [(label, lines) for label, lines in (("Why:", exercise.why), ("Tip:", exercise.tip)) if lines]


def _note_items(context: Context, exercise: Exercise, accent: Colour) -> list[Item]:
    x, width, setting = context.layout.x0, _left_width(context, exercise), _notes(context, exercise)
    cap, items = setting.cap, []
    # Without a figure the column begins at the top, level with the steps.
    top = _TOP + _PADDING_Y if exercise.figure is None else _left_bottom(context, exercise) - setting.height
    for (label, _), lines, down in zip(_labelled(exercise), setting.paragraphs, setting.offsets, strict=False):
        at = (x, top + cap + down)
        items.append(text(context, label, Weight.BOLD, cap, accent, at))
        items += line_items(context, lines, cap, context.palette.text, at, width, indent=_indent(context, label, cap))
    return items


@cached
def _notes(context: Context, exercise: Exercise) -> Setting:
    """Return the notes, as large as possible beside the room that the figure needs."""
    # In a box half as high as wide, most exercises (lying, or standing on a mat) are as large as the column allows.
    whole, figure_most = _left_bottom(context, exercise) - _TOP, 0.5 * _left_width(context, exercise) + _NOTE_GAP
    if context.layout.portrait:
        # The figure's box is less than half as high as wide on a screen that is not tall.
        figure_most = min(figure_most, 0.52 * whole)
    if exercise.figure is None:
        whole, figure_most = whole - 2 * _PADDING_Y, 0.0
    cap = _NOTE_MOST
    while True:
        paragraphs = [_note(context, exercise, label, lines, cap) for label, lines in _labelled(exercise)]
        setting = Setting(cap, paragraphs, _NOTE_GAP / cap + 1 - LINE)
        room = whole - (figure_most if cap > _NOTE_LEAST else 0.6 * figure_most)
        if cap <= _STEP_LEAST or setting.height <= room:
            return setting
        cap -= CAP_STEP


def _note(context: Context, exercise: Exercise, label: str, lines: Lines, cap: float) -> Lines:
    """Return the lines as they were written if they fit, else wrapped. The first line begins after the label."""
    width, indent = _left_width(context, exercise), _indent(context, label, cap)
    rooms = (width - indent, width)
    if all(width_of(context, line, Weight.BOLD, cap) <= room for line, room in zip(lines, rooms, strict=False)):
        return lines
    return wrap(context, " ".join(lines), cap, width, indent=indent, even=True)


def _indent(context: Context, label: str, cap: float) -> float:
    return width_of(context, label, Weight.BOLD, cap) + _LABEL_GAP * cap
