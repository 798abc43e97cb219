"""The processes that draw and decode for the page, and the line in front of the one that draws."""

import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from threading import Event, Thread

import pygame
import pytest

from kiosk.config import shipped_figures
from kiosk.editor.child import Child, ChildError
from kiosk.editor.decoding import LONGEST_FRAME_PX, LONGEST_PHOTO_PX, answer_to, fitted
from kiosk.editor.pictures import PictureError, decoder, written_anew
from kiosk.editor.preview import MOST_WAITING, BusyError, Line, SupersededError
from tests.page_server import SHIPPED

PATIENCE_S = 60.0
IDLE_S = 600.0


def picture(size: tuple[int, int], suffix: str = ".png", colour: tuple[int, int, int] = (200, 30, 40)) -> bytes:
    surface = pygame.Surface(size)
    surface.fill(colour)
    content = BytesIO()
    pygame.image.save(surface, content, f"picture{suffix}")
    return content.getvalue()


def loaded(content: bytes) -> pygame.Surface:
    return pygame.image.load(BytesIO(content))


# --- uploaded pictures ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_photo_is_made_smaller_and_keeps_its_shape(suffix: str) -> None:
    got = written_anew([picture((2400, 1200), suffix)])
    assert (got.width, got.height) == (LONGEST_PHOTO_PX, LONGEST_PHOTO_PX // 2)
    assert loaded(got.frames[0]).get_size() == (got.width, got.height)
    assert loaded(got.frames[0]).get_at((5, 5)).r > 180


def test_the_frames_of_a_clip_stay_in_order() -> None:
    got = written_anew([picture((1280, 720), ".jpg", (0, shade, 0)) for shade in (0, 100, 200)])
    assert (got.width, got.height) == (LONGEST_FRAME_PX, 360)
    shades = [loaded(frame).get_at((5, 5)).g for frame in got.frames]
    assert shades == sorted(shades)
    assert shades[2] - shades[0] > 150


def test_nothing_of_the_file_is_kept_but_its_picture() -> None:
    secret = b"Exif\x00\x00 at home"
    jpeg = picture((64, 64), ".jpg")
    with_more = jpeg[:2] + b"\xff\xe1" + (len(secret) + 2).to_bytes(2) + secret + jpeg[2:] + b"<script>"
    (frame,) = written_anew([with_more]).frames
    assert secret not in frame
    assert b"script" not in frame


def test_a_photo_stands_upright_as_the_telephone_was_held() -> None:
    jpeg = picture((640, 320), ".jpg")
    orientation = (
        b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00" + bytes(4)
    )
    turned = jpeg[:2] + b"\xff\xe1" + (len(orientation) + 2).to_bytes(2) + orientation + jpeg[2:]
    said, content = answer_to([len(turned)], turned)
    assert (said["width"], said["height"]) == (320, 640) == loaded(content).get_size()


def test_one_process_decodes_all_pictures_of_a_zip() -> None:
    with decoder() as decode:
        assert decode([picture((8, 8))]).width == 8
        with pytest.raises(PictureError):
            decode([b"no picture"])
        assert decode([picture((16, 8))]).width == 16


def jpeg_of_scans(count: int) -> bytes:
    """Return a progressive JPEG that is grey, and paints that over and over."""

    def segment(marker: int, content: bytes) -> bytes:
        return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2) + content

    def table(which: int) -> bytes:
        return segment(0xC4, bytes([which, 1, *bytes(15), 0]))

    def scan(first: int, last: int) -> bytes:
        return segment(0xDA, bytes([1, 1, 0, first, last, 0])) + b"\x7f"

    size = segment(0xC2, bytes([8, 0, 8, 0, 8, 1, 1, 0x11, 0]))
    head = b"\xff\xd8" + segment(0xDB, bytes([0] + 64 * [1])) + size + table(0x00) + table(0x10)
    return head + scan(0, 0) + scan(1, 63) * (count - 1) + b"\xff\xd9"


def test_a_progressive_photo_is_taken() -> None:
    assert loaded(written_anew([jpeg_of_scans(10)]).frames[0]).get_size() == (8, 8)


