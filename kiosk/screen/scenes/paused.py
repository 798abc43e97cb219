"""Paused: a band across the whole width with hatched edges. What is behind it goes grey and dark."""

from __future__ import annotations

import re

import pygame.draw
from pygame import Surface

from kiosk.colour import Colour
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.scenes.running import running_footer
from kiosk.screen.shapes import WHITE
from kiosk.screen.widgets.boxes import box_px
from kiosk.screen.widgets.cue import hold_card
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.tank import digits_text
from kiosk.screen.widgets.text import Align, clock_items, text, width_of
from kiosk.screen.widgets.title import title
from kiosk.timeline import Kind
from kiosk.view import IntervalView, PausedView

WORD = "PAUSED"
_TOP, _BOTTOM = 0.200, 0.800
_HATCH, _PERIOD = 0.034, 0.050
_BASELINE = 0.468
_CONTEXT_CAP, _CONTEXT_LEAST, _CONTEXT_BASELINE = 0.042, 0.034, 0.553
_DOT = "  ·  "
_ENDS_IN = ("Back to the start screen in", "Start screen in")
_CARD_TOP, _CARD_HEIGHT, _CARD_GAP = 0.591, 0.130, 0.040


def draw(view: PausedView, t_s: float, kit: Kit) -> Frame:
    veiled = kit.veiled(0.90 if view.dimmed else 0.78)
    return frame(_behind(view.under, t_s, veiled), _band(view, kit.dimmed() if view.dimmed else kit))


def _behind(under: IntervalView, t_s: float, kit: Kit) -> list[Item]:
    """Return the parts of the screen behind that the band does not hide: the title and the footer."""
    exercise, kind = under.exercise, under.interval.kind
    resting = kind in (Kind.CHANGEOVER, Kind.ROUND_BREAK, Kind.REST)
    prefix = "Next:" if resting else "First:" if kind is Kind.GET_READY else ""
    if kind is Kind.ROUND_BREAK and not under.previews:
        names = title(kit, f"Round {under.interval.round} done")
    else:
        names = title(kit, exercise.name, exercise.short, prefix=prefix)
    return [*names, *running_footer(kit, under, t_s, kit.palette.text)]


def _band(view: PausedView, kit: Kit) -> list[Item]:
    layout, palette = kit.layout, kit.palette
    top, bottom, hatch_px = layout.y(_TOP), layout.y(_BOTTOM), layout.px(_HATCH)
    whole = layout.screen_px.copy()
    whole.update(0, top, layout.width, bottom - top)
    width = (layout.fw - _CARD_GAP) / 2
    part = 0.0 if view.hold is None else view.hold.fraction
    strong = "Hold" if view.hold is None else "Keep holding"
    return [
        box_px(kit, whole, palette.surface),
        *(_hatch(kit, y, hatch_px) for y in (top, bottom - hatch_px)),
        *_word(kit),
        *_context(view, kit),
        *hold_card(kit, (layout.x0, _CARD_TOP, width, _CARD_HEIGHT), "Press", "to resume", 0.0),
        *hold_card(
            kit,
            (layout.x1 - width, _CARD_TOP, width, _CARD_HEIGHT),
            strong,
            "to discard" if view.restored else "to stop",
            part,
            ring=True,
        ),
    ]


@cached
def _word(kit: Kit) -> list[Item]:
    layout, palette = kit.layout, kit.palette
    cap = 0.115 if layout.narrow else 0.150
    radius, gap = cap / 1.8, 0.62 * cap
    bars = 1.72 * radius
    left = (layout.w - bars - gap - width_of(kit, WORD, Weight.BLACK, cap)) / 2
    return [
        icon(kit, "pause", (left + bars / 2, _BASELINE - cap / 2), radius, palette.pause),
        text(kit, WORD, Weight.BLACK, cap, palette.pause, (left + bars + gap, _BASELINE)),
    ]


