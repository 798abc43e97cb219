"""The form card: everything about an exercise, for somebody who stands 2 to 4 m away.

The muscles are in a row below the title. Below that row, the left column has the figure, the why and the tip, and the
panel on the right has the numbered steps. In portrait, the panel is below them.

An exercise may have only some of these, and what is missing leaves its place to the rest: without steps, the why and
the tip are in the panel; without anything on the left, the panel is as wide as the screen.
"""

from __future__ import annotations

from pygame import Rect

from kiosk.circuit import Exercise, Side, Sides
from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item
from kiosk.screen.figures import FigureMoment
from kiosk.screen.fonts import CUT, Weight
from kiosk.screen.layout import BODY_TOP, GUTTER
from kiosk.screen.widgets.boxes import Area, box
from kiosk.screen.widgets.call import call_top
from kiosk.screen.widgets.names import muscle_chips
from kiosk.screen.widgets.paragraphs import (
    CAP_STEP,
    LINE,
    Lines,
    Setting,
    cut,
    line_items,
    number_width,
    numbered_items,
    set_paragraphs,
    wrap,
)
from kiosk.screen.widgets.stage import figure
from kiosk.screen.widgets.text import text, width_of

_CHIPS_TOP = 0.156
_TOP, _BOTTOM = 0.236, 0.806
_STEP_MOST, _STEP_LEAST = 0.040, 0.016
"""Maximum and minimum cap height of steps, in H (the screen's height). Six steps of 76 letters need 0.024. The
minimum can be read from 3 m, and longer steps are cut."""
_CHIP_LEAST = 0.020
_WIDE_MOST = 0.048
"""Maximum cap height of steps and notes in a panel as wide as the screen, and of notes in any panel."""
_NOTE_MOST, _NOTE_LEAST = 0.034, 0.024
"""Maximum and minimum cap height of notes. Above the minimum, the notes leave the figure its largest size."""
_STEP_GAP, _STEP_GAP_MOST = 0.45, 1.50
"""Minimum and maximum gap between steps, besides the line spacing, in cap heights."""
_NUMBER = 1.55
"""Width of the column of numbers of one digit, in cap heights."""
_LABEL_GAP = 0.40
"""Gap between the label of a note and its first line, in cap heights."""
_PADDING, _PADDING_Y = 0.030, 0.026
_NOTE_GAP = 0.030
_PORTRAIT_NOTES = 0.30
"""Maximum height of the notes above the panel in portrait without a figure, as a part of the card's height."""
_PORTRAIT_PANEL = 0.54
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
    if exercise.drawn is None:
        return Frame([])
    room = figure_box(context, exercise)
    moment = FigureMoment(exercise.drawn, t_s, room.size, accent, shown_side(exercise))
    return figure(context, moment, room.topleft)


def shown_side(exercise: Exercise) -> Side | None:
    """Return the side that the figure shows before the exercise begins, which is the first side."""
    return exercise.first_side if exercise.sides is Sides.EACH else None


def figure_box(context: Context, exercise: Exercise) -> Rect:
    """Return the figure's box, in pixels."""
    notes, top = _notes_on_left(context, exercise), _top(exercise)
    bottom = _left_bottom(context, exercise) - notes.height - (_NOTE_GAP if notes.paragraphs else 0.0)
    return context.layout.rect(context.layout.x0, top, _left_width(context, exercise), bottom - top)


def _top(exercise: Exercise) -> float:
    return _TOP if exercise.muscles else BODY_TOP


def _bottom(context: Context) -> float:
    return call_top(context) - 0.040 if context.layout.portrait else _BOTTOM


def _left_bottom(context: Context, exercise: Exercise) -> float:
    """Return the bottom of the left column, in H. In portrait it is above the panel, if there is one."""
    if context.layout.portrait and (exercise.steps or _labelled(exercise)):
        return _panel(context, exercise)[1] - GUTTER
    return _bottom(context)


