"""What a client of the remote may ask for."""

from __future__ import annotations

import json
from enum import Enum
from typing import NamedTuple

from kiosk.meaning import Meaning


class Act(Enum):
    """What the remote does to the wall. It holds the button for as long as a hold takes."""

    PRESS = "press"
    HOLD = "hold"
    SKIP = "skip"
    BACK = "back"
    NOW = "now"
    """Nothing: only the answer is wanted."""


class Request(NamedTuple):
    """A request. A press or hold that has a meaning is obeyed only if that is what it would do."""

    act: Act
    meaning: Meaning | None = None


_ACTS = ", ".join(f'"{act.value}"' for act in Act)
_MEANINGS = ", ".join(f'"{meaning.value}"' for meaning in Meaning)


def parse(line: bytes) -> Request:
    """Return the request in a line of JSON. Raises ValueError, with what would be right."""
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError(f"this is not JSON; write one of {_ACTS}") from None
    match read:
        case str():
            return Request(_act(read))
        case dict() if len(read) == 1:
            ((act, meaning),) = read.items()
            return _meant(_act(act), meaning)
    raise ValueError(f'this is no request; write one of {_ACTS}, or {{"press": "pause"}}')


def _act(text: str) -> Act:
    try:
        return Act(text)
    except ValueError:
        raise ValueError(f"there is no such request; write one of {_ACTS}") from None


def _meant(act: Act, meaning: object) -> Request:
    if act not in (Act.PRESS, Act.HOLD):
        raise ValueError(f'"{act.value}" always means the same; write "{act.value}" alone')
    try:
        return Request(act, Meaning(meaning))
    except ValueError:
        raise ValueError(f"a {act.value} never means that; write one of {_MEANINGS}") from None
