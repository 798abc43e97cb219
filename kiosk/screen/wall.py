"""The wall: draws moments onto a surface, repainting only what changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from pygame import Rect, Surface

from kiosk.screen.display_list import Item, changes, merged, stripes
from kiosk.screen.fade import Fade
from kiosk.screen.figures import Figures, NoFigures
from kiosk.screen.fonts import Fonts
from kiosk.screen.frame import Frame
from kiosk.screen.kit import Kit
from kiosk.screen.layout import Layout
from kiosk.screen.painting import Painting, following, repainted
from kiosk.screen.piece import SMOOTH_S
from kiosk.screen.scenes import Scene, scene_of
from kiosk.screen.shift import Shift
from kiosk.view import Moment, View

SCREEN_FADE_S = 0.25
LINES_FADE_S = 0.20
LETTERS_KEPT = 1.15
"""So much text is kept, in screens: a work interval's digits and lines, and those of what may come next."""
_AFTER_A_CHANGE_S = 3.0
_WATCHFUL_S = 0.1
"""So soon after a new screen came the button may still be down: a hold must show as soon as it is one."""


class Wall:
    """Draws on a surface of its own or of the window's. It keeps the last frame, and nothing of the circuit."""

    def __init__(self, surface: Surface, figures: Figures | None = None, fonts: Fonts | None = None) -> None:
        """Take a surface to draw on; raises FontError where the fonts are not installed."""
        self.surface = surface
        width, height = surface.get_size()
        fonts = fonts or Fonts(kept_bytes=int(LETTERS_KEPT * width * height * 4))
        fonts.check()
        self._shift = Shift(Kit(Layout(width, height), fonts, figures or NoFigures()))
        self._frame: Frame | None = None
        self._shown: tuple[Scene, Hashable] | None = None
        self._view: View | None = None
        self._since_s = 0.0
        self._fades: list[Fade] = []
        self._all = True

    def draw(self, moment: Moment, now_s: float, urgent: Callable[[], bool] = lambda: False) -> list[Rect]:
        """Draw the moment and return the rectangles that changed; none means that there is nothing to flip.

        `now_s` is on any monotonic clock: it moves the fades and the shift against burn-in, nothing else. Raises
        GaveWay, with nothing drawn, if another screen has to be made and `urgent` says yes meanwhile.
        """
        goes_on = self._frame is not None and self._frame.goes_on(moment)
        if self._shift.move(now_s, anew=not goes_on):
            # The frame lies where it lay before, and so do pictures that dissolve.
            self._all, self._fades, self._frame = True, [], None
        if self._frame is not None and goes_on:
            paintings = self._frame.advance(moment.t_s)
        else:
            paintings = [self._follow(moment, now_s, urgent)]
        areas = [area for painting in paintings for area in painting.areas]
        if self._all or self._fades:
            return self._dissolve(areas, now_s)
        for painting in paintings:
            painting.on(self.surface)
        return areas

    def look_ahead(self, moment: Moment, coming: Sequence[Moment], stays_s: float, urgent: Callable[[], bool]) -> float:
        """Get ready what will be shown after this moment; for when the picture is on the screen.

        `coming` is what may be shown next. It goes on where it stopped as long as that is the same object. The view
        stays the same for `stays_s` seconds if nothing comes in. Return for how many seconds that is all.
        """
        frame, kit = self._frame, self._shift.here.kit
        if moment.view is not self._view:
            self._view = moment.view
            kit.figures.want(scene_of(moment.view).wants(moment.view, kit))
        more = kit.figures.load_ahead(self.surface)
        if self._fades or frame is None:
            return 0.0
        known_s = frame.work_ahead(stays_s, urgent)
        self._shift.get_ready(self.surface, coming, urgent)
        return 0.0 if more or urgent() else known_s

    def wants_frame_in_s(self, now_s: float) -> float:
        """Return after how many seconds the next frame may look different, if the view stays the same."""
        if self._fades or self._frame is None:
            return SMOOTH_S
        wanted_s = min(self._frame.stays_s(), max(SMOOTH_S, self._shift.waits_s(now_s)))
        return min(wanted_s, _WATCHFUL_S) if now_s - self._since_s < _AFTER_A_CHANGE_S else wanted_s

    def forget(self) -> None:
        """Draw all of the next frame, and say so: for a display that may have lost what was flipped."""
        self._all = True

    def close(self) -> None:
        self._shift.here.kit.figures.close()

    def _follow(self, moment: Moment, now_s: float, urgent: Callable[[], bool]) -> Painting:
        """Take the frame of another view; return what makes it of the one before."""
        kit, before = self._shift.here.kit, [] if self._frame is None else self._frame.items
        with kit.fonts.giving_way(urgent):
            frame = Frame(moment, kit)
        anew = self._note_screen(moment, before, frame.items, now_s)
        self._frame = frame
        if anew:
            # Next to everything is new: finding out what is not would take longer than painting it.
            return repainted(frame.items, stripes([*before, *frame.items], kit.layout.screen_px), kit.palette.bg)
        return following(frame.items, changes(before, frame.items), kit)

    def _dissolve(self, areas: Sequence[Rect], now_s: float) -> list[Rect]:
        """Paint some areas anew, or all, and on them what is left of pictures before; return where that shows."""
        assert self._frame is not None
        kit = self._shift.here.kit
        screen = kit.layout.screen_px
        areas = [screen] if self._all else merged([*areas, *(fade.region for fade in self._fades)], screen)
        repainted(self._frame.items, areas, kit.palette.bg).on(self.surface)
        self._fades = [fade for fade in self._fades if fade.left(now_s) > 0]
        for fade in self._fades:
            fade.paint(self.surface, now_s)
        self._all = False
        return areas

    def _note_screen(self, moment: Moment, before: Sequence[Item], items: Sequence[Item], now_s: float) -> bool:
        """Begin the fades that another view calls for; say whether another scene begins."""
        scene = scene_of(moment.view)
        shown, last = (scene, scene.screen(moment.view)), self._shown
        if shown == last:
            self._fade_groups(before, items, now_s)
            return False
        self._shown, self._since_s = shown, now_s
        self._fades = []
        if last is not None and not (_same_screen(last, shown) or scene.cuts or last[0].cuts):
            self._fade(self._shift.here.kit.layout.body_px, SCREEN_FADE_S, now_s)
        return last is None or last[0] is not scene

    def _fade_groups(self, before: Sequence[Item], items: Sequence[Item], now_s: float) -> None:
        groups = {item.fade for item in items if item.fade}
        for group in sorted(groups):
            were = [item for item in before if item.fade == group]
            are = [item for item in items if item.fade == group]
            if were and [item.key for item in were] != [item.key for item in are]:
                rects = [item.rect for item in (*were, *are)]
                self._fade(rects[0].unionall(rects[1:]), LINES_FADE_S, now_s)

    def _fade(self, region: Rect, lasts_s: float, now_s: float) -> None:
        region = region.clip(self.surface.get_rect())
        if any(fade.region.contains(region) for fade in self._fades):
            return
        # A first frame that showed nothing new yet would only come late.
        self._fades.append(Fade(self.surface, region, now_s - SMOOTH_S, lasts_s))


def picture(
    moment: Moment, size: tuple[int, int], figures: Figures | None = None, fonts: Fonts | None = None
) -> Surface:
    """Return a still picture of the moment, `size` pixels large; it needs no display. Raises FontError."""
    kit = Kit(Layout(*size), fonts or Fonts(), figures or NoFigures())
    surface = Surface(size, 0, 32)
    repainted(Frame(moment, kit).items, [surface.get_rect()], kit.palette.bg).on(surface)
    return surface


def _same_screen(before: tuple[Scene, Hashable], after: tuple[Scene, Hashable]) -> bool:
    return before[1] is not None and before[1] == after[1]