def _left_width(context: Context, exercise: Exercise) -> float:
    """Return the width of the left column, in H. It is 0 if there is nothing to put there."""
    fw, steps, notes = context.layout.fw, exercise.steps, _labelled(exercise)
    if exercise.drawn is None and not (steps and notes):
        return 0.0
    if context.layout.portrait or not (steps or notes):
        return fw
    if exercise.drawn is None:
        return 0.32 * fw
    return (0.36 if context.layout.narrow else 0.40) * fw


@cached
def _panel(context: Context, exercise: Exercise) -> Area:
    """Return the panel's box, in H. In portrait it is as high as its text needs, so that the figure above is large."""
    layout, taken = context.layout, _left_width(context, exercise)
    top, bottom = _top(exercise), _bottom(context)
    if layout.portrait and taken and exercise.drawn is None:
        top += _PADDING_Y + _notes_on_left(context, exercise).height + GUTTER
        return layout.x0, top, layout.fw, bottom - top
    if not layout.portrait:
        left = layout.x0 + (taken + GUTTER if taken else 0.0)
        return left, top, layout.x1 - left, bottom - top
    if taken:
        most = _PORTRAIT_PANEL * (bottom - top)
        setting = _panel_setting(context, exercise, layout.fw - 2 * _PADDING, most - 2 * _PADDING_Y)
        top = bottom - min(most, setting.height + 2 * _PADDING_Y)
    return layout.x0, top, layout.fw, bottom - top


def _panel_setting(context: Context, exercise: Exercise, width: float, height: float) -> Setting:
    """Return the text of the panel: the steps, or the notes if there are no steps."""
    if not exercise.steps:
        return _notes(context, exercise, width, _WIDE_MOST, height, height)
    alone = not _left_width(context, exercise) or (context.layout.portrait and exercise.drawn is None)
    most = _WIDE_MOST if alone else _STEP_MOST
    words, number = exercise.steps, number_width(len(exercise.steps), _NUMBER)
    return set_paragraphs(context, words, width, height, most=most, least=_STEP_LEAST, gap=_STEP_GAP, hang=number)


def _step_items(context: Context, exercise: Exercise, accent: Colour) -> list[Item]:
    if not exercise.steps:
        return []
    words, area = exercise.steps, _panel(context, exercise)
    left, top, whole, tall = area
    width, height = whole - 2 * _PADDING, tall - 2 * _PADDING_Y
    setting = _panel_setting(context, exercise, width, height)
    number = number_width(len(words), _NUMBER)
    cap, hang = setting.cap, number * setting.cap
    # If there are few steps, larger gaps spread them a little, but the steps stay together.
    to_spare = (height - setting.height) / max(1, len(words) - 1)
    gap = min(_STEP_GAP + to_spare / cap, _STEP_GAP_MOST)
    is_cut = len(setting.paragraphs) < len(words) or setting.paragraphs[-1][-1].endswith(CUT)
    if not is_cut:
        setting = setting._replace(paragraphs=[wrap(context, step, cap, width - hang, even=True) for step in words])
    setting = setting._replace(gap=gap)
    at = (left + _PADDING, top + _PADDING_Y + (height - setting.height) / 2 + cap)
    return [
        box(context, area, context.palette.surface, 0.030),
        *numbered_items(context, setting, at, width, hang, accent),
    ]


# --- why and the tip --------------------------------------------------------------------------------------------------


def _labelled(exercise: Exercise) -> list[tuple[str, Lines]]:
    return [(label, lines) for label, lines in (("Why:", exercise.why), ("Tip:", exercise.tip)) if lines]


def _note_items(context: Context, exercise: Exercise, accent: Colour) -> list[Item]:
    if not _labelled(exercise):
        return []
    if not exercise.steps:
        return _notes_in_panel(context, exercise, accent)
    setting = _notes_on_left(context, exercise)
    # Without a figure the column begins at the top, level with the steps.
    top = _top(exercise) + _PADDING_Y if exercise.drawn is None else _left_bottom(context, exercise) - setting.height
    at = context.layout.x0, top + setting.cap
    return _set_notes(context, exercise, setting, at, _left_width(context, exercise), accent)


