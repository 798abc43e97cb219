"""Stations: a tile for each one and a panel with the clock. All groups work at the same time, then all move on."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import NamedTuple

from kiosk.circuit import Tasks
from kiosk.colour import Colour
from kiosk.screen.context import Context
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import Layout
from kiosk.screen.scenes import running
from kiosk.screen.scenes.easy import work_follows
from kiosk.screen.scenes.progress import next_words, part_of_place, progress_of, time_left
from kiosk.screen.scenes.running import hold_words
from kiosk.screen.theme import State
from kiosk.screen.widgets.athletes import athletes, moving_first
from kiosk.screen.widgets.cue import card_area
from kiosk.screen.widgets.easy import wavy_tank
from kiosk.screen.widgets.footer import footer
from kiosk.screen.widgets.icons import Point
from kiosk.screen.widgets.panel import SETTLED_S, large_digits, last_digits, ring_digits, tank, time_text
from kiosk.screen.widgets.press import FRAME, press_frame
from kiosk.screen.widgets.ring import ring, ticks
from kiosk.screen.widgets.rotate import arrow_heads, arrow_ring, squares
from kiosk.screen.widgets.station_panel import about_lines, digits_zone, narrow_head, panel_places
from kiosk.screen.widgets.text import width_of
from kiosk.screen.widgets.tiles import BOTTOM, TOP, tiles
from kiosk.timeline import Kind
from kiosk.view import CountInView, IntervalView, PressMeans

MOVE_ON = "Next: move on"
_PANEL, _NARROW_PANEL = 0.440, 0.360
_GUTTER = 0.030
_DIGITS_IN_RING = 0.80
_NEXT_SQUARE, _NEXT_WIDTH, _NEXT_TOP = 0.066, 0.290, 0.892
_HINT_BASELINE = 0.924
_PORTRAIT_PANEL, _PORTRAIT_PANEL_GROWS = 0.300, 0.160
"""Height of the panel in portrait, below the tiles, on a screen of 3:4, and its part of what a screen is taller."""
_SOON_S = 8
"""Time before the end of the stations from which the figure that follows is more urgent than the next athlete."""


def draw(view: IntervalView, t_s: float, context: Context) -> Frame:
    return _Screen(view, t_s, beside_tiles(context)).frame()


def count_in(view: CountInView, t_s: float, context: Context, words: str) -> Frame:
    """Draw the athletes at rest, and the seconds until the circuit goes on; `words` say with what."""
    return _Screen(view.under, t_s, beside_tiles(context)).counting_in(view.seconds, words)


def footer_of(view: IntervalView, t_s: float, context: Context) -> list[Item]:
    return _Screen(view, t_s, beside_tiles(context)).footer(context.palette.text)


def figures_ahead(view: IntervalView, context: Context) -> list[SizedFigure]:
    """Return the figures of all tiles, the one that moves and the next one first, then what follows the turn."""
    desk, interval = beside_tiles(context), view.interval
    shown = tiles(desk, interval.stations, desk.palette.work).athletes
    here = moving_first(desk, shown, view.shown_s + view.passed_s)
    if view.next is not None and view.next.at_stations:
        later, soon = tile_figures(context, view.next.stations), False
    else:
        later, soon = running.figures_ahead(view, context), view.seconds <= _SOON_S
    return list(dict.fromkeys([*here[:1], *later, *here[1:]] if soon else [*here, *later]))


def tile_figures(context: Context, stations: tuple[Tasks, ...]) -> list[SizedFigure]:
    """Return the figures of the tiles in number order, with the sizes of their boxes."""
    desk = beside_tiles(context)
    athletes = tiles(desk, stations, desk.palette.work).athletes
    return [SizedFigure(one.figure, one.box.size, desk.palette.surface) for one in athletes]


def beside_tiles(context: Context) -> Context:
    """Return the context for a screen with tiles and a narrow panel, with a layout and a cache of its own."""
    layout = context.cached((beside_tiles, "layout"), lambda: _with_panel(context.layout))
    return replace(context, layout=layout, cache=context.cached((beside_tiles, "cache"), dict))


def _with_panel(layout: Layout) -> Layout:
    other = copy(layout)
    if layout.portrait:
        other.body_bottom = layout.footer_top - 0.026
        other.panel_top = other.body_bottom - _PORTRAIT_PANEL - _PORTRAIT_PANEL_GROWS * (layout.h - 4 / 3)
        other.stage_bottom = other.panel_top - 0.030
        other.panel_px = layout.rect(other.rx, other.panel_top, other.rc, other.body_bottom - other.panel_top)
        # The hint on a hold takes the place of the footer's segments.
        other.cue_baseline = layout.footer_top + 0.105
        return other
    other.rc = _NARROW_PANEL if layout.narrow else _PANEL
    other.rx = layout.x1 - other.rc
    other.lw = other.rx - _GUTTER - layout.x0
    other.panel_top, other.stage_bottom = TOP, BOTTOM
    other.panel_px = layout.rect(other.rx, TOP, other.rc, BOTTOM - TOP)
    # The hint on a hold takes the place of the footer's segments.
    other.body_bottom, other.cue_width, other.cue_baseline = BOTTOM, other.lw, _HINT_BASELINE
    return other


class _Screen(NamedTuple):
    view: IntervalView
    t_s: float
    context: Context

    def frame(self) -> Frame:
        view, palette, interval = self.view, self.context.palette, self.view.interval
        state = self._state()
        accent = state.accent(palette)
        shown = tiles(self.context, interval.stations, accent)
        moves = interval.moves and not view.last_seconds
        left = frame(
            shown.items,
            athletes(self.context, shown.athletes, accent, None if interval.moves else view.shown_s + self.t_s),
            arrow_heads(self.context, shown, self.t_s, accent) if moves else [],
        )
        below, hint = self.footer(accent), hold_words(self.context, view.hold)
        if hint:
            card = self.context.layout.rect(*card_area(self.context))
            below = [item for item in below if not item.rect.colliderect(card)]
        return frame(left, self._panel(state), below, hint)

    def counting_in(self, seconds: int, words: str) -> Frame:
        accent, zone = self.context.palette.ready, digits_zone(self.context, seconds)
        shown, view = tiles(self.context, self.view.interval.stations, accent), self.view
        return frame(
            shown.items,
            athletes(self.context, shown.athletes, accent, None),
            narrow_head(self.context, State.READY, filled=True),
            last_digits(self.context, seconds, SETTLED_S, sides=False, zone=zone),
            about_lines(self.context, words, f"{time_text(view.seconds)} left", self.context.palette.ink),
            self.footer(accent),
        )

    def _state(self) -> State:
        interval = self.view.interval
        if interval.kind is Kind.EASY:
            return State.READY if self.view.last_seconds and work_follows(self.view) else State.EASY
        if interval.works:
            return State.WORK
        if self.view.last_seconds or interval.kind is Kind.GET_READY:
            return State.READY
        if interval.kind is Kind.ROUND_BREAK:
            return State.BREAK
        return State.ROTATE if interval.moves else State.REST

    def _panel(self, state: State) -> Frame:
        view, context, interval = self.view, self.context, self.view.interval
        palette, accent, zone = context.palette, state.accent(context.palette), digits_zone(context, view.seconds)
        left_s = interval.duration_s - self.t_s
        if view.last_seconds and not interval.open and state is not State.EASY:
            return frame(
                narrow_head(context, state, filled=True),
                last_digits(context, view.seconds, left_s, sides=False, zone=zone),
                self._progress(palette.ink),
            )
        places = panel_places(context)
        left, circle = min(1.0, max(0.0, left_s / interval.duration_s)), places.circle
        if interval.works:
            # What a press ends has a frame instead of a tank, because nothing runs out.
            if interval.open:
                fill = press_frame(context, accent, self.t_s)
            elif state is State.EASY:
                fill = wavy_tank(context, self.t_s, interval.duration_s, places.tank_top)
            else:
                fill = tank(context, left, interval.duration_s, places.tank_top)
            colour = palette.text if interval.open or state is State.EASY else accent
            if interval.open:
                zone = zone[0], zone[1], zone[2] - 4 * FRAME
            clock = frame(fill, large_digits(context, view.seconds, colour, sides=False, zone=zone))
        else:
            signs: Frame | Iterable[Item]
            if state is State.READY:
                signs = ticks(context, circle, view.seconds, interval.duration_s, accent)
            elif state is State.ROTATE:
                at, side, width = places.squares
                signs = [
                    *arrow_ring(context, circle, view.seconds, interval.duration_s, accent),
                    *squares(context, at, side, width, 0.56 * side, accent),
                ]
            else:
                signs = Frame([ring(context, circle, left, accent)], running.RING_S)
            clock = frame(signs, ring_digits(context, view.seconds, circle, _DIGITS_IN_RING))
        # In portrait the words are beside the clock, so a full tank is behind them.
        background, *words = narrow_head(context, state)
        return frame([background], clock, words, self._progress(palette.text))

    def _progress(self, colour: Colour) -> list[Item]:
        """Return which round it is, or which turn of a single round, and which set; or what a press means."""
        view, interval = self.view, self.view.interval
        if self.context.layout.portrait and self._state() is State.ROTATE and not view.last_seconds:
            # The squares are there. The footer says which round it is.
            return []
        if view.press_means is PressMeans.DONE and interval.works:
            return about_lines(self.context, "Press when", "done", colour)
        if interval.kind is Kind.ROUND_BREAK:
            return about_lines(self.context, f"Round {interval.round}", "done", colour)
        what, number, of = ("Round", interval.round, interval.rounds)
        if interval.rounds == 1:
            what, number, of = "Turn", interval.place + 1, interval.places
        if interval.sets == 1 or interval.moves:
            return about_lines(self.context, what, f"{number} of {of}", colour)
        return about_lines(self.context, what, f"{number}/{of}", colour, f"{interval.set}/{interval.sets}")

    def footer(self, accent: Colour) -> list[Item]:
        view, interval, context = self.view, self.view.interval, self.context
        label, value = time_left(view)
        signs: list[Item] = []
        if interval.works:
            label, value = _coming(view)
            if not value:
                signs = squares(context, *_next_squares(context, label), 0.032, context.palette.text2)
        part = 0.0 if interval.open else part_of_place(interval, self.t_s)
        return [*footer(context, progress_of(view), part, label, value, accent), *signs]


def _coming(view: IntervalView) -> tuple[str, str]:
    """Return the label and the value of what comes next. If everybody moves on, the value is empty."""
    interval, coming = view.interval, view.next
    if coming is None or coming.kind is Kind.ROUND_BREAK or not coming.at_stations or coming.part != interval.part:
        return "Next", next_words(view)
    return ("Next", f"Set {coming.set}") if coming.set > 1 else (MOVE_ON, "")


def _next_squares(context: Context, label: str) -> tuple[Point, float, float]:
    """Return the place of the squares after the footer's label: the top left corner, the side and the width."""
    layout = context.layout
    if layout.portrait:
        left = layout.rx + width_of(context, label, Weight.BOLD, 0.032) + 0.030
        return (left, layout.bottom - 0.041), 0.050, 0.250
    return (layout.rx, _NEXT_TOP), _NEXT_SQUARE, _NEXT_WIDTH
