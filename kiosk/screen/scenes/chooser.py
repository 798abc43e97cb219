"""The chooser: the list of circuits, which moves past the entry on show, and what there is to know about that one."""

from __future__ import annotations

from itertools import islice
from math import ceil

from pygame import Rect

from kiosk.circuit import MOST_LISTED, Amrap, Exercise, ForTime, tasks_of
from kiosk.plural import count_of
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import SMOOTH_S, Frame, Item, fading, frame
from kiosk.screen.figures import FigureMoment, SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import TITLE_BASELINE
from kiosk.screen.scenes import start
from kiosk.screen.widgets.boxes import Area, bar, box, outline
from kiosk.screen.widgets.call import HEIGHT as CARD_HEIGHT
from kiosk.screen.widgets.call import call_top
from kiosk.screen.widgets.circuits import circuits, panel_area
from kiosk.screen.widgets.cue import HOLD_CARD_CAPS, HOLD_CARD_ROOM, hold_card
from kiosk.screen.widgets.form_card import shown_side
from kiosk.screen.widgets.icons import icon
from kiosk.screen.widgets.names import you_need
from kiosk.screen.widgets.panel import PADDING, time_text
from kiosk.screen.widgets.paragraphs import line_items, set_paragraphs
from kiosk.screen.widgets.stage import figure
from kiosk.screen.widgets.text import common_cap, fit, phrase, shortened, text, width_of
from kiosk.screen.widgets.title import title
from kiosk.session import CHOOSER_S
from kiosk.timeline import Timeline
from kiosk.view import ChooserView, StartView

TITLE = "Choose a workout"
_NUMBER_CAP, _PORTRAIT_NUMBER_CAP = 0.060, 0.045
_FIGURE_DOWN, _FIGURE_HEIGHT = 0.015, 0.295
_ABOUT_CAP, _ABOUT_LEAST = 0.042, 0.030
_ABOUT_ABOVE, _NO_FIGURE_DOWN = (0.259, 0.193), (0.075, 0.141)
"""Distances of the baselines from the bottom of the panel, and from its top if there is no figure."""
_NAME_CAP, _NAME_LEAST, _NAME_STEP, _NAMES_GAP = 0.036, 0.028, 0.060, 0.024
"""Cap heights of the names of exercises, the distance of their baselines and the additional gap above them."""
_NEED_HEIGHT = 0.149
"""Height that the equipment takes in the panel. Without equipment the rest moves to the middle."""
_NEED_ABOVE = 0.038
"""Distance of the last baseline of the equipment from the bottom of the panel."""
_BESIDE, _PORTRAIT_FIGURE, _PORTRAIT_PADDING = 0.455, 0.400, 0.024
"""In portrait the words are beside the figure: distance of their left edge from that of the panel, the width of the
figure, and its distance from the top and the bottom of the panel."""
_CARD_GAP, _PORTRAIT_CARD_GAP, _BACK_ROOM = 0.024, 0.016, 0.302
_BACK_CAP = 0.034
_LINE_TOP, _LINE_HEIGHT, _LINE_ABOVE = 0.8145, 0.008, 0.032
"""Top and height of the line that runs out, and in portrait the distance of its top from the cards."""
_ARROW, _ARROW_X, _ARROW_ROOM = 0.030, 0.058, 0.210
_PHONE_HEIGHT, _PHONE_ICON, _PHONE_CAP = 0.195, 0.075, 0.036
"""Height, in portrait width, that the picture of a phone takes in the panel, its radius, and the cap height of the
words below it, in portrait beside it."""
_ABOUT_PHONE = (
    "Make and change workouts on a page, and steer this wall from there.",
    "Nobody else on the network gets in without the number that the wall will show.",
)
_ABOUT_OPEN_PAGE = (
    "The page is open, and somebody uses it.",
    "Hold to see its number, for one more phone, or to close the page.",
)
_FADE = "about the circuit"
"""Fade group of the words in the panel."""


def draw(view: ChooserView, t_s: float, context: Context) -> Frame:
    return frame(
        _head(context, 0 if view.timeline() is None else view.place + 1, len(view.timelines)),
        circuits(context, view, t_s),
        _about(context, view, t_s),
        _cards(context, view),
        _time_left(context, view, t_s),
    )


