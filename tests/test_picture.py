"""A gym's own picture fitted into a box: from its middle, as it was held, and a little darker."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygame import Rect, Surface

from kiosk.config.pictures import OwnPictures
from kiosk.picture.decode import ChangedError, decoded, fitted, place_of
from kiosk.picture.files import OwnPicture, PictureFile
from tests.pictures import alike, colour_at, content, put_clip, put_photo, with_exif

RED, GREEN, BLUE, WHITE, GROUND = (200, 20, 20), (20, 160, 20), (20, 20, 200), (230, 230, 230), (20, 26, 35)
TURNS = {1: "RGBW", 2: "GRWB", 3: "WBGR", 4: "BWRG", 5: "RBGW", 6: "BRWG", 7: "WGBR", 8: "GWRB"}
"""For each Exif orientation, the colours of the corners as the photo is meant to be seen: the upper two, then the lower
two. In the file they are red, green, blue and white."""


def quarters(size: tuple[int, int] = (64, 32)) -> Surface:
    """Return a picture of four colours."""
    surface, (width, height) = Surface(size, 0, 24), size
    for colour, left, top in ((RED, 0, 0), (GREEN, width // 2, 0), (BLUE, 0, height // 2), (WHITE, 999, 999)):
        surface.fill(colour, (min(left, width // 2), min(top, height // 2), width // 2, height // 2))
    return surface


def file_with(path: Path, data: bytes) -> PictureFile:
    path.write_bytes(data)
    about = path.stat()
    return PictureFile(path, about.st_size, about.st_mtime_ns)


def named(folder: Path, name: str) -> OwnPicture:
    """Return a picture of a config folder."""
    return OwnPictures(folder / "pictures").found(name)


@pytest.mark.parametrize("orientation", TURNS)
def test_a_photo_is_turned_as_the_telephone_was_held(orientation: int, tmp_path: Path) -> None:
    seen = decoded(file_with(tmp_path / "a.jpg", with_exif(content(quarters()), orientation)))
    assert seen.get_size() == ((64, 32) if orientation < 5 else (32, 64))
    letters = {"R": RED, "G": GREEN, "B": BLUE, "W": WHITE}
    corners = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
    for letter, corner in zip(TURNS[orientation], corners, strict=True):
        assert alike(colour_at(seen, *corner), letters[letter]), (orientation, corner)


def test_a_file_that_has_changed_since_is_another_one(tmp_path: Path) -> None:
    file = file_with(tmp_path / "a.png", content(quarters(), ".png"))
    decoded(file)
    with pytest.raises(ChangedError):
        decoded(file._replace(changed_ns=file.changed_ns + 1))
    with pytest.raises(ChangedError):
        decoded(file._replace(size=file.size + 1))


def test_what_cannot_be_decoded_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.jpg cannot be decoded"):
        decoded(file_with(tmp_path / "a.jpg", content(quarters(), ".png")[:60]))
    with pytest.raises(ValueError, match=r"b\.jpg cannot be decoded"):
        decoded(PictureFile(tmp_path / "b.jpg", 1, 1))


class TestPlace:
    @pytest.mark.parametrize("shape", [1.0, 1.33, 1.78, 4.0])
    def test_a_wide_one_fills_its_box(self, shape: float) -> None:
        whole = Rect(0, 0, 1117, 542)
        assert place_of(shape, whole.size) == (whole, whole)

    def test_a_tall_one_is_fitted(self) -> None:
        taken, place = place_of(0.6, (1000, 500))
        assert taken == Rect(0, 0, 1000, 500)
        assert place == Rect(350, 0, 300, 500)

    def test_in_a_tall_box_a_square_is_left_of_a_wide_one(self) -> None:
        taken, place = place_of(1.78, (300, 900))
        assert taken == place == Rect(0, 300, 300, 300)

    @given(st.floats(0.001, 1000), st.tuples(st.integers(1, 4000), st.integers(1, 4000)))
    def test_it_is_never_outside(self, shape: float, box_px: tuple[int, int]) -> None:
        taken, place = place_of(shape, box_px)
        assert Rect((0, 0), box_px).contains(taken)
        assert taken.contains(place)
        assert place.width >= 1
        assert place.height >= 1


class TestFitted:
    def test_it_is_cut_at_both_sides_alike(self) -> None:
        shown = fitted(quarters((400, 100)), (100, 100), GROUND)
        for x, y, colour in ((0.1, 0.1, RED), (0.9, 0.1, GREEN), (0.1, 0.9, BLUE), (0.9, 0.9, WHITE)):
            darker = tuple(round(0.86 * channel) for channel in colour)
            assert alike(colour_at(shown, x, y), (darker[0], darker[1], darker[2]))

    def test_it_never_outshines_the_clock(self) -> None:
        white = Surface((50, 50), 0, 24)
        white.fill((255, 255, 255))
        assert colour_at(fitted(white, (80, 40), GROUND), 0.5, 0.5) == (219, 219, 219)

    def test_through_a_transparent_one_the_ground_is_seen(self) -> None:
        clear = Surface((50, 50), pygame.SRCALPHA, 32)
        assert alike(colour_at(fitted(clear, (80, 40), GROUND), 0.5, 0.5), (17, 22, 30))

    @given(st.tuples(st.integers(1, 300), st.integers(1, 300)), st.tuples(st.integers(1, 300), st.integers(1, 300)))
    def test_any_size_fits_any_other(self, of: tuple[int, int], size: tuple[int, int]) -> None:
        assert fitted(Surface(of, 0, 24), size, GROUND).get_size() == size


class TestClip:
    def test_ten_frames_a_second_and_from_the_beginning(self, tmp_path: Path) -> None:
        put_clip(tmp_path, "swing", 4)
        clip = named(tmp_path, "swing")
        assert [clip.frame_at(tenth / 10)[0] for tenth in range(9)] == [0, 1, 2, 3, 0, 1, 2, 3, 0]
        number, stays_s = clip.frame_at(0.25)
        assert number == 2
        assert stays_s == pytest.approx(0.05)

    def test_a_photo_stays(self, tmp_path: Path) -> None:
        put_photo(tmp_path, "swing.jpg")
        assert named(tmp_path, "swing").frame_at(123.4) == (0, float("inf"))
