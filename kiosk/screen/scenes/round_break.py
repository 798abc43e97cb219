"""The round break: a token for each round shows which rounds are done. There is no figure."""

from __future__ import annotations

from itertools import pairwise

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import BODY_TOP
from kiosk.screen.scenes.running import Page, rest_accent
from kiosk.screen.theme import State
from kiosk.screen.widgets.boxes import box
from kiosk.screen.widgets.icons import circle, disc, icon
from kiosk.screen.widgets.names import flow
from kiosk.screen.widgets.text import text
from kiosk.screen.widgets.title import title
from kiosk.view import IntervalView

BREATHE, DRINK = "Breathe.", "Breathe. Drink some water."
DRINK_S = 20.0
"""Minimum duration of a break in which there is time to drink."""
_MIDDLE_Y, _WORDS_BASELINE = 0.370, 0.625
_WORDS_ABOVE, _WORDS_CAP = 0.046, 0.055
"""Distance of the words from the bottom of the left column in portrait, in H (the screen's height), and their size."""
_LARGEST, _LEAST = 0.120, 0.040
"""Maximum and minimum radius of a token, in H (the screen's height). If tokens for all rounds would be smaller, dots
stand for some rounds."""
_GAP_IN_RADII = 1.1
_STROKE = 0.010
_LINK, _DOT = 0.008, 0.005
_NUMBER_LEAST = 0.030
_NEEDS_SIZES = ((0.036, 1), (0.032, 1), (0.028, 1), (0.028, 2))
"""Sizes of the equipment: cap height, in H, and number of lines. On a narrow screen or in portrait two have no room."""
_NEEDS_STEP = 0.045
_WORD_GAP = 0.36
"""Width of a space, in cap heights."""


def draw(view: IntervalView, t_s: float, context: Context) -> Frame:
    layout, round_ = context.layout, view.interval.round
    page = Page(view, t_s, context, rest_accent(view, context))
    words, at = DRINK if view.interval.duration_s >= DRINK_S else BREATHE, (layout.x0, _words_baseline(context))
    left = frame(
        title(context, f"Round {round_} done"),
        round_tokens(context, round_, view.interval.rounds, page.accent),
        [text(context, words, Weight.BOLD, _WORDS_CAP, context.palette.text, at, width=layout.lw, least=0.040)],
    )
    return page.frame(left, page.resting(State.BREAK), _next(view, context))


def _next(view: IntervalView, context: Context) -> list[Item]:
    """Return the next exercise and its equipment, which can be fetched in the break."""
    layout, exercise, colour = context.layout, view.exercise, context.palette.text2
    x, width = layout.x0, layout.cue_width
    baseline = layout.line_baselines[0] if layout.portrait else 0.740 if layout.narrow else 0.710
    words, shorter = f"Next: {exercise.name}", f"Next: {exercise.short}"
    items = [
        text(context, words, Weight.BOLD, 0.042, colour, (x, baseline), width=width, least=0.036, instead=(shorter,))
    ]
    if exercise.equipment:
        things = [*(f"{thing} +" for thing in exercise.equipment[:-1]), exercise.equipment[-1]]
        things[0] = f"You need: {things[0]}"
        sizes = _NEEDS_SIZES[:-1] if layout.narrow or layout.portrait else _NEEDS_SIZES
        cap, names = flow(context, things, width, sizes, gap=_WORD_GAP, number="{} more".format)
        baseline += 0.060 if layout.portrait else 0.066
        for row in range(names[-1].row + 1):
            needs, at = " ".join(name.words for name in names if name.row == row), baseline + row * _NEEDS_STEP
            items.append(text(context, needs, Weight.BOLD, cap, colour, (x, at), width=width))
    return items


def _words_baseline(context: Context) -> float:
    return context.layout.stage_bottom - _WORDS_ABOVE if context.layout.portrait else _WORDS_BASELINE


def _middle(context: Context) -> float:
    """Return the middle of the tokens, in H. In portrait it is halfway between the title and the words."""
    return (BODY_TOP + _words_baseline(context) - _WORDS_CAP) / 2 if context.layout.portrait else _MIDDLE_Y


@cached
def round_tokens(context: Context, done: int, rounds: int, accent: Colour) -> list[Item]:
    """Return a token for each round, with links between them. `done` tokens have a check mark; the next has the accent.

    If there are too many rounds, only the first, the last and the rounds around the next one have tokens.
    """
    layout, palette = context.layout, context.palette
    most = int((layout.lw / _LEAST + _GAP_IN_RADII) / (2 + _GAP_IN_RADII))
    numbers = shown_rounds(done + 1, rounds, most)
    shown = len(numbers)
    middle = _middle(context)
    radius = min(_LARGEST, layout.lw / (2 * shown + _GAP_IN_RADII * (shown - 1)), 0.8 * (middle - BODY_TOP))
    # Three or more tokens span the column. Fewer tokens have the same gap and stay on the left.
    gap = min((layout.lw - 2 * radius * shown) / max(1, shown - 1), 1.2 * radius)
    centres = [(layout.x0 + radius + place * (2 * radius + gap), middle) for place in range(shown)]
    items: list[Item] = []
    for (before, round_), (x, _) in zip(pairwise(numbers), centres[1:], strict=True):
        items += _link(context, x - radius - gap, gap, whole=round_ == before + 1)
    for round_, centre in zip(numbers, centres, strict=True):
        if round_ <= done:
            items.append(disc(context, centre, radius, palette.text2))
            items.append(icon(context, "check", centre, 0.5 * radius, palette.ink))
            continue
        border, colour = (accent, accent) if round_ == done + 1 else (palette.surface2, palette.text2)
        items.append(circle(context, centre, radius, _STROKE, border))
        cap = max(0.62 * radius, _NUMBER_LEAST)
        at = (centre[0], middle + cap / 2)
        items.append(text(context, str(round_), Weight.BLACK, cap, colour, at, width=1.4 * radius, align="centre"))
    return items


def shown_rounds(coming: int, rounds: int, most: int) -> tuple[int, ...]:
    """Return the rounds that have a token if there is room for `most` tokens. `most` is at least three."""
    if rounds <= most:
        return tuple(range(1, rounds + 1))
    between = most - 2
    first = min(max(2, coming - between // 2), rounds - between)
    return 1, *range(first, first + between), rounds


def _link(context: Context, left: float, gap: float, *, whole: bool) -> list[Item]:
    """Return the link between two tokens: a line, or dots if rounds between them are left out."""
    if whole:
        area = (left + 0.16 * gap, _middle(context) - _LINK / 2, 0.68 * gap, _LINK)
        return [box(context, area, context.palette.surface2, _LINK / 2)]
    places = (0.24, 0.50, 0.76)
    return [disc(context, (left + place * gap, _middle(context)), _DOT, context.palette.text2) for place in places]
