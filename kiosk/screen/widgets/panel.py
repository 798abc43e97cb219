"""The right panel: its head with the icon and the word of the state, the clock, and the control for the two sides."""

from __future__ import annotations

from pygame import Rect

from kiosk.circuit import Side
from kiosk.colour import Colour, mix
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item
from kiosk.screen.fonts import Weight
from kiosk.screen.theme import State
from kiosk.screen.widgets.boxes import box, outline, part_of_box
from kiosk.screen.widgets.icons import Point, icon
from kiosk.screen.widgets.ring import Circle
from kiosk.screen.widgets.text import clock, common_cap, fit, text, width_of, zeros_for

PADDING = 0.030
PANEL_RADIUS = 0.030
SETTLED_S = 0.5
"""A time before a change at which the digit is not popping. In the count-in, no digit pops."""
_ZONE = 0.095
"""Distance from the top of the panel to the clock's zone, in H (the screen's height). The zone reaches down to the
bottom of the panel."""
_HEAD_MIDDLE, _HEAD_BASELINE = 0.056, 0.074
_TRACKING = 0.05
_LARGEST_CAP, _LARGEST_CAP_PORTRAIT = 0.350, 0.400
_PORTRAIT_CAP = 0.70
"""Maximum cap height of the digits in portrait as a part of their zone, so that there is room for the pop."""
_RING_GAP, _LARGEST_RING = 0.024, 0.2175
_BESIDE = 0.525
"""Distance from the panel's left edge to the column beside the clock in portrait, in H."""
_GROW, _POP = 1.12, 0.12
"""Scale of the last digits, and the additional scale with which a pop begins."""
_POP_S, _POP_STEPS = 0.18, 6
_LINE = 0.005
_TANK_WAITS_S = 0.1
"""Maximum delay of the tank. It may sink by a pixel a little late, together with the figure's next picture."""
MINUTES_FROM_S = 100
"""Shortest time, in seconds, that is shown as minutes and seconds."""
SIDES_HEIGHT, _SIDES_GAP, _SIDES_RADIUS = 0.105, 0.012, 0.020


@cached
def panel(context: Context, state: State, *, filled: bool = False, right: str = "") -> list[Item]:
    """Return the panel with its head. `filled` is for the last seconds; `right` is a text at the head's right end."""
    layout, accent = context.layout, state.accent(context.palette)
    area = (layout.rx, layout.panel_top, layout.rc, layout.body_bottom - layout.panel_top)
    background, colour = (accent, context.palette.ink) if filled else (context.palette.surface, accent)
    # The waves of easy work would be too thin in the size of the other icons.
    radius, word_x = 0.028 if state is State.EASY else 0.020, layout.rx + _word_x(state)
    cap, end, most = head_cap(context), layout.x1 - PADDING, 0.45 * layout.rc
    baseline = head_baseline(context)
    items = [
        box(context, area, background, PANEL_RADIUS),
        icon(context, state.icon, (layout.rx + 0.050, head_middle(context)), radius, colour),
    ]
    room = end - word_x
    if right:
        items.append(text(context, right, Weight.BLACK, cap, colour, (end, baseline), width=most, align="right"))
        room -= min(width_of(context, right, Weight.BLACK, cap), most) + 0.020
    at = (word_x, baseline)
    return [*items, text(context, state.word, Weight.BLACK, cap, colour, at, width=room, tracking=_TRACKING)]


def head_baseline(context: Context) -> float:
    """Return the baseline of the panel's head, in H (the screen's height)."""
    return context.layout.panel_top + _HEAD_BASELINE


def head_middle(context: Context) -> float:
    """Return the y of the middle of the icons in the panel's head, in H."""
    return context.layout.panel_top + _HEAD_MIDDLE


def zone_top(context: Context) -> float:
    """Return the top of the clock's zone, in H. The zone reaches down to the bottom of the panel."""
    return context.layout.panel_top + _ZONE


def head_cap(context: Context) -> float:
    """Return the cap height of the texts in the panel's head, in H."""
    return 0.030 if context.layout.narrow else 0.036


def head_end(context: Context, state: State) -> float:
    """Return the right edge of the state's word in the panel's head, in H; the row is free from there on."""
    wide = width_of(context, state.word, Weight.BLACK, head_cap(context), _TRACKING)
    return context.layout.rx + _word_x(state) + wide


