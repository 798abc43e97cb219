"""Surfaces cut to what they show must come back as they were."""

import struct

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.figure.picture import KEY, equal_pixels
from kiosk.screen.figure.strips import pack_strips, unpack_strips

SIZES = st.tuples(st.integers(1, 120), st.integers(1, 70))
SPOTS = st.lists(
    st.tuples(
        st.integers(0, 119), st.integers(0, 69), st.integers(1, 60), st.integers(1, 40), st.integers(0, 0xFFFFFF)
    ),
    max_size=8,
)


def surface_of(size: tuple[int, int], spots: list[tuple[int, int, int, int, int]]) -> pygame.Surface:
    surface = pygame.Surface(size, 0, 32)
    surface.fill(KEY)
    for left, top, width, height, colour in spots:
        surface.fill((colour >> 16, colour >> 8 & 255, colour & 255), (left, top, width, height))
    surface.set_colorkey(KEY)
    return surface


@given(SIZES, SPOTS)
def test_a_surface_comes_back_pixel_for_pixel(
    size: tuple[int, int], spots: list[tuple[int, int, int, int, int]]
) -> None:
    surface = surface_of(size, spots)
    back = unpack_strips(pack_strips(surface), size)
    assert back.get_size() == size
    surface.set_colorkey(None)
    assert equal_pixels(surface, back).count() == size[0] * size[1]


def test_what_does_not_show_takes_no_room() -> None:
    far_apart = surface_of((1000, 600), [(0, 0, 10, 10, 0x102030), (980, 580, 10, 10, 0x102030)])
    assert len(pack_strips(far_apart)) < 1600
    assert len(pack_strips(surface_of((1000, 600), []))) < 10


@pytest.mark.parametrize("kept", [0, 3, 7, -1])
def test_half_a_tape_is_an_error(kept: int) -> None:
    content = pack_strips(surface_of((50, 50), [(3, 3, 20, 20, 0x102030)]))
    with pytest.raises((ValueError, struct.error)):
        unpack_strips(content[:kept], (50, 50))
