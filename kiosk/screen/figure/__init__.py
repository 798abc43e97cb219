"""The animated athlete: exercise figures from their files to sprites."""

from kiosk.screen.figure.arrows import arrow_opacity
from kiosk.screen.figure.contact_sheet import contact_sheet
from kiosk.screen.figure.drawing import draw_figure
from kiosk.screen.figure.loading import load_figure
from kiosk.screen.figure.palette import PALETTE, RGB, Palette
from kiosk.screen.figure.picture import Part, Sprite
from kiosk.screen.figure.pose import Figure
from kiosk.screen.figure.sprites import FigureFrames

__all__ = [
    "PALETTE",
    "RGB",
    "Figure",
    "FigureFrames",
    "Palette",
    "Part",
    "Sprite",
    "arrow_opacity",
    "contact_sheet",
    "draw_figure",
    "load_figure",
]
