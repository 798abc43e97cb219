"""The start screen: the circuit, and a tour of its exercises. Each is shown in the list, then as a form card."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from pygame import Rect

from kiosk.circuit import Circuit, Exercise
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.entry_words import about_circuit
from kiosk.screen.figures import SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.layout import TITLE_BASELINE
from kiosk.screen.scenes.running import stage_box
from kiosk.screen.scenes.start_list import card_prefix, list_height, only_names, tour_list
from kiosk.screen.widgets.call import call_to_action, call_top, note_fits
from kiosk.screen.widgets.form_card import card_figure, figure_box, form_card, shown_side
from kiosk.screen.widgets.name_stage import is_name_only, name_stage
from kiosk.screen.widgets.names import flow
from kiosk.screen.widgets.stage import stage
from kiosk.screen.widgets.text import DOT, text, width_of
from kiosk.screen.widgets.title import STEP, broken, title, title_lines
from kiosk.timeline import Part
from kiosk.view import StartView

META_BASELINE = 0.192
TOUR_TOP, TOUR_BOTTOM = 0.240, 0.795
_META_CAP, _META_LEAST = 0.036, 0.030
_CLOCK_CAP = 0.060
_CALL, _CHOOSE = "Press the button to start", ("Hold to choose a workout", "Hold to choose")
_YOU_NEED = "You need: "
_NEEDS_SIZES = ((_META_CAP, 1), (0.033, 1), (_META_LEAST, 1), (_META_LEAST, 2))
"""Sizes of the equipment in lines of its own: cap height, in H (the screen's height), and maximum number of lines."""
_NEEDS_STEP = 0.054
_BESIDE_GAP = 0.060
_PORTRAIT_LIST = 0.50
"""Maximum part of the height that the list may take from the figure above it in portrait."""
_PORTRAIT_GAP = 0.040
_WORD_GAP = 0.36
"""Width of a space, in cap heights."""


def draw(view: StartView, t_s: float, context: Context) -> Frame:
    exercise, accent, needs = view.circuit.exercises[view.place], context.palette.work, _needs(context, view)
    width = context.layout.fw
    if view.clock is not None:
        width -= width_of(context, view.clock, Weight.BOLD, _CLOCK_CAP) + 0.045
    if view.card:
        prefix = card_prefix(view)
        heading = title(context, exercise.name, exercise.short, prefix=prefix, accent=accent, width=width)
        shown, figure = form_card(context, exercise, accent), card_figure(context, exercise, t_s, accent)
    else:
        heading = _name(context, view.circuit, width)
        top, bottom = _list_top(context, view, needs), _tour_bottom(context)
        shown = [
            *_meta(context, *about(view.circuit, view.total_s, view.parts), needs),
            *tour_list(context, view, top, bottom, accent),
        ]
        figure = Frame([])
        if not only_names(view.circuit.exercises):
            figure = _stage(context, view, t_s, needs)
    note = needs.note if view.circuits == 1 else _CHOOSE[not note_fits(context, _CALL, _CHOOSE[0])]
    return frame(
        _clock(context, view.clock), heading, shown, figure, call_to_action(context, _CALL, note=note, t_s=t_s)
    )


def screen(view: StartView) -> Hashable:
    """Return the value of `Scene.screen`. Each exercise has two screens, the list and its form card."""
    return view.circuit.id, view.place, view.card


def figures_ahead(view: StartView, context: Context) -> list[SizedFigure]:
    """Return the figures that the tour shows next, then the first exercise's figure, which a press shows at once."""
    exercises = view.circuit.exercises
    here, then = exercises[view.place], exercises[(view.place + 1) % len(exercises)]
    needs = _needs(context, view)
    boxes = [
        (here, _list_box(context, view, here, needs)),
        (here, figure_box(context, here)),
        (then, _list_box(context, view, then, needs)),
        (exercises[0], stage_box(context, exercises[0])),
    ]
    return [SizedFigure(one.drawn, box.size) for one, box in boxes[view.card :] if one.drawn is not None]


def about(circuit: Circuit, total_s: float, parts: tuple[Part, ...] = ()) -> tuple[str, str]:
    """Return a line about the circuit, and a shorter line for narrow screens."""
    words = about_circuit(circuit, total_s, parts)
    # How long each exercise is can be seen while it runs.
    return DOT.join(words), DOT.join([words[0], *words[2:]] if len(words) > 3 else words)


# --- the equipment ----------------------------------------------------------------------------------------------------


class _Needs(NamedTuple):
    """The equipment, where there is room: in the call to action, or beside or below the line about the circuit."""

    note: str = ""
    beside: str = ""
    below: tuple[str, ...] = ()
    cap: float = _META_CAP
    """Cap height of the lines in `below`, in H."""
    down: float = 0.0
    """Distance, in H, by which a second line of the title moves everything down."""

    @property
    def tour_top(self) -> float:
        return TOUR_TOP + self.down + _NEEDS_STEP * len(self.below)


def _needs(context: Context, view: StartView) -> _Needs:
    circuit, several = view.circuit, view.circuits > 1
    # Hashing a circuit is too slow for every frame. The cached value keeps the circuit alive, so its id stays unique.
    _, needs = context.cached(("needs", id(circuit), several), lambda: (circuit, _place_needs(context, view)))
    if context.layout.portrait:
        return needs._replace(down=STEP * (len(broken(context, circuit.name, _name_width(context))) - 1))
    return needs


def _name(context: Context, circuit: Circuit, width: float) -> list[Item]:
    if context.layout.portrait:
        return title_lines(context, circuit.name, _name_width(context))
    return title(context, circuit.name, width=width)


def _name_width(context: Context) -> float:
    """Return the width of the circuit's name in portrait. It leaves room for any time, so that no time moves it."""
    return context.layout.fw - width_of(context, "00:00", Weight.BOLD, _CLOCK_CAP) - 0.045


def _place_needs(context: Context, view: StartView) -> _Needs:
    things, line = view.circuit.equipment, about(view.circuit, view.total_s, view.parts)[0]
    if not things:
        return _Needs()
    words, room = f"{_YOU_NEED}{' + '.join(things)}", context.layout.fw
    if view.circuits == 1 and note_fits(context, _CALL, words):
        return _Needs(note=words)
    if sum(width_of(context, one, Weight.BOLD, _META_CAP) for one in (line, words)) + _BESIDE_GAP <= room:
        return _Needs(beside=words)
    first, *others = [*(f"{thing} +" for thing in things[:-1]), things[-1]]
    cap, names = flow(context, [_YOU_NEED + first, *others], room, _NEEDS_SIZES, gap=_WORD_GAP, number="{} more".format)
    lines = [" ".join(one.words for one in names if one.row == row) for row in range(names[-1].row + 1)]
    return _Needs(below=tuple(lines), cap=cap)


# --- the parts of the list --------------------------------------------------------------------------------------------


def _tour_bottom(context: Context) -> float:
    return call_top(context) - 0.050 if context.layout.portrait else TOUR_BOTTOM


def _list_top(context: Context, view: StartView, needs: _Needs) -> float:
    """Return the top of the list. In portrait the list is below the figure, and as high as its rows need."""
    circuit = view.circuit
    if not context.layout.portrait or only_names(circuit.exercises):
        return needs.tour_top
    bottom = _tour_bottom(context)
    # Hashing a circuit is too slow for every frame. The cached value keeps the circuit alive, so its id stays unique.
    _, high = context.cached(("height of list", id(circuit)), lambda: (circuit, list_height(view)))
    return bottom - min(high, _PORTRAIT_LIST * (bottom - needs.tour_top))


def _stage_bottom(context: Context, view: StartView, needs: _Needs) -> float:
    return _list_top(context, view, needs) - _PORTRAIT_GAP if context.layout.portrait else TOUR_BOTTOM


def _stage(context: Context, view: StartView, t_s: float, needs: _Needs) -> Frame:
    exercise, accent = view.circuit.exercises[view.place], context.palette.work
    if not is_name_only(exercise):
        room = _list_box(context, view, exercise, needs)
        return stage(context, exercise, t_s, room, accent, side=shown_side(exercise))
    layout, top = context.layout, needs.tour_top
    area = (layout.x0, top, layout.lw, _stage_bottom(context, view, needs) - top)
    return Frame(name_stage(context, exercise.name, area, area[3], accent))


def _list_box(context: Context, view: StartView, exercise: Exercise, needs: _Needs) -> Rect:
    layout, top = context.layout, needs.tour_top
    height = _stage_bottom(context, view, needs) - top
    if exercise.picture is not None:
        # A picture of the size that it has during work need not be drawn twice.
        size, room = stage_box(context, exercise).size, layout.rect(layout.x0, top, layout.lw, height)
        return Rect(room.topleft, size) if size[1] <= room.height and not layout.portrait else room
    return layout.rect(layout.x0 - 0.010, top - 0.005, layout.lw + 0.020, height)


@cached
def _meta(context: Context, long: str, short: str, needs: _Needs) -> list[Item]:
    """Return the line about the circuit, and its equipment unless the call to action has that."""
    layout, colour, weight = context.layout, context.palette.text2, Weight.BOLD
    items, room, baseline = [], layout.fw, META_BASELINE + needs.down
    at = layout.x0, baseline
    if needs.beside:
        end = (layout.x1, baseline)
        items.append(text(context, needs.beside, weight, _META_CAP, colour, end, align="right"))
        room -= width_of(context, needs.beside, weight, _META_CAP) + _BESIDE_GAP
    items.append(text(context, long, weight, _META_CAP, colour, at, width=room, least=_META_LEAST, instead=(short,)))
    for place, line in enumerate(needs.below, 1):
        at = (layout.x0, baseline + place * _NEEDS_STEP)
        items.append(text(context, line, weight, needs.cap, colour, at, width=layout.fw))
    return items


@cached
def _clock(context: Context, clock: str | None) -> list[Item]:
    if clock is None:
        return []
    at = (context.layout.x1, TITLE_BASELINE)
    return [text(context, clock, Weight.BOLD, _CLOCK_CAP, context.palette.text2, at, align="right")]
