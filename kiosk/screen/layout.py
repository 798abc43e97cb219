"""The grid. Every length is in H, the screen's height, and is converted to pixels only here.

x runs to the right from the left edge of the used area, y runs down. On a screen wider than 16:9 or taller than 5:4 the
used area is the part of that shape in the middle.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pygame import Rect

WIDEST = 16 / 9
TALLEST = 5 / 4
NARROW_BELOW = 1.5
"""Width below which a screen is narrow (4:3): its panel ends higher, and its cue runs below both columns."""
MARGIN = 0.050
GUTTER = 0.040
TITLE_BASELINE = 0.125
BODY_TOP = 0.170
LABEL_BASELINE = 0.880
BOTTOM = 0.950
OVERHANG = 0.010
"""How far the figure's box reaches beyond its column on either side; it need not align with text."""


@dataclass(frozen=True)
class Layout:
    """The grid of a screen of `width` x `height` pixels, moved by `shift` pixels against burn-in.

    Properties are in H unless they are called `_px`.
    """

    width: int
    height: int
    shift: tuple[int, int] = (0, 0)

    @cached_property
    def unit_px(self) -> float:
        """One H in pixels."""
        return min(float(self.height), self.width / TALLEST)

    @cached_property
    def w(self) -> float:
        """The width of the used area."""
        return min(self.width / self.unit_px, WIDEST)

    @cached_property
    def origin_px(self) -> tuple[float, float]:
        left = (self.width - self.w * self.unit_px) / 2
        return left + self.shift[0], (self.height - self.unit_px) / 2 + self.shift[1]

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height

    @property
    def narrow(self) -> bool:
        return self.w <= NARROW_BELOW

    # --- columns and rows ---

    @property
    def x0(self) -> float:
        return MARGIN

    @property
    def x1(self) -> float:
        return self.w - MARGIN

    @property
    def fw(self) -> float:
        """The full width between the margins."""
        return self.x1 - self.x0

    @property
    def rc(self) -> float:
        """The width of the right column."""
        return (0.36 if self.narrow else 0.35) * self.w

    @property
    def rx(self) -> float:
        """The left edge of the right column."""
        return self.x1 - self.rc

    @property
    def lw(self) -> float:
        """The width of the left column."""
        return self.rx - GUTTER - self.x0

    @property
    def body_bottom(self) -> float:
        return 0.680 if self.narrow else 0.800

    @property
    def cue_width(self) -> float:
        return self.fw if self.narrow else self.lw

    @property
    def cue_baseline(self) -> float:
        return 0.792 if self.narrow else 0.778

    @property
    def line_baselines(self) -> tuple[float, float]:
        """Baselines of the two lines of how or why."""
        return (0.748, 0.810) if self.narrow else (0.735, 0.797)

    @property
    def tip_baselines(self) -> tuple[float, float]:
        """Baselines of the two lines of a tip, which are larger."""
        return (0.744, 0.814) if self.narrow else (0.728, 0.798)

    # --- into pixels ---

    def px(self, length: float) -> int:
        """Return a length in whole pixels, at least 1 unless it is 0."""
        return max(1, round(length * self.unit_px)) if length > 0 else 0

    def x(self, x: float) -> int:
        return round(self.origin_px[0] + x * self.unit_px)

    def y(self, y: float) -> int:
        return round(self.origin_px[1] + y * self.unit_px)

    def point(self, x: float, y: float) -> tuple[int, int]:
        return self.x(x), self.y(y)

    def rect(self, x: float, y: float, width: float, height: float) -> Rect:
        """Return the box in pixels. Edges are rounded, not sizes, so that neighbours still touch."""
        left, top = self.point(x, y)
        return Rect(left, top, self.x(x + width) - left, self.y(y + height) - top)

    @cached_property
    def screen_px(self) -> Rect:
        return Rect(0, 0, self.width, self.height)

    @cached_property
    def panel_px(self) -> Rect:
        return self.rect(self.rx, BODY_TOP, self.rc, self.body_bottom - BODY_TOP)

    @cached_property
    def body_px(self) -> Rect:
        """Everything between title and footer, which cross-fades when the screen changes."""
        top, bottom = self.y(0.148), self.y(0.836)
        return Rect(0, top, self.width, bottom - top)

    def stage_px(self, bottom: float) -> Rect:
        """Return the figure's box in the left column, down to `bottom`."""
        return self.rect(self.x0 - OVERHANG, BODY_TOP, self.lw + 2 * OVERHANG, bottom - BODY_TOP)

    def shifted(self, dx: int, dy: int) -> Layout:
        return Layout(self.width, self.height, (dx, dy))
