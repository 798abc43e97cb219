"""What shows on the panel that a press does not pause: the press bar, and the frame of work that a press ends."""

from __future__ import annotations

from math import cos, tau

from pygame import Rect, Surface

from kiosk.colour import Colour, mix
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item
from kiosk.screen.fonts import Weight
from kiosk.screen.widgets.boxes import Area, box, outline
from kiosk.screen.widgets.icons import button
from kiosk.screen.widgets.panel import PADDING
from kiosk.screen.widgets.text import common_cap, phrase, text

PRESS_WHEN_DONE = "Press when", "done"
PRESS_WHEN_ALL_IS_DONE = "Press when", "all is done"
PRESS_AFTER_EACH_ROUND = "Press after", "each round"

_HEIGHT, _NARROW_HEIGHT, _LINE_HEIGHT = 0.146, 0.122, 0.110
"""Heights of the bar, in H (the screen's height): also on a narrow screen, and in portrait, where it has one line."""
_RADIUS, _LINE = 0.025, 0.004
_BUTTON, _BUTTON_AT, _WORDS_AT, _END = 0.046, 0.068, 0.140, 0.022
"""Radius of the button, and the x of its middle and of the words, and the space after these, in a bar of _HEIGHT."""
_CAP, _LEAST, _STEP = 0.045, 0.028, 1.34
_INSTEAD_CAP = 0.075
_DARK = 0.70
"""Brightness of the button's cap while it is pressed."""

FRAME, _FRAME_RADIUS = 0.010, 0.030
"""Width of the frame, and the radius of its corners, in H."""
_BREATH_S, _DARKEST = 4.0, 0.70
_BREATH_STEPS = 32
"""Number of steps in a breath. Each changes the colour so little that nobody sees it, and few of them cost little."""
_BREATH_WAITS_S = 0.1
"""Maximum delay of a step. It may come a little late, together with the figure's next picture."""


def press_bar_area(context: Context, height: float | None = None) -> Area:
    """Return the place of the press bar, at the bottom of the panel, in H (the screen's height)."""
    layout = context.layout
    height = _LINE_HEIGHT if layout.portrait else height or (_NARROW_HEIGHT if layout.narrow else _HEIGHT)
    return layout.rx + PADDING, layout.body_bottom - PADDING - height, layout.rc - 2 * PADDING, height


@cached
def press_bar(
    context: Context,
    words: tuple[str, str],
    accent: Colour,
    *,
    area: Area | None = None,
    filled: bool = False,
    instead: str = "",
    on_filled: bool = False,
) -> list[Item]:
    """Return the bar that says what a press does, in two lines, or in portrait in one.

    `filled` is for the answer to a press: the bar has the accent, and shows `instead`, such as "+1", if there is one.
    `on_filled` is whether the panel has the accent already; then the answer is dark.
    """
    palette = context.palette
    x, y, width, height = area = area or press_bar_area(context)
    if on_filled:
        background, first = (palette.ink, accent) if filled else (accent, palette.ink)
        edge, second = palette.ink, first
    elif filled:
        background, edge, first, second = accent, accent, palette.ink, palette.ink
    else:
        background, edge = palette.surface2, mix(palette.surface, accent, 0.55)
        first, second = accent, palette.text
    items = [box(context, area, background, _RADIUS), outline(context, area, edge, _LINE, _RADIUS)]
    middle, scale = y + height / 2, height / _HEIGHT
    if filled and instead:
        cap, at = _INSTEAD_CAP * scale, (x + width / 2, middle + _INSTEAD_CAP * scale / 2)
        room = width - 2 * _END
        return [*items, text(context, instead, Weight.BLACK, cap, first, at, width=room, align="centre")]
    glow = _DARK if filled else 1.0
    items.append(button(context, (x + _BUTTON_AT * scale, middle), _BUTTON * scale, accent, glow))
    left, room = x + _WORDS_AT * scale, width - (_WORDS_AT + _END) * scale
    if context.layout.portrait:
        cap = common_cap(context, (" ".join(words),), Weight.BLACK, _CAP, _LEAST, room)
        parts = [(line, Weight.BLACK, colour) for line, colour in zip(words, (first, second), strict=True)]
        return [*items, *phrase(context, parts[0], parts[1], cap, (left, middle + cap / 2), room)]
    cap = common_cap(context, words, Weight.BLACK, _CAP * scale, _LEAST, room)
    baseline = middle - (1 + _STEP) * cap / 2 + cap
    for line, colour in zip(words, (first, second), strict=True):
        items.append(text(context, line, Weight.BLACK, cap, colour, (left, baseline), width=room))
        baseline += _STEP * cap
    return items


def press_frame(context: Context, accent: Colour, t_s: float) -> Frame:
    """Return the frame around the panel of work that a press ends. It grows darker and lighter, against burn-in."""
    step_s = _BREATH_S / _BREATH_STEPS
    step = int(t_s // step_s) % _BREATH_STEPS
    return Frame([_frame(context, accent, step)], step_s - t_s % step_s + _BREATH_WAITS_S)


@cached
def _frame(context: Context, accent: Colour, step: int) -> Item:
    layout, whole = context.layout, context.layout.panel_px
    width_px, radius_px = layout.px(FRAME), layout.px(_FRAME_RADIUS)
    glow = (1 + _DARKEST) / 2 + (1 - _DARKEST) / 2 * cos(tau * step / _BREATH_STEPS)
    colour = mix(context.palette.surface, accent, glow)
    look = ("press frame", width_px, radius_px)

    def paint(surface: Surface) -> None:
        context.shapes.outline_round(surface, whole, radius_px, width_px, colour)

    def differs(before: Item) -> list[Rect]:
        return _border(whole, radius_px, width_px)

    return Item(whole, (*look, colour), paint, thing=(*look, tuple(whole)), differs=differs)


def _border(whole: Rect, radius_px: int, width_px: int) -> list[Rect]:
    """Return the four corners of a frame and the four sides between them."""
    sides, ends = whole.inflate(0, -2 * radius_px), whole.inflate(-2 * radius_px, 0)
    return [
        *(Rect(x, y, radius_px, radius_px) for x in (whole.left, ends.right) for y in (whole.top, sides.bottom)),
        *(Rect(x, sides.top, width_px, sides.height) for x in (whole.left, whole.right - width_px)),
        *(Rect(ends.left, y, ends.width, width_px) for y in (whole.top, whole.bottom - width_px)),
    ]
