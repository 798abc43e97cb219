"""Names in rows. They shrink, then wrap, and those that still have no room become a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kiosk.screen.fonts import Weight
from kiosk.screen.kit import Kit
from kiosk.screen.widgets.text import width_of


class Placed(NamedTuple):
    """A name and its place: its row, and `x` and `width` in H, from the left edge of the room.

    `number` is whether it is not a name but the number of names left out.
    """

    words: str
    row: int
    x: float
    width: float
    number: bool = False


class Flow(NamedTuple):
    cap: float
    placed: tuple[Placed, ...]

    @property
    def rows(self) -> int:
        return self.placed[-1].row + 1


def flow(
    kit: Kit,
    names: Sequence[str],
    room: float,
    sizes: Sequence[tuple[float, int]],
    *,
    gap: float,
    beside: float = 0.0,
    number: Callable[[int], str] = "+{}".format,
) -> Flow:
    """Return the names in the first of `sizes` (cap height and number of rows) that has room for all of them.

    If none has, the last size is taken, and `number` makes a text of how many are left out. The first name is always
    shown, in whatever width there is. `room` is the width of a row in H. `gap` is the space between two names, and
    `beside` is what a name takes besides its letters, such as a picture; both are in caps.
    """
    for cap, most in sizes:
        placed = _placed(kit, names, room, cap, gap, beside)
        if placed[-1].row < most:
            return Flow(cap, tuple(placed))
    cap, most = sizes[-1]
    for shown in range(len(names) - 1, 0, -1):
        placed = _placed(kit, names[:shown], room, cap, gap, beside)
        words = number(len(names) - shown)
        width = width_of(kit, words, Weight.BOLD, cap)
        x = placed[-1].x + placed[-1].width + gap * cap
        if placed[-1].row < most and x + width <= room:
            break
    else:
        # Not even the first name has room beside the number.
        x = room - width
        placed = [Placed(names[0], 0, 0.0, x - gap * cap)]
    return Flow(cap, (*placed, Placed(words, placed[-1].row, x, width, number=True)))


def _placed(kit: Kit, names: Sequence[str], room: float, cap: float, gap: float, beside: float) -> list[Placed]:
    placed: list[Placed] = []
    row, x = 0, 0.0
    for name in names:
        width = width_of(kit, name, Weight.BOLD, cap) + beside * cap
        if x > 0 and x + width > room:
            row, x = row + 1, 0.0
        placed.append(Placed(name, row, x, min(width, room)))
        x += width + gap * cap
    return placed
