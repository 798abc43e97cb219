"""PyYAML's messages in plain words."""

from __future__ import annotations

import re

import yaml

from kiosk.config.problem import Problem
from kiosk.printable import shown

_INDENT = "the line does not fit what stands above it; check how far it is indented"
_COLON = '":" is not expected here; put text that holds ": " in quotes, or check the indentation and the line above'
_UNCLOSED_QUOTE = "the text that begins here has no closing quote; add it"
_BACKSLASH = "a backslash has a special meaning in double quotes; use single quotes"

_PLAIN_WORDS: tuple[tuple[str, str, bool], ...] = (
    # What PyYAML says, what we say, and whether the place is where the trouble began rather than where it was noticed.
    (r"found character '\\t'", "a tab is here; indent with spaces", False),
    (r"found character '(.)' that cannot start", 'text cannot begin with "{0}"; put it in quotes', False),
    (r"mapping (?:values|keys) are not allowed", _COLON, False),
    (r"could not find expected ':'", 'a ":" is missing after this key; write "key: value"', True),
    (r"found unexpected end of stream", _UNCLOSED_QUOTE, True),
    (r"found unexpected document separator", _UNCLOSED_QUOTE, True),
    (r"expected ',' or ']'", 'the list that begins here is not closed; add the missing "," or "]"', True),
    (r"expected ',' or '}'", 'the group that begins here is not closed; add the missing "," or "}}"', True),
    (r"sequence entries are not allowed", 'a "- " is not expected here; begin a list on a line of its own', False),
    (
        r"expected <block end>, but found '<scalar>'",
        "this does not belong here; put the whole text in double quotes",
        False,
    ),
    (
        r"expected <block end>, but found '([\]},])'",
        'a "{0}" is not expected here; remove it or put the text in quotes',
        False,
    ),
    (r"expected <block end>", _INDENT, False),
    (r"expected '<document start>'", _INDENT, False),
    (r"but found another document", 'a second document begins here; keep one and remove the line "---"', False),
    (r"found unknown escape character", _BACKSLASH, False),
    (r"expected escape sequence", _BACKSLASH, False),
    (r"while scanning an? (?:alias|anchor)", "text cannot begin with * or &; put it in quotes", True),
    (r"while (?:scanning|parsing) a (?:tag|node)|tag handle", "text cannot begin with !; put it in quotes", True),
    (r"directive|incompatible YAML", "a line cannot begin with %; put the text in quotes or remove the line", True),
    (r"while scanning a block scalar", "text cannot begin with | or >; put it in quotes", True),
    (r"expected the node content", "a value is expected here; put text that begins with a sign in quotes", False),
)


def explain(error: yaml.MarkedYAMLError) -> Problem:
    """Return what staff can do about an error, at the place where they can do it."""
    said = f"{error.context or ''}: {error.problem or ''}"
    noticed = error.problem_mark or error.context_mark
    for pattern, words, at_beginning in _PLAIN_WORDS:
        if found := re.search(pattern, said):
            mark = (error.context_mark if at_beginning else None) or noticed
            return _problem(words.format(*map(shown, found.groups())), mark)
    return _problem(
        f"this is not valid YAML ({shown(error.problem or 'no reason given')}); compare with a file that works", noticed
    )


def _problem(text: str, mark: yaml.Mark | None) -> Problem:
    return Problem(text, mark.line + 1, mark.column + 1) if mark else Problem(text)
