"""Roboto Black and Bold, and the lines of text made with them: measured, fitted and kept.

Sizes are cap heights in pixels: what the eye reads is the height of the letters, not the font's em.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pygame.font
import pygame.image
from pygame import RLEACCEL, SRCALPHA, Rect, Surface
from pygame.font import Font

from kiosk.colour import Colour
from kiosk.errors import FontError
from kiosk.screen.lru import LruCache

CAP_IN_EM = 0.711
"""Roboto's cap height as a fraction of its em, which is pygame's font size."""
KEPT_BYTES = 12_000_000
"""So much rendered text is kept unless somebody says otherwise, counted before it is packed."""
KEPT_FONTS = 4
"""An open font takes a quarter of a megabyte, and opening it a millisecond, in the time when nothing is due."""
KEPT_FITS = 500
"""A round of the shipped circuit has some 220. The minutes left, a new text each minute, would add to them for days."""
LARGE_PX = 160
"""An open font keeps every letter that it ever drew. Of one larger than this a few letters take more than all those of
a smaller one, and they are kept as lines; opening it takes less than drawing one.
"""
SYSTEM_FOLDER = Path("/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF")
_TRIAL_SIZE = 20
_NEVER_A_GLYPH = "\uffff"
_INSTEAD = "?"


class GaveWay(Exception):  # noqa: N818 - nothing went wrong
    """Making a text was not begun, for something more urgent; what was made before is kept."""


class Weight(Enum):
    """The two weights of the wall; the value is the file's name in both packages."""

    BLACK = "Roboto-Black.ttf"
    BOLD = "Roboto-Bold.ttf"


def font_folders() -> tuple[Path, ...]:
    """Return where the fonts may be: the Python package font-roboto, then Debian's fonts-roboto-unhinted."""
    spec = find_spec("font_roboto")
    package = () if spec is None or spec.origin is None else (Path(spec.origin).parent / "files",)
    return *package, SYSTEM_FOLDER


def find_font(weight: Weight, folders: tuple[Path, ...] | None = None) -> Path:
    """Return the font's file; raises FontError that says what to install when there is none."""
    folders = font_folders() if folders is None else folders
    for folder in folders:
        if (folder / weight.value).is_file():
            return folder / weight.value
    raise FontError(
        f"the wall's font {weight.value} is not installed: install Debian's package fonts-roboto-unhinted "
        "(sudo apt install fonts-roboto-unhinted) or Python's package font-roboto (pip install font-roboto)"
    )


class LineOfText(NamedTuple):
    """A rendered line, cut to its ink. `ink` is where that lies, seen from the pen's start on the baseline."""

    text: str
    surface: Surface
    ink: Rect
    advance: int


class Fitted(NamedTuple):
    """What the fit rule made of a text: which words, and how high their capitals are in pixels."""

    text: str
    cap_px: float


