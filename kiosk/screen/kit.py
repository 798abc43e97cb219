"""What every scene and widget draws with."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from kiosk.screen.display_list import Item
from kiosk.screen.figures import Figures, NoFigures
from kiosk.screen.fonts import Fonts
from kiosk.screen.layout import Layout
from kiosk.screen.shapes import Shapes
from kiosk.screen.theme import Palette

P = ParamSpec("P")
T = TypeVar("T")
MOST_KEPT = 200
_NOBODY = NoFigures()


@dataclass(frozen=True, eq=False)
class Kit:
    """The grid, the colours, and the caches of fonts, shapes and figures. A Kit holds no state of the circuit."""

    layout: Layout
    fonts: Fonts = field(default_factory=Fonts)
    figures: Figures = field(default_factory=NoFigures)
    shapes: Shapes = field(default_factory=Shapes)
    palette: Palette = field(default_factory=Palette)
    memo: dict[Hashable, object] = field(default_factory=dict)
    """What was worked out already for this layout and these colours."""
    latest: dict[object, tuple[object, object, list[Item]]] = field(default_factory=dict)
    """Of each kept widget the arguments of the last call and what came of them: comparing is quicker than hashing."""

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` gives, worked out once for each `key`: for layouts that take longer than a lookup."""
        if key not in self.memo:
            if len(self.memo) >= MOST_KEPT:
                self.memo.clear()
            self.memo[key] = make()
        return cast(T, self.memo[key])

    def veiled(self, part: float = 0.78) -> Kit:
        """Return the kit for what shows, grey and dark, behind another screen; it has no athlete."""
        return self.kept(("veiled", part), lambda: self._with(palette=self.palette.veiled(part), figures=_NOBODY))

    def dimmed(self) -> Kit:
        """Return the kit for a screen that has stood still for minutes; it has no athlete."""
        return self.kept(("dimmed",), lambda: self._with(palette=self.palette.dimmed(), figures=_NOBODY))

    def shifted(self, dx: int, dy: int) -> Kit:
        """Return the kit for a picture moved by some pixels."""
        return self._with(layout=self.layout.shifted(dx, dy))

    def aside(self) -> Kit:
        """Return the kit for what is drawn out of sight: what comes of it is kept, and the wall's `latest` stays.

        It has no athlete: to ask for the next one would look as if he were on the screen, and send away the one who is.
        """
        return replace(self, figures=_NOBODY, latest={})

    def forget(self) -> None:
        """Let go of all that was worked out, for when another kit takes this one's place.

        What was drawn knows its kit, and a circle of them would keep an exercise's pictures in memory for minutes.
        """
        inner = [one for one in self.memo.values() if isinstance(one, Kit)]
        self.memo.clear()
        self.latest.clear()
        for kit in inner:
            kit.forget()

    def _with(self, **changes: Any) -> Kit:
        return replace(self, **changes, memo={}, latest={})


def kept(widget: Callable[Concatenate[Kit, P], list[Item]]) -> Callable[Concatenate[Kit, P], list[Item]]:
    """Make a widget that is built once for each kit and arguments; for those that are not told the running time.

    A frame is built thirty times a second, and most of it is what it was.
    """

    @wraps(widget)
    def from_memo(kit: Kit, /, *args: P.args, **kwargs: P.kwargs) -> list[Item]:
        last = kit.latest.get(widget)
        if last is not None and last[0] == args and last[1] == kwargs:
            return list(last[2])
        items = kit.kept((widget, args, tuple(kwargs.items())), lambda: widget(kit, *args, **kwargs))
        kit.latest[widget] = (args, kwargs, items)
        return list(items)

    return from_memo


def latest(widget: Callable[Concatenate[Kit, P], list[Item]]) -> Callable[Concatenate[Kit, P], list[Item]]:
    """Make a widget that is built again when its arguments change; for those that are told so much (a whole view) that
    looking it up would take longer, and the same never comes back.
    """

    @wraps(widget)
    def from_last(kit: Kit, /, *args: P.args, **kwargs: P.kwargs) -> list[Item]:
        last = kit.latest.get(widget)
        if last is None or last[0] != args or last[1] != kwargs:
            last = kit.latest[widget] = (args, kwargs, widget(kit, *args, **kwargs))
        return list(last[2])

    return from_last
