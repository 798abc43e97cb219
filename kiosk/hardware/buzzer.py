"""A buzzer on a GPIO pin: an active one, which has one tone of its own, or a passive one, which is given tones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.hardware.pins import pin_errors
from kiosk.hardware.player import Player, Voice
from kiosk.hardware.retry import retried

if TYPE_CHECKING:
    from gpiozero.pins import Factory

USE = "the buzzer"
MIDDLE_TONE = "A5"
OCTAVES = 2
"""gpiozero refuses tones outside of these octaves around the middle; 220 to 3,520 Hz holds all of `signals`."""


def open_buzzer(factory: Factory, pin: int, kind: str, active_high: bool = True) -> Player:
    """Return a buzzer of the kind "active" or "passive" that is off and ready.

    `active_high`: 3.3 V on the pin make it sound (or feed it, for a passive one); otherwise 0 V do.

    :raises ValueError: for another kind
    :raises PinError: when the pin cannot be had
    """
    voices: dict[str, type[ActiveVoice] | type[PassiveVoice]] = {"active": ActiveVoice, "passive": PassiveVoice}
    if kind not in voices:
        raise ValueError(f"no buzzer is {kind!r}; it is {' or '.join(voices)}")
    with pin_errors(pin, USE):
        voice: Voice = voices[kind](factory, pin, active_high)
    return Player(voice, f"{USE} on GPIO{pin}")


class ActiveVoice:
    """A buzzer, siren or relay that sounds while its pin is on; the tone is its own."""

    def __init__(self, factory: Factory, pin: int, active_high: bool) -> None:
        from gpiozero import DigitalOutputDevice

        self._device = DigitalOutputDevice(pin, active_high=active_high, initial_value=False, pin_factory=factory)

    def on(self, tone_hz: float) -> None:
        self._device.on()

    def off(self) -> None:
        self._device.off()

    def close(self) -> None:
        self._device.close()


class PassiveVoice:
    """A bare piezo or coil that is fed with tones. One that is fed on low clicks once when it is opened.

    gpiozero stops a tone by ending lgpio's PWM, and that leaves the pin at whatever level it just had (lgGpio.c,
    `xSetAsPwm`): half of the time a current would go on flowing through the coil. So the level is set as well.
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
