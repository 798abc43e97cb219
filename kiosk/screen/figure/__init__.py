"""Showing a figure: its pictures on disk and in memory, and the process that draws them.

The drawing code (`kiosk.figure.drawing`) is not imported here, because another process draws the pictures.
"""

from kiosk.screen.figure.frames import FigureFrames

__all__ = ["FigureFrames"]
