"""What the page is for, by real HTTP: workouts, drafts with their pictures, own pictures, changes, and the remote."""

import gzip
import os
import zipfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import pygame
import pytest

from kiosk.config import shipped_figures
from kiosk.config_files import LARGEST_FILE
from kiosk.editor.body import LARGEST_UPLOAD
from kiosk.editor.store import Store
from tests.page_server import Answer, Browser, LateChild, Served, serving

ANY_CIRCUIT = "back-and-core-for-runners"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_circuit_is_read_changed_and_saved(own: Served) -> None:
    browser = own.browser()
    read = browser.get(f"/api/circuits/{ANY_CIRCUIT}").said
    document = {**read["document"], "name": "Monday"}
    saved = browser.post(f"/api/circuits/{ANY_CIRCUIT}", {"document": document, "version": read["version"]})
    assert saved.status == 200
    assert "name: Monday" in (own.folder / "circuits" / f"{ANY_CIRCUIT}.yaml").read_text()
    titles = [circuit["title"] for circuit in browser.get("/api/overview").said["circuits"]]
    assert "Monday" in titles


def test_the_second_to_save_is_told_what_the_first_one_changed(own: Served) -> None:
    one, other = own.browser(), own.browser()
    read = one.get(f"/api/circuits/{ANY_CIRCUIT}").said
    path, document, version = f"/api/circuits/{ANY_CIRCUIT}", read["document"], read["version"]
    assert one.post(path, {"document": {**document, "name": "One"}, "version": version}).status == 200
    answer = other.post(path, {"document": {**document, "name": "Other"}, "version": version})
    assert answer.status == 409
    assert answer.said["document"]["name"] == "One"
    assert answer.said["changed"]


def test_what_somebody_else_has_deleted_can_be_saved_all_the_same(own: Served) -> None:
    one, other = own.browser(), own.browser()
    path = f"/api/circuits/{ANY_CIRCUIT}"
    read = other.get(path).said
    assert one.post(f"{path}/delete", {"version": read["version"]}).status == 200
    changed = {**read["document"], "name": "Mine"}
    answer = other.post(path, {"document": changed, "version": read["version"]})
    assert (answer.status, answer.said["version"]) == (409, None)
    assert other.post(path, {"document": changed, "version": answer.said["version"]}).status == 200
    assert other.get(path).said["document"]["name"] == "Mine"


def test_what_the_wall_would_refuse_is_not_saved(own: Served) -> None:
    browser, before = own.browser(), files(own.folder)
    read = browser.get(f"/api/circuits/{ANY_CIRCUIT}").said
    document = {**read["document"], "rounds": "many"}
    answer = browser.post(f"/api/circuits/{ANY_CIRCUIT}", {"document": document, "version": read["version"]})
    assert answer.status == 422
    assert answer.said["problems"][0]["path"] == ["rounds"]
    assert files(own.folder) == before


class Held(LateChild):
    """A drawing process that draws when the test says so."""

    def __init__(self) -> None:
        super().__init__("kiosk.editor.drawing")
        self.begun, self.go_on = Event(), Event()

    def ask(self, request: dict[str, Any], content: bytes = b"") -> tuple[dict[str, Any], bytes]:
        self.begun.set()
        assert self.go_on.wait(60)
        return {}, str(request["at_s"]).encode()


def test_only_the_newest_picture_of_a_draft_is_drawn(tmp_path: Path) -> None:
    held = Held()
    with serving(tmp_path, drawing=held) as served, ThreadPoolExecutor() as pool:
        browser, line = served.browser(), served.page.line
        document = browser.get(f"/api/circuits/{ANY_CIRCUIT}").said["document"]

        def ask(at_s: float) -> Future[Answer]:
            draft = {"kind": "circuits", "name": ANY_CIRCUIT, "document": document, "at_s": at_s}
            return pool.submit(browser.post, "/api/draft/picture", draft)

        first = ask(0)
        assert held.begun.wait(60)
        second = ask(1)
        assert line.wait_until_waiting(1, 60)
        third = ask(2)
        assert second.result().said == {"error": "superseded"}
        assert second.result().status == 409
        held.go_on.set()
        assert (first.result().body, third.result().body) == (b"0", b"2")


def photo(size: tuple[int, int] = (64, 48)) -> bytes:
    surface = pygame.Surface(size)
    surface.fill((200, 30, 40))
    content = BytesIO()
    pygame.image.save(surface, content, "photo.jpg")
    return content.getvalue()


def upload(browser: Browser, *files: bytes) -> Answer:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="../x.jpg"\r\n\r\n'
    body = b"".join(head + file + b"\r\n" for file in files) + b"--b--\r\n"
    return browser.ask("POST", "/api/pictures", body, {"Content-Type": "multipart/form-data; boundary=b"})


