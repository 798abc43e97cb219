"""The keys of one group. A key is known because it is asked for: a new one is one line where it is read."""

from __future__ import annotations

from typing import TypeVar

import yaml

from kiosk.config.problem import ContentError, problem_at, quoted, suggest, what_there_is
from kiosk.config.values import Read, expected, kind
from kiosk.errors import Problem

T = TypeVar("T")
D = TypeVar("D")


class Keys:
    """Reads values by key and keeps what is wrong; `close` raises all of it at once, before a value can do harm."""

    def __init__(self, node: yaml.Node) -> None:
        """Raise ContentError where the node is no group of keys."""
        if not isinstance(node, yaml.MappingNode):
            raise expected(node, "a group of keys", 'write "key: value" lines')
        self._node = node
        self._names: dict[str, yaml.Node] = {}
        self._values: dict[str, yaml.Node] = {}
        self._asked: list[str] = []
        self._missing: list[str] = []
        self._problems: list[Problem] = []
        for name, value in node.value:
            self._add(name, value)

    def required(self, key: str, read: Read[T], otherwise: D) -> T | D:
        """Return the value of a key. `otherwise` only fills the gap until `close` raises."""
        if key not in self._values:
            self._missing.append(key)
        return self.optional(key, read, otherwise)

    def optional(self, key: str, read: Read[T], default: D) -> T | D:
        self._asked.append(key)
        if key in self._values:
            try:
                return read(self._values[key])
            except ContentError as error:
                self._problems += error.under(key)
        return default

    def has(self, key: str) -> bool:
        return key in self._values

    def complain(self, key: str, text: str, right: str = "") -> None:
        """Keep something wrong about a key that is there, or about the group where it is not."""
        self._problems.append(problem_at(self._values.get(key, self._node), text, right, key))

    def keep(self, problem: Problem) -> None:
        self._problems.append(problem)

    def node(self, key: str) -> yaml.Node | None:
        return self._values.get(key)

    def close(self) -> None:
        """Raise ContentError with everything that was wrong, the keys that nobody asked for included."""
        unknown = {name: node for name, node in self._names.items() if name not in self._asked}
        for name, node in unknown.items():
            right = what_there_is(name, self._asked)
            self._problems.append(problem_at(node, f"unknown key {quoted(name)}", right, key=""))
        # A misspelt key is one mistake and not two.
        misspelt = {suggest(name, self._asked) for name in unknown} if self._missing else set()
        for key in self._missing:
            if key not in misspelt:
                self._problems.append(problem_at(self._node, f"the key {quoted(key)} is missing", "add it"))
        if self._problems:
            raise ContentError(*self._problems)

    def _add(self, name: yaml.Node, value: yaml.Node) -> None:
        if not isinstance(name, yaml.ScalarNode):
            self._problems.append(problem_at(name, f"a key is expected here, this is {kind(name)}", key=""))
        elif name.value in self._values:
            first = self._names[name.value].start_mark.line + 1
            text = f"the key {quoted(name.value)} is there twice, first in line {first}"
            self._problems.append(problem_at(name, text, "remove one", key=""))
        else:
            self._names[name.value] = name
            self._values[name.value] = value
