"""Notices: what the wall says for some seconds on the start screen about something that nobody did at the button."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

NEWS_S, ERROR_S = 15.0, 60.0
"""Times for which a notice stays, and one that says what to fix. A press goes on at once."""
MOST_ROWS = 4
"""Maximum number of rows on the wall; `Notice.more` counts the others."""
_LONGEST = 2000
"""Maximum length of a text. A longer one is cut."""


class Row(NamedTuple):
    """A line of a list: a name, and a few words about it, such as how long it takes."""

    name: str
    about: str = ""


class Notice(NamedTuple):
    """What a notice says. With a `code`, such as E-STICK, it is an error, which has `what`, `where` and `fix`.

    `rows` are at most MOST_ROWS, and there are `more`. `line` says what to do now, `note` is small.
    """

    headline: str
    rows: tuple[Row, ...] = ()
    more: int = 0
    line: str = ""
    note: str = ""
    code: str = ""
    what: str = ""
    where: str = ""
    fix: str = ""

    @property
    def lasts_s(self) -> float:
        return ERROR_S if self.code else NEWS_S


def as_json(notice: Notice) -> dict[str, Any]:
    """Return the notice as what JSON can hold."""
    return {**notice._asdict(), "rows": [list(row) for row in notice.rows]}


def from_json(said: object) -> Notice:
    """Return the notice that `as_json` made. Raises ValueError if it is something else."""
    match said:
        case {"rows": list(rows), "more": int(more), **rest} if all(map(_is_row, rows)):
            texts = {str(key): value[:_LONGEST] for key, value in rest.items() if isinstance(value, str)}
            if len(texts) == len(rest) and texts.keys() <= set(Notice._fields) and texts.get("headline"):
                shown = tuple(Row(name[:_LONGEST], about[:_LONGEST]) for name, about in rows[:MOST_ROWS])
                return Notice(**texts, rows=shown, more=max(0, more))
    raise ValueError(f"this is no notice: {json.dumps(said)[:80]}")


def _is_row(row: object) -> bool:
    return isinstance(row, list) and len(row) == len(Row._fields) and all(isinstance(one, str) for one in row)
