"""The start screen: the circuit, and a tour of its exercises, each first in the list and then as a form card."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from pygame import Rect

from kiosk.circuit import Circuit, Exercise
from kiosk.look import minutes
from kiosk.plural import count_of
from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.figures import SizedFigure
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, cached
from kiosk.screen.layout import TITLE_BASELINE
from kiosk.screen.scenes.running import stage_box
from kiosk.screen.widgets.call import call_to_action, note_fits
from kiosk.screen.widgets.flow import flow
from kiosk.screen.widgets.form_card import card_figure, figure_box, form_card, shown_side
from kiosk.screen.widgets.rows import rows
from kiosk.screen.widgets.stage import stage
from kiosk.screen.widgets.text import text, width_of
from kiosk.screen.widgets.title import title
from kiosk.session import HAIR_S
from kiosk.view import StartView

META_BASELINE = 0.192
TOUR_TOP, TOUR_HEIGHT = 0.240, 0.555
_META_CAP, _META_LEAST = 0.036, 0.030
_CLOCK_CAP = 0.060
_DOT = "  ·  "
_CALL, _NEXT_CIRCUIT = "Press the button to start", "Hold: next circuit"
_YOU_NEED = "You need: "
_NEEDS_SIZES = ((_META_CAP, 1), (0.033, 1), (_META_LEAST, 1), (_META_LEAST, 2))
"""Cap heights of the equipment in lines of its own, and numbers of lines."""
_NEEDS_STEP = 0.054
_BESIDE_GAP = 0.060
_WORD_GAP = 0.36
"""Width of a space, in caps."""


def draw(view: StartView, t_s: float, kit: Kit) -> Frame:
    note = _NEXT_CIRCUIT if view.circuits > 1 else _needs(kit, view).note
    return frame(
        _clock(kit, view.clock),
        _card(kit, view) if view.card else _circuit(kit, view),
        _figure(kit, view, t_s),
        call_to_action(kit, _CALL, note=note, t_s=t_s),
    )


def _card(kit: Kit, view: StartView) -> list[Item]:
    exercise, accent = _exercise(view), kit.palette.work
    width = kit.layout.fw - _clock_width(kit, view.clock)
    return [
        *title(kit, exercise.name, exercise.short, prefix=str(view.place + 1), accent=accent, width=width),
        *form_card(kit, exercise, accent),
    ]


def _circuit(kit: Kit, view: StartView) -> list[Item]:
    width = kit.layout.fw - _clock_width(kit, view.clock)
    return [
        *title(kit, view.circuit.name, width=width),
        *_meta(kit, *about(view.circuit, view.total_s), _needs(kit, view)),
        *_list(kit, view),
    ]


def _figure(kit: Kit, view: StartView, t_s: float) -> Frame:
    exercise, accent = _exercise(view), kit.palette.work
    if view.card:
        return card_figure(kit, exercise, t_s, accent)
    return stage(kit, exercise, t_s, _list_box(kit, view), accent, side=shown_side(exercise), arrows=False)


def screen(view: StartView) -> Hashable:
    """Return what is one screen of the tour: the list with an exercise highlighted, or its form card."""
    return view.circuit.id, view.place, view.card


def figures_ahead(view: StartView, kit: Kit) -> list[SizedFigure]:
    """Return the figures that the tour shows next, then that of the first exercise, which a press shows at once."""
    exercises = view.circuit.exercises
    here, then = exercises[view.place], exercises[(view.place + 1) % len(exercises)]
    listed = _list_box(kit, view).size
    sized = [(here, listed), (here, figure_box(kit, here).size), (then, listed)]
    sized = sized[1:] if view.card else sized
    sized.append((exercises[0], stage_box(kit, exercises[0]).size))
    return [(exercise.figure, size) for exercise, size in sized if exercise.figure is not None]


def about(circuit: Circuit, total_s: float) -> tuple[str, str]:
    """Return the circuit in a line, and a shorter one for narrow screens."""
    each_s = circuit.work_s
    # Tolerance for float rounding, as on the running screens: the sum may be a little more than whole minutes.
    whole = f"{minutes(total_s - HAIR_S)} min"
    parts = [count_of(len(circuit.exercises), "exercise"), count_of(circuit.rounds, "round"), whole]
    short = _DOT.join(parts)
    if each_s is not None:
        parts.insert(1, f"{_work(each_s)} each" if len(circuit.exercises) > 1 else _work(each_s))
    return _DOT.join(parts), short


class _Needs(NamedTuple):
    """The equipment, where there is room: in the call to action, beside the line about the circuit, or below it."""

    note: str = ""
    beside: str = ""
    below: tuple[str, ...] = ()
    cap: float = _META_CAP
    """Cap height of the lines below."""


def _needs(kit: Kit, view: StartView) -> _Needs:
    circuit, several = view.circuit, view.circuits > 1
    # Hashing a circuit is too slow for every frame. The cached value refers to the circuit, so its id stays unique.
    _, needs = kit.cached(("needs", id(circuit), several), lambda: (circuit, _place_needs(kit, view)))
    return needs


def _place_needs(kit: Kit, view: StartView) -> _Needs:
    things = view.circuit.equipment
    if not things:
        return _Needs()
    words, room, long = f"{_YOU_NEED}{' + '.join(things)}", kit.layout.fw, about(view.circuit, view.total_s)[0]
    if view.circuits == 1 and note_fits(kit, _CALL, words):
        return _Needs(note=words)
    if sum(width_of(kit, one, Weight.BOLD, _META_CAP) for one in (long, words)) + _BESIDE_GAP <= room:
        return _Needs(beside=words)
    first, *others = [*(f"{thing} +" for thing in things[:-1]), things[-1]]
    names = [_YOU_NEED + first, *others]
    cap, placed = flow(kit, names, room, _NEEDS_SIZES, gap=_WORD_GAP, number="{} more".format)
    lines = [" ".join(one.words for one in placed if one.row == row) for row in range(placed[-1].row + 1)]
    return _Needs(below=tuple(lines), cap=cap)


def _list(kit: Kit, view: StartView) -> list[Item]:
    layout, (top, height) = kit.layout, _tour(kit, view)
    return rows(kit, view.circuit.exercises, view.place, (layout.rx, top, layout.rc, height), kit.palette.work)


def _tour(kit: Kit, view: StartView) -> tuple[float, float]:
    """Return top and height of the tour, which leaves room for the equipment."""
    down = _NEEDS_STEP * len(_needs(kit, view).below)
    return TOUR_TOP + down, TOUR_HEIGHT - down


def _exercise(view: StartView) -> Exercise:
    return view.circuit.exercises[view.place]


def _list_box(kit: Kit, view: StartView) -> Rect:
    layout, (top, height) = kit.layout, _tour(kit, view)
    return layout.rect(layout.x0 - 0.010, top - 0.005, layout.lw + 0.020, height)


@cached
def _meta(kit: Kit, long: str, short: str, needs: _Needs) -> list[Item]:
    """Return the line about the circuit, and what it needs unless that stands in the call to action."""
    layout, colour = kit.layout, kit.palette.text2
    beside = width_of(kit, needs.beside, Weight.BOLD, _META_CAP) if needs.beside else 0.0
    room = layout.fw - (beside + _BESIDE_GAP if needs.beside else 0.0)
    items = [
        text(
            kit, long, Weight.BOLD, _META_CAP, colour, (layout.x0, META_BASELINE),
            width=room, least=_META_LEAST, instead=(short,),
        )
    ]  # fmt: skip
    if needs.beside:
        at = (layout.x1, META_BASELINE)
        items.append(text(kit, needs.beside, Weight.BOLD, _META_CAP, colour, at, width=beside + 0.004, align="right"))
    for place, line in enumerate(needs.below, 1):
        at = (layout.x0, META_BASELINE + place * _NEEDS_STEP)
        items.append(text(kit, line, Weight.BOLD, needs.cap, colour, at, width=layout.fw))
    return items


@cached
def _clock(kit: Kit, clock: str | None) -> list[Item]:
    if clock is None:
        return []
    at = (kit.layout.x1, TITLE_BASELINE)
    return [text(kit, clock, Weight.BOLD, _CLOCK_CAP, kit.palette.text2, at, align="right")]


def _clock_width(kit: Kit, clock: str | None) -> float:
    return 0.0 if clock is None else width_of(kit, clock, Weight.BOLD, _CLOCK_CAP) + 0.045


def _work(duration_s: float) -> str:
    if duration_s < 100:
        return f"{duration_s:g} s"
    whole_minutes, seconds = divmod(round(duration_s), 60)
    return f"{whole_minutes}:{seconds:02} min" if seconds else f"{whole_minutes} min"
