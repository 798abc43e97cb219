"""The contact sheet: one picture with all figures, five shots of each, for showing to a trainer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import pygame

from kiosk.colour import Colour
from kiosk.figure.colours import COLOURS, FigureColours
from kiosk.figure.model import Figure
from kiosk.figure.still import draw_figure

Label = Callable[[pygame.Surface, str, float, float, float, Colour, str], object]
"""A function label(surface, text, x, baseline, cap_px, colour, weight) that writes text; weight: 'black' or 'bold'."""

SHOTS = 5
TEXT: Colour = (0xF5, 0xF7, 0xFA)
TEXT2: Colour = (0xB9, 0xC3, 0xD1)


class Shot(NamedTuple):
    t_s: float
    label: str
    flipped: bool = False


def contact_sheet(
    figures: Sequence[Figure],
    size: tuple[int, int],
    *,
    accent: Colour,
    label: Label | None = None,
    titles: Sequence[str] = (),
    colours: FigureColours = COLOURS,
) -> pygame.Surface:
    """Return a sheet with a row for each figure. `size` is in pixels; titles default to the figures' ids.

    `label` writes the texts; without `label` the sheet has no texts.
    """
    sheet = pygame.Surface(size, 0, 32)
    sheet.fill(colours.background)
    margin = size[0] // 40
    width = (size[0] - 2 * margin) // SHOTS
    row = (size[1] - margin) // max(1, len(figures))
    cap = row * 0.09
    box = (width - margin // 2, round(row * 0.62))
    for number, figure in enumerate(figures):
        top = margin // 2 + number * row
        if label:
            title = titles[number] if number < len(titles) else figure.id
            label(sheet, f"{number + 1}  {title}", margin, top + row * 0.14, cap, TEXT, "black")
        for column, shot in enumerate(shots(figure)):
            left, box_top = margin + column * width, top + round(row * 0.18)
            still = draw_figure(
                figure,
                shot.t_s,
                box,
                accent=accent,
                arrows=0.0 if column else 1.0,
                flipped=shot.flipped,
                colours=colours,
            )
            sheet.blit(still.surface, (left + still.left, box_top + still.top))
            if label:
                label(sheet, shot.label, left, top + row * 0.90, cap * 0.62, TEXT2, "bold")
    return sheet


def shots(figure: Figure) -> list[Shot]:
    """Return five shots that show a loop, with each pose once and the move to each pose once."""
    found = list(_first_times(figure))
    ways = [shot for shot in found if shot.label.startswith("to ")]
    if len(found) < SHOTS and ways:
        # There are few poses: show the first move at two places.
        earlier, later = _on_the_way(figure, 0, 0.40), _on_the_way(figure, 0, 0.60)
        found[found.index(ways[0]) : found.index(ways[0]) + 1] = [earlier, later]
    found = found[: SHOTS - 1] if figure.side else found[:SHOTS]
    if figure.side:
        found.append(Shot(figure.still_s, "other side (flipped)", flipped=True))
    elif len(found) < SHOTS:
        found.append(_on_the_way(figure, 1, 0.5))
    return found


def _first_times(figure: Figure) -> Iterator[Shot]:
    """Yield a shot of the first pose of the loop, then two shots for each new pose: the move to it, and the pose."""
    if len(figure.loop) > 2 and figure.loop[0].pose == figure.stills[0] and not figure.side:
        seen = {figure.stills[0]}
        yield Shot(figure.still_s, figure.stills[0])
    else:
        seen = {figure.loop[-1].pose}
        yield Shot(0.0, figure.loop[-1].pose)
    at_s = 0.0
    for index, move in enumerate(figure.loop):
        if move.pose not in seen:
            seen.add(move.pose)
            yield _on_the_way(figure, index, 0.5)
            yield Shot(at_s + move.move_s, move.pose)
        at_s += move.move_s + move.hold_s


def _on_the_way(figure: Figure, index: int, share: float) -> Shot:
    before_s = sum(move.move_s + move.hold_s for move in figure.loop[:index])
    move = figure.loop[index]
    return Shot(before_s + move.move_s * share, f"to {move.pose}")
