"""The figures' files: any content, or another thing in a file's place, gives a picture within its box or none."""

from __future__ import annotations

import json
import logging
import os
import shutil
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Any

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.figure.draw_clip import AREAS, changed_areas, draw_clip, draw_one
from kiosk.figure.drawing import Drawing
from kiosk.figure.loading import load_figure
from kiosk.figure.picture import RAW_DEFLATE, Layer, PackedLayer, canvas_rect
from kiosk.screen.drawn_figures import DrawnFigures
from kiosk.screen.figure import FigureFrames, files
from kiosk.screen.figure.clip import Clip
from kiosk.screen.figure.files import CLIP, STILL, SUFFIX, Folders, file_name
from kiosk.screen.figures import FigureMoment, SizedFigure
from tests.test_figure_frames import LIME, screen_of, wait_for

FOLDER = Path(__file__).parents[1] / "assets" / "figures"
CLAM = load_figure(FOLDER / "clamshell.yaml")
BOX = (64, 36)
DRAWING = Drawing(CLAM, BOX)


def drawn_clip() -> bytes:
    pictures = draw_clip(DRAWING, CLAM.rows)
    while True:
        try:
            next(pictures)
        except StopIteration as done:
            return bytes(done.value)


CONTENTS = {"still": draw_one(DRAWING, CLAM.still_step), "clip": drawn_clip()}


def unpacked(content: bytes, flipped: bool = False) -> list[Layer]:
    """Return all layers of a clip's file content. Raises ValueError if the content is not a valid clip."""
    clip = Clip(content, CLAM, SizedFigure(CLAM.id, BOX), flipped)
    for i in range(30):
        clip.at(FigureMoment("clamshell", i / 10, BOX, LIME, arrows=True))
    while clip.unpack_one(None):
        pass
    return [lazy.layer() for move in clip.moves for lazy in (move.first, *move.deltas, *filter(None, move.accents))]


@contextmanager
def nothing_large() -> Iterator[None]:
    """Fail if a surface larger than the box with its margin is made, or if Python allocates more than 3 MB."""
    surface = pygame.Surface
    most = canvas_rect(BOX)

    def small(size: tuple[int, int], *more: Any) -> pygame.Surface:
        assert size[0] <= most.width
        assert size[1] <= most.height
        return surface(size, *more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pygame, "Surface", small)
        tracemalloc.start()
        try:
            yield
            assert tracemalloc.get_traced_memory()[1] < 3_000_000
        finally:
            tracemalloc.stop()


def check(content: bytes) -> None:
    """Check that a file content gives pictures within the box or a ValueError, without using much memory."""
    with nothing_large():
        try:
            layers = unpacked(content)
        except ValueError:
            return
    assert all(canvas_rect(BOX).contains(layer.rect) for layer in layers)


@pytest.mark.parametrize("kind", CONTENTS)
def test_what_is_right_is_taken(kind: str) -> None:
    with nothing_large():
        assert unpacked(CONTENTS[kind])


CHANGES = st.lists(st.tuples(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=6)), min_size=1, max_size=4)


