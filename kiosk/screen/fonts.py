"""The fonts Roboto Black and Bold. Lines of text are measured, fitted, rendered and cached here.

A character that Roboto lacks is drawn with a font of the system that has it, on the same baseline. A character that no
font has is drawn as Roboto's box for unknown characters.

Sizes are cap heights in pixels, because people see the height of the letters, not the font's em.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from importlib.util import find_spec
from math import inf
from pathlib import Path
from typing import NamedTuple

import pygame.font
import pygame.image
from pygame import RLEACCEL, SRCALPHA, Rect, Surface
from pygame.font import Font

from kiosk.colour import Colour
from kiosk.errors import FontError
from kiosk.screen import system_fonts
from kiosk.screen.lru import LruCache, bytes_of
from kiosk.screen.system_fonts import SystemFonts

CAP_IN_EM = 0.711
"""Cap height of Roboto, in ems. pygame's font size is the em."""
CACHED_BYTES = 12_000_000
"""Default size of the cache of rendered text, in bytes before SDL encodes it."""
OPEN_FONTS = 4
"""Maximum number of open fonts. A font takes a quarter of a megabyte, and a millisecond of spare time to open."""
CACHED_FITS = 500
"""Maximum number of fitted texts cached. A round of the shipped circuit has some 220, and every minute adds one."""
CACHED_WIDTHS = 500
"""Maximum number of text widths in the cache. Measuring a line again may mean opening its font again."""
LARGE_PX = 160
"""Maximum font size, in pixels, of the fonts that are kept open.

An open font keeps every letter that it has drawn, and a few large letters take more memory than all small letters. The
rendered lines are cached anyway, and opening a large font takes less time than drawing one of its letters.
"""
SYSTEM_FOLDER = Path("/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF")
CUT = "\u2026"
"""The end of a text that is too long."""
_BEFORE_CUT = " .,;:-"
LEAST_SIZE = 4
"""Minimum font size in pixels."""
_TRIAL_SIZE, _SCALE_SIZE = 20, 100
_NEVER_A_GLYPH = "\uffff"
"""A character that no font has. Instead of it, Roboto draws a box as high as a capital."""
BOX = "\u25a1"
"""What stands for that box in `LineOfText.text`."""
_ABOVE, _BELOW = 1.25 * CAP_IN_EM, 0.33 * CAP_IN_EM
"""Heights that letters of the system's fonts may take above and below the baseline, in ems of Roboto. Lines of text
have room for this, as for Roboto's accents."""
_NOT_DRAWN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_LAST_OF_PYGAME = 0xFFFF
"""The last character that every version of pygame can draw."""


class Weight(Enum):
    """The two font weights of the wall. The value is the name of the font's file, the same in both packages."""

    BLACK = "Roboto-Black.ttf"
    BOLD = "Roboto-Bold.ttf"


def font_folders() -> tuple[Path, ...]:
    """Return the folders to search: the Python package font-roboto, then Debian's fonts-roboto-unhinted."""
    spec = find_spec("font_roboto")
    package = () if spec is None or spec.origin is None else (Path(spec.origin).parent / "files",)
    return *package, SYSTEM_FOLDER


def find_font(weight: Weight, folders: tuple[Path, ...] | None = None) -> Path:
    """Return the path of the font's file. If there is none, raises FontError, which says what to install."""
    folders = font_folders() if folders is None else folders
    for folder in folders:
        if (folder / weight.value).is_file():
            return folder / weight.value
    raise FontError(
        f"the wall's font {weight.value} is not installed: install Debian's package fonts-roboto-unhinted "
        "(sudo apt install fonts-roboto-unhinted) or Python's package font-roboto (pip install font-roboto)"
    )


class LineOfText(NamedTuple):
    """A rendered line of text, cropped to its ink. `ink`, in pixels, is relative to the pen's start on the baseline."""

    text: str
    surface: Surface
    ink: Rect
    advance: int


class _Run(NamedTuple):
    """Neighbouring characters of a line that one font draws: the font in `file`, or Roboto if that is None.

    `scale` is the size of the font as a part of that of Roboto.
    """

    text: str
    file: str | None = None
    scale: float = 1.0


class _Extent(NamedTuple):
    """The ink of a run from `start` to `end`, relative to the pen's start, and the pen's `advance`, in pixels."""

    start: int
    end: int
    advance: int


