"""The paused screen: a band with hatched edges across the whole width. The screen behind the band is grey and dark."""

from __future__ import annotations

import re

import pygame.draw
from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.fonts import Weight
from kiosk.screen.scenes.running import Page
from kiosk.screen.shapes import WHITE
from kiosk.screen.widgets.boxes import box_px
from kiosk.screen.widgets.cue import hold_card
from kiosk.screen.widgets.icons import icon, shape
from kiosk.screen.widgets.panel import time_text
from kiosk.screen.widgets.text import clock, fit, text, width_of
from kiosk.screen.widgets.title import title
from kiosk.timeline import Kind
from kiosk.view import IntervalView, PausedView

WORD = "PAUSED"
_TOP, _BOTTOM = 0.200, 0.800
_HATCH, _PERIOD = 0.034, 0.050
_BASELINE = 0.468
_ABOUT_CAP, _ABOUT_LEAST, _ABOUT_BASELINE = 0.042, 0.034, 0.553
_DOT = "  ·  "
_PREFIXES = {Kind.GET_READY: "First:", Kind.CHANGEOVER: "Next:", Kind.ROUND_BREAK: "Next:", Kind.REST: "Next:"}
_ENDS_IN = ("Back to the start screen in", "Start screen in")
_CARD_TOP, _CARD_HEIGHT, _CARD_GAP = 0.591, 0.130, 0.040


def draw(view: PausedView, t_s: float, context: Context) -> Frame:
    veiled = context.veiled(0.90 if view.dimmed else 0.78)
    return frame(_behind(view.under, t_s, veiled), _band(view, context.dimmed() if view.dimmed else context))


def _behind(under: IntervalView, t_s: float, context: Context) -> list[Item]:
    """Return the parts of the screen behind the band that stay visible: the title and the footer."""
    exercise, kind = under.exercise, under.interval.kind
    if kind is Kind.ROUND_BREAK and not under.previews:
        names = title(context, f"Round {under.interval.round} done")
    else:
        names = title(context, exercise.name, exercise.short, prefix=_PREFIXES.get(kind, ""))
    return [*names, *Page(under, t_s, context, context.palette.text).footer()]


def _band(view: PausedView, context: Context) -> list[Item]:
    layout = context.layout
    top, bottom, hatch_px = layout.y(_TOP), layout.y(_BOTTOM), layout.px(_HATCH)
    width = (layout.fw - _CARD_GAP) / 2
    left, right = ((x, _CARD_TOP, width, _CARD_HEIGHT) for x in (layout.x0, layout.x1 - width))
    part, strong = (0.0, "Hold") if view.hold is None else (view.hold.fraction, "Keep holding")
    return [
        box_px(context, Rect(0, top, layout.width, bottom - top), context.palette.surface),
        *_hatch(context, Rect(0, top, layout.width, hatch_px)),
        *_hatch(context, Rect(0, bottom - hatch_px, layout.width, hatch_px)),
        *_word(context),
        *_about(view, context),
        *hold_card(context, left, "Press", "to resume"),
        *hold_card(context, right, strong, "to discard" if view.restored else "to stop", part, ring=True),
    ]


@cached
def _word(context: Context) -> list[Item]:
    layout, colour = context.layout, context.palette.pause
    cap = 0.115 if layout.narrow else 0.150
    radius, gap = cap / 1.8, 0.62 * cap
    bars = 1.72 * radius
    left = (layout.w - bars - gap - width_of(context, WORD, Weight.BLACK, cap)) / 2
    return [
        icon(context, "pause", (left + bars / 2, _BASELINE - cap / 2), radius, colour),
        text(context, WORD, Weight.BLACK, cap, colour, (left + bars + gap, _BASELINE)),
    ]


def _about(view: PausedView, context: Context) -> list[Item]:
    """Return a line that says what is paused and how much time is left, or when the pause ends."""
    if view.ends_in is not None:
        return _timed(context, _ENDS_IN, " ", f"{view.ends_in} s", context.palette.pause)
    words, colour = (words_about(view), words_about(view, short=True)), context.palette.text2
    if not view.restored:
        return _timed(context, words, _DOT, f"{time_text(view.under.seconds)} left", colour)
    # After a power cut, nobody needs to know how much time was left.
    shown, cap = fit(context, words, Weight.BOLD, _ABOUT_CAP, _ABOUT_LEAST, context.layout.fw)
    return [text(context, shown, Weight.BOLD, cap, colour, (context.layout.w / 2, _ABOUT_BASELINE), align="centre")]


def _timed(context: Context, words: tuple[str, ...], joint: str, time: str, colour: Colour) -> list[Item]:
    """Return a line: the first of `words` that fits, then a time. When the time changes, only its digits change."""
    layout, weight = context.layout, Weight.BOLD
    digits, _, unit = time.partition(" ")
    zeros = re.sub(r"\d", "0", digits)
    rest = f"{joint}{zeros} {unit}"
    lines = {f"{one}{rest}": one + joint for one in words}
    whole, cap = fit(context, tuple(lines), weight, _ABOUT_CAP, _ABOUT_LEAST, layout.fw)
    if whole not in lines:
        # The words are cut, but not the time after them.
        room = layout.fw - width_of(context, rest, weight, cap) - cap
        before = fit(context, words[-1:], weight, cap, cap, room)[0] + joint
        whole = before + rest.removeprefix(joint)
    else:
        before = lines[whole]
    half = width_of(context, whole, weight, cap) / 2
    left, right = layout.w / 2 - half, layout.w / 2 + half
    x = left + (width_of(context, before + zeros, weight, cap) - width_of(context, zeros, weight, cap))
    # Render all digits, so that the warm-up of this screen caches the digits of any time.
    for one in "0123456789:":
        context.fonts.line(one, weight, cap * layout.unit_px, colour)
    return [
        text(context, before.rstrip(), weight, cap, colour, (left, _ABOUT_BASELINE)),
        text(context, unit, weight, cap, colour, (right, _ABOUT_BASELINE), align="right"),
        *clock(context, digits, weight, cap, colour, layout.point(x, _ABOUT_BASELINE)),
    ]


def words_about(view: PausedView, *, short: bool = False) -> str:
    """Return a few words for what is paused: the exercise and its side, or the round in which the power was cut."""
    interval, exercise = view.under.interval, view.under.exercise
    name = exercise.short if short else exercise.name
    if view.restored:
        return _DOT.join(["Power was cut", f"Round {interval.round}", name])
    if interval.kind is Kind.ROUND_BREAK:
        return f"Round {interval.round} done"
    if interval.kind in _PREFIXES:
        return f"{_PREFIXES[interval.kind]} {name}"
    return name if interval.side is None else _DOT.join([name, f"{interval.side.value} side"])


def _hatch(context: Context, rect: Rect) -> list[Item]:
    period = _PERIOD * context.layout.unit_px

    def draw_stripes(surface: Surface, times: int) -> None:
        tall, step = rect.height * times, period * times
        x = -2 * step
        while x < rect.width * times + step:
            corners = [(x + tall, 0), (x + tall + step / 2, 0), (x + step / 2, tall), (x, tall)]
            pygame.draw.polygon(surface, WHITE, corners)
            x += step

    palette = context.palette
    return [box_px(context, rect, palette.ink), shape(context, rect, ("hatch", period), draw_stripes, palette.pause)]
