"""What the server of the page lets through, asked by real HTTP: what strangers and other pages may not do."""

import json
import os
import socket
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from kiosk.editor.body import LARGEST, LARGEST_UPLOAD
from kiosk.editor.door import UPLOADS
from kiosk.editor.gate import MOST_WRONG, WAITS_S
from kiosk.editor.routes import ROUTES
from kiosk.editor.server import LARGEST_STRANGER, MOST_CONNECTIONS, SPARE_CONNECTIONS
from tests.page_server import Answer, Browser, Served, serving

PATHS = [
    (method, path.replace("<kind:re:circuits|exercises>", "circuits").replace("<name>", "amrap"))
    for method, path, _ in ROUTES
    if path.startswith("/api/") and path != "/api/session"
]
PATHS = [(method, path.replace("<number:re:[0-9]{1,2}>", "1")) for method, path in PATHS]
POSTS = [path for method, path in PATHS if method == "POST"]


def raw(port: int, request: bytes) -> bytes:
    """Send bytes as they are and return the whole answer."""
    with closing(socket.create_connection(("127.0.0.1", port), 60)) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        while more := connection.recv(65_536):
            found += more
        return found


# --- coming in --------------------------------------------------------------------------------------------------------


def test_the_number_lets_in(served: Served) -> None:
    browser = Browser(served.page.port)
    assert browser.get("/api/overview").status == 401
    answer = browser.come_in(pin=served.page.gate.pin)
    assert answer.said["wall"] is True
    assert browser.get("/api/overview").status == 200
    assert browser.get("/api/session").said == answer.said


def test_a_number_may_be_typed_in_two_halves(served: Served) -> None:
    pin = served.page.gate.pin
    assert Browser(served.page.port).come_in(pin=f" {pin[:3]} {pin[3:]} ").status == 200


def test_the_key_of_the_address_lets_in_on_a_laptop(tmp_path: Path) -> None:
    with serving(tmp_path, at_wall=False) as served:
        browser = Browser(served.page.port)
        assert browser.come_in(key=served.page.gate.key + "x").status == 403
        assert browser.come_in(pin="").status == 403
        assert browser.come_in(key=served.page.gate.key).said["wall"] is False
        assert browser.get("/api/overview").status == 200


def test_scripts_cannot_read_the_cookie_and_other_pages_do_not_send_it(served: Served) -> None:
    cookie = Browser(served.page.port).come_in(pin=served.page.gate.pin).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


def test_the_cookie_of_another_port_is_none_of_this_page(served: Served) -> None:
    browser = served.browser()
    browser.cookie = browser.cookie.replace(str(served.page.port), "1")
    assert browser.get("/api/overview").status == 401


@pytest.mark.parametrize("other", ['a={"b": 1}', "path=x", "bad name=1", "a=\u00e9", ""])
def test_cookies_of_other_programs_keep_nobody_out(served: Served, other: str) -> None:
    browser = served.browser()
    assert browser.get("/api/session", Cookie=f"{other}; {browser.cookie}").status == 200


def test_five_wrong_numbers_in_all_make_a_new_one(own: Served) -> None:
    gate, first = own.page.gate, own.page.gate.pin
    wrong = f"{(int(first) + 1) % 1_000_000:06}"
    browsers = [Browser(own.page.port) for _ in range(MOST_WRONG)]
    answers = [browser.come_in(pin=wrong) for browser in browsers]
    assert [answer.status for answer in answers] == [403] * (MOST_WRONG - 1) + [429]
    assert [answer.said["left"] for answer in answers[:-1]] == [4, 3, 2, 1]
    assert browsers[0].come_in(pin=first).status == 429
    assert browsers[0].come_in(pin=gate.pin).status == 429
    own.clock.now_s += WAITS_S
    if first != gate.pin:
        assert browsers[0].come_in(pin=first).status == 403
    assert browsers[0].come_in(pin=gate.pin).status == 200


