"""Whatever a browser that has come in sends: the page answers in its own words, and touches nothing but its folders."""

import json
import logging
import socket
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kiosk.config.values import FILE_NAME
from kiosk.editor.body import BodyError, files_in, group_in
from kiosk.editor.routes import ROUTES
from tests.page_server import Answer, Browser, Served, serving

EXAMPLES = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
FEW = settings(EXAMPLES, max_examples=15)
POSSIBLE = {200, 304, 400, 401, 403, 404, 405, 409, 413, 422, 429, 431}
SUFFIXES = {".yaml", ".yml", ".jpg", ".jpeg", ".png"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "secret").write_text("nobody but the owner reads this")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder / "no-wall"))
        with serving(folder) as served:
            yield served


@pytest.fixture(scope="module")
def browser(served: Served) -> Browser:
    return served.browser()


def check(answer: Answer, served: Served, path: str) -> None:
    """Fail unless an answer is one of the page, and everything is where it may be."""
    possible = POSSIBLE | ({503} if path.startswith("/api/wall") else set())
    assert answer.status in possible, answer
    assert b"Traceback" not in answer.body
    assert b"nobody but the owner" not in answer.body
    if answer.status >= 400 and answer.headers.get("content-type") == "application/json" and answer.body:
        assert answer.said["error"]
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert answer.body in (b"", served.page.files["index.html"].content)
    check_folders(served)


def check_folders(served: Served) -> None:
    root = served.folder.parent
    assert {path.name for path in root.iterdir()} <= {"config", "state", "secret", "no-wall"}
    for path in served.folder.rglob("*"):
        assert not path.is_symlink()
        assert path.is_dir() or (path.suffix in SUFFIXES and FILE_NAME.fullmatch(path.stem)) or path.name == "README.md"
    assert {path.name for path in served.folder.iterdir() if path.is_dir()} <= {
        "circuits",
        "exercises",
        "figures",
        "pictures",
    }


# --- bodies -----------------------------------------------------------------------------------------------------------

NAMES = [
    "back-and-core-for-runners",
    "side-plank",
    "dumbbells",
    "no-such",
    "..",
    "%2e%2e%2fsecret",
    "secret",
    "%00",
    "ü",
]
WORDS = st.sampled_from(
    [
        "side-plank",
        "Side plank",
        "1:30",
        "60",
        "none",
        "open",
        "many",
        "@",
        "exercises/0",
        "../secret",
        "x" * 300,
        "\x00",
    ]
)
KEYS = st.sampled_from(
    [
        *("name", "rounds", "work", "changeover", "exercises", "exercise", "together", "stations", "amrap", "for_time"),
        *("sets", "rest", "easy", "amount", "sides", "figure", "picture", "upload", "@", "steps", "easier", "muscles"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=8), inner, max_size=5),
    max_leaves=20,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=8)
GROUPS = st.fixed_dictionaries(
    {},
    optional={
        "document": DOCUMENTS | VALUES,
        "kind": st.sampled_from(["circuits", "exercises"]) | VALUES,
        "name": st.none() | st.sampled_from(NAMES) | VALUES,
        "version": st.just("x") | VALUES,
        "title": VALUES,
        "names": st.lists(st.sampled_from(NAMES)) | VALUES,
        "values": st.dictionaries(st.sampled_from(["circuit", "dim_after", "open", "speakers"]), VALUES) | VALUES,
        "at_s": VALUES,
        "width": VALUES,
        "do": st.sampled_from(["pause", "now", "list"]) | VALUES,
        "pin": VALUES,
        "key": VALUES,
    },
)
BODIES = GROUPS.map(lambda group: json.dumps(group).encode()) | VALUES.map(lambda one: json.dumps(one).encode())
TYPES = st.sampled_from(
    ["application/json", "text/plain", "application/zip", "multipart/form-data; boundary=b", "multipart/form-data", ""]
)


def filled(path: str, kind: str, name: str) -> str:
    return (
        path.replace("<kind:re:circuits|exercises>", kind)
        .replace("<name>", name)
        .replace("<number:re:[0-9]{1,2}>", "1")
        .replace("<file>", name)
    )


