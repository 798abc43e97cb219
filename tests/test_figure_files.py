"""Files of figures: whatever is in them or in their place, there is a picture within its box, or none."""

from __future__ import annotations

import logging
import os
import shutil
import struct
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.figure.drawing import Drawing
from kiosk.figure.loading import load_figure
from kiosk.figure.picture import KEY, Layer, Picture, canvas_rect
from kiosk.screen.figure import FigureFrames, motion, store, strips
from kiosk.screen.figure.motion import Backdrop, Motion
from kiosk.screen.figure.store import SUFFIX, file_names
from tests.test_figure_frames import LIME, screen_of, wait_for

FOLDER = Path(__file__).parents[1] / "assets" / "figures"
CLAM = load_figure(FOLDER / "clamshell.yaml")
BOX = (64, 36)
DRAWING = Drawing(CLAM, BOX)
GROUP = CLAM.group(CLAM.steps[0])
STEPS = CLAM.in_a_row(GROUP)
NAMES = [step.name for step in STEPS]


def contents() -> dict[str, bytes]:
    """Return one content of each kind: a keyed layer with its accent, one with alpha, a motion."""
    arrows = DRAWING.arrows()
    assert arrows
    pictures = [(DRAWING.under(GROUP), DRAWING.step(step)) for step in STEPS]
    first, *others = (picture.colour.rect for stack in pictures for picture in stack)
    packed = motion.pack(pictures, first.unionall(others), DRAWING.colours.background)
    return {"step": store.pack(pictures[0][1]), "arrows": store.pack(arrows), "motion": packed}


CONTENTS = contents()


def unpacked(content: bytes) -> list[Layer]:
    """Return the layers of a content. Raises ValueError where it is none."""
    if content.startswith(motion.MAGIC):
        made = motion.unpack(content, NAMES, lambda rect: Backdrop(rect, (0, 0, 0)), BOX)
        return layers_of(made)
    picture = store.unpack(content, BOX)
    return [layer for layer in (picture.colour, picture.accent) if layer]


def layers_of(made: Motion) -> list[Layer]:
    return [stored.layer() for stored in (made.first, *made.deltas, *filter(None, made.accents))]


@contextmanager
def nothing_large() -> Iterator[None]:
    """Fail if a surface that is larger than the box with its margin is made, or more than a few megabytes at all."""
    surface = pygame.Surface
    most = canvas_rect(BOX)

    def small(size: tuple[int, int], *more: Any) -> pygame.Surface:
        assert size[0] <= most.width
        assert size[1] <= most.height
        return surface(size, *more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(strips, "Surface", small)
        patched.setattr(pygame, "Surface", small)
        tracemalloc.start()
        try:
            yield
            assert tracemalloc.get_traced_memory()[1] < 3_000_000
        finally:
            tracemalloc.stop()


def check(content: bytes) -> None:
    """Take a content: it has to give pictures within the box, or a ValueError, without much memory."""
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
        # Where the headers are.
        changes = [(at % 60, new) for at, new in changes]
    check(changed(content, changes)[: len(content) - cut if cut else None])


@given(st.binary(max_size=200), st.sampled_from([store.MAGIC, motion.MAGIC, b""]))
def test_any_bytes_give_a_picture_within_its_box_or_an_error(content: bytes, magic: bytes) -> None:
    check(magic + content)


@given(
    st.tuples(st.integers(-(1 << 15), (1 << 15) - 1), st.integers(-(1 << 15), (1 << 15) - 1)),
    st.tuples(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF)),
    st.sampled_from([store.KEYED, store.ALPHA, store.PLAIN, b"?"]),
    st.binary(max_size=40),
)
def test_no_header_makes_a_large_surface(
    topleft: tuple[int, int], size: tuple[int, int], kind: bytes, raw: bytes
) -> None:
    packed = zlib.compress(raw)
    check(store.MAGIC + store.HEADER.pack(*topleft, *size, kind, len(packed)) + packed)


@pytest.mark.parametrize("kind", [store.KEYED, store.ALPHA, store.PLAIN])
def test_what_unpacks_to_much_more_than_its_box_is_not_unpacked(kind: bytes) -> None:
    packed = zlib.compress(bytes(200_000_000), 9)
    content = store.MAGIC + store.HEADER.pack(0, 0, 10, 10, kind, len(packed)) + packed
    with nothing_large(), pytest.raises(ValueError, match="damaged"):
        store.unpack(content, BOX)


