"""The button and the buzzer on gpiozero's real lgpio and RPi.GPIO pins, with stand-ins for the two libraries.

The stand-ins follow the source code of lg 0.2.2 (lgGpio.c, lgPthAlerts.c, the Python module) and of rpi-lgpio 0.6.
"""

import importlib
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from gpiozero import DigitalInputDevice

from kiosk.errors import PinError
from kiosk.hardware import pins
from kiosk.hardware.button import Buttons
from kiosk.hardware.buzzer import PassiveBuzzer, open_buzzer
from kiosk.hardware.mailbox import Mailbox
from kiosk.session import Command
from tests.test_hardware_button import read

PI_3B = 0xA02082
NOW_S = 5000.0


class LgpioError(Exception):
    """A stand-in for lgpio.error, which also derives directly from Exception."""


class FakeLgpio(ModuleType):
    """A stand-in for the part of lgpio that gpiozero uses. An exception in a callback ends lgpio's only thread."""

    RISING_EDGE, FALLING_EDGE, BOTH_EDGES = 1, 2, 3
    SET_PULL_UP, SET_PULL_DOWN, SET_PULL_NONE = 32, 64, 128
    error = LgpioError

    def __init__(self) -> None:
        super().__init__("lgpio")
        self.outputs: set[int] = set()
        self.flags: dict[int, int] = {}
        self.debounce_us: dict[int, int] = {}
        self.callbacks: list[_Callback] = []
        self.levels: list[tuple[int, int]] = []
        self.level: dict[int, int] = {}
        self.pwm: dict[int, tuple[float, float]] = {}
        self.deaf = False
        self.busy: set[int] = set()
        self.closed = False

    def gpiochip_open(self, chip: int) -> int:
        return 0

    def gpiochip_close(self, handle: int) -> None:
        self.closed = True

    def gpio_claim_input(self, handle: int, gpio: int, flags: int = 0) -> None:
        if gpio in self.busy:
            raise LgpioError("'GPIO busy'")
        self.outputs.discard(gpio)
        self.flags.setdefault(gpio, flags)
        self.level.setdefault(gpio, 1)

    def gpio_claim_output(self, handle: int, gpio: int, level: int = 0, flags: int = 0) -> None:
        # lgGpio.c: "nothing to do, already an output"
        if gpio not in self.outputs:
            self.outputs.add(gpio)
            self._drive(gpio, level)

    def gpio_free(self, handle: int, gpio: int) -> None:
        self.flags.pop(gpio, None)

    def gpio_get_mode(self, handle: int, gpio: int) -> int:
        return self.flags.get(gpio, 0) | (2 if gpio in self.outputs else 0)

    def gpio_read(self, handle: int, gpio: int) -> int:
        return self.level[gpio]

    def gpio_write(self, handle: int, gpio: int, level: int) -> None:
        self._drive(gpio, level)

    def gpio_set_debounce_micros(self, handle: int, gpio: int, micros: int) -> None:
        self.debounce_us[gpio] = micros

    def gpio_claim_alert(self, handle: int, gpio: int, edges: int, flags: int) -> None:
        assert edges == self.BOTH_EDGES

    def callback(self, handle: int, gpio: int, edges: int, func: Callable[..., None]) -> "_Callback":
        callback = _Callback(self, gpio, func)
        self.callbacks.append(callback)
        return callback

    def tx_pwm(self, handle: int, gpio: int, frequency: float, duty: float) -> None:
        if frequency:
            self.pwm[gpio] = (frequency, duty)
            self.level[gpio] = 1  # as if the wave ended while it was high
        else:
            del self.pwm[gpio]  # lg writes no level afterwards

    def report(self, gpio: int, level: int, at_s: float) -> None:
        """Report an edge as lg's thread does, after the debounce. The timestamp is the end of the debounce."""
        self.level[gpio] = level
        stamp_ns = round(at_s * 1e9) + self.debounce_us[gpio] * 1000
        for callback in [one for one in self.callbacks if one.gpio == gpio]:
            if not self.deaf:
                try:
                    callback.func(0, gpio, level, stamp_ns)
                except Exception:
                    self.deaf = True

    def contact(self, gpio: int, edges: list[tuple[float, int]], until_s: float) -> None:
        """Report the edges of a contact, except each edge that another one follows within the debounce."""
        for (at_s, level), next_s in zip(edges, [*(at_s for at_s, _ in edges[1:]), until_s], strict=True):
            if next_s - at_s > self.debounce_us[gpio] / 1e6:
                self.report(gpio, level, at_s)

    def _drive(self, gpio: int, level: int) -> None:
        self.level[gpio] = int(level)
        self.levels.append((gpio, int(level)))


class _Callback:
    def __init__(self, lgpio: FakeLgpio, gpio: int, func: Callable[..., None]) -> None:
        self.lgpio, self.gpio, self.func = lgpio, gpio, func

    def cancel(self) -> None:
        self.lgpio.callbacks.remove(self)