def figures_ahead(view: ChooserView, context: Context) -> list[SizedFigure]:
    """Return the figure on show, those of its neighbours, and what the start screen shows if the circuit is chosen."""
    here, *neighbours = (view.timeline(by) for by in (0, 1, -1))
    size, ground = _figure_box(context).size, context.palette.surface
    firsts = (_first(one) for one in (here, *neighbours) if one is not None)
    found = [SizedFigure(one.drawn, size, ground) for one in firsts if one is not None and one.drawn is not None]
    if here is None:
        return found
    chosen = StartView(here.circuit, here.known_s, view.entries, 0, False, None, here.parts)
    return [*found, *start.figures_ahead(chosen, context)[:1]]


def about(timeline: Timeline) -> tuple[str, ...]:
    """Return one or two lines about a circuit: how much there is to do, and for how long."""
    circuit, several = timeline.circuit, len(timeline.circuit.exercises) > 1
    exercises = count_of(len(circuit.exercises), "exercise")
    if timeline.parts:
        return count_of(len(timeline.parts), "part"), exercises
    first = count_of(len(timeline.briefed), "station") if timeline.briefed else exercises
    if isinstance(circuit.content, Amrap):
        # One line is too short for these words.
        return "As many rounds", "as you can"
    if isinstance(circuit.content, ForTime):
        return first, "As fast as you can"
    work = [] if circuit.work_s is None else [time_text(ceil(circuit.work_s)) + (" each" if several else "")]
    rounds = [count_of(circuit.rounds, "round")] if circuit.rounds > 1 else []
    then = ", ".join([*work, *rounds])
    return (first, then) if then else (first,)


def _first(timeline: Timeline) -> Exercise | None:
    """Return the first exercise that has a figure."""
    return next((one for one in timeline.circuit.exercises if one.drawn is not None), None)


@cached
def _head(context: Context, number: int, count: int) -> list[Item]:
    """Return the title and the number of the circuit on show, of `count`; 0 if it is no circuit."""
    words, layout = f"{number} of {count}", context.layout
    at, cap = (layout.x1, TITLE_BASELINE), _PORTRAIT_NUMBER_CAP if layout.portrait else _NUMBER_CAP
    room = layout.fw - width_of(context, f"{count} of {count}", Weight.BOLD, cap) - 0.045
    place = text(context, words, Weight.BOLD, cap, context.palette.text2, at, align="right")
    return [*title(context, TITLE, width=room), *([place] if number else [])]


# --- the panel --------------------------------------------------------------------------------------------------------


def _about(context: Context, view: ChooserView, t_s: float) -> Frame:
    timeline, palette = view.timeline(), context.palette
    if timeline is None:
        return frame(_panel(context), _about_phone(context, view.in_use))
    things, lines, done = timeline.circuit.equipment, about(timeline), _first(timeline)
    if done is None or done.drawn is None:
        return frame(_panel(context), _words_only(context, lines, _to_do(context, timeline), things))
    place = _figure_box(context, down=0.0 if things else _NEED_HEIGHT / 2)
    moment = FigureMoment(done.drawn, t_s, place.size, palette.work, shown_side(done), ground=palette.surface)
    picture = figure(context, moment, place.topleft)
    return frame(_panel(context), picture, fading(_about_words(context, lines, things, _beside_figure(context)), _FADE))


@cached
def _about_phone(context: Context, in_use: bool) -> list[Item]:
    """Return what the entry for a phone is, and who gets in."""
    layout, palette, (x, y, width, height) = context.layout, context.palette, panel_area(context.layout)
    words = _ABOUT_OPEN_PAGE if in_use else _ABOUT_PHONE
    if layout.portrait:
        beside = PADDING + _PHONE_HEIGHT
        across, top = (x + beside, width - beside - PADDING), y + PADDING
        centre = (x + PADDING + _PHONE_HEIGHT / 2, y + height / 2)
    else:
        across, top = (x + PADDING, width - 2 * PADDING), y + _FIGURE_DOWN + _PHONE_HEIGHT
        centre = (x + width / 2, y + _FIGURE_DOWN + _PHONE_HEIGHT / 2)
    room = y + height - PADDING - top
    setting = set_paragraphs(context, words, across[1], room, most=_PHONE_CAP, least=_NAME_LEAST, gap=0.7)
    first = top + (room - setting.height) / 2 + setting.cap
    items = [icon(context, "phone", centre, _PHONE_ICON, palette.work)]
    for colour, lines, down in zip((palette.text, palette.text2), setting.paragraphs, setting.offsets, strict=False):
        items += line_items(context, lines, setting.cap, colour, (across[0], first + down), across[1])
    return fading(items, _FADE)


