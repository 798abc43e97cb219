"""Characters that the wall's fonts lack are drawn with a font of the system that has them."""

from __future__ import annotations

import os
from pathlib import Path

import pygame
import pytest

from kiosk import config, glyphs
from kiosk.screen import system_fonts
from kiosk.screen.fonts import BOX, Fonts, Weight
from kiosk.screen.system_fonts import SystemFonts, fc_list
from kiosk.screen.widgets.text import text
from tests.conftest import needs
from tests.screen_checks import context

WHITE = (255, 255, 255)
HAS = "\u0628\u062a"
"""Two letters that Roboto lacks and that the font which comes with every pygame has."""
LACKS = "\u8179"


def pygames_font() -> Path:
    return Path(pygame.__file__).parent / pygame.font.get_default_font()


def listed(file: Path | str, charset: str = "20-7e 628 62a-62b", **changes: str) -> str:
    said = {"index": "0", "scalable": "True", "color": "False", "variable": "False", "slant": "0", "spacing": ""}
    said |= {"width": "100", "weight": "200", "family": "Free Sans"} | changes
    return "\t".join([str(file), *said.values(), charset]) + "\n"


class Listing:
    """What fontconfig lists, and how often it was asked."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.asked = "".join(lines), 0

    def __call__(self) -> str:
        self.asked += 1
        return self.lines


def fonts(*lines: str) -> Fonts:
    return Fonts(system=SystemFonts(Listing(*lines)))


def test_a_letter_of_another_font_is_drawn_beside_the_wall_s_own() -> None:
    wall = fonts(listed(pygames_font()))
    line = wall.line(f"Plank {HAS} now", Weight.BLACK, 40, WHITE)
    assert (line.text, wall.missing_characters(line.text)) == (f"Plank {HAS} now", "")
    assert BOX in Fonts().line(f"Plank {HAS} now", Weight.BLACK, 40, WHITE).text


@pytest.mark.parametrize("words", [f"Plank {HAS} now", f"{HAS} Plank", f"Plank {HAS}", HAS, f"({HAS}) {LACKS}"])
@pytest.mark.parametrize("tracking", [0.0, 0.05])
def test_the_measured_width_is_that_of_the_ink(words: str, tracking: float) -> None:
    wall = fonts(listed(pygames_font()))
    ink = wall.line(words, Weight.BOLD, 50, WHITE, tracking).ink
    assert wall.width_px(words, Weight.BOLD, 50, tracking) == pytest.approx(ink.width, abs=3)


def test_both_fonts_stand_on_one_baseline_and_keep_their_distance() -> None:
    wall = fonts(listed(pygames_font()))
    mixed, plain = (wall.line(words, Weight.BOLD, 50, WHITE) for words in (f"H{HAS} H", "H"))
    base = -mixed.ink.top
    column = [mixed.surface.get_at((plain.ink.width // 8, y))[3] for y in range(mixed.ink.height)]
    assert [y for y, alpha in enumerate(column) if alpha > 128][-1] == base - 1, "the H ends at the baseline"
    assert mixed.ink.width > 2 * plain.ink.width + wall.width_px(HAS, Weight.BOLD, 50)


def test_other_fonts_are_listed_once_and_only_when_a_character_is_lacking() -> None:
    listing = Listing(listed(pygames_font()))
    wall = Fonts(system=SystemFonts(listing))
    wall.check()
    for words in ("Side plank", "Übung für Füße", "Планка ½ × 2"):
        wall.line(words, Weight.BOLD, 30, WHITE)
    assert listing.asked == 0
    for words in (HAS, LACKS, HAS[::-1]):
        wall.line(words, Weight.BOLD, 30, WHITE)
        wall.missing_characters(words)
    assert listing.asked == 1


def test_a_font_that_cannot_be_opened_is_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    system = SystemFonts(Listing(listed(broken), listed(tmp_path / "gone.ttf"), listed(pygames_font(), weight="80")))
    assert system.file(HAS[0]) == str(pygames_font())


@pytest.mark.parametrize("changes", [{"index": "1"}, {"color": "True"}, {"scalable": "False"}])
def test_a_font_that_pygame_cannot_draw_is_not_used(changes: dict[str, str]) -> None:
    assert SystemFonts(Listing(listed(pygames_font(), **changes))).file(HAS[0]) is None


@pytest.mark.parametrize("worse", [{"weight": "80"}, {"slant": "100"}, {"family": "DejaVu Serif"}, {"width": "75"}])
def test_the_font_that_looks_most_like_the_wall_s_own_is_used(worse: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.ttf").symlink_to(pygames_font())
    system = SystemFonts(Listing(listed(tmp_path / "a.ttf", **worse), listed(pygames_font())))
    assert system.file(HAS[0]) == str(pygames_font())


@pytest.mark.parametrize("lines", ["", "no tabs\n", "\t" * 10 + "\n", "x" + "\t" * 10 + "zz-1 -\n"])
def test_what_fontconfig_should_never_say_does_no_harm(lines: str) -> None:
    assert SystemFonts(Listing(lines)).file(HAS[0]) is None


def test_fontconfig_lists_the_fonts_of_this_machine() -> None:
    needs("fc-list", "fontconfig")
    files = [line.split("\t")[0] for line in fc_list().splitlines()]
    assert any(Path(file).is_file() for file in files)


def test_a_folder_that_cannot_be_written_is_enough_for_fontconfig(monkeypatch: pytest.MonkeyPatch) -> None:
    needs("fc-list", "fontconfig")
    monkeypatch.setenv("HOME", "/proc/nowhere")
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    assert fc_list() != ""


def test_without_fontconfig_there_are_no_other_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fc_list() == ""
    assert Fonts(system=SystemFonts()).line(HAS, Weight.BOLD, 30, WHITE).text == BOX * 2


def test_fontconfig_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "fc-list"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(system_fonts, "TIMEOUT_S", 0.01)
    assert fc_list() == ""


def test_check_names_the_packages_for_chinese_japanese_and_korean(config_folder: Path) -> None:
    plank = config_folder / "exercises" / "side-plank.yaml"
    plank.write_text(plank.read_text().replace("name: Side plank", "name: プランク"))
    (problem,) = glyphs.unshowable(config.load(config_folder), config_folder)
    assert (problem.path, problem.line, problem.column) == (plank, 2, 7)
    assert "sudo apt install fontconfig fonts-noto-cjk" in problem.right


def test_check_has_nothing_to_say_about_what_a_font_of_the_system_has(
    config_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plank = config_folder / "exercises" / "side-plank.yaml"
    plank.write_text(plank.read_text().replace("name: Side plank", f"name: Plank {HAS}"))
    library = config.load(config_folder)
    assert len(list(glyphs.unshowable(library, config_folder))) == 1
    monkeypatch.setattr(system_fonts, "SYSTEM", SystemFonts(Listing(listed(pygames_font()))))
    assert list(glyphs.unshowable(library, config_folder)) == []


def test_a_line_with_two_fonts_fits_into_its_room() -> None:
    desk = context((1280, 720))
    wall = fonts(listed(pygames_font()))
    item = text(
        type(desk)(desk.layout, wall),
        f"Plank {HAS} " * 6,
        Weight.BLACK,
        0.075,
        WHITE,
        (0.05, 0.125),
        width=1.0,
        least=0.055,
    )
    assert item.texts[0].room.contains(item.texts[0].ink)