def _context(view: PausedView, kit: Kit) -> list[Item]:
    """Return what is paused and the time left, or when the pause ends. Only the digits change with time."""
    if view.ends_in is None:
        return _timed(kit, (context(view), context(view, short=True)), _DOT, time_left(view), kit.palette.text2)
    return _timed(kit, _ENDS_IN, " ", f"{view.ends_in} s", kit.palette.pause)


def _timed(kit: Kit, words: tuple[str, ...], joint: str, time: str, colour: Colour) -> list[Item]:
    """Return a line: the first of `words` that fits, and a time in seconds or minutes after it."""
    layout, fonts = kit.layout, kit.fonts
    clock, _, unit = time.partition(" ")
    zeros = re.sub(r"\d", "0", clock)
    ending = f"{joint}{zeros} {unit}" if clock else ""
    lines = {one + ending: one for one in words}
    cap_px, least_px = _CONTEXT_CAP * layout.unit_px, _CONTEXT_LEAST * layout.unit_px
    whole = fonts.fit(tuple(lines), Weight.BOLD, cap_px, least_px, int(layout.fw * layout.unit_px))
    cap, shown = whole.cap_px / layout.unit_px, lines[whole.text]

    def put(words: str, x: float, align: Align) -> Item:
        return text(kit, words, Weight.BOLD, cap, colour, (x, _CONTEXT_BASELINE), align=align)

    if not clock:
        return [put(shown, layout.w / 2, "centre")]
    half = width_of(kit, whole.text, Weight.BOLD, cap) / 2
    before = width_of(kit, shown + joint + zeros, Weight.BOLD, cap) - width_of(kit, zeros, Weight.BOLD, cap)
    # All digits are made, so that the warm-up of this screen has them for any time.
    digits = {one: fonts.line(one, Weight.BOLD, whole.cap_px, colour) for one in "0123456789:"}
    pen_px = layout.x(layout.w / 2 - half + before) - digits["0"].ink.left
    baseline_px, look = layout.y(_CONTEXT_BASELINE), (Weight.BOLD, round(whole.cap_px, 2), colour)
    return [
        put(shown + joint.rstrip(), layout.w / 2 - half, "left"),
        put(unit, layout.w / 2 + half, "right"),
        *clock_items([digits[one] for one in clock], pen_px, baseline_px, None, look),
    ]


def context(view: PausedView, *, short: bool = False) -> str:
    """Return what is paused in a few words: the exercise and its side, or the round in which the power was cut."""
    interval, exercise = view.under.interval, view.under.exercise
    name = exercise.short if short else exercise.name
    if view.restored:
        return _DOT.join(["Power was cut", f"Round {interval.round}", name])
    if interval.kind is Kind.ROUND_BREAK:
        return f"Round {interval.round} done"
    if interval.kind in (Kind.CHANGEOVER, Kind.REST, Kind.GET_READY):
        return f"{'First' if interval.kind is Kind.GET_READY else 'Next'}: {name}"
    return name if interval.side is None else _DOT.join([name, f"{interval.side.value} side"])


def time_left(view: PausedView) -> str:
    """Return the time left in the interval; nothing after a power cut, when nobody wants to know."""
    if view.restored:
        return ""
    seconds = view.under.seconds
    return f"{seconds} s left" if seconds < 100 else f"{digits_text(seconds)} left"


def _hatch(kit: Kit, y: int, height: int) -> Item:
    layout, palette = kit.layout, kit.palette
    period = _PERIOD * layout.unit_px
    rect = layout.screen_px.copy()
    rect.update(0, y, layout.width, height)

    def draw_stripes(surface: Surface, times: int) -> None:
        tall, step = height * times, period * times
        x = -2 * step
        while x < rect.width * times + step:
            corners = [(x + tall, 0), (x + tall + step / 2, 0), (x + step / 2, tall), (x, tall)]
            pygame.draw.polygon(surface, WHITE, corners)
            x += step

    def paint(surface: Surface) -> None:
        surface.fill(palette.ink, rect)
        surface.blit(kit.shapes.sprite(("hatch", period), rect.size, draw_stripes, palette.pause), rect)

    return Item(rect, ("hatch", period, palette.pause, palette.ink), paint)
