"""Reads the keys of one group. A key is known if the code asks for it; there is no other list of known keys."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TypeVar

import yaml

from kiosk.config.problem import ContentError, closest, problem_at, quoted, suggestion, under, warnings_as
from kiosk.config.values import Read, expected, kind, without_quotes
from kiosk.errors import Problem

T = TypeVar("T")
D = TypeVar("D")


class Keys:
    """A reader of values by key. `close` raises all problems at once, so call `close` before a value is used."""

    def __init__(self, node: yaml.Node) -> None:
        """Take the node of a group. Raises ContentError if the node is not a group of keys."""
        if not isinstance(node, yaml.MappingNode):
            raise expected(node, "a group of keys", 'write "key: value" lines')
        self.group = node
        self._names: dict[str, yaml.Node] = {}
        self._values: dict[str, yaml.Node] = {}
        self._asked: list[str] = []
        self._missing: list[str] = []
        self._problems: list[Problem] = []
        for name, value in node.value:
            self._take(name, value)

    def required(self, key: str, read: Read[T], otherwise: D) -> T | D:
        """Return the value of a key. If it is missing or wrong, return `otherwise`, and `close` will raise."""
        if key not in self._values:
            self._missing.append(key)
        return self.optional(key, read, otherwise)

    def optional(self, key: str, read: Read[T], default: D) -> T | D:
        """Return the value of a key, or the default if it is missing or wrong. If it is wrong, `close` will raise."""
        self._asked.append(key)
        if key in self._values:
            try:
                with warnings_as(partial(under, key)):
                    return read(self._values[key])
            except ContentError as error:
                self._problems += error.under(key)
        return default

    def has(self, key: str) -> bool:
        """Return whether the file has the key."""
        return key in self._values

    def complain(self, key: str, text: str, right: str = "") -> None:
        """Add a problem with a key's value, or with the group if the key is missing."""
        self._problems.append(problem_at(self._values.get(key, self.group), text, right, key))

    def add(self, problem: Problem) -> None:
        """Add a problem that already has its line and column."""
        self._problems.append(problem)

    def node(self, key: str) -> yaml.Node | None:
        """Return the YAML node of a key's value, or None if the key is missing."""
        return self._values.get(key)

    @property
    def names(self) -> Collection[str]:
        """The keys that the file has."""
        return self._names.keys()

    def close(self, instead: Callable[[str], str | None] = lambda key: None) -> None:
        """Raise ContentError if there are problems. A key that was never asked for is a problem too.

        `instead` returns what is right instead of such a key, None if it is only misspelt.
        """
        unknown = {name: node for name, node in self._names.items() if name not in self._asked}
        for name, node in unknown.items():
            if right := instead(name) or "":
                text = f"{quoted(name)} does not belong here"
            else:
                text, right = f"unknown key {quoted(name)}", suggestion(name, self._asked)
            self._problems.append(problem_at(node, text, right, key=""))
        # A key that is only misspelt or misplaced is not reported as missing as well.
        misspelt = {closest(name, self._asked) for name in unknown} if self._missing else set()
        rights = [instead(name) or "" for name in unknown]
        for key in self._missing:
            if key not in misspelt and not any(f'"{key}' in right for right in rights):
                self._problems.append(problem_at(self.group, f"the key {quoted(key)} is missing", "add it"))
        if self._problems:
            raise ContentError(*self._problems)

    def _take(self, name: yaml.Node, value: yaml.Node) -> None:
        if not isinstance(name, yaml.ScalarNode):
            self._problems.append(problem_at(name, f"a key is expected here, but this is {kind(name)}", key=""))
            return
        key = without_quotes(name)
        if key in self._values:
            first = self._names[key].start_mark.line + 1
            text = f"the key {quoted(key)} appears twice, first in line {first}"
            self._problems.append(problem_at(name, text, "remove one", key=""))
        else:
            self._names[key] = name
            self._values[key] = value
