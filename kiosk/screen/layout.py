"""The grid of the screen. Lengths are in H, and this module converts them to pixels.

H is the screen's height, and the width of a screen in portrait, so that letters have one size on a television however
it hangs. x runs to the right from the left edge of the used area; y runs down from its top. On a screen wider than 16:9
or taller than 5:4, the used area is the largest area of that shape in the middle of the screen.

A screen of 4:5 or taller is in portrait. There the left column is above the right one, both as wide as the screen, and
the cue is below both. The footer keeps its distance from the bottom, which is at `h`.
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
STAGE_BOTTOM = 0.672
OVERHANG = 0.010
"""Distance by which the figure's box reaches beyond its column on each side. The figure need not align with text."""
_PORTRAIT_GAP, _PORTRAIT_GAP_GROWS = 0.024, 0.030
"""Distance between the two columns in portrait, one above the other, on a screen of 3:4, and its part of what a screen
is taller."""
_PORTRAIT_PANEL, _PORTRAIT_PANEL_GROWS = 0.440, 0.320
_TALL_PANEL, _TALL_PANEL_GROWS = 0.565, 0.160
"""The same for the height of the panel, and for its height without a cue below it."""


class Layout:
    """The grid of a screen of `width` x `height` pixels, moved by `shift` pixels against burn-in.

    Lengths are in H, except `width`, `height` and attributes whose names end in `_px`.
    """

    def __init__(self, width: int, height: int, shift: tuple[int, int] = (0, 0), *, tall: bool = False) -> None:
        """Make the grid. `tall` is whether the panel reaches down as far as it can, as there is no cue below it."""
        self.width, self.height, self.shift = width, height, shift
        self.portrait = portrait = height >= width * TALLEST
        """Whether the left column is above the right column."""
        self.unit_px = float(width) if portrait else min(float(height), width / TALLEST)
        """The length of one H, in pixels."""
        self.w, self.h = min(width / self.unit_px, WIDEST), min(height / self.unit_px, WIDEST) if portrait else 1.0
        """The width and height of the used area."""
        left, top = (width - self.w * self.unit_px) / 2, (height - self.h * self.unit_px) / 2
        self.origin_px = left + shift[0], top + shift[1]
        self.narrow = not portrait and self.w <= NARROW_BELOW

        self.x0, self.x1 = MARGIN, self.w - MARGIN
        self.fw = self.x1 - self.x0
        """The full width between the margins."""
        if portrait:
            self._set_portrait(tall)
        else:
            self._set_landscape(tall)

        self.screen_px = Rect(0, 0, width, height)
        self.panel_px = self.rect(self.rx, self.panel_top, self.rc, self.body_bottom - self.panel_top)
        self.body_px = Rect(0, self.y(0.148), width, self.y(self.footer_top) - self.y(0.148))
        """The area between title and footer, which cross-fades when the screen changes."""

    def _set_landscape(self, tall: bool) -> None:
        narrow = self.narrow
        self.rc = (0.36 if narrow else 0.35) * self.w
        """The width of the right column."""
        self.rx = self.x1 - self.rc
        """The left edge of the right column."""
        self.lw = self.rx - GUTTER - self.x0
        """The width of the left column."""

        short = narrow and not tall
        self.panel_top = BODY_TOP
        """The top of the right column. The left column begins at BODY_TOP in portrait too."""
        self.body_bottom = 0.680 if short else 0.800
        """The bottom of the right column."""
        self.stage_bottom = STAGE_BOTTOM
        """The bottom of the left column where there is a cue below it, and in portrait always."""
        self.lane_top = 0.604
        """The top of the easier option's lane, which is the lowest part of the left column."""

        self.cue_width = self.fw if short else self.lw
        self.cue_baseline = 0.792 if short else 0.778
        self.line_baselines = (0.748, 0.810) if short else (0.735, 0.797)
        """Baselines of the two lines of an exercise's how or why."""
        self.tip_baselines = (0.744, 0.814) if short else (0.728, 0.798)
        """Baselines of the two lines of a tip, which are larger."""

        self.footer_top = 0.836
        self.label_baseline, self.segments_bottom = LABEL_BASELINE, BOTTOM
        """The footer's labels over its segments, and the bottom of the segments."""
        self.next_baseline = LABEL_BASELINE
        """The baseline of the label that says what comes next. Its value is on the last baseline, `bottom`."""
        self.bottom = BOTTOM
        """The last baseline, and the bottom of the lowest box."""

    def _set_portrait(self, tall: bool) -> None:
        self.rx, self.rc, self.lw = self.x0, self.fw, self.fw
        taller = self.h - 4 / 3
        gap = _PORTRAIT_GAP + _PORTRAIT_GAP_GROWS * taller
        self.bottom = self.h - MARGIN
        # Below the segments there is a row that says what comes next, with its label in front.
        self.next_baseline = self.bottom
        self.segments_bottom = self.bottom - 0.082
        self.label_baseline = self.segments_bottom - 0.052
        self.footer_top = self.label_baseline - 0.044

        self.cue_width, self.cue_baseline = self.fw, self.footer_top - 0.046
        self.body_bottom = self.cue_baseline - 0.085 - gap
        height = _PORTRAIT_PANEL + _PORTRAIT_PANEL_GROWS * taller
        if tall:
            self.body_bottom, height = self.footer_top - 0.026, _TALL_PANEL + _TALL_PANEL_GROWS * taller
        self.panel_top = self.body_bottom - height
        self.stage_bottom = self.panel_top - gap
        self.lane_top = self.stage_bottom - 0.070
        if tall:
            # There is no room below the panel, so what is shown for a while is at the bottom of the left column.
            self.cue_baseline = self.stage_bottom - 0.022
        # On a taller screen, two lines are in the middle of a larger gap.
        middle = self.cue_baseline - 0.018 * taller
        self.line_baselines = middle - 0.040, middle + 0.022
        self.tip_baselines = middle - 0.040, middle + 0.030

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

    def stage_px(self, bottom: float, overhang: float = OVERHANG) -> Rect:
        """Return the figure's box in the left column, in pixels. Its bottom edge is at `bottom`, in H."""
        return self.rect(self.x0 - overhang, BODY_TOP, self.lw + 2 * overhang, bottom - BODY_TOP)
