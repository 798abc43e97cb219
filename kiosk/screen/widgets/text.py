"""One line of text: fitted, in one or two styles, or as a clock."""

from __future__ import annotations

import re
from typing import Literal

from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item, TextBox
from kiosk.screen.fonts import LineOfText, Weight

Align = Literal["left", "right", "centre", "tabular"]
"""Alignment of a line. `tabular` centres equally wide digits, so that a clock stands still; the others align the
ink."""
WORD_SPACE = 0.42
"""Space between two parts of a line that differ in colour or weight, in cap heights."""
DOT = "  ·  "
"""What is between two of several things on one line."""
ROOM_ABOVE, ROOM_BELOW = 1.35, 0.40
"""Heights that a line may take, in cap heights: above the baseline, with accents, and below it, with descenders."""

LEGIBLE = 0.022
"""Cap height in H below which no text shrinks unless it is meant to be that small: 12 mm on a screen of 43 inches."""

Part = tuple[str, Weight, Colour]
"""A part of a line: words in a weight and a colour."""


def text(
    context: Context,
    words: str,
    weight: Weight,
    cap: float,
    colour: Colour,
    at: tuple[float, float],
    *,
    width: float | None = None,
    least: float | None = None,
    instead: tuple[str, ...] = (),
    align: Align = "left",
    tracking: float = 0.0,
) -> Item:
    """Return a line of text with cap height `cap` at `at` = (x, baseline), all in H (the screen's height).

    `x` is the line's left edge, right edge or middle, as `align` says. With `width` the line is fitted: it shrinks down
    to `least`, then the texts of `instead` are tried in order, and the last one is cut.
    """
    layout, room_cap, (x, baseline) = context.layout, cap, at
    if width is not None:
        words, cap = fit(context, (words, *instead), weight, cap, least or cap, width, tracking)
    line = context.fonts.line(words, weight, cap * layout.unit_px, colour, tracking)
    left = {
        "left": layout.x(x),
        "right": layout.x(x) - line.ink.width,
        "centre": layout.x(x) - line.ink.width // 2,
        "tabular": layout.x(x) - line.advance // 2 + line.ink.left,
    }[align]
    ink = Rect(left, layout.y(baseline) + line.ink.top, *line.ink.size)
    room = ink if width is None else _room(context, align, x, baseline, width, room_cap)
    return _line_item(line, ink, room, (weight, round(cap * layout.unit_px, 2), colour, tracking))


def phrase(context: Context, lead: Part, rest: Part, cap: float, at: tuple[float, float], width: float) -> list[Item]:
    """Return a line of two parts. `rest` is fitted into the part of `width` that `lead` leaves; `lead` may be empty."""
    (words, weight, colour), (x, baseline) = lead, at
    items = []
    if words:
        items.append(text(context, words, weight, cap, colour, at))
        x += width_of(context, words, weight, cap) + WORD_SPACE * cap
    words, weight, colour = rest
    # A pixel of rounding must not make an exactly fitting rest smaller than its lead.
    room = at[0] + width - x + 1 / context.layout.unit_px
    return [*items, text(context, words, weight, cap, colour, (x, baseline), width=room)]


def clock(
    context: Context,
    words: str,
    weight: Weight,
    cap: float,
    colour: Colour,
    at_px: tuple[int, int],
    *,
    centred: bool = False,
    room: Rect | None = None,
    keep: bool = True,
) -> list[Item]:
    """Return a clock with an item for each character. When the seconds change, the tens stay, and nothing is rendered.

    `at_px` is (x, baseline). Its x is where the ink of a 0 would begin, or the middle of the clock if `centred`. `room`
    is the area that the clock may take, in pixels. `keep` is as in `Fonts.line`.
    """
    cap_px, (x, baseline), items = cap * context.layout.unit_px, at_px, []
    lines = [context.fonts.line(one, weight, cap_px, colour, keep=keep) for one in words]
    if centred:
        x -= sum(line.advance for line in lines) // 2
    else:
        x -= context.fonts.line("0", weight, cap_px, colour).ink.left
    for line in lines:
        ink = line.ink.move(x, baseline)
        items.append(_line_item(line, ink, room or ink, (weight, round(cap_px, 2), colour)))
        x += line.advance
    return items


def width_of(context: Context, words: str, weight: Weight, cap: float, tracking: float = 0.0) -> float:
    """Return the width of the line, in H."""
    return context.fonts.width_px(words, weight, cap * context.layout.unit_px, tracking) / context.layout.unit_px


def zeros_for(words: str) -> str:
    """Return a clock's words with zeros for all digits, to measure how wide the clock is at any time."""
    return re.sub(r"\d", "0", words)


def fit(
    context: Context,
    texts: tuple[str, ...],
    weight: Weight,
    cap: float,
    least: float,
    width: float,
    tracking: float = 0.0,
) -> tuple[str, float]:
    """Return the first of `texts` that fits into `width`, shrunk down to `least` if needed, and its cap height.

    The last text shrinks down to LEGIBLE, then it is cut and ends with "…". Lengths are in H.
    """
    unit = context.layout.unit_px
    words, cap_px = context.fonts.fit(
        texts, weight, cap * unit, least * unit, int(width * unit), tracking, LEGIBLE * unit
    )
    return words, cap_px / unit


def shortened(context: Context, words: str, weight: Weight, cap: float, width: float, *, end: str = "") -> str:
    """Return the words and `end`. If they are wider than `width` (in H), the words are cut, which "…" shows."""
    shown = words + end
    while width_of(context, shown, weight, cap) > width and len(words) > 1:
        words = words[:-1].rstrip(" .,;:+-")
        shown = f"{words}…{end}"
    return shown


def common_cap(
    context: Context, texts: tuple[str, ...], weight: Weight, cap: float, least: float, width: float
) -> float:
    """Return the cap height in H in which every one of `texts` fits into `width`, so that they have one size."""
    return min((fit(context, (one,), weight, cap, least, width)[1] for one in texts), default=cap)


def _line_item(line: LineOfText, ink: Rect, room: Rect, look: tuple[object, ...]) -> Item:
    """Return the item of a rendered line. `ink` is its place in pixels; its pixels depend on `look`."""

    def paint(surface: Surface) -> None:
        surface.blit(line.surface, ink)

    return Item(ink, ("text", line.text, *look), paint, texts=(TextBox(line.text, ink, room),))


def _room(context: Context, align: Align, x: float, baseline: float, width: float, cap: float) -> Rect:
    left = {"left": x, "right": x - width}.get(align, x - width / 2)
    room = context.layout.rect(left, baseline - ROOM_ABOVE * cap, width, (ROOM_ABOVE + ROOM_BELOW) * cap)
    return room.inflate(2, 2)