def test_the_longest_tape_is_known() -> None:
    """Stripes with gaps that are just worth a cut make the longest one."""
    for size in ((200, 70), (97, 25), (24, 24), (1, 1), (100, 1)):
        surface = pygame.Surface(size, 0, 32)
        surface.fill(KEY)
        for left in range(0, size[0], strips.ROWS + 1):
            surface.fill((1, 2, 3), (left, 0, 1, size[1]))
        surface.set_colorkey(KEY)
        assert len(strips.pack_strips(surface)) <= strips.most_bytes(size)
        surface.fill((1, 2, 3))
        assert len(strips.pack_strips(surface)) <= strips.most_bytes(size)


class TestFile:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / f"picture{SUFFIX}"
        store.save(CONTENTS["step"], path)
        return path

    def test_comes_back_as_it_was(self, path: Path) -> None:
        assert store.load(path) == CONTENTS["step"]

    @given(at=st.integers(0, 1 << 16), bit=st.integers(0, 7))
    def test_one_bit_is_noticed(self, tmp_path_factory: pytest.TempPathFactory, at: int, bit: int) -> None:
        path = tmp_path_factory.mktemp("one") / "picture"
        store.save(CONTENTS["step"], path)
        data = bytearray(path.read_bytes())
        data[at % len(data)] ^= 1 << bit
        path.write_bytes(data)
        with pytest.raises(ValueError, match="damaged"):
            store.load(path)

    @pytest.mark.parametrize("kept", [0, 1, 3, 4, 40])
    def test_half_of_it_is_noticed(self, path: Path, kept: int) -> None:
        path.write_bytes(path.read_bytes()[:kept])
        with pytest.raises(ValueError, match="damaged"):
            unpacked(store.load(path))

    def test_one_that_is_far_too_large_is_not_read(self, path: Path) -> None:
        os.truncate(path, 10 * 1024**3)
        with nothing_large(), pytest.raises(ValueError, match="too large"):
            store.load(path)

    def test_a_pipe_a_folder_or_a_device_is_no_file(self, path: Path) -> None:
        path.unlink()
        os.mkfifo(path)
        with pytest.raises(OSError, match="not a file"):
            store.load(path)
        path.unlink()
        path.mkdir()
        with pytest.raises(IsADirectoryError):
            store.load(path)
        path.rmdir()
        path.symlink_to("/dev/zero")
        with pytest.raises(OSError, match="not a file"):
            store.load(path)


def damage(path: Path) -> None:
    path.write_bytes(struct.pack("<I", 7) + path.read_bytes()[4:])


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
    """A folder with all files of the figure, to be copied."""
    folder = tmp_path_factory.mktemp("cache")
    frames = FigureFrames([CLAM], folder)
    frames.request([("clamshell", BOX)])
    wait_for(lambda: len(list(folder.glob(f"*/*/*{SUFFIX}"))) == len(file_names(CLAM)))
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
    """Whether or not it can be deleted, and never by waiting for a pipe."""
    folder = tmp_path / "cache"
    shutil.copytree(cache, folder)
    files = sorted(folder.glob(f"*/*/*{SUFFIX}"))
    for path in files:
        spoil(path)
    if not deletable:

        def read_only(path: Path, missing_ok: bool = False) -> None:
            raise OSError(30, "Read-only file system", str(path))

        monkeypatch.setattr(Path, "unlink", read_only)
    caplog.set_level(logging.WARNING)
    frames = FigureFrames([CLAM], folder, memory_dir=tmp_path)
    found = []

    def shown() -> bool:
        sprite = frames.get("clamshell", CLAM.still_s, BOX, LIME).sprite
        frames.request([("clamshell", BOX)])
        frames.prefetch()
        if sprite and frames.settled:
            found.append(sprite)
        return bool(found)

    wait_for(shown)
    frames.close()
    drawn = FigureFrames([CLAM], None).get("clamshell", CLAM.still_s, BOX, LIME).sprite
    assert drawn
    assert screen_of(found[0]) == screen_of(drawn)
    dropped = [line for line in caplog.messages if line.startswith("dropping")]
    assert len(dropped) <= len(files)
    assert not any(line.startswith("the figures' drawing process ended") for line in caplog.messages)


def test_a_picture_has_a_layer() -> None:
    with pytest.raises(ValueError, match="without layers"):
        store.unpack(store.MAGIC, BOX)
    layer = Layer(pygame.Surface((2, 2), 0, 32), 0, 0)
    three = store.pack(Picture(layer, layer)) + store.pack_layer(layer)
    with pytest.raises(ValueError, match="more than 2"):
        store.unpack(three, BOX)
