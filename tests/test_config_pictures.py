"""A gym's own pictures in the config folder: found, looked at and checked with everything else."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cli import main
from kiosk.config import check, load
from kiosk.errors import ConfigError
from kiosk.picture.header import Header, HeaderError, header_of
from tests.conftest import ROOT
from tests.pictures import content, photo, put_clip, put_photo, with_exif

PLACE = "gym/exercises/swing.yaml:2:10: picture:"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a config folder with one exercise, which names a picture that is not there yet."""
    monkeypatch.chdir(tmp_path)
    folder = Path("gym")
    for name in ("circuits", "exercises", "pictures"):
        (folder / name).mkdir(parents=True)
    (folder / "circuits" / "core.yaml").write_text("{name: Core, work: 30, exercises: [swing]}\n")
    names(folder, "swing")
    return folder


def names(folder: Path, picture: str, more: str = "") -> None:
    """Write the exercise that names this picture."""
    (folder / "exercises" / "swing.yaml").write_text(f"name: Swing\npicture: {picture}\n{more}")


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / "pictures" / name
    path.write_bytes(data)
    return path


def problems(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder)
    return list(caught.value.lines)


class TestFound:
    @pytest.mark.parametrize("name", ["swing.jpg", "swing.jpeg", "swing.png", "swing.JPG"])
    def test_a_photo(self, folder: Path, name: str) -> None:
        path = put_photo(folder, name, (320, 200))
        library = load(folder)
        picture = library.pictures["swing"]
        assert library.exercises["swing"].picture == "swing"
        assert [file.path for file in picture.files] == [path]
        assert picture.shape == 1.6

    def test_a_clip_has_its_frames_in_order(self, folder: Path) -> None:
        paths = put_clip(folder, "swing", 12)
        assert [file.path for file in load(folder).pictures["swing"].files] == paths

    def test_the_longest_clip(self, folder: Path) -> None:
        put_clip(folder, "swing", 40, (16, 9))
        assert load(folder).pictures["swing"].frame_at(3.95)[0] == 39

    def test_a_photo_may_end_in_a_number(self, folder: Path) -> None:
        names(folder, "swing-01")
        put_photo(folder, "swing-01.jpg")
        assert len(load(folder).pictures["swing-01"].files) == 1

    def test_one_for_several_exercises(self, folder: Path) -> None:
        put_photo(folder, "swing.jpg")
        (folder / "exercises" / "heavy.yaml").write_text("{name: Heavy swing, picture: swing}")
        assert load(folder).pictures.keys() == {"swing"}

    def test_what_no_exercise_names_is_not_looked_at(self, folder: Path) -> None:
        put_photo(folder, "swing.jpg")
        for name in ("holiday.jpg", "Thumbs.db", "a b.png", "clip-01.jpg", "clip-05.jpg"):
            put(folder, name, b"x")
        assert load(folder).pictures.keys() == {"swing"}

    def test_another_file_is_another_library(self, folder: Path) -> None:
        put_photo(folder, "swing.jpg")
        before = load(folder)
        assert load(folder) == before
        put_photo(folder, "swing.jpg", at=0.1)
        assert load(folder) != before

    def test_without_pictures_nothing_about_them_is_imported(self) -> None:
        script = "import sys; from kiosk import config; config.load(config.shipped('config')); print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
        assert not {"pygame", "kiosk.picture.decode"} & set(done.stdout.split())


