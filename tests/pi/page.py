"""A browser for the page, without anything but Python: it comes in with the number, reads and saves.

As a program it gives a circuit a new name, and has the wall drawn with it: `page.py ADDRESS NUMBER CIRCUIT NAME`.
"""

from __future__ import annotations

import http.client
import json
import sys
from typing import Any
from urllib.parse import urlsplit

PATIENCE_S = 120.0


class PageError(AssertionError):
    """The page has answered that something is not possible, or nobody has answered."""


class Browser:
    """A browser at the page with this address. It connects to `port` of this machine instead, if that is given."""

    def __init__(self, address: str, port: int | None = None) -> None:
        there = urlsplit(address)
        self._address, self._host = address, there.netloc
        self._place = (there.hostname or "", there.port or 80) if port is None else ("127.0.0.1", port)
        self._headers: dict[str, str] = {}

    def come_in(self, number: str) -> None:
        _, headers, said = self._ask("POST", "/api/session", {"pin": number})
        self._headers = {"X-Token": said["token"], "Cookie": headers["Set-Cookie"].partition(";")[0]}

    def get(self, path: str) -> Any:
        return self._ask("GET", path)[2]

    def post(self, path: str, group: object) -> Any:
        return self._ask("POST", path, group)[2]

    def is_answered(self) -> bool:
        """Return whether anybody answers there."""
        try:
            self._ask("GET", "/")
        except (OSError, http.client.HTTPException):
            return False
        return True

    def rename(self, circuit: str, name: str) -> bytes:
        """Give a circuit a new name. Return the picture of the wall with it."""
        was = self.get(f"/api/circuits/{circuit}")
        document = {**was["document"], "name": name}
        draft = {"kind": "circuits", "name": circuit, "document": document}
        drawn: bytes = self.post("/api/draft/picture", {**draft, "at_s": 3, "width": 480})
        self.post(f"/api/circuits/{circuit}", {"document": document, "version": was["version"]})
        return drawn

    def _ask(self, method: str, path: str, group: object = None) -> tuple[int, Any, Any]:
        connection = http.client.HTTPConnection(*self._place, timeout=PATIENCE_S)
        try:
            headers = {"Host": self._host, "Origin": self._address, "Connection": "close", **self._headers}
            body = None if group is None else json.dumps(group)
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content: Any = answer.read()
        finally:
            connection.close()
        if "json" in answer.headers.get("Content-Type", ""):
            content = json.loads(content)
        if answer.status >= 400:
            raise PageError(f"{method} {path}: {answer.status} {content}")
        return answer.status, answer.headers, content


def main(arguments: list[str]) -> int:
    address, number, circuit, name = arguments
    browser = Browser(address)
    browser.come_in(number)
    print(browser.rename(circuit, name)[:4])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