@pytest.mark.parametrize(("method", "path"), [(method, path) for method, path, _ in ROUTES], ids=lambda one: one)
@given(
    body=BODIES | st.binary(max_size=400), kind=st.sampled_from(["circuits", "exercises"]), name=st.sampled_from(NAMES),
    type_=TYPES,
)  # fmt: skip
@FEW
def test_no_body_upsets_a_route(
    served: Served, browser: Browser, method: str, path: str, body: bytes, kind: str, name: str, type_: str
) -> None:
    where = filled(path, kind, name.replace("ü", "%c3%bc"))
    if where == "/api/session/end":
        other = served.browser()
        check(other.ask(method, where, body, {"Content-Type": type_}), served, where)
        return
    if where == "/api/session" and method == "POST":
        served.clock.now_s += 60
    check(browser.ask(method, where, body if method == "POST" else None, {"Content-Type": type_}), served, where)
    assert browser.get("/api/session").status == 200


@given(
    changes=st.lists(st.tuples(st.integers(0, 30), SCALARS | DOCUMENTS), max_size=4), name=st.sampled_from(NAMES[:3])
)
@EXAMPLES
def test_a_shipped_document_with_other_values_is_checked(
    served: Served, browser: Browser, changes: list[tuple[int, Any]], name: str
) -> None:
    kind = "exercises" if name == "side-plank" else "circuits"
    read = browser.get(f"/api/{kind}/{name}")
    if read.status != 200:
        # Another test of this file has deleted it.
        return
    document = read.said["document"]
    for place, value in changes:
        exchange(document, place, value)
    answer = browser.post("/api/draft", {"kind": kind, "name": name, "document": document})
    assert answer.status in (200, 422, 400)
    if answer.status == 200:
        assert isinstance(answer.said["problems"], list)
    check(answer, served, "/api/draft")


def exchange(document: Any, place: int, value: Any) -> None:
    """Put a value in place of the one with this number, counted through lists and groups."""
    spots: list[tuple[Any, Any]] = []

    def find(one: Any) -> None:
        for key in one if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ():
            spots.append((one, key))
            find(one[key])

    find(document)
    if spots:
        group, key = spots[place % len(spots)]
        group[key] = value


# --- paths, headers and bytes -----------------------------------------------------------------------------------------

PATHS = st.lists(
    st.sampled_from(
        ["api", "static", "circuits", "exercises", "..", ".", "", "%2e%2e", "%2f", "%00", "%ff", "secret", "x"]
    )
    | st.text("abz%/.-_?#&=;:@\\", max_size=6),
    max_size=6,
).map("/".join)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            *("Accept-Encoding", "Accept", "Range", "If-None-Match", "If-Modified-Since", "Expect", "TE", "Upgrade"),
            *("X-Forwarded-Host", "Forwarded", "X-HTTP-Method-Override", "Content-Type", "Connection", "Cookie"),
            *("Origin", "Host", "X-Token", "Referer", "Sec-Fetch-Site", "Content-Encoding"),
        ]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    max_size=5,
)


