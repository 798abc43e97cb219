"""The animated athlete: exercise figures from their files to sprites.

What draws the pictures is not imported here: the wall shows those that another process has drawn.
"""

from kiosk.screen.figure.loading import load_figure
from kiosk.screen.figure.palette import PALETTE, RGB, Palette
from kiosk.screen.figure.picture import Sprite
from kiosk.screen.figure.pose import Figure
from kiosk.screen.figure.sprites import FigureFrames

__all__ = [
    "PALETTE",
    "RGB",
    "Figure",
    "FigureFrames",
    "Palette",
    "Sprite",
    "load_figure",
]
