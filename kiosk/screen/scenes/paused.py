"""The paused screen: a band with hatched edges across the whole width. The screen behind the band is grey and dark."""

from __future__ import annotations

import pygame.draw
from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import BODY_TOP
from kiosk.screen.scenes import stations, tasks
from kiosk.screen.scenes.part_break import NEXT, part_title
from kiosk.screen.scenes.progress import COMES, clock_words, is_single_entry, title_prefix
from kiosk.screen.scenes.running import Page
from kiosk.screen.shapes import WHITE
from kiosk.screen.widgets.boxes import Area, box_px
from kiosk.screen.widgets.cue import hold_card
from kiosk.screen.widgets.icons import icon, shape
from kiosk.screen.widgets.text import DOT, clock, fit, text, width_of, zeros_for
from kiosk.screen.widgets.title import title
from kiosk.timeline import Kind
from kiosk.view import IntervalView, PausedView, is_break

WORD = "PAUSED"
_TOP, _HEIGHT, _HEIGHT_PORTRAIT = 0.200, 0.600, 0.740
"""Top of the band in landscape, and its heights, in H (the screen's height). In portrait the band is in the middle."""
_HATCH, _PERIOD = 0.034, 0.050
_BASELINE, _ABOUT_BASELINE, _CARDS = 0.268, 0.353, 0.391
"""Distances from the top of the band to the baselines and to the cards."""
_ABOUT_CAP, _ABOUT_LEAST = 0.042, 0.034
_ENDS_IN = ("Back to the start screen in", "Start screen in")
_CARD_HEIGHT, _CARD_GAP, _CARD_GAP_PORTRAIT = 0.130, 0.040, 0.020


def draw(view: PausedView, t_s: float, context: Context) -> Frame:
    veiled = context.veiled(0.90 if view.dimmed else 0.78)
    return frame(_behind(view.under, t_s, veiled), _band(view, context.dimmed() if view.dimmed else context))


def _behind(under: IntervalView, t_s: float, context: Context) -> list[Item]:
    """Return the parts of the screen behind the band that stay visible: the title and the footer."""
    page = Page(under, t_s, context, context.palette.text)
    if not under.previews and is_break(under.interval, under.between_parts):
        if under.between_parts:
            return [*part_title(under, context, NEXT), *page.footer()]
        names = title(context, f"Round {under.interval.round} done")
    else:
        names = title(context, *tasks.names(under), prefix=title_prefix(under))
    if under.interval.at_stations:
        return [*names, *stations.footer_of(under, t_s, context)]
    return [*names, *page.footer()]


def _band(view: PausedView, context: Context) -> list[Item]:
    layout = context.layout
    at, height = band(context)
    top, bottom, hatch_px = layout.y(at), layout.y(at + height), layout.px(_HATCH)
    left, right = _cards(context)
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


def band(context: Context) -> tuple[float, float]:
    """Return the top of the band and its height, in H."""
    layout = context.layout
    if layout.portrait:
        return (BODY_TOP + layout.footer_top - _HEIGHT_PORTRAIT) / 2, _HEIGHT_PORTRAIT
    return _TOP, _HEIGHT


def _cards(context: Context) -> tuple[Area, Area]:
    """Return the places of the two cards: side by side, in portrait one above the other."""
    layout, top = context.layout, band(context)[0] + _CARDS
    if layout.portrait:
        below = top + _CARD_HEIGHT + _CARD_GAP_PORTRAIT
        return (layout.x0, top, layout.fw, _CARD_HEIGHT), (layout.x0, below, layout.fw, _CARD_HEIGHT)
    width = (layout.fw - _CARD_GAP) / 2
    return (layout.x0, top, width, _CARD_HEIGHT), (layout.x1 - width, top, width, _CARD_HEIGHT)


@cached
def _word(context: Context) -> list[Item]:
    layout, colour = context.layout, context.palette.pause
    cap = 0.125 if layout.portrait else 0.115 if layout.narrow else 0.150
    baseline = band(context)[0] + _BASELINE
    radius, gap = cap / 1.8, 0.62 * cap
    bars = 1.72 * radius
    left = (layout.w - bars - gap - width_of(context, WORD, Weight.BLACK, cap)) / 2
    return [
        icon(context, "pause", (left + bars / 2, baseline - cap / 2), radius, colour),
        text(context, WORD, Weight.BLACK, cap, colour, (left + bars + gap, baseline)),
    ]


def _about(view: PausedView, context: Context) -> list[Item]:
    """Return a line that says what is paused and how much time is left, or when the pause ends."""
    if view.ends_in is not None:
        return _timed(context, _ENDS_IN, " ", f"{view.ends_in} s", context.palette.pause)
    words, colour = (words_about(view), words_about(view, short=True)), context.palette.text2
    if not view.restored:
        return _timed(context, words, DOT, clock_words(view.under), colour)
    # After a power cut, nobody needs to know how much time was left.
    shown, cap = fit(context, words, Weight.BOLD, _ABOUT_CAP, _ABOUT_LEAST, context.layout.fw)
    at = context.layout.w / 2, band(context)[0] + _ABOUT_BASELINE
    return [text(context, shown, Weight.BOLD, cap, colour, at, align="centre")]


def _timed(context: Context, words: tuple[str, ...], joint: str, time: str, colour: Colour) -> list[Item]:
    """Return a line: the first of `words` that fits, then a time. When the time changes, only its digits change."""
    layout, weight, baseline = context.layout, Weight.BOLD, band(context)[0] + _ABOUT_BASELINE
    digits, _, unit = time.partition(" ")
    zeros = zeros_for(digits)
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
        text(context, before.rstrip(), weight, cap, colour, (left, baseline)),
        text(context, unit, weight, cap, colour, (right, baseline), align="right"),
        *clock(context, digits, weight, cap, colour, layout.point(x, baseline)),
    ]


def words_about(view: PausedView, *, short: bool = False) -> str:
    """Return a few words for what is paused: the exercise and its side, or the round in which the power was cut."""
    interval, names = view.under.interval, tasks.names(view.under)
    name = names[-1] if short else names[0]
    if view.restored:
        return DOT.join(["Power was cut", *_where(view.under), name])
    if interval.kind is Kind.ROUND_BREAK:
        return f"Round {interval.round} done"
    if interval.kind in COMES:
        if view.under.between_parts and not view.under.previews:
            name = view.under.parts[interval.part].name
        return f"{COMES[interval.kind]} {name}"
    return name if interval.side is None else DOT.join([name, f"{interval.side.value} side"])


def _where(under: IntervalView) -> tuple[str, ...]:
    """Return the round, in a class also its part."""
    round_ = f"Round {under.interval.round}"
    if not under.parts:
        return (round_,)
    name = under.parts[under.interval.part].name
    # A single exercise is a part of its own, with the same name.
    here = () if name == under.exercise.name else (name,)
    return here if is_single_entry(under) else (*here, round_)


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