@given(method=st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS", "TRACE", "X"]), path=PATHS, headers=HEADERS)
@EXAMPLES
def test_no_path_and_no_header_leads_anywhere_else(
    served: Served, browser: Browser, method: str, path: str, headers: dict[str, str]
) -> None:
    where = f"/{path}"
    check(browser.ask(method, where, b"" if method == "POST" else None, headers), served, where)


@given(head=st.binary(max_size=300), tail=st.binary(max_size=300))
@example(b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5, 6\r\n", b"hello")
@example(b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: +5\r\n", b"hello")
@example(b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n", b"5\r\nhello\r\n")
@example(b"GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n", b"")
@example(b"GET / HTTP/1.0\r\n", b"")
@example(b"GET / HTTP/9.9\r\nHost: {host}\r\nHost: evil.example\r\n", b"")
@EXAMPLES
def test_no_bytes_upset_the_server(served: Served, head: bytes, tail: bytes) -> None:
    head = head.replace(b"{host}", f"127.0.0.1:{served.page.port}".encode())
    answer = b""
    with closing(socket.create_connection(("127.0.0.1", served.page.port), 60)) as connection:
        try:
            connection.sendall(head + b"\r\n\r\n" + tail)
            connection.shutdown(socket.SHUT_WR)
            while more := connection.recv(65_536):
                answer += more
        except ConnectionError:
            # The rest of the request was not read, because nobody wants it.
            pass
    assert b"Traceback" not in answer
    assert b"HTTP/1.1 5" not in answer
    assert Browser(served.page.port).get("/").status == 200
    check_folders(served)


# --- forms ------------------------------------------------------------------------------------------------------------


@given(
    contents=st.lists(st.binary(max_size=200), min_size=1, max_size=40),
    boundary=st.from_regex(r"[A-Za-z0-9'_-]{1,70}", fullmatch=True),
)
@EXAMPLES
def test_the_files_of_a_form_come_out_as_they_went_in(contents: list[bytes], boundary: str) -> None:
    line = f"--{boundary}".encode()
    if any(line in content for content in contents):
        return
    head = b'\r\nContent-Disposition: form-data; name="file"; filename="../../x"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = b"".join(line + head + content + b"\r\n" for content in contents) + line + b"--\r\n"
    assert files_in(f"multipart/form-data; boundary={boundary}", body) == contents
    assert files_in(f'Multipart/Form-Data;  Boundary="{boundary}"', body) == contents


@given(
    body=st.binary(max_size=500) | st.lists(st.sampled_from([b"--b", b"--", b"\r\n", b"x", b"\r\n\r\n"])).map(b"".join)
)
@EXAMPLES
def test_anything_else_is_no_form(body: bytes) -> None:
    for type_ in ("multipart/form-data; boundary=b", "multipart/form-data; boundary=", "text/plain", "x" * 5000):
        with suppress(BodyError):
            assert all(isinstance(content, bytes) for content in files_in(type_, body))


@given(body=st.binary(max_size=300))
@EXAMPLES
def test_a_form_that_is_none_is_said_to_be_none(served: Served, browser: Browser, body: bytes) -> None:
    form = b"--b\r\nContent-Disposition: form-data\r\n\r\n" + body
    answer = browser.ask("POST", "/api/pictures", form, {"Content-Type": "multipart/form-data; boundary=b"})
    assert answer.status == 400
    check(answer, served, "/api/pictures")


@given(body=st.binary(max_size=300) | BODIES)
@EXAMPLES
def test_a_body_is_a_group_of_keys_or_refused(body: bytes) -> None:
    with suppress(BodyError):
        json.dumps(group_in(body)).encode()


# --- zips -------------------------------------------------------------------------------------------------------------

ENTRIES = st.sampled_from(
    [
        *("circuits/a.yaml", "exercises/a.yaml", "pictures/a.jpg", "pictures/a-01.jpg", "kiosk.yaml", "figures/a.yaml"),
        *("../secret", "/etc/passwd", "circuits/../../secret", "circuits\\..\\secret", "C:\\x", "circuits/a\x00.yaml"),
        *(
            "circuits/",
            "circuits/.a.yaml",
            "circuits/b.YAML",
            "kiosk/circuits/a.yaml",
            "x" * 300,
            "ü/ü.yaml",
            "state/x",
        ),
    ]
)
MODES = st.sampled_from([0, 0o100644, 0o120777, 0o040755, 0o060644, 0o010644])
CONTENTS = st.sampled_from(
    [
        b"",
        b"name: A\nexercises: [side-plank]\n",
        b"a: &a [*a]",
        b"&a [*a, *a]",
        b"\xff\xfe",
        b"\xff\xd8\xff",
        b"{" * 500,
    ]
) | st.binary(max_size=100)


def zipped(entries: list[tuple[str, int, bytes]]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, mode, content in entries:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@given(
    entries=st.lists(st.tuples(ENTRIES, MODES, CONTENTS), max_size=6),
    damage=st.none() | st.tuples(st.integers(0, 10_000), st.integers(0, 255)),
    cut=st.none() | st.integers(0, 2000),
)
@EXAMPLES
def test_no_zip_gets_out_of_the_folder(
    served: Served,
    browser: Browser,
    entries: list[tuple[str, int, bytes]],
    damage: tuple[int, int] | None,
    cut: int | None,
) -> None:
    body = bytearray(zipped(entries))
    if damage and body:
        body[damage[0] % len(body)] = damage[1]
    answer = browser.ask("POST", "/api/archive", bytes(body[:cut]), {"Content-Type": "application/zip"})
    check(answer, served, "/api/archive")
    assert (served.folder.parent / "secret").read_text().startswith("nobody")


def test_a_zip_bomb_is_refused(served: Served, browser: Browser) -> None:
    zeros = bytes(10_000_000)
    body = zipped([(f"pictures/{number}.jpg", 0, zeros) for number in range(20)])
    assert len(body) < 1_000_000
    answer = browser.ask("POST", "/api/archive", body, {"Content-Type": "application/zip"})
    assert answer.status == 422
    check(answer, served, "/api/archive")


def test_nothing_went_wrong_that_only_the_log_tells(
    served: Served, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        for path in ("/", "/api/overview", "/api/changes", "/api/settings", "/api/archive.zip"):
            assert browser.get(path).status == 200
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
