"""The grid of the screen. Every length is in H (the screen's height), and this module converts lengths to pixels.

x runs to the right from the left edge of the used area; y runs down from its top. On a screen wider than 16:9 or taller
than 5:4, the used area is the largest area of that shape in the middle of the screen.
"""

from __future__ import annotations

from pygame import Rect

WIDEST = 16 / 9
TALLEST = 5 / 4
NARROW_BELOW = 1.5
"""Maximum width, in H, of a narrow screen (4:3). There the panel ends higher, and the cue runs below both columns."""
MARGIN = 0.050
GUTTER = 0.040
TITLE_BASELINE = 0.125
BODY_TOP = 0.170
LABEL_BASELINE = 0.880
BOTTOM = 0.950
OVERHANG = 0.010
"""Distance by which the figure's box reaches beyond its column on each side. The figure need not align with text."""


class Layout:
    """The grid of a screen of `width` x `height` pixels, moved by `shift` pixels against burn-in.

    Lengths are in H, except `width`, `height` and attributes whose names end in `_px`.
    """

    def __init__(self, width: int, height: int, shift: tuple[int, int] = (0, 0), *, tall: bool = False) -> None:
        """Make the grid. `tall` is whether the panel reaches as far down on a narrow screen as on a wide one."""
        self.width, self.height, self.shift = width, height, shift
        self.unit_px = min(float(height), width / TALLEST)
        """The length of one H, in pixels."""
        self.w = min(width / self.unit_px, WIDEST)
        """The width of the used area."""
        left, top = (width - self.w * self.unit_px) / 2, (height - self.unit_px) / 2
        self.origin_px = left + shift[0], top + shift[1]
        self.narrow = narrow = self.w <= NARROW_BELOW

        self.x0, self.x1 = MARGIN, self.w - MARGIN
        self.fw = self.x1 - self.x0
        """The full width between the margins."""
        self.rc = (0.36 if narrow else 0.35) * self.w
        """The width of the right column."""
        self.rx = self.x1 - self.rc
        """The left edge of the right column."""
        self.lw = self.rx - GUTTER - self.x0
        """The width of the left column."""

        short = narrow and not tall
        self.body_bottom = 0.680 if short else 0.800
        self.cue_width = self.fw if short else self.lw
        self.cue_baseline = 0.792 if short else 0.778
        self.line_baselines = (0.748, 0.810) if short else (0.735, 0.797)
        """Baselines of the two lines of an exercise's how or why."""
        self.tip_baselines = (0.744, 0.814) if short else (0.728, 0.798)
        """Baselines of the two lines of a tip, which are larger."""

        self.screen_px = Rect(0, 0, width, height)
        self.panel_px = self.rect(self.rx, BODY_TOP, self.rc, self.body_bottom - BODY_TOP)
        self.body_px = Rect(0, self.y(0.148), width, self.y(0.836) - self.y(0.148))
        """The area between title and footer, which cross-fades when the screen changes."""

    def px(self, length: float) -> int:
        """Return a length, given in H, in whole pixels. The result is at least 1 unless the length is 0."""
        return max(1, round(length * self.unit_px)) if length > 0 else 0

    def x(self, x: float) -> int:
        return round(self.origin_px[0] + x * self.unit_px)

    def y(self, y: float) -> int:
        return round(self.origin_px[1] + y * self.unit_px)

    def point(self, x: float, y: float) -> tuple[int, int]:
        return self.x(x), self.y(y)

    def rect(self, x: float, y: float, width: float, height: float) -> Rect:
        """Return a box in pixels. Its edges are rounded, not its sizes, so that neighbouring boxes still touch."""
        left, top = self.point(x, y)
        return Rect(left, top, self.x(x + width) - left, self.y(y + height) - top)

    def stage_px(self, bottom: float) -> Rect:
        """Return the figure's box in the left column, in pixels. Its bottom edge is at `bottom`, in H."""
        return self.rect(self.x0 - OVERHANG, BODY_TOP, self.lw + 2 * OVERHANG, bottom - BODY_TOP)
