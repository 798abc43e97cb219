"""Reads an exercise's file. The constants limit texts to what fits on the wall and is legible from across the gym."""

from __future__ import annotations

from functools import cache

import yaml

from kiosk.circuit import EasierOption, Exercise, Side, Sides
from kiosk.config.folder import shipped
from kiosk.config.keys import Keys
from kiosk.config.values import choice, duration, file_name, items, known_name, lines, text

NAME = 32
SHORT = 16
CUE = 27
LINE = 34
LINES = 2
STEP = 76
MUSCLE = 12
THING = 12


def exercise(id_: str, node: yaml.Node) -> Exercise:
    """Return the exercise that a file's root describes. Raises ContentError."""
    keys = Keys(node)
    name = keys.required("name", text(NAME), "")
    short = keys.optional("short", text(SHORT), name)
    muscles = keys.required("muscles", items(text(MUSCLE), 1, 6), ())
    why = keys.required("why", lines(LINE, LINES), ())
    how = keys.required("how", lines(LINE, LINES), ())
    steps = keys.required("steps", items(text(STEP), 1, 6), ())
    tip = keys.required("tip", lines(LINE, LINES), ())
    cues = keys.optional("cues", items(text(CUE), 0, 6), ())
    equipment = keys.optional("equipment", items(text(THING), 0, 4), ())
    sides = keys.optional("sides", choice(Sides), Sides.NONE)
    first_side = keys.optional("first_side", choice(Side), Side.RIGHT)
    easier = keys.optional("easier", _easier, None)
    figure = keys.optional("figure", _figure, None)
    if not keys.has("short") and len(name) > SHORT:
        right = f'add "short: ..." with at most {SHORT}'
        keys.complain("name", f"{len(name)} characters need a short form too", right)
    if keys.has("first_side") and sides is not Sides.EACH:
        needs = f'this needs "sides: each", but sides is {sides}'
        keys.complain("first_side", needs, "change sides or remove this line")
    keys.close()
    return Exercise(
        id=id_,
        name=name,
        short=short,
        muscles=muscles,
        why=why,
        how=how,
        steps=steps,
        tip=tip,
        cues=cues,
        equipment=equipment,
        sides=sides,
        first_side=first_side,
        easier=easier,
        figure=figure,
    )


def _easier(node: yaml.Node) -> EasierOption:
    keys = Keys(node)
    hold_s = keys.required("hold", duration(1, 600), 0.0)
    rest_s = keys.required("rest", duration(1, 600), 0.0)
    keys.close()
    return EasierOption(hold_s, rest_s)


def _figure(node: yaml.Node) -> str:
    """Return the name of a figure, which must be one that comes with the program."""
    file_name("a figure")(node)
    return known_name(_figures(), "figure")(node)


@cache
def _figures() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (shipped("assets") / "figures").glob("*.yaml")))