def _to_do(context: Context, timeline: Timeline) -> tuple[str, ...]:
    """Return the exercises of a circuit with their amounts, each once."""

    def make() -> tuple[Timeline, tuple[str, ...]]:
        tasks = islice(tasks_of(timeline.circuit.content), MOST_LISTED)
        return timeline, tuple(dict.fromkeys(task.words for task in tasks))

    # The cached value keeps the timeline alive, so its id stays unique.
    return context.cached(("to do", id(timeline)), make)[1]


def _figure_box(context: Context, down: float = 0.0) -> Rect:
    """Return the figure's box, in pixels; `down` is how far it is moved down in landscape without equipment."""
    layout, (x, y, width, height) = context.layout, panel_area(context.layout)
    if layout.portrait:
        tall = height - 2 * _PORTRAIT_PADDING
        return layout.rect(x + PADDING, y + _PORTRAIT_PADDING, _PORTRAIT_FIGURE, tall)
    return layout.rect(x + PADDING, y + _FIGURE_DOWN + down, width - 2 * PADDING, _FIGURE_HEIGHT)


@cached
def _panel(context: Context) -> list[Item]:
    return [box(context, panel_area(context.layout), context.palette.surface, 0.030)]


@cached
def _about_words(
    context: Context, lines: tuple[str, ...], things: tuple[str, ...], across: tuple[float, float]
) -> list[Item]:
    """Return the lines about the circuit and its equipment, in portrait in the middle of the panel's height.

    `across` is their left edge and the room for them.
    """
    (_, y, _, height), above = panel_area(context.layout), _ABOUT_ABOVE[-len(lines) :]
    if context.layout.portrait:
        bottom = y + (height + above[0] + _ABOUT_CAP + (_NEED_ABOVE if things else above[-1])) / 2
    else:
        bottom = y + height + (0.0 if things else _NEED_HEIGHT / 2)
    baselines = tuple(bottom - distance for distance in above)
    need = you_need(context, things, bottom=bottom, left=across[0], right=sum(across))
    return [*_lines(context, lines, baselines, across), *need]


def _beside_figure(context: Context) -> tuple[float, float]:
    """Return the left edge of the words below the figure, in portrait beside it, and the room for them."""
    x, _, width, _ = panel_area(context.layout)
    indent = _BESIDE if context.layout.portrait else PADDING
    return x + indent, width - indent - PADDING


@cached
def _words_only(
    context: Context, lines: tuple[str, ...], names: tuple[str, ...], things: tuple[str, ...]
) -> list[Item]:
    """Return the words in the panel if no exercise has a figure.

    The exercises are listed below the lines, in portrait beside them.
    """
    x, top, width, height = panel_area(context.layout)
    x += PADDING
    if context.layout.portrait:
        items = _about_words(context, lines, things, (x, _PORTRAIT_FIGURE))
        x, room = _beside_figure(context)
        fitting = int((height - 2 * PADDING) / _NAME_STEP)
        baseline = top + (height - (min(len(names), fitting) - 1) * _NAME_STEP + _NAME_CAP) / 2
    else:
        baselines = tuple(top + down for down in _NO_FIGURE_DOWN[: len(lines)])
        room, items = width - 2 * PADDING, _lines(context, lines, baselines, (x, width - 2 * PADDING))
        items += you_need(context, things, bottom=top + height)
        baseline = baselines[-1] + _NAMES_GAP + _NAME_STEP
        bottom = top + height - PADDING - (_NEED_HEIGHT if things else 0.0)
        fitting = 1 + int((bottom - baseline) / _NAME_STEP)
    shown = list(names) if len(names) <= fitting else [*names[: fitting - 1], f"and {len(names) - fitting + 1} more"]
    for name in shown:
        words, cap = fit(context, (name,), Weight.BOLD, _NAME_CAP, _NAME_LEAST, room)
        if cap < _NAME_LEAST:
            cap, words = _NAME_LEAST, shortened(context, name, Weight.BOLD, _NAME_LEAST, room)
        items.append(text(context, words, Weight.BOLD, cap, context.palette.text2, (x, baseline), width=room))
        baseline += _NAME_STEP
    return fading(items, _FADE)


