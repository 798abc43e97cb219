"""The theme: the wall's colours, and the accent, word and icon of each state. No state is shown by hue alone."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from kiosk.colour import Colour, mix


def grey(colour: Colour) -> Colour:
    """Return the grey of the same brightness (ITU-R BT.709 weights)."""
    level = round(0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2])
    return level, level, level


class Palette(NamedTuple):
    """The colours of the wall, except the figure's. Text colours have a contrast of 7:1 with their backgrounds."""

    bg: Colour = (0x0A, 0x0D, 0x12)
    surface: Colour = (0x14, 0x1A, 0x23)
    """Background of panels and cards."""
    surface2: Colour = (0x21, 0x2A, 0x37)
    """Background of the active row and of an empty segment, and the track of a ring."""
    line: Colour = (0x3A, 0x46, 0x58)
    text: Colour = (0xF5, 0xF7, 0xFA)
    text2: Colour = (0xB9, 0xC3, 0xD1)
    ink: Colour = (0x0A, 0x0D, 0x12)
    """Text colour on an accent background."""
    work: Colour = (0xC8, 0xFF, 0x3C)
    ready: Colour = (0xFF, 0xC0, 0x43)
    """Amber, which always means "about to start"."""
    rest: Colour = (0x5C, 0xC8, 0xFF)
    easy: Colour = (0xD2, 0xB4, 0xFF)
    pause: Colour = (0xF5, 0xF7, 0xFA)
    error: Colour = (0xFF, 0x9A, 0x85)
    muscle: Colour = (0xFF, 0x5C, 0x38)
    ball: Colour = (0x34, 0x60, 0xBE)
    mat: Colour = (0x68, 0x74, 0x8A)

    @property
    def tank(self) -> Colour:
        return mix(self.surface, self.work, 0.17)

    @property
    def tank_line(self) -> Colour:
        return mix(self.surface, self.work, 0.45)

    @property
    def easy_tank(self) -> Colour:
        return mix(self.surface, self.easy, 0.20)

    @property
    def easy_line(self) -> Colour:
        return mix(self.surface, self.easy, 0.80)

    @property
    def chip(self) -> Colour:
        return mix(self.surface, self.muscle, 0.22)

    def veiled(self, part: float) -> Palette:
        """Return the colours of a screen behind another one: greys, mixed with `part` (0 to 1) of the background."""
        return Palette(self.bg, *(mix(grey(colour), self.bg, part) for colour in self[1:]))

    def dimmed(self) -> Palette:
        """Return the colours of a dimmed screen. Text keeps a contrast of 7:1; panels and lines go dark."""
        text = mix(self.text, self.bg, 0.35)
        dark = {name: mix(getattr(self, name), self.bg, 0.7) for name in ("surface", "surface2", "line")}
        return self._replace(**dark, text=text, text2=text, pause=text)


class State(Enum):
    """The state of the circuit as people see it: the word to show, and the name of the icon in `widgets.icons`."""

    WORK = "WORK", "work"
    EASY = "EASY", "easy"
    READY = "GET READY", "ready"
    REST = "REST", "rest"
    BREAK = "BREAK", "rest"
    ROTATE = "ROTATE", "rotate"

    def __init__(self, word: str, icon: str) -> None:
        self.word, self.icon = word, icon

    def accent(self, palette: Palette) -> Colour:
        accents = {State.WORK: palette.work, State.EASY: palette.easy, State.READY: palette.ready}
        return accents.get(self, palette.rest)
