"""Brings the settings that are safe to change from the kiosk.yaml of a stick into that of the wall.

The wall's file keeps its comments, its order and everything else: only the values are exchanged, in its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from kiosk.config.document import document
from kiosk.config.problem import either, problem_at
from kiosk.errors import Problem

Path = tuple[str, ...]
"""A setting's key, after that of its group if it has one."""
SAFE: tuple[Path, ...] = (("circuit",), ("order",), ("screen", "dim_after"), ("television", "open"), ("speakers",))
"""The settings that a stick and the page may change. The others belong to the wiring and the place of the wall."""
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9:.-]*")


def unsafe(theirs: yaml.Node, ours: yaml.Node | None) -> list[Problem]:
    """Return a problem for each setting of a stick that it may not change and that differs from the wall's."""
    allowed = either(".".join(path) for path in SAFE)
    return [
        problem_at(node, "a stick cannot change this setting", f"remove it; a stick changes {allowed}", ".".join(path))
        for path, node in _settings(theirs)
        if path not in SAFE and _content(node) != _content(_at(ours, path))
    ]


def brought(theirs: yaml.Node, ours: str) -> str:
    """Return the text of the wall's kiosk.yaml, "" for none, with the safe settings of the stick's."""
    for path, node in _settings(theirs):
        if path in SAFE:
            root = document(ours) if ours.strip() else None
            if _content(node) != _content(_at(root, path)):
                ours = _put(ours, root, path, _written(node))
    return ours


def _settings(root: yaml.Node) -> Iterator[tuple[Path, yaml.Node]]:
    """Yield each setting with its path. A group of keys within a group, such as opening hours, is one setting."""
    for name, value in _pairs(root):
        if isinstance(value, yaml.MappingNode):
            for key, inner in _pairs(value):
                yield (name, key), inner
        else:
            yield (name,), value


def _pairs(node: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    return [(name.value, value) for name, value in node.value] if isinstance(node, yaml.MappingNode) else []


def _at(node: yaml.Node | None, path: Path) -> yaml.Node | None:
    for key in path:
        node = dict(_pairs(node)).get(key)
    return node


def _content(node: yaml.Node | None) -> object:
    if isinstance(node, yaml.MappingNode):
        return sorted((name, _content(value)) for name, value in _pairs(node))
    if isinstance(node, yaml.SequenceNode):
        return [_content(one) for one in node.value]
    return None if node is None else node.value


def _written(node: yaml.Node) -> str:
    """Return a value as text in one line."""
    if isinstance(node, yaml.MappingNode):
        return "{" + ", ".join(f"{name}: {_written(value)}" for name, value in _pairs(node)) + "}"
    if isinstance(node, yaml.SequenceNode):
        return f"[{', '.join(map(_written, node.value))}]"
    words = str(node.value)
    return words if _PLAIN.fullmatch(words) else '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _put(text: str, root: yaml.Node | None, path: Path, value: str) -> str:
    """Return the text with this value at the path, in place of the old one or at the end of its group."""
    if root is None:
        return f"{text.rstrip()}\n{_line(path, value)}\n".lstrip()
    group, rest = root, path
    while rest:
        inner = dict(_pairs(group)).get(rest[0])
        if inner is None:
            return _insert(text, group, _line(rest, value))
        group, rest = inner, rest[1:]
    # A list may begin at the start of its line, where one in brackets may not.
    indent = "" if group.start_mark.column else "  "
    return text[: group.start_mark.index] + indent + value + text[_end(group) :]


def _line(path: Path, value: str) -> str:
    """Return a setting as text in one line, in the braces of its group if it has one."""
    *groups, key = path
    line = f"{key}: {value}"
    for group in reversed(groups):
        line = f"{group}: {{{line}}}"
    return line


def _insert(text: str, group: yaml.Node, line: str) -> str:
    assert isinstance(group, yaml.CollectionNode)
    if group.flow_style or not group.value:
        at = group.start_mark.index + 1
        return f"{text[:at]}{line}{', ' if group.value else ''}{text[at:]}"
    end = text.find("\n", _end(group))
    before, after = (text, "\n") if end < 0 else (text[:end], text[end:])
    return f"{before}\n{' ' * group.start_mark.column}{line}{after}"


def _end(node: yaml.Node) -> int:
    """Return where a value ends. A group of lines would end only where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    end: int = node.end_mark.index
    return end


def value_of(root: yaml.Node, *path: str) -> str | None:
    """Return the text of a setting, or None if it is not there or a group."""
    node = _at(root, path)
    return node.value if isinstance(node, yaml.ScalarNode) else None
