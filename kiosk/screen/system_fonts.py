"""The fonts of the system, for characters that the wall's own fonts lack, as fontconfig lists them.

fontconfig's `fc-list` is asked once, and only after a character is lacking, because the wall starts without it. Where
there is no fontconfig, the system has no fonts for the wall.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import pygame
from pygame.font import Font

log = logging.getLogger("kiosk")

TIMEOUT_S = 5.0
"""Time for fontconfig to answer. It takes longer than usual if it first has to read all fonts."""
_FIELDS = (
    "file",
    "index",
    "scalable",
    "color",
    "variable",
    "slant",
    "spacing",
    "width",
    "weight",
    "family[0]",
    "charset",
)
_COMMAND = ("fc-list", "--format", "\\t".join(f"%{{{field}}}" for field in _FIELDS) + "\\n")
_BOLD, _UPRIGHT, _NORMAL_WIDTH, _PROPORTIONAL = 200.0, 0.0, 100.0, 0.0
"""fontconfig's numbers for the fonts that look most like the wall's own."""
_TRIAL_SIZE = 20


def fc_list() -> str:
    """Return what fontconfig says about the fonts of the system, "" if it is not there or does not answer."""
    # Importing this takes longer than the rest of this module, and few walls need it.
    import subprocess

    try:
        # It cannot write its cache below a read-only home, and reads the fonts again then, or the cache of the system.
        done = subprocess.run(
            _COMMAND,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT_S,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.info("the fonts of the system are not known: %s", error)
        return ""
    return done.stdout


class _Listed(NamedTuple):
    """A font as fontconfig lists it. The best has the least `rank`; `charset` has ranges such as "20-7e a0"."""

    rank: tuple[object, ...]
    file: str
    charset: str


class SystemFonts:
    """The fonts that `listing` lists, in the form of `fc_list`."""

    def __init__(self, listing: Callable[[], str] = fc_list) -> None:
        self._listing = listing
        self._files: dict[str, str | None] = {}
        self._ranges: dict[str, tuple[list[int], list[int]]] = {}
        self._usable: dict[str, bool] = {}

    def file(self, character: str) -> str | None:
        """Return the file of the font that shows the character best, None if no font can."""
        if character not in self._files:
            has_it = (one.file for one in self._fonts if self._has(one, ord(character)) and self._opens(one.file))
            self._files[character] = next(has_it, None)
        return self._files[character]

    @cached_property
    def _fonts(self) -> list[_Listed]:
        """The fonts that pygame can draw, the best ones first."""
        return sorted(filter(None, map(_listed, self._listing().splitlines())))

    def _has(self, font: _Listed, character: int) -> bool:
        if font.file not in self._ranges:
            self._ranges[font.file] = _ranges(font.charset)
        firsts, lasts = self._ranges[font.file]
        place = bisect_right(firsts, character) - 1
        return place >= 0 and character <= lasts[place]

    def _opens(self, file: str) -> bool:
        if file not in self._usable:
            pygame.font.init()
            try:
                # For a damaged file, pygame makes a font that fails when it is used.
                self._usable[file] = Font(file, _TRIAL_SIZE).size("0")[1] > 0
            except (OSError, pygame.error):
                self._usable[file] = False
        return self._usable[file]


def _listed(line: str) -> _Listed | None:
    """Return the font of a line, None if pygame cannot draw with it."""
    fields = line.split("\t")
    if len(fields) != len(_FIELDS):
        return None
    said = dict(zip(_FIELDS, fields, strict=True))
    # pygame opens only the first font of a file, and does not draw bitmaps.
    if said["index"] != "0" or said["scalable"] == "False" or said["color"] == "True":
        return None
    family = said["family[0]"].casefold()
    rank = (
        _number(said["slant"], _UPRIGHT) != _UPRIGHT,
        _number(said["spacing"], _PROPORTIONAL) != _PROPORTIONAL,
        "serif" in family.replace("sans serif", "") or "math" in family,
        said["variable"] == "True",
        abs(_number(said["width"], _NORMAL_WIDTH) - _NORMAL_WIDTH),
        abs(_number(said["weight"], 0.0) - _BOLD),
    )
    return _Listed(rank, said["file"], said["charset"])


def _number(text: str, otherwise: float) -> float:
    """Return a number of fontconfig; variable fonts have ranges instead."""
    try:
        return float(text)
    except ValueError:
        return otherwise


def _ranges(charset: str) -> tuple[list[int], list[int]]:
    """Return the first and the last characters of the ranges, in order."""
    pairs = []
    for part in charset.split():
        first, _, last = part.partition("-")
        try:
            pairs.append((int(first, 16), int(last or first, 16)))
        except ValueError:
            continue
    pairs.sort()
    return [first for first, _ in pairs], [last for _, last in pairs]


SYSTEM = SystemFonts()
"""The fonts of this system. All walls of a process share them, because listing them takes time."""
