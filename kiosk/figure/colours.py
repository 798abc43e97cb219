"""The figure's colours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from kiosk.colour import Colour, mix


class Paint(NamedTuple):
    """The filling of a shape, which is a colour plus a share (0 to 1) of the accent.

    The accent is not known while drawing, so one drawing serves every accent. Pixel = drawn colour + share x accent.
    """

    colour: Colour
    accent: float = 0.0


@dataclass(frozen=True)
class FigureColours:
    """The figure's colours. The contrast of body and background is 18 to 1; a ring separates muscles from the body."""

    background: Colour = (0x0A, 0x0D, 0x12)
    body: Colour = (0xF3, 0xF5, 0xF8)
    far_body: Colour = (0x86, 0x92, 0xA6)
    hair: Colour = (0x68, 0x74, 0x8A)
    shorts: Colour = (0x56, 0x62, 0x7A)
    far_shorts: Colour = (0x40, 0x4A, 0x5E)
    muscle: Colour = (0xFF, 0x5C, 0x38)
    ball: Colour = (0x34, 0x60, 0xBE)
    ball_light: Colour = (0x56, 0x84, 0xE2)
    ball_dark: Colour = (0x24, 0x46, 0x94)
    mat: Colour = (0x1E, 0x26, 0x32)
    mat_edge: Colour = (0x2C, 0x37, 0x47)

    def on(self, ground: Colour) -> FigureColours:
        """Return the colours for a figure on another background."""
        return replace(self, background=ground)

    @property
    def gear(self) -> tuple[Colour, Colour, Colour]:
        """The light, the middle and the dark colour of gear."""
        return self.ball_light, self.ball, self.ball_dark

    @property
    def room(self) -> tuple[Colour, Colour, Colour]:
        """The light, the middle and the dark colour of what belongs to the room."""
        return (0x3A, 0x47, 0x5A), self.mat_edge, self.mat

    @property
    def shadow(self) -> Colour:
        return mix(self.mat, (0, 0, 0), 0.37)

    def shoe_at(self, far: float) -> Paint:
        """Return the paint of a shoe, from 0 (near side) to 1 (far side)."""
        return Paint(mix((0, 0, 0), self.background, 0.42 * far), 1 - 0.42 * far)


COLOURS = FigureColours()
