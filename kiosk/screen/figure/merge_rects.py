"""Merging many rectangles into a few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from pygame import Rect

WORTH_IT = 0.1
"""Minimum share of the area that a cut must save, since each rectangle costs some work of its own."""


def merge_rects(rects: Iterable[Rect], most: int) -> list[Rect]:
    """Return at most `most` rectangles, of a small area together, that hold all of `rects`; they may overlap."""
    parts = [list(rects)]
    if not parts[0]:
        return []
    least = WORTH_IT * _area(_around(parts[0]))
    while len(parts) < most:
        cuts = [_best_cut(part) for part in parts]
        place = max(range(len(parts)), key=lambda place: cuts[place][0])
        saved, halves = cuts[place]
        if saved < least:
            break
        parts[place : place + 1] = halves
    return [_around(part) for part in parts]


def _best_cut(rects: Sequence[Rect]) -> tuple[int, list[list[Rect]]]:
    """Return the area that the best cut of the rectangles, across or down, saves, and the two halves."""
    best: tuple[int, list[list[Rect]]] = (0, [list(rects)])
    whole = _area(_around(rects))
    for row in (sorted(rects, key=lambda rect: rect.centerx), sorted(rects, key=lambda rect: rect.centery)):
        before = list(accumulate(row, Rect.union))
        after = list(accumulate(reversed(row), Rect.union))[::-1]
        for at in range(1, len(row)):
            saved = whole - _area(before[at - 1]) - _area(after[at])
            if saved > best[0]:
                best = (saved, [row[:at], row[at:]])
    return best


def _around(rects: Sequence[Rect]) -> Rect:
    return rects[0].unionall(list(rects[1:]))


def _area(rect: Rect) -> int:
    return rect.width * rect.height
