"""Readers of single values. A reader takes a YAML node and returns its value, or raises ContentError."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from kiosk.config.duration import EXPECTED, duration_text, parse_duration, parse_number
from kiosk.config.problem import ContentError, closest, either, quoted, suggestion, wrong
from kiosk.errors import Problem

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Read = Callable[[yaml.Node], T]

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""Pattern of a file's name without .yaml. Such a name is safe on every system and easy to type in a terminal."""

_KINDS = {
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "null": "empty",
    "timestamp": "a date",
}


def kind(node: yaml.Node) -> str:
    """Return the kind of a node in plain words, such as "a list"."""
    if isinstance(node, yaml.MappingNode):
        return "a group of keys"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return _KINDS.get(_tag(node), "text")


def expected(node: yaml.Node, what: str, right: str = "") -> ContentError:
    """Return the error for a node of the wrong kind. `what` is the right kind, and `right` tells what to write."""
    return wrong(node, f"{what} is expected here, but this is {kind(node)}", right)


def text(limit: int) -> Read[str]:
    """Return a reader of one line of text of 1 to `limit` characters."""

    def read(node: yaml.Node) -> str:
        line = _line(node)
        if len(line) > limit:
            raise wrong(node, f"too long for the wall: {len(line)} characters", f"at most {limit}")
        return line

    return read


