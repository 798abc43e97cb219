"""The title row: the name of the current or the next thing, such as an exercise."""

from __future__ import annotations

from kiosk.colour import Colour
from kiosk.screen.context import Context, cached
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import CUT, Weight
from kiosk.screen.layout import TITLE_BASELINE
from kiosk.screen.widgets.paragraphs import LINE, few_lines, indent_of, line_items, tight_line
from kiosk.screen.widgets.text import common_cap, fit, phrase, text, width_of

CAP, LEAST = 0.075, 0.055
STEP = 0.098
"""Distance between two lines of a title, in H (the screen's height)."""
_BELOW_DESCENDER, _BELOW_ACCENT = 0.070, 0.060
"""Maximum cap heights of two lines of which the upper one has descenders, and if the lower one may have accents."""
SMALL_CAP = 0.055
"""Cap height of a title that is not what people look for, in H (the screen's height)."""
_DESCENDERS = "gjpqyQ,;()[]{}|@$_"
_SPACE = 0.0035
"""Difference between the measured space after the prefix and the drawn one, in H (the screen's height)."""
_TWO_CAP, _TWO_ACCENTED_CAP, _TWO_LEAST, _TWO_BOTTOM = 0.043, 0.038, 0.028, 0.140
"""Maximum cap heights of a title of two lines without and with accents, its minimum, and its second baseline, in H."""


@cached
def title(
    context: Context,
    *names: str,
    prefix: str = "",
    accent: Colour | None = None,
    width: float | None = None,
    cap: float = CAP,
) -> list[Item]:
    """Return the title in `width` (in H). It shrinks, then the next of `names` is tried. `prefix` has the accent.

    If the last of `names` would be smaller than in two lines, it has two lines.
    """
    layout, colour = context.layout, context.palette.text
    room = layout.fw if width is None else width
    texts = {f"{prefix} {name}" if prefix else name: name for name in names}
    space = _SPACE if prefix else 0.0
    words, fitted = fit(context, tuple(texts), Weight.BLACK, cap, min(cap, LEAST), room + space)
    if words.endswith(CUT) or fitted < _TWO_CAP:
        return _two_lines(context, prefix, names[-1], accent or colour, room)
    lead, name = (prefix, Weight.BLACK, accent or colour), (texts[words], Weight.BLACK, colour)
    return phrase(context, lead, name, fitted, (layout.x0, TITLE_BASELINE), room)


def _two_lines(context: Context, prefix: str, name: str, accent: Colour, room: float) -> list[Item]:
    """Return the name in two lines, the first one after the prefix. If it does not fit, it is cut."""
    layout, line = context.layout, tight_line(name)
    most = _TWO_CAP if line < LINE else _TWO_ACCENTED_CAP
    if prefix:
        prefix, _ = fit(context, (prefix,), Weight.BLACK, _TWO_CAP, _TWO_CAP, room / 2)
    cap, lines = few_lines(context, name, 2, room, most=most, least=_TWO_LEAST, prefix=prefix, weight=Weight.BLACK)
    at = (layout.x0, _TWO_BOTTOM - (len(lines) - 1) * line * cap)
    items = [text(context, prefix, Weight.BLACK, cap, accent, at)] if prefix else []
    indent = indent_of(context, prefix, Weight.BLACK, cap)
    return items + line_items(
        *(context, lines, cap, context.palette.text, at, room), indent=indent, line=line, weight=Weight.BLACK
    )


@cached
def title_lines(context: Context, name: str, width: float, *, first: float = TITLE_BASELINE) -> list[Item]:
    """Return a title of one or two lines in `width` (in H): two if one line would have to be smaller than LEAST.

    The first baseline is at `first`.
    """
    layout, colour = context.layout, context.palette.text
    lines = broken(context, name, width)
    cap = common_cap(context, lines, Weight.BLACK, _most(lines), LEAST, width)
    places = ((layout.x0, first + number * STEP) for number in range(len(lines)))
    return [
        text(context, line, Weight.BLACK, cap, colour, at, width=width) for line, at in zip(lines, places, strict=True)
    ]


@cached
def broken(context: Context, name: str, width: float) -> tuple[str, ...]:
    """Return the name in one line, or in two lines that are about equally long."""
    words = name.split()
    if len(words) == 1 or width_of(context, name, Weight.BLACK, LEAST) <= width:
        return (name,)
    breaks = [(" ".join(words[:first]), " ".join(words[first:])) for first in range(1, len(words))]
    return min(breaks, key=lambda lines: max(width_of(context, line, Weight.BLACK, CAP) for line in lines))


def _most(lines: tuple[str, ...]) -> float:
    """Return the maximum cap height with which the lines do not touch."""
    if len(lines) == 1 or not any(letter in _DESCENDERS or not letter.isascii() for letter in lines[0]):
        return CAP
    return _BELOW_DESCENDER if lines[1].isascii() else _BELOW_ACCENT