def changed(content: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    data = bytearray(content)
    for at, new in changes:
        at %= len(data)
        data[at : at + len(new)] = new
    return bytes(data)


@given(st.sampled_from(sorted(CONTENTS)), CHANGES, st.booleans(), st.integers(0, 100))
def test_any_change_of_a_content_gives_a_picture_within_its_box_or_an_error(
    kind: str, changes: list[tuple[int, bytes]], early: bool, cut: int
) -> None:
    content = CONTENTS[kind]
    if early:
        # Put all changes into the line of JSON at the start of the file.
        changes = [(at % content.index(b"\n"), new) for at, new in changes]
    check(changed(content, changes)[: len(content) - cut if cut else None])


@given(st.binary(max_size=200), st.sampled_from([b"{}\n", b"[]\n", b'{"layers": []}\n', b""]))
def test_any_bytes_give_a_picture_within_its_box_or_an_error(content: bytes, head: bytes) -> None:
    check(head + content)


def with_layer(kind: object, rect: list[object], pixels: bytes) -> bytes:
    """Return the still's file content with another layer as its first picture."""
    head, rest = CONTENTS["still"].split(b"\n", 1)
    about = json.loads(head)
    about["layers"].append([kind, *rect, len(pixels)])
    about["moves"][0]["first"] = len(about["layers"]) - 1
    return json.dumps(about).encode() + b"\n" + rest + pixels


NUMBERS = st.integers() | st.floats() | st.none() | st.text(max_size=3)
"""Values that JSON can have in the place of a number."""
KINDS = st.sampled_from(["keyed", "alpha", "plain", "?", 0, None])


@given(st.lists(NUMBERS | st.integers(-99, 99), max_size=5), KINDS, st.binary(max_size=40))
def test_no_header_makes_a_large_surface(rect: list[object], kind: object, raw: bytes) -> None:
    check(with_layer(kind, rect, zlib.compress(raw, wbits=RAW_DEFLATE)))


@given(st.sampled_from(["names", "first", "deltas", "areas", "accents"]), st.recursive(NUMBERS, st.lists, max_leaves=9))
def test_no_move_is_taken_that_cannot_be_shown(key: str, value: object) -> None:
    head, rest = CONTENTS["still"].split(b"\n", 1)
    about = json.loads(head)
    about["moves"][0][key] = value
    check(json.dumps(about).encode() + b"\n" + rest)


@pytest.mark.parametrize("kind", ["keyed", "alpha", "plain"])
def test_what_unpacks_to_much_more_than_its_box_is_not_unpacked(kind: str) -> None:
    content = with_layer(kind, [0, 0, 10, 10], zlib.compress(bytes(200_000_000), 9, wbits=RAW_DEFLATE))
    with nothing_large(), pytest.raises(ValueError, match="damaged"):
        unpacked(content)


@pytest.mark.parametrize("kind", ["keyed", "plain"])
def test_a_layer_comes_back_as_it_was(kind: str) -> None:
    picture = DRAWING.whole(CLAM.poses["open"])
    layer = picture.colour if kind == "keyed" else picture.accent
    assert layer
    packed = layer.packed()
    assert packed.kind == kind
    assert PackedLayer(*packed) == packed
    back = packed.unpacked()
    assert back.rect == layer.rect
    assert pygame.image.tostring(back.surface, "RGB") == pygame.image.tostring(layer.surface, "RGB")


SPOTS = st.lists(st.tuples(st.integers(0, 59), st.integers(0, 39)), max_size=30)


@given(SPOTS)
def test_every_change_lies_in_one_of_a_few_areas(spots: list[tuple[int, int]]) -> None:
    same = pygame.Mask((60, 40), fill=True)
    for spot in spots:
        same.set_at(spot, 0)
    areas = changed_areas(same)
    assert len(areas) <= AREAS
    assert all(any(area.collidepoint(spot) for area in areas) for spot in spots)
    around = pygame.Rect(spots[0], (1, 1)).unionall([pygame.Rect(spot, (1, 1)) for spot in spots]) if spots else None
    assert all(around is not None and around.contains(area) for area in areas)
    assert all(not one.colliderect(other) for one, other in combinations(areas, 2))


def test_what_lies_far_apart_is_told_apart() -> None:
    same = pygame.Mask((400, 100), fill=True)
    for rect in ((0, 0, 40, 40), (360, 80, 40, 20)):
        same.erase(pygame.Mask(rect[2:], fill=True), rect[:2])
    assert changed_areas(same) == [pygame.Rect(0, 0, 40, 40), pygame.Rect(360, 80, 40, 20)]
    assert changed_areas(pygame.Mask((9, 9), fill=True)) == []


class TestFile:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / f"picture{SUFFIX}"
        files.write(path, CONTENTS["clip"])
        return path

    def test_comes_back_as_it_was(self, path: Path) -> None:
        assert files.read(path) == CONTENTS["clip"]

    @given(at=st.integers(0, 1 << 16), bit=st.integers(0, 7))
    def test_one_bit_is_noticed(self, tmp_path_factory: pytest.TempPathFactory, at: int, bit: int) -> None:
        path = tmp_path_factory.mktemp("one") / "picture"
        files.write(path, CONTENTS["clip"])
        data = bytearray(path.read_bytes())
        data[at % len(data)] ^= 1 << bit
        path.write_bytes(data)
        with pytest.raises(ValueError, match="damaged"):
            files.read(path)

    @pytest.mark.parametrize("kept", [0, 1, 3, 4, 40])
    def test_half_of_it_is_noticed(self, path: Path, kept: int) -> None:
        path.write_bytes(path.read_bytes()[:kept])
        with pytest.raises(ValueError, match="damaged"):
            unpacked(files.read(path))

    def test_one_that_is_far_too_large_is_not_read(self, path: Path) -> None:
        os.truncate(path, 10 * 1024**3)
        with nothing_large(), pytest.raises(ValueError, match="too large"):
            files.read(path)

    def test_a_pipe_a_folder_or_a_device_is_no_file(self, path: Path) -> None:
        path.unlink()
        os.mkfifo(path)
        with pytest.raises(OSError, match="not a file"):
            files.read(path)
        path.unlink()
        path.mkdir()
        with pytest.raises(IsADirectoryError):
            files.read(path)
        path.rmdir()
        path.symlink_to("/dev/zero")
        with pytest.raises(OSError, match="not a file"):
            files.read(path)


class TestUse:
    """A file's time is that of its last use, and what is not used for 60 days goes."""

    NOW_S = 1_800_000_000.0
    SIZED = SizedFigure(CLAM.id, BOX)

    def put(self, folder: Path, kind: str, days_ago: float) -> Path:
        """Write a file that was last used so many days ago."""
        path = folder / file_name(CLAM, self.SIZED, kind)
        files.write(path, CONTENTS[kind])
        self.age(path, days_ago)
        return path

    def age(self, path: Path, days_ago: float) -> None:
        used_s = self.NOW_S - days_ago * files.DAY_S
        os.utime(path, (used_s, used_s))

    @pytest.mark.parametrize(("days_ago", "now_days_ago"), [(40.0, 0.0), (1.5, 0.0), (0.5, 0.5), (-300.0, -300.0)])
    def test_is_noted_once_a_day_and_never_by_a_clock_that_is_behind(
        self, tmp_path: Path, days_ago: float, now_days_ago: float
    ) -> None:
        path = self.put(tmp_path, CLIP, days_ago)
        folders = Folders([tmp_path], print, clock=lambda: self.NOW_S)
        assert folders.load(CLAM, self.SIZED, CLIP)
        assert path.stat().st_mtime == self.NOW_S - now_days_ago * files.DAY_S

    def test_what_is_not_used_for_60_days_goes(self, tmp_path: Path) -> None:
        still, clip = self.put(tmp_path, STILL, 59.0), self.put(tmp_path, CLIP, 0.0)
        files.delete_unused(tmp_path)
        assert still.exists()
        self.age(still, 61.0)
        (other := tmp_path / "somebody-elses").touch()
        self.age(other, 400.0)
        files.delete_unused(tmp_path)
        assert [path.exists() for path in (still, clip, other)] == [False, True, True]

    def test_of_more_than_40_mb_the_least_recently_used_go(self, tmp_path: Path) -> None:
        paths = [tmp_path / f"figure-{days_ago}{SUFFIX}" for days_ago in range(6)]
        for days_ago, path in enumerate(paths):
            path.touch()
            os.truncate(path, 9_000_000)
            self.age(path, days_ago)
        files.delete_unused(tmp_path)
        assert [path.exists() for path in paths] == [True] * 4 + [False] * 2

    def test_a_wall_that_was_off_for_long_keeps_all(self, tmp_path: Path) -> None:
        paths = [self.put(tmp_path, STILL, 410.0), self.put(tmp_path, CLIP, 400.0)]
        files.delete_unused(tmp_path)
        assert all(path.exists() for path in paths)

    def test_an_empty_folder_or_none_is_left_alone(self, tmp_path: Path) -> None:
        files.delete_unused(tmp_path)
        files.delete_unused(tmp_path / "missing")

    def test_the_drawing_process_deletes_it(self, tmp_path: Path) -> None:
        still, clip = self.put(tmp_path, STILL, 61.0), self.put(tmp_path, CLIP, 0.0)
        frames = FigureFrames([CLAM], tmp_path)
        frames.process.send([self.SIZED])
        wait_for(lambda: not still.exists())
        frames.close()
        assert clip.exists()


def damage(path: Path) -> None:
    path.write_bytes(b"gone" + path.read_bytes()[4:])


def put_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "in use").touch()


