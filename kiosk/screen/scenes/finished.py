"""The finished screen: the circuit that was done and its numbers, with confetti and a figure that jumps for joy."""

from __future__ import annotations

from pygame import Rect

from kiosk.circuit import Circuit
from kiosk.duration import clock_text
from kiosk.plural import count_of
from kiosk.screen.context import Context
from kiosk.screen.display_list import SMOOTH_S, Frame, Item, frame
from kiosk.screen.figures import FigureMoment, SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.call import call_to_action, call_top
from kiosk.screen.widgets.confetti import LASTS_S, confetti
from kiosk.screen.widgets.stage import figure
from kiosk.screen.widgets.text import fit, text, width_of
from kiosk.view import FinishedView

VICTORY = "victory"
JUMP_S = 2.02
"""Duration of one jump of the figure, from standing to standing."""
JUMP_EVERY_S = 4.0
"""Interval between the starts of two jumps, after the confetti has fallen."""
_WORD, _WORD_CAP = "Done!", 0.165
_WORD_BASELINE, WORD_BASELINE_PORTRAIT, _NAME_BASELINE = 0.300, 0.240, 0.395
_CARDS_TOP, _CARD_HEIGHT, _CARD_GAP, _CARD_PADDING = 0.475, 0.235, 0.020, 0.028
_CARDS_ABOVE, _NAME_ABOVE, _SCORES_ABOVE = 0.028, 0.040, 0.480
"""Distances, in H (the screen's height), from the cards to the call to action, from the name to the cards, and from the
top of the scores to the call to action, in portrait. There all of them are below the figure."""
_NUMBER_CAP, _NUMBER_LEAST, _LABEL_CAP, _LABEL_LEAST = 0.090, 0.040, 0.032, 0.024


def draw(view: FinishedView, t_s: float, context: Context) -> Frame:
    layout, palette = context.layout, context.palette
    at, width = (layout.x0, _NAME_BASELINE), texts_end(context) - layout.x0
    word_at, word_end = (layout.x0, _WORD_BASELINE), layout.x0 + width_of(context, _WORD, Weight.BLACK, _WORD_CAP)
    if layout.portrait:
        at, word_at = (layout.x0, _cards_top(context) - _NAME_ABOVE), (layout.x0, WORD_BASELINE_PORTRAIT)
    return frame(
        celebration(context, t_s, free_areas(context, word_end, 0.328)),
        [
            text(context, _WORD, Weight.BLACK, _WORD_CAP, palette.work, word_at, width=layout.lw),
            text(context, view.circuit.name, Weight.BOLD, 0.045, palette.text, at, width=width),
        ],
        _cards(context, view.circuit, view.total_s),
        go_again(view, t_s, context),
    )


def celebration(context: Context, t_s: float, free: tuple[Rect, ...], *, scored: bool = False) -> Frame:
    """Return the figure that jumps, and confetti that falls in the areas of `free` (in pixels).

    `scored` is whether the screen shows scores, which in portrait leave the figure less room.
    """
    # While confetti falls, the figure is cut out, so that the confetti shows behind it.
    turn = 1.0 if t_s < LASTS_S else None
    room, accent = figure_box(context, scored=scored), context.palette.work
    jumping = figure(context, FigureMoment(VICTORY, jump_time(t_s), room.size, accent), room.topleft, turn=turn)
    return Frame([*confetti(context, t_s, free), *jumping.items], SMOOTH_S)


def go_again(view: FinishedView, t_s: float, context: Context) -> Frame:
    return call_to_action(context, "Press to go again", note=f"Start screen in {view.seconds} s", t_s=t_s)


def figures_ahead(context: Context, *, scored: bool = False) -> list[SizedFigure]:
    return [SizedFigure(VICTORY, figure_box(context, scored=scored).size)]


def figure_box(context: Context, *, scored: bool = False) -> Rect:
    """Return the box of the jumping figure, in pixels."""
    layout = context.layout
    if layout.portrait:
        top = WORD_BASELINE_PORTRAIT + 0.040
        return layout.rect(layout.x0, top, layout.fw, _below_figure(context, scored=scored) - 0.010 - top)
    left = texts_end(context) + 0.030
    return layout.rect(left, 0.060, layout.x1 - left, 0.740)


