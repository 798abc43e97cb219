"""Writes a changed document into the text that it comes from. What did not change keeps its very text."""

from __future__ import annotations

import difflib
from typing import Any

import yaml

from kiosk.config.problem import ContentError
from kiosk.editor.documents import ENTRIES, MARK, Document, plain, read
from kiosk.editor.scalars import same, written
from kiosk.editor.source import Child, Piece, Source

WIDTH = 120
"""Maximum length of a line with braces or brackets. What is longer gets lines of its own."""


def edited(text: str, document: Document, *, comments_stay: bool = False) -> str:
    """Return the text, "" for a new file, with the content of the document. Raises ContentError if it cannot be read.

    A comment goes with what it is about, unless `comments_stay`: then it still says what could be there.
    """
    if not text.strip():
        return fresh(document)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(lines)
    if same(plain(source.root.value), plain(document)):
        return text
    new = _Writer(source, comments_stay=comments_stay).whole(document)
    if not _says(new, document):
        # A file whose layout is beyond this keeps at least what stands above its first key.
        new = "".join(f"{line}\n" for line in source.root.head) + fresh(document)
    return new.replace("\n", "\r\n") if "\r\n" in text else new


def fresh(document: Document) -> str:
    """Return the text of a new file."""
    if not document:
        return "{}\n"
    return "\n".join(_Writer(None).mapping(None, document, 0)) + "\n"


def _says(text: str, document: Document) -> bool:
    try:
        return same(plain(read(text).document), plain(document))
    except ContentError:
        return False


