"""Readers of single values. A reader takes a YAML node and returns its value, or raises ContentError."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from enum import StrEnum
from itertools import accumulate
from typing import Any, TypeVar

import yaml

from kiosk.config.duration import EXPECTED, duration_text, parse_duration, parse_number
from kiosk.config.problem import ContentError, closest, either, quoted, suggestion, warn, wrong
from kiosk.config.syntax import BULLET
from kiosk.config_files import SUFFIXES
from kiosk.errors import Problem

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Read = Callable[[yaml.Node], T]

MOST_TEXTS = 100_000
"""Maximum number of texts in a list: as good as none, since a file is not that large."""
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""Pattern of a file's name without .yaml. Such a name is safe on every system and easy to type in a terminal."""

_QUOTES = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "\u201d": "\u201d", "\u2018": "\u2019"}
"""The typographic quotes with which a text may begin, each with those that end it. YAML takes them for letters."""
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u00ab\u00bb"
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


def text(fits: int) -> Read[str]:
    """Return a reader of one line of text. A line of more than `fits` characters is a warning."""

    def read(node: yaml.Node) -> str:
        line = line_of(node)
        if len(line) > fits:
            warn(node, *_too_long(len(line), fits))
        return line

    return read


def items(read: Read[T], low: int, high: int) -> Read[tuple[T, ...]]:
    """Return a reader of a list of `low` to `high` items."""

    def read_all(node: yaml.Node) -> tuple[T, ...]:
        if not isinstance(node, yaml.SequenceNode):
            if isinstance(node, yaml.ScalarNode) and (dash := BULLET.search(node.value)):
                raise wrong(node, f'a list is expected here, but "{dash[0].strip()}" is no hyphen', 'write "- "')
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


def texts(fit: int, each: int = 0) -> Read[tuple[str, ...]]:
    """Return a reader of a list of texts. A warning says how many of them have room.

    There is room for `fit` characters together, of which every text takes `each` more than it has.
    """
    read_all = items(line_of, 0, MOST_TEXTS)

    def read(node: yaml.Node) -> tuple[str, ...]:
        got = read_all(node)
        taken = list(accumulate(len(one) + each for one in got))
        if taken and taken[-1] > fit:
            assert isinstance(node, yaml.SequenceNode)
            count = sum(end <= fit for end in taken)
            if count:
                what = f"{len(got)} items are more than the wall has room for"
                warn(node.value[count], what, f"the first {count} fit" if count > 1 else "the first fits")
            else:
                warn(node.value[0], *_too_long(len(got[0]), fit - each))
        return got

    return read


def lines(fit: int) -> Read[tuple[str, ...]]:
    """Return a reader of lines of text: a list, or one line by itself. More than `fit` characters are a warning."""
    read_list = items(line_of, 0, MOST_TEXTS)

    def read(node: yaml.Node) -> tuple[str, ...]:
        got = read_list(node) if isinstance(node, yaml.SequenceNode) else (line_of(node),)
        if (length := len(" ".join(got))) > fit:
            warn(node, *_too_long(length, fit))
        return got

    return read


def _too_long(length: int, fit: int) -> tuple[str, str]:
    return f"{length} characters are more than the wall has room for", f"{fit} fit"


def integer(node: yaml.Node, what: str, should: str) -> int:
    """Return a whole number of any size. In messages, `what` names the number and `should` tells what to write."""
    if not isinstance(node, yaml.ScalarNode) or _tag(node) == "null":
        raise expected(node, what, should)
    raw = without_quotes(node).strip()
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
    raw = without_quotes(node).strip()
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
        raw = without_quotes(node).strip()
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


def file_name(what: str, suffixes: tuple[str, ...] = SUFFIXES) -> Read[str]:
    """Return a reader of a file's name without its folder and without its suffix."""

    def read(node: yaml.Node) -> str:
        name = line_of(node)
        if suffix := next((one for one in suffixes if name.lower().endswith(one)), None):
            raise wrong(node, f"{quoted(name)}: a name is expected here", f"leave out {suffix}")
        if not FILE_NAME.fullmatch(name):
            right = "use letters, digits and hyphens, at most 64"
            raise wrong(node, f"{quoted(name)} cannot be the name of {what}", right)
        return name

    return read


def known_name(known: Collection[str], what: str) -> Read[str]:
    """Return a reader of a name that must be one of `known`. `what` is the kind of thing with such a name."""

    def read(node: yaml.Node) -> str:
        name = line_of(node)
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
    return without_quotes(node).strip()


def line_of(node: yaml.Node) -> str:
    """Return one line of text. Raises ContentError."""
    if isinstance(node, yaml.MappingNode):
        raise expected(node, "text", 'put text that contains ": " in quotes')
    if not isinstance(node, yaml.ScalarNode):
        raise expected(node, "text")
    if _tag(node) == "null":
        raise wrong(node, "the text is empty", "write it or remove the line")
    if _tag(node) != "str":
        raise wrong(node, f"YAML reads this as {kind(node)}", f"put it in quotes: {quoted(node.value)}")
    line = unicodedata.normalize("NFC", without_quotes(node).strip())
    if not line:
        raise wrong(node, "the text is empty", "write it or remove the line")
    if "\n" in line:
        raise wrong(node, "there is a line break in this text", 'write one line, or each line of a list after "- "')
    if not node.style and _unclosed(line):
        raise wrong(node, f"the quote {line[0]} has no end here", 'put the whole text in straight quotes: "')
    if strange := next((c for c in line if not c.isprintable()), None):
        raise wrong(node, f"this text has a character that cannot be shown (U+{ord(strange):04X})", "remove it")
    return line


def _unclosed(line: str) -> bool:
    """Return whether a line begins with a typographic double quote that has no end. A single one is an apostrophe."""
    ends = _QUOTES.get(line[0], "") if line[0] in _DOUBLE_QUOTES else ""
    return bool(ends) and not any(end in line[1:] for end in ends)


def _tag(node: yaml.Node) -> str:
    return str(node.tag).rpartition(":")[2]


def _in_quotes(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and (bool(node.style) or without_quotes(node) != node.value)


def without_quotes(node: yaml.ScalarNode) -> str:
    """Return the text of a scalar without the typographic quotes around it, if there are any."""
    value = str(node.value)
    if len(value) < 2 or node.style or value[-1] not in _QUOTES.get(value[0], ""):
        return value
    # Quoted words may also begin a text and others end it. Only a pair around the whole text is left out.
    inside = value[1:-1]
    return value if any(quote in inside for quote in _DOUBLE_QUOTES) else inside
