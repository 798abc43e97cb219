"""Helpers that describe a mistake in a file: what is wrong, where it is, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import yaml

from kiosk.errors import FileError, Problem
from kiosk.printable import shown

LONGEST_QUOTE = 40
LONGEST_LIST = 16
MOST_COMPARED = 10_000
"""Maximum number of word pairs to compare in one reading of the folder. A hundred words with a hundred are enough."""

_left: ContextVar[int | None] = ContextVar("pairs of words left to compare", default=None)
_warnings: ContextVar[list[Problem] | None] = ContextVar("what is no error, but not good on the wall", default=None)


class ContentError(FileError):
    """An error in a file's content. Readers raise it without the file's path; `load` turns it into a ConfigError."""

    def under(self, key: str) -> tuple[Problem, ...]:
        """Return the problems of a value with this key put before their keys, so that "pin" becomes "button.pin"."""
        return tuple(under(key, one) for one in self.problems)

    def within(self, path: Path) -> tuple[Problem, ...]:
        """Return the problems, each with the path of the file that was read."""
        return tuple(one._replace(path=path) for one in self.problems)


def under(key: str, problem: Problem) -> Problem:
    """Return the problem of a value as a problem of the group that has it under this key."""
    if problem.key == "":
        return problem
    return problem._replace(key=f"{key}.{problem.key}" if problem.key else key)


def wrong(node: yaml.Node | yaml.Event, text: str, right: str = "") -> ContentError:
    """Return the error that says what is wrong with a node and what would be right."""
    return ContentError(problem_at(node, text, right))


def problem_at(node: yaml.Node | yaml.Event, text: str, right: str = "", key: str | None = None) -> Problem:
    """Return a problem at the line and column of a node."""
    mark = node.start_mark
    return Problem(text, right, mark.line + 1, mark.column + 1, key) if mark else Problem(text, right, key=key)


@contextmanager
def collected_warnings() -> Iterator[list[Problem]]:
    """Collect the warnings of the readers within this. Without it, nobody wants them."""
    found: list[Problem] = []
    before = _warnings.set(found)
    try:
        yield found
    finally:
        _warnings.reset(before)


def warn(node: yaml.Node, text: str, right: str = "", key: str | None = None) -> None:
    """Note what is not good on the wall at a node, such as a long text. It is no error: the wall can show it."""
    if (found := _warnings.get()) is not None:
        found.append(problem_at(node, text, right, key))


@contextmanager
def warnings_as(change: Callable[[Problem], Problem]) -> Iterator[None]:
    """Change the warnings within this: a reader of a value knows neither its key nor its file."""
    found = _warnings.get()
    start = 0 if found is None else len(found)
    yield
    if found is not None:
        found[start:] = map(change, found[start:])


def quoted(text: str) -> str:
    """Return a text from a file in quotes, cut to LONGEST_QUOTE characters."""
    return f'"{shown(text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…")}"'


def either(words: Iterable[str]) -> str:
    """Return the words joined as in "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


@contextmanager
def limited_suggestions() -> Iterator[None]:
    """Stop making suggestions in a `with` block after MOST_COMPARED comparisons, so that staff need not wait."""
    before = _left.set(MOST_COMPARED)
    try:
        yield
    finally:
        _left.reset(before)


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None if no known word is similar."""
    # This slow import is done only after a mistake.
    from difflib import get_close_matches

    by_shape = {_shape(one): one for one in known}
    if (left := _left.get()) is not None:
        if left < len(by_shape):
            return None
        _left.set(left - len(by_shape))
    # Only the beginning is compared. A long text is not a misspelt word, and comparing all of it would take long.
    near = get_close_matches(_shape(word[:LONGEST_QUOTE]), by_shape, n=1, cutoff=0.6)
    return by_shape[near[0]] if near else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return a suggestion for an unknown word: the closest known word, or else a list of known words."""
    words = sorted(known, key=natural_order)
    if meant := closest(word, words):
        return f'did you mean "{meant}"?'
    return possible(words)


def possible(words: Sequence[str]) -> str:
    """Return the words that are possible, in their order."""
    more = ", ..." if len(words) > LONGEST_LIST else ""
    return f"possible here: {', '.join(words[:LONGEST_LIST])}{more}"


def natural_order(name: str) -> tuple[list[tuple[int, str]], str]:
    """Return a sorting key that puts "day-2" before "day-10", as people count."""
    # Text and digits alternate, so text is compared with text and numbers with numbers.
    return [(int(part) if part.isdecimal() else 0, part.casefold()) for part in re.split("([0-9]+)", name)], name


def _shape(word: str) -> str:
    return word.casefold().replace(" ", "-").replace("_", "-")