@pytest.mark.parametrize("frames", [1, 3])
def test_an_own_picture_is_uploaded_saved_and_comes_back_in_a_zip(own: Served, frames: int) -> None:
    browser = own.browser()
    uploaded = upload(browser, *[photo()] * frames).said
    assert (uploaded["frames"], uploaded["width"], uploaded["height"]) == (frames, 64, 48)
    staged = browser.get(f"/api/uploads/{uploaded['upload']}/1")
    assert staged.headers["content-type"] == "image/jpeg"
    exercise = {"name": "Ring row", "picture": {"upload": uploaded["upload"]}}
    saved = browser.post("/api/exercises", {"document": exercise})
    assert saved.status == 200
    name = saved.said["name"]
    shown = browser.get(f"/api/pictures/{name}")
    assert shown.body == staged.body == browser.get(f"/api/pictures/{name}/{frames}").body
    assert browser.get(f"/api/pictures/{name}", If_None_Match=shown.headers["etag"]).status == 304
    assert browser.get(f"/api/pictures/{name}/{frames + 1}").status == 404
    zipped = browser.get("/api/archive.zip")
    assert zipped.headers["content-type"] == "application/zip"
    before = files(own.folder)
    taken = browser.ask("POST", "/api/archive", zipped.body, {"Content-Type": "application/zip"})
    assert taken.status == 200
    assert files(own.folder) == before
    draft = {"kind": "exercises", "name": name, "document": saved.said["document"], "at_s": 1, "width": 480}
    with_photo = browser.post("/api/draft/picture", draft)
    without = browser.post("/api/draft/picture", {**draft, "document": {"name": "Ring row"}})
    assert with_photo.status == without.status == 200
    assert with_photo.body != without.body


def test_the_pictures_of_a_zip_are_written_anew(own: Served) -> None:
    browser = own.browser()
    secret = b"Exif\x00\x00 at home"
    jpeg = photo()
    with_more = jpeg[:2] + b"\xff\xe1" + (len(secret) + 2).to_bytes(2) + secret + jpeg[2:]
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("exercises/ring-row.yaml", "name: Ring row\npicture: ring-row\n")
        packed.writestr("pictures/ring-row.jpg", with_more)
    answer = browser.ask("POST", "/api/archive", archive.getvalue(), {"Content-Type": "application/zip"})
    assert answer.status == 200
    written = (own.folder / "pictures" / "ring-row.jpg").read_bytes()
    assert secret not in written
    assert written.startswith(jpeg[:2])


