"""The compositor: it draws moments on a surface, and repaints only what changed.

A scene turns a view, a time and the context into a `Frame`: a list of items, far to near, and the number of seconds for
which they stay the same. `draw` takes these steps:

1. *Compose.* The scene's items and the badges become the new frame.
2. *Compare.* The new items are compared by key with the items of the last frame. Equal items are skipped. If an item
   shows the same thing in both frames, the item says where it differs. For any other item, the old place and the new
   place are dirty.
3. *Paint.* Each dirty rectangle is filled with the background, then with every item that reaches into it, far to near.
   There is one shortcut (`Item.onto`): if nothing lies over the moving figure, the difference between two of its
   pictures is painted directly onto the screen.
4. *Fade.* When the screen or a fade group changes, a copy of the old pixels is painted over the new pixels, with less
   and less opacity.
5. *Shift.* Every half minute the whole picture moves by a few pixels along a small circle, against burn-in. A shift
   repaints everything, so it waits until another view begins that does not answer a press.

`draw` returns the rectangles that changed, which the window flips. `stays_s` returns the time until the next frame.

Between frames, `prepare` uses spare time in small slices. It prefetches the figures that come next. It also paints one
screen of each kind out of sight to warm up the caches, so that the first press is answered as fast as the hundredth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import cos, inf, sin, tau
from typing import NamedTuple

from pygame import Rect, Surface

from kiosk.colour import Colour
from kiosk.screen.context import Context
from kiosk.screen.display_list import SMOOTH_S, Frame, Item, outside
from kiosk.screen.figures import Figures
from kiosk.screen.fonts import Fonts
from kiosk.screen.layout import Layout
from kiosk.screen.scenes import scene_of
from kiosk.screen.scenes.progress import TIME_LEFT
from kiosk.screen.unseen import restored
from kiosk.screen.widgets.badges import badges
from kiosk.screen.widgets.footer import badges_left
from kiosk.view import Moment, View

SOONEST_S = 0.025
"""Minimum interval between frames of one view. It is shorter than `SMOOTH_S`. Otherwise an extra frame, for example
when the clock changes, would delay the figure for the rest of its move."""
SCREEN_FADE_S = 0.25
LINES_FADE_S = 0.20
SHIFT_EVERY_S = 30.0
SHIFT_WAITS_S = 30.0
"""Maximum time for which a due shift waits for another view. A paused circuit keeps its view, so it shifts once a
minute."""
SHIFT_STEPS = 8
SHIFT_RADIUS = 0.004
"""Radius of the circle along which the picture shifts, in H (the screen's height)."""
HAIR_S = 1e-6
"""Tolerance for float rounding. Without it, a frame could come a hair before its change and miss it."""
LETTERS_KEPT = 1.15
"""Size of the cache of rendered text, in full-screen pictures. The cache holds the digits and text of a work interval,
and the text of the next screens."""
NEARLY_OPAQUE = 254
"""Maximum alpha of a fade. SDL blends fifteen times slower with an alpha of 255 than with any other."""


class Compositor:
    """The object that draws moments on a surface. It keeps the last frame, but no state of the circuit."""

    def __init__(self, surface: Surface, figures: Figures | None = None, fonts: Fonts | None = None) -> None:
        """Take a surface to draw on. Raises FontError if the fonts are not installed."""
        self.surface = surface
        width, height = surface.get_size()
        fonts = fonts or Fonts(kept_bytes=int(LETTERS_KEPT * width * height * 4))
        fonts.check()
        self.context = Context(Layout(width, height), fonts, figures or Figures())
        """The context for drawing, with the current shift of the picture."""
        self._frame = Frame([])
        self._view: View | None = None
        self._badges: tuple[str, ...] = ()
        self._due_s = -inf
        """Time at which the picture next changes, on the same clock as `now_s` in `draw`."""
        self._fades: list[_Fade] = []
        self.repaint_all = True
        """Whether the next frame repaints everything. Tests compare such frames with partly repainted ones."""
        self._shifts = 0
        self._shift_due_s = -inf
        self._warming: Iterator[None] = iter(())
        self._wanted_for: View | None = None

    def draw(self, moment: Moment, now_s: float) -> list[Rect]:
        """Draw the moment and return the rectangles that changed. If there are none, there is nothing to flip.

        `now_s` is the time on any monotonic clock. Only the fades and the burn-in shift depend on this time.
        """
        goes_on = moment.view is self._view and moment.badges == self._badges
        self._shift(now_s, waits=goes_on or scene_of(moment.view).cuts)
        frame = compose(moment, self.context)
        before, self._frame = self._frame.items, frame
        fading = [fade.region for fade in self._fades]
        cuts = self._view is not None and not goes_on and self._begin_fades(self._view, moment.view, before, now_s)
        self._view, self._badges = moment.view, moment.badges
        self._due_s = now_s + max(SOONEST_S, frame.stays_s + HAIR_S)
        if self.repaint_all:
            areas = self._repaint([self.context.layout.screen_px])
        elif cuts:
            # Almost everything is new, so comparing would take longer than painting everything.
            # What was still fading out may reach beyond the items.
            changed = [*(item.rect for item in (*before, *frame.items)), *fading]
            areas = self._repaint(rows(changed, self.context.layout.screen_px))
        else:
            areas = self._update(before)
        self.repaint_all = False
        self._fades = [fade for fade in self._fades if now_s < fade.ends_s]
        for fade in self._fades:
            # Opacity goes from 1 to 0.
            fade.before.set_alpha(min(NEARLY_OPAQUE, round(255 * (fade.ends_s - now_s) / fade.lasts_s)))
            self.surface.blit(fade.before, fade.region)
        return areas

    def stays_s(self, now_s: float) -> float:
        """Return for how many seconds the picture stays correct if the view stays the same."""
        if self._fades:
            return SMOOTH_S
        return min(self._due_s - now_s, max(SMOOTH_S, self._shift_due_s + SHIFT_WAITS_S - now_s))

    def prepare(self, urgent: Callable[[], bool]) -> None:
        """Prefetch the figures that come next, then warm up the caches, until `urgent` returns true."""
        if self._view is not None and self._view is not self._wanted_for:
            self._wanted_for = self._view
            self.context.figures.request(scene_of(self._view).figures_ahead(self._view, self.context))
        if self.context.figures.prefetch(self.surface) or urgent():
            return
        while next(self._warming, True) is None and not urgent():
            pass

    def warm_up(self, moments: Iterable[Moment]) -> None:
        """Make `prepare` paint the moments out of sight. The last one stays cached longest and is the most urgent."""
        self._warming = self._warm(moments)

    def close(self) -> None:
        self.context.figures.close()

    # --- painting ---------------------------------------------------------------------------------------------------

    def _update(self, before: Sequence[Item]) -> list[Rect]:
        """Update the surface from the old items, `before`, to the new frame; return the rectangles that changed."""
        items, screen = self._frame.items, self.context.layout.screen_px
        seen: list[Rect] = []
        dirty: list[Rect] = []
        for change in changes(before, items):
            seen += change.rects
            dirty += self._paint_onto(items, change)
        if self._fades:
            # The fades lie over the frame, so `onto` cannot be used.
            return self._repaint(merged([*seen, *(fade.region for fade in self._fades)], screen))
        self._repaint(merged(dirty, screen))
        return merged(seen, screen)

    def _paint_onto(self, items: Sequence[Item], change: Change) -> Sequence[Rect]:
        """Paint an item's change directly where no item lies over it; return the rectangles that are still dirty."""
        item, before = change.item, change.before
        if self._fades or item is None or before is None or not item.opaque or item.rect != before.rect:
            return change.rects
        if (paint := item.onto(before)) is None:
            return change.rects
        over = [one.rect for one in items[items.index(item) + 1 :] if one.rect.colliderect(item.rect)]
        free = [rect for rect in change.rects if rect.collidelist(over) < 0]
        for rect in free if over else [item.rect]:
            self.surface.set_clip(rect)
            paint(self.surface)
        self.surface.set_clip(None)
        return [rect for rect in change.rects if rect not in free]

    def _repaint(self, areas: list[Rect]) -> list[Rect]:
        repaint(self.surface, self._frame.items, areas, self.context.palette.bg)
        return areas

    # --- fades ------------------------------------------------------------------------------------------------------

    def _begin_fades(self, last: View, view: View, before: Sequence[Item], now_s: float) -> bool:
        """Begin the fades for a change of view; return whether another scene begins without a fade."""
        scene, scene_before = scene_of(view), scene_of(last)
        if scene.screen(view) == scene_before.screen(last):
            for group in sorted({item.fade for item in self._frame.items if item.fade}):
                were, are = ([item for item in items if item.fade == group] for items in (before, self._frame.items))
                if were and [item.key for item in were] != [item.key for item in are]:
                    first, *others = (item.rect for item in (*were, *are))
                    self._fade(first.unionall(others), LINES_FADE_S, now_s)
        else:
            self._fades = []
            if not (scene.cuts or scene_before.cuts):
                self._fade(self.context.layout.body_px, SCREEN_FADE_S, now_s)
        return scene is not scene_before and not self._fades

    def _fade(self, region: Rect, lasts_s: float, now_s: float) -> None:
        region = region.clip(self.surface.get_rect())
        if not any(fade.region.contains(region) for fade in self._fades):
            before = Surface(region.size, 0, self.surface)
            before.blit(self.surface, (0, 0), region)
            # The fade begins one frame in the past, so that its first frame already shows something new.
            self._fades.append(_Fade(region, before, now_s - SMOOTH_S + lasts_s, lasts_s))

    # --- the shift against burn-in ----------------------------------------------------------------------------------

    def _shift(self, now_s: float, waits: bool) -> None:
        """Shift the picture if a shift is due. `waits` postpones the shift by up to SHIFT_WAITS_S."""
        if now_s < self._shift_due_s + (SHIFT_WAITS_S if waits else 0.0):
            return
        turn, radius_px = self._shifts % SHIFT_STEPS * tau / SHIFT_STEPS, SHIFT_RADIUS * self.context.layout.unit_px
        # Cached items refer to their context. Such reference cycles would keep pictures in memory for minutes.
        self.context.cache.clear()
        self.context = self.context.shifted(round(radius_px * cos(turn)), round(radius_px * sin(turn)))
        self._shifts += 1
        self._shift_due_s = (now_s // SHIFT_EVERY_S + 1) * SHIFT_EVERY_S
        # The current fades are at the old place of the picture.
        self._fades, self.repaint_all = [], True

    # --- warming up -------------------------------------------------------------------------------------------------

    def _warm(self, moments: Iterable[Moment]) -> Iterator[None]:
        context = self.context.without_figures()
        for moment in moments:
            items = compose(moment, context).items
            yield
            for item in items:
                paint_unseen(self.surface, item)
                yield


class _Fade(NamedTuple):
    """A copy of a screen region, `before`, that fades out over `lasts_s` seconds and is gone at `ends_s`."""

    region: Rect
    before: Surface
    ends_s: float
    lasts_s: float


def compose(moment: Moment, context: Context) -> Frame:
    """Return the frame of a moment: the items of its scene, and the badges over them."""
    scene = scene_of(moment.view)
    frame = scene.draw(moment.view, moment.t_s, context)
    if not moment.badges or not scene.badges:
        return frame
    if scene.footer:
        left = badges_left(context, TIME_LEFT, frame.items)
        notes = badges(context, moment.badges, left, context.layout.next_baseline)
    else:
        notes = badges(context, moment.badges, context.layout.x0, context.layout.bottom + 0.035)
    return Frame([*frame.items, *notes], frame.stays_s)


def picture(
    moment: Moment, size: tuple[int, int], figures: Figures | None = None, fonts: Fonts | None = None
) -> Surface:
    """Return a still picture of the moment; `size` is in pixels. No display is needed. Raises FontError."""
    context = Context(Layout(*size), fonts or Fonts(), figures or Figures())
    surface = Surface(size, 0, 32)
    repaint(surface, compose(moment, context).items, [surface.get_rect()], context.palette.bg)
    return surface


def repaint(surface: Surface, items: Sequence[Item], areas: Iterable[Rect], background: Colour) -> None:
    """Repaint each area: the background where no opaque item hides it, then all items that reach into the area."""
    clip_before = surface.get_clip()
    rects = [item.rect for item in items]
    for area in areas:
        reaching = area.collidelistall(rects)
        covering = [place for place, at in enumerate(reaching) if items[at].opaque and rects[at].contains(area)]
        if not covering:
            surface.set_clip(area)
            opaque = (rects[at].clip(area) for at in reaching if items[at].opaque)
            for rect in outside(area, max(opaque, key=area_of, default=Rect(0, 0, 0, 0))):
                surface.fill(background, rect)
        for at in reaching[covering[-1] if covering else 0 :]:
            surface.set_clip(rects[at].clip(area))
            items[at].paint(surface)
    surface.set_clip(clip_before)


def paint_unseen(surface: Surface, item: Item) -> None:
    """Paint the item out of sight to fill the caches. The surface stays as it was."""
    with restored(surface, Rect(item.rect.clip(surface.get_rect()).topleft, (1, 1))):
        item.paint(surface)


# --- comparing two frames -------------------------------------------------------------------------------------------


class Change(NamedTuple):
    """Rectangles in which two frames differ. If one thing changed, `item` is its new item, `before` its old one."""

    rects: Sequence[Rect]
    item: Item | None = None
    before: Item | None = None


def changes(before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
    """Return the differences between the items of the last frame and the items of the new one."""
    if len(before) == len(after):
        # Most items are the same object at the same index. Such items have the same order in both frames.
        pairs = [pair for pair in zip(before, after, strict=True) if pair[0] is not pair[1]]
        pairs = [(old, new) for old, new in pairs if old.identity != new.identity]
        return _between([old for old, _ in pairs], [new for _, new in pairs])
    were = {item.identity: item for item in before}
    are = {item.identity: item for item in after}
    if [one for one in were if one in are] != [one for one in are if one in were]:
        # An item that was behind may be in front now. That is rare, so everything is repainted.
        return [Change([item.rect]) for item in (*before, *after)]
    gone = [item for identity, item in were.items() if identity not in are]
    return _between(gone, [item for identity, item in are.items() if identity not in were])


def _between(gone: Sequence[Item], new: Sequence[Item]) -> list[Change]:
    things = {item.thing: item for item in gone if item.thing is not None}
    found: list[Change] = []
    for item in new:
        before = things.get(item.thing)
        where = None if before is None else item.differs(before)
        if before is None or where is None:
            found.append(Change([item.rect]))
        else:
            found.append(Change(where, item, before))
            del things[item.thing]
    left = [*(item for item in gone if item.thing is None), *things.values()]
    return [*found, *(Change([item.rect]) for item in left)]


def merged(rects: Iterable[Rect], within: Rect) -> list[Rect]:
    """Return the rectangles, clipped to `within`. Two are merged if their union is hardly larger than both together."""
    joined: list[Rect] = []
    # The largest rectangle comes first, because it absorbs most of the others at once.
    for rect in sorted(filter(None, (rect.clip(within) for rect in rects)), key=area_of, reverse=True):
        while near := next((one for one in joined if _is_near(one, rect)), None):
            joined.remove(near)
            rect = rect.union(near)
        joined.append(rect)
    return joined


def _is_near(one: Rect, other: Rect) -> bool:
    return area_of(one.union(other)) <= 1.15 * (area_of(one) + area_of(other))


def area_of(rect: Rect) -> int:
    return rect.width * rect.height


def rows(rects: Iterable[Rect], within: Rect) -> list[Rect]:
    """Return rectangles one below the other that contain all of `rects`. Only background is between them."""
    found: list[Rect] = []
    for rect in sorted(rects, key=lambda rect: rect.top):
        if found and rect.top <= found[-1].bottom:
            found[-1].union_ip(rect)
        else:
            found.append(rect.copy())
    return [row.clip(within) for row in found]