def jump_time(t_s: float) -> float:
    """Return the time in the figure's loop. The figure jumps without a break at first, then every JUMP_EVERY_S."""
    if t_s < LASTS_S:
        return t_s
    return min(JUMP_S, (t_s - LASTS_S) % JUMP_EVERY_S)


def _cards_top(context: Context) -> float:
    return call_top(context) - _CARDS_ABOVE - _CARD_HEIGHT if context.layout.portrait else _CARDS_TOP


def scores_top(context: Context) -> float:
    """Return the top of the scores in portrait, in H."""
    return call_top(context) - _SCORES_ABOVE


def _below_figure(context: Context, *, scored: bool) -> float:
    """Return the top of what is below the figure in portrait, in H."""
    return scores_top(context) - 0.030 if scored else _cards_top(context) - _NAME_ABOVE - 0.065


def texts_end(context: Context) -> float:
    """Return the right edge of the texts, in H (the screen's height)."""
    layout = context.layout
    if layout.portrait:
        return layout.x1
    return layout.x0 + layout.lw + (0.060 if layout.narrow else 0.0)


def free_areas(context: Context, word_end: float, bottom: float, *, scored: bool = False) -> tuple[Rect, ...]:
    """Return the areas without text, in pixels, in which confetti falls: beside the word and around the figure.

    The word ends at `word_end` and what is below it begins at `bottom`, in H (the screen's height).
    """
    layout = context.layout
    if layout.portrait:
        left, below = layout.x(word_end + 0.050), layout.y(WORD_BASELINE_PORTRAIT + 0.028)
        floor = layout.y(_below_figure(context, scored=scored))
        return Rect(0, below, left, floor - below), Rect(left, 0, layout.width - left, floor)
    left, end = layout.x(word_end + 0.050), layout.x(texts_end(context) + 0.012)
    beside = Rect(left, 0, end - left, layout.y(bottom))
    around = Rect(end, 0, layout.width - end, layout.y(0.835))
    return (beside, around) if beside.width > 0 else (around,)


def _cards(context: Context, circuit: Circuit, total_s: float) -> list[Item]:
    layout, palette = context.layout, context.palette
    done = count_of(circuit.work_count, "exercise"), count_of(circuit.rounds, "round")
    numbers, labels = zip(*(count.split() for count in done), (clock_text(total_s), "total time"), strict=True)
    rooms = _rooms(context, numbers, labels)
    number_cap = _cap(context, numbers, Weight.BLACK, _NUMBER_CAP, _NUMBER_LEAST, rooms)
    label_cap = _cap(context, labels, Weight.BOLD, _LABEL_CAP, _LABEL_LEAST, rooms)
    items, left, top = [], layout.x0, _cards_top(context)
    for number, label, room in zip(numbers, labels, rooms, strict=True):
        width, x = room + 2 * _CARD_PADDING, left + _CARD_PADDING
        items += [
            box(context, (left, top, width, _CARD_HEIGHT), palette.surface, 0.025),
            text(context, number, Weight.BLACK, number_cap, palette.text, (x, top + 0.142), width=room),
            text(context, label, Weight.BOLD, label_cap, palette.text2, (x, top + 0.194), width=room),
        ]
        left += width + _CARD_GAP
    return items


def _rooms(context: Context, numbers: tuple[str, ...], labels: tuple[str, ...]) -> list[float]:
    """Return each card's text width, in H (the screen's height): equal if all texts fit, else in proportion to them."""
    count = len(numbers)
    whole = texts_end(context) - context.layout.x0 - (count - 1) * _CARD_GAP - 2 * count * _CARD_PADDING
    needs = [
        max(width_of(context, number, Weight.BLACK, _NUMBER_CAP), width_of(context, label, Weight.BOLD, _LABEL_CAP))
        for number, label in zip(numbers, labels, strict=True)
    ]
    if max(needs) <= whole / count:
        return [whole / count] * count
    return [whole * need / sum(needs) for need in needs]


def _cap(
    context: Context, texts: tuple[str, ...], weight: Weight, cap: float, least: float, rooms: list[float]
) -> float:
    """Return the cap height in H in which each text fits into its room."""
    return min(fit(context, (one,), weight, cap, least, room)[1] for one, room in zip(texts, rooms, strict=True))
