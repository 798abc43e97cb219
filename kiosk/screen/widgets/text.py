"""One line of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.display_list import Item, TextBox
from kiosk.screen.fonts import LineOfText, Weight
from kiosk.screen.kit import Kit

Align = Literal["left", "right", "centre", "tabular"]
"""`left`, `right` and `centre` align the ink; `tabular` centres equally wide digits, so that a clock stands still."""
WORD_SPACE = 0.42
"""Space between two parts of a line that differ in colour or weight, in caps."""
ROOM_ABOVE, ROOM_BELOW = 1.35, 0.40
"""Height that a line may take, in caps: accents above the capitals, descenders below the baseline."""


def text(
    kit: Kit,
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
    """Return a line of text with cap height `cap` at `at` = (x, baseline), all in H.

    `x` is the line's left edge, right edge or middle, as `align` says. With `width` the line is fitted: it shrinks down
    to `least`, then the texts of `instead` are tried in order.
    """
    layout = kit.layout
    x, baseline = at
    cap_px = cap * layout.unit_px
    if width is not None:
        least_px = (cap if least is None else least) * layout.unit_px
        fitted = kit.fonts.fit((words, *instead), weight, cap_px, least_px, int(width * layout.unit_px), tracking)
        words, cap_px = fitted.text, fitted.cap_px
    line = kit.fonts.line(words, weight, cap_px, colour, tracking)
    ink = _place(line, align, layout.x(x), layout.y(baseline))
    room = ink if width is None else _room(kit, align, x, baseline, width, cap)
    return line_item(line, ink, room, (weight, round(cap_px, 2), colour, tracking))


def line_item(line: LineOfText, ink: Rect, room: Rect, look: tuple[object, ...]) -> Item:
    """Return the item of a rendered line. `ink` is its place in pixels; `look` is what its pixels depend on."""

    def paint(surface: Surface) -> None:
        surface.blit(line.surface, ink)

    return Item(ink, ("text", line.text, *look), paint, texts=(TextBox(line.text, ink, room),))


def clock_items(
    lines: Sequence[LineOfText], pen_px: int, baseline_px: int, room: Rect | None, look: tuple[object, ...]
) -> list[Item]:
    """Return a clock, each character an item: when the seconds change, the tens stay, and nothing is rendered.

    The pen starts at `pen_px`. `look` and `room` are as for `line_item`; without `room` it is each character's ink.
    """
    items = []
    for line in lines:
        ink = line.ink.move(pen_px, baseline_px)
        items.append(line_item(line, ink, room or ink, look))
        pen_px += line.advance
    return items


def width_of(kit: Kit, words: str, weight: Weight, cap: float, tracking: float = 0.0) -> float:
    """Return the width of the line, in H."""
    return kit.fonts.width_px(words, weight, cap * kit.layout.unit_px, tracking) / kit.layout.unit_px


def cap_that_fits(
    kit: Kit,
    words: tuple[str, ...],
    weight: Weight,
    cap: float,
    least: float,
    width: float,
    instead: tuple[str, ...] = (),
) -> float:
    """Return the cap height in H in which every one of `words` fits into `width`, so that they have one size."""
    unit = kit.layout.unit_px
    fits = [kit.fonts.fit((one, *instead), weight, cap * unit, least * unit, int(width * unit)) for one in words]
    return min((fit.cap_px for fit in fits), default=cap * unit) / unit


def _place(line: LineOfText, align: Align, x: int, baseline: int) -> Rect:
    ink = line.ink
    left = {
        "left": x,
        "right": x - ink.width,
        "centre": x - ink.width // 2,
        "tabular": x - line.advance // 2 + ink.left,
    }[align]
    return Rect(left, baseline + ink.top, ink.width, ink.height)


def _room(kit: Kit, align: Align, x: float, baseline: float, width: float, cap: float) -> Rect:
    left = {"left": x, "right": x - width}.get(align, x - width / 2)
    room = kit.layout.rect(left, baseline - ROOM_ABOVE * cap, width, (ROOM_ABOVE + ROOM_BELOW) * cap)
    return room.inflate(2, 2)
