"""A buzzer on a GPIO pin. An active buzzer has a single tone of its own; a passive buzzer plays any tone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.hardware.pins import pin_errors
from kiosk.hardware.player import Buzzer, Player
from kiosk.hardware.retry import retried

if TYPE_CHECKING:
    from gpiozero.pins import Factory

USE = "the buzzer"
MIDDLE_TONE = "A5"
OCTAVES = 2
"""Octaves that gpiozero allows on each side of the middle tone. 220 to 3,520 Hz includes all of `signals`."""


def open_buzzer(factory: Factory, pin: int, kind: str, active_high: bool = True) -> Player:
    """Return a player for a buzzer of the kind "active" or "passive". The buzzer is off at first.

    If `active_high`, the buzzer sounds (or, if passive, is powered) at 3.3 V on the pin, otherwise at 0 V.

    :raises ValueError: for another kind
    :raises PinError: when the pin cannot be used
    """
    kinds: dict[str, type[ActiveBuzzer] | type[PassiveBuzzer]] = {"active": ActiveBuzzer, "passive": PassiveBuzzer}
    if kind not in kinds:
        raise ValueError(f"there is no {kind!r} buzzer; it is {' or '.join(kinds)}")
    with pin_errors(pin, USE):
        buzzer: Buzzer = kinds[kind](factory, pin, active_high)
    return Player(buzzer, f"{USE} on GPIO{pin}")


class ActiveBuzzer:
    """A buzzer, siren or relay that sounds while its pin is on. It ignores the tone."""

    def __init__(self, factory: Factory, pin: int, active_high: bool) -> None:
        from gpiozero import DigitalOutputDevice

        self._device = DigitalOutputDevice(pin, active_high=active_high, initial_value=False, pin_factory=factory)

    def on(self, tone_hz: float) -> None:
        self._device.on()

    def off(self) -> None:
        self._device.off()

    def close(self) -> None:
        self._device.close()


class PassiveBuzzer:
    """A bare piezo or coil, driven with a square wave. If it is powered at 0 V, it clicks once when it is opened.

    gpiozero stops a tone by ending lgpio's PWM, which leaves the pin at the level that it had at that moment (lgGpio.c,
    `xSetAsPwm`). Half of the time, current would then keep flowing through the coil. So `off` sets the level too.
    """

    def __init__(self, factory: Factory, pin: int, active_high: bool) -> None:
        from gpiozero import TonalBuzzer
        from gpiozero.tones import Tone

        self._tone = Tone
        self._off_level = 0.0 if active_high else 1.0
        self._device = TonalBuzzer(pin, mid_tone=Tone(MIDDLE_TONE), octaves=OCTAVES, pin_factory=factory)
        try:
            self.off()
        except BaseException:
            retried(self.close, f"release GPIO{pin}")
            raise

    def on(self, tone_hz: float) -> None:
        self._device.play(self._tone.from_frequency(tone_hz))

    def off(self) -> None:
        self._device.stop()
        self._device.pwm_device.pin.state = self._off_level

    def close(self) -> None:
        self._device.close()
