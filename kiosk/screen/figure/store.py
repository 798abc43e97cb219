"""Pictures on disk: one file each, in a folder whose name changes with everything that changes the pictures."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import struct
import tempfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from kiosk.figure import model
from kiosk.figure.colours import FigureColours
from kiosk.figure.model import Figure
from kiosk.figure.picture import Layer, Picture, canvas_rect
from kiosk.screen.figure import strips

if TYPE_CHECKING:
    from kiosk.figure.drawing import Drawing

MAGIC = b"KFP3"
CHECKSUM = struct.Struct("<I")
"""The start of a file: the checksum of its content."""
LARGEST_BYTES = 32 * 1024 * 1024
"""Maximum size of a file. A motion in 4K takes a tenth of it."""
HEADER = struct.Struct("<hhHHcI")
"""Left, top, width, height, kind and compressed length of a layer."""
KEYED, ALPHA, PLAIN = b"K", b"A", b"P"

UNDER, ARROWS, MOTION = "=under-", "=arrows", "=motion-"
"""Names of the files that are not steps; no pose is called so. A group's name follows UNDER and MOTION."""

SUFFIX = ".picture"
PREFIX = "figure-"


@cache
def drawing_version() -> str:
    """Return a text that changes with the drawing code."""
    sources = sorted([*Path(model.__file__).parent.glob("*.py"), *Path(__file__).parent.glob("*.py")])
    return _digest(b"".join([pygame.version.ver.encode(), *(source.read_bytes() for source in sources)]))


def folder_name(figure: Figure, colours: FigureColours) -> str:
    """Return the name of the folder of a figure's pictures; it depends on file, drawing code and colours."""
    made_of = f"{figure.digest} {drawing_version()} {astuple(colours)}"
    return f"{PREFIX}{figure.id}-{_digest(made_of.encode())}"


def _digest(content: bytes) -> str:
    """Return a text that tells an edited content from the one before."""
    return f"{zlib.crc32(content):08x}"


def picture_names(figure: Figure) -> list[str]:
    """Return the names of all pictures of a figure, in the best order for drawing them."""
    still, *others = (step.name for step in figure.steps)
    first, *groups = (
        UNDER + group for group in sorted(figure.groups, key=lambda g: g != figure.group(figure.steps[0]))
    )
    return [first, still, *([ARROWS] if figure.arrows else []), *groups, *others]


def file_names(figure: Figure) -> list[str]:
    """Return the names of all files of a figure, in the best order for making them: motions come last."""
    return [*picture_names(figure), *(MOTION + group for group in figure.groups)]


def draw(drawing: Drawing, name: str) -> Picture | None:
    """Draw the picture of a name that picture_names gave."""
    if name == ARROWS:
        return drawing.arrows()
    if name.startswith(UNDER):
        return drawing.under(name.removeprefix(UNDER))
    return drawing.step(next(step for step in drawing.figure.steps if step.name == name))


def size_folder(cache_dir: Path, figure: Figure, colours: FigureColours, box_px: tuple[int, int]) -> Path:
    return cache_dir / folder_name(figure, colours) / f"{box_px[0]}x{box_px[1]}"


def delete_stale(cache_dir: Path, figures: Iterable[Figure], colours: FigureColours) -> None:
    """Delete folders of older figures, colours or drawing code, and leftovers of interrupted writes, if possible."""
    current = {folder_name(figure, colours) for figure in figures}
    for folder in _glob(cache_dir, f"{PREFIX}*"):
        if folder.name not in current:
            shutil.rmtree(folder, ignore_errors=True)
    for leftover in _glob(cache_dir, f"{PREFIX}*/*/*.tmp"):
        with suppress(OSError):
            leftover.unlink()


def files(folder: Path) -> list[Path]:
    """Return the files of pictures and motions in a folder; none if it cannot be read."""
    return _glob(folder, "*" + SUFFIX)


def _glob(folder: Path, pattern: str) -> list[Path]:
    try:
        return list(folder.glob(pattern))
    except OSError:
        return []


