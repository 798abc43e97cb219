"""The clock of easy work: a tank whose surface is a wave, with white digits. Nothing in it is urgent."""

from __future__ import annotations

from math import hypot, pi, sin, tau

import pygame.draw
from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame, Item
from kiosk.screen.shapes import CLEAR, WHITE, Draw
from kiosk.screen.widgets.boxes import part_of_box
from kiosk.screen.widgets.icons import shape
from kiosk.screen.widgets.panel import MINUTES_FROM_S, PANEL_RADIUS, large_digits, zone_top

_AMPLITUDE, _LINE = 0.024, 0.010
_WAVES = 2.5
"""Number of waves across the panel."""
_DRIFT = 0.05
"""Speed at which the waves drift, in H (the screen's height) a second."""
_STEP_S = 1 / 12
"""Interval at which the waves drift. They are so slow that more steps would not look smoother."""
_STEP_WAITS_S = 0.03
"""Maximum delay of a step. It may come a little late, together with the figure's next picture."""
_POINT_PX = 4
_DIGITS = 0.714
"""Size of two digits, as a part of the size that they have in work."""


def easy_digits(context: Context, seconds: int, *, sides: bool) -> list[Item]:
    """Return the digits, which are smaller than in work unless there are more than two."""
    scale = _DIGITS if seconds < MINUTES_FROM_S else 1.0
    return large_digits(context, seconds, context.palette.text, sides=sides, scale=scale)


def wavy_tank(context: Context, t_s: float, duration_s: float, top: float | None = None) -> Frame:
    """Return the fill of the panel from `top` down, `t_s` seconds after it was full. It is empty after `duration_s`.

    Without a `top`, it begins below the panel's head.
    """
    layout, palette, whole = context.layout, context.palette, context.layout.panel_px
    step = int(t_s / _STEP_S)
    stays_s = (step + 1) * _STEP_S - t_s + _STEP_WAITS_S
    left = 1.0 - min(1.0, step * _STEP_S / duration_s)
    half = layout.px(_AMPLITUDE + _LINE)
    full, empty = layout.y(zone_top(context) if top is None else top) + half, whole.bottom + half
    middle = empty - round(left * (empty - full))
    crests = Rect(whole.left, middle - half, whole.width, 2 * half)
    below = Rect(whole.left, crests.bottom, whole.width, max(0, whole.bottom - crests.bottom))
    length = whole.width / _WAVES
    shift = round(step * _STEP_S * _DRIFT * layout.unit_px % length)
    items = [part_of_box(context, whole, below, palette.easy_tank, layout.px(PANEL_RADIUS))] if below.height else []
    if seen := crests.clip(whole):
        items += [_wave(context, seen, crests, length, shift), *_corners(context, whole, layout.px(PANEL_RADIUS))]
    return Frame(items, stays_s)


def _wave(context: Context, seen: Rect, crests: Rect, length: float, shift: int) -> Item:
    """Return the part `seen` of the surface in `crests`. The waves are `length` pixels long, and moved by `shift`."""
    layout, palette = context.layout, context.palette
    amplitude, line = _AMPLITUDE * layout.unit_px, _LINE * layout.unit_px
    # The picture is a wave longer than the panel, and slides behind it.
    size = crests.width + round(length) + 1, crests.height
    look = ("wave", length, amplitude, line)

    def picture(name: str, draw: Draw, colour: Colour) -> Surface:
        return context.shapes.sprite((*look, name), size, draw, colour)

    def paint(surface: Surface) -> None:
        area = seen.move(shift - crests.left, -crests.top)
        surface.blit(picture("fill", _fill_drawer(length, amplitude), palette.easy_tank), seen, area)
        surface.blit(picture("line", _line_drawer(length, amplitude, line), palette.easy_line), seen, area)

    return Item(seen, (*look, tuple(crests), shift, palette.easy_tank, palette.easy_line), paint)


def _curve(surface: Surface, times: int, length: float, amplitude: float) -> list[tuple[float, float, float]]:
    """Return points of the wave: x, y, and how much thicker than wide a line is there."""
    points, middle = [], surface.get_height() / 2
    for x in range(0, surface.get_width() + _POINT_PX * times, _POINT_PX * times):
        turn = tau * x / times / length
        slope = amplitude * tau / length * sin(turn + pi / 2)
        points.append((float(x), middle - amplitude * times * sin(turn), hypot(1.0, slope)))
    return points


def _fill_drawer(length: float, amplitude: float) -> Draw:
    def draw(surface: Surface, times: int) -> None:
        curve = [(x, y) for x, y, _ in _curve(surface, times, length, amplitude)]
        bottom = surface.get_height()
        pygame.draw.polygon(surface, WHITE, [*curve, (curve[-1][0], bottom), (0, bottom)])

    return draw


def _line_drawer(length: float, amplitude: float, line: float) -> Draw:
    def draw(surface: Surface, times: int) -> None:
        curve = _curve(surface, times, length, amplitude)
        above = [(x, y - line * times / 2 * more) for x, y, more in curve]
        under = [(x, y + line * times / 2 * more) for x, y, more in reversed(curve)]
        pygame.draw.polygon(surface, WHITE, [*above, *under])

    return draw


def _corners(context: Context, whole: Rect, radius: int) -> list[Item]:
    """Return the background outside the panel's lower corners, which the wave would paint over."""

    def drawer(left: bool) -> Draw:
        def draw(surface: Surface, times: int) -> None:
            surface.fill(WHITE)
            pygame.draw.circle(surface, CLEAR, (radius * times if left else 0, 0), radius * times)

        return draw

    places = {True: whole.left, False: whole.right - radius}
    return [
        shape(
            context,
            Rect(x, whole.bottom - radius, radius, radius),
            ("corner", left),
            drawer(left),
            context.palette.bg,
        )
        for left, x in places.items()
    ]