class Fonts:
    """The fonts of one wall. Nothing is opened before it is needed; `check()` opens both and raises FontError."""

    def __init__(self, folders: tuple[Path, ...] | None = None, kept_bytes: int = KEPT_BYTES) -> None:
        self._folders = folders
        self._files: dict[Weight, Path] = {}
        self._fonts: LruCache[tuple[Weight, int], Font] = LruCache(KEPT_FONTS)
        self._lines: LruCache[tuple[str, Weight, int, Colour, int], LineOfText] = LruCache(kept_bytes, _bytes)
        self._fits: LruCache[tuple[object, ...], Fitted] = LruCache(KEPT_FITS)
        self._lacking: dict[tuple[str, Weight], bool] = {}
        self._urgent: Callable[[], bool] | None = None
        self._made_one = False

    @contextmanager
    def giving_way(self, urgent: Callable[[], bool]) -> Iterator[None]:
        """Let `give_way` raise in here while `urgent` says yes.

        Letters are most of what making a new screen takes, so this is where it can be stopped.
        """
        self._urgent, self._made_one = urgent, False
        try:
            yield
        finally:
            self._urgent = None

    def give_way(self) -> None:
        """Raise GaveWay if something is more urgent. Called before what takes long is made, where it is kept then.

        One thing is made in any case: whoever begins again and again gets done.
        """
        if self._urgent is not None and self._made_one and self._urgent():
            raise GaveWay
        self._made_one = True

    def check(self) -> None:
        for weight in Weight:
            self._font(weight, _TRIAL_SIZE)

    def missing_characters(self, text: str) -> str:
        """Return the characters of `text` that the fonts lack, each once, in order; empty when all show."""
        characters = dict.fromkeys(unicodedata.normalize("NFC", text))
        return "".join(one for one in characters if self._any_lacks(one))

    def line(
        self, text: str, weight: Weight, cap_px: float, colour: Colour, tracking: float = 0.0, *, keep: bool = True
    ) -> LineOfText:
        """Return the line, from the cache if it was there. `tracking` is extra space between letters, in caps.

        With `keep` False the cache stays as it was, for what will not be asked for again.
        """
        size = self._size(cap_px)
        gap_px = round(tracking * cap_px)
        key = (text, weight, size, colour, gap_px)
        line = self._lines.get(key)
        if line is not None:
            return line
        self.give_way()
        line = self._render(text, weight, size, colour, gap_px)
        return self._lines.put(key, line) if keep else line

    def width_px(self, text: str, weight: Weight, cap_px: float, tracking: float = 0.0) -> int:
        """Return how wide the line's ink is."""
        return self._width(text, weight, self._size(cap_px), round(tracking * cap_px))

    def fit(
        self,
        texts: tuple[str, ...],
        weight: Weight,
        cap_px: float,
        least_px: float,
        width_px: int,
        tracking: float = 0.0,
    ) -> Fitted:
        """Fit one line into `width_px`: shrink the first text down to `least_px`, then try the next one.

        The last text shrinks as far as it must: cut letters would be worse than small ones.
        """
        key = (texts, weight, cap_px, least_px, width_px, tracking)
        fitted = self._fits.get(key)
        if fitted is None:
            self.give_way()
            fitted = self._fits.put(key, self._fit(texts, weight, cap_px, least_px, width_px, tracking))
        return fitted

    # --- below here sizes are the font's own, in whole pixels ---

    def _size(self, cap_px: float) -> int:
        return max(4, round(cap_px / CAP_IN_EM))

    def _font(self, weight: Weight, size: int) -> Font:
        key = (weight, size)
        font = self._fonts.get(key)
        if font is None:
            if not pygame.font.get_init():
                pygame.font.init()
            if weight not in self._files:
                self._files[weight] = find_font(weight, self._folders)
            font = Font(str(self._files[weight]), size)
            if size <= LARGE_PX:
                self._fonts.put(key, font)
        return font

    def _fit(
        self, texts: tuple[str, ...], weight: Weight, cap_px: float, least_px: float, width_px: int, tracking: float
    ) -> Fitted:
        biggest = self._size(cap_px)
        for text in texts:
            floor = 4 if text is texts[-1] else self._size(least_px)
            size = biggest
            while size >= floor:
                wide = self._width(text, weight, size, round(tracking * size * CAP_IN_EM))
                if wide <= width_px:
                    return Fitted(text, size * CAP_IN_EM)
                # Width grows with size, nearly: jump to just above the answer, then walk.
                size = min(size - 1, int(size * width_px / wide) + 1)
        return Fitted(texts[-1], 4 * CAP_IN_EM)

    def _width(self, text: str, weight: Weight, size: int, gap_px: int) -> int:
        """Return the width of the line's ink from the metrics alone, without rendering it."""
        font = self._font(weight, size)
        text = self._shown(text, weight, font)
        if not text.strip():
            return 0
        first, last = font.metrics(text[0])[0], font.metrics(text[-1])[0]
        if gap_px and len(text) > 1:
            advances = [font.metrics(letter)[0][4] for letter in text]
            over = max(0, -first[0]) + max(0, last[1] - last[4])
            whole = sum(advances) + gap_px * (len(text) - 1) + over
        else:
            whole = font.size(text)[0]
        # SDL's own width already takes in what reaches over the pen's start and end.
        return whole - max(0, first[0]) - max(0, last[4] - last[1])

    def _render(self, text: str, weight: Weight, size: int, colour: Colour, gap_px: int) -> LineOfText:
        font = self._font(weight, size)
        text = self._shown(text, weight, font)
        if gap_px and len(text) > 1:
            whole, advance = self._render_spaced(text, font, colour, gap_px)
        else:
            whole, advance = font.render(text, True, colour), font.size(text)[0]
        found = whole.get_bounding_rect()
        # SDL moves a line whose first letter reaches left of the pen, so the pen's place comes from the metrics.
        start = font.metrics(text[0])[0][0] if text.strip() else 0
        ink = Rect(start, found.top - font.get_ascent(), found.width, found.height)
        line = whole.subsurface(found).copy()
        # SDL packs it at its first blit: half of a letter is empty, and only its edges have to be blended.
        line.set_alpha(255, RLEACCEL)
        return LineOfText(text, line, ink, advance)

    def _render_spaced(self, text: str, font: Font, colour: Colour, gap_px: int) -> tuple[Surface, int]:
        height = font.get_height()
        whole = Surface((font.size(text)[0] + (gap_px + 2) * len(text) + height, height), SRCALPHA, 32)
        whole.fill((*colour, 0))
        pen = height // 4
        for letter in text:
            start, _, _, _, advance = font.metrics(letter)[0]
            whole.blit(font.render(letter, True, colour), (pen + min(0, start), 0))
            pen += advance + gap_px
        return whole, pen - gap_px - height // 4

    def _shown(self, text: str, weight: Weight, font: Font) -> str:
        """Return what is drawn: letters and their accents as one, and no character that the font lacks."""
        text = unicodedata.normalize("NFC", text)
        if text.isascii():
            return text
        return "".join(one if one.isascii() or not self._lacks(one, weight, font) else _INSTEAD for one in text)

    def _any_lacks(self, character: str) -> bool:
        return any(self._lacks(character, weight, self._font(weight, _TRIAL_SIZE)) for weight in Weight)

    def _lacks(self, character: str, weight: Weight, font: Font) -> bool:
        # Asked of a font that is needed anyway: one more would take as long to get going as a line of text to render.
        key = (character, weight)
        if key not in self._lacking:
            self._lacking[key] = _font_lacks(font, character)
        return self._lacking[key]


def _font_lacks(font: Font, character: str) -> bool:
    """Whether the font draws the box that it has for characters that it does not know."""
    if character.isspace():
        return character not in " \u00a0"
    if ord(character) > 0xFFFF or unicodedata.category(character) in {"Cc", "Cf", "Mn", "Cn", "Co", "Cs"}:
        return True
    return _pixels(font, character) == _pixels(font, _NEVER_A_GLYPH)


def _pixels(font: Font, character: str) -> bytes:
    return pygame.image.tostring(font.render(character, True, (255, 255, 255)), "RGBA")


def _bytes(line: LineOfText) -> int:
    return line.surface.get_width() * line.surface.get_height() * 4
