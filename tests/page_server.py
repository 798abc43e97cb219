"""A real server of the page on a free port, with a clock that the test moves, and a client that keeps its answers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from kiosk.editor.child import Child
from kiosk.editor.gate import Gate
from kiosk.editor.life import Life
from kiosk.editor.page import WARM_S, Page
from kiosk.editor.server import Server, listening_at
from kiosk.editor.store import Store

SHIPPED = Path(__file__).parents[1] / "config"
PATIENCE_S = 60.0


@dataclass
class Clock:
    now_s: float = 1000.0

    def __call__(self) -> float:
        return self.now_s


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        read = json.loads(self.body)
        assert isinstance(read, dict)
        return read


@dataclass
class Browser:
    """A client of the page. It sends what a browser sends, unless the test says otherwise."""

    port: int
    host: str = ""
    cookie: str = ""
    token: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.host = self.host or f"127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str | None] | None = None
    ) -> Answer:
        """Return the answer. A header that is None is left out."""
        sent: dict[str, str | None] = {"Host": self.host, **self.more}
        if method not in ("GET", "HEAD"):
            sent |= {"Origin": f"http://{self.host}", "X-Token": self.token}
        if self.cookie:
            sent["Cookie"] = self.cookie
        sent |= headers or {}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            if body is not None and "Content-Length" not in sent:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            got = connection.getresponse()
            return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, said: object, **headers: str | None) -> Answer:
        renamed = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", path, json.dumps(said).encode(), {"Content-Type": "application/json", **renamed})

    def come_in(self, **secret: str) -> Answer:
        """Come in with pin=... or key=..., and keep what is needed from then on."""
        answer = self.post("/api/session", secret)
        if answer.status == 200:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
            self.token = answer.said["token"]
        return answer


@dataclass
class Served:
    """A page that is served. `clock` is that of its gate and its life."""

    page: Page
    clock: Clock

    @property
    def folder(self) -> Path:
        return self.page.folder

    def browser(self, *, comes_in: bool = True) -> Browser:
        browser = Browser(self.page.port)
        if comes_in:
            gate = self.page.gate
            assert browser.come_in(**({"pin": gate.pin} if gate.pin else {"key": gate.key})).status == 200
        return browser


class LateChild(Child):
    """A drawing process that is not started before it is needed: most tests need none."""

    def warm_up(self) -> None:
        pass


@contextmanager
def serving(folder: Path, *, at_wall: bool = True, drawing: Child | None = None) -> Iterator[Served]:
    """Serve a copy of the shipped config in a folder, which also gets all that the page keeps.

    `drawing` draws instead of the process that does so for the program.
    """
    config, state = folder / "config", folder / "state"
    shutil.copytree(SHIPPED, config)
    clock = Clock()
    listening = listening_at("127.0.0.1", 0)
    page = Page(
        gate=Gate(clock, by_key=not at_wall),
        life=Life(clock),
        store=Store(config, state),
        folder=config,
        state=state,
        port=listening.getsockname()[1],
        at_wall=at_wall,
        drawing=drawing or LateChild("kiosk.editor.drawing", str(WARM_S)),
    )
    server = Server(page, listening, ["localhost"])
    try:
        yield Served(page, clock)
    finally:
        server.close()
