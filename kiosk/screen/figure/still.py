"""A figure drawn at once, without cache and process: for stills and tests."""

from __future__ import annotations

from kiosk.figure.drawing import Drawing
from kiosk.figure.model import Figure
from kiosk.figure.palette import PALETTE, RGB, Palette
from kiosk.screen.figure.sprite import Sprite, Stroke


def draw_figure(
    figure: Figure,
    t_s: float,
    box_px: tuple[int, int],
    *,
    accent: RGB,
    arrows: float = 0.0,
    flipped: bool = False,
    palette: Palette = PALETTE,
) -> Sprite:
    """Draw a figure as it is at one time of its loop, at once: for stills and tests; needs no display.

    `box_px` is (width, height); `arrows` is how visible the arrows are, 0 to 1. Takes some 50 ms.
    """
    drawing = Drawing(figure, box_px, palette)
    picture, overlay = drawing.whole(figure.at(t_s)), drawing.arrows() if arrows > 0 else None
    if flipped:
        picture, overlay = picture.flipped(box_px[0]), overlay.flipped(box_px[0]) if overlay else None
    strokes = [Stroke(picture.colour)]
    if picture.accent:
        strokes.append(Stroke(picture.accent.tinted(accent), add=True))
    if overlay:
        strokes.append(Stroke(overlay.merged(accent, arrows)))
    key = (figure.digest, t_s, box_px, accent, arrows, flipped, palette)
    return Sprite(key, palette.background, tuple(strokes))