class FakeGpio(ModuleType):
    """A stand-in for the part of rpi-lgpio's RPi.GPIO that gpiozero uses for inputs."""

    BCM, IN, OUT, BOTH, RISING, FALLING = 11, 1, 0, 33, 31, 32
    I2C, SPI, HARD_PWM, SERIAL, UNKNOWN = 42, 41, 43, 40, -1
    PUD_OFF, PUD_DOWN, PUD_UP = 20, 21, 22

    def __init__(self) -> None:
        super().__init__("RPi.GPIO")
        self.bounce_ms: dict[int, int | None] = {}
        self.callbacks: dict[int, Callable[[int], None]] = {}
        self.level: dict[int, int] = {}

    def setmode(self, mode: int) -> None: ...

    def setwarnings(self, on: bool) -> None: ...

    def setup(self, gpio: int, direction: int, pull: int = PUD_OFF, initial: int | None = None) -> None:
        self.level.setdefault(gpio, 1)

    def gpio_function(self, gpio: int) -> int:
        return self.IN

    def input(self, gpio: int) -> int:
        return self.level[gpio]

    def add_event_detect(self, gpio: int, edges: int, callback: Callable[[int], None], bouncetime: int) -> None:
        if bouncetime != -666 and bouncetime <= 0:
            raise ValueError("Bouncetime must be greater than 0")
        self.bounce_ms[gpio] = None if bouncetime == -666 else bouncetime
        self.callbacks[gpio] = callback

    def remove_event_detect(self, gpio: int) -> None:
        self.callbacks.pop(gpio, None)

    def cleanup(self, gpio: int | None = None) -> None: ...


