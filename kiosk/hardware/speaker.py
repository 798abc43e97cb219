"""A player of signals through the loudspeakers of a desktop or a television."""

from __future__ import annotations

import logging
import os
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from math import pi, sin
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.signals import SIGNALS, Beep
from kiosk.timeline import Cue

log = logging.getLogger(__name__)

RATE_HZ = 44_100
BUFFER = 512
"""Buffer size in samples. It means a delay of 12 ms, and the smallest Pi plays it without gaps."""
LOUDNESS = 0.6
"""Amplitude as a fraction of what 16 bits can hold."""
FADE_S = 0.005
"""Length of the fade at both ends of a tone. Without the fade the tone would click."""
DEVICES = Path("/dev/snd")


class SpeakerError(KioskError, OSError):
    """There is no audio device, or it cannot be opened."""


class Speaker:
    """A `Sounder` of the app that plays cues through pygame's mixer.

    The mixer's stream stays open and carries silence between the cues, because a television swallows the first beep if
    it has to wake up for a sound.

    :raises SpeakerError: when no audio device can be opened
    """

    def __init__(self) -> None:
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        try:
            import pygame
            import pygame.mixer as mixer

            # Only the mixer is opened, in mono. SDL converts to the device's format.
            with _no_stderr():
                mixer.init(RATE_HZ, -16, 1, BUFFER, allowedchanges=0)
        except (ImportError, NotImplementedError) as error:
            raise SpeakerError(f"pygame has no sound here: {error}") from error
        except pygame.error as error:
            raise SpeakerError(f"no loudspeakers: {error}") from error
        self._error = pygame.error
        self._mixer = mixer
        self._channel = mixer.Channel(0)
        self._sounds = {cue: mixer.Sound(buffer=samples(beeps).tobytes()) for cue, beeps in SIGNALS.items()}
        self._open = True

    def sound(self, cue: Cue) -> None:
        """Play a cue. It replaces the cue that is still playing, because there is only one channel."""
        if self._usable():
            try:
                self._channel.play(self._sounds[cue])
            except self._error as error:
                log.warning("the loudspeakers did not sound: %s", error)

    def silence(self) -> None:
        if self._usable():
            try:
                self._channel.stop()
            except self._error as error:
                log.warning("the loudspeakers could not be silenced: %s", error)

    def close(self) -> None:
        """Close the audio device; may be called again."""
        if self._usable():
            self.silence()
            self._mixer.quit()
        self._open = False

    def _usable(self) -> bool:
        # A channel whose mixer has been closed, by `pygame.quit` for instance, crashes the process (pygame 2.6.1).
        if self._open and self._mixer.get_init() is None:
            self._open = False
            log.warning("something else closed the loudspeakers")
        return self._open


def openable_devices() -> frozenset[str]:
    """Return the names of the kernel's playback devices that can be opened now; none if this is not Linux.

    The device of a television exists even without the television, but can be opened only while the television is
    connected. This call is fast.
    """
    return frozenset(path.name for path in DEVICES.glob("pcmC*D*p") if _opens(path))


def _opens(path: Path) -> bool:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC))
    except OSError:
        return False
    return True


@contextmanager
def _no_stderr() -> Iterator[None]:
    """Discard stderr, because without a sound card ALSA writes eight lines to it, though that is not an error."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def samples(beeps: tuple[Beep, ...]) -> array[int]:
    """Return a signal as 16-bit mono samples at `RATE_HZ`."""
    sound = array("h")
    for beep in beeps:
        sound.extend(_tone(beep.tone_hz, round(beep.on_s * RATE_HZ)))
        sound.extend(array("h", bytes(2 * round(beep.off_s * RATE_HZ))))
    return sound


def _tone(tone_hz: float, length: int) -> array[int]:
    # One period is computed and repeated, because computing every sample would take half a second on a small Pi.
    # Rounding the period to whole samples changes the pitch by a quarter of a semitone at most.
    period = round(RATE_HZ / tone_hz)
    wave = array("h", (_level(2 * pi * i / period) for i in range(period)))
    tone = (wave * (length // period + 1))[:length]
    fade = min(round(FADE_S * RATE_HZ), length // 2)
    for i in range(fade):
        tone[i] = tone[i] * i // fade
        tone[-1 - i] = tone[-1 - i] * i // fade
    return tone


def _level(angle: float) -> int:
    # The third harmonic makes the tone audible through music, and small loudspeakers can play it.
    return round(32767 * LOUDNESS * (sin(angle) + sin(3 * angle) / 3))
