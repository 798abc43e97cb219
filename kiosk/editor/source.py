"""The text of a file in pieces, each with the comments that belong to it, so that they can be moved and exchanged.

A comment belongs to what stands below it in the same column. One that is further in belongs to what stands above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from kiosk.editor import documents
from kiosk.editor.documents import ENTRIES, mark_of

_HEADER_COMMENT = re.compile(r"[|>][-+0-9]*\s+(#.*)")


@dataclass
class Piece:
    """A value in a file. `value` is it as JSON, with marks; `path` where it is. `children` are empty for a scalar.

    `head` are the lines between the key of a list or a group and its first child with what is above that, `tail` those
    at its end.
    """

    node: yaml.Node
    value: Any
    path: documents.Path
    key: str
    children: list[Child] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    @property
    def in_block(self) -> bool:
        """Whether it is a list or a group with lines of its own, not in brackets or braces."""
        return isinstance(self.node, yaml.CollectionNode) and not self.node.flow_style and bool(self.node.value)

    @property
    def column(self) -> int:
        column: int = self.node.start_mark.column
        return column


@dataclass
class Child:
    """A key with its value, or an item of a list.

    `before` are the lines above it, such as comments, `lines` its own ones, in which it begins in `column`. What is in
    brackets or braces has no lines. `end` is the line after the last one of its value, counted in `lines`.
    """

    name: str
    piece: Piece
    column: int = 0
    before: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    end: int = 0

    @property
    def suffix(self) -> str:
        """What stands behind the value in its last line: nothing, or a comment with the space before it.

        For a list or a group with lines of its own, that is what stands behind its key.
        """
        node = self.piece.node
        if not self.lines:
            return ""
        if self.piece.in_block:
            found = re.search(r":(\s+#.*)", self.lines[0])
            return found[1] if found and not self.lines[0].lstrip().startswith("-") else ""
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            found = _HEADER_COMMENT.search(self.lines[0])
            return f"  {found[1]}" if found else ""
        line = self.lines[self.end - 1]
        return line[node.end_mark.column :].rstrip() if "#" in line[node.end_mark.column :] else ""


class Source:
    """A file's text. `root` is the piece of its root, `items` are the entries of circuits by their marks."""

    def __init__(self, text: str) -> None:
        """Take a text whose lines end in a line feed. Raises ContentError."""
        self.text = text
        self.lines = text.split("\n")
        reading = documents.read(text)
        self.items: dict[str, Child] = {}
        self.root = self._piece(reading.root, reading.document, (), "", 0, len(self.lines))

    def slice(self, node: yaml.Node) -> str:
        """Return the text of a value that has no lines of its own."""
        return self.text[node.start_mark.index : node.end_mark.index]

    def comments(self, node: yaml.Node) -> list[str]:
        """Return the comments within a value in brackets or braces, which may have several lines."""
        return [found[0] for gap in self._gaps(node) for found in re.finditer(r"#.*", gap)]

    def _gaps(self, node: yaml.Node) -> Iterator[str]:
        """Yield what is between the scalars of a value."""
        at = node.start_mark.index
        for scalar in _scalars(node):
            yield self.text[at : scalar.start_mark.index]
            at = scalar.end_mark.index
        yield self.text[at : node.end_mark.index]

    def _piece(self, node: yaml.Node, value: Any, path: documents.Path, key: str, first: int, end: int) -> Piece:
        """Return a piece whose node lies in the lines from `first` to before `end`."""
        piece = Piece(node, value, path, key)
        if not isinstance(node, yaml.CollectionNode):
            return piece
        if piece.in_block:
            self._block(piece, first, end)
        else:
            for name, _, child, inner in _children(node, value):
                here = (*path, name)
                self._add(piece, Child(str(name), self._piece(child, inner, here, _key(name, key), first, end)))
        return piece

    def _block(self, piece: Piece, first: int, end: int) -> None:
        """Divide the lines of a list or a group among its children."""
        children = list(_children(piece.node, piece.value))
        column = piece.column
        starts = [begin.start_mark.line if begin is not None else 0 for _, begin, _, _ in children]
        if isinstance(piece.node, yaml.SequenceNode):
            starts = [self._dash_line(child, column) for _, _, child, _ in children]
        above = self.lines[first : starts[0]]
        blank = max((place for place, line in enumerate(above) if not line.strip()), default=-1)
        if not piece.path:
            # What stands at the top of a file is about all of it.
            blank = len(above) - 1
        piece.head, before = above[: blank + 1], above[blank + 1 :]
        for place, (name, _, child, inner) in enumerate(children):
            start = starts[place]
            following = starts[place + 1] if place + 1 < len(children) else end
            value_end = max(self._end(child), start) + 1
            stop = self._split(value_end, following, column)
            here = (*piece.path, name)
            lines = [" " * column + self.lines[start][column:], *self.lines[start + 1 : stop]]
            inner_first = min(start + 1, child.start_mark.line)
            made = self._piece(child, inner, here, _key(name, piece.key), inner_first, stop)
            self._add(piece, Child(str(name), made, column, before, lines, value_end - start))
            before = self.lines[stop:following]
        piece.tail = before

    def _add(self, piece: Piece, child: Child) -> None:
        piece.children.append(child)
        if isinstance(piece.node, yaml.SequenceNode) and piece.key in ENTRIES:
            self.items[mark_of(child.piece.path)] = child

    def _split(self, start: int, following: int, column: int) -> int:
        """Return the line before which the lines between two siblings belong to the upper one."""
        stop = start
        for number in range(start, following):
            line = self.lines[number]
            if not line.strip():
                continue
            if len(line) - len(line.lstrip()) <= column:
                break
            stop = number + 1
        return stop

    def _dash_line(self, item: yaml.Node, column: int) -> int:
        line: int = item.start_mark.line
        while self.lines[line][column : column + 1] != "-" or self.lines[line][:column].strip(" -"):
            line -= 1
        return line

    def _end(self, node: yaml.Node) -> int:
        """Return the last line of a value. PyYAML says where the next thing begins instead, if it has lines."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return self._end_of_literal(node.start_mark.line)
        end: int = node.end_mark.line
        return end

    def _end_of_literal(self, start: int) -> int:
        """Return the last line of a text after | or >: comments and blank lines may follow before the next value."""
        last, column = start, None
        for number in range(start + 1, len(self.lines)):
            line = self.lines[number]
            indent = len(line) - len(line.lstrip(" "))
            if not line.strip():
                continue
            column = indent if column is None else column
            if indent < column:
                break
            last = number
        return last


def _children(node: yaml.Node, value: Any) -> Iterator[tuple[str | int, yaml.Node | None, yaml.Node, Any]]:
    """Yield the name of each child, the node of its key if it has one, the node of its value and its value."""
    if isinstance(node, yaml.MappingNode):
        for name, child in node.value:
            yield str(name.value), name, child, value[str(name.value)]
    else:
        for place, child in enumerate(node.value):
            yield place, None, child, value[place]


def _key(name: str | int, around: str) -> str:
    """Return the key whose value something is: its own, or that of the list in which it is."""
    return name if isinstance(name, str) else around


def _scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield name
            yield from _scalars(value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _scalars(one)
    else:
        yield node
