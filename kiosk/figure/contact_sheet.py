"""The contact sheet: pages with all figures, each with its still and all its key poses, for showing to a trainer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pygame

from kiosk.colour import Colour
from kiosk.figure.colours import COLOURS, FigureColours
from kiosk.figure.model import Figure
from kiosk.figure.still import draw_figure, draw_still

Label = Callable[[pygame.Surface, str, float, float, float, Colour, str], object]
"""A function label(surface, text, x, baseline, cap_px, colour, weight) that writes text; weight: 'black' or 'bold'."""

COLUMNS = 6
TEXT: Colour = (0xF5, 0xF7, 0xFA)
TEXT2: Colour = (0xB9, 0xC3, 0xD1)
_TITLE, _BOX_TOP, _BOX_HEIGHT, _LABEL = 0.12, 0.17, 0.66, 0.92
"""Parts of a row, in row heights from its top: the title's baseline, the box, the baseline of the pose's name."""
_TITLE_CAP, _LABEL_CAP = 0.075, 0.05


class Shot(NamedTuple):
    """A picture of a figure at a time of its loop, None for the still."""

    t_s: float | None
    label: str
    flipped: bool = False


class Placed(NamedTuple):
    """A figure on a page: its number on the whole sheet, and the row and column of its first shot."""

    number: int
    figure: Figure
    row: int
    column: int


Page = list[Placed]
"""The figures on a page of the sheet."""


def shots(figure: Figure) -> list[Shot]:
    """Return a shot of the still, of each key pose in the order of the loop, and of one mirrored if there is a side.

    The loop begins in its last pose.
    """
    found, at_s = {figure.loop[-1].pose: 0.0}, 0.0
    for move in figure.loop:
        at_s += move.move_s
        found.setdefault(move.pose, at_s)
        at_s += move.hold_s
    other = [Shot(figure.still_s, "other side", flipped=True)] if figure.side else []
    return [Shot(None, "still"), *(Shot(t_s, pose) for pose, t_s in found.items()), *other]


def arranged(figures: Sequence[Figure], rows: int) -> list[Page]:
    """Return the figures on each page of so many rows. A figure begins a row if it does not fit beside the last one."""
    pages: list[Page] = [[]]
    row = column = 0
    for number, figure in enumerate(figures, 1):
        count = len(shots(figure))
        if column and column + count > COLUMNS:
            row, column = row + 1, 0
        if pages[-1] and row + _rows(count) > rows:
            pages.append([])
            row = 0
        pages[-1].append(Placed(number, figure, row, column))
        row, column = row + (column + count) // COLUMNS, (column + count) % COLUMNS
    return pages


def draw_page(
    page: Page,
    size: tuple[int, int],
    rows: int,
    *,
    accent: Colour,
    label: Label | None = None,
    titles: Sequence[str] = (),
    colours: FigureColours = COLOURS,
) -> pygame.Surface:
    """Return a page of the sheet, without the rows at its end that nothing is in.

    `size` is that of a full page in pixels. `titles` are those of all figures of the sheet; they default to the ids.
    `label` writes the texts; without `label` the page has none.
    """
    margin = size[0] // 40
    width, height = (size[0] - 2 * margin) // COLUMNS, (size[1] - margin) // rows
    used = max((one.row + _rows(one.column + len(shots(one.figure))) for one in page), default=0)
    sheet = pygame.Surface((size[0], min(size[1], used * height + margin)), 0, 32)
    sheet.fill(colours.background)
    box = (width - margin // 2, round(height * _BOX_HEIGHT))
    for number, figure, row, column in page:
        for place, shot in enumerate(shots(figure), row * COLUMNS + column):
            left, top = margin + place % COLUMNS * width, margin // 2 + place // COLUMNS * height
            corner, first = (left, top + round(height * _BOX_TOP)), place == row * COLUMNS + column
            if shot.t_s is None:
                sheet.blit(draw_still(figure, box, accent=accent, colours=colours), corner)
            else:
                arrows = 1.0 if place == row * COLUMNS + column + 1 else 0.0
                drawn = draw_figure(
                    figure, shot.t_s, box, accent=accent, arrows=arrows, flipped=shot.flipped, colours=colours
                )
                sheet.blit(drawn.surface, (corner[0] + drawn.left, corner[1] + drawn.top))
            if label is not None and first:
                title = titles[number - 1] if number <= len(titles) else figure.id
                label(sheet, f"{number}  {title}", left, top + height * _TITLE, height * _TITLE_CAP, TEXT, "black")
            if label is not None:
                label(sheet, shot.label, left, top + height * _LABEL, height * _LABEL_CAP, TEXT2, "bold")
    return sheet


def _rows(cells: int) -> int:
    return -(-cells // COLUMNS)
