"""Showing a figure: its pictures on disk and in memory, and the process that draws them.

The drawing code (`kiosk.figure.drawing`) is not imported here: the wall shows what another process has drawn.
"""

from kiosk.screen.figure.frames import FigureFrames

__all__ = ["FigureFrames"]
