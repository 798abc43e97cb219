"""Reads an exercise's file. Only the name is required. The constants are what fits on the wall and is legible there."""

from __future__ import annotations

from functools import cache

import yaml

from kiosk.circuit import EasierOption, Exercise, Side, Sides
from kiosk.config.folder import shipped
from kiosk.config.keys import Keys
from kiosk.config.problem import warn
from kiosk.config.values import choice, duration, file_name, known_name, lines, text, texts

NAME = 32
SHORT = 16
CUE = 27
LINE = 34
LINES = 2
STEP = 76
STEPS = 6
MUSCLE = 12
MUSCLES = 6
CUES = 6
THING = 12
THINGS = 4


def exercise(id_: str, node: yaml.Node) -> Exercise:
    """Return the exercise that a file's root describes. Raises ContentError."""
    keys = Keys(node)
    name = keys.required("name", text(NAME), "")
    short = keys.optional("short", text(SHORT), name)
    muscles = keys.optional("muscles", texts(text(MUSCLE), MUSCLES), ())
    why = keys.optional("why", lines(LINE, LINES), ())
    how = keys.optional("how", lines(LINE, LINES), ())
    steps = keys.optional("steps", texts(text(STEP), STEPS), ())
    tip = keys.optional("tip", lines(LINE, LINES), ())
    cues = keys.optional("cues", texts(text(CUE), CUES), ())
    equipment = keys.optional("equipment", texts(text(THING), THINGS), ())
    sides, first_side = sides_of(keys)
    easier = keys.optional("easier", _easier, None)
    figure = keys.optional("figure", _figure, None)
    keys.close()
    if not keys.has("short") and len(name) > SHORT:
        warn(keys.node("name") or node, "a long name needs a short form", f'add "short: ...", {SHORT} fit', "name")
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


def sides_of(keys: Keys) -> tuple[Sides, Side]:
    """Return how an exercise uses the two sides of the body, and the side that it begins with."""
    sides = keys.optional("sides", choice(Sides), Sides.NONE)
    first_side = keys.optional("first_side", choice(Side), Side.RIGHT)
    if keys.has("first_side") and sides is not Sides.EACH:
        needs = f'this needs "sides: each", but sides is {sides}'
        keys.complain("first_side", needs, "change sides or remove this line")
    return sides, first_side


def name_in(node: yaml.Node) -> str | None:
    """Return the name in the root of a file that has mistakes, None if there is none to be found."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "name" and isinstance(value, yaml.ScalarNode):
                return str(value.value).strip()
    return None


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
