"""Reads the opening hours, which are one span for all days or a span for each day of the week."""

from __future__ import annotations

import re

import yaml

from kiosk.config.keys import Keys
from kiosk.config.problem import quoted, wrong

DAY_MIN = 24 * 60
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Span = tuple[int, int] | None
"""Opening time and closing time in minutes since midnight, or None for a closed day.

A closing time before the opening time is on the next day.
"""
ALL_DAY: Span = (0, DAY_MIN)
ALWAYS: tuple[Span, ...] = (ALL_DAY,) * 7

_SPAN = re.compile(r"(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)")


def hours(node: yaml.Node) -> tuple[Span, ...]:
    """Return the opening hours of the seven days, Monday first. Raises ContentError."""
    if isinstance(node, yaml.MappingNode):
        keys = Keys(node)
        week = tuple(keys.optional(day, span, ALL_DAY) for day in DAYS)
        keys.close()
        return week
    return (span(node),) * 7


def span(node: yaml.Node) -> Span:
    """Return the opening hours of one day, written as "always", "closed" or two times such as "6:00-22:00"."""
    raw = node.value if isinstance(node, yaml.ScalarNode) else ""
    if raw == "always":
        return ALL_DAY
    if raw == "closed":
        return None
    should = "write always, closed, or from when to when such as 6:00-22:00"
    found = _SPAN.fullmatch(raw)
    if not found:
        raise wrong(node, f"{quoted(raw)} are not opening hours" if raw else "opening hours are missing", should)
    opens, closes = (_minutes(node, found[at], found[at + 1]) for at in (1, 3))
    if opens == closes:
        raise wrong(node, f"{quoted(raw)} opens and closes at the same time", "write always or closed")
    return opens, closes


def _minutes(node: yaml.Node, hour: str, minute: str) -> int:
    minutes = int(hour) * 60 + int(minute)
    if int(minute) > 59 or minutes > DAY_MIN:
        raise wrong(node, f"there is no {hour}:{minute}", "write a time from 0:00 to 24:00")
    return minutes
