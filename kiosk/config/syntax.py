"""Puts PyYAML's error messages into plain words."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from kiosk.errors import Problem
from kiosk.printable import shown


class _Words(NamedTuple):
    """Plain words for a PyYAML message. With `at_beginning`, they are for the place where the faulty text begins."""

    pattern: str
    wrong: str
    right: str
    at_beginning: bool = False


_PLAIN_WORDS = (
    _Words(r"found character '\\t'", "there is a tab here", "indent with spaces"),
    _Words(r"found character '(.)' that cannot start", 'text cannot begin with "{0}"', "put it in quotes"),
    _Words(
        r"mapping (?:values|keys) are not allowed",
        '":" is not expected here',
        'put text that contains ": " in quotes, or check the indentation and the line above',
    ),
    _Words(r"could not find expected ':'", 'a ":" is missing after this key', 'write "key: value"', at_beginning=True),
    _Words(
        r"found unexpected (?:end of stream|document separator)",
        "the text that begins here has no closing quote",
        "add it",
        at_beginning=True,
    ),
    _Words(
        r"expected ',' or ']'",
        "the list that begins here is not closed",
        'add the missing "," or "]"',
        at_beginning=True,
    ),
    _Words(
        r"expected ',' or '}'",
        "the group that begins here is not closed",
        'add the missing "," or "}"',
        at_beginning=True,
    ),
    _Words(r"sequence entries are not allowed", 'a "- " is not expected here', "begin a list on a line of its own"),
    _Words(
        r"expected <block end>, but found '<scalar>'",
        "this does not belong here",
        "put the whole text in double quotes",
    ),
    _Words(
        r"expected <block end>, but found '([\]},])'",
        'a "{0}" is not expected here',
        "remove it or put the text in quotes",
    ),
    _Words(
        r"expected (?:<block end>|'<document start>')",
        "the line does not fit the lines above it",
        "check its indentation",
    ),
    _Words(r"but found another document", "a second document begins here", 'keep one and remove the line "---"'),
    _Words(
        r"found unknown escape character|expected escape sequence",
        "a backslash has a special meaning in double quotes",
        "use single quotes",
    ),
    _Words(
        r"while scanning an? (?:alias|anchor)", "text cannot begin with * or &", "put it in quotes", at_beginning=True
    ),
    _Words(
        r"while (?:scanning|parsing) a (?:tag|node)|tag handle",
        "text cannot begin with !",
        "put it in quotes",
        at_beginning=True,
    ),
    _Words(
        r"directive|incompatible YAML",
        "a line cannot begin with %",
        "put the text in quotes or remove the line",
        at_beginning=True,
    ),
    _Words(r"while scanning a block scalar", "text cannot begin with | or >", "put it in quotes", at_beginning=True),
    _Words(r"expected the node content", "a value is expected here", "put text that begins with a sign in quotes"),
)


_LINE_END = re.compile("\r\n|\r|\n")
BULLET = re.compile(r"^\s*[\u2013\u2014\u2022\u2023\u00b7\u2212](?=\s)")
"""What an editor makes of the "- " at the beginning of a line: dashes, bullets and a minus sign."""
_TAKEN_FOR_OTHERS = (
    # Patterns of what editors write by themselves and YAML takes for letters, or of an apostrophe that YAML takes for
    # a quote; what is wrong, and what is right.
    (re.compile(r"^[ ]*\u00a0"), "there is a non-breaking space here", "indent with ordinary spaces"),
    (BULLET, "this is no hyphen", 'begin an item with "- "'),
    (
        re.compile(r"(?:^|[-:,\[{])\s*[\u201c-\u201f\u00ab\u00bb\u2018]"),
        "this is a typographic quote",
        'write straight quotes: "',
    ),
    (
        re.compile(r"(?:^|[-:,\[{])\s*'[^']*[^\W\d_]'(?=[^\W\d_])"),
        "the text in quotes ends at this apostrophe",
        "put the whole text in double quotes",
    ),
)


def told_apart(problem: Problem, text: str) -> Problem:
    """Return the problem, or what more probably is the reason: a sign in its line that means something else in YAML."""
    lines = _LINE_END.split(text)
    if not 1 <= problem.line <= len(lines):
        return problem
    for pattern, wrong, right in _TAKEN_FOR_OTHERS:
        if found := pattern.search(lines[problem.line - 1]):
            return problem._replace(wrong=wrong, right=right, column=found.end())
    return problem


def explain(error: yaml.MarkedYAMLError) -> Problem:
    """Return a PyYAML error as a problem in plain words, at the place where staff can fix it."""
    said = f"{error.context or ''}: {error.problem or ''}"
    noticed = error.problem_mark or error.context_mark
    for words in _PLAIN_WORDS:
        if found := re.search(words.pattern, said):
            mark = (error.context_mark if words.at_beginning else None) or noticed
            return _problem(words.wrong.format(*map(shown, found.groups())), words.right, mark)
    reason = shown(error.problem or "no reason given")
    return _problem(f"this is not valid YAML ({reason})", "compare with a file that works", noticed)


def _problem(wrong: str, right: str, mark: yaml.Mark | None) -> Problem:
    return Problem(wrong, right, mark.line + 1, mark.column + 1) if mark else Problem(wrong, right)
