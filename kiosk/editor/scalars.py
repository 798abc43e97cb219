"""Single values: what a scalar in a file is as JSON, and how a value of JSON is written into a file."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

Scalar = str | int | float | bool | None

_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_CLOCK = re.compile(r"[0-9]{1,4}:[0-9]{2}(?:\.[0-9]{1,3})?")
_HOURS = re.compile(r"[0-9]{1,2}:[0-9]{2} ?- ?[0-9]{1,2}:[0-9]{2}")
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_OTHER_BOOLS = {"yes": True, "on": True, "no": False, "off": False}
_NULLS = ("", "~", "null", "Null", "NULL")
_TRUTHS = ("easy",)
"""Keys whose values are true or false, for which the file may also have yes, no, on and off."""
_TIMES = frozenset(
    {"work", "cap", "changeover", "switch", "round_break", "rest", "get_ready", "amrap", "for_time", "hold"}
    | {"amount", "dim_after", "sleep_after"}
)
"""Keys whose values may be a time such as 1:30, which needs no quotes there."""
_WORDS = frozenset({"speakers", "usb", "page"})
"""Keys whose values may be the words on and off, which need no quotes there."""
_SPECIAL = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`=<~\s\u2018\u201c\u201d\u201e\u00ab]|\.\.\.|---")
"""Pattern of what a text without quotes does not begin with. The kiosk takes typographic quotes away, too."""
_WITHIN = re.compile(r": |:$| #|\s$|\s{2}|[\t\n]")
_IN_BRACKETS = re.compile(r"[,\[\]{}?]|:[,\[\]{}]")
_LOOKS = yaml.SafeLoader.yaml_implicit_resolvers


def value_of(node: yaml.ScalarNode, key: str = "") -> Scalar:
    """Return what YAML 1.2 reads, which knows fewer numbers and no other truths than true and false."""
    raw = str(node.value)
    if node.style:
        return raw
    if raw in _NULLS:
        return None
    if raw in _BOOLS:
        return _BOOLS[raw]
    if key in _TRUTHS and raw.lower() in _OTHER_BOOLS:
        return _OTHER_BOOLS[raw.lower()]
    if _INT.fullmatch(raw):
        return int(raw)
    if _FLOAT.fullmatch(raw) and abs(number := float(raw)) < 1e300:
        return number
    return raw


def written(value: Scalar, key: str = "", *, in_brackets: bool = False) -> str:
    """Return a value as it is written in one line, after this key or in the list that the key has."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if key in _TIMES and _CLOCK.fullmatch(value):
        return value
    if key in _WORDS and value in _OTHER_BOOLS:
        return value
    return value if _is_plain(value, in_brackets=in_brackets) else _quoted(value)


def same(one: Any, other: Any) -> bool:
    """Return whether two values of JSON are the same; true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _is_plain(text: str, *, in_brackets: bool) -> bool:
    if not text or not text.isprintable() or _SPECIAL.match(text) or _WITHIN.search(text):
        return False
    if in_brackets and _IN_BRACKETS.search(text):
        return False
    if _HOURS.fullmatch(text):
        return True
    # What YAML 1.1 or YAML 1.2 takes for a number, a truth, a date or nothing needs quotes.
    plain = yaml.ScalarNode("tag:yaml.org,2002:str", text)
    if value_of(plain) != text:
        return False
    resolvers = [*_LOOKS.get(text[0], []), *_LOOKS.get(None, [])]
    return not any(pattern.match(text) for _, pattern in resolvers)


def _quoted(text: str) -> str:
    """Return a text in double quotes. What JSON writes, YAML reads."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escaped(c) for c in quoted)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
