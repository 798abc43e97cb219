"""Text on the wall: fonts are found or a clear error is raised, missing letters are named, and lines fit."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from kiosk.errors import FontError
from kiosk.screen.fonts import BOX, CACHED_FITS, Fitted, Fonts, Weight, find_font

WHITE = (255, 255, 255)


def test_a_missing_font_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontError, match=r"apt install fonts-roboto-unhinted.*pip install font-roboto"):
        find_font(Weight.BLACK, (tmp_path,))
    with pytest.raises(FontError):
        Fonts((tmp_path,)).check()


def test_both_weights_are_found() -> None:
    Fonts().check()
    assert find_font(Weight.BLACK).name == "Roboto-Black.ttf"


def test_european_letters_show() -> None:
    fonts = Fonts()
    assert fonts.missing_characters("Über Größe, año, Łódź, čeština, Привет, Ωμέγα ’–·…°½×") == ""
    assert fonts.missing_characters("e\u0301") == "", "a letter and its accent are one"


def test_characters_that_the_font_lacks_are_named_once_each() -> None:
    assert Fonts().missing_characters("腹筋 abs 腹 → ✓ 😀\t") == "腹筋→✓😀\t"


def test_a_character_that_no_font_has_is_drawn_as_a_box() -> None:
    fonts = Fonts()
    box = fonts.line("腹", Weight.BOLD, 30, WHITE)
    assert box.ink.height == pytest.approx(30, abs=2)
    assert bytes(box.surface.get_buffer().raw) != bytes(
        fonts.line("?", Weight.BOLD, 30, WHITE).surface.get_buffer().raw
    )
    assert fonts.line("腹 😀", Weight.BOLD, 30, WHITE).text == f"{BOX} {BOX}"


def test_digits_are_equally_wide_so_that_clocks_stand_still() -> None:
    fonts = Fonts()
    for cap_px in (20, 97, 378):
        for weight in Weight:
            assert len({fonts.line(digit, weight, cap_px, WHITE).advance for digit in "0123456789"}) == 1


@pytest.mark.parametrize("cap_px", [30, 81, 378])
def test_capitals_are_as_high_as_asked_for(cap_px: int) -> None:
    ink = Fonts().line("H", Weight.BLACK, cap_px, WHITE).ink
    assert ink.height == pytest.approx(cap_px, abs=1.01)
    assert ink.bottom == 0


@pytest.mark.parametrize("tracking", [0.0, 0.05])
@pytest.mark.parametrize("words", ["Jumping jacks", "jf", "AVAW", "GET READY", "Ärger!", "1"])
def test_the_measured_width_is_that_of_the_ink(words: str, tracking: float) -> None:
    fonts = Fonts()
    ink = fonts.line(words, Weight.BOLD, 50, WHITE, tracking).ink
    assert fonts.width_px(words, Weight.BOLD, 50, tracking) == pytest.approx(ink.width, abs=2)


def test_a_line_shrinks_down_to_its_least_size_and_then_gives_way_to_the_short_one() -> None:
    fonts = Fonts()
    texts = ("Stability ball back extension", "Back extension")
    whole = fonts.width_px(texts[0], Weight.BLACK, 80)
    assert fonts.fit(texts, Weight.BLACK, 80, 60, whole).cap_px == pytest.approx(80, abs=1)
    smaller = fonts.fit(texts, Weight.BLACK, 80, 60, int(whole * 0.8))
    assert smaller.text == texts[0]
    assert 60 <= smaller.cap_px < 80
    assert fonts.fit(texts, Weight.BLACK, 80, 60, int(whole * 0.6)).text == texts[1]


def test_the_last_text_shrinks_rather_than_being_cut() -> None:
    fonts = Fonts()
    fitted = fonts.fit(("Donaudampfschifffahrt",), Weight.BLACK, 80, 60, 120)
    assert fonts.width_px(fitted.text, Weight.BLACK, fitted.cap_px) <= 120


def test_no_more_text_is_kept_than_there_is_room_for() -> None:
    fonts = Fonts(kept_bytes=100_000)
    kept = [fonts.line(str(number), Weight.BLACK, 60, WHITE) for number in range(60)]
    assert fonts.line("59", Weight.BLACK, 60, WHITE) is kept[-1]
    assert fonts.line("0", Weight.BLACK, 60, WHITE) is not kept[0]


def test_fits_do_not_add_up_for_days() -> None:
    """The text about the minutes left is a new one every minute, so the cache must stay bounded."""
    fonts = Fonts()
    for minutes in range(3 * CACHED_FITS):
        fonts.fit((f"{minutes} minutes left of it",), Weight.BLACK, 30, 20, 400)
    gc.collect()
    kept = sum(isinstance(one, Fitted) and one.text.endswith(" minutes left of it") for one in gc.get_objects())
    assert 0 < kept <= CACHED_FITS
