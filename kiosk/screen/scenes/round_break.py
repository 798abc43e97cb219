"""Round break: a round is done. Tokens count the rounds; there is no figure."""

from __future__ import annotations

from kiosk.screen.display_list import Frame, Item, frame
from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit
from kiosk.screen.scenes.running import hold_hint, last_seconds_panel, running_footer, shrinking_ring, state_of
from kiosk.screen.theme import State
from kiosk.screen.widgets.panel import panel
from kiosk.screen.widgets.ring import break_ring
from kiosk.screen.widgets.tank import ring_digits
from kiosk.screen.widgets.text import text
from kiosk.screen.widgets.title import title
from kiosk.screen.widgets.tokens import round_tokens
from kiosk.view import IntervalView

BREATHE, DRINK = "Breathe.", "Breathe. Drink some water."
DRINK_S = 20.0
"""Minimum duration of a break in which there is time to drink."""
_STROKE = 0.036


def draw(view: IntervalView, t_s: float, kit: Kit) -> Frame:
    layout, palette, round_ = kit.layout, kit.palette, view.interval.round
    accent = state_of(view).accent(palette)
    width, words = layout.lw, DRINK if view.interval.duration_s >= DRINK_S else BREATHE
    return frame(
        title(kit, f"Round {round_} done"),
        round_tokens(kit, round_, view.interval.rounds, accent),
        [text(kit, words, Weight.BOLD, 0.055, palette.text, (layout.x0, 0.625), width=width, least=0.040)],
        [] if view.hold else _next(view, kit),
        [] if view.last_seconds else _panel(kit, view),
        hold_hint(kit, view),
        running_footer(kit, view, t_s, accent),
        last_seconds_panel(kit, view, t_s)
        if view.last_seconds
        else shrinking_ring(kit, view, t_s, *break_ring(kit, _STROKE), _STROKE),
    )


def _next(view: IntervalView, kit: Kit) -> list[Item]:
    """Return the next exercise and its equipment, which can be fetched in the break."""
    layout, exercise, colour = kit.layout, view.exercise, kit.palette.text2
    x, baseline, width = layout.x0, 0.740 if layout.narrow else 0.710, layout.cue_width
    words, shorter = f"Next: {exercise.name}", f"Next: {exercise.short}"
    items = [
        text(kit, words, Weight.BOLD, 0.042, colour, (x, baseline), width=width, least=0.036, instead=(shorter,)),
    ]
    if exercise.equipment:
        needs = f"You need: {' + '.join(exercise.equipment)}"
        items.append(text(kit, needs, Weight.BOLD, 0.036, colour, (x, baseline + 0.066), width=width))
    return items


def _panel(kit: Kit, view: IntervalView) -> list[Item]:
    return [*panel(kit, State.BREAK), *ring_digits(kit, view.seconds, *break_ring(kit, _STROKE), 0.80)]