def test_whoever_has_left_is_out(served: Served) -> None:
    browser = served.browser()
    answer = browser.post("/api/session/end", {})
    assert answer.status == 200
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert browser.get("/api/overview").status == 401


@pytest.mark.parametrize("said", [{}, [], "482913", 482913, {"pin": 482913}, {"pin": None}, {"key": ["x"]}, None])
def test_anything_but_a_number_or_a_key_is_no_way_in(served: Served, said: object) -> None:
    assert Browser(served.page.port).post("/api/session", said).status == 400


# --- who may do what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_nothing_is_told_before_somebody_has_come_in(served: Served, method: str, path: str) -> None:
    answer = Browser(served.page.port).ask(method, path, b"{}" if method == "POST" else None)
    assert answer.status == 401
    assert set(answer.said) == {"error"}


@pytest.mark.parametrize("path", [*POSTS, "/api/session"])
@pytest.mark.parametrize("origin", [None, "", "null", "http://evil.example", "https://127.0.0.1", "http://127.0.0.1:1"])
def test_another_page_cannot_post(served: Served, path: str, origin: str | None) -> None:
    browser = served.browser()
    assert browser.ask("POST", path, b"{}", {"Origin": origin}).status == 403


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("token", [None, "", "x", "ü"])
def test_nobody_posts_without_the_token(served: Served, path: str, token: str | None) -> None:
    browser = served.browser()
    assert browser.ask("POST", path, b"{}", {"X-Token": token and token.encode().decode("latin-1")}).status == 403


def test_the_token_of_another_browser_is_not_enough(served: Served) -> None:
    one, other = served.browser(), served.browser()
    assert one.post("/api/draft", {}, X_Token=other.token).status == 403


@pytest.mark.parametrize("host", [None, "", "evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80"])
@pytest.mark.parametrize("path", ["/", "/api/session", "/api/overview", "/static/main.js"])
def test_only_addresses_of_this_machine_are_answered(served: Served, path: str, host: str | None) -> None:
    answer = served.browser().get(path, Host=host)
    assert answer.status == 403
    assert served.page.gate.pin.encode() not in answer.body
    assert b"127.0.0.1" not in answer.body


def test_its_name_is_an_address_too(served: Served) -> None:
    assert served.browser().get("/", Host=f"LOCALHOST:{served.page.port}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "127.0.0.1:{port}"},
        {"X-Forwarded-Host": "127.0.0.1:{port}", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"},
        {"Forwarded": 'for=127.0.0.1;host="127.0.0.1:{port}"'},
        {"X-Real-IP": "127.0.0.1"},
        {"X-Host": "127.0.0.1:{port}"},
    ],
)
def test_what_a_proxy_might_say_is_ignored(served: Served, headers: dict[str, str]) -> None:
    sent = {name: value.format(port=served.page.port) for name, value in headers.items()}
    browser = served.browser()
    assert browser.ask("GET", "/api/overview", headers={"Host": "evil.example", **sent}).status == 403
    evil = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    assert browser.ask("GET", "/api/overview", headers=evil).status == 200


# --- every answer -----------------------------------------------------------------------------------------------------

SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


def check_headers(answer: Answer) -> None:
    assert {name: answer.headers.get(name) for name in SAFE} == SAFE
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "script-src" not in policy
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "waitress" not in str(answer.headers).lower()
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/static/main.js", "/api/overview", "/api/nothing", "/nothing", "/%ff", "/a b"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_every_answer_says_what_browsers_may_do_with_it(served: Served, method: str, path: str) -> None:
    if " " in path:
        answer_line, _, rest = raw(served.page.port, f"{method} {path} HTTP/1.1\r\n\r\n".encode()).partition(b"\r\n")
        assert b" 40" in answer_line
        assert b"content-security-policy" in rest.lower()
        return
    for browser in (served.browser(), Browser(served.page.port), Browser(served.page.port, host="evil.example")):
        answer = browser.ask(method, path)
        check_headers(answer)
        assert answer.status < 500
        if path.startswith("/api"):
            assert answer.headers["cache-control"] == "no-store"