class _Writer:
    """Writes values as lines, with the pieces of a source, if there is one, for all that comes from it."""

    def __init__(self, source: Source | None, *, comments_stay: bool = False) -> None:
        self._source = source
        self._comments_stay = comments_stay
        self._taken: set[str] = set()
        """The marks of the entries that are written already: what is sent twice has its comments once."""

    def whole(self, document: Document) -> str:
        assert self._source is not None
        root = self._source.root
        if root.in_block:
            return "\n".join(self.mapping(root, document, 0))
        text, node = self._source.text, root.node
        comments = "".join(f"{comment}\n" for comment in self._comments(root))
        return text[: node.start_mark.index] + comments + self.inline(root, document, "") + text[node.end_mark.index :]

    # --- in lines -----------------------------------------------------------------------------------------------------

    def mapping(self, piece: Piece | None, value: Document, column: int) -> list[str]:
        """Return the lines of a group of keys."""
        if piece is not None and not piece.in_block:
            piece = None
        known = {child.name: child for child in piece.children} if piece else {}
        lines = list(piece.head) if piece else []
        spaced = not column and any(not line.strip() for child in known.values() for line in child.before)
        for key in _in_order(known, value, gone_too=self._comments_stay):
            child = known.get(key)
            if key not in value:
                lines += _moved(known[key].before, column - known[key].column)
            elif child is None:
                lines += [""] if spaced else []
                lines += self._new_pair(key, value[key], column)
            elif same(plain(child.piece.value), plain(value[key])):
                lines += _moved([*child.before, *child.lines], column - child.column)
                self._take_within(child.piece)
            else:
                lines += _moved(child.before, column - child.column)
                lines += self._changed_pair(child, value[key], column)
        return lines + (_moved(piece.tail, column - piece.column) if piece else [])

    def _changed_pair(self, child: Child, value: Any, column: int) -> list[str]:
        piece, shift = child.piece, column - child.column
        if piece.in_block and value and isinstance(value, list if isinstance(piece.node, yaml.SequenceNode) else dict):
            inner = piece.column + shift
            own = self.sequence(piece, value, inner) if isinstance(value, list) else self.mapping(piece, value, inner)
            return [*_moved(child.lines[:1], shift), *own]
        prefix = f"{' ' * column}{child.name}: "
        if piece.node.start_mark.index > 0 and not piece.in_block and child.lines:
            start = child.lines[0][: piece.node.start_mark.column] if self._on_first_line(child) else ""
            if start.rstrip().endswith(":") and start.strip() != ":":
                prefix = f"{' ' * column}{start[child.column :].rstrip()} "
        comments = self._comments(piece)
        line = self._line(piece, value, child.name, prefix, child.suffix)
        if line is not None:
            return [*(f"{' ' * column}{comment}" for comment in comments), line]
        first = prefix.rstrip() + child.suffix
        own = (
            self.sequence(piece, value, column + 2)
            if isinstance(value, list)
            else self.mapping(None, value, column + 2)
        )
        return [*(f"{' ' * column}{comment}" for comment in comments), first, *own]

    def _new_pair(self, key: str, value: Any, column: int) -> list[str]:
        prefix = f"{' ' * column}{key}: "
        if isinstance(value, list) and value and (key in ENTRIES or any(isinstance(one, str) for one in value)):
            if key in ENTRIES or not column:
                return [prefix.rstrip(), *self.sequence(None, value, column + 2, key)]
        elif isinstance(value, dict) and value and not column:
            return [prefix.rstrip(), *self.mapping(None, value, column + 2)]
        line = self._line(None, value, key, prefix, "")
        if line is not None:
            return [line]
        own = (
            self.sequence(None, value, column + 2, key)
            if isinstance(value, list)
            else self.mapping(None, value, column + 2)
        )
        return [prefix.rstrip(), *own]

    def sequence(self, piece: Piece | None, value: list[Any], column: int, key: str = "") -> list[str]:
        """Return the lines of a list."""
        key = piece.key if piece else key
        lines = list(piece.head) if piece and piece.in_block else []
        sources = self._sources(piece, value, key)
        for one, child in zip(value, sources, strict=True):
            lines += self._item(child, one, column, key)
        return lines + (_moved(piece.tail, column - piece.column) if piece and piece.in_block else [])

    def _sources(self, piece: Piece | None, value: list[Any], key: str) -> list[Child | None]:
        """Return the child of the source from which each item of a list comes, None for a new one."""
        if key in ENTRIES:
            return [self._marked(one) for one in value]
        found: list[Child | None] = [None] * len(value)
        if piece is None or not isinstance(piece.node, yaml.SequenceNode):
            return found
        old = [repr(plain(child.piece.value)) for child in piece.children]
        new = [repr(plain(one)) for one in value]
        for action, first, last, new_first, new_last in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
            if action == "equal" or (action == "replace" and last - first == new_last - new_first):
                found[new_first:new_last] = piece.children[first:last]
        # What has only changed its place is found again, too.
        for place, one in enumerate(new):
            known = found[place]
            if known is None or repr(plain(known.piece.value)) != one:
                free = [child for child in piece.children if not any(child is other for other in found)]
                found[place] = next((child for child in free if repr(plain(child.piece.value)) == one), found[place])
        return found

    def _marked(self, value: Any) -> Child | None:
        mark = value.get(MARK) if isinstance(value, dict) else None
        if self._source is None or not isinstance(mark, str) or mark in self._taken:
            return None
        child = self._source.items.get(mark)
        if child is not None:
            self._taken.add(mark)
        return child

    def _take_within(self, piece: Piece) -> None:
        """Note that all entries in a piece are written."""
        for child in piece.children:
            mark = child.piece.value.get(MARK) if isinstance(child.piece.value, dict) else None
            if mark is not None:
                self._taken.add(mark)
            self._take_within(child.piece)

    def _item(self, child: Child | None, value: Any, column: int, key: str) -> list[str]:
        """Return the lines of an item of a list, with the comments above it."""
        if child is None:
            return self._new_item(None, value, column, key)
        shift = column - child.column
        before = _moved(child.before, shift)
        if child.lines and same(plain(child.piece.value), plain(value)):
            self._take_within(child.piece)
            return [*before, *_moved(child.lines, shift)]
        piece = child.piece
        if piece.in_block and isinstance(piece.node, yaml.MappingNode) and isinstance(value, dict):
            if set(value) - {MARK} == {"exercise"} and not any(_comment_in(one) for one in child.lines):
                return [*before, f"{' ' * column}- {self._only(piece, value, brackets=False)}"]
            inner = piece.column + shift
            lines = self.mapping(piece, _unmarked(value), inner)
            if child.lines and piece.node.start_mark.line and "#" in child.lines[0].partition("-")[2]:
                first = child.lines[0].partition("-")[2].strip()
                before += [f"{' ' * column}{first}"] if first.startswith("#") else []
            return [*before, *_with_dash(lines, column)]
        comments = [f"{' ' * column}{comment}" for comment in self._comments(piece)]
        return [*before, *comments, *self._new_item(piece, value, column, key, child.suffix)]

    def _new_item(self, piece: Piece | None, value: Any, column: int, key: str, suffix: str = "") -> list[str]:
        line = self._line(piece, value, key, f"{' ' * column}- ", suffix, item=key in ENTRIES)
        if line is not None:
            return [line]
        if isinstance(value, dict):
            lines = self.mapping(piece, _unmarked(value), column + 2)
            return [*([f"{' ' * column}{suffix.strip()}"] if suffix else []), *_with_dash(lines, column)]
        return _with_dash(self.sequence(None, value, column + 2, ""), column)

    # --- in one line --------------------------------------------------------------------------------------------------

    def _line(
        self, piece: Piece | None, value: Any, key: str, prefix: str, suffix: str, *, item: bool = False
    ) -> str | None:
        """Return a value in one line, None if it is too long or has entries that need lines of their own."""
        if isinstance(value, dict | list) and value:
            if _needs_lines(value) or (piece is not None and piece.in_block and isinstance(value, list)):
                return None
            taken = set(self._taken)
            line = f"{prefix}{self.inline(piece, value, key, item=item)}"
            if len(line) > WIDTH:
                self._taken = taken
                return None
            return line + suffix
        return f"{prefix}{self.inline(piece, value, key)}{suffix}"

    def inline(self, piece: Piece | None, value: Any, key: str, *, item: bool = False, brackets: bool = False) -> str:
        """Return a value in one line. `item`: it is an entry of a circuit. `brackets`: it is within some already."""
        if isinstance(value, dict):
            if item and set(value) - {MARK} == {"exercise"}:
                return self._only(piece, value, brackets=brackets)
            return self._braces(piece, value)
        if isinstance(value, list):
            texts = []
            for one, child in zip(value, self._sources(piece, value, key), strict=True):
                texts.append(self.inline(child.piece if child else None, one, key, item=key in ENTRIES, brackets=True))
            return f"[{', '.join(texts)}]"
        if piece is not None and (kept := self._kept(piece, value, brackets=brackets)):
            return kept
        return written(value, key, in_brackets=brackets)

    def _braces(self, piece: Piece | None, value: Document) -> str:
        known: dict[str, Child] = {}
        if piece is not None and isinstance(piece.node, yaml.MappingNode):
            known = {child.name: child for child in piece.children}
        texts = []
        for name in _in_order(known, value):
            if name == MARK:
                continue
            old = known[name].piece if name in known else None
            if old is None and name == "exercise" and piece is not None and isinstance(piece.node, yaml.ScalarNode):
                old = piece
            texts.append(f"{name}: {self.inline(old, value[name], name, brackets=True)}")
        return f"{{{', '.join(texts)}}}"

    def _only(self, piece: Piece | None, value: Document, *, brackets: bool) -> str:
        """Return an entry that is nothing but an exercise: its name."""
        if piece is not None and isinstance(piece.node, yaml.MappingNode):
            piece = next((child.piece for child in piece.children if child.name == "exercise"), None)
        name = value["exercise"]
        if isinstance(name, dict | list):
            return f"{{exercise: {self.inline(None, name, 'exercise', brackets=True)}}}"
        return self.inline(piece, name, "exercise", brackets=brackets)

    def _kept(self, piece: Piece, value: Any, *, brackets: bool) -> str | None:
        """Return the text that a value has in the source, None if it has changed or cannot stand here."""
        assert self._source is not None
        node, old = piece.node, piece.value
        if isinstance(old, dict) and MARK in old and isinstance(node, yaml.ScalarNode):
            old = old["exercise"]
        if not isinstance(node, yaml.ScalarNode) or not same(old, value) or node.start_mark.line != node.end_mark.line:
            return None
        text = self._source.slice(node)
        if not text or (brackets and not node.style and written(value, piece.key, in_brackets=True) != text):
            return None if not isinstance(value, bool | int | float) or not text else text
        return text

    def _comments(self, piece: Piece) -> list[str]:
        """Return the comments within a value that is to be written in one line."""
        if piece.in_block:
            # Of a list that is empty now, only what was about none of its items stays.
            return [line.strip() for line in (*piece.head, *piece.tail) if line.strip()]
        if self._source is None or not isinstance(piece.node, yaml.CollectionNode):
            return []
        return self._source.comments(piece.node)

    def _on_first_line(self, child: Child) -> bool:
        assert self._source is not None
        node = child.piece.node
        return self._source.lines[node.start_mark.line][child.column :] == child.lines[0][child.column :]