def items(read: Read[T], low: int, high: int) -> Read[tuple[T, ...]]:
    """Return a reader of a list of `low` to `high` items."""

    def read_all(node: yaml.Node) -> tuple[T, ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise expected(node, "a list", 'write each item on a line of its own after "- "')
        problems: list[Problem] = []
        got: list[T] = []
        if len(node.value) < low:
            problems += wrong(node, "the list is empty", f"write {low} to {high} items").problems
        elif len(node.value) > high:
            problems += wrong(node.value[high], f"the list has {len(node.value)} items", f"at most {high}").problems
        for item in node.value[:high]:
            try:
                got.append(read(item))
            except ContentError as error:
                problems += error.problems
        if problems:
            raise ContentError(*problems)
        return tuple(got)

    return read_all


def lines(limit: int, most: int) -> Read[tuple[str, ...]]:
    """Return a reader of 1 to `most` lines of 1 to `limit` characters, written as a list or as a single line."""
    read_one, read_list = text(limit), items(text(limit), 1, most)

    def read(node: yaml.Node) -> tuple[str, ...]:
        return read_list(node) if isinstance(node, yaml.SequenceNode) else (read_one(node),)

    return read


def integer(node: yaml.Node, what: str, should: str) -> int:
    """Return a whole number of any size. In messages, `what` names the number and `should` tells what to write."""
    if not isinstance(node, yaml.ScalarNode) or _tag(node) == "null":
        raise expected(node, what, should)
    raw = node.value.strip()
    try:
        number = parse_number(raw, in_quotes=_in_quotes(node))
    except ContentError as error:
        raise _of_text(node, raw, error) from None
    except LookupError:
        raise wrong(node, f"{what} is expected here, not {quoted(raw)}", should) from None
    if number % 1:
        raise wrong(node, f"{what} is expected here, not {quoted(raw)}", should)
    return int(number)


def number(node: yaml.Node) -> float:
    """Return a number of any size, with or without a fraction."""
    if not isinstance(node, yaml.ScalarNode) or _tag(node) in ("bool", "null"):
        raise expected(node, "a number")
    raw = node.value.strip()
    try:
        return float(parse_number(raw, in_quotes=_in_quotes(node)))
    except ContentError as error:
        raise _of_text(node, raw, error) from None
    except LookupError:
        raise wrong(node, f"a number is expected here, not {quoted(raw)}") from None


def tuple_of(*reads: Read[Any]) -> Read[tuple[Any, ...]]:
    """Return a reader of a list that has one item for each of the given readers, in order."""

    def read(node: yaml.Node) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise expected(node, f"a list of {len(reads)}")
        if len(node.value) != len(reads):
            raise wrong(node, f"a list of {len(reads)} is expected here, but this has {len(node.value)}")
        problems: list[Problem] = []
        got: list[Any] = []
        for read_one, item in zip(reads, node.value, strict=True):
            try:
                got.append(read_one(item))
            except ContentError as error:
                problems += error.problems
        if problems:
            raise ContentError(*problems)
        return tuple(got)

    return read


def whole(low: int, high: int) -> Read[int]:
    """Return a reader of a whole number from `low` to `high`."""
    should = f"write a whole number from {low} to {high}"

    def read(node: yaml.Node) -> int:
        number = integer(node, "a whole number", should)
        if not low <= number <= high:
            raise wrong(node, f"{number} is out of range", should)
        return number

    return read


def duration(low_s: float, high_s: float, *, above: bool = False, never: bool = False) -> Read[float]:
    """Return a reader of a duration from `low_s` to `high_s`.

    With `above`, `low_s` itself is not allowed. With `never`, 0 is allowed too.
    """
    low, high = duration_text(low_s), duration_text(high_s)
    unit = " seconds" if high_s < 60 else ""
    should = f"of more than {low} and at most {high}{unit}" if above else f"from {low} to {high}{unit}"
    if never:
        should += ", or 0 for never"

    def read(node: yaml.Node) -> float:
        if not isinstance(node, yaml.ScalarNode) or _tag(node) in ("bool", "null", "timestamp"):
            raise expected(node, "a duration", EXPECTED)
        raw = node.value.strip()
        try:
            seconds = parse_duration(raw, in_quotes=_in_quotes(node))
        except ContentError as error:
            raise _of_text(node, raw, error) from None
        if never and seconds == 0:
            return 0.0
        if not low_s <= seconds <= high_s or (above and seconds == low_s):
            raise wrong(node, f"{quoted(raw)} is out of range", f"write a duration {should}")
        return seconds

    return read


def choice(kinds: type[E]) -> Read[E]:
    """Return a reader of one word of an enumeration. Words that YAML takes for false, such as off, need no quotes."""

    def read(node: yaml.Node) -> E:
        raw = _scalar(node, either(kinds))
        if raw in list(kinds):
            return kinds(raw)
        meant = closest(raw, kinds)
        right = f'did you mean "{meant}"?' if meant else f"write {either(kinds)}"
        raise wrong(node, f"{quoted(raw)} is not possible here", right)

    return read


def truth(node: yaml.Node) -> bool:
    """Return whether a node says true. The words yes, no, on and off are allowed too."""
    raw = _scalar(node, "true or false")
    if _in_quotes(node) or _tag(node) != "bool":
        raise wrong(node, f"true or false is expected here, not {quoted(raw)}", "write true or false without quotes")
    return raw.lower() in ("true", "yes", "on")


def or_word(word: str, read: Read[T]) -> Read[T | None]:
    """Return a reader that returns None for the word, and uses `read` for any other value."""
    return lambda node: None if isinstance(node, yaml.ScalarNode) and node.value == word else read(node)


def file_name(what: str) -> Read[str]:
    """Return a reader of a file's name without its folder and without .yaml."""

    def read(node: yaml.Node) -> str:
        name = _line(node)
        if name.endswith((".yaml", ".yml")):
            raise wrong(node, f"{quoted(name)}: a name is expected here", "leave out .yaml")
        if not FILE_NAME.fullmatch(name):
            right = "use letters, digits and hyphens, at most 64"
            raise wrong(node, f"{quoted(name)} cannot be the name of {what}", right)
        return name

    return read


def known_name(known: Collection[str], what: str) -> Read[str]:
    """Return a reader of a name that must be one of `known`. `what` is the kind of thing with such a name."""

    def read(node: yaml.Node) -> str:
        name = _line(node)
        if name not in known:
            right = suggestion(name, known) if known else "there are none yet: add one"
            raise wrong(node, f"there is no {what} {quoted(name)}", right)
        return name

    return read


def _of_text(node: yaml.Node, raw: str, error: ContentError) -> ContentError:
    """Return an error about a text as an error at the node that has the text."""
    (problem,) = error.problems
    return wrong(node, f"{quoted(raw)}: {problem.wrong}", problem.right)


def _scalar(node: yaml.Node, what: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or _tag(node) == "null":
        raise expected(node, what)
    return str(node.value).strip()


def _line(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        raise expected(node, "text", 'put text that contains ": " in quotes')
    if not isinstance(node, yaml.ScalarNode):
        raise expected(node, "text")
    if _tag(node) == "null":
        raise wrong(node, "the text is empty", "write it or remove the line")
    if _tag(node) != "str":
        raise wrong(node, f"YAML reads this as {kind(node)}", f"put it in quotes: {quoted(node.value)}")
    line = unicodedata.normalize("NFC", node.value.strip())
    if not line:
        raise wrong(node, "the text is empty", "write it or remove the line")
    if "\n" in line:
        raise wrong(node, "there is a line break in this text", 'write one line, or each line of a list after "- "')
    if strange := next((c for c in line if not c.isprintable()), None):
        raise wrong(node, f"this text has a character that cannot be shown (U+{ord(strange):04X})", "remove it")
    return line


def _tag(node: yaml.Node) -> str:
    return str(node.tag).rpartition(":")[2]


def _in_quotes(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and bool(node.style)