def test_the_page_has_no_script_within_it(served: Served) -> None:
    page = served.browser().get("/").body.decode()
    scripts = page.split("<script")[1:]
    assert scripts
    assert all(
        " src=" in script.split(">")[0] and script.split(">", 1)[1].startswith("</script>") for script in scripts
    )
    assert "style=" not in page
    assert "onload=" not in page


# --- files of the page ------------------------------------------------------------------------------------------------


def test_the_files_of_the_page_are_there_for_everybody(served: Served) -> None:
    stranger = Browser(served.page.port)
    page = stranger.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for name in served.page.files:
        assert stranger.get(f"/static/{name}").status == 200


def test_a_file_is_sent_small_and_only_once(served: Served) -> None:
    browser = Browser(served.page.port)
    plain, small = browser.get("/static/main.js"), browser.get("/static/main.js", Accept_Encoding="gzip, br")
    assert small.headers["content-encoding"] == "gzip"
    assert len(small.body) < len(plain.body)
    again = browser.get("/static/main.js", If_None_Match=plain.headers["etag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/..",
        "/static/../gate.py",
        "/static/%2e%2e/gate.py",
        "/static/..%2fgate.py",
        "/static/%2e%2e%2fgate.py",
        "/static/gate.py",
        "/static/README.md",
        "/static//etc/passwd",
        "/static/%00",
        "/static/main.js%00.html",
        "//etc/passwd",
        "/../../etc/passwd",
        "/etc/passwd",
    ],
)
def test_no_other_file_is_there(served: Served, path: str) -> None:
    answer = served.browser().get(path)
    assert answer.status == 404
    assert answer.said == {"error": "There is nothing here."}


@pytest.mark.parametrize(
    "name", ["..", "%2e%2e", "..%2f..%2fkiosk", "a%2fb", ".hidden", "a.yaml", "%00", "x" * 65, "ü"]
)
@pytest.mark.parametrize("kind", ["circuits", "exercises", "figures", "pictures", "uploads", "changes"])
def test_no_name_of_a_request_leads_to_a_file(served: Served, kind: str, name: str) -> None:
    browser = served.browser()
    name = name.replace("ü", "%c3%bc")
    for path in (f"/api/{kind}/{name}", f"/api/{kind}/{name}.png", f"/api/{kind}/{name}/1"):
        assert browser.get(path).status in (404, 405)
    for path in (f"/api/{kind}/{name}", f"/api/{kind}/{name}/delete", f"/api/{kind}/{name}/undo"):
        body = {"document": {"name": "x", "exercises": ["side-plank"]}, "version": "x"}
        assert browser.post(path, body).status in (404, 405)


# --- sizes ------------------------------------------------------------------------------------------------------------


def test_a_body_is_limited(served: Served) -> None:
    browser = served.browser()
    most = json.dumps({"kind": "circuits", "name": None, "document": {"name": ""}}).encode()
    assert browser.ask("POST", "/api/draft", most + b" " * (LARGEST - len(most))).status == 200
    answer = browser.ask("POST", "/api/draft", most + b" " * (LARGEST + 1 - len(most)))
    assert answer.status == 413
    assert answer.said["error"]


@pytest.mark.parametrize("path", ["/api/pictures", "/api/archive"])
def test_an_upload_is_limited(served: Served, path: str) -> None:
    browser = served.browser()
    assert browser.ask("POST", path, bytes(LARGEST + 1)).status in (400, 422)
    assert browser.ask("POST", path, bytes(UPLOADS[path] + 1)).status == 413