def _lines(
    context: Context, lines: tuple[str, ...], baselines: tuple[float, ...], across: tuple[float, float]
) -> list[Item]:
    (x, room), colour = across, context.palette.text
    cap = common_cap(context, lines, Weight.BOLD, _ABOUT_CAP, _ABOUT_LEAST, room)
    return [
        text(context, line, Weight.BOLD, cap, colour, (x, baseline), width=room)
        for line, baseline in zip(lines, baselines, strict=False)
    ]


# --- what the button does, and for how long ---------------------------------------------------------------------------


def _cards(context: Context, view: ChooserView) -> list[Item]:
    narrow, (left, right) = context.layout.narrow, _card_areas(context)
    width = left[2]
    rest = "skip or back" if view.skip_and_back else "for next" if narrow else "for the next"
    room = width - (_ARROW_ROOM if view.skip_and_back else HOLD_CARD_ROOM)
    caps = [
        common_cap(context, (words,), Weight.BLACK, *HOLD_CARD_CAPS, wide)
        for words, wide in ((f"Press {rest}", room), ("Hold to choose", width - HOLD_CARD_ROOM))
    ]
    part = 0.0 if view.hold is None else view.hold.fraction
    accent = context.palette.work
    # As soon as the press may become a hold, the card of the hold shows it.
    pressed = view.pressed and view.hold is None
    return [
        *_press_card(context, left, rest, room, min(caps), pressed, view.skip_and_back),
        *hold_card(context, right, "Hold", "to choose", part, ring=True, accent=accent, most=min(caps)),
    ]


def _card_areas(context: Context) -> tuple[Area, Area]:
    """Return the places of the two cards: side by side, in portrait one above the other."""
    layout, top = context.layout, call_top(context, note=False)
    if layout.portrait:
        above = top - _PORTRAIT_CARD_GAP - CARD_HEIGHT
        return (layout.x0, above, layout.fw, CARD_HEIGHT), (layout.x0, top, layout.fw, CARD_HEIGHT)
    width = (layout.fw - _CARD_GAP - (0.0 if layout.narrow else _BACK_ROOM)) / 2
    return (layout.x0, top, width, CARD_HEIGHT), (layout.x0 + width + _CARD_GAP, top, width, CARD_HEIGHT)


@cached
def _press_card(
    context: Context, area: Area, rest: str, room: float, cap: float, pressed: bool, arrows: bool
) -> list[Item]:
    palette, (x, y, width, height) = context.palette, area
    accent, middle = palette.work, y + height / 2
    if not arrows:
        card = hold_card(context, area, "Press", rest, accent=accent, most=cap, glow=0.7 if pressed else 1.0)
    else:
        lead, then = ("Press", Weight.BLACK, accent), (rest, Weight.BOLD, palette.text)
        card = [
            box(context, area, palette.surface2, 0.025),
            icon(context, "left", (x + _ARROW_X, middle), _ARROW, accent),
            icon(context, "right", (x + width - _ARROW_X, middle), _ARROW, accent),
            *phrase(context, lead, then, cap, (x + _ARROW_ROOM / 2, middle + cap / 2), room),
        ]
    return [*card, outline(context, area, accent, 0.005, 0.025)] if pressed else card


def _time_left(context: Context, view: ChooserView, t_s: float) -> Frame:
    """Return the seconds until the start screen is back, on a narrow or tall screen a line that runs out."""
    layout, palette = context.layout, context.palette
    if not layout.narrow and not layout.portrait:
        at = (layout.x1, call_top(context, note=False) + CARD_HEIGHT / 2 + _BACK_CAP / 2)
        words = f"Back in {view.seconds} s"
        room = _BACK_ROOM - _CARD_GAP
        return Frame([text(context, words, Weight.BOLD, _BACK_CAP, palette.text2, at, width=room, align="right")])
    top = _card_areas(context)[0][1] - _LINE_ABOVE if layout.portrait else _LINE_TOP
    whole = layout.rect(layout.x0, top, layout.fw, _LINE_HEIGHT)
    left = 1.0 if view.pressed else 1.0 - t_s / CHOOSER_S
    return Frame(bar(context, whole, left, whole.height // 2), max(SMOOTH_S, CHOOSER_S / max(1, whole.width)))
