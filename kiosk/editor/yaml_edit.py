"""Writes a changed document into the text that it comes from. What did not change keeps its very text."""

from __future__ import annotations

import difflib
from typing import Any

import yaml

from kiosk.config.problem import ContentError
from kiosk.editor.documents import ENTRIES, MARK, Document, plain, read
from kiosk.editor.lines import comment_in, in_order, moved, needs_lines, unmarked, with_dash
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
        lines = moved(piece.head, column - piece.column) if piece else []
        spaced = not column and any(not line.strip() for child in known.values() for line in child.before)
        for key in in_order(known, value, gone_too=self._comments_stay):
            child = known.get(key)
            if key not in value:
                lines += moved(known[key].before, column - known[key].column)
            elif child is None:
                lines += [""] if spaced else []
                lines += self._new_pair(key, value[key], column)
            elif same(plain(child.piece.value), plain(value[key])):
                lines += moved([*child.before, *child.lines], column - child.column)
                self._take_within(child.piece)
            else:
                lines += moved(child.before, column - child.column)
                lines += self._changed_pair(child, value[key], column)
        return lines + (moved(piece.tail, column - piece.column) if piece else [])

    def _changed_pair(self, child: Child, value: Any, column: int) -> list[str]:
        piece, shift = child.piece, column - child.column
        if piece.in_block and value and isinstance(value, type(plain(piece.value))):
            return [*moved(child.lines[:1], shift), *self._below(piece, value, piece.column + shift, child.name)]
        prefix = self._prefix(child, column)
        above = [f"{' ' * column}{comment}" for comment in self._comments(piece)]
        line = self._line(piece, value, child.name, prefix, child.suffix)
        if line is not None:
            return [*above, line]
        return [*above, prefix.rstrip() + child.suffix, *self._below(piece, value, column + 2, child.name)]

    def _prefix(self, child: Child, column: int) -> str:
        """Return what stands before a value in its line: the key as it is written."""
        assert self._source is not None
        node = child.piece.node
        start = child.lines[0][child.column : node.start_mark.column].rstrip()
        if (
            self._source.lines[node.start_mark.line][child.column :] == child.lines[0][child.column :]
            and start[-1:] == ":"
        ):
            return f"{' ' * column}{start} "
        return f"{' ' * column}{child.name}: "

    def _new_pair(self, key: str, value: Any, column: int) -> list[str]:
        prefix = f"{' ' * column}{key}: "
        line = None if _is_long(key, value, column) else self._line(None, value, key, prefix, "")
        return [line] if line is not None else [prefix.rstrip(), *self._below(None, value, column + 2, key)]

    def _below(self, piece: Piece | None, value: Any, column: int, key: str) -> list[str]:
        """Return the lines of a list or a group below its key."""
        return (
            self.sequence(piece, value, column, key) if isinstance(value, list) else self.mapping(piece, value, column)
        )

    def sequence(self, piece: Piece | None, value: list[Any], column: int, key: str = "") -> list[str]:
        """Return the lines of a list."""
        key = piece.key if piece else key
        own = piece if piece and piece.in_block else None
        lines = moved(own.head, column - own.column) if own else []
        sources = self._sources(piece, value, key)
        for one, child in zip(value, sources, strict=True):
            lines += self._item(child, one, column, key)
        return lines + (moved(own.tail, column - own.column) if own else [])

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
        before = moved(child.before, shift)
        if child.lines and same(plain(child.piece.value), plain(value)):
            self._take_within(child.piece)
            return [*before, *moved(child.lines, shift)]
        piece = child.piece
        if piece.in_block and isinstance(piece.node, yaml.MappingNode) and isinstance(value, dict) and unmarked(value):
            if set(value) - {MARK} == {"exercise"} and not any(comment_in(one) for one in child.lines):
                return [*before, f"{' ' * column}- {self._only(piece, value, brackets=False)}"]
            inner = piece.column + shift
            lines = self.mapping(piece, unmarked(value), inner)
            if child.lines and piece.node.start_mark.line and "#" in child.lines[0].partition("-")[2]:
                first = child.lines[0].partition("-")[2].strip()
                before += [f"{' ' * column}{first}"] if first.startswith("#") else []
            return [*before, *with_dash(lines, column)]
        comments = [f"{' ' * column}{comment}" for comment in self._comments(piece)]
        return [*before, *comments, *self._new_item(piece, value, column, key, child.suffix)]

    def _new_item(self, piece: Piece | None, value: Any, column: int, key: str, suffix: str = "") -> list[str]:
        line = self._line(piece, value, key, f"{' ' * column}- ", suffix, item=key in ENTRIES)
        if line is not None:
            return [line]
        if isinstance(value, dict):
            lines = self.mapping(piece, unmarked(value), column + 2)
            return [*([f"{' ' * column}{suffix.strip()}"] if suffix else []), *with_dash(lines, column)]
        return with_dash(self.sequence(None, value, column + 2, ""), column)

    # --- in one line --------------------------------------------------------------------------------------------------

    def _line(
        self, piece: Piece | None, value: Any, key: str, prefix: str, suffix: str, *, item: bool = False
    ) -> str | None:
        """Return a value in one line, None if it is too long or has entries that need lines of their own."""
        if isinstance(value, dict | list) and value:
            if needs_lines(value) or (piece is not None and piece.in_block and isinstance(value, list)):
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
        for name in in_order(known, value):
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
        if brackets and not node.style and not isinstance(value, int | float):
            return text if text == written(value, piece.key, in_brackets=True) else None
        return text or None

    def _comments(self, piece: Piece) -> list[str]:
        """Return the comments within a value that is to be written in one line."""
        if piece.in_block:
            # Of a list that is empty now, only what was about none of its items stays.
            return [line.strip() for line in (*piece.head, *piece.tail) if line.strip()]
        if self._source is None or not isinstance(piece.node, yaml.CollectionNode):
            return []
        return self._source.comments(piece.node)


def _is_long(key: str, value: Any, column: int) -> bool:
    """Return whether a new list or group has lines of its own even if it is short."""
    if isinstance(value, list):
        return bool(value) and (key in ENTRIES or (not column and any(isinstance(one, str) for one in value)))
    return isinstance(value, dict) and bool(value) and not column
