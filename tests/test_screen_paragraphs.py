"""Text is broken into lines as greedily as by hand, with little measuring."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.screen.context import Context
from kiosk.screen.fonts import Fonts, Weight
from kiosk.screen.layout import Layout
from kiosk.screen.widgets.paragraphs import few_lines, wrap
from kiosk.screen.widgets.text import width_of
from tests.screen_checks import context

DESK = context((1280, 720))
CAP = 0.03
WORDS = st.lists(st.text("aWi-/.", min_size=1, max_size=14), max_size=25)


class CountedFonts(Fonts):
    measured = 0

    def width_px(self, *arguments: Any, **keywords: Any) -> int:
        self.measured += 1
        return super().width_px(*arguments, **keywords)


def fits(line: str, width: float) -> bool:
    unit = DESK.layout.unit_px
    return DESK.fonts.width_px(line, Weight.BOLD, CAP * unit) <= int(width * unit)


@given(WORDS, st.floats(0.05, 0.6), st.sampled_from([0.0, 0.04]))
def test_every_line_has_as_many_words_as_fit(words: list[str], width: float, indent: float) -> None:
    lines = wrap(DESK, " ".join(words), CAP, width, indent=indent)
    assert "".join(lines).replace(" ", "") == "".join(words), "nothing is lost"
    for place, line in enumerate(lines):
        room = width - indent if place == 0 else width
        assert fits(line, room + 0.002) or len(line) == 1
        following = lines[place + 1].split(" ")[0] if place + 1 < len(lines) else ""
        if following in words and " ".join(words).count(following) == 1 and line:
            assert not fits(f"{line} {following}", room - 0.002)


def test_a_long_text_takes_few_measurements() -> None:
    text = "Lower the dumbbells slowly to your sides and press them up again until your arms are straight. " * 4
    fonts = CountedFonts()
    desk = Context(Layout(1280, 720), fonts)
    lines = wrap(desk, text, 0.016, 0.9)
    assert fonts.measured <= 4 * len(lines) + len(lines[0].split()) < len(text.split())


def test_a_few_lines_end_in_an_ellipsis_if_there_are_more_words() -> None:
    cap, lines = few_lines(DESK, "Press the dumbbells up over your head " * 5, 2, 0.8, most=0.05, least=0.03)
    assert cap == pytest.approx(0.03)
    assert len(lines) == 2
    assert lines[1].endswith(" …")
    assert all(width_of(DESK, line, Weight.BOLD, cap) <= 0.8 for line in lines)
    assert few_lines(DESK, "Squat", 2, 0.8, most=0.05, least=0.03) == (0.05, ("Squat",))
