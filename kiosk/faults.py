"""Error screens for staff, which say what is wrong, where, and what to do."""

from __future__ import annotations

from pathlib import PurePath

from kiosk.errors import ConfigError, KioskError, PinError, Problem
from kiosk.printable import shown
from kiosk.view import ErrorView

SHOWN = 3
"""Maximum number of problems on the wall; `kiosk check` prints all of them."""
AFTERWARDS = "This screen goes away by itself."

_FOLDERS = ("circuits", "exercises")


def error_view(error: KioskError, footer: str = "") -> ErrorView:
    """Return the view of an error screen. `footer` identifies the machine, for example by version and name."""
    match error:
        case ConfigError() if error.problems:
            return _config(error.problems, footer)
        case PinError():
            fix = "Check the cables and the pins in kiosk.yaml, then restart. A USB keyboard works too: Space = button."
            return ErrorView("E-GPIO", "Button not connected", "The pins cannot be used.", str(error), fix, footer)
        case _:
            return ErrorView("E-KIOSK", "Can’t start", str(error), "", "Fix this, then restart.", footer)


def _config(problems: tuple[Problem, ...], footer: str) -> ErrorView:
    code, headline = "E-CONFIG", "Can’t start"
    if len(problems) == 1:
        (one,) = problems
        where = f"{_where(one)}, column {one.column}" if one.line else _where(one)
        fix = f"{_sentence(one.right or 'Correct this')} {AFTERWARDS}"
        return ErrorView(code, headline, _sentence(one.what, capital=False), where, fix, footer)
    folders = {_config_folder(one.path) for one in problems if one.path}
    folder = folders.pop() if len(folders) == 1 else None
    where = shown(str(folder)) if folder else "the config files"
    paragraphs = [_paragraph(one, folder) for one in problems[:SHOWN]]
    if len(problems) > SHOWN:
        paragraphs.append(f"and {len(problems) - SHOWN} more")
    fix = f'Correct the files and save them. {AFTERWARDS} "kiosk check" prints every mistake.'
    return ErrorView(code, headline, f"{len(problems)} mistakes in {where}.", "\n".join(paragraphs), fix, footer)


def _config_folder(path: PurePath) -> PurePath:
    return path.parent.parent if path.parent.name in _FOLDERS else path.parent


def _paragraph(problem: Problem, folder: PurePath | None) -> str:
    place = _where(problem, folder)
    return f"{place}: {problem.text}" if place else problem.text


def _where(problem: Problem, folder: PurePath | None = None) -> str:
    """Return the file and line of a problem, with the path relative to `folder`, or "" without a path."""
    if problem.path is None:
        return ""
    name = shown(str(problem.path.relative_to(folder) if folder else problem.path))
    return f"{name}, line {problem.line}" if problem.line else name


def _sentence(words: str, *, capital: bool = True) -> str:
    """Return the words with a full stop. Without `capital`, a key's name at the beginning stays in lower case."""
    begun = words[:1].upper() + words[1:] if capital else words
    return begun if begun.endswith((".", "?", "!")) else f"{begun}."