def _word_x(state: State) -> float:
    return 0.097 if state is State.EASY else 0.089


@cached
def side_control(
    context: Context, active: Side, accent: Colour, *, filled: bool = False, bottom: float | None = None
) -> list[Item]:
    """Return LEFT and RIGHT at the panel's bottom or, in portrait, beside the clock, with `active` filled.

    `filled` is whether the panel is filled. `bottom` is another place for their bottom edge, in H.
    """
    layout, palette = context.layout, context.palette
    left, top = layout.rx + PADDING, (layout.body_bottom - PADDING if bottom is None else bottom) - SIDES_HEIGHT
    if layout.portrait:
        left = beside(context)
        top = zone_middle(context) - SIDES_HEIGHT / 2 if bottom is None else top
    width = (layout.x1 - PADDING - left - _SIDES_GAP) / 2
    room = width - (0.034 if layout.portrait else 0.020)
    cap = common_cap(context, ("LEFT", "RIGHT"), Weight.BLACK, 0.040, 0.030, room)
    items = []
    for place, side in enumerate(Side):
        area = (left + place * (width + _SIDES_GAP), top, width, SIDES_HEIGHT)
        if side is active:
            fill, colour = (palette.ink, accent) if filled else (accent, palette.ink)
            items.append(box(context, area, fill, _SIDES_RADIUS))
        else:
            below, colour = (palette.ink, palette.ink) if filled else (palette.tank, palette.text)
            items.append(outline(context, area, mix(accent, below, 0.35), 0.004, _SIDES_RADIUS))
        at = (area[0] + width / 2, top + SIDES_HEIGHT / 2 + cap / 2)
        items.append(
            text(context, side.value.upper(), Weight.BLACK, cap, colour, at, width=width - 0.020, align="centre")
        )
    return items


# --- the tank and the rings -------------------------------------------------------------------------------------------


def tank(context: Context, left: float, duration_s: float, top: float | None = None, *, fills: bool = False) -> Frame:
    """Return the fill of the panel from `top` down. `left` (0 to 1) is the part of `duration_s` that is left.

    A tank that `fills` shows the part that is over instead.
    """
    layout, palette, whole = context.layout, context.palette, context.layout.panel_px
    height = whole.bottom - layout.y(zone_top(context) if top is None else top)
    part = 1.0 - left if fills else left
    filled = round(height * part)
    fill = Rect(whole.left, whole.bottom - filled, whole.width, filled)
    line = Rect(*fill.topleft, whole.width, layout.px(_LINE))
    items = [
        part_of_box(context, whole, fill, palette.tank, layout.px(PANEL_RADIUS)),
        part_of_box(context, whole, line, palette.tank_line, layout.px(PANEL_RADIUS)),
    ]
    until = (filled + 0.5) / height - part if fills else part - (filled - 0.5) / height
    return Frame(items, max(0.0, until) * duration_s + _TANK_WAITS_S)


def beside(context: Context) -> float:
    """Return the left edge of the column beside the clock in portrait, in H. The column ends at the panel's padding."""
    return context.layout.rx + _BESIDE


def zone_middle(context: Context) -> float:
    """Return the middle of the clock's zone in portrait, in H."""
    layout = context.layout
    return (zone_top(context) + layout.body_bottom) / 2


def rest_circle(context: Context, *, notes: bool = True) -> Circle:
    """Return the place of the ring in a rest. Below it or, in portrait, beside it there is room for `notes`."""
    layout, stroke = context.layout, 0.030
    if layout.portrait:
        radius = zone_middle(context) - zone_top(context) - _RING_GAP - stroke / 2
        middle = layout.rx + (_BESIDE if notes else layout.rc) / 2
        return Circle((middle, zone_middle(context)), min(radius, _LARGEST_RING), stroke)
    radius = min((layout.body_bottom - layout.panel_top - 0.260) / 2 - 0.016, layout.rc / 2 - 0.050)
    return Circle((layout.rx + layout.rc / 2, zone_top(context) + 0.016 + radius), radius, stroke)


