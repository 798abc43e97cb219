"""The clock of work: a tank that drains, and the largest digits of the wall."""

from __future__ import annotations

import re
from math import inf

from pygame import Rect

from kiosk.colour import Colour
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.widgets.boxes import part_of_box
from kiosk.screen.widgets.panel import PADDING, RADIUS, ZONE_TOP
from kiosk.screen.widgets.text import clock_items

LARGEST_CAP = 0.350
LAST_SECONDS_GROW = 1.12
POP_S = 0.18
_POP_STEPS = 6
_LINE = 0.005
MINUTES_FROM_S = 100
"""Minimum seconds that are shown as minutes and seconds."""


def digits_text(seconds: int) -> str:
    """Return the seconds if they have two digits, which can be larger, else minutes and seconds."""
    return str(seconds) if seconds < MINUTES_FROM_S else f"{seconds // 60}:{seconds % 60:02d}"


def tank(kit: Kit, left: float) -> list[Item]:
    """Return the fill of the panel below its head; `left` is the part of the time that is left, 0 to 1."""
    bottom, top = kit.layout.panel_px.bottom, kit.layout.y(ZONE_TOP)
    return _tank(kit, bottom - round((bottom - top) * min(1.0, max(0.0, left))))


def _tank(kit: Kit, level: int) -> list[Item]:
    """Return the tank filled up to `level`, the y of a row of pixels."""
    layout, palette = kit.layout, kit.palette
    whole, radius_px = layout.panel_px, layout.px(RADIUS)
    fill = Rect(whole.left, level, whole.width, whole.bottom - level)
    surface_line = Rect(whole.left, level, whole.width, layout.px(_LINE))
    return [
        part_of_box(kit, whole, fill, palette.tank, radius_px),
        part_of_box(kit, whole, surface_line, palette.tank_line, radius_px),
    ]


def tank_stays(kit: Kit, left: float) -> float:
    """Return the part of the time (0 to 1) until the tank's level changes."""
    height_px = kit.layout.panel_px.bottom - kit.layout.y(ZONE_TOP)
    return max(0.0, left - (round(height_px * left) - 0.5) / height_px)


def digits(
    kit: Kit,
    words: str,
    colour: Colour,
    middle: tuple[float, float],
    cap: float,
    width: float,
    scale: float = 1.0,
    *,
    keep: bool = True,
) -> list[Item]:
    """Return a clock centred on `middle`, each character an item: when the seconds change, the tens stay.

    `cap` is fitted into `width` (both in H) for the widest digits, so that a clock never changes its size; `scale`
    enlarges the result. `keep` is as in `Fonts.line`.
    """
    layout, fonts = kit.layout, kit.fonts
    widest = re.sub(r"\d", "0", words)
    # Some digits are a little wider than the zero that is measured.
    width_px = int(0.97 * width * layout.unit_px)
    fitted = fonts.fit((widest,), Weight.BLACK, cap * layout.unit_px, 1.0, width_px)
    cap_px = fitted.cap_px * scale
    lines = [fonts.line(one, Weight.BLACK, cap_px, colour, keep=keep) for one in words]
    baseline = layout.y(middle[1]) + round(cap_px / 2)
    pen = layout.x(middle[0]) - sum(line.advance for line in lines) // 2
    room = layout.rect(middle[0] - width / 2, middle[1] - cap * scale * 0.6, width, cap * scale * 1.2).inflate(2, 2)
    return clock_items(lines, pen, baseline, room, (Weight.BLACK, round(cap_px, 2), colour))


def work_digits(kit: Kit, seconds: int, colour: Colour, *, sides: bool, scale: float = 1.0) -> list[Item]:
    """Return the digits in the panel's zone, which ends above the side control if there are `sides`."""
    if scale in (1.0, LAST_SECONDS_GROW):
        return _settled_digits(kit, seconds, colour, sides=sides, scale=scale)
    # An intermediate size is shown for one frame, and a dozen of them would push everything else out of the cache.
    return _work_digits(kit, seconds, colour, sides=sides, scale=scale, keep=False)


def _work_digits(kit: Kit, seconds: int, colour: Colour, *, sides: bool, scale: float, keep: bool = True) -> list[Item]:
    layout = kit.layout
    bottom = layout.body_bottom - (0.135 if sides else 0.0)
    words = digits_text(seconds)
    cap = min(LARGEST_CAP, layout.rc / 1.78, bottom - ZONE_TOP - 0.070)
    middle = (layout.rx + layout.rc / 2, (ZONE_TOP + bottom) / 2)
    # Two digits may come closer to the edge than a long clock, because they have to be huge.
    margin = PADDING if ":" in words else 0.6 * PADDING
    return digits(kit, words, colour, middle, cap, layout.rc - 2 * margin, scale, keep=keep)


_settled_digits = cached(_work_digits)


@cached
def ring_digits(
    kit: Kit, seconds: int, centre: tuple[float, float], radius: float, cap_in_radii: float = 0.78
) -> list[Item]:
    """Return the digits in the middle of a ring."""
    return digits(kit, digits_text(seconds), kit.palette.text, centre, cap_in_radii * radius, 1.42 * radius)


def last_seconds_scale(left_s: float, *, sides: bool) -> float:
    """Return the scale of the digits `left_s` seconds before the change: each digit pops, then settles."""
    settled = 1.0 if sides else LAST_SECONDS_GROW
    since_s = -left_s % 1.0
    if sides or since_s >= POP_S:
        return settled
    # There are few steps, because each size is a font of its own, and six look the same as sixty.
    eased = 1.0 - (1.0 - int(since_s / POP_S * _POP_STEPS) / _POP_STEPS) ** 2
    return settled * (1.12 - 0.12 * eased)


def pop_stays_s(left_s: float, *, sides: bool) -> float:
    """Return for how many seconds `last_seconds_scale` stays the same; inf if that is until the next second."""
    since_s = -left_s % 1.0
    if sides or since_s >= POP_S:
        return inf
    step_s = POP_S / _POP_STEPS
    return step_s - since_s % step_s
