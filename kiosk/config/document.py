"""Parses text into YAML nodes, which have a line and a column. Tags, anchors and aliases are not allowed."""

from __future__ import annotations

import re
from contextlib import suppress

import yaml
from yaml.composer import Composer

from kiosk.config.problem import ContentError, quoted, wrong
from kiosk.config.syntax import explain, told_apart
from kiosk.errors import Problem

DEEPEST = 20
"""Maximum levels of nesting. Circuits need at most 15. PyYAML composes nodes recursively, so there must be a limit."""

_PARSERS_DIFFER = re.compile(r"\t|[|>][-+0-9]*#")
"""Pattern of tabs, and of comments directly after | or >. libyaml accepts some that PyYAML's own parser rejects."""


def document(text: str) -> yaml.Node:
    """Return the root node of a text, which must be a single document. Raises ContentError."""
    if yaml.__with_libyaml__ and not _PARSERS_DIFFER.search(text):
        # The quick parser is enough for a file without errors. The slow parser explains errors.
        with suppress(Exception):
            return _root(_Quick(text))
    loader = _Slow(text)
    try:
        return _root(loader)
    except yaml.MarkedYAMLError as error:
        raise ContentError(told_apart(explain(error), text)) from error
    except ContentError:
        raise
    except Exception as error:
        # PyYAML also raises OverflowError (for "\UFFFFFFFF"), ValueError (for "%YAML 1.<5000 digits>") and others.
        mark = loader.get_mark()
        raise ContentError(
            Problem("this cannot be read as YAML", "put the text in quotes", mark.line + 1, mark.column + 1)
        ) from error


def _root(loader: _Slow | _Quick) -> yaml.Node:
    try:
        root = loader.get_single_node()
    finally:
        loader.dispose()
    if root is None:
        raise ContentError(Problem("the file is empty", "fill it in or delete it", 1, 1))
    return root


class _Plain(Composer):
    """A composer that rejects tags, anchors and aliases. No file needs these, and they can make a small file huge."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.NodeEvent = self.peek_event()  # type: ignore[attr-defined]
        if isinstance(event, yaml.AliasEvent):
            what = quoted(f"*{event.anchor}")
            right = "write it out instead, or put text that begins with * in quotes"
            raise wrong(event, f"{what} is a reference", right)
        if event.anchor is not None:
            what = quoted(f"&{event.anchor}")
            raise wrong(event, f"{what} is an anchor", "remove it, or put text that begins with & in quotes")
        if getattr(event, "tag", None) is not None:
            raise wrong(event, 'there is a tag ("!...") here', "remove it, or put text that begins with ! in quotes")
        if self._depth == DEEPEST:
            raise wrong(event, "the nesting is too deep here", f"at most {DEEPEST} levels")
        self._depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


class _Slow(_Plain, yaml.SafeLoader):
    """PyYAML's own parser. It is slow on a Pi, but its error messages can be put in plain words."""


if yaml.__with_libyaml__:

    class _Quick(_Plain, yaml.CSafeLoader):
        """The parser of libyaml, which returns the same nodes in a fifth of the time."""

        def __init__(self, text: str) -> None:
            yaml.CSafeLoader.__init__(self, text)
            Composer.__init__(self)