def break_circle(context: Context) -> Circle:
    """Return the place of the larger ring in a round break, when the panel shows nothing else."""
    layout, top, stroke = context.layout, zone_top(context) + 0.012, 0.036
    radius = min(0.2175, (layout.body_bottom - PADDING - top - stroke) / 2, (layout.rc - stroke) / 2 - PADDING)
    return Circle((layout.rx + layout.rc / 2, top + stroke / 2 + radius), radius, stroke)


# --- the digits -------------------------------------------------------------------------------------------------------


def time_text(seconds: int) -> str:
    """Return a time within a sentence, such as 45 s or 1:40."""
    return f"{seconds} s" if seconds < MINUTES_FROM_S else _digits_text(seconds)


def _digits_text(seconds: int) -> str:
    """Return the seconds if they have at most two digits, which can be larger, else minutes and seconds."""
    return str(seconds) if seconds < MINUTES_FROM_S else f"{seconds // 60}:{seconds % 60:02d}"


Zone = tuple[Point, float, float]
"""The place of digits: their middle, maximum cap height and maximum width, in H."""


@cached
def ring_digits(context: Context, seconds: int, place: Circle, cap: float = 0.78) -> list[Item]:
    """Return the digits in the middle of a ring. `cap` is their maximum cap height, as a part of the ring's radius."""
    return _digits(context, seconds, context.palette.text, (place.centre, cap * place.radius, 1.42 * place.radius))


@cached
def large_digits(
    context: Context, seconds: int, colour: Colour, *, sides: bool, scale: float = 1.0, zone: Zone | None = None
) -> list[Item]:
    """Return the digits in the panel's zone, which ends above the side control if there are `sides`."""
    return _digits(context, seconds, colour, zone or _zone(context, seconds, sides), scale)


def last_digits(context: Context, seconds: int, left_s: float, *, sides: bool, zone: Zone | None = None) -> Frame:
    """Return the digits on the filled panel, `left_s` seconds before the change. Each digit pops unless `sides`."""
    ink, scale, since_s = context.palette.ink, 1.0 if sides else _GROW, -left_s % 1.0
    if sides or since_s >= _POP_S:
        return Frame(large_digits(context, seconds, ink, sides=sides, scale=scale, zone=zone))
    # There are few steps, because each size is a font of its own, and six look the same as sixty.
    step_s = _POP_S / _POP_STEPS
    eased = 1.0 - (1.0 - since_s // step_s / _POP_STEPS) ** 2
    scale *= 1.0 + _POP * (1.0 - eased)
    # Each size is shown for one frame, and a dozen sizes would push everything else out of the caches.
    items = _digits(context, seconds, ink, zone or _zone(context, seconds, sides), scale, keep=False)
    return Frame(items, step_s - since_s % step_s)


def _zone(context: Context, seconds: int, sides: bool) -> Zone:
    layout = context.layout
    top, bottom, width, largest = zone_top(context), layout.body_bottom, layout.rc, _LARGEST_CAP
    if layout.portrait:
        # The side control is beside the digits.
        width, largest = _BESIDE if sides else layout.rc, min(_LARGEST_CAP_PORTRAIT, _PORTRAIT_CAP * (bottom - top))
    elif sides:
        bottom -= 0.135
    cap = min(largest, width / 1.78, bottom - top - 0.070)
    # Two digits may come closer to the edge than a long clock, because they have to be huge.
    margin = 0.6 * PADDING if seconds < MINUTES_FROM_S else PADDING
    return (layout.rx + width / 2, (top + bottom) / 2), cap, width - 2 * margin


def _digits(
    context: Context, seconds: int, colour: Colour, zone: Zone, scale: float = 1.0, *, keep: bool = True
) -> list[Item]:
    """Return the digits. They are fitted for the widest digits, so that the size never changes, and then scaled."""
    words, ((x, y), cap, width) = _digits_text(seconds), zone
    # Some digits are a little wider than the zero that is measured.
    _, fitted = fit(context, (zeros_for(words),), Weight.BLACK, cap, 0.0, 0.97 * width)
    room = context.layout.rect(x - width / 2, y - cap * scale * 0.6, width, cap * scale * 1.2).inflate(2, 2)
    at_px = context.layout.x(x), context.layout.y(y) + round(fitted * scale * context.layout.unit_px / 2)
    return clock(context, words, Weight.BLACK, fitted * scale, colour, at_px, centred=True, room=room, keep=keep)