def _in_order(known: dict[str, Child], value: Document, *, gone_too: bool = False) -> list[str]:
    """Return the keys of a document in the order of the file. New ones come after those that they follow.

    Only a list of entries is always below what is said about it. `gone_too`: also the keys that only the file has.
    """
    order = [key for key in known if key in value or gone_too]
    place = 0
    for key in value:
        if key == MARK:
            continue
        if key in known:
            place = order.index(key) + 1
            continue
        lists = [order.index(one) for one in ENTRIES if one in order]
        place = len(order) if key in ENTRIES else min([place, *lists])
        order.insert(place, key)
        place += 1
    return order


def _moved(lines: list[str], columns: int) -> list[str]:
    """Return lines that begin so many columns further to the right, or to the left."""
    if columns >= 0:
        return [" " * columns + line if line.strip() else line for line in lines]
    return [line[min(-columns, len(line) - len(line.lstrip(" "))) :] for line in lines]


def _with_dash(lines: list[str], column: int) -> list[str]:
    """Return the lines of an item with its dash, before its first key or item."""
    first = next(place for place, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    above = [" " * column + line.strip() if line.strip() else line for line in lines[:first]]
    line = lines[first]
    return [*above, f"{line[:column]}-{line[column + 1 :]}", *lines[first + 1 :]]


def _unmarked(value: Document) -> Document:
    return {key: one for key, one in value.items() if key != MARK}


def _needs_lines(value: Any) -> bool:
    """Return whether a value has a list of entries, or something else that is better read in lines."""
    if isinstance(value, dict):
        return any(key in ENTRIES and isinstance(one, list) and one for key, one in value.items()) or any(
            map(_needs_lines, value.values())
        )
    return isinstance(value, list) and any(map(_needs_lines, value))


def _comment_in(line: str) -> bool:
    return " #" in line or line.lstrip().startswith("#")
