"""Buttons, from the edges of a pin to commands, on gpiozero's mock pins.

Mock pins ignore the debounce, so they deliver every edge at once. test_hardware_lgpio.py shows what lgpio delivers.
"""

import logging
import select
from collections.abc import Iterator
from typing import Any

import gpiozero.pins.mock
import pytest
from gpiozero.pins.mock import MockFactory, MockPin

from kiosk.errors import PinError
from kiosk.hardware import retry
from kiosk.hardware.button import Buttons
from kiosk.hardware.mailbox import Mailbox
from kiosk.session import Command

PRESS, RELEASE, SKIP, BACK = Command.PRESS, Command.RELEASE, Command.SKIP, Command.BACK


class Clock:
    """A clock shared by the mock pins, their factory and the buttons."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class HeldPin(MockPin):  # type: ignore[misc]  # gpiozero has no types
    """A pin whose button is held down, so setting the pull-up does not change the level."""

    def _set_pull(self, value: str) -> None:
        self._pull = value


@pytest.fixture
def factory() -> Iterator[Any]:
    factory = MockFactory()
    yield factory
    factory.reset()


@pytest.fixture
def clock(factory: Any, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(gpiozero.pins.mock, "monotonic", clock)
    monkeypatch.setattr(factory, "ticks", clock)
    return clock


def read(buttons: Buttons, now_s: float) -> tuple[list[Command], list[float]]:
    """Return the commands that came in, and a list of their moments in seconds."""
    came = buttons.read(now_s)
    return [command for command, _ in came], [at_s for _, at_s in came]


def commands(buttons: Buttons) -> list[Command]:
    return [command for command, _ in buttons.read(0.0)]


def test_press_and_release(factory: Any) -> None:
    buttons = Buttons(factory, 17)
    pin = factory.pin(17)
    assert commands(buttons) == []
    pin.drive_low()
    assert select.select(buttons.fds(), [], [], 0)[0]
    assert commands(buttons) == [PRESS]
    assert not select.select(buttons.fds(), [], [], 0)[0]
    pin.drive_high()
    assert commands(buttons) == [RELEASE]
    buttons.close()


def test_a_button_to_3v3(factory: Any) -> None:
    buttons = Buttons(factory, 17, active_low=False)
    factory.pin(17).drive_high()
    factory.pin(17).drive_low()
    assert commands(buttons) == [PRESS, RELEASE]
    assert factory.pin(17).pull == "down"
    buttons.close()


def test_skip_and_back_act_on_the_down_edge_only(factory: Any) -> None:
    buttons = Buttons(factory, 17, skip_pin=22, back_pin=23)
    for number in (22, 23, 17):
        factory.pin(number).drive_low()
        factory.pin(number).drive_high()
    assert commands(buttons) == [SKIP, BACK, PRESS, RELEASE]
    buttons.close()


def test_each_command_carries_the_moment_of_its_edge(factory: Any, clock: Clock) -> None:
    """An edge is reported once the level has been stable for the debounce. The edge itself was that much earlier."""
    buttons = Buttons(factory, 17, debounce_s=0.02, clock=clock)
    clock.now_s = 1000.02
    factory.pin(17).drive_low()
    clock.now_s = 1002.52
    factory.pin(17).drive_high()
    clock.now_s = 1010.0
    said, moments_s = read(buttons, clock.now_s)
    assert said == [PRESS, RELEASE]
    assert moments_s == pytest.approx([1000.0, 1002.5])
    buttons.close()


@pytest.mark.parametrize("debounce_s", [0.0, 0.0004])
def test_without_debounce_there_is_no_delay(factory: Any, clock: Clock, debounce_s: float) -> None:
    buttons = Buttons(factory, 17, debounce_s=debounce_s, clock=clock)
    assert factory.pin(17).bounce is None
    clock.now_s = 1001.0
    factory.pin(17).drive_low()
    said, moments_s = read(buttons, clock.now_s)
    assert said == [PRESS]
    assert moments_s == pytest.approx([1001.0])
    buttons.close()


def test_the_debounce_reaches_the_pin(factory: Any) -> None:
    buttons = Buttons(factory, 17, skip_pin=22, debounce_s=0.03)
    assert factory.pin(17).bounce == factory.pin(22).bounce == 0.03
    buttons.close()


def test_held_at_the_start_is_no_press(caplog: pytest.LogCaptureFixture) -> None:
    factory = MockFactory(pin_class=HeldPin)
    buttons = Buttons(factory, 17)
    pin = factory.pin(17)
    assert commands(buttons) == []
    assert "GPIO17 is down at the start" in caplog.text
    assert "normally closed: use the contact marked NO" in caplog.text
    pin.drive_high()
    # There may be a release, but the session ignores a release without a press.
    assert PRESS not in commands(buttons)
    pin.drive_low()
    assert commands(buttons) == [PRESS]
    buttons.close()


def test_a_thousand_presses_while_nobody_reads(factory: Any) -> None:
    buttons = Buttons(factory, 17)
    pin = factory.pin(17)
    for _ in range(1000):
        pin.drive_low()
        pin.drive_high()
    got = buttons.read(0.0)
    assert [command for command, _ in got] == [PRESS, RELEASE] * 1000
    assert not select.select(buttons.fds(), [], [], 0)[0]
    buttons.close()


def test_an_exception_in_a_callback_does_not_deafen_the_button(
    factory: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    buttons = Buttons(factory, 17)
    pin = factory.pin(17)

    def fail(mailbox: Mailbox, command: Command, at_s: float) -> None:
        raise MemoryError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(Mailbox, "post", fail)
        pin.drive_low()
        pin.drive_high()
    assert "a press of the button was lost" in caplog.text
    pin.drive_low()
    assert commands(buttons) == [PRESS]
    buttons.close()


def test_closing_releases_the_pins_and_may_be_repeated(factory: Any) -> None:
    buttons = Buttons(factory, 17, skip_pin=22)
    buttons.close()
    buttons.close()
    factory.pin(17).drive_low()
    again = Buttons(factory, 17, skip_pin=22)
    factory.pin(17).drive_low()
    assert commands(again) == [PRESS]
    again.close()


def test_a_pin_that_cannot_be_released_once_is_released_the_next_time(
    factory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "AGAIN_S", 0)
    buttons = Buttons(factory, 17)
    pin, failed = factory.pin(17), list[bool]()
    close = pin.close

    def fail_once() -> None:
        if not failed:
            failed.append(True)
            raise OSError(5, "Input/output error")
        close()

    monkeypatch.setattr(pin, "close", fail_once)
    buttons.close()
    assert failed
    Buttons(factory, 17).close()


def test_one_pin_that_cannot_be_had_releases_the_others(factory: Any) -> None:
    with pytest.raises(PinError, match=r"GPIO17 cannot be the skip button: the kiosk already uses this pin"):
        Buttons(factory, 17, skip_pin=17)
    Buttons(factory, 17).close()


def test_a_pin_that_the_board_pulls_up_cannot_be_active_high(factory: Any) -> None:
    with pytest.raises(PinError, match=r"GPIO2 cannot be the button: the board pulls this pin up"):
        Buttons(factory, 2, active_low=False)


def test_a_pin_that_is_not_there(factory: Any) -> None:
    with pytest.raises(PinError, match=r"GPIO99 cannot be the button: this board has no such pin"):
        Buttons(factory, 99)


def test_nothing_but_trouble_is_logged(factory: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    buttons = Buttons(factory, 17)
    factory.pin(17).drive_low()
    buttons.close()
    assert caplog.text == ""
