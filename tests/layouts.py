"""Hypothesis strategies for circuits as documents, for the many ways in which people lay files out, and for edits."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from kiosk.editor.documents import ENTRIES, MARK, Document

NAMES = (
    "squat",
    "push-up",
    "Easy row",
    "Farmer's carry",
    "Plank: long",
    "A, b",
    "5 @ 60 kg",
    "# no",
    "yes",
    "12",
    "1:30",
)
VALUES: dict[str, Any] = {
    "work": st.sampled_from([30, 7.5, "1:30", "open", [20, 40], ["1:30", "open"]]),
    "rest": st.sampled_from([0, 60, "2:00"]),
    "rounds": st.integers(1, 9),
    "amount": st.sampled_from([12, "500 m", "none", "5 @ 60 kg", "12", "18-12-6", ["10 m", 20], "a, b: c # d"]),
    "easy": st.booleans(),
}
_plain_keys = st.lists(st.sampled_from(list(VALUES)), unique=True, max_size=3)


@st.composite
def entries(draw: st.DrawFn, depth: int = 0) -> Document:
    """Return an entry of a circuit: an exercise, or a block and the like, with any keys."""
    is_list = depth < 3 and draw(st.integers(0, 3)) == 0
    first = draw(st.sampled_from(["exercise", "name"])) if not is_list else "name"
    entry: Document = {first: draw(st.sampled_from(NAMES))}
    for key in draw(_plain_keys):
        entry[key] = draw(VALUES[key])
    if is_list:
        key = draw(st.sampled_from(ENTRIES))
        entry[key] = draw(st.lists(entries(depth + 1), min_size=1, max_size=4))
    return entry


@st.composite
def circuits(draw: st.DrawFn) -> Document:
    document: Document = {"name": draw(st.sampled_from(NAMES))}
    for key in draw(_plain_keys):
        document[key] = draw(VALUES[key])
    document["exercises"] = draw(st.lists(entries(), min_size=1, max_size=5))
    return document


class Layout:
    """Writes a document as somebody might. Each comment is another one; `comments` has them."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.comments: list[str] = []
        self._count = 0

    def text(self, document: Document) -> str:
        lines = ["---"] if self._maybe(5) else []
        lines += self._mapping(document, 0)
        lines += self._above(0)
        return "\n".join(lines) + ("" if self._maybe(5) else "\n")

    def _maybe(self, often: int) -> bool:
        """Return True once in so many times. Hypothesis simplifies it to False."""
        return self._draw(st.integers(0, often - 1)) == often - 1

    def _comment(self) -> str:
        self._count += 1
        self.comments.append(f"# c{self._count}.")
        return self.comments[-1]

    def _above(self, column: int) -> list[str]:
        lines = []
        for _ in range(self._draw(st.integers(0, 2)) if self._maybe(3) else 0):
            lines.append("" if self._maybe(3) else f"{' ' * column}{self._comment()}")
        return lines

    def _behind(self) -> str:
        return f"  {self._comment()}" if self._maybe(5) else ""

    def _mapping(self, value: Document, column: int) -> list[str]:
        lines = []
        for key, one in value.items():
            lines += self._above(column)
            lines += self._pair(key, one, column)
        return lines

    def _pair(self, key: str, value: Any, column: int) -> list[str]:
        prefix = f"{' ' * column}{key}:"
        if isinstance(value, list) and key in ENTRIES and not self._maybe(4):
            inner = column + self._draw(st.sampled_from([0, 2, 4])) if column == 0 or self._maybe(2) else column + 2
            lines = [prefix + self._behind()]
            for one in value:
                lines += self._above(inner)
                lines += self._item(one, inner)
            if inner > column and self._maybe(4):
                lines.append(f"{' ' * inner}{self._comment()}")
            return lines
        text = self._flow(value, key, outer=True)
        if isinstance(value, str) and self._maybe(8):
            return [prefix, f"{' ' * (column + 3)}{text}{self._behind()}"]
        return [f"{prefix}{' ' * self._draw(st.sampled_from([1, 1, 1, 3]))}{text}{self._behind()}"]

    def _item(self, value: Any, column: int) -> list[str]:
        dash = "- " if not self._maybe(4) else "-   "
        if isinstance(value, dict) and value.keys() == {"exercise"} and not self._maybe(3):
            return [f"{' ' * column}{dash}{self._scalar(value['exercise'], outer=True)}{self._behind()}"]
        if not any(key in ENTRIES for key in value) and not self._maybe(3):
            return [f"{' ' * column}{dash}{self._flow(value, '', outer=True)}{self._behind()}"]
        lines = self._mapping(value, column + len(dash))
        while not lines[0].strip() or lines[0].lstrip().startswith("#"):
            # Comments between the dash and the first key would be in front of the dash.
            lines.append(lines.pop(0))
            if lines[-1].strip():
                self.comments.remove(lines.pop().strip())
        lines[0] = " " * column + dash + lines[0].lstrip()
        return lines

    def _flow(self, value: Any, key: str, *, outer: bool = False) -> str:
        if isinstance(value, dict):
            if key in ENTRIES and value.keys() == {"exercise"}:
                return self._scalar(value["exercise"])
            return f"{{{', '.join(f'{name}: {self._flow(one, name)}' for name, one in value.items())}}}"
        if isinstance(value, list):
            gap = "," if self._maybe(6) else ", "
            return f"[{gap.join(self._flow(one, key) for one in value)}]"
        return self._scalar(value, outer=outer)

    def _scalar(self, value: Any, *, outer: bool = False) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str):
            return str(value)
        needs = value in ("yes", "12") or any(c in value for c in (": ", " #")) or value[0] in "#@"
        if needs or (not outer and any(c in value for c in ",[]{}")) or self._maybe(5):
            return "'" + value.replace("'", "''") + "'" if self._maybe(2) else json.dumps(value)
        return value