def put_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def put_a_dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache folder with the figure's still and clip, for tests to copy."""
    folder = tmp_path_factory.mktemp("cache")
    frames = FigureFrames([CLAM], folder)
    frames.request([SizedFigure("clamshell", BOX)])
    wait_for((folder / file_name(CLAM, SizedFigure(CLAM.id, BOX), CLIP)).exists)
    frames.close()
    return folder


@pytest.mark.parametrize("deletable", [True, False], ids=["deletable", "not deletable"])
@pytest.mark.parametrize("spoil", [damage, put_a_folder, put_a_pipe, put_a_dangling_link])
def test_a_file_that_cannot_be_used_is_drawn_again_elsewhere(
    cache: Path,
    tmp_path: Path,
    spoil: Callable[[Path], None],
    deletable: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """This holds whether or not the file can be deleted. A pipe in the file's place must not block the kiosk."""
    folder = tmp_path / "cache"
    shutil.copytree(cache, folder)
    spoiled = sorted(folder.glob(f"*{SUFFIX}"))
    assert len(spoiled) == 2
    for path in spoiled:
        spoil(path)
    if not deletable:

        def read_only(path: Path, missing_ok: bool = False) -> None:
            raise OSError(30, "Read-only file system", str(path))

        monkeypatch.setattr(Path, "unlink", read_only)
    caplog.set_level(logging.WARNING)
    frames = FigureFrames([CLAM], folder, memory_dir=tmp_path)
    found = []

    def shown() -> bool:
        sprite = frames.get(FigureMoment("clamshell", CLAM.still_s, BOX, LIME)).sprite
        frames.request([SizedFigure("clamshell", BOX)])
        frames.prefetch()
        if sprite and frames.settled:
            found.append(sprite)
        return bool(found)

    wait_for(shown)
    frames.close()
    drawn = DrawnFigures([CLAM]).get(FigureMoment("clamshell", CLAM.still_s, BOX, LIME)).sprite
    assert drawn
    assert screen_of(found[0]) == screen_of(drawn)
    dropped = [line for line in caplog.messages if line.startswith("dropping")]
    assert len(dropped) <= len(spoiled)
    assert not any(line.startswith("the figures' drawing process ended") for line in caplog.messages)
