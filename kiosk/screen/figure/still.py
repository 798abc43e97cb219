"""A figure drawn at once, without cache and process: for stills and tests."""

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
    """Draw a figure as it is at one time of its loop, at once: for stills and tests; needs no display.

    `box_px` is (width, height); `arrows` is how visible the arrows are, 0 to 1. Takes some 50 ms.
    """
    drawing = Drawing(figure, box_px, colours)
    picture, overlay = drawing.whole(figure.at(t_s)), drawing.arrows() if arrows > 0 else None
    if flipped:
        picture, overlay = picture.flipped(box_px[0]), overlay.flipped(box_px[0]) if overlay else None
    strokes = [SpriteLayer(picture.colour)]
    if picture.accent:
        strokes.append(SpriteLayer(picture.accent.tinted(accent), add=True))
    if overlay:
        strokes.append(SpriteLayer(overlay.merged(accent, arrows)))
    key = (figure.digest, t_s, box_px, accent, arrows, flipped, colours)
    return Sprite(key, colours.background, tuple(strokes))