def test_a_zip_with_many_pictures_comes_back(own: Served) -> None:
    browser, pictures = own.browser(), own.folder / "pictures"
    pictures.mkdir(exist_ok=True)
    for number in range(3):
        (pictures / f"p{number}.jpg").write_bytes(photo() + bytes(LARGEST_UPLOAD // 2))
    zipped = browser.get("/api/archive.zip").body
    assert len(zipped) > LARGEST_UPLOAD
    taken = browser.ask("POST", "/api/archive", zipped, {"Content-Type": "application/zip"})
    assert taken.said["change"] is None


def test_a_file_that_is_no_picture_is_refused(own: Served) -> None:
    answer = upload(own.browser(), b"<svg onload='alert(1)'/>")
    assert answer.status == 400
    assert "JPEG" in answer.said["error"]


def test_changes_are_listed_and_undone(own: Served) -> None:
    browser, before = own.browser(), files(own.folder)
    read = browser.get(f"/api/circuits/{ANY_CIRCUIT}").said
    said = {"document": {**read["document"], "name": "Monday"}, "version": read["version"]}
    change = browser.post(f"/api/circuits/{ANY_CIRCUIT}", said).said["change"]
    assert browser.get("/api/changes").said["changes"][0]["id"] == change
    assert browser.post(f"/api/changes/{change}/undo", {}).status == 200
    assert files(own.folder) == before


def test_circuits_are_duplicated_ordered_and_deleted(own: Served) -> None:
    browser = own.browser()
    copy = browser.post(f"/api/circuits/{ANY_CIRCUIT}/duplicate", {"title": "Saturday"}).said
    names = [circuit["name"] for circuit in browser.get("/api/overview").said["circuits"]]
    assert copy["name"] in names
    order = [copy["name"], *(name for name in names if name != copy["name"])]
    assert browser.post("/api/circuits-order", {"names": order}).status == 200
    assert [circuit["name"] for circuit in browser.get("/api/overview").said["circuits"]] == order
    assert browser.post(f"/api/circuits/{copy['name']}/delete", {"version": copy["version"]}).status == 200
    assert browser.get(f"/api/circuits/{copy['name']}").status == 404


def test_settings_are_read_and_saved(own: Served) -> None:
    browser = own.browser()
    settings = browser.get("/api/settings").said
    values = {**settings["values"], "circuit": ANY_CIRCUIT}
    assert browser.post("/api/settings", {"values": values, "version": settings["version"]}).status == 200
    assert browser.get("/api/settings").said["values"]["circuit"] == ANY_CIRCUIT
    assert browser.post("/api/settings", {"values": {"circuit": "no-such"}, "version": "x"}).status in (409, 422)


def test_it_comes_back_to_how_it_came(own: Served) -> None:
    browser, before = own.browser(), files(own.folder)
    assert browser.post("/api/exercises", {"document": {"name": "Ring row"}}).status == 200
    assert files(own.folder) != before
    assert browser.post("/api/reset", {}).status == 200
    assert files(own.folder) == before


def test_long_answers_are_sent_small(served: Served) -> None:
    browser = served.browser()
    plain, small = browser.get("/api/overview"), browser.get("/api/overview", Accept_Encoding="gzip, deflate")
    assert small.headers["content-encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body
    assert len(small.body) < len(plain.body) / 3
    assert "content-encoding" not in browser.get("/api/session", Accept_Encoding="gzip").headers


def test_a_still_is_drawn_once_and_kept(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = own.browser()
    path = "/api/figures/side-plank.png?side=left"
    still = browser.get(path)
    assert still.headers["content-type"] == "image/png"
    own.page.drawing.close()
    monkeypatch.setattr("sys.executable", "/no/such/python")
    assert browser.get(path).body == still.body
    assert browser.get(path, If_None_Match=still.headers["etag"]).status == 304
    assert browser.get("/api/figures/no-such.png").status == 404
    assert browser.get("/api/figures/side-plank.png?side=up").status == 404


def test_a_gym_s_own_figure_goes_before_that_of_the_program(own: Served) -> None:
    browser = own.browser()
    shipped = browser.get("/api/figures/side-plank.png").body
    (own.folder / "figures").mkdir()
    text = shipped_figures()["glute-bridge"].path.read_bytes()
    (own.folder / "figures" / "side-plank.yaml").write_bytes(text)
    assert browser.get("/api/figures/side-plank.png").body != shipped


def test_a_disk_that_cannot_be_read_is_said(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Store, "overview", full)
    answer = own.browser().get("/api/overview")
    assert answer.status == 503
    assert "The disk is full" in answer.said["error"]


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b"#" * (LARGEST_FILE + 1)),
        lambda path: path.mkdir(),
        lambda path: path.symlink_to("nowhere.yaml"),
        os.mkfifo,
    ],
    ids=["large", "folder", "link", "pipe"],
)
def test_a_file_that_cannot_be_read_is_told_and_hinders_nobody(own: Served, make: Callable[[Path], object]) -> None:
    browser = own.browser()
    circuits = len(list((own.folder / "circuits").glob("*.yaml")))
    make(own.folder / "circuits" / "aaa.yaml")
    answer = browser.get("/api/overview")
    assert answer.status == 200
    assert len(answer.said["circuits"]) == circuits
    assert [one["file"] for one in answer.said["problems"]] == ["circuits/aaa.yaml"]
    read = browser.get(f"/api/circuits/{ANY_CIRCUIT}").said
    changed = {"document": {**read["document"], "name": "Monday"}, "version": read["version"]}
    assert browser.post(f"/api/circuits/{ANY_CIRCUIT}", changed).status == 200


def test_a_file_whose_name_is_no_text_is_told_as_a_problem(own: Served) -> None:
    Path(os.fsdecode(os.fsencode(own.folder / "circuits") + b"/\xff.yaml")).touch()
    answer = own.browser().get("/api/overview")
    assert answer.status == 200
    assert "name is not allowed" in answer.said["problems"][0]["what"]


def test_a_mistake_of_the_program_is_told_to_the_log_only(
    own: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def wrong(*_: object) -> None:
        raise AssertionError("a secret")

    monkeypatch.setattr(Store, "overview", wrong)
    answer = own.browser().get("/api/overview")
    assert answer.status == 500
    assert b"secret" not in answer.body
    assert b"Traceback" not in answer.body
    assert "a secret" in caplog.text


def test_the_wall_answers_for_itself(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def carry_out(command: str) -> dict[str, object]:
        asked.append(command)
        return {"ok": command == "now", "error": "not now", "phase": "idle"}

    monkeypatch.setattr("kiosk.remote.client.carry_out", carry_out)
    browser = served.browser()
    assert browser.get("/api/wall").said["phase"] == "idle"
    answer = browser.post("/api/wall", {"do": "pause"})
    assert (answer.status, answer.said["ok"]) == (200, False)
    assert asked == ["now", "pause"]


def test_the_page_says_that_no_wall_can_be_reached(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    browser = served.browser()
    assert browser.get("/api/wall").status == 503
    assert browser.post("/api/wall", {"do": "pause"}).status == 503
    assert browser.post("/api/wall", {"do": "rm -rf"}).status == 400
    assert browser.post("/api/wall", {"do": "now"}).status == 400