class TestRefused:
    @pytest.mark.parametrize(
        ("files", "message"),
        [
            ([], 'there is no picture "swing"; put swing.jpg into the folder pictures'),
            (["swin.jpg"], 'there is no picture "swing"; did you mean "swin"?'),
            (["swings-01.jpg", "swings-02.jpg"], 'there is no picture "swing"; did you mean "swings"?'),
            (["row.jpg", "pull-01.jpg"], 'there is no picture "swing"; possible here: pull, row'),
            (["swing.jpg", "swing.png"], "there are swing.jpg and swing.png; keep one of the two"),
            (
                ["swing.jpg", "swing-01.jpg"],
                "there are a photo swing.jpg and the frame swing-01.jpg of a clip; keep the photo or the frames",
            ),
            (
                ["swing-01.jpg", "swing-02.jpg", "swing-04.jpg"],
                "the clip has no frame 3, but swing-04.jpg; add swing-03.jpg",
            ),
            (["swing-02.png"], "the clip has no frame 1, but swing-02.png; add swing-01.png"),
            (["swing-01.jpg", "swing-01.png"], "there are swing-01.jpg and swing-01.png; keep one of the two"),
            (["swing-01.jpg", "swing-41.jpg"], "the clip has a frame 41; at most 40, which is 4 s"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )
    def test_names_that_are_not_as_they_should_be(self, folder: Path, files: list[str], message: str) -> None:
        for name in files:
            put_photo(folder, name, (32, 18))
        assert problems(folder) == [f"{PLACE} {message}"]

    @pytest.mark.parametrize(
        ("name", "right"),
        [
            ("swing.heic", "save swing.heic as a JPEG"),
            ("swing.GIF", "save swing.GIF as a JPEG"),
            (
                "swing.mp4",
                "save the frames of swing.mp4 as swing-01.jpg, swing-02.jpg and so on, ten a second",
            ),
        ],
    )
    def test_files_of_other_kinds(self, folder: Path, name: str, right: str) -> None:
        put(folder, name, b"x")
        what = 'there is no picture "swing" of a kind that the wall can show'
        assert problems(folder) == [f"{PLACE} {what}; {right}"]

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "swing.jpg is not a JPEG or PNG; save it as a JPEG"),
            (b"GIF89a", "swing.jpg is not a JPEG or PNG; save it as a JPEG"),
            (content(photo())[:100], "swing.jpg is cut off; save it as a JPEG"),
            (b"\xff\xd8\xff\xd9\0\0\0\0", "swing.jpg is damaged; save it as a JPEG"),
            (b"\xff\xd8" + 8 * b"\0", "swing.jpg is damaged; save it as a JPEG"),
            (
                b"\xff\xd8\xff\xc0\0\x14\x08\x10\0\x10\0\x04",
                "swing.jpg has the colours of a printer (CMYK); save it as a JPEG",
            ),
            (
                content(photo((4100, 8)), ".png"),
                "swing.jpg has 4100x8 pixels; make it smaller: at most 4096 each way, and 1920 are enough",
            ),
            (content(photo()) + bytes(8_000_000), "swing.jpg is too large (8.0 MB); at most 8 MB"),
        ],
        ids=range(8),
    )
    def test_photos_that_the_wall_cannot_show(self, folder: Path, data: bytes, message: str) -> None:
        put(folder, "swing.jpg", data)
        assert problems(folder) == [f"{PLACE} {message}"]

    def test_a_large_frame(self, folder: Path) -> None:
        put_clip(folder, "swing", 2)
        put(folder, "swing-03.jpg", content(photo()) + bytes(1_000_000))
        assert problems(folder) == [f"{PLACE} swing-03.jpg is too large (1.0 MB); at most 1 MB"]

    def test_frames_of_different_sizes(self, folder: Path) -> None:
        put_clip(folder, "swing", 2)
        put_photo(folder, "swing-03.jpg", (90, 160))
        what = "swing-01.jpg and swing-03.jpg differ in size: 160x90 and 90x160"
        assert problems(folder) == [f"{PLACE} {what}; make them alike"]

    def test_a_figure_too(self, folder: Path) -> None:
        put_photo(folder, "swing.jpg")
        names(folder, "swing", "figure: squat\n")
        what = "there is also a figure, and the wall shows one of the two"
        assert problems(folder) == [f"{PLACE} {what}; remove one of the lines"]

    @pytest.mark.parametrize("key", ["photo", "image", "clip", "video"])
    def test_another_key_for_it(self, folder: Path, key: str) -> None:
        (folder / "exercises" / "swing.yaml").write_text(f"name: Swing\n{key}: swing\n")
        what = f'"{key}" does not belong here; write "picture: ..."'
        assert problems(folder) == [f"gym/exercises/swing.yaml:2:1: {what}"]

    @pytest.mark.parametrize(
        ("written", "message"),
        [
            ("swing.jpg", '"swing.jpg": a name is expected here; leave out .jpg'),
            ("swing.PNG", '"swing.PNG": a name is expected here; leave out .png'),
            (
                "../swing",
                '"../swing" cannot be the name of a picture; use letters, digits and hyphens, at most 64',
            ),
        ],
    )
    def test_what_is_no_name(self, folder: Path, written: str, message: str) -> None:
        names(folder, written)
        assert problems(folder) == [f"{PLACE} {message}"]

    def test_what_is_no_file(self, folder: Path) -> None:
        (folder / "pictures" / "swing.jpg").mkdir()
        assert problems(folder) == [f"{PLACE} swing.jpg is not an ordinary file; replace it with one"]
        (folder / "pictures" / "swing.jpg").rmdir()
        os.mkfifo(folder / "pictures" / "swing.jpg")
        assert problems(folder) == [f"{PLACE} swing.jpg is not an ordinary file; replace it with one"]

    def test_a_link_into_nothing(self, folder: Path) -> None:
        (folder / "pictures" / "swing.jpg").symlink_to("nowhere")
        assert problems(folder) == [f"{PLACE} swing.jpg cannot be read (No such file or directory)"]

    def test_a_folder_that_is_a_file(self, folder: Path) -> None:
        (folder / "pictures").rmdir()
        (folder / "pictures").touch()
        assert problems(folder) == [f'{PLACE} there is no picture "swing"; put swing.jpg into the folder pictures']


