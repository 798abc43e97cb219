"""Draws a figure directly, without a clip, for sheets, strips and tests."""

from __future__ import annotations

import pygame

from kiosk.colour import Colour
from kiosk.figure.colours import COLOURS, FigureColours
from kiosk.figure.drawing import Drawing
from kiosk.figure.model import Figure
from kiosk.figure.picture import Layer, Picture


def draw_figure(
    figure: Figure,
    t_s: float,
    box_px: tuple[int, int],
    *,
    accent: Colour,
    arrows: float = 0.0,
    flipped: bool = False,
    colours: FigureColours = COLOURS,
) -> Layer:
    """Return a layer of the figure at one time of its loop, with a transparent background. Drawing takes some 50 ms.

    `box_px` is (width, height); `arrows` is the opacity of the arrows, 0 to 1.
    """
    drawing = Drawing(figure, box_px, colours)
    picture, overlay = drawing.whole(figure.at(t_s)), drawing.arrows() if arrows > 0 else None
    if flipped:
        picture, overlay = picture.flipped(box_px[0]), overlay.flipped(box_px[0]) if overlay else None
    layers = _layers(picture, accent)
    if overlay:
        layers.append((overlay.merged(accent, arrows), 0))
    first, *others = (layer.rect for layer, _ in layers)
    rect = first.unionall(others)
    surface = pygame.Surface(rect.size, 0, 32)
    surface.fill(colours.background)
    for layer, flags in layers:
        surface.blit(layer.surface, layer.rect.move(-rect.left, -rect.top), special_flags=flags)
    surface.set_colorkey(colours.background)
    return Layer(surface, *rect.topleft)


def draw_still(
    figure: Figure, box_px: tuple[int, int], *, accent: Colour, colours: FigureColours = COLOURS
) -> pygame.Surface:
    """Return a picture of the one or two poses that stand for a movement, each as large as its part of the box allows.

    `box_px` is (width, height), which is the size of the picture.
    """
    surface = pygame.Surface(box_px, 0, 32)
    surface.fill(colours.background)
    width = box_px[0] // len(figure.stills)
    for number, name in enumerate(figure.stills):
        pose = figure.poses[name]
        picture = Drawing(figure, (width, box_px[1]), colours, only=pose).whole(pose)
        for layer, flags in _layers(picture, accent):
            surface.blit(layer.surface, layer.rect.move(number * width, 0), special_flags=flags)
    return surface


def _layers(picture: Picture, accent: Colour) -> list[tuple[Layer, int]]:
    """Return the layers of a picture, far to near, each with its flags for painting."""
    tint = [(picture.accent.tinted(accent), pygame.BLEND_RGB_ADD)] if picture.accent else []
    return [(picture.colour, 0), *tint]
