"""The context: the grid, colours, fonts, shapes and figures that every scene and widget draws with."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from kiosk.screen.figures import Figures, UnseenFigures
from kiosk.screen.fonts import Fonts
from kiosk.screen.layout import Layout
from kiosk.screen.shapes import Shapes
from kiosk.screen.theme import Palette

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Context:
    """The grid, the colours, and the caches of fonts, shapes and figures. A context holds no state of the circuit."""

    layout: Layout
    fonts: Fonts = field(default_factory=Fonts)
    figures: Figures = field(default_factory=Figures)
    shapes: Shapes = field(default_factory=Shapes)
    palette: Palette = field(default_factory=Palette)
    cache: dict[Hashable, Any] = field(default_factory=dict)
    """Cache of the widgets and layouts made with this grid and these colours. The cache needs no limit, because the
    compositor replaces its context at least every minute, when the picture shifts."""

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the result of `make`, which is called once for each `key`."""
        try:
            found: T = self.cache[key]
        except KeyError:
            found = self.cache[key] = make()
        return found

    def veiled(self, part: float = 0.78) -> Context:
        """Return the context for a grey, dark screen behind another screen. This context shows no figures."""
        unseen = UnseenFigures(self.figures)
        return self.cached(("veiled", part), lambda: self._with(palette=self.palette.veiled(part), figures=unseen))

    def dimmed(self) -> Context:
        """Return the context for a screen that has stood still for minutes. This context shows no figures."""
        unseen = UnseenFigures(self.figures)
        return self.cached(("dimmed",), lambda: self._with(palette=self.palette.dimmed(), figures=unseen))

    def shifted(self, dx: int, dy: int) -> Context:
        """Return the context for a picture moved by some pixels."""
        return self._with(layout=Layout(self.layout.width, self.layout.height, (dx, dy)))

    def tall(self) -> Context:
        """Return the context for a screen whose left column has no cue below, so that the panel reaches further down.

        Only on a narrow screen and in portrait this makes a difference.
        """
        layout = self.layout
        if not (layout.narrow or layout.portrait):
            return self
        tall = Layout(layout.width, layout.height, layout.shift, tall=True)
        return self.cached(("tall",), lambda: self._with(layout=tall))

    def without_figures(self) -> Context:
        """Return the context for drawing out of sight, with the same caches.

        This context shows no figures, because asking for another figure would drop that on the screen from memory.
        """
        return replace(self, figures=UnseenFigures(self.figures))

    def _with(self, **changes: Any) -> Context:
        return replace(self, **changes, cache={})


def cached(make: Callable[Concatenate[Context, P], T]) -> Callable[Concatenate[Context, P], T]:
    """Decorate a function, so that it makes its widget or layout once for each context and set of arguments.

    The arguments must not change with time. Thirty frames are composed a second, and most of a frame stays the same.
    Callers must not change a list that they get.
    """

    @wraps(make)
    def from_cache(context: Context, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return context.cached((make, args, tuple(kwargs.items())), lambda: make(context, *args, **kwargs))

    return from_cache