@st.composite
def laid_out(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return the text of a circuit, and its comments in order."""
    layout = Layout(draw)
    text = layout.text(draw(circuits()))
    return text, [one for one in layout.comments if one in text]


def lists_of(document: Document) -> list[list[Any]]:
    """Return all lists of entries in a document."""
    found = []
    for key, value in document.items():
        if key in ENTRIES and isinstance(value, list):
            found.append(value)
            for one in value:
                if isinstance(one, dict):
                    found += lists_of(one)
    return found


@st.composite
def edits(draw: st.DrawFn, document: Document) -> list[str]:
    """Change a document as the page does. Return the marks of the entries that were taken out or changed."""
    touched: list[str] = []
    for _ in range(draw(st.integers(1, 5))):
        some = draw(st.sampled_from(lists_of(document)))
        place = draw(st.integers(0, len(some) - 1)) if some else 0
        match draw(st.sampled_from(["move", "insert", "delete", "change", "away", "group"])):
            case "move" if some:
                some.insert(draw(st.integers(0, len(some) - 1)), some.pop(place))
            case "away" if some:
                one = some.pop(place)
                other = draw(st.sampled_from(lists_of(document)))
                other.insert(draw(st.integers(0, len(other))), one)
            case "insert":
                some.insert(place, draw(entries(2)))
            case "delete" if some:
                touched += marks_in(some.pop(place))
            case "group" if some:
                some[place] = {"name": "Group", "rounds": 2, "exercises": [some[place]]}
            case "change" if some and isinstance(some[place], dict):
                touched.append(str(some[place].get(MARK)))
                key = draw(st.sampled_from(list(VALUES)))
                if key in some[place] and draw(st.booleans()):
                    del some[place][key]
                else:
                    some[place][key] = draw(VALUES[key])
    return touched


def marks_in(value: Any) -> list[str]:
    """Return the marks of an entry and of all in it."""
    if isinstance(value, dict):
        own = [str(value[MARK])] if MARK in value else []
        return own + [mark for one in value.values() for mark in marks_in(one)]
    return [mark for one in value for mark in marks_in(one)] if isinstance(value, list) else []
