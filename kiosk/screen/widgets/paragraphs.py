"""Paragraphs: text broken into lines, all in one size, as large as its box allows."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from kiosk.colour import Colour
from kiosk.screen.context import Context
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import CUT, Fonts, Weight
from kiosk.screen.widgets.text import WORD_SPACE, text, width_of

LINE = 1.60
"""Line spacing, in cap heights. Descenders just clear the accents of the line below."""
_TIGHT_LINE = 1.42
"""Line spacing of letters without accents."""
CAP_STEP = 0.001
_BEFORE_CUT = " .,;:"
_HAIR = 1e-9
_DIGIT = 0.83
"""Width of a digit of a step's number, in cap heights."""

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
    if fits < len(steps):
        return at(fits)
    smallest = at(steps[-1])
    return cut(context, smallest, height, width - hang * smallest.cap, weight=weight)


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


def few_lines(
    context: Context,
    words: str,
    most_lines: int,
    width: float,
    *,
    most: float,
    least: float,
    prefix: str = "",
    weight: Weight = Weight.BOLD,
) -> tuple[float, Lines]:
    """Return the largest cap height, from `most` down to `least`, in which the words have so many lines, and the lines.

    The first line leaves room for the prefix. If even the smallest size has more lines, the last one is cut.
    """

    def at(step: int) -> tuple[float, Lines]:
        cap = max(least, most - step * CAP_STEP)
        return cap, wrap(context, words, cap, width, indent=indent_of(context, prefix, weight, cap), weight=weight)

    steps = range(ceil((most - least) / CAP_STEP - _HAIR) + 1)
    fits = bisect_left(steps, True, key=lambda step: len(at(step)[1]) <= most_lines)
    cap, lines = at(steps[min(fits, len(steps) - 1)])
    if len(lines) <= most_lines:
        return cap, lines
    *whole, last = lines[:most_lines]
    room = width if whole else width - indent_of(context, prefix, weight, cap)
    return cap, (*whole, _cut_line(context, last, weight, cap, room))


def tight_line(words: str) -> float:
    """Return the smallest line spacing for the words, in cap heights."""
    # Other letters than those of ASCII may have accents. Signs such as an apostrophe have none.
    accented = any(not one.isascii() and unicodedata.category(one)[0] in "LM" for one in words)
    return LINE if accented else _TIGHT_LINE


def indent_of(context: Context, prefix: str, weight: Weight, cap: float) -> float:
    """Return the width of a prefix and the space after it, 0 if there is none."""
    return width_of(context, prefix, weight, cap) + WORD_SPACE * cap if prefix else 0.0


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


def number_width(count: int, width: float) -> float:
    """Return the width of the column of numbers up to `count`, given that of one digit and the gap after it."""
    return width + (len(str(count)) - 1) * _DIGIT


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


def cut(context: Context, setting: Setting, height: float, width: float, *, weight: Weight = Weight.BOLD) -> Setting:
    """Return as many of the lines as fit into `height`, the last one ending with "…" if any is missing."""
    before = setting
    while setting.height > height + _HAIR and setting.paragraphs:
        *most, last = setting.paragraphs
        setting = setting._replace(paragraphs=[*most, last[:-1]] if len(last) > 1 else most)
    if not setting.paragraphs or setting is before:
        return setting
    *most, last = setting.paragraphs
    shorter = _cut_line(context, last[-1], weight, setting.cap, width)
    return setting._replace(paragraphs=[*most, (*last[:-1], shorter)])


def _cut_line(context: Context, line: str, weight: Weight, cap: float, width: float) -> str:
    """Return the line with "…" at its end, if need be without its last words or letters."""
    while width_of(context, f"{line.rstrip(_BEFORE_CUT)} {CUT}", weight, cap) > width and len(line) > 1:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line.rstrip(_BEFORE_CUT)} {CUT}"


@lru_cache(maxsize=1024)
def _wrap(fonts: Fonts, words: str, weight: Weight, cap_px: float, width_px: int, indent_px: int) -> Lines:
    """Return the lines; widths are in pixels. Binary searches repeat the same calls."""
    left, lines, start, guess = words.split(), [], indent_px, 1
    while left:
        count = guess = _words_that_fit(fonts, left, weight, cap_px, width_px - start, guess)
        if not count and start:
            # The prefix stands alone, and the word is in the next line.
            lines.append("")
            start, guess = 0, 1
            continue
        if not count:
            pieces = _pieces(fonts, left[0], weight, cap_px, width_px)
            lines += pieces[:-1]
            left[0], count = pieces[-1], len(pieces) == 1
            if not count:
                continue
        lines.append(" ".join(left[:count]))
        del left[:count]
        start = 0
    return tuple(lines) or ("",)


def _words_that_fit(
    fonts: Fonts, words: Sequence[str], weight: Weight, cap_px: float, width_px: int, guess: int
) -> int:
    """Return how many of the words fit into a line. The closer the guess is, the less is measured."""

    def fit(count: int) -> bool:
        return _fits(fonts, " ".join(words[:count]), weight, cap_px, width_px)

    count = min(max(1, guess), len(words))
    if fit(count):
        while count < len(words) and fit(count + 1):
            count += 1
        return count
    while count > 1 and not fit(count - 1):
        count -= 1
    return count - 1


def _pieces(fonts: Fonts, word: str, weight: Weight, cap_px: float, width_px: int) -> list[str]:
    """Return a word that is wider than a line in pieces that are not, at least one letter each."""
    pieces = [""]
    for letter in word:
        while pieces[-1] and not _fits(fonts, pieces[-1] + letter, weight, cap_px, width_px):
            pieces[-1:] = _broken(pieces[-1])
        pieces[-1] += letter
    return pieces


def _broken(word: str) -> Lines:
    """Cut a line full of one long word, such as a path, after a separator in its second half, or else at its end."""
    end = 1 + max(word.rfind(sign) for sign in "/-_")
    end = end if end > len(word) / 2 else len(word)
    return word[:end], word[end:]


def _fits(fonts: Fonts, line: str, weight: Weight, cap_px: float, width_px: int) -> bool:
    return fonts.width_px(line, weight, cap_px) <= width_px
