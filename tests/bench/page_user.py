"""Somebody who uses the page without a pause: `python -m tests.bench.page_user PORT PIN`, until it is ended.

Again and again it asks for the overview, checks a draft that is another one each time, and asks for the wall's picture
of it at another time. It prints a line for each answer. It is nice, because in truth it is another machine.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from typing import Any

from tests.conftest import USUAL
from tests.page_server import Answer, Browser

NICENESS = 19
WIDTH = 640
STEP_S = 7.3
"""Time between the moments of two pictures."""


def main() -> None:
    os.nice(NICENESS)
    browser = Browser(int(sys.argv[1]))
    _noted("came in", browser.come_in(pin=sys.argv[2]))
    document = browser.get(f"/api/circuits/{USUAL}").said["document"]
    for number in count():
        _noted("overview", browser.get("/api/overview"))
        draft = {"kind": "circuits", "name": USUAL, "document": _changed(document, number)}
        checked = _noted("draft", browser.post("/api/draft", draft)).said
        at_s = number * STEP_S % checked["plan"]["length_s"]
        _noted("picture", browser.post("/api/draft/picture", {**draft, "at_s": at_s, "width": WIDTH}))


def _changed(document: dict[str, Any], number: int) -> dict[str, Any]:
    return {**document, "work": 20 + number % 40}


def _noted(what: str, answer: Answer) -> Answer:
    if answer.status != 200:
        raise RuntimeError(f"{what}: {answer.status} {answer.body[:500]!r}")
    print(what, flush=True)
    return answer


if __name__ == "__main__":
    main()