def _notes_in_panel(context: Context, exercise: Exercise, accent: Colour) -> list[Item]:
    area = left, top, whole, tall = _panel(context, exercise)
    width, height = whole - 2 * _PADDING, tall - 2 * _PADDING_Y
    setting = _panel_setting(context, exercise, width, height)
    # As with steps, a larger gap uses a little of the room, where there is some.
    spare = max(0.0, height - setting.height) / setting.cap
    setting = setting._replace(gap=min(setting.gap + spare, _STEP_GAP_MOST))
    at = (left + _PADDING, top + _PADDING_Y + (height - setting.height) / 2 + setting.cap)
    return [
        box(context, area, context.palette.surface, 0.030),
        *_set_notes(context, exercise, setting, at, width, accent),
    ]


def _set_notes(
    context: Context, exercise: Exercise, setting: Setting, at: tuple[float, float], width: float, accent: Colour
) -> list[Item]:
    cap, items = setting.cap, []
    for (label, _), lines, down in zip(_labelled(exercise), setting.paragraphs, setting.offsets, strict=False):
        here = (at[0], at[1] + down)
        items.append(text(context, label, Weight.BOLD, cap, accent, here))
        items += line_items(context, lines, cap, context.palette.text, here, width, indent=_indent(context, label, cap))
    return items


def _notes_on_left(context: Context, exercise: Exercise) -> Setting:
    """Return the notes below the figure, as large as possible beside the room that the figure needs."""
    if not exercise.steps:
        return Setting(_NOTE_MOST, [], 0.0)
    if context.layout.portrait and exercise.drawn is None:
        # The panel takes what the notes leave.
        most = _PORTRAIT_NOTES * (_bottom(context) - _top(exercise))
        return _notes(context, exercise, context.layout.fw, _WIDE_MOST, most, most)
    # In a box half as high as wide, most exercises (lying, or standing on a mat) are as large as the column allows.
    width = _left_width(context, exercise)
    whole, figure_most = _left_bottom(context, exercise) - _top(exercise), 0.5 * width + _NOTE_GAP
    if context.layout.portrait:
        # The figure's box is less than half as high as wide on a screen that is not tall.
        figure_most = min(figure_most, 0.52 * whole)
    if exercise.drawn is None:
        whole, figure_most = whole - 2 * _PADDING_Y, 0.0
    return _notes(context, exercise, width, _NOTE_MOST, whole - figure_most, whole - 0.6 * figure_most)


@cached
def _notes(
    context: Context, exercise: Exercise, width: float, most: float, height: float, height_of_small: float
) -> Setting:
    """Return the notes in the largest size that fits into `height`; the small sizes may take `height_of_small`."""
    cap = most
    while True:
        paragraphs = [_note(context, label, lines, cap, width) for label, lines in _labelled(exercise)]
        setting = Setting(cap, paragraphs, _NOTE_GAP / cap + 1 - LINE)
        room = height if cap > _NOTE_LEAST else height_of_small
        if setting.height <= room:
            return setting
        if cap <= _STEP_LEAST:
            return cut(context, setting, room, width)
        cap -= CAP_STEP


def _note(context: Context, label: str, lines: Lines, cap: float, width: float) -> Lines:
    """Return the lines as they were written if they fit, else wrapped. The first line begins after the label."""
    indent = _indent(context, label, cap)
    rooms = (width - indent, *[width] * (len(lines) - 1))
    if all(width_of(context, line, Weight.BOLD, cap) <= room for line, room in zip(lines, rooms, strict=False)):
        return lines
    return wrap(context, " ".join(lines), cap, width, indent=indent, even=True)


def _indent(context: Context, label: str, cap: float) -> float:
    return width_of(context, label, Weight.BOLD, cap) + _LABEL_GAP * cap
