"""Reads an exercise's file. Only the name is required.

The constants are how many characters the wall shows: on a screen of 16:9, in small letters, in two lines where there is
room for them. More than that it shortens.
"""

from __future__ import annotations

from collections.abc import Collection

import yaml

from kiosk.circuit import EasierOption, Exercise, Side, Sides
from kiosk.config.keys import Keys
from kiosk.config.problem import warn
from kiosk.config.values import MOST_TEXTS, Read, choice, duration, file_name, items, known_name, lines, text, texts

NAME = 90
SHORT = 32
LINES = 95
"""The lines of a why, a how or a tip together."""
CUE = 95
STEPS = 800
"""All steps together."""
MUSCLES, MUSCLE = 90, 3
"""All muscles together, and the space between two of them, in characters. Six muscles of 12 characters fit."""
THINGS, THING = 60, 3
"""All equipment together, and the space between two things, in characters. Four things of 12 characters fit."""

_PICTURES = ("photo", "image", "clip", "video", "film", "gif")
"""Keys that people write for the picture of an exercise."""


def exercise(id_: str, node: yaml.Node, figures: Collection[str], picture_of: Read[str]) -> Exercise:
    """Return the exercise that a file's root describes. Raises ContentError.

    `figures` are the names of all figures, and `picture_of` reads the name of an own picture.
    """
    keys = Keys(node)
    name = keys.required("name", text(NAME), "")
    short = keys.optional("short", text(SHORT), name)
    muscles = keys.optional("muscles", texts(MUSCLES, MUSCLE), ())
    why = keys.optional("why", lines(LINES), ())
    how = keys.optional("how", lines(LINES), ())
    steps = keys.optional("steps", texts(STEPS), ())
    tip = keys.optional("tip", lines(LINES), ())
    cues = keys.optional("cues", items(text(CUE), 0, MOST_TEXTS), ())
    equipment = keys.optional("equipment", texts(THINGS, THING), ())
    sides, first_side = sides_of(keys)
    easier = keys.optional("easier", _easier, None)
    figure = keys.optional("figure", _figure(figures), None)
    picture = keys.optional("picture", picture_of, None)
    if keys.has("figure") and keys.has("picture"):
        keys.complain("picture", "there is also a figure, and the wall shows one of the two", "remove one of the lines")
    keys.close(lambda key: 'write "picture: ..."' if key in _PICTURES else None)
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
        picture=picture,
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


def _figure(figures: Collection[str]) -> Read[str]:
    known = known_name(figures, "figure")

    def read(node: yaml.Node) -> str:
        file_name("a figure")(node)
        return known(node)

    return read
