"""Stations: a tile for each one and a panel with the clock. All groups work at the same time, then all move on."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from math import inf
from typing import NamedTuple

from kiosk.circuit import Tasks
from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.figures import FigureMoment, Loop, SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import Layout
from kiosk.screen.scenes import running
from kiosk.screen.scenes.running import TIME_LEFT, hold_words
from kiosk.screen.theme import State
from kiosk.screen.widgets.boxes import box, outline
from kiosk.screen.widgets.cue import card_area
from kiosk.screen.widgets.footer import Progress, footer
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.panel import Zone, large_digits, last_digits, ring_digits, tank, time_text
from kiosk.screen.widgets.ring import Circle, ring, ticks
from kiosk.screen.widgets.rotate import arrow_heads, arrow_ring, squares
from kiosk.screen.widgets.stage import figure
from kiosk.screen.widgets.text import common_cap, text
from kiosk.screen.widgets.tiles import BOTTOM, TOP, Athlete, Tiles, tiles
from kiosk.timeline import Interval, Kind
from kiosk.view import CountInView, IntervalView, PressMeans

MOVE_ON = "Next: move on"
_PANEL, _NARROW_PANEL = 0.440, 0.360
_GUTTER = 0.030
_HEAD_CAP, _NARROW_HEAD_CAP = 0.045, 0.036
_HEAD_Y, _TANK_TOP, _DIGITS_Y, _RING_Y = 0.118, 0.165, 0.405, 0.340
_RADIUS, _STROKE = 0.150, 0.040
_DIGITS_IN_RING = 0.80
_SQUARE, _SQUARE_PART, _SQUARES_Y = 0.080, 0.22, 0.578
_ABOUT_CAP, _ABOUT_BASELINE, _VALUE_CAP, _VALUE_BASELINE = 0.036, 0.672, 0.062, 0.757
_PAD = 0.030
_PANEL_RADIUS, _BORDER = 0.030, 0.010
_NEXT_SQUARE, _NEXT_WIDTH, _NEXT_TOP = 0.066, 0.290, 0.892
_HINT_BASELINE = 0.924
_SOON_S = 8
"""Time before the end of the stations from which the figure that follows is more urgent than the next athlete."""
_SETTLED_S = 0.5
"""A time before a change at which the digit is not popping. In the count-in, no digit pops."""


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
    here = tile_figures(context, interval.stations)
    t_s = view.seconds if interval.open else interval.duration_s - view.seconds
    turn = _turn(desk, tiles(desk, interval.stations, desk.palette.work).athletes, view.shown_s + t_s)
    first = 0 if turn is None else turn.place
    follow = () if view.next is None else view.next.stations
    if len(follow) > 1:
        later, soon = tile_figures(context, follow), False
    else:
        later, soon = running.figures_ahead(view, context), view.seconds <= _SOON_S
    ahead = [*here[first:], *here[:first]]
    return list(dict.fromkeys([*ahead[:1], *later, *ahead[1:]] if soon else [*ahead, *later]))


def tile_figures(context: Context, stations: tuple[Tasks, ...]) -> list[SizedFigure]:
    """Return the figures of the tiles in number order, with the sizes of their boxes."""
    desk = beside_tiles(context)
    athletes = tiles(desk, stations, desk.palette.work).athletes
    return [SizedFigure(one.figure, one.box_px, desk.palette.surface) for one in athletes]


def beside_tiles(context: Context) -> Context:
    """Return the context for a screen with tiles and a narrow panel, with a layout and a cache of its own."""
    layout = context.cached((beside_tiles, "layout"), lambda: _with_panel(context.layout))
    return replace(context, layout=layout, cache=context.cached((beside_tiles, "cache"), dict))


def _with_panel(layout: Layout) -> Layout:
    other = copy(layout)
    other.rc = _NARROW_PANEL if layout.narrow else _PANEL
    other.rx = layout.x1 - other.rc
    other.lw = other.rx - _GUTTER - layout.x0
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
            athletes(self.context, shown, accent, None if interval.moves else view.shown_s + self.t_s),
            arrow_heads(self.context, shown, self.t_s, accent) if moves else [],
        )
        below, hint = self.footer(accent), hold_words(self.context, view.hold)
        if hint:
            card = self.context.layout.rect(*card_area(self.context))
            below = [item for item in below if not item.rect.colliderect(card)]
        return frame(left, self._panel(state), below, hint)

    def counting_in(self, seconds: int, words: str) -> Frame:
        accent, zone = self.context.palette.ready, _zone(self.context, seconds)
        shown, view = tiles(self.context, self.view.interval.stations, accent), self.view
        return frame(
            shown.items,
            athletes(self.context, shown, accent, None),
            _head(self.context, State.READY, filled=True),
            last_digits(self.context, seconds, _SETTLED_S, sides=False, zone=zone),
            _about(self.context, words, f"{time_text(view.seconds)} left", self.context.palette.ink),
            self.footer(accent),
        )

    def _state(self) -> State:
        interval = self.view.interval
        if interval.works:
            return State.WORK
        if self.view.last_seconds or interval.kind is Kind.GET_READY:
            return State.READY
        if interval.kind is Kind.ROUND_BREAK:
            return State.BREAK
        return State.ROTATE if interval.moves else State.REST

    def _panel(self, state: State) -> Frame:
        view, context, interval = self.view, self.context, self.view.interval
        palette, accent, zone = context.palette, state.accent(context.palette), _zone(context, view.seconds)
        left_s = interval.duration_s - self.t_s
        if view.last_seconds and not interval.open:
            return frame(
                _head(context, state, filled=True),
                last_digits(context, view.seconds, left_s, sides=False, zone=zone),
                self._progress(palette.ink),
            )
        left, circle = min(1.0, max(0.0, left_s / interval.duration_s)), _circle(context)
        if state is State.WORK:
            # What a press ends has a frame instead of a tank, because nothing runs out.
            fill = _border(context, accent) if interval.open else tank(context, left, interval.duration_s, _TANK_TOP)
            colour = palette.text if interval.open else accent
            if interval.open:
                zone = zone[0], zone[1], zone[2] - 4 * _BORDER
            clock = frame(fill, large_digits(context, view.seconds, colour, sides=False, zone=zone))
        else:
            signs: Frame | Iterable[Item]
            if state is State.READY:
                signs = ticks(context, circle, view.seconds, interval.duration_s, accent)
            elif state is State.ROTATE:
                width = context.layout.rc - 2 * _PAD
                side = min(_SQUARE, _SQUARE_PART * width)
                at = (context.layout.rx + _PAD, _SQUARES_Y - side / 2)
                signs = [
                    *arrow_ring(context, circle, view.seconds, interval.duration_s, accent),
                    *squares(context, at, side, width, 0.56 * side, accent),
                ]
            else:
                signs = Frame([ring(context, circle, left, accent)], running.RING_S)
            clock = frame(signs, ring_digits(context, view.seconds, circle, _DIGITS_IN_RING))
        return frame(_head(context, state), clock, self._progress(palette.text))

    def _progress(self, colour: Colour) -> list[Item]:
        """Return which round it is, or which turn of a single round, and which set; or what a press means."""
        view, interval = self.view, self.view.interval
        if view.press_means is PressMeans.DONE and interval.works:
            return _about(self.context, "Press when", "done", colour)
        if interval.kind is Kind.ROUND_BREAK:
            return _about(self.context, f"Round {interval.round}", "done", colour)
        what, number, of = ("Round", interval.round, interval.rounds)
        if interval.rounds == 1:
            what, number, of = "Turn", interval.place + 1, interval.places
        if interval.sets == 1 or interval.moves:
            return _about(self.context, what, f"{number} of {of}", colour)
        return _about(self.context, what, f"{number}/{of}", colour, f"{interval.set}/{interval.sets}")

    def footer(self, accent: Colour) -> list[Item]:
        view, interval, context = self.view, self.view.interval, self.context
        label, value = TIME_LEFT, f"{view.minutes_left} min"
        signs: list[Item] = []
        if interval.works:
            label, value = _next_words(interval, view.next)
            if not value:
                at = (context.layout.rx, _NEXT_TOP)
                signs = squares(context, at, _NEXT_SQUARE, _NEXT_WIDTH, 0.032, context.palette.text2)
        round_ = interval.round + 1 if interval.kind is Kind.ROUND_BREAK else interval.round
        progress = Progress(interval.rounds, interval.places, round_, interval.place)
        part = 0.0 if interval.open else running.part_of_place(interval, self.t_s)
        return [*footer(context, progress, part, label, value, accent), *signs]


def _next_words(interval: Interval, coming: Interval | None) -> tuple[str, str]:
    """Return the label and the value of what comes next. If everybody moves on, the value is empty."""
    if coming is None:
        return "Next", "Finish"
    if coming.kind is Kind.ROUND_BREAK:
        return "Next", "Round break"
    if len(coming.stations) > 1 and coming.part == interval.part:
        if coming.set > 1:
            return "Next", f"Set {coming.set}"
        return MOVE_ON, ""
    return "Next", coming.exercise.short


# --- the panel --------------------------------------------------------------------------------------------------------


@cached
def _head(context: Context, state: State, *, filled: bool = False) -> list[Item]:
    """Return the panel with the state's icon and word. `filled` is for the last seconds."""
    layout, accent = context.layout, state.accent(context.palette)
    background, colour = (accent, context.palette.ink) if filled else (context.palette.surface, accent)
    cap = _NARROW_HEAD_CAP if layout.narrow else _HEAD_CAP
    x = layout.rx + _PAD + 1.50 * cap
    at, room = (x - 0.95 * cap, _HEAD_Y), layout.x1 - _PAD - x
    return [
        box(context, (layout.rx, TOP, layout.rc, BOTTOM - TOP), background, _PANEL_RADIUS),
        icon(context, state.icon, at, 0.52 * cap, colour),
        text(context, state.word, Weight.BLACK, cap, colour, (x, _HEAD_Y + cap / 2), width=room, tracking=0.05),
    ]