def load(path: Path) -> bytes:
    """Return the content of a file. Raises OSError, or ValueError for a damaged one.

    Anything but a regular file is refused: reading a pipe would wait forever.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "not a file", str(path))
        if about.st_size > LARGEST_BYTES:
            raise ValueError("too large for a figure's file")
        data = file.read()
    content = data[CHECKSUM.size :]
    if data[: CHECKSUM.size] != CHECKSUM.pack(zlib.crc32(content)):
        raise ValueError("damaged: the checksum does not match")
    return content


def save(content: bytes, path: Path) -> None:
    """Write a file atomically. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(CHECKSUM.pack(zlib.crc32(content)) + content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def pack(picture: Picture) -> bytes:
    layers = [layer for layer in (picture.colour, picture.accent) if layer]
    return b"".join([MAGIC, *map(pack_layer, layers)])


def pack_layer(layer: Layer) -> bytes:
    surface = layer.surface
    kind = ALPHA if surface.get_flags() & pygame.SRCALPHA else KEYED if surface.get_colorkey() else PLAIN
    packed = zlib.compress(_raw(surface, kind), 6)
    return HEADER.pack(layer.left, layer.top, *surface.get_size(), kind, len(packed)) + packed


def unpack(content: bytes, box_px: tuple[int, int]) -> Picture:
    """Return the picture that `pack` was given, for a box of this size. Raises ValueError for other content."""
    if not content.startswith(MAGIC):
        raise ValueError("not a figure's picture")
    layers: list[Layer] = []
    at = len(MAGIC)
    while at < len(content):
        if len(layers) == 2:
            raise ValueError("a picture with more than 2 layers")
        layer, at = unpack_layer(content, at, canvas_rect(box_px))
        layers.append(layer)
    if not layers:
        raise ValueError("a picture without layers")
    return Picture(layers[0], layers[1] if len(layers) == 2 else None)


def unpack_layer(content: bytes, at: int, within: pygame.Rect) -> tuple[Layer, int]:
    """Return the layer at an offset of the content, and the offset of the next one.

    Raises ValueError for a layer that is damaged or reaches out of `within`, before any memory is taken for it.
    """
    try:
        rect, kind, length = _header(content, at, within)
        begins = at + HEADER.size
        raw = _decompressed(content[begins : begins + length], _most_bytes(rect.size, kind))
        return Layer(_surface(raw, rect.size, kind), *rect.topleft), begins + length
    except (struct.error, zlib.error, pygame.error) as error:
        raise ValueError(f"a damaged picture: {error}") from error


def check_layer(content: bytes, within: pygame.Rect) -> None:
    """Raise ValueError for a layer that reaches out of `within`, without decompressing it."""
    try:
        _header(content, 0, within)
    except struct.error as error:
        raise ValueError(f"a damaged picture: {error}") from error


def _header(content: bytes, at: int, within: pygame.Rect) -> tuple[pygame.Rect, bytes, int]:
    """Return a layer's rectangle, kind and compressed length."""
    left, top, width, height, kind, length = HEADER.unpack_from(content, at)
    rect = pygame.Rect(left, top, width, height)
    if not (width and height and within.contains(rect)) or kind not in (KEYED, ALPHA, PLAIN):
        raise ValueError(f"a damaged picture: a layer of {width} x {height} pixels at {left}, {top}")
    return rect, kind, length


def _most_bytes(size: tuple[int, int], kind: bytes) -> int:
    if kind == KEYED:
        return strips.most_bytes(size)
    return size[0] * size[1] * (4 if kind == ALPHA else 3)


def _decompressed(packed: bytes, most_bytes: int) -> bytes:
    unpacker = zlib.decompressobj()
    raw = unpacker.decompress(packed, most_bytes + 1)
    if len(raw) > most_bytes or not unpacker.eof:
        raise ValueError("a damaged picture: its size is not the one in its header")
    return raw


def _raw(surface: pygame.Surface, kind: bytes) -> bytes:
    if kind == KEYED:
        return strips.pack_strips(surface)
    return pygame.image.tostring(surface, "RGBA" if kind == ALPHA else "RGB")


def _surface(raw: bytes, size: tuple[int, int], kind: bytes) -> pygame.Surface:
    """Return a surface in the pixel format of screens, which blits fastest."""
    if kind == KEYED:
        return strips.unpack_strips(raw, size)
    source = pygame.image.frombuffer(raw, size, "RGBA" if kind == ALPHA else "RGB")
    surface = pygame.Surface(size, pygame.SRCALPHA if kind == ALPHA else 0, 32)
    surface.blit(source, (0, 0), special_flags=pygame.BLEND_RGBA_ADD if kind == ALPHA else 0)
    return surface