def forget(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Let Python import the modules again, and restore them after the test."""
    for module in modules:
        monkeypatch.setitem(sys.modules, module, ModuleType(module))
        monkeypatch.delitem(sys.modules, module)


@pytest.fixture
def lgpio(monkeypatch: pytest.MonkeyPatch) -> FakeLgpio:
    fake = FakeLgpio()
    forget(monkeypatch, "gpiozero.pins.lgpio", "kiosk.hardware.lgpio_pin")
    monkeypatch.setitem(sys.modules, "lgpio", fake)
    monkeypatch.setattr("gpiozero.pins.local.get_pi_revision", lambda: PI_3B)
    return fake


@pytest.fixture
def factory(lgpio: FakeLgpio) -> Iterator[Any]:
    factory = pins.open_factory("lgpio")
    factory.ticks = lambda: NOW_S
    yield factory
    factory.close()
    assert lgpio.closed


def clock() -> float:
    return NOW_S


def test_the_moment_of_a_press_is_the_moment_of_the_edge(lgpio: FakeLgpio, factory: Any) -> None:
    """The kernel stamps the edge and lg adds the debounce. The kiosk subtracts it, however late the callback comes."""
    buttons = Buttons(factory, 17, debounce_s=0.02, clock=clock)
    assert lgpio.debounce_us[17] == 20_000
    lgpio.report(17, 0, NOW_S - 0.3)
    lgpio.report(17, 1, NOW_S - 0.1)
    said, moments_s = read(buttons, NOW_S)
    assert said == [Command.PRESS, Command.RELEASE]
    assert moments_s == pytest.approx([NOW_S - 0.3, NOW_S - 0.1], abs=1e-6)
    buttons.close()


@pytest.mark.parametrize("stamp_s", [NOW_S + 1e9, NOW_S - 1000])
def test_a_stamp_of_another_clock_is_not_believed(lgpio: FakeLgpio, factory: Any, stamp_s: float) -> None:
    buttons = Buttons(factory, 17, debounce_s=0.02, clock=clock)
    lgpio.report(17, 0, stamp_s)
    said, moments_s = read(buttons, NOW_S)
    assert said == [Command.PRESS]
    assert moments_s == pytest.approx([NOW_S - 0.02])
    buttons.close()


def test_a_bouncing_contact_is_one_press(lgpio: FakeLgpio, factory: Any) -> None:
    buttons = Buttons(factory, 17, debounce_s=0.02, clock=clock)
    down, up = NOW_S - 1.0, NOW_S - 0.5
    bounce = [(down, 0), (down + 0.001, 1), (down + 0.003, 0), (down + 0.004, 1), (down + 0.006, 0)]
    chatter = [(up, 1), (up + 0.002, 0), (up + 0.003, 1)]
    lgpio.contact(17, [*bounce, *chatter], NOW_S)
    said, moments_s = read(buttons, NOW_S)
    assert said == [Command.PRESS, Command.RELEASE]
    assert moments_s == pytest.approx([down + 0.006, up + 0.003], abs=1e-6)
    buttons.close()


def test_a_glitch_shorter_than_the_debounce_is_nothing(lgpio: FakeLgpio, factory: Any) -> None:
    """After the glitch lg reports the current level. That is the level from before, so gpiozero drops the report."""
    buttons = Buttons(factory, 17, debounce_s=0.02, clock=clock)
    lgpio.contact(17, [(NOW_S - 1.0, 0), (NOW_S - 0.995, 1)], NOW_S)
    assert buttons.read(NOW_S) == []
    buttons.close()


def test_an_exception_in_a_callback_leaves_the_thread_alive(
    lgpio: FakeLgpio, factory: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    buttons = Buttons(factory, 17, skip_pin=22, clock=clock)

    def fail(mailbox: Mailbox, command: Command, at_s: float) -> None:
        raise RuntimeError("in the callback")

    with monkeypatch.context() as broken:
        broken.setattr(Mailbox, "post", fail)
        lgpio.report(17, 0, NOW_S)
    assert "a press of the button was lost" in caplog.text
    lgpio.report(22, 0, NOW_S)
    assert not lgpio.deaf
    assert [command for command, _ in buttons.read(NOW_S)] == [Command.SKIP]
    buttons.close()


def test_an_exception_in_gpiozero_leaves_the_thread_alive_too(
    lgpio: FakeLgpio, factory: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    buttons = Buttons(factory, 17, clock=clock)
    with monkeypatch.context() as broken:
        # gpiozero fails like this when an edge comes while the button is being closed.
        broken.setattr(DigitalInputDevice, "_fire_events", None)
        lgpio.report(17, 0, NOW_S)
    assert "an edge on GPIO17 was lost" in caplog.text
    lgpio.report(17, 1, NOW_S)
    lgpio.report(17, 0, NOW_S)
    assert not lgpio.deaf
    assert [command for command, _ in buttons.read(NOW_S)][-1] is Command.PRESS
    buttons.close()


def test_closing_leaves_no_callback_behind(lgpio: FakeLgpio, factory: Any) -> None:
    buttons = Buttons(factory, 17, skip_pin=22, back_pin=23)
    assert len(lgpio.callbacks) == 3
    buttons.close()
    assert lgpio.callbacks == []


def test_a_busy_pin_says_what_to_do(lgpio: FakeLgpio, factory: Any) -> None:
    lgpio.busy = {22}
    with pytest.raises(PinError, match=r"GPIO22 cannot be the skip button: another program uses it.*gpioinfo"):
        Buttons(factory, 17, skip_pin=22)
    assert lgpio.callbacks == []


@pytest.mark.parametrize("active_high", [True, False])
def test_an_active_buzzer_starts_without_a_blip(lgpio: FakeLgpio, factory: Any, active_high: bool) -> None:
    buzzer = open_buzzer(factory, 27, "active", active_high)
    buzzer.close()
    assert lgpio.levels[0] == (27, int(not active_high))
    assert {level for _, level in lgpio.levels} == {int(not active_high)}
    assert 27 not in lgpio.outputs


@pytest.mark.parametrize("active_high", [True, False])
def test_a_passive_buzzer_is_left_without_current(lgpio: FakeLgpio, factory: Any, active_high: bool) -> None:
    """lg may end a wave while it is high, so the off level has to be written afterwards."""
    buzzer = PassiveBuzzer(factory, 27, active_high)
    assert lgpio.level[27] == int(not active_high)
    buzzer.on(880.0)
    assert lgpio.pwm[27] == (880.0, 50)
    buzzer.on(1760.0)
    assert lgpio.pwm[27] == (1760.0, 50)
    buzzer.off()
    assert lgpio.pwm == {}
    assert lgpio.level[27] == int(not active_high)
    buzzer.off()
    buzzer.close()


@pytest.fixture
def gpio(monkeypatch: pytest.MonkeyPatch) -> FakeGpio:
    package, fake = ModuleType("RPi"), FakeGpio()
    monkeypatch.setattr(package, "GPIO", fake, raising=False)
    forget(monkeypatch, "gpiozero.pins.rpigpio", "RPi._GPIO")
    monkeypatch.setitem(sys.modules, "RPi", package)
    monkeypatch.setitem(sys.modules, "RPi.GPIO", fake)
    monkeypatch.setattr("gpiozero.pins.local.get_pi_revision", lambda: PI_3B)
    return fake


@pytest.mark.parametrize(("debounce_s", "bounce_ms"), [(0.02, 20), (0.0, None), (0.0005, None)])
def test_a_button_through_rpi_gpio(gpio: FakeGpio, debounce_s: float, bounce_ms: int | None) -> None:
    """RPi.GPIO gives no timestamp. The moment is that of the callback, less the debounce that rpi-lgpio waited."""
    factory = pins.open_factory("rpigpio")
    factory.ticks = clock
    buttons = Buttons(factory, 17, debounce_s=debounce_s, clock=clock)
    assert gpio.bounce_ms == {17: bounce_ms}
    gpio.level[17] = 0
    gpio.callbacks[17](17)
    gpio.level[17] = 1
    gpio.callbacks[17](17)
    at_s = NOW_S - (debounce_s if bounce_ms else 0)
    assert buttons.read(NOW_S) == [(Command.PRESS, at_s), (Command.RELEASE, at_s)]
    buttons.close()
    assert gpio.callbacks == {}
    factory.close()


def test_the_global_factory_stays_out_of_it(factory: Any) -> None:
    from gpiozero import Device

    assert Device.pin_factory is None
    assert type(factory) is importlib.import_module("gpiozero.pins.lgpio").LGPIOFactory