@cached
def _border(context: Context, accent: Colour) -> list[Item]:
    area = context.layout.rx, TOP, context.layout.rc, BOTTOM - TOP
    return [outline(context, area, accent, _BORDER, _PANEL_RADIUS)]


@cached
def _about(context: Context, what: str, value: str, colour: Colour, sets: str = "") -> list[Item]:
    """Return two lines at the bottom of the panel, and the set at their right if there is more than one."""
    layout = context.layout
    left, right, width = layout.rx + _PAD, layout.x1 - _PAD, layout.rc - 2 * _PAD
    room = (width - 0.030) / 2 if sets else width
    cap = common_cap(context, (value, sets), Weight.BLACK, _VALUE_CAP, 0.0, room)
    items = [
        text(context, what, Weight.BOLD, _ABOUT_CAP, colour, (left, _ABOUT_BASELINE), width=room),
        text(context, value, Weight.BLACK, cap, colour, (left, _VALUE_BASELINE), width=room),
    ]
    if sets:
        left = right - room
        items.append(text(context, "Set", Weight.BOLD, _ABOUT_CAP, colour, (left, _ABOUT_BASELINE), width=room))
        items.append(text(context, sets, Weight.BLACK, cap, colour, (left, _VALUE_BASELINE), width=room))
    return items


