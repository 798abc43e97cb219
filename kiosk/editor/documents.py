"""A file's YAML as plain JSON, as the page gets and sends it.

Every entry of a circuit's lists has the key MARK with its path in the file, such as "exercises/2". The page sends it
back, so that an entry is known again wherever it has been moved. It is never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from kiosk.config.document import document
from kiosk.config.problem import ContentError, problem_at, quoted
from kiosk.editor.scalars import value_of
from kiosk.errors import Problem

MARK = "@"
ENTRIES = ("exercises", "stations", "together")
"""The keys of a circuit whose lists have entries, which are exercises, blocks and the like."""
DEEPEST = 16
MOST_VALUES = 5_000
Document = dict[str, Any]
Path = tuple[str | int, ...]

_MISSING = re.compile(r'the key "(\w+)" is missing')


class Reading(NamedTuple):
    """A file's text as JSON, and as the node from which that was read."""

    document: Document
    root: yaml.MappingNode


def read(text: str) -> Reading:
    """Return the document in a text. Raises ContentError if it has none."""
    root = document(text)
    if not isinstance(root, yaml.MappingNode):
        raise ContentError(problem_at(root, "a group of keys is expected here", 'write "key: value" lines'))
    found = _of_mapping(root, ())
    return Reading(found, root)


def _of(node: yaml.Node, path: Path, key: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _of_mapping(node, path)
    if isinstance(node, yaml.SequenceNode):
        if key in ENTRIES:
            return [_of_entry(one, (*path, place)) for place, one in enumerate(node.value)]
        return [_of(one, (*path, place), key) for place, one in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return value_of(node, key)


def _of_entry(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return {"exercise": value_of(node), MARK: mark_of(path)}
    found = _of(node, path, "")
    return {**found, MARK: mark_of(path)} if isinstance(found, dict) else found


def _of_mapping(node: yaml.MappingNode, path: Path) -> Document:
    found: Document = {}
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode):
            raise ContentError(problem_at(name, "a key is expected here"))
        key = str(name.value)
        if key in found:
            raise ContentError(problem_at(name, f"the key {quoted(key)} appears twice", "remove one"))
        if key == MARK:
            raise ContentError(problem_at(name, f"unknown key {quoted(key)}", "remove it"))
        found[key] = _of(value, (*path, key), key)
    return found


def mark_of(path: Path) -> str:
    return "/".join(map(str, path))


def plain(value: Any) -> Any:
    """Return a document without the marks of its entries."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if key != MARK}
    return [plain(one) for one in value] if isinstance(value, list) else value


def faults(document: object) -> Iterator[Problem]:
    """Yield what makes a document of the page impossible to write: no JSON of a file, too deep, or too much."""
    if not isinstance(document, dict):
        yield Problem("a group of keys is expected here")
        return
    left = [MOST_VALUES]
    yield from _faults(document, 0, left)


def _faults(value: Any, depth: int, left: list[int]) -> Iterator[Problem]:
    left[0] -= 1
    if depth > DEEPEST:
        yield Problem("the nesting is too deep", f"at most {DEEPEST} levels")
    elif left[0] < 0:
        if left[0] == -1:
            yield Problem("there is too much in it", f"at most {MOST_VALUES} values")
    elif isinstance(value, dict):
        for key, one in value.items():
            if not isinstance(key, str) or not re.fullmatch(r"[A-Za-z0-9_@-]{1,64}", key):
                yield Problem(f"unknown key {quoted(str(key))}", "remove it")
            yield from _faults(one, depth + 1, left)
    elif isinstance(value, list):
        for one in value:
            yield from _faults(one, depth + 1, left)
    elif isinstance(value, str):
        if any("\ud800" <= c <= "\udfff" for c in value):
            yield Problem("a text has a character that cannot be shown", "remove it")
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= 10**18:
            yield Problem("a number is too large")
    elif isinstance(value, float):
        if value != value or abs(value) > 1e15:
            yield Problem("a number is too large")
    elif value is not None and not isinstance(value, bool):
        yield Problem("text, a number, a list or a group is expected here")


def path_to(root: yaml.Node, problem: Problem) -> Path:
    """Return the path of the value of a document that a problem is about; () for the document as a whole."""
    found = _found(root, problem, ())
    if missing := _MISSING.match(problem.wrong):
        return (*found, missing[1])
    return found


def _found(node: yaml.Node, problem: Problem, path: Path) -> Path:
    """Return the path of the innermost value that has the problem's place, or begins before it."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            here: Path = (*path, str(name.value))
            if _is_at(name, problem) and problem.key == "":
                return here
            if _is_at(value, problem) or _has(value, problem):
                return _found(value, problem, here)
    elif isinstance(node, yaml.SequenceNode):
        for place, one in enumerate(node.value):
            if _is_at(one, problem) or _has(one, problem):
                return _found(one, problem, (*path, place))
    elif path and path[-2:-1] and path[-2] in ENTRIES and not _MISSING.match(problem.wrong):
        return (*path, "exercise")
    return path


def _is_at(node: yaml.Node, problem: Problem) -> bool:
    return (node.start_mark.line + 1, node.start_mark.column + 1) == (problem.line, problem.column)


def _has(node: yaml.Node, problem: Problem) -> bool:
    """Return whether a problem is within a value."""
    place = problem.line - 1, problem.column - 1
    start, end = node.start_mark, node.end_mark
    return (start.line, start.column) <= place < (end.line, end.column)