def test_a_stranger_sends_next_to_nothing(served: Served) -> None:
    head = f"POST /api/pictures HTTP/1.1\r\nHost: 127.0.0.1:{served.page.port}\r\n"
    # Not a byte of the body is waited for.
    assert b" 413 " in raw(served.page.port, f"{head}Content-Length: {LARGEST_UPLOAD}\r\n\r\n".encode())
    chunk = f"{LARGEST_STRANGER:x}\r\n".encode() + bytes(LARGEST_STRANGER)
    assert b" 413 " in raw(served.page.port, f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunk)


def test_a_body_without_a_length_is_limited_too(served: Served) -> None:
    browser = served.browser()
    head = "\r\n".join(
        [
            "POST /api/draft HTTP/1.1",
            f"Host: {browser.host}",
            f"Origin: http://{browser.host}",
            f"Cookie: {browser.cookie}",
            f"X-Token: {browser.token}",
            "Transfer-Encoding: chunked",
        ]
    )
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    answer = raw(served.page.port, f"{head}\r\n\r\n".encode() + chunk * 5 + b"0\r\n\r\n")
    assert b" 413 " in answer


def test_slow_connections_keep_nobody_out(served: Served) -> None:
    browser = served.browser()
    with ExitStack() as all_:
        # Those that come later wait in the queue of the socket if no more are accepted.
        for _ in range(MOST_CONNECTIONS + SPARE_CONNECTIONS + 20):
            slow = all_.enter_context(socket.create_connection(("127.0.0.1", served.page.port), 60))
            slow.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        assert browser.get("/api/session").status == 200


def test_the_connections_of_one_machine_do_not_close_those_of_others(served: Served) -> None:
    request = f"GET /api/session HTTP/1.1\r\nHost: 127.0.0.1:{served.page.port}\r\n".encode()
    with ExitStack() as all_:
        place = "127.0.0.1", served.page.port
        other = all_.enter_context(socket.create_connection(place, 60, ("127.0.0.2", 0)))
        other.sendall(request)
        for _ in range(2 * MOST_CONNECTIONS):
            all_.enter_context(socket.create_connection(place, 60)).sendall(request)
        # When this one is answered, all that came before it were accepted.
        assert Browser(served.page.port).get("/api/session").status == 401
        other.sendall(b"\r\n")
        assert b" 401 " in other.recv(65_536)


def test_headers_are_limited(served: Served) -> None:
    assert Browser(served.page.port, more={"X-More": "x" * 20_000}).get("/").status in (400, 431)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"\x00",
        b'{"kind": "circuits"}',
        b"[" * 100_000,
        b'{"a":' * 1000 + b"1" + b"}" * 1000,
        b'{"at_s": NaN, "kind": "circuits", "name": null, "document": {}}',
        b'{"at_s": 1e999, "kind": "circuits", "name": null, "document": {}}',
        b'{"at_s": ' + b"9" * 5000 + b', "kind": "circuits", "name": null, "document": {}}',
        b'{"kind": "circuits", "name": "\\ud800", "document": {}}',
        b'{"kind": "../x", "name": null, "document": {}}',
        b'{"kind": "circuits", "name": "../x", "document": {}}',
        b'{"kind": "circuits", "name": null, "document": "x"}',
    ],
)
def test_a_body_that_is_no_draft_is_said_to_be_none(served: Served, body: bytes) -> None:
    browser = served.browser()
    for path in ("/api/draft", "/api/draft/picture"):
        answer = browser.ask("POST", path, body)
        assert answer.status == 400
        assert answer.said["error"].endswith(".")


def test_a_page_closes_while_an_answer_wakes_its_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = os.write

    def woken_before(descriptor: int, content: bytes) -> int:
        """Write as always, after something else has woken the server and it has had time to end."""
        if content == b"x":
            written(descriptor, content)
            time.sleep(0.2)
        return written(descriptor, content)

    with serving(tmp_path) as served:
        assert served.browser().get("/api/session").status == 200
        monkeypatch.setattr(os, "write", woken_before)
    monkeypatch.undo()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", served.page.port), 1)
