"""The form card: everything about an exercise, for somebody who stands 2 to 4 m away.

The muscles are a row below the title. Below them, the figure, why and the tip are the left column, and the numbered
steps are the panel on the right.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from pygame import Rect

from kiosk.circuit import Exercise, Side, Sides
from kiosk.colour import Colour
from kiosk.screen.display_list import Frame, Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.layout import GUTTER
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.chips import muscle_chips
from kiosk.screen.widgets.paragraphs import CAP_STEP, LINE, Lines, balanced, line_items, set_paragraphs, wrap
from kiosk.screen.widgets.stage import figure
from kiosk.screen.widgets.text import text, width_of

CHIPS_TOP = 0.156
TOP, BOTTOM = 0.236, 0.806
STEP_MOST, STEP_LEAST = 0.040, 0.010
"""Maximum and minimum cap height. Six steps of 76 letters need 0.024, all in capitals less; nothing may be cut."""
_CHIP_LEAST = 0.020
NOTE_MOST, NOTE_LEAST = 0.034, 0.024
"""Maximum and minimum cap height. Above the minimum, notes leave the figure as large as the column allows."""
_STEP_GAP, _STEP_GAP_MOST = 0.45, 1.50
"""Minimum and maximum gap between steps, besides the line spacing, in caps."""
_NUMBER = 1.55
"""Width of the column of numbers, in caps."""
_PADDING, _PADDING_Y = 0.030, 0.026
_NOTE_GAP = 0.030


class _Note(NamedTuple):
    """Why or the tip, broken into lines. The first line begins after the label."""

    label: str
    lines: Lines
    indent: float


def form_card(kit: Kit, exercise: Exercise, accent: Colour) -> list[Item]:
    """Return the card between the title and the call to action, without the figure."""
    layout = kit.layout
    return [
        *muscle_chips(kit, exercise.muscles, (layout.x0, CHIPS_TOP), layout.fw, least=_CHIP_LEAST),
        *_words(kit, exercise, accent),
        *_steps(kit, exercise, accent),
    ]


def card_figure(kit: Kit, exercise: Exercise, t_s: float, accent: Colour) -> Frame:
    """Return the figure on the card, if the exercise has one."""
    if exercise.figure is None:
        return Frame([])
    box = figure_box(kit, exercise)
    return figure(kit, exercise.figure, t_s, box, accent, side=shown_side(exercise), arrows=False)


def shown_side(exercise: Exercise) -> Side | None:
    """Return the side that the figure shows before the exercise begins: the first one."""
    return exercise.first_side if exercise.sides is Sides.EACH else None


def figure_box(kit: Kit, exercise: Exercise) -> Rect:
    """Return the figure's box, in pixels."""
    width = _left_width(kit, exercise)
    cap, notes = _notes(kit, exercise, width)
    bottom = BOTTOM - _height(notes, cap) - (_NOTE_GAP if notes else 0.0)
    return kit.layout.rect(kit.layout.x0, TOP, width, bottom - TOP)


def _left_width(kit: Kit, exercise: Exercise) -> float:
    if exercise.figure is None:
        return 0.32 * kit.layout.fw
    return (0.36 if kit.layout.narrow else 0.40) * kit.layout.fw


@cached
def _words(kit: Kit, exercise: Exercise, accent: Colour) -> list[Item]:
    palette, x, width = kit.palette, kit.layout.x0, _left_width(kit, exercise)
    cap, notes = _notes(kit, exercise, width)
    items: list[Item] = []
    # Without a figure the column begins at the top, level with the steps.
    baseline = TOP + _PADDING_Y + cap
    if exercise.figure is not None:
        baseline = BOTTOM - _height(notes, cap) + cap
    for note in notes:
        items.append(text(kit, note.label, Weight.BOLD, cap, accent, (x, baseline)))
        items += line_items(kit, note.lines, cap, palette.text, (x, baseline), width, indent=note.indent)
        baseline += (len(note.lines) - 1) * LINE * cap + _NOTE_GAP + cap
    return items


@cached
def _steps(kit: Kit, exercise: Exercise, accent: Colour) -> list[Item]:
    if not exercise.steps:
        return []
    layout, palette, words = kit.layout, kit.palette, exercise.steps
    left = layout.x0 + _left_width(kit, exercise) + GUTTER
    x, width, height = left + _PADDING, layout.x1 - left - 2 * _PADDING, BOTTOM - TOP - 2 * _PADDING_Y
    setting = set_paragraphs(kit, words, width, height, most=STEP_MOST, least=STEP_LEAST, gap=_STEP_GAP, hang=_NUMBER)
    cap, indent = setting.cap, _NUMBER * setting.cap
    setting = balanced(kit, setting, width - indent)
    # A few steps are spread a little, but stay together.
    to_spare = (height - setting.height) / max(1, len(words) - 1)
    gap = min(_STEP_GAP * cap + to_spare, _STEP_GAP_MOST * cap)
    heights = [len(lines) * LINE * cap + gap for lines in setting.paragraphs]
    taken = sum(heights) - gap - (LINE - 1) * cap
    first = TOP + _PADDING_Y + (height - taken) / 2 + cap
    items = [box(kit, (left, TOP, layout.x1 - left, BOTTOM - TOP), palette.surface, 0.030)]
    for number, (lines, down) in enumerate(zip(setting.paragraphs, accumulate([0.0, *heights]), strict=False), 1):
        items.append(text(kit, str(number), Weight.BLACK, cap, accent, (x, first + down), width=indent))
        items += line_items(kit, lines, cap, palette.text, (x + indent, first + down), width - indent)
    return items


@lru_cache(maxsize=16)
def _notes(kit: Kit, exercise: Exercise, width: float) -> tuple[float, tuple[_Note, ...]]:
    """Return cap height and notes, why and tip, as large as the figure leaves room for."""
    # A box half as high as wide shows most exercises, lying or standing on a mat, as large as the column allows.
    whole, figure_most = BOTTOM - TOP, 0.5 * width + _NOTE_GAP
    if exercise.figure is None:
        whole, figure_most = whole - 2 * _PADDING_Y, 0.0
    labelled = [("Why:", exercise.why), ("Tip:", exercise.tip)]
    cap = NOTE_MOST
    while True:
        notes = tuple(_note(kit, label, lines, cap, width) for label, lines in labelled if lines)
        room = whole - (figure_most if cap > NOTE_LEAST else 0.6 * figure_most)
        if cap <= STEP_LEAST or _height(notes, cap) <= room:
            return cap, notes
        cap -= CAP_STEP


def _note(kit: Kit, label: str, lines: Lines, cap: float, width: float) -> _Note:
    indent = width_of(kit, label, Weight.BOLD, cap) + 0.40 * cap
    widths = [width_of(kit, line, Weight.BOLD, cap) + (0.0 if place else indent) for place, line in enumerate(lines)]
    if max(widths) <= width:
        # The lines fit as they were written.
        return _Note(label, lines, indent)
    return _Note(label, wrap(kit, " ".join(lines), cap, width, indent=indent, even=True), indent)


def _height(notes: tuple[_Note, ...], cap: float) -> float:
    """Return the height of the notes, from the first one's caps to the last baseline."""
    lines = sum(len(note.lines) for note in notes)
    return (lines * LINE - len(notes) * (LINE - 1)) * cap + max(0, len(notes) - 1) * _NOTE_GAP