class Fitted(NamedTuple):
    """A fitted text: its words and its cap height in pixels."""

    text: str
    cap_px: float


class Fonts:
    """The fonts of one wall, opened when they are needed. `check` opens both; raises FontError if one is missing."""

    def __init__(
        self,
        folders: tuple[Path, ...] | None = None,
        kept_bytes: int = CACHED_BYTES,
        system: SystemFonts | None = None,
    ) -> None:
        self._folders = folders
        self._system = system_fonts.SYSTEM if system is None else system
        self._fonts: LruCache[Font] = LruCache(OPEN_FONTS)
        self._lines: LruCache[LineOfText] = LruCache(kept_bytes, lambda line: bytes_of(line.surface))
        self._fits: LruCache[Fitted] = LruCache(CACHED_FITS)
        self._widths: LruCache[int] = LruCache(CACHED_WIDTHS)
        self._lacking: dict[tuple[str, Weight], bool] = {}
        self._scales: dict[tuple[str, str], float] = {}

    def check(self) -> None:
        for weight in Weight:
            self._font(weight, _TRIAL_SIZE)

    def missing_characters(self, text: str) -> str:
        """Return the characters of `text` that neither the fonts nor the system have, each once, in order."""
        fonts = {weight: self._font(weight, _TRIAL_SIZE) for weight in Weight}
        characters = dict.fromkeys(unicodedata.normalize("NFC", text))
        lacking = (one for one in characters if any(self._lacks(one, *font) for font in fonts.items()))
        return "".join(one for one in lacking if self._file(one) is None)

    def line(
        self, text: str, weight: Weight, cap_px: float, colour: Colour, tracking: float = 0.0, *, keep: bool = True
    ) -> LineOfText:
        """Return the rendered line. `tracking` is extra space between letters, in cap heights.

        If `keep` is false, the line is not cached. Use this for text that will not be shown again.
        """
        size = _size(cap_px)
        gap_px = round(tracking * cap_px)
        key = (text, weight, size, colour, gap_px)
        return self._lines.get(key, lambda: self.render(*key)) if keep else self.render(*key)

    def width_px(self, text: str, weight: Weight, cap_px: float, tracking: float = 0.0) -> int:
        """Return the width of the line's ink, in pixels."""
        line = text, weight, _size(cap_px), round(tracking * cap_px)
        return self._widths.get(line, lambda: self._width(*line))

    def fit(
        self,
        texts: tuple[str, ...],
        weight: Weight,
        cap_px: float,
        least_px: float,
        width_px: int,
        tracking: float = 0.0,
        floor_px: float = 0.0,
    ) -> Fitted:
        """Return the first of `texts` that fits into `width_px`, shrunk down to `least_px` if needed.

        The last text shrinks down to `floor_px`, because small letters are better than cut text as long as they can be
        read. Then it is cut, and ends with CUT.
        """
        key = (texts, weight, cap_px, least_px, width_px, tracking, min(floor_px, least_px))
        return self._fits.get(key, lambda: self._fit(*key))

    def _fit(
        self,
        texts: tuple[str, ...],
        weight: Weight,
        cap_px: float,
        least_px: float,
        width_px: int,
        tracking: float,
        floor_px: float,
    ) -> Fitted:
        for text in texts:
            size, floor = _size(cap_px), _size(floor_px if text is texts[-1] else least_px)
            while size >= floor:
                wide = self._width(text, weight, size, round(tracking * size * CAP_IN_EM))
                if wide <= width_px:
                    return Fitted(text, size * CAP_IN_EM)
                # Width is nearly proportional to size, so jump to just above the right size, then go down in steps.
                size = min(size - 1, int(size * width_px / wide) + 1)
        size = _size(floor_px)
        return Fitted(self._cut(texts[-1], weight, size, width_px, tracking), size * CAP_IN_EM)

    def _cut(self, text: str, weight: Weight, size: int, width_px: int, tracking: float) -> str:
        """Return as much of the text as fits together with CUT, at least its first character."""
        gap_px = round(tracking * size * CAP_IN_EM)

        def is_too_long(length: int) -> bool:
            return self._width(text[:length].rstrip(_BEFORE_CUT) + CUT, weight, size, gap_px) > width_px

        fits = bisect_left(range(2, len(text)), True, key=is_too_long) + 1
        return text[:fits].rstrip(_BEFORE_CUT) + CUT

    @cached_property
    def _files(self) -> dict[Weight, str]:
        """The path of each weight's file. Raises FontError."""
        pygame.font.init()
        return {weight: str(find_font(weight, self._folders)) for weight in Weight}

    def _font(self, weight: Weight, size: int) -> Font:
        """Return the font of a weight and a size. The size is in whole pixels."""

        def opened() -> Font:
            return Font(self._files[weight], size)

        return self._fonts.get((weight, size), opened) if size <= LARGE_PX else opened()

    def _font_of(self, run: _Run, weight: Weight, size: int) -> Font:
        """Return the font of a run, in which the run fits into a line of Roboto of that size."""
        if run.file is None:
            return self._font(weight, size)
        return self._opened(run.file, max(LEAST_SIZE, int(size * run.scale)))

    def _opened(self, file: str, size: int) -> Font:
        """Return a font of the system."""

        def opened() -> Font:
            return Font(file, size)

        return self._fonts.get((file, size), opened) if size <= LARGE_PX else opened()

    def _width(self, text: str, weight: Weight, size: int, gap_px: int) -> int:
        """Return the width of a line's ink, in pixels, computed from the metrics without rendering the line."""
        font, text = self._font(weight, size), unicodedata.normalize("NFC", text)
        if not text.strip():
            return 0
        runs = self._runs(text, weight, font)
        if len(runs) == 1 and runs[0].file is None:
            one = _extent(font, runs[0].text, gap_px)
            return one.end - one.start
        pen, start, end = 0, inf, -inf
        for run in runs:
            one = _extent(self._font_of(run, weight, size), run.text, gap_px)
            if run.text.strip():
                start, end = min(start, pen + one.start), max(end, pen + one.end)
            pen += one.advance + gap_px
        return int(end - start) if end > start else 0

    def render(self, text: str, weight: Weight, size: int, colour: Colour, gap_px: int) -> LineOfText:
        """Return a newly rendered line. `line` calls this once and caches the result. Tests count the calls."""
        font, text = self._font(weight, size), unicodedata.normalize("NFC", text)
        runs = self._runs(text, weight, font)
        if len(runs) == 1 and runs[0].file is None:
            line = self._render_run(runs[0].text, font, colour, gap_px)
        else:
            fonts = [self._font_of(run, weight, size) for run in runs]
            parts = [self._render_run(run.text, one, colour, gap_px) for run, one in zip(runs, fonts, strict=True)]
            line = _joined(parts, colour, gap_px)
        # SDL run-length encodes the line at the first blit. It skips the empty half of a letter and blends only edges.
        line.surface.set_alpha(255, RLEACCEL)
        return line

    def _render_run(self, text: str, font: Font, colour: Colour, gap_px: int) -> LineOfText:
        if gap_px and len(text) > 1:
            whole, advance = self._render_spaced(text, font, colour, gap_px)
        else:
            whole, advance = font.render(text, True, colour), font.size(text)[0]
        found = whole.get_bounding_rect()
        # SDL moves a line whose first letter reaches left of the pen, so the ink's start is taken from the metrics.
        start = _extent(font, text, gap_px).start if text.strip() else 0
        ink = Rect(start, found.top - font.get_ascent(), found.width, found.height)
        return LineOfText(text.replace(_NEVER_A_GLYPH, BOX), whole.subsurface(found).copy(), ink, advance)

    def _render_spaced(self, text: str, font: Font, colour: Colour, gap_px: int) -> tuple[Surface, int]:
        height = font.get_height()
        whole = Surface((font.size(text)[0] + (gap_px + 2) * len(text) + height, height), SRCALPHA, 32)
        whole.fill((*colour, 0))
        pen = height // 4
        for letter in text:
            start, _, _, _, advance = _metrics(font, letter)
            whole.blit(font.render(letter, True, colour), (pen + min(0, start), 0))
            pen += advance + gap_px
        return whole, pen - gap_px - height // 4

    def _runs(self, text: str, weight: Weight, font: Font) -> Sequence[_Run]:
        """Return the line in runs of one font each. Most lines are one run."""
        if text.isascii():
            return (_Run(text),)
        runs: list[_Run] = []
        for one in text:
            run = _Run(one)
            if not one.isascii() and self._lacks(one, weight, font):
                file = self._file(one)
                none = _Run(" " if one.isspace() else _NEVER_A_GLYPH)
                run = none if file is None else _Run(one, file, self._scale(file, one))
            if runs and runs[-1].file == run.file:
                runs[-1] = _Run(runs[-1].text + run.text, run.file, min(runs[-1].scale, run.scale))
            else:
                runs.append(run)
        return runs or (_Run(text),)

    def _scale(self, file: str, character: str) -> float:
        if (file, character) not in self._scales:
            _, _, bottom, top, _ = _metrics(self._opened(file, _SCALE_SIZE), character)
            above, below = _ABOVE * _SCALE_SIZE, _BELOW * _SCALE_SIZE
            self._scales[file, character] = min(1.0, above / max(top, 1), below / max(-bottom, 1))
        return self._scales[file, character]

    def _file(self, character: str) -> str | None:
        """Return the file of the system's font for a character that Roboto lacks, None if there is none."""
        if ord(character) > _LAST_OF_PYGAME or unicodedata.category(character) in _NOT_DRAWN:
            return None
        return self._system.file(character)

    def _lacks(self, character: str, weight: Weight, font: Font) -> bool:
        # Ask `font`, which is open already, because opening another font takes as long as rendering a line.
        key = (character, weight)
        if key not in self._lacking:
            self._lacking[key] = _font_lacks(font, character)
        return self._lacking[key]


