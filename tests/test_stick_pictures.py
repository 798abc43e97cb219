"""A gym's own pictures on a USB stick: taken with everything else, replaced as a whole, and copied to an empty one."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pygame
import pytest

from kiosk import config
from kiosk.notice import Notice, Row
from kiosk.stick import files
from kiosk.stick.__main__ import Unit
from kiosk.stick.replaced import replaced_by
from tests.pictures import content, photo, put_clip, put_photo
from tests.sticks import FakeDevice, everything, names, plug_in, put, read

SWING = "name: Swing\npicture: swing\n"


def taken(stick: Path, wall: Path) -> Notice:
    said = plug_in(stick, wall)
    assert said is not None
    return said


def test_a_photo_comes_with_its_exercise(stick: Path, wall: Path) -> None:
    put(stick, "exercises/swing.yaml", SWING)
    written = put_photo(stick, "swing.JPG")
    said = taken(stick, wall)
    assert said.rows == (Row("Swing", "exercise"), Row("swing", "picture"))
    (file,) = config.load(wall).pictures["swing"].files
    assert file.path.name == "swing.jpg"
    assert file.path.read_bytes() == written.read_bytes()


def test_a_clip_is_one_picture(stick: Path, wall: Path) -> None:
    put(wall, "exercises/swing.yaml", SWING)
    put_photo(wall, "swing.jpg")
    put_clip(stick, "swing", 12)
    said = taken(stick, wall)
    assert said.headline == "1 picture taken from the stick"
    assert said.rows == (Row("swing", "picture"),)
    assert len(config.load(wall).pictures["swing"].files) == 12
    assert "swing.jpg" not in names(wall / "pictures")


def test_a_photo_replaces_a_clip_and_a_shorter_clip_the_longer_one(stick: Path, wall: Path) -> None:
    put(wall, "exercises/swing.yaml", SWING)
    put_clip(wall, "swing", 5)
    put_photo(wall, "other.jpg")
    before = everything(wall)
    for path in put_clip(stick, "swing", 3):
        path.write_bytes(content(photo((80, 45))))
    taken(stick, wall)
    assert names(wall / "pictures") == {"swing-01.jpg", "swing-02.jpg", "swing-03.jpg", "other.jpg"}
    for path in (stick / "pictures").iterdir():
        path.unlink()
    put_photo(stick, "swing.png")
    taken(stick, wall)
    assert names(wall / "pictures") == {"swing.png", "other.jpg"}
    assert everything(wall).keys() != before.keys()


def test_a_photo_with_a_number_at_its_end_replaces_no_other() -> None:
    gone = replaced_by({"pictures/plan-01.jpg", "circuits/monday.yaml"})
    assert "pictures/plan.jpg" not in gone
    assert {"pictures/plan-01.png", "pictures/plan-01.JPEG", "circuits/monday.yml"} <= gone
    both = replaced_by({"pictures/plan-01.jpg", "pictures/plan-02.jpg"})
    assert {"pictures/plan.jpg", "pictures/plan-03.jpg"} <= both
    assert "pictures/plan-02.jpg" not in both


def test_what_the_wall_has_already_is_no_news_and_not_decoded(
    stick: Path, wall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (stick, wall):
        put(folder, "exercises/swing.yaml", SWING)
        put_photo(folder, "swing.jpg")
    monkeypatch.setattr(pygame.image, "load", None)
    assert taken(stick, wall).headline == "Nothing new on the stick"


@pytest.mark.parametrize(
    ("name", "data", "what", "where"),
    [
        ("swing.jpg", b"x", "picture: swing.jpg is not a JPEG or PNG.", "On the stick: exercises/swing.yaml, line 2"),
        (
            "swing.jpg",
            content(photo(), ".png")[:90],
            "the picture cannot be shown: swing.jpg cannot be decoded",
            "On the stick: pictures/swing.jpg",
        ),
        ("swing.jpg", bytes(8_000_001), "the file is too large.", "On the stick: pictures/swing.jpg"),
        (
            "swin.jpg",
            content(photo()),
            'picture: there is no picture "swing".',
            "On the stick: exercises/swing.yaml, line 2",
        ),
    ],
    ids=["not a picture", "damaged", "too large", "another name"],
)
def test_one_mistake_and_nothing_is_changed(
    name: str, data: bytes, what: str, where: str, stick: Path, wall: Path
) -> None:
    put(stick, "exercises/swing.yaml", SWING)
    put(stick, f"pictures/{name}", data)
    before = everything(wall)
    said = taken(stick, wall)
    assert said.headline == "Stick not taken"
    assert said.what.startswith(what)
    assert said.where == where
    assert everything(wall) == before


def test_links_are_refused(stick: Path, wall: Path) -> None:
    (stick / "pictures").mkdir()
    (stick / "pictures" / "swing.jpg").symlink_to("/etc/passwd")
    assert taken(stick, wall).what == "this is a link or not an ordinary file."


@pytest.mark.parametrize("limit", ["MOST_PICTURES", "MOST_PICTURE_BYTES"])
def test_there_is_a_limit(limit: str, stick: Path, wall: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_clip(stick, "swing", 4)
    monkeypatch.setattr(files, limit, 3)
    assert taken(stick, wall).what == "there is too much on the stick."


def test_they_are_not_all_in_memory_at_once(stick: Path, wall: Path) -> None:
    """The unit may take 256 MB, of which decoding a photo takes 70."""
    put(stick, "exercises/swing.yaml", SWING)
    put_photo(stick, "swing.jpg")
    for number in range(9):
        put(stick, f"pictures/unused-{number}.jpg", bytes([number]) * 4_000_000)
    tracemalloc.start()
    try:
        assert taken(stick, wall).headline == "1 exercise taken from the stick"
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 24_000_000
    assert len(names(wall / "pictures")) == 10


def test_an_empty_stick_gets_them_and_can_be_put_in_again(stick: Path, wall: Path) -> None:
    put(wall, "exercises/swing.yaml", SWING)
    written = put_clip(wall, "swing", 3)
    said = Unit(FakeDevice(stick.parent), wall).carry_out(read(stick, wall))
    assert said is not None
    assert (stick / "pictures" / "swing-02.jpg").read_bytes() == written[1].read_bytes()
    assert taken(stick, wall).headline == "Nothing new on the stick"
