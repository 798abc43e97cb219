"""Paragraphs: text broken into lines, all in one size, as large as its box allows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from kiosk.colour import Colour
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Fonts, Weight
from kiosk.screen.widgets.text import text

LINE = 1.60
"""Line spacing, in cap heights. Descenders just clear the accents of the line below."""
CAP_STEP = 0.001
_CUT = "…"
_HAIR = 1e-9

Lines = tuple[str, ...]


class Setting(NamedTuple):
    """Paragraphs broken into lines for one cap height, in H (the screen's height).

    `line` is the line spacing, and `gap` the additional space between paragraphs, both in cap heights.
    """

    cap: float
    paragraphs: Sequence[Lines]
    gap: float
    line: float = LINE

    @property
    def height(self) -> float:
        """The height from the top of the first line's capitals to the last baseline, in H."""
        lines = sum(len(lines) for lines in self.paragraphs)
        return self.cap * (1 + (lines - 1) * self.line + (len(self.paragraphs) - 1) * self.gap) if lines else 0.0

    @property
    def offsets(self) -> Sequence[float]:
        """The distances from the first baseline down to the first baseline of each paragraph, in H."""
        heights = ((len(lines) * self.line + self.gap) * self.cap for lines in self.paragraphs[:-1])
        return tuple(accumulate(heights, initial=0.0))


def set_paragraphs(
    context: Context,
    paragraphs: Sequence[str],
    width: float,
    height: float,
    *,
    most: float,
    least: float,
    gap: float = 0.0,
    hang: float = 0.0,
    line: float = LINE,
    weight: Weight = Weight.BOLD,
) -> Setting:
    """Return the paragraphs in the largest cap height, from `most` down to `least`, in which they fit.

    Lengths are in H. `hang` is the width of a column to the left of the lines, in cap heights. Text that does not fit
    even in `least` is cut, and ends with "…".
    """

    def at(step: int) -> Setting:
        cap = max(least, most - step * CAP_STEP)
        wrapped = [wrap(context, words, cap, width - hang * cap, weight=weight) for words in paragraphs]
        return Setting(cap, wrapped, gap, line)

    # Smaller text never takes more height, so a binary search works.
    steps = range(ceil((most - least) / CAP_STEP - _HAIR) + 1)
    fits = bisect_left(steps, True, key=lambda step: at(step).height <= height + _HAIR)
    return at(fits) if fits < len(steps) else _cut(at(steps[-1]), height)


def wrap(
    context: Context,
    words: str,
    cap: float,
    width: float,
    *,
    indent: float = 0.0,
    even: bool = False,
    weight: Weight = Weight.BOLD,
) -> Lines:
    """Return the lines of a text. `indent` is the free space at the start of the first line. Lengths are in H.

    With `even`, the lines are about equally long, but there are no more of them.
    """
    unit = context.layout.unit_px
    cap_px, width_px, indent_px = cap * unit, int(width * unit), int(indent * unit)
    lines = _wrap(context.fonts, words, weight, cap_px, width_px, indent_px)
    if not even or len(lines) == 1:
        return lines

    def fits(narrower_px: int) -> bool:
        return len(_wrap(context.fonts, words, weight, cap_px, narrower_px, indent_px)) <= len(lines)

    widths_px = range(width_px // 2 + 1, width_px, 4)
    found = bisect_left(widths_px, True, key=fits)
    narrowest_px = widths_px[found] if found < len(widths_px) else width_px
    return _wrap(context.fonts, words, weight, cap_px, narrowest_px, indent_px)


def line_items(
    context: Context,
    lines: Lines,
    cap: float,
    colour: Colour,
    at: tuple[float, float],
    width: float,
    *,
    indent: float = 0.0,
    line: float = LINE,
    weight: Weight = Weight.BOLD,
) -> list[Item]:
    """Return the lines, with the first one's baseline at `at`."""
    (x, baseline), items = at, []
    for words in lines:
        # The lines fit already; a pixel of rounding must not make one of them smaller.
        room = width - indent + 1 / context.layout.unit_px
        items.append(text(context, words, weight, cap, colour, (x + indent, baseline), width=room))
        baseline += line * cap
        indent = 0.0
    return items


def numbered_items(
    context: Context,
    setting: Setting,
    at: tuple[float, float],
    width: float,
    hang: float,
    accent: Colour,
    first: int = 1,
) -> list[Item]:
    """Return the paragraphs. Their numbers, from `first` on, are in the accent in a left column, `hang` (in H) wide."""
    cap, items = setting.cap, []
    for number, (lines, down) in enumerate(zip(setting.paragraphs, setting.offsets, strict=False), first):
        x, baseline = at[0], at[1] + down
        items.append(text(context, str(number), Weight.BLACK, cap, accent, (x, baseline), width=hang))
        at_lines = (x + hang, baseline)
        items += line_items(context, lines, cap, context.palette.text, at_lines, width - hang, line=setting.line)
    return items


def _cut(setting: Setting, height: float) -> Setting:
    """Return as many of the lines as fit, the last one ending with "…"."""
    while setting.height > height and setting.paragraphs:
        *most, last = setting.paragraphs
        setting = setting._replace(paragraphs=[*most, last[:-1]] if len(last) > 1 else most)
    if not setting.paragraphs:
        return setting
    *most, last = setting.paragraphs
    # The line may be as wide as the box, so its last word makes room for the "…".
    shorter = last[-1].rpartition(" ")[0] or last[-1][:-2]
    return setting._replace(paragraphs=[*most, (*last[:-1], f"{shorter.rstrip(' .,;:')} {_CUT}")])


@lru_cache(maxsize=1024)
def _wrap(fonts: Fonts, words: str, weight: Weight, cap_px: float, width_px: int, indent_px: int) -> Lines:
    """Return the lines; widths are in pixels. Binary searches repeat the same calls."""
    lines, start = [""], indent_px
    for word in words.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if _fits(fonts, longer, weight, cap_px, width_px - start):
            lines[-1] = longer
            continue
        if lines[-1] or start:
            lines.append("")
            start = 0
        for letter in word:
            if lines[-1] and not _fits(fonts, lines[-1] + letter, weight, cap_px, width_px):
                lines[-1:] = _broken(lines[-1])
            lines[-1] += letter
    return tuple(lines)


def _broken(word: str) -> Lines:
    """Cut a line full of one long word, such as a path, after a separator in its second half, or else at its end."""
    end = 1 + max(word.rfind(sign) for sign in "/-_")
    end = end if end > len(word) / 2 else len(word)
    return word[:end], word[end:]


def _fits(fonts: Fonts, line: str, weight: Weight, cap_px: float, width_px: int) -> bool:
    return fonts.width_px(line, weight, cap_px) <= width_px
