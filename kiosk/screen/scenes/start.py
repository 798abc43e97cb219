"""The start screen: what the circuit is, and a tour of its exercises, each in the list and then as its form card."""

from __future__ import annotations

from collections.abc import Hashable

from pygame import Rect

from kiosk.circuit import Circuit, Exercise
from kiosk.plural import count_of
from kiosk.screen.display_list import Item
from kiosk.screen.figures import Want
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit, kept, latest
from kiosk.screen.layout import TITLE_BASELINE
from kiosk.screen.piece import Piece
from kiosk.screen.scenes.running import stage_box
from kiosk.screen.widgets.call import call_to_action, pulse_stays_s
from kiosk.screen.widgets.form_card import card_athlete, figure_box, form_card, shown_side
from kiosk.screen.widgets.rows import rows
from kiosk.screen.widgets.stage import stage
from kiosk.screen.widgets.text import text, width_of
from kiosk.screen.widgets.title import title
from kiosk.session import HAIR_S
from kiosk.view import StartView, minutes

META_BASELINE = 0.192
TOUR_TOP, TOUR_HEIGHT = 0.240, 0.555
_META_CAP = 0.036
_CLOCK_CAP = 0.060
_DOT = "  ·  "
_NEXT_CIRCUIT = "Hold: next circuit"


def _still(view: StartView, t_s: float, kit: Kit) -> Piece:
    """Return what only the view changes."""
    items = _clock(kit, view.clock)
    title_width = kit.layout.fw - _clock_width(kit, view.clock)
    exercise = _exercise(view)
    accent = kit.palette.work
    if view.card:
        items += title(kit, exercise.name, exercise.short, prefix=str(view.place + 1), accent=accent, width=title_width)
        items += form_card(kit, exercise, accent)
    else:
        items += title(kit, view.circuit.name, width=title_width)
        items += _meta(kit, view)
        items += _list(kit, view)
    return Piece(items)


def _athlete(view: StartView, t_s: float, kit: Kit) -> Piece:
    exercise, accent = _exercise(view), kit.palette.work
    if view.card:
        return card_athlete(kit, exercise, t_s, accent)
    return stage(kit, exercise, t_s, _list_box(kit), accent, side=shown_side(exercise), arrows=False)


def _call(view: StartView, t_s: float, kit: Kit) -> Piece:
    note = _NEXT_CIRCUIT if view.circuits > 1 else you_need(view.circuit)
    return Piece(call_to_action(kit, "Press the button to start", note=note, t_s=t_s), pulse_stays_s(t_s))


PIECES = (_still, _athlete, _call)


def screen(view: StartView) -> Hashable:
    """Name what is one screen of the tour: the list with an exercise, or its form card."""
    return view.circuit.id, view.place, view.card


def figures_ahead(view: StartView, kit: Kit) -> list[Want]:
    """Return the tour's next pictures, then that of the first exercise: a press shows it at once."""
    exercises = [station.exercise for station in view.circuit.stations]
    here, then = exercises[view.place], exercises[(view.place + 1) % len(exercises)]
    listed = _list_box(kit).size
    wants = [(here, listed), (here, figure_box(kit, here).size), (then, listed)]
    wants = wants[1:] if view.card else wants
    wants.append((exercises[0], stage_box(kit, exercises[0]).size))
    return [(exercise.figure, size) for exercise, size in wants if exercise.figure is not None]


def about(circuit: Circuit, total_s: float) -> tuple[str, str]:
    """Return the circuit in a line, and a shorter one for narrow screens."""
    works_s = {station.work_s for station in circuit.stations}
    # A hair less, as on the running screens: the sum of the intervals may be that much more than whole minutes.
    whole = f"{minutes(total_s - HAIR_S)} min"
    parts = [count_of(len(circuit.stations), "exercise"), count_of(circuit.rounds, "round"), whole]
    short = _DOT.join(parts)
    if len(works_s) == 1:
        parts.insert(1, f"{_work(works_s.pop())} each" if len(circuit.stations) > 1 else _work(works_s.pop()))
    return _DOT.join(parts), short


def you_need(circuit: Circuit) -> str:
    """Return the circuit's equipment in words, "" where it needs none."""
    return f"You need: {' + '.join(circuit.equipment)}" if circuit.equipment else ""


def _list(kit: Kit, view: StartView) -> list[Item]:
    layout = kit.layout
    exercises = tuple(station.exercise for station in view.circuit.stations)
    return rows(kit, exercises, view.place, (layout.rx, TOUR_TOP, layout.rc, TOUR_HEIGHT), kit.palette.work)


def _exercise(view: StartView) -> Exercise:
    return view.circuit.stations[view.place].exercise


def _list_box(kit: Kit) -> Rect:
    layout = kit.layout
    return layout.rect(layout.x0 - 0.010, TOUR_TOP - 0.005, layout.lw + 0.020, TOUR_HEIGHT)


@latest
def _meta(kit: Kit, view: StartView) -> list[Item]:
    """Return the line about the circuit, and what one needs where the call to action has no room for it."""
    layout, colour = kit.layout, kit.palette.text2
    long, short = about(view.circuit, view.total_s)
    needs = you_need(view.circuit) if view.circuits > 1 or layout.narrow else ""
    needs_width = width_of(kit, needs, Weight.BOLD, _META_CAP) if needs else 0.0
    room = layout.fw - (needs_width + 0.060 if needs else 0.0)
    if needs and room < width_of(kit, short, Weight.BOLD, _META_CAP):
        needs, room = "", layout.fw
    items = [
        text(
            kit, long, Weight.BOLD, _META_CAP, colour, (layout.x0, META_BASELINE),
            width=room, least=_META_CAP, instead=(short,),
        )
    ]  # fmt: skip
    if needs:
        at = (layout.x1, META_BASELINE)
        items.append(text(kit, needs, Weight.BOLD, _META_CAP, colour, at, width=needs_width + 0.004, align="right"))
    return items


@kept
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
