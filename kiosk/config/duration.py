"""Reads and writes durations as staff write them, in seconds (60) or in minutes and seconds (1:30)."""

from __future__ import annotations

import re
from decimal import Decimal

from kiosk.config.problem import ContentError
from kiosk.errors import Problem

EXPECTED = "write seconds such as 60, or minutes and seconds such as 1:30"

NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?")
LONGEST_NUMBER = 20
"""Maximum number of characters in a number. Longer numbers are accidents, and slow to compute with."""

_CLOCK = re.compile(r"([0-9]{1,4}):([0-9]{1,2})(\.[0-9]{0,3})?")
_LONG_CLOCK = re.compile(r"([0-9]{1,3}):([0-5]?[0-9]):([0-5]?[0-9])")
_WITH_UNIT = re.compile(r"([0-9]{1,6})\s*(s|sec|secs|seconds?|min|mins|m|minutes?)\.?", re.IGNORECASE)


def parse_duration(text: str, *, in_quotes: bool = False) -> float:
    """Return the duration in a text, in seconds and exact to the millisecond.

    The result may be negative, because the caller checks the range. `in_quotes` is whether the text was in quotes in
    the file. A time such as 1:30 may be in quotes, and a number such as 60 may not. Raises ContentError.
    """
    if clock := _CLOCK.fullmatch(text):
        minutes, seconds, fraction = int(clock[1]), int(clock[2]), clock[3] or ""
        if len(clock[2]) == 1:
            raise _wrong("seconds after a colon have two digits", f"write {minutes}:0{seconds} or {minutes}:{seconds}0")
        if seconds > 59:
            raise _wrong("seconds after a colon go up to 59", f"write {duration_text(60 * minutes + seconds)}")
        return _exact(Decimal(60 * minutes + seconds) + Decimal(f"0{fraction}"))
    if clock := _LONG_CLOCK.fullmatch(text):
        minutes = 60 * int(clock[1]) + int(clock[2])
        raise _wrong("hours are not used here", f"write minutes and seconds: {minutes}:{int(clock[3]):02}")
    if unit := _WITH_UNIT.fullmatch(text):
        count = int(unit[1])
        right = f"{count}:00" if unit[2].lower().startswith("m") else str(count)
        raise _wrong("a duration has no unit", f"write {right}")
    try:
        return _exact(parse_number(text, in_quotes=in_quotes))
    except LookupError:
        raise _wrong("this is not a duration", EXPECTED) from None


def parse_number(text: str, *, in_quotes: bool = False) -> Decimal:
    """Return the number in a text. Only spellings that YAML and people read alike are allowed.

    Raises ContentError if the text is nearly a number, LookupError if it is nothing like a number.
    """
    if len(text) > LONGEST_NUMBER:
        raise LookupError(text)
    dotted = text.replace(",", ".")
    if not NUMBER.fullmatch(dotted):
        raise LookupError(text)
    number = Decimal(dotted)
    right = f"{number.normalize():f}"
    if in_quotes:
        raise _wrong("a number in quotes is text", f"write {right} without quotes")
    if dotted != text:
        raise _wrong("a number has a decimal point, not a comma", f"write {right}")
    if re.match(r"[-+]?\.", text):
        # YAML 1.1 takes .5 for a number and -.5 for text.
        raise _wrong("a number has a digit before the point", f"write one, as in {abs(number):f}")
    if "e" in text.lower():
        raise _wrong("a number has no exponent", f"write {right}")
    if text.startswith("+"):
        raise _wrong("a number has no plus sign", f"write {right}")
    if re.match(r"-?0[0-9]", text):
        # YAML 1.1 takes 060 for an octal number, 48.
        raise _wrong("a number does not begin with 0", f"write {right}")
    return number


def duration_text(seconds: float) -> str:
    """Return a duration as staff would write it, such as 45, 0.02 or 1:30."""
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    fraction = f".{rest % 1000:03}".rstrip("0") if rest % 1000 else ""
    return f"{minutes}:{rest // 1000:02}{fraction}" if minutes else f"{rest // 1000}{fraction}"


def _exact(number: Decimal) -> float:
    if number * 1000 % 1:
        raise _wrong("a duration is exact to the millisecond", "write at most three digits after the point")
    return float(number)


def _wrong(what: str, right: str) -> ContentError:
    return ContentError(Problem(what, right))