def png_that_says(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + width.to_bytes(4) + height.to_bytes(4) + bytes(30)


@pytest.mark.parametrize(
    "files",
    [
        [b""],
        [b"no picture"],
        [b"GIF89a" + bytes(100)],
        [b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
        [b"\xff\xd8"],
        [b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x10\x00\x10" + bytes(60)],
        [picture((64, 64))[:60]],
        [picture((64, 64), ".jpg")[:200]],
        [jpeg_of_scans(1001)],
        [png_that_says(0, 10)],
        [png_that_says(100_000, 100_000)],
        [png_that_says(2**32 - 1, 1)],
        [picture((64, 64)), picture((64, 32))],
        [picture((64, 64)), b"no picture"],
    ],
    ids=range(14),
)
def test_what_is_no_usable_picture_is_refused_in_words(files: list[bytes]) -> None:
    said, content = answer_to([len(file) for file in files], b"".join(files))
    assert re.fullmatch(r"This picture .*\.|The pictures .*\.", said["error"])
    assert content == b""


@pytest.mark.parametrize("count", [0, 41])
def test_neither_a_photo_nor_a_clip_is_refused(count: int) -> None:
    with pytest.raises(PictureError, match=r"a clip has up to 40\.$"):
        written_anew([picture((8, 8))] * count)


@pytest.mark.parametrize(("size", "expected"), [((10, 10), (10, 10)), ((5000, 1), (640, 1)), ((640, 1280), (320, 640))])
def test_a_picture_is_never_made_larger(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert fitted(size, 640) == expected


def test_decoding_may_take_only_so_much_memory_and_no_files() -> None:
    child = Child("kiosk.editor.decoding")
    file = picture((8, 8))
    child.ask({"sizes": [len(file)]}, file)
    assert child.pid is not None
    limits = {one: resource.prlimit(child.pid, one)[1] for one in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE)}
    child.close()
    assert 0 < limits[resource.RLIMIT_AS] < 2**30
    assert limits[resource.RLIMIT_FSIZE] == 0


# --- the process that draws -------------------------------------------------------------------------------------------


@pytest.fixture
def drawing() -> Iterator[Child]:
    child = Child("kiosk.editor.drawing", str(IDLE_S))
    yield child
    child.close()


def wall(
    kind: str = "circuits", name: str = "back-and-core-for-runners", at_s: float = 30, width: int = 640
) -> dict[str, object]:
    return {"do": "wall", "folder": str(SHIPPED), "kind": kind, "name": name, "at_s": at_s, "width": width}


def test_the_wall_is_drawn_at_a_time_of_a_circuit(drawing: Child) -> None:
    pictures = [drawing.ask(wall(at_s=at_s))[1] for at_s in (-5, 30, 100, 1e9)]
    assert {loaded(one).get_size() for one in pictures} == {(640, 360)}
    assert len(set(pictures)) == 4


def test_an_exercise_is_drawn_in_work(drawing: Child) -> None:
    one, other = (drawing.ask(wall("exercises", name, 1))[1] for name in ("side-plank", "glute-bridge"))
    assert one != other


def test_a_still_is_mirrored_for_the_other_side(drawing: Child) -> None:
    request = {"do": "still", "file": str(shipped_figures()["side-plank"].path)}
    left, right = (loaded(drawing.ask({**request, "side": side})[1]) for side in ("left", "right"))
    mirrored = pygame.transform.flip(left, True, False)
    assert pygame.image.tobytes(mirrored, "RGB") == pygame.image.tobytes(right, "RGB")


def test_the_process_stays_warm(drawing: Child) -> None:
    drawing.ask(wall())
    pid = drawing.pid
    drawing.ask(wall(at_s=60))
    assert drawing.pid == pid


def test_it_can_be_started_before_it_is_asked(drawing: Child) -> None:
    drawing.warm_up()
    pid = drawing.pid
    assert pid is not None
    drawing.warm_up()
    drawing.ask(wall())
    assert drawing.pid == pid
    drawing.close()
    drawing.warm_up()
    assert drawing.pid is None


def test_what_cannot_be_drawn_is_said_and_the_process_stays(drawing: Child) -> None:
    drawing.ask(wall())
    pid = drawing.pid
    for request in (wall(name="no-such"), wall("exercises", "no-such"), {**wall(), "folder": "/no/such"}):
        with pytest.raises(ChildError, match="cannot be drawn"):
            drawing.ask(request)
    assert drawing.pid == pid


def test_a_new_process_takes_the_place_of_one_that_has_died(drawing: Child) -> None:
    first = drawing.ask(wall())[1]
    pid = drawing.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert drawing.ask(wall())[1] == first
    assert drawing.pid != pid


def test_it_ends_when_nobody_asks_any_more() -> None:
    command = [sys.executable, "-I", "-m", "kiosk.editor.drawing", "0"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.wait(PATIENCE_S) == 0


def test_one_that_ends_while_it_is_asked_is_asked_again() -> None:
    child = Child("kiosk.editor.drawing", "0")
    assert len({child.ask(wall())[1] for _ in range(4)}) == 1
    child.close()
    assert child.pid is None


def test_one_that_was_closed_does_not_begin_again(drawing: Child) -> None:
    drawing.ask(wall())
    drawing.close()
    with pytest.raises(ChildError):
        drawing.ask(wall())
    assert drawing.pid is None


def test_one_that_never_answers_is_ended() -> None:
    child = Child("http.server", "0", "--bind", "127.0.0.1", patience_s=0.0)
    with pytest.raises(ChildError, match="try again"):
        child.ask({})
    assert child.pid is None


# --- the line ---------------------------------------------------------------------------------------------------------


class Drawer(Thread):
    """A request in a thread of its own, with what became of it."""

    def __init__(self, ask: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._ask = ask
        self.result: object = None
        self.start()

    def run(self) -> None:
        try:
            self.result = self._ask()
        except (SupersededError, BusyError) as error:
            self.result = type(error)

    def done(self) -> object:
        self.join(PATIENCE_S)
        assert not self.is_alive()
        return self.result


class Busy:
    """A line in which somebody draws until the test says so."""

    def __init__(self) -> None:
        self.line = Line()
        self.drawn: list[str] = []
        self._begun, self._go_on = Event(), Event()
        self.first = Drawer(lambda: self.line.newest("first", self._hold))
        assert self._begun.wait(PATIENCE_S)

    def _hold(self) -> str:
        self._begun.set()
        assert self._go_on.wait(PATIENCE_S)
        return "first"

    def add(self, who: str, name: str, *, waiting: int) -> Drawer:
        """Ask for the picture of a draft, so that then so many wait."""
        return self._waits(Drawer(lambda: self.line.newest(who, lambda: self.draw(name))), waiting)

    def add_still(self, name: str, *, waiting: int) -> Drawer:
        return self._waits(Drawer(lambda: self.line.after_others(lambda: self.draw(name))), waiting)

    def _waits(self, drawer: Drawer, waiting: int) -> Drawer:
        assert self.line.wait_until_waiting(waiting, PATIENCE_S)
        return drawer

    def draw(self, name: str) -> str:
        self.drawn.append(name)
        return name

    def end(self) -> None:
        self._go_on.set()
        assert self.first.done() == "first"


def test_only_the_newest_picture_of_a_browser_is_drawn() -> None:
    busy = Busy()
    newest = busy.add("phone", "0", waiting=1)
    for number in range(1, 5):
        old, newest = newest, Drawer(partial(busy.line.newest, "phone", partial(busy.draw, str(number))))
        assert old.done() is SupersededError
    busy.end()
    assert newest.done() == "4"
    assert busy.drawn == ["4"]


def test_another_browser_supersedes_nothing() -> None:
    busy = Busy()
    phone, laptop = busy.add("phone", "phone", waiting=1), busy.add("laptop", "laptop", waiting=2)
    busy.end()
    assert (phone.done(), laptop.done()) == ("phone", "laptop")
    assert busy.drawn == ["phone", "laptop"]


def test_stills_wait_for_pictures_of_drafts() -> None:
    busy = Busy()
    stills = [busy.add_still("a", waiting=1), busy.add_still("b", waiting=2)]
    draft = busy.add("phone", "draft", waiting=3)
    busy.end()
    assert [one.done() for one in (*stills, draft)] == ["a", "b", "draft"]
    assert busy.drawn == ["draft", "a", "b"]


def test_too_many_do_not_wait() -> None:
    busy = Busy()
    waiting = [busy.add(str(number), str(number), waiting=number + 1) for number in range(MOST_WAITING)]
    assert Drawer(lambda: busy.line.newest("one more", lambda: "drawn")).done() is BusyError
    busy.end()
    assert [one.done() for one in waiting] == [str(number) for number in range(MOST_WAITING)]


def test_whoever_has_left_is_not_waited_for() -> None:
    busy = Busy()
    phone = busy.add("phone", "phone", waiting=1)
    busy.line.forget("phone")
    assert phone.done() is SupersededError
    busy.end()
    assert busy.drawn == []


def test_a_picture_that_fails_holds_nobody_up() -> None:
    line = Line()
    with pytest.raises(ChildError):
        line.newest("phone", lambda: (_ for _ in ()).throw(ChildError("no")))
    assert line.newest("phone", lambda: "drawn") == "drawn"
