"""A figure drawn on the spot, without cache and process: for stills and tests."""

from __future__ import annotations

from kiosk.colour import Colour
from kiosk.figure.colours import COLOURS, FigureColours
from kiosk.figure.drawing import Drawing
from kiosk.figure.model import Figure
from kiosk.screen.figure.sprite import Sprite, SpriteLayer


def draw_figure(
    figure: Figure,
    t_s: float,
    box_px: tuple[int, int],
    *,
    accent: Colour,
    arrows: float = 0.0,
    flipped: bool = False,
    colours: FigureColours = COLOURS,
) -> Sprite:
    """Return the figure at one time of its loop. It takes some 50 ms and needs no display.

    `box_px` is (width, height); `arrows` is how visible the arrows are, 0 to 1.
    """
    drawing = Drawing(figure, box_px, colours)
    picture, overlay = drawing.whole(figure.at(t_s)), drawing.arrows() if arrows > 0 else None
    if flipped:
        picture, overlay = picture.flipped(box_px[0]), overlay.flipped(box_px[0]) if overlay else None
    parts = [SpriteLayer(picture.colour)]
    if picture.accent:
        parts.append(SpriteLayer(picture.accent.tinted(accent), add=True))
    if overlay:
        parts.append(SpriteLayer(overlay.merged(accent, arrows)))
    key = (figure.digest, t_s, box_px, accent, arrows, flipped, colours)
    return Sprite(key, colours.background, tuple(parts))
