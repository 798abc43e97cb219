"""The phone screen, and the entry of the chooser that opens it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pygame import Rect

from kiosk.moments import State, moment_at
from kiosk.phone import TITLE, PageState
from kiosk.screen.compositor import compose
from kiosk.screen.display_list import Item
from kiosk.screen.scenes import chooser, phone
from kiosk.session import Rules, Session
from kiosk.timeline import Timeline
from kiosk.view import ChooserView, Moment, PhoneView
from kiosk.warm_up import screens
from tests.samples import circuit
from tests.screen_checks import TwoWalls, context, faults, icons, key, least_contrast, painted, rgb
from tests.screen_samples import SIZES
from tests.test_screen_chooser import numbered

ALL_SIZES = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
WIDE = (1920, 1080)
EXAMPLE = moment_at([Timeline.of(circuit())], 0, 10.0, State.PHONE, None).view
assert isinstance(EXAMPLE, PhoneView)
OPEN = EXAMPLE
LARGEST = tuple("10" * 16 + "1" for _ in range(33))
"""As many modules as the code of a long address has."""
VIEWS = {
    "opening": PhoneView(PageState.OPENING),
    "open": OPEN,
    "dark": replace(OPEN, dark=True, seconds=9),
    "long": replace(OPEN, address="http://192.168.178.142:8080", number="888888", code=LARGEST),
    "name": replace(OPEN, address="http://gym-wall-in-the-basement.local"),
    "without code": replace(OPEN, code=()),
    "in use": replace(OPEN, state=PageState.IN_USE, seconds=120, lasts=0),
    "failed": PhoneView(
        PageState.FAILED,
        seconds=60,
        what="The page does not start.",
        fix='Type on the Pi: "sudo journalctl -u kiosk-editor -n 20", which says why.',
    ),
    "failed for long": PhoneView(PageState.FAILED, seconds=60, what="what " * 90, fix="fix " * 90),
}
ENTRIES = {
    "entry": ChooserView(numbered(12), 12, 1, 20, phone=True),
    "entry in use": ChooserView(numbered(12), 12, 1, 20, phone=True, in_use=True),
    "next": ChooserView(numbered(12), 11, 1, 20, phone=True),
    "before": ChooserView(numbered(12), 0, 1, 20, phone=True),
    "the only circuit": ChooserView(numbered(1), 0, 0, 20, phone=True),
}


ALL: dict[str, PhoneView | ChooserView] = {**VIEWS, **ENTRIES}


def items(view: PhoneView | ChooserView, size: tuple[int, int] = WIDE) -> list[Item]:
    return compose(Moment(view, 5.0), context(size)).items


def texts(view: PhoneView | ChooserView, size: tuple[int, int] = WIDE) -> list[str]:
    return [text.text for item in items(view, size) for text in item.texts]


@ALL_SIZES
@pytest.mark.parametrize("name", [*VIEWS, *ENTRIES])
def test_every_text_fits(name: str, size: tuple[int, int]) -> None:
    view = ALL[name]
    assert faults(items(view, size), context(size).layout) == []


@pytest.mark.parametrize("size", [WIDE, (1024, 768), (800, 480), (768, 1024)])
@pytest.mark.parametrize("name", [*(name for name in VIEWS if name != "failed for long"), *ENTRIES])
def test_every_text_can_be_read_and_none_is_cut(name: str, size: tuple[int, int]) -> None:
    view = ALL[name]
    ratio, text = least_contrast(items(view, size), context(size))
    assert ratio >= 7, text
    assert [text for text in texts(view, size) if text.endswith("…") and text != "Opening …"] == []


class TestCode:
    def card(self, view: PhoneView, size: tuple[int, int]) -> tuple[Rect, Rect, int]:
        """Return the places of the card and of the code on it, and the size of a module, in pixels."""
        drawn = items(view, size)
        (code,) = (item for item in drawn if isinstance(item.key, tuple) and item.key[0] == "code")
        (card,) = (item for item in drawn if item.key[0] == "box" and item.rect.contains(code.rect))  # type: ignore[index]
        return card.rect, code.rect, key(code)[2]

    @ALL_SIZES
    @pytest.mark.parametrize("name", ["open", "long"])
    def test_has_whole_pixels_and_a_quiet_zone(self, name: str, size: tuple[int, int]) -> None:
        view = VIEWS[name]
        card, code, module = self.card(view, size)
        assert code.size == (len(view.code) * module, len(view.code) * module)
        assert module >= 2
        quiet = phone.QUIET * module
        assert card.contains(code.inflate(2 * quiet, 2 * quiet))
        assert abs(card.centerx - code.centerx) <= 1
        assert abs(card.centery - code.centery) <= 1

    @pytest.mark.parametrize("name", ["open", "dark"])
    def test_can_be_read_by_a_phone(self, name: str) -> None:
        view, desk = VIEWS[name], context(WIDE)
        _, code, module = self.card(view, WIDE)
        surface = painted(items(view), desk)
        light = rgb(surface, (code.x - module, code.y - module))
        assert light == desk.palette.text if name == "open" else 90 < light[0] < 140
        for row, modules in enumerate(view.code):
            for column, one in enumerate(modules):
                pixel = rgb(surface, (code.x + column * module + module // 2, code.y + row * module + module // 2))
                assert pixel == (desk.palette.ink if one == "1" else light)

    def test_that_is_missing_leaves_its_place_to_a_phone(self) -> None:
        assert icons(items(VIEWS["without code"]), "phone") == 1
        assert OPEN.address in texts(VIEWS["without code"])


class TestWords:
    def test_say_what_to_do_on_the_phone(self) -> None:
        said = texts(OPEN)
        assert {TITLE, "Scan, or open on the phone", "http://192.168.1.42", "Type this number", "482 913"} <= set(said)
        assert {"Closes in 9:50", "Press to close", phone.WI_FI} <= set(said)

    def test_the_bar_empties(self) -> None:
        def width(seconds: int) -> int:
            drawn = items(replace(OPEN, seconds=seconds, lasts=600))
            (bar,) = (item.rect.width for item in drawn if str(item.key).startswith("('part of box'"))
            return bar

        assert width(600) == pytest.approx(2 * width(300), abs=1)

    def test_nobody_counts_down_while_somebody_uses_it(self) -> None:
        said = texts(VIEWS["in use"])
        assert "482 913" in said
        assert {"Somebody is on the page already.", "Press to close the page", "Start screen in 120 s"} <= set(said)
        assert not any(text.startswith("Closes in") for text in said)

    def test_what_is_wrong_and_what_to_do(self) -> None:
        said = texts(VIEWS["failed"])
        assert {"The page cannot be opened", phone.CODE, "The page does not start.", "Press to go on"} <= set(said)
        assert "Where" not in said


class TestEntry:
    def test_has_an_icon_and_no_number(self) -> None:
        drawn, said = items(ENTRIES["entry"]), texts(ENTRIES["entry"])
        assert TITLE in said
        assert not any(" of 12" in text for text in said)
        assert icons(drawn, "phone") == 2, "in its row and in the panel"
        assert "11 of 12" not in texts(ENTRIES["next"])
        assert "12 of 12" in texts(ENTRIES["next"])
        assert icons(items(ENTRIES["before"]), "phone") == 1

    def test_says_who_gets_in(self) -> None:
        assert "Nobody else" in " ".join(texts(ENTRIES["entry"]))
        assert "The page is open" in " ".join(texts(ENTRIES["entry in use"]))

    def test_has_no_figure_but_those_of_its_neighbours_are_ready(self) -> None:
        ahead = chooser.figures_ahead(ENTRIES["entry"], context(WIDE))
        assert [one.name for one in ahead] == ["plank", "plank"]

    def test_the_list_is_warmed_up_for_it(self) -> None:
        session = Session.start_screen(numbered(1), 0.0, Rules(phone=True))
        (warmed,) = (one.view for one in screens(session) if isinstance(one.view, ChooserView))
        assert warmed.entries == 2


@pytest.mark.parametrize("size", [(480, 270), (480, 360), (270, 480)], ids=["wide", "narrow", "tall"])
def test_small_repaints_equal_full_ones(size: tuple[int, int]) -> None:
    walls = TwoWalls(size)
    shown = [ALL[name] for name in ("next", "entry", "opening", "open")]
    shown += [replace(OPEN, seconds=seconds) for seconds in (589, 588)]
    shown += [replace(OPEN, seconds=587, number="123456"), VIEWS["dark"], VIEWS["in use"], VIEWS["failed"]]
    for place, view in enumerate(shown):
        for frame in range(8):
            walls.draw(Moment(view, frame * 0.05), 1000.0 + place + frame * 0.05)
