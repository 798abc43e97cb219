"""The strip: moments of a figure's loop side by side, by which one sees how the figure moves."""

from __future__ import annotations

import pygame

from kiosk.colour import Colour
from kiosk.figure.colours import COLOURS, FigureColours
from kiosk.figure.contact_sheet import TEXT2, Label
from kiosk.figure.model import Figure
from kiosk.figure.still import draw_figure

MOMENTS, COLUMNS = 8, 4
_BOX_HEIGHT, _LABEL, _LABEL_CAP = 0.88, 0.97, 0.03
"""Height of the box, the baseline of the time below it and its cap height, in row heights."""


def strip(
    figure: Figure,
    size: tuple[int, int],
    *,
    accent: Colour,
    label: Label | None = None,
    flipped: bool = False,
    colours: FigureColours = COLOURS,
) -> pygame.Surface:
    """Return a picture of the loop at MOMENTS times, evenly from its begin. It has arrows at the first of them.

    `size` is in pixels. `label` writes the times; without `label` there are none. The figure is not named: people who
    do not know it are shown the strip and say what it does.
    """
    picture = pygame.Surface(size, 0, 32)
    picture.fill(colours.background)
    margin = size[0] // 60
    width, height = (size[0] - margin) // COLUMNS, (size[1] - margin) // (MOMENTS // COLUMNS)
    box = (width - margin, round(height * _BOX_HEIGHT))
    for number in range(MOMENTS):
        t_s = figure.duration_s * number / MOMENTS
        left, top = margin + number % COLUMNS * width, margin + number // COLUMNS * height
        arrows = 0.0 if number else 1.0
        drawn = draw_figure(figure, t_s, box, accent=accent, arrows=arrows, flipped=flipped, colours=colours)
        picture.blit(drawn.surface, (left + drawn.left, top + drawn.top))
        if label is not None:
            label(picture, f"{t_s:.2f} s", left, top + height * _LABEL, height * _LABEL_CAP, TEXT2, "bold")
    return picture