class TestHeader:
    @pytest.mark.parametrize("order", ["<", ">"])
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_a_photo_is_as_the_telephone_was_held(self, orientation: int, order: str) -> None:
        data = with_exif(content(photo((40, 20))), orientation, order)
        size = (20, 40) if orientation >= 5 else (40, 20)
        assert header_of(BytesIO(data)) == Header(*size, orientation)

    @pytest.mark.parametrize("orientation", [0, 9, 65535])
    def test_an_orientation_that_makes_no_sense_is_none(self, orientation: int) -> None:
        data = with_exif(content(photo((40, 20))), orientation)
        assert header_of(BytesIO(data)) == Header(40, 20)

    @given(st.integers(0, 700), st.binary(max_size=20))
    def test_any_slip_is_a_header_or_an_error(self, at: int, slip: bytes) -> None:
        whole = with_exif(content(photo((40, 20))), 6)
        with suppress(HeaderError):
            header = header_of(BytesIO(whole[:at] + slip + whole[at + len(slip) :]))
            assert min(header.width, header.height) > 0


class TestCheck:
    def test_decodes_them(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put_clip(folder, "swing", 3)
        assert main(["check", str(folder)]) == 0
        assert "gym is fine: 1 circuit, 1 exercise, 1 picture" in capsys.readouterr().out

    def test_says_which_file_cannot_be_decoded(self, folder: Path) -> None:
        put_clip(folder, "swing", 2)
        path = put(folder, "swing-02.jpg", content(photo((160, 90)), ".png")[:80])
        load(folder)
        with pytest.raises(ConfigError) as caught:
            check(folder)
        (line,) = caught.value.lines
        assert line.startswith(f"{path}: the picture cannot be shown: swing-02.jpg cannot be decoded (")
        assert line.endswith("; save it again")

    def test_leaves_out_what_is_known_to_be_good(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        paths = put_clip(folder, "swing", 3)
        opened = []
        real = pygame.image.load

        def noting(file: object, name: str) -> pygame.Surface:
            opened.append(name)
            return real(file, name)  # type: ignore[arg-type]

        monkeypatch.setattr(pygame.image, "load", noting)
        check(folder, is_good=lambda file: file.path == paths[1])
        assert opened == ["swing-01.jpg", "swing-03.jpg"]
