"""What the wall tells staff about an error: what is wrong, where, and what to do about it."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

from kiosk.errors import ConfigError, KioskError, PinError
from kiosk.view import ErrorView

SHOWN = 3
"""So many problems are shown; `kiosk check` prints all of them."""
AFTERWARDS = "This screen goes away by itself."

_PLACED = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<text>.+)", re.DOTALL)
_WHOLE_FILE = re.compile(r"(?P<path>/[^\"]*?): (?P<text>.+)", re.DOTALL)
_WRONG_AND_RIGHT = re.compile(r"(?P<wrong>(?:\"[^\"]*\"|[^\";])+); (?P<right>.+)", re.DOTALL)
_FOLDERS = ("circuits", "exercises")


def error_view(error: KioskError, footer: str = "") -> ErrorView:
    """Return the error screen; `footer` says what helps to find the machine, such as its version and its address."""
    match error:
        case ConfigError() if error.problems:
            return _config(tuple(_Problem.of(line) for line in error.problems), footer)
        case PinError():
            fix = "Check the cables and the pins in kiosk.yaml, then restart. A USB keyboard works too: Space = button."
            return ErrorView("E-GPIO", "Button not connected", "The pins cannot be used.", str(error), fix, footer)
        case _:
            return ErrorView("E-KIOSK", "Can’t start", str(error), "", "Mend this, then restart.", footer)


class _Problem(NamedTuple):
    """A line of a ConfigError, taken apart; `path` and `right` are "" and the place (0, 0) where it does not say."""

    path: str
    line: int
    column: int
    wrong: str
    right: str

    @classmethod
    def of(cls, words: str) -> _Problem:
        path, line, column, text = "", 0, 0, words
        if found := _PLACED.fullmatch(words):
            path, text = found["path"], found["text"]
            line, column = int(found["line"]), int(found["column"])
        elif found := _WHOLE_FILE.fullmatch(words):
            path, text = found["path"], found["text"]
        both = _WRONG_AND_RIGHT.fullmatch(text)
        return cls(path, line, column, both["wrong"] if both else text, both["right"] if both else "")

    @property
    def folder(self) -> PurePath:
        """The config folder, as far as the path tells it."""
        parent = PurePath(self.path).parent
        return parent.parent if parent.name in _FOLDERS else parent

    def place(self, folder: PurePath | None = None) -> str:
        """Return where it is, in words; the path without `folder`."""
        path = PurePath(self.path)
        name = str(path.relative_to(folder) if folder else path) if self.path else ""
        return f"{name}, line {self.line}" if self.line else name

    def whole(self, folder: PurePath | None) -> str:
        """Return everything in one paragraph."""
        place = self.place(folder)
        words = f"{self.wrong}; {self.right}" if self.right else self.wrong
        return f"{place}: {words}" if place else words


def _config(problems: tuple[_Problem, ...], footer: str) -> ErrorView:
    code, headline = "E-CONFIG", "Can’t start"
    if len(problems) == 1:
        (one,) = problems
        where = f"{one.place()}, column {one.column}" if one.line else one.place()
        fix = f"{_sentence(one.right or 'Correct this')} {AFTERWARDS}"
        return ErrorView(code, headline, _sentence(one.wrong, capital=False), where, fix, footer)
    folders = {problem.folder for problem in problems if problem.path}
    folder = folders.pop() if len(folders) == 1 else None
    what = f"{len(problems)} mistakes in {folder}." if folder else f"{len(problems)} mistakes in the config files."
    paragraphs = [problem.whole(folder) for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        paragraphs.append(f"and {len(problems) - SHOWN} more")
    fix = f'Correct the files and save them. {AFTERWARDS} "kiosk check" prints every mistake.'
    return ErrorView(code, headline, what, "\n".join(paragraphs), fix, footer)


def _sentence(words: str, *, capital: bool = True) -> str:
    """Return the words with a full stop; a key's name in front keeps its small letter."""
    begun = words[:1].upper() + words[1:] if capital else words
    return begun if begun.endswith((".", "?", "!")) else f"{begun}."