def _metrics(font: Font, letter: str) -> tuple[int, int, int, int, int]:
    """Return the letter's left, right, bottom and top relative to the pen, and its advance, in pixels."""
    found: tuple[int, int, int, int, int] | None = font.metrics(letter)[0]
    if found is not None:
        return found
    width, height = font.size(letter)
    return 0, width, 0, height, width


def _extent(font: Font, text: str, gap_px: int) -> _Extent:
    shown = text.lstrip() or text
    # After a character of another font, a run may begin with a space.
    skipped = sum(_metrics(font, space)[4] + gap_px for space in text[: len(text) - len(shown)])
    first, last = _metrics(font, shown[0]), _metrics(font, shown[-1])
    start, bearings = skipped + first[0], max(0, first[0]) + max(0, last[4] - last[1])
    if not gap_px or len(text) == 1:
        # SDL's width includes the ink that reaches beyond the start and the end of the pen.
        whole = font.size(text)[0]
        return _Extent(start, start + whole - skipped - bearings, whole)
    overhang = max(0, -first[0]) + max(0, last[1] - last[4])
    advance = sum(_metrics(font, letter)[4] for letter in text) + gap_px * (len(text) - 1)
    return _Extent(start, start + advance - skipped + overhang - bearings, advance)


def _joined(parts: Sequence[LineOfText], colour: Colour, gap_px: int) -> LineOfText:
    """Return the parts of a line as one line, on one baseline."""
    pen, inks = 0, []
    for part in parts:
        inks.append(part.ink.move(pen, 0))
        pen += part.advance + gap_px
    seen = [ink for ink in inks if ink.width] or inks[:1]
    ink = seen[0].unionall(seen[1:])
    surface = Surface(ink.size, SRCALPHA, 32)
    surface.fill((*colour, 0))
    for part, place in zip(parts, inks, strict=True):
        surface.blit(part.surface, place.move(-ink.left, -ink.top))
    return LineOfText("".join(part.text for part in parts), surface, ink, pen - gap_px)


def _font_lacks(font: Font, character: str) -> bool:
    """Return whether the font cannot draw the character. For an unknown character, the font draws a box."""
    if character.isspace():
        return character not in " \u00a0"
    if ord(character) > _LAST_OF_PYGAME or unicodedata.category(character) in {*_NOT_DRAWN, "Mn"}:
        return True
    return _pixels(font, character) == _pixels(font, _NEVER_A_GLYPH)


def _pixels(font: Font, character: str) -> bytes:
    return pygame.image.tostring(font.render(character, True, (255, 255, 255)), "RGBA")


def _size(cap_px: float) -> int:
    """Return the font size, in whole pixels, for a cap height."""
    return max(LEAST_SIZE, round(cap_px / CAP_IN_EM))