def _circle(context: Context) -> Circle:
    layout = context.layout
    radius = min(_RADIUS, layout.rc / 2 - _PAD - _STROKE / 2)
    return Circle((layout.rx + layout.rc / 2, _RING_Y), radius, _STROKE)


def _zone(context: Context, seconds: int) -> Zone:
    layout = context.layout
    margin = (0.6 if seconds < 100 else 1.0) * _PAD
    return (layout.rx + layout.rc / 2, _DIGITS_Y), min(0.350, layout.rc / 1.78), layout.rc - 2 * margin


# --- the athletes -----------------------------------------------------------------------------------------------------


class _Turn(NamedTuple):
    """The place of the athlete who moves, the figure's loop, and for how many seconds it has moved."""

    place: int
    loop: Loop
    into_s: float


def athletes(context: Context, shown: Tiles, accent: Colour, t_s: float | None) -> Frame:
    """Return the athletes. They move one after the other, each for one loop. Without a `t_s` all stand still."""
    if t_s is None or (turn := _turn(context, shown.athletes, t_s)) is None:
        return _standing(context, shown.athletes, accent)
    others = shown.athletes[: turn.place] + shown.athletes[turn.place + 1 :]
    one, ground = shown.athletes[turn.place], context.palette.surface
    moment = FigureMoment(one.figure, turn.loop.key_s + turn.into_s, one.box_px, accent, ground=ground)
    left_s = turn.loop.duration_s - turn.into_s
    return frame(_standing(context, others, accent), figure(context, moment, one.topleft), Frame([], left_s))


def _turn(context: Context, of: tuple[Athlete, ...], t_s: float) -> _Turn | None:
    loops = [context.figures.loop(one.figure) for one in of]
    lengths_s = [0.0 if loop is None else loop.duration_s for loop in loops]
    into_s = t_s % sum(lengths_s) if any(lengths_s) else 0.0
    for place, loop in enumerate(loops):
        if loop is not None and into_s < loop.duration_s:
            return _Turn(place, loop, into_s)
        into_s -= lengths_s[place]
    return None


def _standing(context: Context, of: tuple[Athlete, ...], accent: Colour) -> Frame:
    """Return athletes that stand still. Their items are made once, because a dozen of them would cost every frame."""
    key = (_standing, of, accent)
    found: Frame | None = context.cache.get(key)
    if found is None:
        figures, ground = context.figures, context.palette.surface
        keys_s = [loop.key_s if (loop := figures.loop(one.figure)) else 0.0 for one in of]
        moments = [
            FigureMoment(one.figure, key_s, one.box_px, accent, ground=ground, still=True)
            for one, key_s in zip(of, keys_s, strict=True)
        ]
        found = frame(*(figure(context, moment, one.topleft) for one, moment in zip(of, moments, strict=True)))
        if found.items and found.stays_s == inf:
            context.cache[key] = found
    return found
