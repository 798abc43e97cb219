"""Figures that are drawn directly, with the same pixels as on the wall. They are for single pictures and for tests."""

from __future__ import annotations

from math import inf

from kiosk.figure.colours import COLOURS
from kiosk.figure.draw_clip import draw_one
from kiosk.figure.drawing import Drawing
from kiosk.figure.model import Figure, Step
from kiosk.screen.figure.clip import Clip
from kiosk.screen.figure.own import drawn_own, moves
from kiosk.screen.figures import NOTHING, FigureMoment, Figures, Shown, SizedFigure


class DrawnFigures(Figures):
    """A source of sprites that needs neither cache nor drawing process. Drawing a sprite takes some 100 ms."""

    def get(self, moment: FigureMoment) -> Shown:
        if picture := self._pictures.get(moment.name):
            still = moment.still or not moves(picture, moment.sized)
            number, stays_s = (0, inf) if still else picture.frame_at(moment.t_s)
            return Shown(drawn_own(picture, moment.sized, number).at(moment)[0].sprite, stays_s)
        if moment.name not in self._figures:
            return NOTHING
        figure = self._figures[moment.name]
        step = figure.still_step if moment.still else figure.step(moment.t_s)
        return self.clip(figure, moment.sized, step, figure.mirrored_for(moment.side)).at(moment)[0]

    def clip(self, figure: Figure, sized: SizedFigure, step: Step, flipped: bool) -> Clip:
        """Return a clip of a single picture."""
        return drawn_clip(figure, sized, step, flipped)


def drawn_clip(figure: Figure, sized: SizedFigure, step: Step, flipped: bool) -> Clip:
    """Return a clip of a single picture."""
    return Clip(draw_one(drawing_of(figure, sized), step), figure, sized, flipped)


def drawing_of(figure: Figure, sized: SizedFigure) -> Drawing:
    return Drawing(figure, sized.box_px, COLOURS.on(sized.ground))
