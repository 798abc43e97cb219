"""The rows of the result, each with a measurement and its target."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

WIDTHS = (34, 62, 14, 24, 8)
HEAD = ("what", "measured", "result", "target (stretch)", "met")


class Met(StrEnum):
    STRETCH = "stretch"
    YES = "yes"
    NO = "NO"
    NONE = ""
    """The row has no target."""


@dataclass(frozen=True)
class Row:
    """One line of the table. `measured` is in words; `result` is the number that is compared with the target."""

    what: str
    measured: str
    result: str = ""
    target: str = ""
    met: Met = Met.NONE
    values: Mapping[str, object] = field(default_factory=dict)
    """The numbers behind the words; each name ends in its unit."""


def at_most(result: float, target: float, stretch: float | None = None) -> Met:
    """Return which targets a result meets: the stretch target, the target or none (`Met.NO`)."""
    if stretch is not None and result <= stretch:
        return Met.STRETCH
    return Met.YES if result <= target else Met.NO


def ratio_row(what: str, measured: str, ours: float, theirs: float, target: float, stretch: float | None) -> Row:
    """Return the row for a target such as "the kiosk takes at most 1/6 of what the peer takes" (`target` = 6)."""
    times = theirs / ours if ours else float("inf")
    wanted = f"1/{target:g}" + (f" (1/{stretch:.3g})" if stretch else "")
    met = at_most(1 / times, 1 / target, 1 / stretch if stretch else None)
    return Row(what, measured, f"1/{times:.1f}", wanted, met, {"kiosk": ours, "peer": theirs})


def as_text(rows: Sequence[Row]) -> str:
    lines = [_line(HEAD), _line(tuple("-" * width for width in WIDTHS))]
    for row in rows:
        cells = (row.what, row.measured, row.result, row.target, row.met.value)
        wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, WIDTHS, strict=True)]
        for at in range(max(len(cell) for cell in wrapped)):
            lines.append(_line(tuple(cell[at] if at < len(cell) else "" for cell in wrapped)))
    missed = [row.what for row in rows if row.met is Met.NO]
    lines += ["", f"Missed: {', '.join(missed)}" if missed else "Every target is met."]
    return "\n".join(lines)


def as_json(rows: Sequence[Row]) -> list[dict[str, object]]:
    return [{**vars(row), "met": row.met.value or None} for row in rows]


def _line(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()
