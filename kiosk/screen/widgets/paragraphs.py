"""Paragraphs: text broken into lines, all in one size, as large as its box allows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from kiosk.colour import Colour
from kiosk.screen.display_list import Item
from kiosk.screen.fonts import Fonts, Weight
from kiosk.screen.kit import Kit
from kiosk.screen.widgets.text import text

LINE = 1.60
"""Line spacing in caps: descenders just clear the accents below them."""
CAP_STEP = 0.001
_CUT = "…"

Lines = tuple[str, ...]


class Setting(NamedTuple):
    """Paragraphs broken into lines for one cap height, in H. `gap` is the space between paragraphs, in caps."""

    cap: float
    paragraphs: tuple[Lines, ...]
    gap: float

    @property
    def height(self) -> float:
        """The height from the first line's caps to the last baseline, in H."""
        lines = sum(len(lines) for lines in self.paragraphs)
        return self.cap * (1 + (lines - 1) * LINE + (len(self.paragraphs) - 1) * self.gap) if lines else 0.0


def set_paragraphs(
    kit: Kit,
    paragraphs: Iterable[str],
    width: float,
    height: float,
    *,
    most: float,
    least: float,
    gap: float = 0.0,
    hang: float = 0.0,
) -> Setting:
    """Return the paragraphs in the largest cap height, from `most` down to `least`, in which they fit.

    Lengths are in H. `hang` is the width that something to the left of the lines takes, in caps. Text that does not
    even fit in `least` is cut, and ends with "…".
    """
    return _set(kit.fonts, kit.layout.unit_px, tuple(paragraphs), width, height, most, least, gap, hang)


def balanced(kit: Kit, setting: Setting, width: float) -> Setting:
    """Return the setting with lines of about equal length in each paragraph, so that no line is a single word."""
    paragraphs = (wrap(kit, " ".join(lines), setting.cap, width, even=True) for lines in setting.paragraphs)
    return setting._replace(paragraphs=tuple(paragraphs))


def wrap(kit: Kit, words: str, cap: float, width: float, *, indent: float = 0.0, even: bool = False) -> Lines:
    """Return the lines of a text. `indent` is the free space at the start of the first one. Lengths are in H.

    With `even` the lines are about equally long, and not more of them.
    """
    unit = kit.layout.unit_px
    lines = _wrap(kit.fonts, words, cap * unit, int(width * unit), int(indent * unit))
    return _even(kit.fonts, words, cap * unit, int(width * unit), int(indent * unit)) if even else lines


def line_items(
    kit: Kit, lines: Lines, cap: float, colour: Colour, at: tuple[float, float], width: float, *, indent: float = 0.0
) -> list[Item]:
    """Return the lines, with the first one's baseline at `at`."""
    x, baseline = at
    items = []
    for place, line in enumerate(lines):
        shift = indent if place == 0 else 0.0
        # The lines fit already; a pixel of rounding must not make one of them smaller.
        room = width - shift + 1 / kit.layout.unit_px
        where = (x + shift, baseline + place * LINE * cap)
        items.append(text(kit, line, Weight.BOLD, cap, colour, where, width=room))
    return items


# --- below here widths are in pixels, and results are cached, since scenes ask for them in every frame ---------------


@lru_cache(maxsize=64)
def _set(
    fonts: Fonts,
    unit: float,
    paragraphs: tuple[str, ...],
    width: float,
    height: float,
    most: float,
    least: float,
    gap: float,
    hang: float,
) -> Setting:
    def at(steps: int) -> Setting:
        cap = max(least, most - steps * CAP_STEP)
        width_px = int((width - hang * cap) * unit)
        return Setting(cap, tuple(_wrap(fonts, words, cap * unit, width_px, 0) for words in paragraphs), gap)

    # Smaller text never takes more height, so a binary search works.
    too_large, enough = -1, ceil((most - least) / CAP_STEP - 1e-9)
    if (smallest := at(enough)).height > height + 1e-9:
        return _cut(smallest, height)
    while enough - too_large > 1:
        middle = (too_large + enough) // 2
        if at(middle).height <= height + 1e-9:
            enough = middle
        else:
            too_large = middle
    return at(enough)


def _cut(setting: Setting, height: float) -> Setting:
    """Return as many of the lines as fit, the last one ending with "…"."""
    while setting.height > height and setting.paragraphs:
        *most, last = setting.paragraphs
        setting = setting._replace(paragraphs=(*most, last[:-1]) if len(last) > 1 else tuple(most))
    if not setting.paragraphs:
        return setting
    *most, last = setting.paragraphs
    # The line may be as wide as the box, so its last word makes room for the "…".
    shorter = last[-1].rpartition(" ")[0] or last[-1][:-2]
    return setting._replace(paragraphs=(*most, (*last[:-1], f"{shorter.rstrip(' .,;:')} {_CUT}")))


@lru_cache(maxsize=1024)
def _wrap(fonts: Fonts, words: str, cap_px: float, width_px: int, indent_px: int) -> Lines:
    fonts.give_way()
    lines, start = [""], indent_px
    for word in words.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if _fits(fonts, longer, cap_px, width_px - start):
            lines[-1] = longer
            continue
        if lines[-1] or start:
            lines.append("")
            start = 0
        for letter in word:
            if lines[-1] and not _fits(fonts, lines[-1] + letter, cap_px, width_px):
                lines[-1:] = _broken(lines[-1])
            lines[-1] += letter
    return tuple(lines)


def _broken(word: str) -> Lines:
    """Return the two parts of a word that is wider than a line, such as a path, cut after a separator if possible."""
    end = 1 + max(word.rfind(sign) for sign in "/-_")
    end = end if end > len(word) / 2 else len(word)
    return word[:end], word[end:]


def _fits(fonts: Fonts, line: str, cap_px: float, width_px: int) -> bool:
    return fonts.width_px(line, Weight.BOLD, cap_px) <= width_px


@lru_cache(maxsize=256)
def _even(fonts: Fonts, words: str, cap_px: float, width_px: int, indent_px: int) -> Lines:
    """Return the lines for the smallest width that needs no more lines, found by binary search."""
    best = _wrap(fonts, words, cap_px, width_px, indent_px)
    too_narrow, enough = width_px // 2, width_px
    while enough - too_narrow > 4 and len(best) > 1:
        middle = (too_narrow + enough) // 2
        lines = _wrap(fonts, words, cap_px, middle, indent_px)
        if len(lines) > len(best):
            too_narrow = middle
        else:
            best, enough = lines, middle
    return best
